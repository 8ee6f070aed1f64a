import { randomUUID } from 'node:crypto'
import type { FieldError, Refusal } from '../../../../kernel/errors.ts'
import type { Web } from '../../../../kernel/http/context.ts'
import { readForm } from '../../../../kernel/http/form.ts'
import { runFor } from '../../../../kernel/http/run-for.ts'
import { t } from '../../../../kernel/i18n/index.ts'
import { frame } from '../../../../ui/frame.ts'
import { Button, ErrorSummary, Form, page, Select, TextArea, TextInput } from '../../../../ui/index.ts'
import { saveEdit } from '../../commands/save-edit.ts'
import type { EditedForm } from '../../queries/edited-forms.ts'
import { type FieldType, type FormDefinition, fieldsOf } from '../../rules/definition.ts'
import { problemsOf } from '../../rules/edit/problems.ts'
import { ownEnglish, textFrom } from '../../rules/edit/read-field.ts'
import { words } from './parts.tsx'
import { saidElsewhere } from './step-page.tsx'
import { texts } from './texts.ts'
import { draftHref, landing, openDraft } from './ways.ts'

const startOf = (form: FormDefinition): URLSearchParams =>
  new URLSearchParams([
    ['q.title', form.title.vi],
    ['q.titleEn', ownEnglish(form.title)],
    ['q.law', form.legalBasis.join('\n')],
    ['q.source', form.sourceNote ?? ''],
    ['q.name', form.applicant.name],
    ['q.number', form.applicant.personalNumber ?? ''],
    ['q.phone', form.applicant.phone ?? ''],
    ['q.email', form.applicant.email ?? ''],
    ['q.place', form.placeField ?? ''],
  ])

interface State {
  readonly typed?: URLSearchParams
  readonly refusal?: Refusal
  readonly errors?: readonly FieldError[]
}

function show(
  c: Web,
  draft: EditedForm,
  { typed = startOf(draft.definition), refusal, errors = [] }: State = {},
): Response | Promise<Response> {
  const locale = c.get('locale')
  const { definition, formCode: code } = draft
  const fields = fieldsOf(definition)
  const role = (name: string, label: string, type: FieldType, more: { hint?: string; empty?: string | false } = {}) => (
    <Select
      name={name}
      label={label}
      value={typed.get(name) ?? ''}
      options={fields.filter((field) => field.type === type).map(({ id, label: text }) => ({ value: id, label: words(locale, text) }))}
      empty={t(locale, texts.noField)}
      {...more}
    />
  )
  const todo = problemsOf(definition).filter(({ pageId }) => pageId === undefined)
  if (refusal) c.status(refusal.status)
  return page(
    c,
    { ...frame(c, 'admin'), title: texts.settings, back: { href: landing(draftHref(code), 'form') }, hasErrors: refusal !== undefined },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary
          errors={errors}
          message={refusal && `${t(locale, refusal.message)} ${refusal.next ? t(locale, refusal.next) : ''}`}
          locale={locale}
        />
        <h1 class="govuk-heading-l">
          <span class="govuk-caption-l">{words(locale, definition.title, texts.untitled)}</span>
          {t(locale, texts.settings)}
        </h1>
        {todo.length > 0 && (
          <ul class="govuk-list cs-editor__todo">
            {todo.map(({ message }) => (
              <li>{t(locale, message)}</li>
            ))}
          </ul>
        )}
        <Form csrfToken={c.get('csrf')} requestId={randomUUID()} unsaved>
          <input type="hidden" name="seen" value={String(draft.version)} />
          <TextInput name="q.title" label={t(locale, texts.name)} value={typed.get('q.title') ?? ''} maxlength={300} />
          <TextInput
            name="q.titleEn"
            label={t(locale, texts.nameEn)}
            hint={t(locale, texts.englishHint)}
            optional
            value={typed.get('q.titleEn') ?? ''}
            maxlength={300}
          />
          <TextArea
            name="q.law"
            label={t(locale, texts.law)}
            hint={t(locale, texts.perLine)}
            optional
            rows={3}
            value={typed.get('q.law') ?? ''}
          />
          <TextArea name="q.source" label={t(locale, texts.sourceNote)} optional rows={2} value={typed.get('q.source') ?? ''} />
          {role('q.name', t(locale, texts.applicantName), 'text')}
          {role('q.number', t(locale, texts.applicantNumber), 'personalNumber')}
          {role('q.phone', t(locale, texts.applicantPhone), 'phone')}
          {role('q.email', t(locale, texts.applicantEmail), 'email')}
          {role('q.place', t(locale, texts.placeField), 'address', { hint: t(locale, texts.placeHint) })}
          <Button>{t(locale, texts.save)}</Button>
        </Form>
      </div>
    </div>,
  )
}

/** GET /quan-tri/bieu-mau/:code/sua/chung: title, law, and which questions name the applicant and the place. */
export const settingsPage = async (c: Web): Promise<Response> => show(c, await openDraft(c))

/** POST */
export async function saveSettings(c: Web): Promise<Response> {
  const { values: typed } = await readForm(c)
  const draft = await openDraft(c)
  const get = (name: string): string => (typed.get(`q.${name}`) ?? '').trim()
  const optional = (name: string, key: string) => (get(name) ? { [key]: get(name) } : {})
  const form = {
    title: textFrom(get('title'), get('titleEn')) ?? { vi: '', en: '' },
    legalBasis: get('law')
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
    sourceNote: get('source') || undefined,
    placeField: get('place') || undefined,
    applicant: { name: get('name'), ...optional('number', 'personalNumber'), ...optional('phone', 'phone'), ...optional('email', 'email') },
  }
  const seen = Number(typed.get('seen')) || 0
  const result = await runFor(c, typed, 'form.save-edit', (cx) =>
    saveEdit(cx, { code: draft.formCode, seen, edit: { kind: 'form', form } }),
  )
  if (result.ok) return c.redirect(landing(draftHref(draft.formCode), 'form', 'luu'), 303)
  const theirs = saidElsewhere({ ...draft.definition, ...form }, draft.definition, 'q.title')
  return show(c, draft, { typed, refusal: result.error, errors: theirs })
}
