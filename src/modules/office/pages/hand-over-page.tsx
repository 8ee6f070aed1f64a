import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { run } from '../../../kernel/command.ts'
import { type FieldError, type Refusal, Refused, refusals, withFields } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm, requestIdOf, type SentForm } from '../../../kernel/http/form.ts'
import { type Text, t } from '../../../kernel/i18n/index.ts'
import { derivedUuid, isUuid } from '../../../kernel/id.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  Checkbox,
  EmptyState,
  ErrorSummary,
  errorsBy,
  FileInput,
  Form,
  formatInstant,
  Island,
  LinkButton,
  NotificationBanner,
  page,
  Radios,
  Table,
  TextInput,
} from '../../../ui/index.ts'
import { dossierForOfficer, foundRows, type OfficerView, returnResult, returnSignature, type WorkRow } from '../../dossier/index.ts'
import { texts } from './intake-texts.ts'
import { QueueBar } from './queue-panel.tsx'
import { asker, sendFile } from './request.ts'

const ADDRESS = '/mot-cua/tra-ket-qua'
const MOST = 30
/** What a scanner types is the receipt's whole tracking address; a person types a code, a number or a name. */
function wordsOf(typed: string): string {
  const [, query] = /[?&](ma=[^\s]+)/.exec(typed) ?? []
  return (new URLSearchParams(query).get('ma') ?? typed).trim()
}

const isReady = ({ stage }: Pick<WorkRow, 'stage'>): boolean => stage === 'ready'

/** Results that wait for whoever came: what was found, and when that is one person's, everything of theirs. */
async function waitingFor(c: Web, words: string): Promise<readonly WorkRow[]> {
  const app = c.get('app')
  const found = await foundRows(app, asker(c), words, MOST)
  if (!found.ok) throw new Refused(found.error)
  const ready = found.value.filter(isReady)
  const [first] = ready
  if (!first || ready.some((row) => row.applicantName !== first.applicantName || row.applicantNumber !== first.applicantNumber))
    return ready
  const view = await dossierForOfficer(app, asker(c), first.id)
  if (!view.ok || !view.value.numberShown || !view.value.applicant.number) return ready
  const all = await foundRows(app, asker(c), view.value.applicant.number, MOST)
  const more = all.ok ? all.value.filter(isReady) : []
  return [...ready, ...more.filter(({ id }) => !ready.some((row) => row.id === id))]
}

interface HandState {
  readonly q: string
  readonly rows: readonly WorkRow[]
  readonly values?: URLSearchParams
  readonly refusal?: Refusal
}

const Choose = ({ c, state }: { c: Web; state: HandState }) => {
  const locale = c.get('locale')
  const { rows, values } = state
  const errorOf = errorsBy(locale, state.refusal?.fields)
  const same = new Set(rows.map(({ applicantName }) => applicantName)).size === 1
  const chosen = new Set(values ? values.getAll('hs') : same ? rows.map(({ id }) => id) : [])
  return (
    <Form csrfToken={c.get('csrf')} requestId={values?.get('_request') || randomUUID()} action={ADDRESS} files>
      <input type="hidden" name="q" value={state.q} />
      <fieldset class="govuk-fieldset govuk-form-group" id="hs" tabindex={-1}>
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{t(locale, texts.handWhich)}</legend>
        {errorOf('hs') && <p class="govuk-error-message">{errorOf('hs')}</p>}
        {rows.map((row) => (
          <Checkbox
            id={`hs-${row.id}`}
            name="hs"
            value={row.id}
            checked={chosen.has(row.id)}
            label={`${row.code ?? row.reference} · ${row.procedureName} · ${row.applicantName}`}
            locale={locale}
          />
        ))}
      </fieldset>
      <Radios
        name="ai"
        label={t(locale, texts.handWho)}
        labelSize="m"
        value={values?.get('ai') ?? 'applicant'}
        options={[
          {
            value: 'applicant',
            label: t(locale, texts.handSelf, { name: rows[0]?.applicantName ?? '' }),
            hint: t(locale, texts.handSelfHint),
          },
          { value: 'delegate', label: t(locale, texts.handDelegate) },
        ]}
        locale={locale}
      />
      <TextInput
        name="ten"
        label={t(locale, texts.delegateName)}
        value={values?.get('ten') ?? ''}
        error={errorOf('ten')}
        maxlength={200}
        locale={locale}
      />
      <TextInput
        name="uy-quyen"
        label={t(locale, texts.delegateProof)}
        value={values?.get('uy-quyen') ?? ''}
        error={errorOf('uy-quyen')}
        maxlength={300}
        locale={locale}
      />
      <Radios
        name="ky"
        label={t(locale, texts.sign)}
        labelSize="m"
        value={values?.get('ky') ?? 'screen'}
        options={[
          { value: 'screen', label: t(locale, texts.signScreen), hint: t(locale, texts.signScreenHint) },
          { value: 'paper', label: t(locale, texts.signPaper) },
        ]}
        error={errorOf('ky')}
        locale={locale}
      />
      <div data-sign="chu-ky" data-label={t(locale, texts.pad)} data-clear={t(locale, texts.padClear)}>
        <FileInput
          name="chu-ky"
          label={t(locale, texts.padFile)}
          accept="image/png,image/jpeg"
          optional
          error={errorOf('chu-ky')}
          locale={locale}
        />
      </div>
      <Button shortcut=".">{t(locale, texts.handDo)}</Button>
    </Form>
  )
}

async function show(c: Web, state: HandState): Promise<Response> {
  const locale = c.get('locale')
  const { q, rows, refusal } = state
  if (refusal) c.status(refusal.status)
  return page(
    c,
    { ...frame(c, 'office'), title: texts.handOver, hasErrors: refusal !== undefined },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        {refusal && <ErrorSummary errors={refusal.fields ?? []} message={refusal.message} locale={locale} />}
        <QueueBar c={c} />
        <h1 class="govuk-heading-l">{t(locale, texts.handOver)}</h1>
        <form method="get" action={ADDRESS}>
          <TextInput name="q" label={t(locale, texts.handFind)} value={q} autocomplete="off" locale={locale} />
          <Button look="secondary">{t(locale, texts.handSearch)}</Button>
        </form>
        {q && rows.length === 0 && <EmptyState title={t(locale, texts.handNone, { q })}>{t(locale, texts.handNoneNext)}</EmptyState>}
        {rows.length > 0 && <Choose c={c} state={state} />}
        <Island name="intake-sign" />
        <Island name="office-keys" />
      </div>
    </div>,
  )
}

/** GET /mot-cua/tra-ket-qua?q= and, after handing over, ?xong=: the list to print. */
export async function handOverPage(c: Web): Promise<Response> {
  const done = (c.req.query('xong') ?? '').split(',').filter(isUuid)
  if (done.length > 0) return slip(c, done.slice(0, MOST))
  const q = wordsOf(c.req.query('q') ?? '')
  return show(c, { q, rows: q ? await waitingFor(c, q) : [] })
}

async function slip(c: Web, ids: readonly string[]): Promise<Response> {
  const locale = c.get('locale')
  const app = c.get('app')
  const views: OfficerView[] = []
  for (const id of ids) {
    const found = await dossierForOfficer(app, asker(c), id)
    if (!found.ok) throw new Refused(found.error)
    if (found.value.returnedAt) views.push(found.value)
  }
  const [first] = views
  if (!first?.returnedAt) throw new Refused(refusals.notFound)
  const step = first.timeline.findLast(({ type }) => type === 'dossier.returned')
  const signature = await returnSignature(app, asker(c), first.id)
  return page(
    c,
    { ...frame(c, 'office'), title: texts.handList },
    <>
      <NotificationBanner kind="success" locale={locale}>
        {t(locale, texts.handDone, { n: views.length })}
      </NotificationBanner>
      <QueueBar c={c} />
      <article class="cs-receipt">
        <h1 class="govuk-heading-l">{t(locale, texts.handList)}</h1>
        <p class="govuk-body">
          {t(locale, texts.handAt, { time: formatInstant(Temporal.Instant.from(first.returnedAt)) })}. {step?.note}
        </p>
        <Table
          caption={t(locale, texts.handWhich)}
          captionHidden
          dense
          locale={locale}
          rows={views}
          columns={[
            { key: 'code', label: '', labelHidden: true, header: true, nowrap: true, cell: (view) => view.code ?? view.reference },
            { key: 'name', label: t(locale, texts.handWhich), cell: (view) => view.procedureName },
            {
              key: 'rate',
              label: t(locale, texts.handRate),
              labelHidden: true,
              cell: (view) => (
                <a class="govuk-link cs-screen-only" href={`/mot-cua/danh-gia/${view.id}`}>
                  {t(locale, texts.handRate)}
                  <span class="govuk-visually-hidden"> {view.code}</span>
                </a>
              ),
            },
          ]}
        />
        <div class="cs-receipt__signatures">
          <div>
            <strong>{t(locale, texts.handSigned)}</strong>
            <br />
            {signature && <img src={`${ADDRESS}/${first.id}/chu-ky`} alt={t(locale, texts.handSigned)} width="240" height="80" />}
            <p class="cs-receipt__name">{first.applicant.name}</p>
          </div>
          <div>
            <strong>{t(locale, texts.handGiver)}</strong>
            <p class="cs-receipt__name">{step?.who}</p>
          </div>
        </div>
      </article>
      <div class="cs-screen-only">
        <button class="govuk-button govuk-button--secondary" type="button" data-print="asked" hidden>
          {t(locale, texts.handPrint)}
        </button>{' '}
        <LinkButton href={ADDRESS} shortcut=".">
          {t(locale, texts.handNext)}
        </LinkButton>
      </div>
      <Island name="queue" />
      <Island name="office-keys" />
    </>,
  )
}

/** What is missing before anything is handed over, at its field. */
function mistakes({ values, files, refused }: SentForm, ids: readonly string[]): FieldError[] {
  const errors: FieldError[] = []
  const need = (path: string, message: Text): void => void errors.push({ path, message })
  const typed = (name: string): string => values.get(name)?.trim() ?? ''
  if (ids.length === 0) need('hs', texts.chooseOne)
  if (values.get('ai') === 'delegate') {
    if (!typed('ten')) need('ten', texts.needName)
    if (!typed('uy-quyen')) need('uy-quyen', texts.needProof)
  }
  for (const [path, refusal] of refused) need(path, refusal.message)
  if (values.get('ky') !== 'paper' && !files.has('chu-ky') && !refused.has('chu-ky')) need('ky', texts.needSign)
  return errors
}

/** What the history says of it, in the language of the office. */
function noteOf(values: URLSearchParams): string {
  const delegate = values.get('ai') === 'delegate'
  const proof = (values.get('uy-quyen')?.trim() ?? '').replace(/([^.!?…])$/, '$1.')
  const who = delegate ? `${t('vi', texts.noteDelegate, { name: values.get('ten')?.trim() ?? '', proof })} ` : ''
  return `${who}${t('vi', values.get('ky') === 'paper' ? texts.notePaper : texts.noteScreen)}`
}

/** POST /mot-cua/tra-ket-qua: every result that was ticked, each in a step of its own, done once however often the form is sent. */
export async function handOver(c: Web): Promise<Response> {
  const app = c.get('app')
  const form = await readForm(c, { accept: ['image/png', 'image/jpeg'], maxBytes: 2 * 1024 * 1024 })
  const { values, files } = form
  const ids = [...new Set(values.getAll('hs'))].filter(isUuid).slice(0, MOST)
  const q = values.get('q') ?? ''
  const again = async (refusal: Refusal): Promise<Response> => show(c, { q, rows: await waitingFor(c, q), values, refusal })
  const errors = mistakes(form, ids)
  if (errors.length > 0) return again(withFields(refusals.invalid, errors))

  const delegate = values.get('ai') === 'delegate'
  const drawn = values.get('ky') === 'paper' ? undefined : files.get('chu-ky')?.[0]
  const proof = values.get('uy-quyen')?.trim()
  const whole = requestIdOf(values) ?? randomUUID()
  for (const dossierId of ids) {
    const done = await run(
      app,
      { ...asker(c), requestId: derivedUuid('hand-over', whole, dossierId), locale: c.get('locale'), name: 'dossier.return' },
      (cx) =>
        returnResult(cx, {
          dossierId,
          note: noteOf(values),
          ...(delegate ? { receivedBy: values.get('ten') ?? '' } : {}),
          handover: {
            to: delegate ? 'delegate' : 'applicant',
            ...(delegate && proof ? { proof } : {}),
            signed: drawn ? 'screen' : 'paper',
            ...(drawn ? { signature: { sha256: drawn.sha256, size: drawn.size, mediaType: drawn.type } } : {}),
          },
        }),
    )
    if (!done.ok) return again(done.error)
  }
  return c.redirect(`${ADDRESS}?xong=${ids.join(',')}`, 303)
}

/** GET /mot-cua/tra-ket-qua/:id/chu-ky: the signature, for whoever may read the dossier. */
export async function signaturePicture(c: Web): Promise<Response> {
  const app = c.get('app')
  const id = c.req.param('id') ?? ''
  const found = await dossierForOfficer(app, asker(c), id)
  if (!found.ok) throw new Refused(found.error)
  const signature = await returnSignature(app, asker(c), id)
  return sendFile(c, signature && { sha256: signature.sha256, type: signature.mediaType })
}
