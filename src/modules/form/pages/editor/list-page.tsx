import { randomUUID } from 'node:crypto'
import type { FieldError, Refusal } from '../../../../kernel/errors.ts'
import type { Web } from '../../../../kernel/http/context.ts'
import { readForm } from '../../../../kernel/http/form.ts'
import { runFor } from '../../../../kernel/http/run-for.ts'
import { t } from '../../../../kernel/i18n/index.ts'
import { frame } from '../../../../ui/frame.ts'
import {
  Button,
  EmptyState,
  ErrorSummary,
  errorsBy,
  FileInput,
  Form,
  formatDay,
  formatInstant,
  formatNumber,
  LinkButton,
  page,
  Select,
  Table,
  TextArea,
  TextInput,
} from '../../../../ui/index.ts'
import { startEdit } from '../../commands/start-edit.ts'
import { refusals } from '../../errors.ts'
import { type FormVersion, listEdits, listFormVersions } from '../../queries/edited-forms.ts'
import { textFrom } from '../../rules/edit/read-field.ts'
import { readFormFile } from '../../rules/edit/read-file.ts'
import { texts } from './texts.ts'
import { currentOf } from './versions-parts.tsx'
import { draftHref, FORMS, formHref, todayOf } from './ways.ts'

interface Line {
  readonly code: string
  readonly title: string
  readonly current: FormVersion | undefined
  readonly versions: readonly FormVersion[]
}

function linesOf(versions: readonly FormVersion[], today: string): Line[] {
  const byCode = Map.groupBy(versions, ({ code }) => code)
  return [...byCode].map(([code, list]) => {
    const current = currentOf(list, today) ?? list[0]
    return { code, title: current?.title ?? code, current, versions: list }
  })
}

/** GET /quan-tri/bieu-mau: every form, and what is being written by whom. */
export async function formsPage(c: Web): Promise<Response> {
  const [app, province, locale, today] = [c.get('app'), c.get('province'), c.get('locale'), todayOf(c)]
  const [versions, edits] = await Promise.all([
    app.db.read(province, (tx) => listFormVersions(tx)),
    app.db.read(province, (tx) => listEdits(tx)),
  ])
  const mayEdit = app.access(province).canAtRoot(c.get('actor'), 'form.publish')
  const lines = linesOf(versions, today)
  return page(
    c,
    { ...frame(c, 'admin'), title: texts.title, wide: true },
    <>
      <div class="cs-page-head">
        <h1 class="govuk-heading-l">{t(locale, texts.title)}</h1>
        {mayEdit && <LinkButton href={`${FORMS}/moi`}>{t(locale, texts.newForm)}</LinkButton>}
      </div>
      <p class="govuk-body">{t(locale, texts.lead)}</p>
      {edits.length > 0 && (
        <Table
          caption={t(locale, texts.writing)}
          dense
          locale={locale}
          rows={edits}
          columns={[
            {
              key: 'title',
              label: t(locale, texts.form),
              header: true,
              cell: (row) => (
                <a class="govuk-link" href={mayEdit ? draftHref(row.formCode) : formHref(row.formCode)}>
                  {row.title || t(locale, texts.untitled)}
                </a>
              ),
            },
            {
              key: 'from',
              label: t(locale, texts.version),
              cell: (row) => (row.basedOn ? t(locale, texts.startedFrom, { n: row.basedOn }) : t(locale, texts.startedNew)),
            },
            {
              key: 'by',
              label: t(locale, texts.writing),
              cell: (row) => t(locale, texts.writingBy, { by: row.updatedBy, at: formatInstant(row.updatedAt) }),
            },
          ]}
        />
      )}
      {lines.length === 0 ? (
        <EmptyState title={t(locale, texts.none)} />
      ) : (
        <Table
          caption={`${t(locale, texts.title)} (${formatNumber(lines.length, locale)})`}
          dense
          locale={locale}
          rows={lines}
          columns={[
            {
              key: 'title',
              label: t(locale, texts.form),
              header: true,
              cell: (row) => (
                <a class="govuk-link" href={formHref(row.code)}>
                  {row.title}
                </a>
              ),
            },
            { key: 'code', label: t(locale, texts.code), nowrap: true, cell: (row) => row.code },
            {
              key: 'current',
              label: t(locale, texts.inForce),
              cell: (row) => row.current && `${t(locale, texts.versionN, { n: row.current.version })}, ${formatDay(row.current.validFrom)}`,
            },
            { key: 'n', label: t(locale, texts.versions), numeric: true, cell: (row) => formatNumber(row.versions.length, locale) },
            {
              key: 'drafts',
              label: t(locale, texts.drafts),
              numeric: true,
              cell: (row) =>
                formatNumber(
                  row.versions.reduce((sum, { drafts }) => sum + drafts, 0),
                  locale,
                ),
            },
          ]}
        />
      )}
    </>,
  )
}

interface State {
  readonly typed?: URLSearchParams
  readonly errors?: readonly FieldError[]
  readonly refusal?: Refusal
}

async function showNew(c: Web, { typed = new URLSearchParams(), errors = [], refusal }: State = {}): Promise<Response> {
  const [app, province, locale] = [c.get('app'), c.get('province'), c.get('locale')]
  const lines = linesOf(await app.db.read(province, (tx) => listFormVersions(tx)), todayOf(c))
  const shown = refusal?.fields?.length ? refusal.fields : errors
  const errorOf = errorsBy(locale, shown)
  if (refusal || errors.length > 0) c.status(refusal?.status ?? 422)
  const get = (name: string): string => typed.get(name) ?? ''
  return page(
    c,
    { ...frame(c, 'admin'), title: texts.newTitle, back: { href: FORMS }, hasErrors: shown.length > 0 || refusal !== undefined },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary
          errors={shown}
          message={refusal && `${t(locale, refusal.message)} ${refusal.next ? t(locale, refusal.next) : ''}`}
          locale={locale}
        />
        <h1 class="govuk-heading-l">{t(locale, texts.newTitle)}</h1>
        <Form csrfToken={c.get('csrf')} requestId={randomUUID()}>
          <TextInput
            name="title"
            label={t(locale, texts.name)}
            hint={t(locale, texts.nameHint)}
            value={get('title')}
            error={errorOf('title')}
            maxlength={300}
          />
          <TextInput
            name="titleEn"
            label={t(locale, texts.nameEn)}
            hint={t(locale, texts.englishHint)}
            optional
            value={get('titleEn')}
            maxlength={300}
          />
          <Select
            name="copy"
            label={t(locale, texts.copy)}
            empty={t(locale, texts.copyNone)}
            value={get('copy')}
            error={errorOf('copy')}
            options={lines.map(({ code, title }) => ({ value: code, label: title }))}
          />
          <TextInput
            name="code"
            label={t(locale, texts.codeTyped)}
            hint={t(locale, texts.codeHint)}
            optional
            width={20}
            value={get('code')}
            error={errorOf('code')}
            spellcheck={false}
          />
          <Button name="way" value="new">
            {t(locale, texts.create)}
          </Button>
        </Form>
        <h2 class="govuk-heading-m">{t(locale, texts.importTitle)}</h2>
        <p class="govuk-body">{t(locale, texts.importHint)}</p>
        <Form csrfToken={c.get('csrf')} requestId={randomUUID()} files>
          <FileInput name="file" label={t(locale, texts.file)} accept=".json,application/json" error={errorOf('file')} />
          <TextArea name="text" label={t(locale, texts.fileText)} optional rows={5} value={get('text')} />
          <Button look="secondary" name="way" value="file">
            {t(locale, texts.import)}
          </Button>
        </Form>
      </div>
    </div>,
  )
}

/** GET /quan-tri/bieu-mau/moi */
export const newFormPage = (c: Web): Promise<Response> => showNew(c)

/** POST: a new form by its title, as a copy, or from a file. A file with mistakes leaves nothing behind. */
export async function createForm(c: Web): Promise<Response> {
  const { values: typed, refused } = await readForm(c, { asText: ['file'] })
  if (typed.get('way') === 'file') {
    const text = (typed.get('file') ?? '').trim() || (typed.get('text') ?? '').trim()
    if (!text) return showNew(c, { typed, errors: [{ path: 'file', message: refused.get('file')?.message ?? texts.fileMissing }] })
    const read = readFormFile(text)
    if (!read.ok) return showNew(c, { typed, refusal: { ...refusals.wrongFile, fields: read.error } })
    const started = await runFor(c, typed, 'form.start-edit', (cx) => startEdit(cx, { from: 'file', definition: read.value }))
    return started.ok ? c.redirect(draftHref(started.value.code), 303) : showNew(c, { typed, refusal: started.error })
  }
  const title = textFrom(typed.get('title') ?? '', typed.get('titleEn') ?? '')
  const code = (typed.get('code') ?? '').trim()
  const errors: FieldError[] = []
  if (!title) errors.push({ path: 'title', message: texts.nameMissing })
  if (code && !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(code)) errors.push({ path: 'code', message: texts.codeWrong })
  if (!title || errors.length > 0) return showNew(c, { typed, errors })
  const input = { from: 'new', title, ...(code ? { code } : {}), ...(typed.get('copy') ? { copy: typed.get('copy') ?? '' } : {}) } as const
  const started = await runFor(c, typed, 'form.start-edit', (cx) => startEdit(cx, input))
  return started.ok ? c.redirect(draftHref(started.value.code), 303) : showNew(c, { typed, refusal: started.error })
}
