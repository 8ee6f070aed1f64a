import { Temporal } from 'temporal-polyfill'
import { dayOf } from '../../../kernel/clock.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  EmptyState,
  ErrorSummary,
  Field,
  formatDay,
  formatInstant,
  formatNumber,
  LinkButton,
  page,
  Select,
  Table,
} from '../../../ui/index.ts'
import { dossierRegister, type Register, statusTexts } from '../../dossier/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import {
  type Issuer,
  issuerOf,
  pdfResponse,
  printForm,
  type RegisterFacts,
  type XlsxColumn,
  xlsx,
  xlsxResponse,
} from '../../printing/index.ts'
import { printTexts } from '../print-texts.ts'
import { type RegisterAsked, type RegisterTrouble, readRegister, registerAddress } from '../rules/register-question.ts'
import { asker } from './request.ts'
import { noteExport } from './work-list-export.ts'

const HREF = '/mot-cua/so-theo-doi'

/** On the screen, in a part on paper, in a spreadsheet: how many lines each holds at most. */
const ON_SCREEN = 100
const ON_PAPER = 1000
const IN_SHEET = 20_000

type Line = Register['lines'][number]

const questionOf = (c: Web): ReturnType<typeof readRegister> => readRegister((name) => c.req.query(name), dayOf(c.get('app').clock()))

async function registerOf(c: Web, asked: RegisterAsked, limit: number, skip = 0): Promise<Register> {
  const found = await dossierRegister(c.get('app'), asker(c), asked, { limit, skip })
  if (!found.ok) throw new Refused(found.error)
  return found.value
}

/** Agencies of today that the officer may print a register of. */
async function agencies(c: Web): Promise<{ value: string; label: string }[]> {
  const app = c.get('app')
  const directory = await directoryOf(app, c.get('province'))
  const access = app.access(c.get('province'))
  return directory
    .list(dayOf(app.clock()))
    .filter(({ code }) => access.can(c.get('actor'), 'printing.register', { agencyCode: code }))
    .map(({ code, shortName }) => ({ value: code, label: shortName }))
}

/** The parts a register is printed in, from 1. */
const parts = (total: number): number[] =>
  Array.from({ length: Math.max(1, Math.ceil(Math.min(total, IN_SHEET) / ON_PAPER)) }, (_, index) => index + 1)

const DayField = ({ name, label, value, error }: { name: string; label: string; value: string; error: string | undefined }) => (
  <Field name={name} label={label} error={error}>
    <input
      class="govuk-input govuk-input--width-10"
      type="date"
      id={name}
      name={name}
      value={value}
      aria-invalid={error ? 'true' : undefined}
    />
  </Field>
)

const troubleTexts: Readonly<Record<RegisterTrouble, { path: string; message: { vi: string; en: string } }>> = {
  from: { path: 'tu', message: printTexts.notADay },
  to: { path: 'den', message: printTexts.notADay },
  backwards: { path: 'den', message: printTexts.backwards },
  tooLong: { path: 'den', message: printTexts.tooLong },
}

/** GET /mot-cua/so-theo-doi: the register of a period, form 07, on the screen. */
export async function registerPage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const { asked, trouble } = questionOf(c)
  const register = await registerOf(c, asked, ON_SCREEN)
  const choices = await agencies(c)
  const wrong = trouble && troubleTexts[trouble]
  const errorAt = (path: string): string | undefined => (wrong?.path === path ? t(locale, wrong.message) : undefined)
  if (wrong) c.status(422)
  return page(
    c,
    { ...frame(c, 'office'), title: printTexts.registerTitle, wide: true, hasErrors: wrong !== undefined },
    <>
      {wrong && <ErrorSummary errors={[wrong]} locale={locale} />}
      <h1 class="govuk-heading-l">{t(locale, printTexts.registerTitle)}</h1>
      <p class="govuk-body">{t(locale, printTexts.registerLead)}</p>
      <form method="get" action={HREF} class="cs-inline-form">
        <Select
          name="don-vi"
          label={t(locale, printTexts.agency)}
          options={choices}
          value={asked.agencyCode ?? ''}
          empty={t(locale, printTexts.allAgencies)}
          locale={locale}
        />
        <Select
          name="so"
          label={t(locale, printTexts.keptBy)}
          options={[
            { value: 'giai-quyet', label: t(locale, printTexts.byAgency) },
            { value: 'tiep-nhan', label: t(locale, printTexts.byReception) },
          ]}
          value={asked.by === 'reception' ? 'tiep-nhan' : 'giai-quyet'}
          empty={false}
          locale={locale}
        />
        <DayField name="tu" label={t(locale, printTexts.from)} value={asked.from} error={errorAt('tu')} />
        <DayField name="den" label={t(locale, printTexts.to)} value={asked.to} error={errorAt('den')} />
        <Button look="secondary">{t(locale, printTexts.show)}</Button>
      </form>
      <p class="govuk-body">
        <strong>{t(locale, printTexts.total, { n: formatNumber(register.total, locale) })}</strong>
        {register.total > ON_SCREEN && ` · ${t(locale, printTexts.firstOnly, { n: ON_SCREEN })}`}
        {register.total > IN_SHEET && ` ${t(locale, printTexts.cutXlsx, { n: formatNumber(IN_SHEET, locale) })}`}
      </p>
      {register.total > 0 && (
        <p class="govuk-button-group">
          <LinkButton href={registerAddress(`${HREF}/bang-tinh.xlsx`, asked)}>{t(locale, printTexts.xlsx)}</LinkButton>
          {parts(register.total).map((part, _, all) => (
            <LinkButton href={`${registerAddress(`${HREF}/so.pdf`, asked)}${part === 1 ? '' : `&phan=${part}`}`} look="secondary">
              {t(locale, all.length === 1 ? printTexts.pdf : printTexts.pdfPart, { n: part })}
            </LinkButton>
          ))}
        </p>
      )}
      <Table
        caption={t(locale, printTexts.registerTitle)}
        captionHidden
        dense
        locale={locale}
        rows={register.lines}
        empty={<EmptyState title={t(locale, printTexts.noRows)} />}
        columns={[
          { key: 'code', label: t(locale, printTexts.code), header: true, nowrap: true, cell: (line) => line.code },
          { key: 'procedure', label: t(locale, printTexts.procedure), cell: (line) => line.procedureName },
          { key: 'applicant', label: t(locale, printTexts.applicant), cell: (line) => line.applicantName },
          { key: 'agency', label: t(locale, printTexts.agency), cell: (line) => line.agencyName },
          { key: 'received', label: t(locale, printTexts.received), nowrap: true, cell: (line) => formatDay(line.receivedDay) },
          { key: 'due', label: t(locale, printTexts.due), nowrap: true, cell: (line) => (line.dueDay ? formatDay(line.dueDay) : '–') },
          {
            key: 'completed',
            label: t(locale, printTexts.completed),
            nowrap: true,
            cell: (line) => (line.completedDay ? formatDay(line.completedDay) : '–'),
          },
          {
            key: 'returned',
            label: t(locale, printTexts.returned),
            nowrap: true,
            cell: (line) => (line.returnedDay ? formatDay(line.returnedDay) : '–'),
          },
          { key: 'state', label: t(locale, printTexts.state), cell: (line) => t(locale, statusTexts[line.status]) },
        ]}
      />
    </>,
  )
}

const channels = { online: 'Trực tuyến', counter: 'Trực tiếp', post: 'Bưu chính công ích' } as const

/** The register is a document of the state: its words are Vietnamese whatever the language of the page. */
const columns: readonly XlsxColumn<Line>[] = [
  { header: 'STT', kind: 'number', width: 6, value: (_, index) => index + 1 },
  { header: 'Mã hồ sơ', width: 24, value: (line) => line.code },
  { header: 'Mã thủ tục', width: 12, value: (line) => line.procedureCode },
  { header: 'Thủ tục hành chính', width: 46, wrap: true, value: (line) => line.procedureName },
  { header: 'Cá nhân, tổ chức', width: 28, wrap: true, value: (line) => line.applicantName },
  { header: 'Điện thoại', width: 14, value: (line) => line.applicantPhone },
  { header: 'Nơi tiếp nhận', width: 26, wrap: true, value: (line) => line.receptionAgencyName },
  { header: 'Cơ quan giải quyết', width: 26, wrap: true, value: (line) => line.agencyName },
  { header: 'Hình thức nộp', width: 18, value: (line) => channels[line.channel] },
  { header: 'Ngày nhận', kind: 'day', width: 12, value: (line) => line.receivedDay },
  { header: 'Ngày hẹn trả', kind: 'day', width: 12, value: (line) => line.dueDay },
  { header: 'Ngày có kết quả', kind: 'day', width: 12, value: (line) => line.completedDay },
  { header: 'Ngày trả kết quả', kind: 'day', width: 12, value: (line) => line.returnedDay },
  { header: 'Ngày kết thúc', kind: 'day', width: 12, value: (line) => line.closedDay },
  { header: 'Phí, lệ phí (đồng)', kind: 'money', width: 14, value: (line) => line.feeVnd },
  { header: 'Đã nộp (đồng)', kind: 'money', width: 14, value: (line) => line.paidVnd },
  { header: 'Tình trạng', width: 24, value: (line) => statusTexts[line.status].vi },
]

async function issuer(c: Web, asked: RegisterAsked): Promise<Issuer> {
  const directory = await directoryOf(c.get('app'), c.get('province'))
  const root = directory.root(asked.to)
  const path = directory.path(asked.agencyCode ?? root?.code ?? '', asked.to)
  return issuerOf(path, root?.name ?? c.get('province').name)
}

const period = ({ from, to }: RegisterAsked): string => `${from}-${to}`

const refuseWrong = (c: Web): RegisterAsked => {
  const { asked, trouble } = questionOf(c)
  if (trouble) {
    const { path, message } = troubleTexts[trouble]
    throw new Refused({ code: 'register.period', status: 422, message, fields: [{ path, message }] })
  }
  return asked
}

/** GET /mot-cua/so-theo-doi/bang-tinh.xlsx */
export async function registerSheet(c: Web): Promise<Response> {
  const asked = refuseWrong(c)
  const { lines, total } = await registerOf(c, asked, IN_SHEET)
  await noteExport(c, 'xlsx', registerAddress('', asked).slice(1), 'register')
  const who = await issuer(c, asked)
  const cut = lines.length < total ? `Bảng này có ${formatNumber(lines.length)} hồ sơ đầu.` : ''
  const book = await xlsx(lines, columns, {
    sheet: 'Sổ theo dõi hồ sơ',
    title: [
      'SỔ THEO DÕI HỒ SƠ',
      `${who.name}. Từ ngày ${formatDay(asked.from)} đến ngày ${formatDay(asked.to)}.`,
      `Tổng cộng ${formatNumber(total)} hồ sơ. ${cut} Lập lúc ${formatInstant(c.get('app').clock())}.`,
    ],
  })
  return xlsxResponse(book, `so-theo-doi-ho-so-${period(asked)}.xlsx`)
}

/** GET /mot-cua/so-theo-doi/so.pdf: one part of the register, 1,000 lines (`phan`, from 1). */
export async function registerPdf(c: Web): Promise<Response> {
  const asked = refuseWrong(c)
  const part = /^[1-9]\d?$/.test(c.req.query('phan') ?? '') ? Number(c.req.query('phan')) : 1
  const skip = (part - 1) * ON_PAPER
  const { lines, total } = await registerOf(c, asked, ON_PAPER, skip)
  await noteExport(c, 'pdf', `${registerAddress('', asked).slice(1)}${part === 1 ? '' : `&phan=${part}`}`, 'register')
  const facts: RegisterFacts = {
    kind: 'register',
    at: Temporal.Instant.fromEpochMilliseconds(c.get('app').clock().epochMilliseconds).toString(),
    issuer: await issuer(c, asked),
    from: asked.from,
    to: asked.to,
    first: skip + 1,
    total,
    rows: lines.map((line) => ({
      code: line.code,
      procedure: line.procedureName,
      applicant: line.applicantName,
      phone: line.applicantPhone,
      agency: line.agencyName,
      received: line.receivedDay,
      due: line.dueDay,
      completed: line.completedDay,
      returned: line.returnedDay,
      channel: line.channel,
      note: statusTexts[line.status].vi,
    })),
  }
  const pdf = await printForm(facts)
  if (!pdf) throw new Error('no form set without a register')
  return pdfResponse(pdf, `so-theo-doi-ho-so-${period(asked)}${part === 1 ? '' : `-phan-${part}`}.pdf`)
}
