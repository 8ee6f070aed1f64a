import { randomUUID } from 'node:crypto'
import type { FieldError, Refusal } from '../../../../kernel/errors.ts'
import { Refused } from '../../../../kernel/errors.ts'
import type { Web } from '../../../../kernel/http/context.ts'
import { readForm } from '../../../../kernel/http/form.ts'
import { runFor } from '../../../../kernel/http/run-for.ts'
import { t } from '../../../../kernel/i18n/index.ts'
import { frame } from '../../../../ui/frame.ts'
import { Button, ErrorSummary, errorsBy, FileInput, Form, page, TextArea, TextInput } from '../../../../ui/index.ts'
import { startEdit } from '../../commands/edit-procedure.ts'
import { refusals } from '../../errors.ts'
import { getEdit } from '../../queries/edited-procedures.ts'
import { listVersions } from '../../queries/lists.ts'
import { procedureFile, readProcedureFile } from '../../rules/draft.ts'
import { procedureCode, versionBodySchema } from '../../rules/procedure.ts'
import { mistakes } from '../../texts.ts'
import { ADMIN } from '../list-page.tsx'
import { texts } from './texts.ts'
import { codeOf, draftHref, todayOf } from './ways.ts'

interface State {
  readonly typed?: URLSearchParams
  readonly errors?: readonly FieldError[]
  readonly refusal?: Refusal
}

function show(c: Web, { typed = new URLSearchParams(), errors = [], refusal }: State = {}): Response | Promise<Response> {
  const locale = c.get('locale')
  const shown = refusal?.fields?.length ? refusal.fields : errors
  const errorOf = errorsBy(locale, shown)
  if (refusal || errors.length > 0) c.status(refusal?.status ?? 422)
  const get = (name: string): string => typed.get(name) ?? ''
  return page(
    c,
    { ...frame(c, 'admin'), title: texts.newTitle, back: { href: ADMIN }, hasErrors: shown.length > 0 || refusal !== undefined },
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
            name="code"
            label={t(locale, texts.code)}
            hint={t(locale, texts.codeHint)}
            width={20}
            value={get('code')}
            error={errorOf('code')}
            spellcheck={false}
          />
          <TextArea name="name" label={t(locale, texts.name)} rows={2} value={get('name')} error={errorOf('name')} />
          <TextInput
            name="nameEn"
            label={`${t(locale, texts.name)} – ${t(locale, texts.english)}`}
            hint={t(locale, texts.englishHint)}
            optional
            value={get('nameEn')}
          />
          <TextInput
            name="copy"
            label={t(locale, texts.copy)}
            hint={t(locale, texts.copyHint)}
            optional
            width={20}
            value={get('copy')}
            error={errorOf('copy')}
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

/** GET /quan-tri/thu-tuc/moi */
export const newPage = (c: Web): Response | Promise<Response> => show(c)

/** POST: a new procedure by code and name, as a copy, or from a file. A file with mistakes leaves nothing behind. */
export async function createProcedure(c: Web): Promise<Response> {
  const { values: typed, refused } = await readForm(c, { asText: ['file'] })
  const get = (name: string): string => (typed.get(name) ?? '').trim()
  if (get('way') === 'file') {
    const text = get('file') || get('text')
    if (!text) return show(c, { typed, errors: [{ path: 'file', message: refused.get('file')?.message ?? mistakes.file }] })
    const read = readProcedureFile(text)
    if (!read.ok) return show(c, { typed, refusal: { ...refusals.wrongFile, fields: read.error } })
    const { validFrom: _, ...body } = read.value.versions.reduce((best, one) => (one.validFrom >= best.validFrom ? one : best))
    const started = await runFor(c, typed, 'catalogue.start-edit', (cx) => startEdit(cx, { from: 'file', code: read.value.code, body }))
    return started.ok ? c.redirect(draftHref(started.value.code), 303) : show(c, { typed, refusal: started.error })
  }
  const errors: FieldError[] = []
  const code = procedureCode.safeParse(get('code'))
  if (!code.success) errors.push({ path: 'code', message: mistakes.code })
  if (!get('name')) errors.push({ path: 'name', message: mistakes.name })
  if (!code.success || errors.length > 0) return show(c, { typed, errors })
  const name = { vi: get('name').slice(0, 1000), en: (get('nameEn') || get('name')).slice(0, 1000) }
  const input = { from: 'new', code: code.data, name, ...(get('copy') ? { copy: get('copy') } : {}) } as const
  const started = await runFor(c, typed, 'catalogue.start-edit', (cx) => startEdit(cx, input))
  return started.ok ? c.redirect(draftHref(started.value.code), 303) : show(c, { typed, refusal: started.error })
}

/** GET /quan-tri/thu-tuc/:code/xuat: every version, one of them, or what is being written, as the JSON of data/catalogue/procedures. */
export async function exportProcedure(c: Web): Promise<Response> {
  const [app, province, code] = [c.get('app'), c.get('province'), codeOf(c)]
  const versions = await app.db.read(province, (tx) => listVersions(tx, code))
  const certainty = versions[0]?.codeCertainty === 'sure' ? 'sure' : 'unsure'
  const wanted = Number(c.req.query('phien-ban')) || 0
  const bodies = c.req.query('ban-soan')
    ? [{ ...(await app.db.read(province, (tx) => getEdit(tx, code))).body, validFrom: todayOf(c) }]
    : versions
        .filter(({ version }) => wanted === 0 || version === wanted)
        .sort((a, b) => a.version - b.version)
        .map(({ body, validFrom }) => ({ ...body, validFrom }))
  if (bodies.length === 0) throw new Refused(refusals.procedureNotFound)
  const whole = bodies.every((one) => versionBodySchema.loose().safeParse(one).success)
  const file = { code, codeCertainty: certainty, versions: bodies } as const
  const text = whole ? procedureFile(file) : `${JSON.stringify(file, null, 2)}\n`
  return c.body(text, 200, {
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': `attachment; filename="${code.replace(/[^0-9A-Za-z.-]/g, '')}.json"`,
  })
}
