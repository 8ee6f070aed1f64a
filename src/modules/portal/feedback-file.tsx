import { randomUUID } from 'node:crypto'
import { dayOf } from '../../kernel/clock.ts'
import { type FieldError, type Refusal, Refused, refusals, withFields } from '../../kernel/errors.ts'
import type { Web } from '../../kernel/http/context.ts'
import { parse, readForm } from '../../kernel/http/form.ts'
import { runFor } from '../../kernel/http/run-for.ts'
import { addressOf } from '../../kernel/http/server.ts'
import { t } from '../../kernel/i18n/index.ts'
import { frame } from '../../ui/frame.ts'
import {
  Button,
  Checkbox,
  ErrorSummary,
  errorsBy,
  FileInput,
  Form,
  InsetText,
  Panel,
  page,
  Qr,
  Select,
  TextArea,
  TextInput,
} from '../../ui/index.ts'
import { findProcedureAt } from '../catalogue/index.ts'
import { trackDossier } from '../dossier/index.ts'
import { CONTENT_MAX, fileInput, filePetition, mayFileFrom, parsePetitionReference } from '../feedback/index.ts'
import { directoryOf } from '../organisation/index.ts'
import { resolveDays } from './feedback-public.tsx'
import { texts } from './feedback-texts.ts'

const asker = (c: Web) => ({ province: c.get('province'), actor: c.get('actor') })
const FIELDS = ['content', 'ma', 'agencyCode', 'name', 'phone', 'thu-tuc', 'mayPublish'] as const
type Typed = Record<(typeof FIELDS)[number], string>

/** The procedure a page came from, when it exists. */
async function procedureOf(c: Web, code: string): Promise<{ code: string; name: string } | undefined> {
  if (!/^[\w.-]{1,40}$/.test(code)) return undefined
  const today = dayOf(c.get('app').clock())
  const found = await c.get('app').db.read(c.get('province'), (tx) => findProcedureAt(tx, code, today))
  return found && { code: found.code, name: found.body.name.vi }
}

async function form(c: Web, typed: Typed, refusal?: Refusal): Promise<Response> {
  const locale = c.get('locale')
  const app = c.get('app')
  const actor = c.get('actor')
  const error = errorsBy(locale, refusal?.fields)
  const today = dayOf(app.clock())
  const directory = await directoryOf(app, c.get('province'))
  const units = directory.list(today).map(({ code, shortName }) => ({ value: code, label: shortName }))
  const procedure = await procedureOf(c, typed['thu-tuc'])
  const isCitizen = actor.kind === 'citizen'
  if (refusal) c.status(refusal.status)
  return page(
    c,
    {
      ...frame(c, 'portal'),
      title: texts.fileTitle,
      hasErrors: refusal !== undefined,
      back: { href: '/phan-anh', text: texts.petitions },
    },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        {refusal && <ErrorSummary errors={refusal.fields ?? []} message={refusal.message} locale={locale} />}
        <h1 class="govuk-heading-l">{t(locale, texts.fileTitle)}</h1>
        {refusal?.next && <p class="govuk-body">{t(locale, refusal.next)}</p>}
        {procedure && <InsetText>{`${t(locale, texts.aboutProcedure)}: ${procedure.name}`}</InsetText>}
        <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action="/phan-anh/gui" files={isCitizen} unsaved>
          {procedure && <input type="hidden" name="thu-tuc" value={procedure.code} />}
          <TextArea
            name="content"
            label={t(locale, texts.content)}
            hint={t(locale, texts.contentHint)}
            labelSize="m"
            rows={7}
            maxlength={CONTENT_MAX}
            value={typed.content}
            error={error('content')}
            locale={locale}
          />
          {isCitizen ? (
            <FileInput
              name="files"
              label={t(locale, texts.files)}
              hint={t(locale, texts.filesHint)}
              accept=".pdf,.jpg,.jpeg,.png,image/*"
              multiple
              optional
              error={error('files')}
              locale={locale}
            />
          ) : (
            <p class="govuk-body">
              <a class="govuk-link" href="/dang-nhap?ve=/phan-anh/gui">
                {t(locale, texts.filesSignIn)}
              </a>
            </p>
          )}
          <TextInput
            name="ma"
            label={t(locale, texts.dossierCode)}
            hint={t(locale, texts.dossierHint)}
            value={typed.ma}
            error={error('ma')}
            autocomplete="off"
            locale={locale}
          />
          <Select
            name="agencyCode"
            label={t(locale, texts.unit)}
            hint={t(locale, texts.unitHint)}
            options={units}
            value={typed.agencyCode}
            empty={t(locale, texts.unitUnsure)}
            error={error('agencyCode')}
            locale={locale}
          />
          {isCitizen ? (
            <p class="govuk-body">{t(locale, texts.asYou, { name: actor.name })}</p>
          ) : (
            <TextInput
              name="name"
              label={t(locale, texts.name)}
              value={typed.name}
              error={error('name')}
              autocomplete="name"
              locale={locale}
            />
          )}
          <TextInput
            name="phone"
            type="tel"
            inputmode="tel"
            width={20}
            label={t(locale, texts.phone)}
            hint={t(locale, texts.phoneHint)}
            value={typed.phone}
            error={error('phone')}
            autocomplete="tel"
            locale={locale}
          />
          <p class="govuk-body">{t(locale, texts.nameKept)}</p>
          <Checkbox
            name="mayPublish"
            label={t(locale, texts.mayPublish)}
            hint={t(locale, texts.mayPublishHint)}
            checked={typed.mayPublish === '1'}
            locale={locale}
          />
          <Button>{t(locale, texts.send)}</Button>
        </Form>
      </div>
    </div>,
  )
}

/** GET /phan-anh/gui: one page of questions; `?ma=` names a dossier, `?thu-tuc=` a procedure. */
export function filePage(c: Web): Promise<Response> {
  const actor = c.get('actor')
  return form(c, {
    content: '',
    ma: (c.req.query('ma') ?? '').slice(0, 60),
    agencyCode: '',
    name: '',
    phone: actor.kind === 'citizen' ? (actor.phone ?? '') : '',
    'thu-tuc': c.req.query('thu-tuc') ?? '',
    // Consent is given, never assumed.
    mayPublish: '',
  })
}

const missing = (path: string): FieldError[] => [{ path, message: path === 'ma' ? texts.dossierUnknown : refusals.invalid.message }]

/** The dossier a petition is about, once whoever sends it has proved it to be theirs. */
async function dossierOf(c: Web, code: string, phone: string) {
  if (code === '') return { ok: true as const, id: undefined }
  const found = await trackDossier(c.get('app'), asker(c), { code, phone, address: addressOf(c) })
  return found.ok ? { ok: true as const, id: found.value.id } : { ok: false as const }
}

/** POST /phan-anh/gui */
export async function sendPetition(c: Web): Promise<Response> {
  const actor = c.get('actor')
  const isCitizen = actor.kind === 'citizen'
  const { values, files, refused } = await readForm(c, { dropFiles: !isCitizen })
  const typed = Object.fromEntries(FIELDS.map((name) => [name, (values.get(name) ?? '').trim()])) as Typed
  const [wrongFile] = refused.values()
  if (wrongFile) return form(c, typed, withFields(wrongFile, [{ path: 'files', message: wrongFile.message }]))
  const input = parse(fileInput, {
    content: typed.content,
    phone: typed.phone || undefined,
    agencyCode: typed.agencyCode || undefined,
    mayPublish: typed.mayPublish === '1',
    ...(isCitizen ? {} : { name: typed.name, phone: typed.phone }),
  })
  if (!input.ok) return form(c, typed, input.error)
  const dossier = await dossierOf(c, typed.ma, typed.phone)
  if (!dossier.ok) return form(c, typed, withFields(refusals.invalid, missing('ma')))
  const may = actor.kind === 'officer' ? ({ ok: true } as const) : await mayFileFrom(asker(c), addressOf(c))
  if (!may.ok) return form(c, typed, may.error)
  const procedure = await procedureOf(c, typed['thu-tuc'])
  const attachments = (files.get('files') ?? []).map(({ name, sha256, size, type }) => ({ name, sha256, size, type }))
  const done = await runFor(c, values, 'petition.file', (cx) =>
    filePetition(cx, { ...input.value, dossierId: dossier.id, procedure, attachments }),
  )
  if (!done.ok) return form(c, typed, done.error)
  return c.redirect(`/phan-anh/da-gui?ma=${done.value.reference}`, 303)
}

/** GET /phan-anh/da-gui?ma=: the reference, and what happens next. Knows nothing of the petition itself. */
export async function sentPage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const reference = parsePetitionReference(c.req.query('ma') ?? '')
  if (!reference) throw new Refused(refusals.notFound)
  const days = await resolveDays(c)
  const isCitizen = c.get('actor').kind === 'citizen'
  const back = isCitizen ? '/phan-anh/cua-toi' : `/phan-anh/tra-cuu?ma=${reference}`
  return page(
    c,
    { ...frame(c, 'portal'), title: texts.sent },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <Panel title={t(locale, texts.sent)} reference={reference} referenceLabel={t(locale, texts.reference)} locale={locale} />
        <div class="cs-sent">
          <div>
            <h2 class="govuk-heading-m">{t(locale, texts.nextTitle)}</h2>
            <ol class="govuk-list govuk-list--number">
              <li>{t(locale, texts.next1, days)}</li>
              <li>{t(locale, texts.next2, days)}</li>
              <li>{t(locale, texts.next3, days)}</li>
            </ol>
            <p class="govuk-body">{t(locale, texts.keep)}</p>
          </div>
          <Qr text={`${c.get('app').baseUrl}/phan-anh/tra-cuu?ma=${reference}`} label={t(locale, texts.qr)} />
        </div>
        <p class="govuk-body">
          <a class="govuk-link" href={back}>
            {t(locale, isCitizen ? texts.mine : texts.where)}
          </a>
        </p>
      </div>
    </div>,
  )
}
