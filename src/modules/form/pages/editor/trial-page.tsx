import type { FieldError } from '../../../../kernel/errors.ts'
import type { Web } from '../../../../kernel/http/context.ts'
import { readForm } from '../../../../kernel/http/form.ts'
import { t } from '../../../../kernel/i18n/index.ts'
import { frame } from '../../../../ui/frame.ts'
import { Button, ButtonGroup, ErrorSummary, Form, InsetText, page as render, SummaryList } from '../../../../ui/index.ts'
import { directoryOf } from '../../../organisation/index.ts'
import { addressBookOf } from '../../address-book.ts'
import type { EditedForm } from '../../queries/edited-forms.ts'
import { withLabels } from '../../rules/address-book.ts'
import type { Answers } from '../../rules/answers.ts'
import { visiblePages } from '../../rules/condition.ts'
import { type FormDefinition, formDefinitionSchema, type Page } from '../../rules/definition.ts'
import { isBlocking, problemsOf } from '../../rules/edit/problems.ts'
import { readTrial, stepTrial } from '../../rules/edit/trial.ts'
import { ACTION_FIELD, actionValue } from '../../rules/input.ts'
import { nextPage, previousPage } from '../../rules/pages.ts'
import { summary } from '../../rules/summary.ts'
import { FormFields } from '../fields.tsx'
import { Problems } from './parts.tsx'
import { texts } from './texts.ts'
import { draftHref, openDraft, todayOf } from './ways.ts'

/** The button that goes back a step, kept apart from what the form's own buttons do. */
const PREVIOUS = '_truoc'

interface Shown {
  readonly answers: Answers
  readonly errors?: readonly FieldError[]
  readonly raw?: Readonly<Record<string, string>>
}

const hiddenAnswers = (answers: Answers) => <input type="hidden" name="_da" value={JSON.stringify(answers)} />

async function showStep(
  c: Web,
  draft: EditedForm,
  definition: FormDefinition,
  step: Page,
  { answers, errors, raw }: Shown,
): Promise<Response> {
  const [app, province, locale] = [c.get('app'), c.get('province'), c.get('locale')]
  const book = await addressBookOf(await directoryOf(app, province), province, todayOf(c))
  const pages = visiblePages(definition, answers)
  const before = previousPage(definition, answers, step.id)
  if (errors?.length) c.status(422)
  return render(
    c,
    {
      ...frame(c, 'portal'),
      title: { vi: `${texts.trialTitle.vi}: ${step.title.vi}`, en: `${texts.trialTitle.en}: ${step.title.en}` },
      back: { href: draftHref(draft.formCode), text: texts.trialBack },
      hasErrors: Boolean(errors?.length),
    },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        {errors && <ErrorSummary errors={errors} locale={locale} />}
        <InsetText>{t(locale, texts.trialNote)}</InsetText>
        <span class="govuk-caption-l">
          {t(locale, definition.title)} ·{' '}
          {t(locale, texts.stepOf, { n: pages.findIndex(({ id }) => id === step.id) + 1, all: pages.length })}
        </span>
        <h1 class="govuk-heading-l">{t(locale, step.title)}</h1>
        {step.hint && <p class="govuk-body">{t(locale, step.hint)}</p>}
        {/* Not multipart: the browser then sends the names of chosen files and nothing of what is in them. */}
        <Form csrfToken={c.get('csrf')} action={draftHref(draft.formCode, '/thu')}>
          <input type="hidden" name="_buoc" value={step.id} />
          {hiddenAnswers(answers)}
          <FormFields definition={definition} page={step} answers={answers} errors={errors} raw={raw} book={book} locale={locale} />
          <ButtonGroup>
            <Button name={ACTION_FIELD} value={actionValue({ kind: 'continue' })}>
              {t(locale, texts.trialContinue)}
            </Button>
            {before && (
              <Button look="secondary" name={PREVIOUS} value={before.id}>
                {t(locale, texts.trialPrevious)}
              </Button>
            )}
          </ButtonGroup>
        </Form>
      </div>
    </div>,
  )
}

function showAnswers(c: Web, draft: EditedForm, definition: FormDefinition, answers: Answers): Response | Promise<Response> {
  const locale = c.get('locale')
  const last = visiblePages(definition, answers).at(-1)
  return render(
    c,
    { ...frame(c, 'portal'), title: texts.trialDone, back: { href: draftHref(draft.formCode), text: texts.trialBack } },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <InsetText>{t(locale, texts.trialNote)}</InsetText>
        <h1 class="govuk-heading-l">{t(locale, texts.trialDone)}</h1>
        <p class="govuk-body">{t(locale, texts.trialDoneLead)}</p>
        {summary(definition, answers, locale).map((section) => (
          <>
            <h2 class="govuk-heading-m">{t(locale, section.title)}</h2>
            <SummaryList
              rows={section.rows.map((row) => ({
                key: row.item ? `${t(locale, row.item)}: ${t(locale, row.label)}` : t(locale, row.label),
                value: row.lines.length > 0 ? row.lines.join(', ') : <span class="cs-muted">{t(locale, texts.notAnswered)}</span>,
              }))}
            />
          </>
        ))}
        <Form csrfToken={c.get('csrf')} action={draftHref(draft.formCode, '/thu')}>
          <input type="hidden" name="_buoc" value={last?.id ?? ''} />
          {hiddenAnswers(answers)}
          <ButtonGroup>
            <Button look="secondary" name={PREVIOUS} value={last?.id ?? ''}>
              {t(locale, texts.trialPrevious)}
            </Button>
            <a class="govuk-link" href={draftHref(draft.formCode, '/thu')}>
              {t(locale, texts.trialAgain)}
            </a>
          </ButtonGroup>
        </Form>
      </div>
    </div>,
  )
}

/** The draft as a form that can be walked, or the page that says why it cannot. */
function walkable(draft: EditedForm): FormDefinition | undefined {
  if (problemsOf(draft.definition).some(isBlocking)) return undefined
  const read = formDefinitionSchema.safeParse(draft.definition)
  return read.success ? read.data : undefined
}

function notYet(c: Web, draft: EditedForm): Response | Promise<Response> {
  const locale = c.get('locale')
  return render(
    c,
    { ...frame(c, 'admin'), title: texts.trialTitle, back: { href: draftHref(draft.formCode) } },
    <>
      <h1 class="govuk-heading-l">{t(locale, texts.trialBroken)}</h1>
      <Problems code={draft.formCode} problems={problemsOf(draft.definition)} locale={locale} />
    </>,
  )
}

/** GET /quan-tri/bieu-mau/:code/sua/thu: the first step, as a citizen meets it. */
export async function trialPage(c: Web): Promise<Response> {
  const draft = await openDraft(c)
  const definition = walkable(draft)
  const first = definition && visiblePages(definition, {})[0]
  return definition && first ? showStep(c, draft, definition, first, { answers: {} }) : notYet(c, draft)
}

/** POST: one step of the trial. The answers travel in the page itself; nothing is kept. */
export async function walkTrial(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const draft = await openDraft(c)
  const definition = walkable(draft)
  if (!definition) return notYet(c, draft)
  const before = readTrial(values.get('_da') ?? '')
  const step = visiblePages(definition, before).find(({ id }) => id === values.get('_buoc'))
  if (!step) return c.redirect(draftHref(draft.formCode, '/thu'), 303)
  const back = values.get(PREVIOUS)
  const app = c.get('app')
  const book = await addressBookOf(await directoryOf(app, c.get('province')), c.get('province'), todayOf(c))
  if (back === step.id) return showStep(c, draft, definition, step, { answers: before })
  const { answers, errors, raw, stays } = stepTrial(definition, step, before, values, todayOf(c))
  const labelled = withLabels(definition, answers, book)
  if (back) {
    const to = visiblePages(definition, labelled).find(({ id }) => id === back)
    return showStep(c, draft, definition, to ?? step, { answers: labelled })
  }
  if (errors.length > 0) return showStep(c, draft, definition, step, { answers: labelled, errors, raw })
  if (stays) return showStep(c, draft, definition, step, { answers: labelled })
  const next = nextPage(definition, labelled, step.id)
  return next ? showStep(c, draft, definition, next, { answers: labelled }) : showAnswers(c, draft, definition, labelled)
}
