import { randomUUID } from 'node:crypto'
import { type Refusal, Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, ButtonGroup, ErrorSummary, errorsBy, Form, InsetText, LinkButton, page, TextArea } from '../../../ui/index.ts'
import { type CitizenView, resumeDossier, withdrawDossier } from '../../dossier/index.ts'
import { loadOwn, missing, tooLong } from './load.ts'
import { texts } from './texts.ts'

interface Sent {
  readonly why: string
  readonly refusal: Refusal
}

/** Why it cannot be withdrawn now, in words. */
const noLonger = (view: CitizenView) =>
  view.stage === 'withdrawn'
    ? texts.withdrawAlready
    : view.stage === 'ready' || view.status === 10
      ? texts.withdrawDecided
      : texts.withdrawClosed

async function show(c: Web, view: CitizenView, sent?: Sent): Promise<Response> {
  const locale = c.get('locale')
  const may = view.actions.includes('withdraw')
  if (sent) c.status(sent.refusal.status)
  return page(
    c,
    {
      ...frame(c, 'portal'),
      title: texts.withdrawTitle,
      back: { href: `/ho-so/${view.id}`, text: texts.toDossier },
      hasErrors: sent !== undefined,
    },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        {sent && <ErrorSummary errors={sent.refusal.fields ?? []} message={sent.refusal.message} locale={locale} />}
        <span class="govuk-caption-l">{view.procedureName}</span>
        <h1 class="govuk-heading-l">{t(locale, may ? texts.withdrawTitle : texts.withdrawNo)}</h1>
        {may ? (
          <>
            <h2 class="govuk-heading-m">{t(locale, texts.withdrawMeans)}</h2>
            <ul class="govuk-list govuk-list--bullet">
              {view.receivedAt === null ? (
                <li>{t(locale, texts.withdrawNew)}</li>
              ) : (
                <>
                  <li>{t(locale, texts.withdraw1)}</li>
                  <li>{t(locale, texts.withdraw3)}</li>
                </>
              )}
              <li>{t(locale, texts.withdraw2)}</li>
            </ul>
            <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={`/ho-so/${view.id}/rut`}>
              <TextArea
                name="why"
                label={t(locale, texts.withdrawWhy)}
                rows={3}
                value={sent?.why}
                error={errorsBy(locale, sent?.refusal.fields)('why')}
                locale={locale}
              />
              <ButtonGroup>
                <Button look="warning">{t(locale, texts.withdraw)}</Button>
                <LinkButton look="secondary" href={`/ho-so/${view.id}`}>
                  {t(locale, texts.toDossier)}
                </LinkButton>
              </ButtonGroup>
            </Form>
          </>
        ) : (
          <InsetText>{t(locale, noLonger(view))}</InsetText>
        )}
      </div>
    </div>,
  )
}

/** GET /ho-so/:id/rut: what withdrawing means, or why it is no longer possible. */
export const withdrawPage = async (c: Web): Promise<Response> => show(c, await loadOwn(c))

/** POST /ho-so/:id/rut: asks to stop (form 05 follows from the office). */
export async function withdraw(c: Web): Promise<Response> {
  const view = await loadOwn(c)
  const form = await readForm(c, { dropFiles: true })
  const why = form.values.get('why')?.trim() ?? ''
  const trouble = why ? tooLong('why', why) : missing('why', texts.whyMissing)
  if (trouble && view.actions.includes('withdraw')) return show(c, view, { why, refusal: trouble })
  const result = await runFor(c, form.values, 'dossier.rut', (cx) => withdrawDossier(cx, { dossierId: view.id, note: why }))
  return result.ok ? c.redirect(`/ho-so/${view.id}?xong=rut`, 303) : show(c, await loadOwn(c), { why, refusal: result.error })
}

/** POST /ho-so/:id/rut/lay-lai: takes the wish to withdraw back, while the office has not stopped. */
export async function takeBack(c: Web): Promise<Response> {
  const view = await loadOwn(c)
  const form = await readForm(c, { dropFiles: true })
  const result = await runFor(c, form.values, 'dossier.lay-lai', (cx) =>
    resumeDossier(cx, { dossierId: view.id, note: texts.resumeNote.vi }),
  )
  if (!result.ok) throw new Refused(result.error)
  return c.redirect(`/ho-so/${view.id}?xong=lay-lai`, 303)
}
