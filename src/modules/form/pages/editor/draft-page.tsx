import { randomUUID } from 'node:crypto'
import type { Refusal } from '../../../../kernel/errors.ts'
import type { Web } from '../../../../kernel/http/context.ts'
import { readForm } from '../../../../kernel/http/form.ts'
import { runFor } from '../../../../kernel/http/run-for.ts'
import { type Locale, t } from '../../../../kernel/i18n/index.ts'
import { frame } from '../../../../ui/frame.ts'
import { Button, ButtonGroup, ErrorSummary, Form, formatInstant, LinkButton, page, TextInput } from '../../../../ui/index.ts'
import { discardEdit, saveEdit, undoEdit } from '../../commands/save-edit.ts'
import type { EditedForm } from '../../queries/edited-forms.ts'
import type { Page } from '../../rules/definition.ts'
import { type FormEdit, findField } from '../../rules/edit/apply.ts'
import { conditionWords } from '../../rules/edit/conditions.ts'
import { isFieldType } from '../../rules/edit/new-field.ts'
import { problemsOf } from '../../rules/edit/problems.ts'
import { typeNames } from '../../rules/edit/words.ts'
import { BACK, DO, DoButton, Problems, words } from './parts.tsx'
import { texts } from './texts.ts'
import { doneFlash, draftHref, formHref, landing, openDraft, partOf, questionHref, stepHref } from './ways.ts'

const Step = ({ draft, step, at, focus, locale }: { draft: EditedForm; step: Page; at: number; focus: string; locale: Locale }) => {
  const { definition, formCode } = draft
  const title = words(locale, step.title, texts.untitled)
  const mine = focus.startsWith(`page:${step.id}`)
  const button = focus.split('#')[1]
  const last = at === definition.pages.length - 1
  return (
    <section class="cs-editor__step" aria-labelledby={`buoc-${step.id}`}>
      <h3 class="govuk-heading-s" id={`buoc-${step.id}`}>
        <a
          class="govuk-link"
          href={stepHref(formCode, step.id)}
          autofocus={mine && !button}
          data-focus={mine && !button ? true : undefined}
        >
          {t(locale, texts.stepN, { n: at + 1, title })}
        </a>
      </h3>
      {step.condition && (
        <p class="cs-editor__when">{t(locale, texts.shownWhen, { condition: t(locale, conditionWords(definition, step.condition)) })}</p>
      )}
      {step.fields.length === 0 ? (
        <p class="govuk-body cs-muted">{t(locale, texts.noQuestions)}</p>
      ) : (
        <ol class="govuk-list cs-editor__questions">
          {step.fields.map((field) => (
            <li>
              <a class="govuk-link govuk-link--no-visited-state" href={questionHref(formCode, field.id)}>
                {words(locale, field.label)}
              </a>{' '}
              <span class="cs-muted">
                {t(locale, typeNames[field.type])}
                {field.required ? '' : ` · ${t(locale, texts.optional)}`}
                {field.condition ? ` · ${t(locale, texts.sometimes)}` : ''}
              </span>
            </li>
          ))}
        </ol>
      )}
      <div class="cs-row-buttons">
        {at > 0 && (
          <DoButton does={`page-move:${step.id}:up`} about={title} focus={mine && (button === 'up' || (button === 'down' && last))}>
            {t(locale, texts.up)}
          </DoButton>
        )}
        {!last && (
          <DoButton does={`page-move:${step.id}:down`} about={title} focus={mine && (button === 'down' || (button === 'up' && at === 0))}>
            {t(locale, texts.down)}
          </DoButton>
        )}
        {step.fields.length > 1 && (
          <DoButton does={`page-split:${step.id}`} about={title}>
            {t(locale, texts.split)}
          </DoButton>
        )}
        {!last && (
          <DoButton does={`page-join:${step.id}`} about={title}>
            {t(locale, texts.join)}
          </DoButton>
        )}
        <DoButton does={`page-remove:${step.id}`} about={title}>
          {t(locale, texts.remove)}
        </DoButton>
      </div>
    </section>
  )
}

async function show(c: Web, draft: EditedForm, refusal?: Refusal): Promise<Response> {
  const locale = c.get('locale')
  const { definition, formCode: code } = draft
  const title = words(locale, definition.title, texts.untitled)
  const missing = c.req.query('sai') === 'ten-buoc' ? [{ path: 'title', message: texts.stepMissing }] : []
  const focus = partOf(c) ? `${partOf(c)}${c.req.query('nut') ? `#${c.req.query('nut')}` : ''}` : ''
  if (refusal) c.status(refusal.status)
  return page(
    c,
    {
      ...frame(c, 'admin'),
      title: { vi: `${texts.draftTitle.vi}: ${definition.title.vi}`, en: `${texts.draftTitle.en}: ${definition.title.en}` },
      back: { href: formHref(code) },
      hasErrors: missing.length > 0 || refusal !== undefined,
      ...doneFlash(c, definition),
    },
    <>
      <ErrorSummary
        errors={missing}
        message={refusal && `${t(locale, refusal.message)} ${refusal.next ? t(locale, refusal.next) : ''}`}
        locale={locale}
      />
      <div class="cs-page-head">
        <h1 class="govuk-heading-l">
          <span class="govuk-caption-l">{t(locale, texts.draftTitle)}</span>
          {title}
        </h1>
        <LinkButton href={draftHref(code, '/ban-hanh')}>{t(locale, texts.publish)}</LinkButton>
      </div>
      <p class="govuk-body cs-muted">
        {draft.basedOn ? t(locale, texts.startedFrom, { n: draft.basedOn }) : t(locale, texts.startedNew)} ·{' '}
        {t(locale, texts.writingBy, { by: draft.updatedBy, at: formatInstant(draft.updatedAt) })}
      </p>
      <p class="govuk-body cs-editor__links">
        <a
          class="govuk-link"
          href={draftHref(code, '/chung')}
          autofocus={focus === 'form'}
          data-focus={focus === 'form' ? true : undefined}
        >
          {t(locale, texts.settings)}
        </a>
        <a class="govuk-link" href={draftHref(code, '/thu')}>
          {t(locale, texts.trial)}
        </a>
        <a class="govuk-link" href={`${formHref(code)}/xuat?ban-soan=1`}>
          {t(locale, texts.export)}
        </a>
        <a class="govuk-link" href={draftHref(code, '/bo')}>
          {t(locale, texts.discard)}
        </a>
      </p>
      <Problems code={code} problems={problemsOf(definition)} locale={locale} />
      <h2 class="govuk-heading-m">{t(locale, texts.steps)}</h2>
      <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={draftHref(code)}>
        <input type="hidden" name="seen" value={String(draft.version)} />
        {definition.pages.map((step, at) => (
          <Step draft={draft} step={step} at={at} focus={focus} locale={locale} />
        ))}
        {draft.previous && (
          <DoButton does="undo" about="">
            {t(locale, texts.undo)}
          </DoButton>
        )}
      </Form>
      <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={draftHref(code)}>
        <input type="hidden" name="seen" value={String(draft.version)} />
        <TextInput name="title" label={t(locale, texts.stepTitle)} error={missing[0] && t(locale, texts.stepMissing)} maxlength={200} />
        <Button look="secondary" name={DO} value="page-add">
          {t(locale, texts.addStep)}
        </Button>
      </Form>
    </>,
  )
}

/** GET /quan-tri/bieu-mau/:code/sua: the whole form on one page. */
export async function draftPage(c: Web): Promise<Response> {
  return show(c, await openDraft(c))
}

const both = (typed: string) => ({ vi: typed.trim().slice(0, 500), en: typed.trim().slice(0, 500) })

/** Reads what a button of the editor asks for; `undefined`: nothing that is known. */
function editOf(values: URLSearchParams): FormEdit | undefined {
  const [kind = '', id = '', way = ''] = (values.get(DO) ?? '').split(':')
  const by = way === 'up' ? -1 : 1
  switch (kind) {
    case 'page-add':
      return { kind, title: both(values.get('title') ?? ''), after: values.get('after') ?? undefined }
    case 'page-move':
      return { kind, pageId: id, by }
    case 'page-remove':
    case 'page-split':
    case 'page-join':
      return { kind, pageId: id }
    case 'field-add': {
      const type = values.get('type') ?? ''
      if (!isFieldType(type)) return undefined
      return { kind, pageId: id, ...(way ? { group: way } : {}), type, label: both(values.get('label') ?? '') }
    }
    case 'field-move':
      return { kind, path: id, by }
    case 'field-remove':
      return { kind, path: id }
    case 'field-to':
      return { kind, path: id, pageId: values.get(`to.${id}`) ?? '' }
    default:
      return undefined
  }
}

/** The page that a change was made from: `buoc/<page>` and `cau/<path>`; anything else is the whole form. */
const backOf = (code: string, values: URLSearchParams): string => {
  const back = values.get(BACK) ?? ''
  return /^(?:buoc|cau)\/[\w.-]+$/.test(back) ? draftHref(code, `/${back}`) : draftHref(code)
}

/** POST /quan-tri/bieu-mau/:code/sua: moves, adds, removes; then back to where it was pressed, at the part itself. */
export async function changeDraft(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const code = c.req.param('code') ?? ''
  const [kind = '', , way = ''] = (values.get(DO) ?? '').split(':')
  if (kind === 'undo') {
    const undone = await runFor(c, values, 'form.undo-edit', (cx) => undoEdit(cx, { code }))
    return undone.ok ? c.redirect(landing(draftHref(code), 'form', 'lui'), 303) : show(c, await openDraft(c), undone.error)
  }
  const edit = editOf(values)
  if (!edit) return c.redirect(draftHref(code), 303)
  const back = backOf(code, values)
  if (edit.kind === 'page-add' && !edit.title.vi) return c.redirect(`${draftHref(code)}?sai=ten-buoc`, 303)
  if (edit.kind === 'field-add' && !edit.label.vi) return c.redirect(`${back}?sai=loi-cau`, 303)
  const result = await runFor(c, values, 'form.save-edit', (cx) => saveEdit(cx, { code, seen: Number(values.get('seen')) || 0, edit }))
  if (!result.ok) return show(c, await openDraft(c), result.error)
  const { at } = result.value
  if (edit.kind === 'page-add') return c.redirect(stepHref(code, at.slice('page:'.length)), 303)
  if (edit.kind === 'field-add') return c.redirect(questionHref(code, at.slice('field:'.length)), 303)
  const removed = edit.kind === 'page-remove' || edit.kind === 'field-remove'
  if ((edit.kind === 'field-move' || edit.kind === 'field-to') && !edit.path.includes('.')) {
    // It may stand on another step by now: the work goes on where it stands.
    const place = findField((await openDraft(c)).definition, edit.path)
    const to = landing(stepHref(code, place?.page.id ?? ''), at, 'chuyen')
    return c.redirect(edit.kind === 'field-move' ? `${to}&nut=${way}` : to, 303)
  }
  const way2 = edit.kind === 'page-move' || edit.kind === 'field-move' ? `&nut=${way}` : ''
  return c.redirect(`${landing(back, at, removed ? 'bo' : way2 ? 'chuyen' : 'luu')}${way2}`, 303)
}

/** GET /quan-tri/bieu-mau/:code/sua/bo: is it meant? */
export async function discardDraftPage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const draft = await openDraft(c)
  return page(
    c,
    { ...frame(c, 'admin'), title: texts.discard, back: { href: draftHref(draft.formCode) } },
    <>
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">{words(locale, draft.definition.title, texts.untitled)}</span>
        {t(locale, texts.discard)}
      </h1>
      <p class="govuk-body">{t(locale, texts.discardSure)}</p>
      <p class="govuk-body cs-muted">{t(locale, texts.writingBy, { by: draft.updatedBy, at: formatInstant(draft.updatedAt) })}</p>
      <Form csrfToken={c.get('csrf')} requestId={randomUUID()}>
        <ButtonGroup>
          <Button look="warning">{t(locale, texts.discard)}</Button>
          <LinkButton look="secondary" href={draftHref(draft.formCode)}>
            {t(locale, texts.keep)}
          </LinkButton>
        </ButtonGroup>
      </Form>
    </>,
  )
}

/** POST /quan-tri/bieu-mau/:code/sua/bo */
export async function discardDraftNow(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const code = c.req.param('code') ?? ''
  const done = await runFor(c, values, 'form.discard-edit', (cx) => discardEdit(cx, { code }))
  return done.ok || done.error.code === 'form.edit-not-found'
    ? c.redirect('/quan-tri/bieu-mau', 303)
    : show(c, await openDraft(c), done.error)
}
