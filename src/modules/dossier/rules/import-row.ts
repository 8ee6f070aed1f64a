import type { Text } from '../../../kernel/i18n/index.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import type { Channel, Moment, Stage, Status } from './dossier.ts'

/** One line of a dossier file (import format, version 1), read. Money in VND, instants as instants. */
export interface DossierRow {
  readonly code: string
  readonly procedureCode: string
  readonly agencyCode: string
  readonly channel: Channel
  readonly assisted: boolean
  readonly submittedAt: Moment
  readonly receivedAt: Moment | null
  readonly dueAt: Moment | null
  readonly completedAt: Moment | null
  readonly returnedAt: Moment | null
  readonly status: Status
  readonly feeVnd: number
  readonly paidVnd: number
  readonly paidOnline: boolean
  readonly papersTotal: number
  readonly papersDigitised: number
  readonly papersReused: number
  readonly resultElectronic: boolean
  readonly supplementRequests: number
  readonly supplementWorkingDays: number
  readonly applicantName: string
  readonly applicantId: string | null
  readonly applicantPhone: string | null
}

export interface Reason {
  readonly column: string
  readonly reason: Text
}

const columns = [
  'code',
  'procedure_code',
  'agency_code',
  'channel',
  'assisted',
  'submitted_at',
  'received_at?',
  'due_at?',
  'completed_at?',
  'returned_at?',
  'status',
  'fee_vnd',
  'paid_vnd',
  'paid_online',
  'papers_total',
  'papers_digitised',
  'papers_reused',
  'result_electronic',
  'supplement_requests',
  'supplement_working_days',
  'applicant_name?',
  'applicant_id?',
  'applicant_phone?',
] as const

export const dossierColumns: readonly { name: string; optional?: boolean }[] = columns.map((name) =>
  name.endsWith('?') ? { name: name.slice(0, -1), optional: true } : { name },
)

const reasons = {
  missing: { vi: 'Bỏ trống.', en: 'Empty.' },
  code: { vi: 'Mã hồ sơ chỉ gồm chữ, số, dấu chấm và gạch ngang.', en: 'A code has only letters, digits, dots and hyphens.' },
  channel: { vi: 'Kênh phải là online, counter hoặc post.', en: 'The channel must be online, counter or post.' },
  bool: { vi: 'Phải là true hoặc false.', en: 'Must be true or false.' },
  instant: {
    vi: 'Không phải thời điểm ISO 8601 có múi giờ, như 2022-03-15T08:30:00+07:00.',
    en: 'Not an ISO 8601 instant with its zone, like 2022-03-15T08:30:00+07:00.',
  },
  status: { vi: 'Trạng thái phải từ 1 đến 10.', en: 'The status must be 1 to 10.' },
  count: { vi: 'Phải là số nguyên không âm.', en: 'Must be a whole number, not negative.' },
  large: { vi: 'Số quá lớn.', en: 'The number is too large.' },
  moreThanTotal: { vi: 'Nhiều hơn tổng số giấy tờ.', en: 'More than there are papers.' },
  onlyOnline: { vi: 'Nộp hộ chỉ có ở kênh online.', en: 'Only an online dossier can be assisted.' },
  beforeSubmission: { vi: 'Trước thời điểm nộp.', en: 'Before it was submitted.' },
  beforeReception: { vi: 'Trước thời điểm tiếp nhận.', en: 'Before it was received.' },
  beforeCompletion: { vi: 'Trước thời điểm xử lý xong.', en: 'Before it was completed.' },
  notReceived: { vi: 'Hồ sơ chưa được tiếp nhận.', en: 'The dossier was not received.' },
  needsReception: { vi: 'Trạng thái này cần có thời điểm tiếp nhận.', en: 'This status needs the instant of reception.' },
  needsCompletion: { vi: 'Trạng thái này cần có thời điểm xử lý xong.', en: 'This status needs the instant of completion.' },
  needsEnd: {
    vi: 'Trạng thái 10 cần có thời điểm trả kết quả hoặc xử lý xong.',
    en: 'Status 10 needs the instant of return or completion.',
  },
  notYet: { vi: 'Trạng thái này chưa thể có thời điểm đó.', en: 'With this status it cannot have happened yet.' },
} as const satisfies Record<string, Text>

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d(?::?\d\d)?)$/
const daysIn = (year: number, month: number): number =>
  month === 2
    ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
      ? 29
      : 28
    : month === 4 || month === 6 || month === 9 || month === 11
      ? 30
      : 31

/** Milliseconds since 1970, or undefined. `Date.parse` alone would take the 30th of February for the 2nd of March. */
export function readInstant(text: string): number | undefined {
  const match = INSTANT.exec(text)
  if (!match) return undefined
  const [year = 0, month = 0, day = 0] = match.slice(1, 4).map(Number)
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined
  const at = Date.parse(
    text.replace(',', '.').replace(/([+-]\d\d)(\d\d)?$/, (_all, hours: string, minutes = '00') => `${hours}:${minutes}`),
  )
  return Number.isNaN(at) ? undefined : at
}

const LIMITS: Readonly<Record<string, number>> = {
  fee_vnd: Number.MAX_SAFE_INTEGER,
  paid_vnd: Number.MAX_SAFE_INTEGER,
  papers_total: 32_767,
  papers_digitised: 32_767,
  papers_reused: 32_767,
  supplement_requests: 1000,
  supplement_working_days: 10_000,
}

/** Reads one line. Every wrong column is named, not only the first. */
export function parseDossierRow(record: Readonly<Record<string, string>>): Result<DossierRow, readonly Reason[]> {
  const wrong: Reason[] = []
  const say = (column: string, reason: Text): void => {
    wrong.push({ column, reason })
  }
  const raw = (column: string): string => record[column]?.trim() ?? ''
  const required = (column: string): string => {
    const value = raw(column)
    if (value === '') say(column, reasons.missing)
    return value
  }
  const flag = (column: string): boolean => {
    const value = raw(column).toLowerCase()
    if (value !== 'true' && value !== 'false') say(column, value === '' ? reasons.missing : reasons.bool)
    return value === 'true'
  }
  const count = (column: string): number => {
    const value = raw(column)
    if (!/^\d+$/.test(value)) say(column, value === '' ? reasons.missing : reasons.count)
    else if (Number(value) > (LIMITS[column] ?? 0)) say(column, reasons.large)
    else return Number(value)
    return 0
  }
  const instant = (column: string): number | null => {
    const value = raw(column)
    if (value === '') return null
    const at = readInstant(value)
    if (at === undefined) say(column, reasons.instant)
    return at ?? null
  }

  const code = required('code')
  if (code !== '' && !/^[0-9A-Za-z][0-9A-Za-z.\-/]{0,59}$/.test(code)) say('code', reasons.code)
  const channel = raw('channel')
  if (channel !== 'online' && channel !== 'counter' && channel !== 'post')
    say('channel', channel === '' ? reasons.missing : reasons.channel)
  const statusText = raw('status')
  const status = Number(statusText)
  if (!/^\d{1,2}$/.test(statusText) || status < 1 || status > 10) say('status', statusText === '' ? reasons.missing : reasons.status)
  const assisted = flag('assisted')
  if (assisted && channel !== 'online') say('assisted', reasons.onlyOnline)

  const before = wrong.length
  const submitted = instant('submitted_at')
  if (submitted === null && wrong.length === before) say('submitted_at', reasons.missing)
  const [received, due, completed, returned] = [instant('received_at'), instant('due_at'), instant('completed_at'), instant('returned_at')]
  if (wrong.length === 0) order({ submitted: submitted ?? 0, received, due, completed, returned, status }, say)

  const papersTotal = count('papers_total')
  const papersDigitised = count('papers_digitised')
  const papersReused = count('papers_reused')
  if (papersDigitised > papersTotal) say('papers_digitised', reasons.moreThanTotal)
  if (papersReused > papersTotal) say('papers_reused', reasons.moreThanTotal)

  const at = (milliseconds: number | null): Moment | null => (milliseconds === null ? null : { epochMilliseconds: milliseconds })
  const row: DossierRow = {
    code,
    procedureCode: required('procedure_code'),
    agencyCode: required('agency_code'),
    channel: channel as Channel,
    assisted,
    submittedAt: { epochMilliseconds: submitted ?? 0 },
    receivedAt: at(received),
    dueAt: at(due),
    completedAt: at(completed),
    returnedAt: at(returned),
    status: status as Status,
    feeVnd: count('fee_vnd'),
    paidVnd: count('paid_vnd'),
    paidOnline: flag('paid_online'),
    papersTotal,
    papersDigitised,
    papersReused,
    resultElectronic: flag('result_electronic'),
    supplementRequests: count('supplement_requests'),
    supplementWorkingDays: count('supplement_working_days'),
    applicantName: raw('applicant_name').normalize('NFC'),
    applicantId: raw('applicant_id') || null,
    applicantPhone: raw('applicant_phone').replace(/[\s.-]/g, '') || null,
  }
  return wrong.length > 0 ? refuse(wrong) : ok(row)
}

interface Times {
  readonly submitted: number
  readonly received: number | null
  readonly due: number | null
  readonly completed: number | null
  readonly returned: number | null
  readonly status: number
}

/** Things happen in order, and the status says no more and no less than the instants do. */
function order({ submitted, received, due, completed, returned, status }: Times, say: (column: string, reason: Text) => void): void {
  if (received === null) {
    if (due !== null) say('due_at', reasons.notReceived)
    if (completed !== null) say('completed_at', reasons.notReceived)
    if (returned !== null) say('returned_at', reasons.notReceived)
    if ([2, 4, 5, 6, 9, 10].includes(status)) say('received_at', reasons.needsReception)
    return
  }
  if (received < submitted) say('received_at', reasons.beforeSubmission)
  if (due !== null && due < received) say('due_at', reasons.beforeReception)
  if (completed !== null && completed < received) say('completed_at', reasons.beforeReception)
  if (returned !== null && returned < (completed ?? received))
    say('returned_at', completed === null ? reasons.beforeReception : reasons.beforeCompletion)
  if (status === 1) say('received_at', reasons.notYet)
  if ([2, 4, 5, 6].includes(status) && completed !== null) say('completed_at', reasons.notYet)
  if ([1, 2, 4, 5, 6, 9].includes(status) && returned !== null) say('returned_at', reasons.notYet)
  if (status === 9 && completed === null) say('completed_at', reasons.needsCompletion)
  if (status === 10 && completed === null && returned === null) say('returned_at', reasons.needsEnd)
}

const STAGES: Readonly<Record<Status, Stage>> = {
  1: 'submitted',
  2: 'received',
  3: 'closed',
  4: 'processing',
  5: 'supplement',
  6: 'payment',
  7: 'withdrawn',
  8: 'closed',
  9: 'ready',
  10: 'closed',
}

/** Where an imported dossier stands, by its national status. */
export const stageOf = (status: Status): Stage => STAGES[status]
