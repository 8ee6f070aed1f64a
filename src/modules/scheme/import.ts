import { isDay } from '../../kernel/clock.ts'
import { record } from '../../kernel/events.ts'
import { derivedUuid } from '../../kernel/id.ts'
import { type ImportContext, type ImportKind, type ImportOutcome, importer, type Reject, type RejectReason } from '../../kernel/import.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { loadDirectory } from '../organisation/index.ts'
import { quantities } from './rules/quantities.ts'
import { type ReportedRow, saveReported } from './store.ts'

const reportable = Object.entries(quantities).flatMap(([name, { source }]) => (source === 'reported' ? [name] : []))
const WHOLE = /^\d{1,15}$/

function parse(record: Readonly<Record<string, string>>): Result<ReportedRow, readonly RejectReason[]> {
  const value = (column: string): string => (record[column] ?? '').trim()
  const reasons: RejectReason[] = []
  const wrong = (column: string, vi: string, en: string): void => void reasons.push({ column, reason: { vi, en } })
  if (!reportable.includes(value('quantity')))
    wrong('quantity', `Phải là một trong: ${reportable.join(', ')}.`, `Must be one of: ${reportable.join(', ')}.`)
  if (!/^[0-9A-Z]+(\.[0-9A-Z]+)*$/.test(value('agency_code'))) wrong('agency_code', 'Mã cơ quan chưa đúng.', 'This is not an agency code.')
  if (!/^\d{4}-\d\d$/.test(value('month')) || !isDay(`${value('month')}-01`))
    wrong('month', 'Tháng phải có dạng YYYY-MM.', 'A month looks like YYYY-MM.')
  if (!WHOLE.test(value('value'))) wrong('value', 'Phải là số nguyên không âm.', 'Must be a whole number, not below 0.')
  if (value('source') === '') wrong('source', 'Thiếu nguồn của số liệu.', 'Say where the figure comes from.')
  if (reasons.length > 0) return refuse(reasons)
  return ok({
    quantity: value('quantity'),
    agencyCode: value('agency_code'),
    month: `${value('month')}-01`,
    value: Number(value('value')),
    source: value('source').normalize('NFC').slice(0, 500),
  })
}

/** Writes the figures that are new; the others stand as they do. */
export async function saveFigures(
  cx: ImportContext,
  rows: readonly { readonly line: number; readonly row: ReportedRow }[],
): Promise<ImportOutcome> {
  const { agencies } = await loadDirectory(cx.tx)
  const known = new Set(agencies.map(({ code }) => code))
  const rejects: Reject[] = []
  const given = new Map<string, ReportedRow & { line: number }>()
  for (const { line, row } of rows) {
    if (!known.has(row.agencyCode)) {
      rejects.push({
        line,
        column: 'agency_code',
        reason: { vi: 'Không có cơ quan mang mã này.', en: 'There is no agency with this code.' },
      })
      continue
    }
    const key = `${row.quantity} ${row.agencyCode} ${row.month}`
    const twice = given.get(key)
    if (twice) {
      rejects.push({ line, column: 'month', reason: { vi: `Trùng với dòng ${twice.line}.`, en: `The same as line ${twice.line}.` } })
      continue
    }
    given.set(key, { ...row, line })
  }
  const added = await saveReported(cx.tx, [...given.values()], cx.now.toString())
  return { imported: added.size, unchanged: given.size - added.size, rejects }
}

/** What figures that were reported look like in the log. */
export const figuresReported = (province: string, rows: readonly ReportedRow[], result: { imported: number; unchanged: number }) => ({
  type: 'index.figures-reported',
  subject: derivedUuid('index-reported', province),
  data: { ...result, rows },
})

async function apply(cx: ImportContext, rows: readonly { readonly line: number; readonly row: ReportedRow }[]): Promise<ImportOutcome> {
  const done = await saveFigures(cx, rows)
  if (done.imported > 0) {
    // Live boards look again when something is in the log.
    const { imported, unchanged } = done
    const event = figuresReported(
      cx.province.slug,
      rows.map(({ row }) => row),
      { imported, unchanged },
    )
    await record(importer(cx, 'index.import-reported'), { events: [event] })
  }
  return done
}

/**
 * `cuaso import reported`: figures this house cannot count itself (announcements, national reporting), each with its source. The same
 * line again changes nothing; another value is a new revision and the earlier one stays to be seen.
 */
export const reportedImport: ImportKind<ReportedRow> = {
  kind: 'reported',
  columns: ['quantity', 'agency_code', 'month', 'value', 'source'].map((name) => ({ name })),
  parse,
  apply,
}
