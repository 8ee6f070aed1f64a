import { run } from '../../../kernel/command.ts'
import { type FieldError, Refused, refusals } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm } from '../../../kernel/http/form.ts'
import { type Text, t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, ButtonGroup, ErrorSummary, Form, InsetText, page as render } from '../../../ui/index.ts'
import {
  ACTION_FIELD,
  actionValue,
  type FileAnswer,
  FormFields,
  hasFiles,
  type Page,
  parsePageInput,
  previousPage,
  readAction,
  saveDraftPage,
  visibleFields,
  visiblePages,
  warningsOf,
  withLabels,
} from '../../form/index.ts'
import { bookOf, findFiling, type OpenFiling } from './load.ts'
import { isReady } from './ready.ts'
import { texts } from './texts.ts'

interface Shown {
  readonly errors?: readonly FieldError[]
  readonly message?: { readonly vi: string; readonly en: string }
  readonly raw?: Readonly<Record<string, string>>
  readonly status?: 200 | 409 | 422
}

async function openStep(c: Web): Promise<{ filing: OpenFiling; step: Page } | undefined> {
  const filing = await findFiling(c)
  if (!filing.draft || !filing.definition) return undefined
  const open = filing as OpenFiling
  const step = visiblePages(open.definition, open.draft.answers).find(({ id }) => id === c.req.param('page'))
  if (!step) throw new Refused(refusals.notFound)
  return { filing: open, step }
}

/** Says which form too: a browser tab called "Contact" tells nothing. */
const stepTitle = ({ procedure }: OpenFiling, step: Page): Text => ({
  vi: `${step.title.vi} – ${procedure.body.name.vi}`,
  en: `${step.title.en} – ${procedure.body.name.en}`,
})

async function show(c: Web, filing: OpenFiling, step: Page, shown: Shown = {}): Promise<Response> {
  const locale = c.get('locale')
  const { definition, draft, procedure } = filing
  const pages = visiblePages(definition, draft.answers)
  const place = pages.findIndex(({ id }) => id === step.id) + 1
  const before = previousPage(definition, draft.answers, step.id)
  const back = before ? `/nop/${procedure.code}/buoc/${before.id}` : `/nop/${procedure.code}`
  const warnings = shown.errors
    ? []
    : warningsOf(definition, draft.answers).filter((warning) => step.fields.some(({ id }) => warning.path.startsWith(id)))
  if (shown.status) c.status(shown.status)
  return render(
    c,
    { ...frame(c, 'portal'), title: stepTitle(filing, step), back: { href: back }, hasErrors: Boolean(shown.errors?.length) },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        {shown.errors && shown.errors.length > 0 && (
          <ErrorSummary errors={shown.errors} {...(shown.message ? { message: shown.message } : {})} locale={locale} />
        )}
        <span class="govuk-caption-l">
          {procedure.body.name[locale]} · {t(locale, texts.stepOf, { n: place, all: pages.length })}
        </span>
        <h1 class="govuk-heading-l">{t(locale, step.title)}</h1>
        {c.req.query('them') !== undefined && !shown.errors && <InsetText>{t(locale, texts.added)}</InsetText>}
        {step.hint && <p class="govuk-body">{t(locale, step.hint)}</p>}
        {warnings.map((warning) => (
          <p class="govuk-body cs-muted">{t(locale, warning.message)}</p>
        ))}
        <Form csrfToken={c.get('csrf')} files={hasFiles(step)} unsaved>
          <input type="hidden" name="seen" value={String(draft.version)} />
          <FormFields
            definition={definition}
            page={step}
            answers={draft.answers}
            errors={shown.errors}
            raw={shown.raw}
            book={await bookOf(c, filing)}
            prefilled={draft.prefilled}
            locale={locale}
          />
          <ButtonGroup>
            <Button name={ACTION_FIELD} value={actionValue({ kind: 'continue' })}>
              {t(locale, texts.save)}
            </Button>
            <Button look="secondary" name={ACTION_FIELD} value={actionValue({ kind: 'later' })}>
              {t(locale, texts.later)}
            </Button>
          </ButtonGroup>
        </Form>
      </div>
    </div>,
  )
}

/** GET /nop/:code/buoc/:page */
export async function stepPage(c: Web): Promise<Response> {
  const open = await openStep(c)
  return open ? show(c, open.filing, open.step) : c.redirect(`/nop/${c.req.param('code')}`, 303)
}

/** Questions that an answer has just brought onto the page and that nobody has seen yet. */
function addedQuestions(before: OpenFiling, after: OpenFiling, step: Page): string[] {
  const shown = new Set(visibleFields(before.definition, step, before.draft.answers).map(({ id }) => id))
  return visibleFields(after.definition, step, after.draft.answers).flatMap(({ id }) =>
    shown.has(id) || id in after.draft.answers ? [] : [id],
  )
}

/** POST /nop/:code/buoc/:page: saves the step; what is good is kept even when something has to be mended. */
export async function saveStep(c: Web): Promise<Response> {
  const app = c.get('app')
  const form = await readForm(c)
  const open = await openStep(c)
  if (!open) return c.redirect(`/nop/${c.req.param('code')}`, 303)
  const { filing, step } = open
  const { citizen, procedure, definition, draft } = filing
  const input = parsePageInput(definition, step, form.values, draft.answers)
  const book = await bookOf(c, filing)
  const files: Record<string, readonly FileAnswer[]> = Object.fromEntries(form.files)
  const action = readAction(form.values)
  const seen = Number(form.values.get('seen'))
  const result = await run(
    app,
    { province: c.get('province'), actor: citizen, locale: c.get('locale'), name: 'form.save-draft-page' },
    (cx) =>
      saveDraftPage(cx, {
        personId: citizen.personId,
        procedureCode: procedure.code,
        pageId: step.id,
        seenVersion: Number.isInteger(seen) ? seen : 0,
        answers: withLabels(definition, input.answers, book),
        files,
        action,
      }),
  )
  const refusedFiles: FieldError[] = [...form.refused].map(([path, refusal]) => ({ path, message: refusal.message }))
  if (!result.ok) {
    if (result.error.status !== 409) throw new Refused(result.error)
    // The other window's version is what is stored now; what was typed here is shown to be kept or changed.
    const fresh = await openStep(c)
    return show(c, fresh?.filing ?? filing, step, {
      errors: result.error.fields ?? [],
      message: result.error.message,
      raw: input.raw,
      status: 409,
    })
  }
  const saved: OpenFiling = { ...filing, draft: result.value.draft }
  const added = addedQuestions(filing, saved, step)
  const isNew = ({ path }: FieldError): boolean => added.some((id) => path === id || path.startsWith(`${id}.`))
  const errors = [...refusedFiles, ...(action.kind === 'continue' || refusedFiles.length > 0 ? result.value.errors : [])].filter(
    (error) => !isNew(error),
  )
  if (errors.length > 0) return show(c, saved, step, { errors, raw: input.raw, status: 422 })
  if (action.kind === 'later') return c.redirect(`/nop/${procedure.code}?da-luu=1`, 303)
  const changing = c.req.query('sua') !== undefined
  const here = (more: string): string => `/nop/${procedure.code}/buoc/${step.id}?${changing ? 'sua=1&' : ''}${more}`
  if (action.kind !== 'continue') return c.redirect(here(''), 303)
  if (added.length > 0) return c.redirect(`${here('them=1')}#${added[0]}`, 303)
  if (changing && isReady(saved)) return c.redirect(`/nop/${procedure.code}/kiem-tra`, 303)
  const next = result.value.nextPageId
  return c.redirect(next ? `/nop/${procedure.code}/buoc/${next}` : `/nop/${procedure.code}/kiem-tra`, 303)
}
