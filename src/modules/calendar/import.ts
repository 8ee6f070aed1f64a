import { parse as parseCsv } from 'csv-parse/sync'
import { createAccess } from '../../kernel/access/index.ts'
import type { Context } from '../../kernel/context.ts'
import { record } from '../../kernel/events.ts'
import type { ImportContext, ImportKind, ImportOutcome, Reject, RejectReason } from '../../kernel/import.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { noHolidays } from './errors.ts'
import { yearsSet } from './events.ts'
import { weekdayOf } from './rules/work-calendar.ts'
import { incompleteYears } from './rules/year.ts'
import { lockCalendar, type NationalDay, nationalDaysOf, replaceNationalYears } from './store.ts'

const columns = [
  { name: 'date' },
  { name: 'kind' },
  { name: 'name' },
  { name: 'name_en', optional: true },
  { name: 'source', optional: true },
  { name: 'certainty', optional: true },
]

const kinds = ['holiday', 'compensatory', 'working_saturday']
const certainties = ['official', 'recalled', 'computed']
const DAY = /^\d{4}-\d{2}-\d{2}$/
const isDay = (text: string): boolean => DAY.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text

/** One line of a calendar file: a day off or a working Saturday of the country. */
function parse(record: Readonly<Record<string, string>>): Result<NationalDay, readonly RejectReason[]> {
  const value = (column: string): string => String(record[column] ?? '').trim()
  const reasons: RejectReason[] = []
  const wrong = (column: string, vi: string, en: string): void => void reasons.push({ column, reason: { vi, en } })
  const [day, kind] = [value('date'), value('kind')]
  if (!isDay(day)) wrong('date', 'Ngày phải có dạng YYYY-MM-DD.', 'The day must look like YYYY-MM-DD.')
  if (!kinds.includes(kind)) wrong('kind', `Loại phải là ${kinds.join(', ')}.`, `The kind must be one of ${kinds.join(', ')}.`)
  if (value('name') === '') wrong('name', 'Thiếu tên ngày.', 'The name is missing.')
  if (value('certainty') !== '' && !certainties.includes(value('certainty')))
    wrong('certainty', `Phải là ${certainties.join(', ')}.`, `Must be one of ${certainties.join(', ')}.`)
  if (reasons.length === 0 && kind === 'working_saturday' && weekdayOf(day) <= 5)
    wrong('date', 'Ngày làm bù phải là thứ Bảy hoặc Chủ nhật.', 'A day worked in exchange is a Saturday or Sunday.')
  if (reasons.length === 0 && kind === 'compensatory' && weekdayOf(day) > 5)
    wrong('date', 'Ngày nghỉ bù phải là ngày thường.', 'A day in lieu is a weekday.')
  if (reasons.length > 0) return refuse(reasons)
  return ok({
    day,
    kind: kind as NationalDay['kind'],
    name: value('name').normalize('NFC'),
    nameEn: value('name_en').normalize('NFC'),
    source: value('source').normalize('NFC'),
    certainty: value('certainty') || 'official',
  })
}

type Line = { readonly line: number; readonly row: NationalDay }

/** One day, one line. */
function repeated(rows: readonly Line[]): Reject[] {
  const seen = new Set<string>()
  return rows
    .filter(({ row }) => seen.has(row.day) || !seen.add(row.day))
    .map(({ line }) => ({
      line,
      column: 'date',
      reason: { vi: 'Ngày này đã có ở dòng trước.', en: 'This day stands on an earlier line.' },
    }))
}

const yearOf = ({ day }: NationalDay): number => Number(day.slice(0, 4))
const same = (a: NationalDay, b: NationalDay | undefined): boolean =>
  b !== undefined && (Object.keys(a) as (keyof NationalDay)[]).every((key) => a[key] === b[key])

/** The machine that imports: it asks nobody, and what it did says so. */
const importer = (cx: ImportContext): Context => ({
  ...cx,
  actor: { kind: 'system', name: 'import' },
  requestId: cx.id(),
  command: 'calendar.import',
  locale: 'vi',
  access: createAccess([], { isWithin: () => false }),
  random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
})

async function apply(cx: ImportContext, lines: readonly Line[]): Promise<ImportOutcome> {
  await lockCalendar(cx.tx)
  const twice = repeated(lines)
  const kept = lines.filter(({ line }) => !twice.some((reject) => reject.line === line))
  const short = incompleteYears(kept.map(({ row }) => row))
  const rejects: Reject[] = [...twice]
  for (const { line, row } of kept) {
    const fault = short.find(({ year }) => year === yearOf(row))
    if (fault) rejects.push({ line, column: 'date', reason: noHolidays(fault).message })
  }
  const days = kept.map(({ row }) => row).filter((row) => !short.some(({ year }) => year === yearOf(row)))
  const years = [...new Set(days.map(yearOf))]
  const before = new Map((await nationalDaysOf(cx.tx, years)).map((day) => [day.day, day]))
  const unchanged = days.filter((day) => same(day, before.get(day.day))).length
  const gone = [...before.keys()].some((day) => !days.some((row) => row.day === day))
  if (unchanged < days.length || gone) {
    await replaceNationalYears(cx.tx, years, days)
    await record(importer(cx), { events: [yearsSet(years, days.length)] })
  }
  return { imported: days.length - unchanged, unchanged, rejects }
}

/** `cuaso import calendar`: whole years, each in place of what was known of it. Due times already promised stay. */
export const calendarImport: ImportKind<NationalDay> = { kind: 'calendar', columns, batch: 10_000, parse, apply }

/** What somebody pasted: CSV with a header, or a JSON array of objects with the same names. Each fault with its line. */
export function readCalendarText(text: string): Result<NationalDay[], readonly Reject[]> {
  const json = text.trim().startsWith('[') || text.trim().startsWith('{')
  let records: Record<string, string>[]
  try {
    const read: unknown = json ? JSON.parse(text) : parseCsv(text, { columns: true, bom: true, skip_empty_lines: true, trim: true })
    records = (Array.isArray(read) ? read : [read]) as Record<string, string>[]
  } catch (error) {
    const why = error instanceof Error ? error.message : ''
    const reason = { vi: `Không đọc được: ${why}`, en: `This cannot be read: ${why}` }
    return refuse([{ line: 1, column: '', reason }])
  }
  const first = json ? 1 : 2
  const rows: Line[] = []
  const rejects: Reject[] = []
  for (const [at, record] of records.entries()) {
    const row = parse(record ?? {})
    if (row.ok) rows.push({ line: at + first, row: row.value })
    else rejects.push(...row.error.map((reason) => ({ ...reason, line: at + first })))
  }
  rejects.push(...repeated(rows))
  const short = rejects.length === 0 ? incompleteYears(rows.map(({ row }) => row))[0] : undefined
  if (short) rejects.push({ line: first, column: 'date', reason: noHolidays(short).message })
  if (records.length === 0) rejects.push({ line: 1, column: '', reason: { vi: 'Không có dòng nào.', en: 'There are no lines.' } })
  return rejects.length > 0 ? refuse(rejects) : ok(rows.map(({ row }) => row))
}
