import type { Facts, HandOver, Issuer, NumberedFacts, ReceiptFacts, RegisterFacts, RegisterRow } from './facts.ts'
import type { Form, FormSet } from './form-set.ts'
import { dayOfText, dong, headLines, longDay, longMoment, shortDay, shortMoment } from './words.ts'

/** What a template reads: texts that are ready to print, lists of them, and the moment the document is made at. */
export type Typeset = Readonly<Record<string, unknown>>

const howTexts = { paper: 'Bản giấy', digital: 'Bản điện tử', reused: 'Dùng lại từ kho' } as const
const channelTexts = { online: 'Trực tuyến', counter: 'Trực tiếp', post: 'Bưu chính công ích' } as const

const orNull = <T>(value: string | null, say: (text: string) => T): T | null => (value ? say(value) : null)

const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, '.')

const upper = (text: string): string => text.toLocaleUpperCase('vi')

const feeText = ({ feeVnd, paidVnd }: Pick<ReceiptFacts, 'feeVnd' | 'paidVnd'>): string =>
  feeVnd === 0 ? 'Không thu' : paidVnd === 0 ? `${dong(feeVnd)}, chưa nộp` : `${dong(feeVnd)}, đã nộp ${dong(paidVnd)}`

const line = ({ giver, taker, at, what, note }: HandOver): object => ({ giver, taker, at: shortMoment(at), what, note: note || null })

const registerRow = (row: RegisterRow, number: number): object => ({
  number,
  code: row.code,
  procedure: row.procedure,
  applicant: row.applicant,
  phone: row.phone,
  agency: row.agency,
  received: shortDay(row.received),
  due: orNull(row.due, shortDay),
  completed: orNull(row.completed, shortDay),
  returned: orNull(row.returned, shortDay),
  channel: channelTexts[row.channel],
  note: row.note,
})

/** Seconds since 1970 of the civil time in Vietnam, taken apart: a document's date knows no zone. */
function made(instant: string): object {
  const [date = '', time = ''] = new Date(Date.parse(instant) + 7 * 3_600_000).toISOString().split('T')
  const [year, month, day] = date.split('-').map(Number)
  const [hour, minute, second] = time.slice(0, 8).split(':').map(Number)
  return { year, month, day, hour, minute, second }
}

/** The head of a sheet and the moment it is made at, as every template reads them. */
export const headOf = (issuer: Issuer, at: string): Typeset => ({
  made: made(at),
  dated: `ngày ${longDay(dayOfText(at))}`,
  agency: { superior: orNull(issuer.superior, upper), lines: headLines(issuer.name), place: issuer.place },
  formLabel: '',
  number: null,
})

function ofRegister(facts: RegisterFacts): Typeset {
  const { rows, first, total } = facts
  const inParts = rows.length < total
  return {
    period: `Từ ngày ${shortDay(facts.from)} đến ngày ${shortDay(facts.to)}`,
    rows: rows.map((row, index) => registerRow(row, first + index)),
    total: grouped(total),
    remark: `${inParts ? `Phần này từ số ${grouped(first)} đến số ${grouped(first + rows.length - 1)}. ` : ''}In lúc ${shortMoment(facts.at)}.`,
  }
}

function ofDossier(facts: Exclude<Facts, RegisterFacts>): Typeset {
  switch (facts.kind) {
    case 'receipt':
      return {
        papers: facts.papers.map(({ name, how }) => ({ name, how: howTexts[how] })),
        representative: facts.representative ?? null,
        channel: channelTexts[facts.channel],
        fee: feeText(facts),
        again: facts.issue > 1 ? `(Cấp lại lần ${facts.issue - 1})` : null,
        received: longMoment(facts.receivedAt),
        due: orNull(facts.dueAt, longMoment) ?? 'Theo thông báo của cơ quan giải quyết',
        // A roll of paper is narrow.
        receivedShort: shortMoment(facts.receivedAt),
        dueShort: orNull(facts.dueAt, shortMoment) ?? 'Theo thông báo',
        why: facts.why,
        collect: facts.reception,
      }
    case 'supplement':
      return { round: facts.round > 1 ? `(Lần thứ ${facts.round})` : null, items: facts.items, reason: facts.reason }
    case 'refusal':
      return { reason: facts.reason, ground: facts.ground }
    case 'extension':
      return {
        reason: facts.reason,
        receivedDay: orNull(facts.receivedAt, (at) => longDay(dayOfText(at))),
        dueBefore: orNull(facts.dueBefore, longMoment),
        due: orNull(facts.dueAfter, longMoment) ?? 'Sẽ thông báo sau',
        collect: facts.reception,
      }
    case 'stop':
      return {
        reason: facts.reason,
        received: orNull(facts.receivedAt, longMoment),
        requested: orNull(facts.requestedAt, longMoment),
        stopped: longMoment(facts.at),
      }
    default:
      return {
        received: orNull(facts.receivedAt, longMoment),
        due: orNull(facts.dueAt, longMoment),
        lines: facts.lines.map(line),
        asOf: shortMoment(facts.at),
      }
  }
}

/** The number of a document as it is written: `12/TNHS`. */
export const numberText = (number: number, form: Form): string =>
  `${String(number).padStart(2, '0')}/${form.symbol ?? ''}`.replace(/\/$/, '')

/**
 * A document's facts as its template reads them: words, dates written out, the head of the paper. The same facts always give the same
 * answer. `number` is null for papers that bear none.
 */
export function typeset(facts: Facts, how: { set: FormSet; form: Form; number: number | null }): Typeset {
  const { set, form, number } = how
  const subject = facts.kind === 'register' ? null : (facts.code ?? facts.reference)
  return {
    title: subject === null ? form.title : `${form.title} ${subject}`,
    heading: upper(form.title),
    formLabel: `Mẫu số ${form.number}, ${set.instrument}`,
    basis: set.basis,
    number: number === null ? null : numberText(number, form),
    dated: `ngày ${longDay(dayOfText(facts.at))}`,
    made: made(facts.at),
    issuer: facts.issuer.name,
    agency: {
      superior: orNull(facts.issuer.superior, upper),
      lines: headLines(facts.issuer.name),
      place: facts.issuer.place,
    },
    ...(facts.kind === 'register'
      ? ofRegister(facts)
      : {
          code: facts.code,
          reference: facts.reference,
          trackingUrl: facts.trackingUrl,
          applicant: { name: facts.applicant.name, phone: facts.applicant.phone || null, email: facts.applicant.email || null },
          procedure: facts.procedure,
          resolving: facts.resolving,
          reception: facts.reception,
          officer: facts.officer,
          ...ofDossier(facts),
        }),
  }
}

/** A value with every text in it changed; nothing else is. */
export function eachText<T>(value: T, change: (text: string) => string): T {
  if (typeof value === 'string') return change(value) as T
  if (Array.isArray(value)) return value.map((one) => eachText(one, change)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, eachText(one, change)])) as T
}

/** Which agency's series a document's number comes from, and the year of it. */
export const seriesOf = (facts: NumberedFacts): { agencyCode: string; year: number } => ({
  agencyCode: facts.issuer.code,
  year: Number(dayOfText(facts.at).slice(0, 4)),
})
