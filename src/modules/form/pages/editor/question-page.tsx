import { randomUUID } from 'node:crypto'
import { type FieldError, refusals as kernelRefusals, type Refusal, Refused } from '../../../../kernel/errors.ts'
import type { Web } from '../../../../kernel/http/context.ts'
import { readForm } from '../../../../kernel/http/form.ts'
import { runFor } from '../../../../kernel/http/run-for.ts'
import { t } from '../../../../kernel/i18n/index.ts'
import { frame } from '../../../../ui/frame.ts'
import {
  Button,
  ButtonGroup,
  Checkbox,
  Details,
  ErrorSummary,
  errorsBy,
  Fieldset,
  Form,
  page as render,
  Select,
  TextArea,
  TextInput,
} from '../../../../ui/index.ts'
import { directoryOf } from '../../../organisation/index.ts'
import { addressBookOf } from '../../address-book.ts'
import { saveEdit } from '../../commands/save-edit.ts'
import type { EditedForm, FormLinks } from '../../queries/edited-forms.ts'
import { type Field, type Page, prefillSources } from '../../rules/definition.ts'
import { type FieldPlace, findField } from '../../rules/edit/apply.ts'
import { askable } from '../../rules/edit/conditions.ts'
import { fieldTypes, isFieldType, newField, ofType, prefillTypes } from '../../rules/edit/new-field.ts'
import { problemsOf } from '../../rules/edit/problems.ts'
import { readField, textFrom } from '../../rules/edit/read-field.ts'
import { startOfField } from '../../rules/edit/start.ts'
import { prefillNames, typeNames } from '../../rules/edit/words.ts'
import { ConditionPart } from './condition-part.tsx'
import { DO, Phone, words } from './parts.tsx'
import { Limits } from './question-limits.tsx'
import { AddQuestion, Questions, saidElsewhere } from './step-page.tsx'
import { texts } from './texts.ts'
import { doneFlash, landing, openDraft, partOf, questionHref, stepHref, todayOf } from './ways.ts'

interface State {
  readonly typed?: URLSearchParams
  readonly errors?: readonly FieldError[]
  readonly refusal?: Refusal
}

async function show(c: Web, links: FormLinks, draft: EditedForm, place: FieldPlace, path: string, state: State = {}): Promise<Response> {
  const [app, province, locale, csrf] = [c.get('app'), c.get('province'), c.get('locale'), c.get('csrf')]
  const { definition, formCode: code } = draft
  const { field, page: step, group } = place
  const { typed = startOfField(field), errors = [], refusal } = state
  const book = await addressBookOf(await directoryOf(app, province), province, todayOf(c))
  const procedures = field.type === 'file' ? await app.db.read(province, (tx) => links.proceduresWith(tx, code, todayOf(c))) : []
  const papers = new Map(procedures.flatMap(({ components }) => components.map((one) => [one.code, t(locale, one.name)] as const)))
  const chosen = typed.get('q.component')
  if (chosen && !papers.has(chosen)) papers.set(chosen, chosen)
  const missing = c.req.query('sai') === 'loi-cau' ? [{ path: 'label', message: texts.newQuestionMissing }] : []
  // What stands in the way of publishing is told here as well, but never keeps anybody from saving.
  const todo = state.typed ? [] : problemsOf(definition).filter((one) => one.path === path)
  const all = [...errors, ...missing]
  const errorOf = errorsBy(locale, all)
  if (refusal || errors.length > 0) c.status(refusal?.status ?? 422)
  const focus = c.req.query('lc') ?? ''
  const label = words(locale, field.label)
  const line = (name: string, text: string, more: { hint?: string; optional?: boolean } = {}) => (
    <TextInput
      name={`q.${name}`}
      label={text}
      value={typed.get(`q.${name}`) ?? ''}
      error={errorOf(`q.${name}`)}
      maxlength={300}
      locale={locale}
      {...more}
    />
  )
  return render(
    c,
    {
      ...frame(c, 'admin'),
      title: { vi: `${field.label.vi} – ${definition.title.vi}`, en: `${field.label.en} – ${definition.title.en}` },
      back: { href: landing(group ? questionHref(code, group.id) : stepHref(code, step.id), `field:${path}`) },
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
        <span class="govuk-caption-l">
          {words(locale, step.title, texts.untitled)}
          {group ? ` · ${words(locale, group.label)}` : ''} · {t(locale, typeNames[field.type])}
        </span>
        {label}
      </h1>
      {todo.length > 0 && (
        <ul class="govuk-list cs-editor__todo">
          {todo.map(({ message }) => (
            <li>{t(locale, message)}</li>
          ))}
        </ul>
      )}
      <div class="cs-editor">
        <div>
          <Form csrfToken={csrf} requestId={randomUUID()} unsaved id="cau-hoi">
            <input type="hidden" name="seen" value={String(draft.version)} />
            <input type="hidden" name="type" value={field.type} />
            <input type="hidden" name="page" value={step.id} />
            <button type="submit" name={DO} value="stay" hidden>
              {t(locale, texts.saveStay)}
            </button>
            {line('label', t(locale, texts.label))}
            {line('labelEn', `${t(locale, texts.label)} – ${t(locale, texts.english)}`, {
              hint: t(locale, texts.englishHint),
              optional: true,
            })}
            <TextArea name="q.hint" label={t(locale, texts.hint)} optional rows={2} value={typed.get('q.hint') ?? ''} locale={locale} />
            {line('hintEn', `${t(locale, texts.hint)} – ${t(locale, texts.english)}`, { optional: true })}
            <Checkbox name="q.required" label={t(locale, texts.required)} checked={typed.get('q.required') === '1'} />
            <Limits
              field={field}
              definition={definition}
              typed={typed}
              components={[...papers].map(([value, name]) => ({ value, label: name }))}
              focus={focus}
              errorOf={errorOf}
              locale={locale}
            />
            <ConditionPart
              prefix="q.condition"
              legend={t(locale, texts.condition)}
              definition={definition}
              condition={field.condition}
              askable={askable(definition, { path })}
              typed={typed}
              errorOf={errorOf}
              locale={locale}
            />
            <Details summary={t(locale, texts.more)} open={errors.some((error) => error.path === 'q.id')}>
              {!group && prefillSources.some((source) => prefillTypes[source].includes(field.type)) && (
                <Select
                  name="q.prefill"
                  label={t(locale, texts.prefill)}
                  empty={t(locale, texts.prefillNone)}
                  value={typed.get('q.prefill') ?? ''}
                  options={prefillSources
                    .filter((source) => prefillTypes[source].includes(field.type) || source === field.prefill)
                    .map((value) => ({ value, label: t(locale, prefillNames[value]) }))}
                />
              )}
              {!group && field.type !== 'declaration' && field.type !== 'file' && field.type !== 'group' && (
                <Checkbox name="q.reuse" label={t(locale, texts.reuse)} checked={typed.get('q.reuse') === '1'} />
              )}
              {line('called', t(locale, texts.called), { hint: t(locale, texts.calledHint), optional: true })}
              {line('calledEn', `${t(locale, texts.called)} – ${t(locale, texts.english)}`, { optional: true })}
              {line('id', t(locale, texts.fieldCode), { hint: t(locale, texts.fieldCodeHint) })}
            </Details>
            <ButtonGroup>
              <Button name={DO} value="save">
                {t(locale, texts.saveBack)}
              </Button>
              <Button look="secondary" name={DO} value="stay">
                {t(locale, texts.saveStay)}
              </Button>
            </ButtonGroup>
            <Details summary={t(locale, texts.changeKind)}>
              <Select
                name="kind"
                label={t(locale, texts.kind)}
                hint={t(locale, texts.changeKindHint)}
                empty={false}
                value={field.type}
                options={fieldTypes
                  .filter((type) => !group || (type !== 'group' && type !== 'file'))
                  .map((value) => ({ value, label: t(locale, typeNames[value]) }))}
              />
              <Button look="secondary" name={DO} value="kind">
                {t(locale, texts.changeKind)}
              </Button>
            </Details>
          </Form>
          {field.type === 'group' && (
            <>
              <Fieldset legend={t(locale, texts.inGroup)} size="m">
                <Questions
                  draft={draft}
                  page={step}
                  group={field}
                  focus={partOf(c)}
                  button={c.req.query('nut') ?? ''}
                  csrf={csrf}
                  locale={locale}
                />
              </Fieldset>
              <AddQuestion draft={draft} page={step} group={field} csrf={csrf} error={errorOf('label')} locale={locale} />
            </>
          )}
        </div>
        <Phone definition={definition} page={onlyThis(step, field)} book={book} locale={locale} />
      </div>
    </>,
  )
}

const onlyThis = ({ hint: _, ...step }: Page, field: Field): Page => ({ ...step, fields: [field] })

/** The question in the address. Throws `Refused` not-found. */
function placeOf(c: Web, draft: EditedForm): { place: FieldPlace; path: string } {
  const path = c.req.param('path') ?? ''
  const place = findField(draft.definition, path)
  if (!place) throw new Refused(kernelRefusals.notFound)
  return { place, path }
}

/** GET /quan-tri/bieu-mau/:code/sua/cau/:path */
export const questionPage =
  (links: FormLinks) =>
  async (c: Web): Promise<Response> => {
    const draft = await openDraft(c)
    const { place, path } = placeOf(c, draft)
    return show(c, links, draft, place, path)
  }

/** The options after the button that was pressed in their rows. */
function withOption(field: Field, does: string): Field {
  const [kind = '', at = ''] = does.split(':')
  if (!('options' in field) || !kind.startsWith('option-') || at === '') return field
  const n = Number(at)
  if (kind === 'option-remove') return { ...field, options: field.options.filter((_, place) => place !== n) }
  const to = kind === 'option-up' ? n - 1 : n + 1
  const [one, other] = [field.options[n], field.options[to]]
  if (!one || !other) return field
  return { ...field, options: field.options.with(n, other).with(to, one) }
}

const whereNow = (does: string): string => {
  const [kind = '', at = '0'] = does.split(':')
  if (kind === 'option-more') return 'more'
  if (kind === 'option-up') return `up:${Math.max(0, Number(at) - 1)}`
  return kind === 'option-down' ? `down:${Number(at) + 1}` : ''
}

/** POST /quan-tri/bieu-mau/:code/sua/cau/:path: saves the question as far as it can be read; what cannot comes back as it was typed. */
export const saveQuestion =
  (links: FormLinks) =>
  async (c: Web): Promise<Response> => {
    const { values: typed } = await readForm(c)
    const draft = await openDraft(c)
    const { definition, formCode: code } = draft
    const path = c.req.param('path') ?? ''
    const pageId = typed.get('page') ?? ''
    const type = typed.get('type') ?? ''
    const found = findField(definition, path)
    const step = found?.page ?? definition.pages.find(({ id }) => id === pageId)
    if (!step || !isFieldType(type)) throw new Refused(kernelRefusals.notFound)
    // Removed in another window: what was typed here is read all the same, so that it can be brought back.
    const before =
      found && found.field.type === type
        ? found.field
        : newField(type, path.split('.').at(-1) ?? '', textFrom(typed.get('q.label') ?? '', '') ?? { vi: '', en: '' })
    const { field: read, errors } = readField({ get: (name) => typed.get(name) ?? '', all: (name) => typed.getAll(name) }, before)
    const does = typed.get(DO) ?? 'save'
    const kind = typed.get('kind') ?? ''
    const field = does === 'kind' && isFieldType(kind) ? ofType(read, kind) : withOption(read, does)
    const group = path.includes('.') ? step.fields.find(({ id }) => id === path.split('.')[0]) : undefined
    const place: FieldPlace = found ?? {
      page: step,
      pageAt: definition.pages.indexOf(step),
      field: read,
      at: step.fields.length,
      ...(group?.type === 'group' ? { group } : {}),
    }
    if (errors.length > 0) return show(c, links, draft, { ...place, field: read }, path, { typed, errors })
    const seen = Number(typed.get('seen')) || 0
    // Who has been told that it is gone and saves again wants it back.
    const edit = { kind: 'field-save', path, field, ...(seen >= draft.version ? { pageId: step.id } : {}) } as const
    const result = await runFor(c, typed, 'form.save-edit', (cx) => saveEdit(cx, { code, seen, edit }))
    if (!result.ok) {
      const mine = {
        ...definition,
        pages: definition.pages.map((one) => ({ ...one, fields: one.fields.map((other) => (other.id === path ? field : other)) })),
      }
      const theirs = found ? saidElsewhere(mine, definition, 'q.label') : []
      return show(c, links, draft, { ...place, field: read }, path, { typed, refusal: result.error, errors: theirs })
    }
    const now = result.value.at.slice('field:'.length)
    if (does === 'save')
      return c.redirect(landing(place.group ? questionHref(code, place.group.id) : stepHref(code, step.id), `field:${now}`, 'luu'), 303)
    const focus = whereNow(does)
    return c.redirect(`${landing(questionHref(code, now), `field:${now}`, 'luu')}${focus ? `&lc=${focus}` : ''}`, 303)
  }
