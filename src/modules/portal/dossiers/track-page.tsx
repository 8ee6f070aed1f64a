import { type FieldError, type Refusal, refusals, withFields } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm } from '../../../kernel/http/form.ts'
import { addressOf } from '../../../kernel/http/server.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, ErrorSummary, errorsBy, Form, page, TextInput } from '../../../ui/index.ts'
import { trackDossier } from '../../dossier/index.ts'
import { RatingInvitation } from '../feedback-rate.tsx'
import { texts } from './texts.ts'
import { DossierForApplicant } from './view.tsx'

async function ask(c: Web, typed: { code: string; phone: string }, refusal?: Refusal): Promise<Response> {
  const locale = c.get('locale')
  const error = errorsBy(locale, refusal?.fields)
  if (refusal) c.status(refusal.status)
  return page(
    c,
    { ...frame(c, 'portal'), title: texts.track, hasErrors: refusal !== undefined },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        {refusal && <ErrorSummary errors={refusal.fields ?? []} message={refusal.message} locale={locale} />}
        <h1 class="govuk-heading-l">{t(locale, texts.track)}</h1>
        {refusal?.next && <p class="govuk-body">{t(locale, refusal.next)}</p>}
        <p class="govuk-body">{t(locale, texts.trackLead)}</p>
        <Form csrfToken={c.get('csrf')} action="/tra-cuu">
          <TextInput
            name="ma"
            label={t(locale, texts.trackCode)}
            hint={t(locale, texts.trackHint)}
            value={typed.code}
            error={error('ma')}
            autocomplete="off"
            locale={locale}
          />
          <TextInput
            name="dien-thoai"
            label={t(locale, texts.trackPhone)}
            value={typed.phone}
            error={error('dien-thoai')}
            inputmode="numeric"
            width={10}
            autocomplete="off"
            locale={locale}
          />
          <Button>{t(locale, texts.trackButton)}</Button>
        </Form>
        {c.get('actor').kind === 'anonymous' && (
          <p class="govuk-body">
            <a class="govuk-link" href="/dang-nhap?ve=/ho-so">
              {t(locale, texts.trackSignIn)}
            </a>
          </p>
        )}
      </div>
    </div>,
  )
}

/** GET /tra-cuu: asks for the code and the proof; `?ma=` (from the QR) fills the code in. */
export const trackPage = (c: Web): Promise<Response> => ask(c, { code: (c.req.query('ma') ?? '').slice(0, 60), phone: '' })

/** POST /tra-cuu: shows the dossier when code and proof belong together. The answer stays on this page: nothing about it enters the address. */
export async function track(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const { values } = await readForm(c)
  const typed = { code: (values.get('ma') ?? '').trim().slice(0, 60), phone: (values.get('dien-thoai') ?? '').trim().slice(0, 20) }
  const errors: FieldError[] = []
  if (!typed.code) errors.push({ path: 'ma', message: texts.codeMissing })
  // The home page's box sends only a code; the next page asks for the rest without calling it a mistake.
  if (typed.code && !values.has('dien-thoai') && c.get('actor').kind !== 'citizen') return ask(c, typed)
  if (!typed.phone && c.get('actor').kind !== 'citizen') errors.push({ path: 'dien-thoai', message: texts.phoneMissing })
  if (errors.length > 0) return ask(c, typed, withFields(refusals.invalid, errors))
  const found = await trackDossier(
    c.get('app'),
    { province: c.get('province'), actor: c.get('actor') },
    { code: typed.code, phone: typed.phone, address: addressOf(c) },
  )
  if (!found.ok) return ask(c, typed, found.error)
  return page(
    c,
    { ...frame(c, 'portal'), title: texts.track, back: { href: '/tra-cuu', text: texts.trackAgain } },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-l">{found.value.procedureName}</h1>
        <RatingInvitation c={c} view={found.value} proof={{ ma: typed.code, phone: typed.phone }} />
        <DossierForApplicant view={found.value} now={c.get('app').clock()} locale={locale} />
      </div>
    </div>,
  )
}
