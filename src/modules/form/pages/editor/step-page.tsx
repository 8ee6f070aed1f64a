import { randomUUID } from 'node:crypto'
import type { FieldError, Refusal } from '../../../../kernel/errors.ts'
import { refusals as kernelRefusals, Refused } from '../../../../kernel/errors.ts'
import type { Web } from '../../../../kernel/http/context.ts'
import { readForm } from '../../../../kernel/http/form.ts'
import { runFor } from '../../../../kernel/http/run-for.ts'
import { type Locale, t } from '../../../../kernel/i18n/index.ts'
import { frame } from '../../../../ui/frame.ts'
import { Button, Details, ErrorSummary, errorsBy, Form, page as render, Select, TextArea, TextInput } from '../../../../ui/index.ts'
import { directoryOf } from '../../../organisation/index.ts'
import { addressBookOf } from '../../address-book.ts'
import { saveEdit } from '../../commands/save-edit.ts'
import type { EditedForm } from '../../queries/edited-forms.ts'
import type { Field, FormDefinition, GroupField, Page } from '../../rules/definition.ts'
import { compareForms } from '../../rules/edit/compare.ts'
import { askable } from '../../rules/edit/conditions.ts'
import { fieldTypes } from '../../rules/edit/new-field.ts'
import { ownEnglish, readCondition, textFrom } from '../../rules/edit/read-field.ts'
import { conditionStart } from '../../rules/edit/start.ts'
import { typeNames } from '../../rules/edit/words.ts'
import { ConditionPart } from './condition-part.tsx'
import { About, BACK, DO, DoButton, Phone, words } from './parts.tsx'
import { texts } from './texts.ts'
import { doneFlash, draftHref, landing, openDraft, partOf, questionHref, stepHref, todayOf } from './ways.ts'

/** The form that adds a question to a step, or to each item of a group. */
export const AddQuestion = ({
  draft,
  page,
  group,
  csrf,
  error,
  locale,
}: {
  draft: EditedForm
  page: Page
  group?: GroupField
  csrf: string
  error?: string | undefined
  locale: Locale
}) => (
  <Form csrfToken={csrf} requestId={randomUUID()} action={draftHref(draft.formCode)} class="cs-editor__add">
    <input type="hidden" name="seen" value={String(draft.version)} />
    <input type="hidden" name={BACK} value={group ? `cau/${group.id}` : `buoc/${page.id}`} />
    <h2 class="govuk-heading-m">{t(locale, texts.addQuestion)}</h2>
    <TextInput name="label" label={t(locale, texts.newQuestion)} error={error} maxlength={200} />
    <Select
      name="type"
      label={t(locale, texts.kind)}
      options={fieldTypes
        .filter((type) => !group || (type !== 'group' && type !== 'file'))
        .map((value) => ({ value, label: t(locale, typeNames[value]) }))}
      value="text"
      empty={false}
    />
    <Button look="secondary" name={DO} value={`field-add:${page.id}${group ? `:${group.id}` : ''}`}>
      {t(locale, texts.add)}
    </Button>
  </Form>
)

interface QuestionsProps {
  readonly draft: EditedForm
  readonly page: Page
  readonly group?: GroupField | undefined
  readonly focus: string
  readonly button: string
  readonly csrf: string
  readonly locale: Locale
}

/** The questions of a step or of a group's item, each with what it is and the buttons that move and remove it. */
export const Questions = ({ draft, page, group, focus, button, csrf, locale }: QuestionsProps) => {
  const { definition, formCode } = draft
  const fields: readonly Field[] = group ? group.fields : page.fields
  const [first, last] = [definition.pages[0] === page, definition.pages.at(-1) === page]
  if (fields.length === 0) return <p class="govuk-body cs-muted">{t(locale, texts.noQuestions)}</p>
  return (
    <Form csrfToken={csrf} requestId={randomUUID()} action={draftHref(formCode)}>
      <input type="hidden" name="seen" value={String(draft.version)} />
      <input type="hidden" name={BACK} value={group ? `cau/${group.id}` : `buoc/${page.id}`} />
      {fields.map((field, at) => {
        const path = group ? `${group.id}.${field.id}` : field.id
        const label = words(locale, field.label)
        const mine = focus === `field:${path}`
        const mayUp = at > 0 || (!group && !first)
        const mayDown = at < fields.length - 1 || (!group && !last)
        return (
          <section class="cs-editor__question" aria-label={label}>
            <p class="cs-editor__label">
              <a
                class="govuk-link govuk-link--no-visited-state"
                href={questionHref(formCode, path)}
                autofocus={mine && !button}
                data-focus={mine && !button ? true : undefined}
              >
                {label}
              </a>
            </p>
            <About definition={definition} field={field} locale={locale} />
            <div class="cs-row-buttons">
              {mayUp && (
                <DoButton does={`field-move:${path}:up`} about={label} focus={mine && (button === 'up' || (button === 'down' && !mayDown))}>
                  {t(locale, texts.up)}
                </DoButton>
              )}
              {mayDown && (
                <DoButton does={`field-move:${path}:down`} about={label} focus={mine && (button === 'down' || (button === 'up' && !mayUp))}>
                  {t(locale, texts.down)}
                </DoButton>
              )}
              <DoButton does={`field-remove:${path}`} about={label}>
                {t(locale, texts.remove)}
              </DoButton>
            </div>
          </section>
        )
      })}
    </Form>
  )
}

const startOfStep = (page: Page): URLSearchParams =>
  new URLSearchParams([
    ['q.title', page.title.vi],
    ['q.titleEn', ownEnglish(page.title)],
    ['q.hint', page.hint?.vi ?? ''],
    ['q.hintEn', ownEnglish(page.hint)],
    ...conditionStart('q.condition', page.condition),
  ])

interface State {
  readonly typed?: URLSearchParams
  readonly errors?: readonly FieldError[]
  readonly refusal?: Refusal
}

/** The step named in the address. Throws `Refused` not-found. */
function stepOf(c: Web, definition: FormDefinition): Page {
  const found = definition.pages.find(({ id }) => id === c.req.param('page'))
  if (!found) throw new Refused(kernelRefusals.notFound)
  return found
}

async function show(
  c: Web,
  draft: EditedForm,
  step: Page,
  { typed = startOfStep(step), errors = [], refusal }: State = {},
): Promise<Response> {
  const [app, locale, csrf] = [c.get('app'), c.get('locale'), c.get('csrf')]
  const { definition, formCode: code } = draft
  const book = await addressBookOf(await directoryOf(app, c.get('province')), c.get('province'), todayOf(c))
  const at = definition.pages.indexOf(step)
  const missing = c.req.query('sai') === 'loi-cau' ? [{ path: 'label', message: texts.newQuestionMissing }] : []
  const all = [...errors, ...missing]
  const errorOf = errorsBy(locale, all)
  if (refusal || errors.length > 0) c.status(refusal?.status ?? 422)
  const others = definition.pages.filter(({ id }) => id !== step.id)
  const title = words(locale, step.title, texts.untitled)
  return render(
    c,
    {
      ...frame(c, 'admin'),
      title: { vi: `${step.title.vi} – ${definition.title.vi}`, en: `${step.title.en} – ${definition.title.en}` },
      back: { href: landing(draftHref(code), `page:${step.id}`) },
      hasErrors: all.length > 0 || refusal !== undefined,
      wide: true,
      ...doneFlash(c, definition),
    },
    <>
      <ErrorSummary
        errors={all}
        message={refusal && `${t(locale, refusal.message)} ${refusal.next ? t(locale, refusal.next) : ''}`}
        locale={locale}
      />
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">{words(locale, definition.title, texts.untitled)}</span>
        {t(locale, texts.stepN, { n: at + 1, title })}
      </h1>
      <div class="cs-editor">
        <div>
          <h2 class="govuk-heading-m">{t(locale, texts.questions)}</h2>
          <Questions draft={draft} page={step} focus={partOf(c)} button={c.req.query('nut') ?? ''} csrf={csrf} locale={locale} />
          <AddQuestion draft={draft} page={step} csrf={csrf} error={errorOf('label')} locale={locale} />
          {others.length > 0 && step.fields.length > 0 && (
            <Details summary={t(locale, texts.toStep)}>
              <Form csrfToken={csrf} requestId={randomUUID()} action={draftHref(code)}>
                <input type="hidden" name="seen" value={String(draft.version)} />
                {step.fields.map((field) => (
                  <div class="cs-inline-form">
                    <label class="govuk-label" for={`to.${field.id}`}>
                      {words(locale, field.label)}
                    </label>
                    <select class="govuk-select" id={`to.${field.id}`} name={`to.${field.id}`}>
                      {others.map((other) => (
                        <option value={other.id}>{words(locale, other.title, texts.untitled)}</option>
                      ))}
                    </select>
                    <DoButton does={`field-to:${field.id}`} about={words(locale, field.label)}>
                      {t(locale, texts.move)}
                    </DoButton>
                  </div>
                ))}
              </Form>
            </Details>
          )}
          <Form csrfToken={csrf} requestId={randomUUID()} unsaved>
            <h2 class="govuk-heading-m">{t(locale, texts.stepSettings)}</h2>
            <input type="hidden" name="seen" value={String(draft.version)} />
            <TextInput name="q.title" label={t(locale, texts.stepName)} value={typed.get('q.title') ?? ''} maxlength={200} />
            <TextInput
              name="q.titleEn"
              label={t(locale, texts.stepNameEn)}
              hint={t(locale, texts.englishHint)}
              optional
              value={typed.get('q.titleEn') ?? ''}
              maxlength={200}
            />
            <TextArea name="q.hint" label={t(locale, texts.stepHint)} optional rows={2} value={typed.get('q.hint') ?? ''} />
            <TextArea name="q.hintEn" label={t(locale, texts.stepHintEn)} optional rows={2} value={typed.get('q.hintEn') ?? ''} />
            <ConditionPart
              prefix="q.condition"
              legend={t(locale, texts.stepWhen)}
              definition={definition}
              condition={step.condition}
              askable={askable(definition, { pageId: step.id })}
              typed={typed}
              errorOf={errorOf}
              locale={locale}
            />
            <Button>{t(locale, texts.save)}</Button>
          </Form>
        </div>
        <Phone definition={definition} page={step} book={book} locale={locale} />
      </div>
    </>,
  )
}

/** GET /quan-tri/bieu-mau/:code/sua/buoc/:page */
export async function editStepPage(c: Web): Promise<Response> {
  const draft = await openDraft(c)
  return show(c, draft, stepOf(c, draft.definition))
}

/** What another window saved in the meantime, one sentence a difference: shown beside what was typed here. */
export const saidElsewhere = (mine: FormDefinition, theirs: FormDefinition, path: string): FieldError[] =>
  compareForms(mine, theirs).flatMap(({ what, details }) =>
    details.map((detail) => ({
      path,
      message: {
        vi: t('vi', texts.theirs, { what: `${what.vi}: ${detail.vi}` }),
        en: t('en', texts.theirs, { what: `${what.en}: ${detail.en}` }),
      },
    })),
  )

/** POST /quan-tri/bieu-mau/:code/sua/buoc/:page: title, lead and condition of the step. */
export async function saveStepSettings(c: Web): Promise<Response> {
  const { values: typed } = await readForm(c)
  const draft = await openDraft(c)
  const step = stepOf(c, draft.definition)
  const { formCode: code } = draft
  const errors: FieldError[] = []
  const read = { get: (name: string) => typed.get(name) ?? '', all: (name: string) => typed.getAll(name) }
  const condition = read.get('q.condition.keep') === '1' ? step.condition : readCondition(read, 'q.condition', errors)
  if (errors.length > 0) return show(c, draft, step, { typed, errors })
  const hint = textFrom(read.get('q.hint'), read.get('q.hintEn'))
  const title = textFrom(read.get('q.title'), read.get('q.titleEn')) ?? { vi: '', en: '' }
  const page = { title, ...(hint ? { hint } : {}), ...(condition ? { condition } : {}) }
  const edit = { kind: 'page-save', pageId: step.id, page } as const
  const result = await runFor(c, typed, 'form.save-edit', (cx) => saveEdit(cx, { code, seen: Number(read.get('seen')) || 0, edit }))
  if (result.ok) return c.redirect(landing(stepHref(code, step.id), `page:${step.id}`, 'luu'), 303)
  const mine = { ...draft.definition, pages: draft.definition.pages.map((one) => (one.id === step.id ? { ...one, ...page } : one)) }
  return show(c, draft, step, { typed, refusal: result.error, errors: saidElsewhere(mine, draft.definition, 'q.title') })
}
