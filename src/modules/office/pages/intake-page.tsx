import { randomUUID } from 'node:crypto'
import { dayOf } from '../../../kernel/clock.ts'
import { run } from '../../../kernel/command.ts'
import type { Officer } from '../../../kernel/context.ts'
import { type FieldError, type Refusal, refusals, withFields } from '../../../kernel/errors.ts'
import type { Channel } from '../../../kernel/events.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { parse, readForm, requestIdOf, type SentForm } from '../../../kernel/http/form.ts'
import { type Locale, type Text, t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  Checkbox,
  classes,
  ErrorSummary,
  errorsBy,
  FileInput,
  Form,
  formatMoney,
  InsetText,
  Island,
  page,
  Qr,
  Radios,
  Select,
  TextInput,
} from '../../../ui/index.ts'
import {
  type Component,
  findProcedureAt,
  knownFee,
  type ProcedureLine,
  type ProcedureVersion,
  suggestProcedures,
} from '../../catalogue/index.ts'
import {
  applicantInput,
  type CommonProcedure,
  commonProcedures,
  filingMark,
  type KnownApplicant,
  knownApplicant,
  type PaperInput,
  submitDossier,
} from '../../dossier/index.ts'
import { findPersonByNumber } from '../../identity/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import { addPages, dropIntakePage, endIntake, type IntakePage, intakePages, openUploadPoint, UPLOAD_MINUTES } from '../../queue/index.ts'
import { texts } from '../texts.ts'
import { texts as intakeTexts } from './intake-texts.ts'
import { machineTexts } from './machine-texts.ts'
import { QueueBar } from './queue-panel.tsx'
import { asker } from './request.ts'

interface Choice {
  readonly value: string
  readonly label: string
}

interface IntakeState {
  /** What has been typed so far; nothing of it is lost when the page comes back. */
  readonly values: URLSearchParams
  readonly matches?: readonly ProcedureLine[]
  readonly procedure?: ProcedureVersion
  readonly agencies: readonly Choice[]
  /** The agency that is meant unless the clerk says otherwise: their own, or the only one there is. */
  readonly agency?: string | undefined
  readonly refusal?: Refusal
  /** Pictures and files that came in for this intake. */
  readonly pages?: readonly IntakePage[]
  /** Where a phone takes pictures for it: a fresh token. */
  readonly phone?: string
  /** Who filed with the typed number before; null when nobody did. */
  readonly known?: KnownApplicant | null
}

const noWords: Text = { vi: 'Gõ vài chữ của tên thủ tục, hoặc mã.', en: 'Type a few words of the procedure, or its code.' }
const noName: Text = { vi: 'Chưa ghi họ và tên người nộp.', en: 'The applicant’s name is missing.' }
const noAgency: Text = { vi: 'Chọn cơ quan giải quyết.', en: 'Choose the resolving agency.' }
const noSuch: Text = { vi: 'Không có thủ tục nào khớp. Thử từ khác.', en: 'No procedure matches. Try other words.' }
const badNumber: Text = { vi: 'Số định danh gồm 12 chữ số.', en: 'A personal number has 12 digits.' }
const badPhone: Text = { vi: 'Số điện thoại gồm 10 chữ số, bắt đầu bằng 0.', en: 'A phone number has 10 digits and begins with 0.' }

/** The counter where this officer sits: where they hold the clerk's role. */
const counterOf = (officer: Officer): string | undefined =>
  (officer.grants.find((grant) => grant.role === 'clerk') ?? officer.grants[0])?.agencyCode

/** Papers a person brings; what the e-form itself provides is not one. */
const brought = (procedure: ProcedureVersion): readonly Component[] => procedure.body.components.filter((component) => !component.fromForm)

/** Agencies that can resolve a procedure today: the named one, or those of its tier, the clerk's own first. */
async function agenciesFor(c: Web, procedure: ProcedureVersion): Promise<Choice[]> {
  const app = c.get('app')
  const today = dayOf(app.clock())
  const directory = await directoryOf(app, c.get('province'))
  const { resolver, tiers } = procedure.body
  if (resolver.kind === 'agency') return [{ value: resolver.agencyCode, label: directory.name(resolver.agencyCode, today) }]
  const tier = resolver.kind === 'people_committee' || resolver.kind === 'tier' ? resolver.tier : tiers[0]
  const own = counterOf(c.get('actor') as Officer)
  return directory
    .list(today, { tier: tier ?? 'province' })
    .filter(({ kind }) => kind === 'people_committee' || kind === 'department')
    .map(({ code, name }) => ({ value: code, label: name }))
    .sort((a, b) => Number(b.value === own) - Number(a.value === own))
}

const Papers = ({
  procedure,
  state,
  locale,
  error,
}: {
  procedure: ProcedureVersion
  state: IntakeState
  locale: Locale
  error: string | undefined
}) => (
  <fieldset class={classes('govuk-fieldset govuk-form-group', error && 'govuk-form-group--error')} id="papers" tabindex={-1}>
    <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{t(locale, texts.checklist)}</legend>
    <div class="govuk-hint">{t(locale, texts.checklistHint)}</div>
    {error && <p class="govuk-error-message">{error}</p>}
    {brought(procedure).map((component) => {
      const name = `paper.${component.code}`
      const came = (state.pages ?? []).filter(({ paperCode }) => paperCode === component.code)
      return (
        <div class="cs-checklist">
          <Checkbox
            name={name}
            value="handed"
            checked={state.values.get(name) === 'handed'}
            label={`${component.name[locale]}${component.required ? ' *' : ''}`}
            locale={locale}
          />
          <Checkbox
            name={`copy.${component.code}`}
            checked={state.values.has(`copy.${component.code}`)}
            label={t(locale, intakeTexts.copy)}
            locale={locale}
          />
          {component.held && (
            <Checkbox
              name={`reuse.${component.code}`}
              checked={state.values.has(`reuse.${component.code}`)}
              label={t(locale, texts.reuse)}
              locale={locale}
            />
          )}
          <FileInput
            name={`scan.${component.code}`}
            label={t(locale, texts.scanFile)}
            accept=".pdf,.jpg,.jpeg,.png"
            multiple
            locale={locale}
          />
          {came.length > 0 && (
            <p class="govuk-body-s">
              {t(locale, intakeTexts.came, { n: came.length })}{' '}
              <button class="cs-link-button" type="submit" name="drop" value={came.at(-1)?.id} formnovalidate>
                {t(locale, intakeTexts.remove)} <span class="govuk-visually-hidden">{component.name[locale]}</span>
              </button>
            </p>
          )}
        </div>
      )
    })}
  </fieldset>
)

/** Pictures by phone: one code, for this intake, for a quarter of an hour. */
const Phone = ({ state, locale }: { state: IntakeState; locale: Locale }) => (
  <div class="govuk-form-group">
    {state.phone ? (
      <div class="cs-start-here" tabindex={-1} data-focus={state.refusal ? undefined : true}>
        <Qr text={state.phone} label={t(locale, intakeTexts.phone)} size={160} />
        <p class="govuk-body-s">{t(locale, intakeTexts.phoneHint, { minutes: UPLOAD_MINUTES })}</p>
        <Button look="secondary" name="do" value="refresh">
          {t(locale, intakeTexts.refresh)}
        </Button>
      </div>
    ) : (
      <button class="cs-link-button" type="submit" name="do" value="phone" formnovalidate>
        {t(locale, intakeTexts.phone)}
      </button>
    )}
  </div>
)

/** What a typed number is known by: shown and asked, never filled in by itself, because a digit is easily mistyped. */
const Known = ({ known, locale }: { known: KnownApplicant | null; locale: Locale }) => (
  <div class="cs-start-here" tabindex={-1} data-focus>
    <InsetText>
      {known ? (
        <>
          <strong>{t(locale, intakeTexts.known, { name: known.name })}</strong> {t(locale, intakeTexts.knownAsk)}{' '}
          <button class="cs-link-button" type="submit" name="do" value="confirm" formnovalidate>
            {t(locale, intakeTexts.knownYes)}
          </button>
          <br />
          {t(locale, intakeTexts.knownNo)}
        </>
      ) : (
        t(locale, intakeTexts.unknown)
      )}
    </InsetText>
  </div>
)

const Common = ({ common, locale }: { common: readonly CommonProcedure[]; locale: Locale }) => (
  <>
    <h2 class="govuk-heading-s">{t(locale, intakeTexts.common)}</h2>
    <p class="govuk-hint">{t(locale, intakeTexts.commonHint)}</p>
    <ul class="govuk-list cs-matches cs-common">
      {common.map(({ code, name }) => (
        <li>
          <button class="cs-match" type="submit" name="pick" value={code}>
            {name} <span class="cs-muted cs-nowrap">{code}</span>
          </button>
        </li>
      ))}
    </ul>
  </>
)

const ProcedurePicker = ({ state, locale, error }: { state: IntakeState; locale: Locale; error: string | undefined }) => (
  <>
    <TextInput
      name="find"
      label={t(locale, texts.findProcedure)}
      hint={t(locale, texts.findProcedureHint)}
      value={state.values.get('find') ?? ''}
      error={error}
      labelSize="m"
      locale={locale}
    />
    <Button look="secondary" name="do" value="find">
      {t(locale, texts.findProcedure)}
    </Button>
    {state.matches && state.matches.length > 0 && (
      <ul class="govuk-list cs-matches">
        {state.matches.map((line, at) => (
          <li>
            <button class="cs-match" type="submit" name="pick" value={line.code} data-focus={at === 0 ? true : undefined}>
              {locale === 'en' ? line.nameEn : line.name} <span class="cs-muted cs-nowrap">{line.code}</span>
            </button>
          </li>
        ))}
      </ul>
    )}
  </>
)

const Chosen = ({
  procedure,
  state,
  locale,
  errorOf,
}: {
  procedure: ProcedureVersion
  state: IntakeState
  locale: Locale
  errorOf: (path: string) => string | undefined
}) => {
  const fee = knownFee(procedure.body.fees)
  return (
    <>
      <input type="hidden" name="procedure" value={procedure.code} />
      <div class="cs-start-here" tabindex={-1} data-focus={state.refusal ? undefined : true}>
        <InsetText>
          <strong>{procedure.body.name[locale]}</strong> <span class="cs-muted cs-nowrap">{procedure.code}</span>{' '}
          <button class="cs-link-button" type="submit" name="do" value="change" formnovalidate>
            {t(locale, texts.changeProcedure)}
          </button>
        </InsetText>
      </div>
      <Select
        name="agency"
        label={t(locale, texts.resolvingAgency)}
        options={state.agencies}
        empty={state.agencies.length === 1 ? false : t(locale, texts.pick)}
        value={state.values.get('agency') ?? state.agency}
        error={errorOf('agency')}
        locale={locale}
      />
      {brought(procedure).length > 0 && <Papers procedure={procedure} state={state} locale={locale} error={errorOf('papers')} />}
      {brought(procedure).length > 0 && <Phone state={state} locale={locale} />}
      <Radios
        name="channel"
        label={t(locale, texts.howFiled)}
        small
        value={state.values.get('channel') ?? 'counter'}
        options={[
          { value: 'counter', label: t(locale, texts.filedHere) },
          ...(procedure.body.serviceLevel === 'none' ? [] : [{ value: 'online', label: t(locale, texts.filedFor) }]),
          { value: 'post', label: t(locale, texts.filedPost) },
        ]}
        locale={locale}
      />
      {fee > 0 && (
        <>
          <Checkbox
            name="paid"
            checked={state.values.has('paid')}
            label={t(locale, texts.payNow, { fee: formatMoney(fee, locale) })}
            locale={locale}
          />
          <Radios
            name="how"
            label={t(locale, texts.paidHow)}
            small
            inline
            value={state.values.get('how') ?? 'cash'}
            options={[
              { value: 'cash', label: t(locale, texts.paidCash) },
              { value: 'online', label: t(locale, texts.paidTransfer) },
            ]}
            locale={locale}
          />
        </>
      )}
      <Button name="do" value="file" shortcut=".">
        {t(locale, texts.receiveNow)}
      </Button>
    </>
  )
}

/** Reading a card by the camera compiles WebAssembly: allowed on this page alone. */
const WITH_WASM =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

async function show(c: Web, given: IntakeState): Promise<Response> {
  const locale = c.get('locale')
  const app = c.get('app')
  const officer = c.get('actor') as Officer
  const intakeId = given.values.get('_request') || randomUUID()
  given.values.set('_request', intakeId)
  const pages = await intakePages(app, c.get('province'), intakeId, officer.officerId)
  const state: IntakeState = { ...given, pages }
  const common = state.procedure || state.matches ? [] : await commonProcedures(app, asker(c), counterOf(officer) ?? '')
  c.header('content-security-policy', WITH_WASM)
  const errorOf = errorsBy(locale, state.refusal?.fields)
  const value = (name: string): string => state.values.get(name) ?? ''
  if (state.refusal) c.status(state.refusal.status)
  return page(
    c,
    {
      ...frame(c, 'office'),
      title: texts.intake,
      back: { href: '/mot-cua', text: texts.backToList },
      hasErrors: state.refusal !== undefined,
    },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        {state.refusal && <ErrorSummary errors={state.refusal.fields ?? []} message={state.refusal.message} locale={locale} />}
        <QueueBar c={c} />
        <h1 class="govuk-heading-l">{t(locale, texts.intake)}</h1>
        <p class="govuk-body">{t(locale, texts.intakeLead)}</p>
        <p class="govuk-body-s">
          <a class="govuk-link" href="/mot-cua/may-ho-tro">
            {t(locale, machineTexts.nav)}
          </a>
        </p>
        <Form csrfToken={c.get('csrf')} requestId={intakeId} action="/mot-cua/tiep-nhan" files>
          {/* Enter in a field does what the page waits for: find a procedure, or receive. */}
          <button type="submit" name="do" value={state.procedure ? 'file' : 'find'} hidden />
          <div class="govuk-form-group cs-screen-only">
            <label class="govuk-label" for="card">
              {t(locale, texts.card)}
            </label>
            <div class="govuk-hint" id="card-hint">
              {t(locale, texts.cardHint)}
            </div>
            <input
              class="govuk-input"
              id="card"
              type="text"
              data-card="phone"
              aria-describedby="card-hint"
              autocomplete="off"
              data-focus={state.refusal || state.matches || state.procedure || state.known !== undefined ? undefined : true}
            />
            <input type="hidden" name="card-number" value={value('card-number')} data-fill="card-number" />
            <input type="hidden" name="confirmed" value={value('confirmed')} />
          </div>
          <TextInput
            name="name"
            label={t(locale, texts.name)}
            value={value('name')}
            error={errorOf('name')}
            fill="name"
            autocomplete="off"
            locale={locale}
          />
          <TextInput
            name="number"
            label={t(locale, texts.number)}
            value={value('number')}
            error={errorOf('number')}
            fill="number"
            inputmode="numeric"
            width={20}
            autocomplete="off"
            locale={locale}
          />
          <div class="govuk-form-group">
            <button class="cs-link-button" type="submit" name="do" value="person" formnovalidate>
              {t(locale, intakeTexts.lookUp)}
            </button>
          </div>
          {state.known !== undefined && <Known known={state.known} locale={locale} />}
          <TextInput
            name="phone"
            label={t(locale, texts.phone)}
            value={value('phone')}
            error={errorOf('phone')}
            inputmode="tel"
            width={20}
            autocomplete="off"
            locale={locale}
          />
          {state.procedure ? (
            <Chosen procedure={state.procedure} state={state} locale={locale} errorOf={errorOf} />
          ) : (
            <>
              <ProcedurePicker state={state} locale={locale} error={errorOf('find')} />
              {common.length > 0 && <Common common={common} locale={locale} />}
            </>
          )}
        </Form>
        <Island name="intake" />
        <Island name="office-keys" />
      </div>
    </div>,
  )
}

/** GET /mot-cua/tiep-nhan: counter intake; `?thu-tuc=` starts with a procedure chosen. */
export async function intakePage(c: Web): Promise<Response> {
  const code = c.req.query('thu-tuc')
  return continueWith(c, new URLSearchParams(), code)
}

async function continueWith(
  c: Web,
  values: URLSearchParams,
  code: string | undefined,
  refusal?: Refusal,
  more: Pick<IntakeState, 'phone' | 'known'> = {},
): Promise<Response> {
  const app = c.get('app')
  const today = dayOf(app.clock())
  const procedure = code ? await app.db.read(c.get('province'), (tx) => findProcedureAt(tx, code, today)) : undefined
  const agencies = procedure ? await agenciesFor(c, procedure) : []
  const own = counterOf(c.get('actor') as Officer)
  const agency = agencies.length === 1 ? agencies[0]?.value : agencies.find(({ value }) => value === own)?.value
  return show(c, { values, agencies, agency, ...(procedure ? { procedure } : {}), ...(refusal ? { refusal } : {}), ...more })
}

async function find(c: Web, values: URLSearchParams): Promise<Response> {
  const app = c.get('app')
  const words = (values.get('find') ?? '').trim()
  const matches = words ? await app.db.read(c.get('province'), (tx) => suggestProcedures(tx, words, dayOf(app.clock()))) : []
  if (matches.length > 0) return show(c, { values, matches, agencies: [] })
  const message = words ? noSuch : noWords
  return show(c, { values, agencies: [], refusal: withFields(refusals.invalid, [{ path: 'find', message }]) })
}

/** What is missing or mistyped on the page itself; the command checks the rest. */
function mistakes(form: SentForm, procedure: ProcedureVersion, pages: readonly IntakePage[]): FieldError[] {
  const typed = (name: string): string => form.values.get(name)?.trim() ?? ''
  const errors: FieldError[] = []
  if (!typed('name')) errors.push({ path: 'name', message: noName })
  const name = parse(applicantInput.pick({ name: true }), { name: typed('name') })
  if (!name.ok && typed('name')) errors.push(...(name.error.fields ?? []))
  if (typed('number') && !/^\d{12}$/.test(typed('number').replace(/\s/g, ''))) errors.push({ path: 'number', message: badNumber })
  if (!/^0\d{9}$/.test(typed('phone').replace(/[\s.]/g, ''))) errors.push({ path: 'phone', message: badPhone })
  if (!typed('agency')) errors.push({ path: 'agency', message: noAgency })
  const lacking = brought(procedure).filter(
    ({ code, required }) =>
      required &&
      !form.values.has(`paper.${code}`) &&
      !form.values.has(`copy.${code}`) &&
      !form.values.has(`reuse.${code}`) &&
      !form.files.has(`scan.${code}`) &&
      !pages.some(({ paperCode }) => paperCode === code),
  )
  if (lacking.length > 0) {
    const names = (locale: Locale): string => lacking.map(({ name }) => name[locale]).join('; ')
    errors.push({
      path: 'papers',
      message: { vi: t('vi', texts.missingPapers, { papers: names('vi') }), en: t('en', texts.missingPapers, { papers: names('en') }) },
    })
  }
  for (const [path, refusal] of form.refused) errors.push({ path, message: refusal.message })
  return errors
}

/** Ticked papers with their scans: chosen here, photographed by phone, or sent with an earlier try. Each page is a line of its own. */
const papersOf = (form: SentForm, procedure: ProcedureVersion, pages: readonly IntakePage[]): PaperInput[] =>
  brought(procedure).flatMap((component): PaperInput[] => {
    const { code } = component
    const scans = [...pages.filter(({ paperCode }) => paperCode === code), ...(form.files.get(`scan.${code}`) ?? [])]
    const reused = form.values.has(`reuse.${code}`)
    const isCopy = form.values.has(`copy.${code}`)
    if (scans.length === 0 && !reused && !isCopy && !form.values.has(`paper.${code}`)) return []
    const name = isCopy ? t('vi', intakeTexts.copyName, { name: component.name.vi }) : component.name.vi
    const line = (n: number): string => (scans.length > 1 ? t('vi', intakeTexts.pageName, { name, n }) : name)
    if (scans.length === 0) return [{ componentCode: code, name, reused, file: null }]
    return scans.map(({ sha256, size, type }, at) => ({ componentCode: code, name: line(at + 1), reused, file: { sha256, size, type } }))
  })

/** The account the dossier goes to: only of somebody whose card was read, or whom the clerk confirmed by name. */
async function accountOf(c: Web, values: URLSearchParams): Promise<string | null> {
  const number = values.get('number')?.replace(/\s/g, '') ?? ''
  if (!/^\d{12}$/.test(number) || (values.get('card-number') !== number && values.get('confirmed') !== number)) return null
  const person = await c.get('app').db.read(c.get('province'), (tx) => findPersonByNumber(tx, number))
  return person?.id ?? null
}

/** The person behind a typed number: shown first, filled in only when the clerk says that it is who stands there. */
async function lookUp(c: Web, values: URLSearchParams, confirm: boolean): Promise<Response> {
  const number = values.get('number')?.replace(/\s/g, '') ?? ''
  const code = values.get('procedure') ?? undefined
  if (!/^\d{12}$/.test(number)) return continueWith(c, values, code, withFields(refusals.invalid, [{ path: 'number', message: badNumber }]))
  const found = await knownApplicant(c.get('app'), asker(c), number)
  if (!found.ok) return continueWith(c, values, code, found.error)
  const known = found.value
  if (!confirm || !known) return continueWith(c, values, code, undefined, { known: known ?? null })
  values.set('name', known.name)
  if (known.phone && !values.get('phone')?.trim()) values.set('phone', known.phone)
  values.set('confirmed', number)
  return continueWith(c, values, code)
}

/** What was sent with a page that comes back: kept beside the intake, so that nobody scans a paper twice. */
async function keepFiles(c: Web, form: SentForm): Promise<void> {
  const files = [...form.files].flatMap(([name, sent]) =>
    name.startsWith('scan.') ? sent.map((file) => ({ paperCode: name.slice('scan.'.length), file })) : [],
  )
  const intakeId = requestIdOf(form.values)
  const { officerId } = c.get('actor') as Officer
  if (intakeId && files.length > 0) await addPages(c.get('app'), c.get('province'), { intakeId, officerId }, files)
}

/** A code for one phone: a fresh one each time it is asked for. */
async function phoneAddress(c: Web, values: URLSearchParams, procedureCode: string): Promise<string> {
  const officer = c.get('actor') as Officer
  const token = await openUploadPoint(c.get('app'), c.get('province'), officer, {
    intakeId: values.get('_request') ?? '',
    agencyCode: counterOf(officer) ?? '',
    procedureCode,
  })
  return `${c.get('app').baseUrl}/chup/${token}`
}

/** Buttons of the page that do not receive yet. Undefined: it is to be received. */
async function beforeReceiving(c: Web, form: SentForm): Promise<Response | undefined> {
  const { values } = form
  const picked = values.get('pick')
  if (picked) return continueWith(c, values, picked)
  const code = values.get('procedure') ?? undefined
  const dropped = values.get('drop')
  if (dropped) {
    const { officerId } = c.get('actor') as Officer
    await dropIntakePage(c.get('app'), c.get('province'), dropped, requestIdOf(values) ?? '', officerId)
    return continueWith(c, values, code)
  }
  switch (values.get('do')) {
    case 'change':
      return show(c, { values, agencies: [] })
    case 'person':
    case 'confirm':
      return lookUp(c, values, values.get('do') === 'confirm')
    case 'refresh':
      return continueWith(c, values, code)
    case 'phone':
      return code && requestIdOf(values)
        ? continueWith(c, values, code, undefined, { phone: await phoneAddress(c, values, code) })
        : find(c, values)
    default:
      return values.get('do') === 'find' || !code ? find(c, values) : undefined
  }
}

const channels: readonly Channel[] = ['online', 'counter', 'post']

/** POST /mot-cua/tiep-nhan: find a procedure, choose it, or receive the dossier. */
export async function takeIn(c: Web): Promise<Response> {
  const app = c.get('app')
  const province = c.get('province')
  const form = await readForm(c)
  const { values } = form
  const { officerId } = c.get('actor') as Officer
  const intakeId = requestIdOf(values) ?? ''
  if (values.get('do') !== 'file' || values.has('pick')) await keepFiles(c, form)
  const shown = await beforeReceiving(c, form)
  if (shown) return shown
  const code = values.get('procedure') ?? ''
  const procedure = await app.db.read(province, (tx) => findProcedureAt(tx, code, dayOf(app.clock())))
  if (!procedure) return find(c, values)
  const pages = await intakePages(app, province, intakeId, officerId)
  const errors = mistakes(form, procedure, pages)
  if (errors.length > 0) {
    await keepFiles(c, form)
    return continueWith(c, values, code, withFields(refusals.invalid, errors))
  }

  const fee = knownFee(procedure.body.fees)
  const reception = counterOf(c.get('actor') as Officer)
  const submitterId = await accountOf(c, values)
  const channel = channels.find((one) => one === values.get('channel')) ?? 'counter'
  // Whoever files for somebody shows by it that this is an office's machine.
  const device = channel === 'online' ? filingMark(c, { renew: true }) : undefined
  const result = await run(
    app,
    { province, actor: c.get('actor'), requestId: requestIdOf(values), locale: c.get('locale'), name: 'dossier.submit' },
    (cx) =>
      submitDossier(cx, {
        procedureCode: code,
        agencyCode: values.get('agency') ?? '',
        receptionAgencyCode: reception,
        channel,
        device,
        applicant: {
          name: values.get('name')?.trim() ?? '',
          number: values.get('number')?.replace(/\s/g, '') || null,
          phone: values.get('phone')?.replace(/[\s.]/g, '') || null,
        },
        submitterId,
        papers: papersOf(form, procedure, pages),
        receive: true,
        paid: fee > 0 && values.has('paid') ? { amountVnd: fee, online: values.get('how') === 'online' } : undefined,
      }),
  )
  if (!result.ok) {
    await keepFiles(c, form)
    return continueWith(c, values, code, result.error)
  }
  await endIntake(app, province, intakeId, officerId)
  return c.redirect(`/mot-cua/ho-so/${result.value.id}/giay-tiep-nhan?moi=1`, 303)
}
