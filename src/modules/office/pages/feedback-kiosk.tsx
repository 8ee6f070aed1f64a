import { randomUUID } from 'node:crypto'
import { Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { parse, readForm } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { Form, LinkButton, page } from '../../../ui/index.ts'
import { dossierForOfficer } from '../../dossier/index.ts'
import { levels, levelTexts, rateDossier, rateInput, ratingState } from '../../feedback/index.ts'
import { texts } from './feedback-texts.ts'
import { asker } from './request.ts'

const MOUTHS = { good: 'M14 30 Q24 40 34 30', fair: 'M14 33 L34 33', poor: 'M14 36 Q24 26 34 36' } as const

/** GET /mot-cua/danh-gia/:id: the officer turns the screen; one touch on a face with its word. Nothing of the office is on it. */
export async function kioskPage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const found = await dossierForOfficer(c.get('app'), asker(c), c.req.param('id') ?? '')
  if (!found.ok) throw new Refused(found.error)
  const { id, procedureName } = found.value
  const { open, rating } = await ratingState(c.get('app'), asker(c), id)
  const thanks = c.req.query('xong') === '1'
  const title = thanks ? texts.kioskThanks : texts.kioskTitle
  const { name } = c.get('province')
  return page(
    c,
    { door: 'portal', locale, province: { name }, title },
    <>
      <h1 class="govuk-heading-xl">{t(locale, title)}</h1>
      <p class="govuk-body">{procedureName}</p>
      {!thanks && open && !rating && (
        <>
          <p class="govuk-body-l">{t(locale, texts.kioskLead)}</p>
          <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={`/mot-cua/danh-gia/${id}`}>
            <div class="cs-faces cs-faces--counter">
              {levels.map((level) => (
                <button class="cs-faces__button" type="submit" name="muc" value={level}>
                  <svg class="cs-face" viewBox="0 0 48 48" width="48" height="48" aria-hidden="true" focusable="false">
                    <circle cx="24" cy="24" r="21" fill="none" stroke="currentColor" stroke-width="3" />
                    <circle cx="17" cy="19" r="2.6" fill="currentColor" />
                    <circle cx="31" cy="19" r="2.6" fill="currentColor" />
                    <path d={MOUTHS[level]} fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" />
                  </svg>
                  <span>{t(locale, levelTexts[level])}</span>
                </button>
              ))}
            </div>
          </Form>
        </>
      )}
      {!thanks && (!open || rating) && <p class="govuk-body">{t(locale, texts.kioskNotOpen)}</p>}
      <LinkButton href={`/mot-cua/ho-so/${id}`} look="secondary">
        {t(locale, texts.kioskBack)}
      </LinkButton>
    </>,
  )
}

/** POST /mot-cua/danh-gia/:id */
export async function kioskRate(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const input = parse(rateInput, { level: values.get('muc') ?? undefined })
  if (!input.ok) throw new Refused(input.error)
  const dossierId = c.req.param('id') ?? ''
  const found = await dossierForOfficer(c.get('app'), asker(c), dossierId)
  if (!found.ok) throw new Refused(found.error)
  const done = await runFor(c, values, 'rating.give', (cx) => rateDossier(cx, { dossierId, level: input.value.level }))
  if (!done.ok) throw new Refused(done.error)
  return c.redirect(`/mot-cua/danh-gia/${dossierId}?xong=1`, 303)
}
