import { allowAtRoot } from '../../../kernel/access/index.ts'
import type { Context } from '../../../kernel/context.ts'
import { type FieldError, withFields } from '../../../kernel/errors.ts'
import { record } from '../../../kernel/events.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { refusals } from '../errors.ts'
import { figuresReported, reportedImport, saveFigures } from '../import.ts'
import { type BroughtFigure, plainFigure, readReportedFile } from '../reported-file.ts'
import type { ReportedRow } from '../store.ts'

export interface ReportFigures {
  /** One figure by the names of the import's columns, or a whole file's text. */
  readonly lines: readonly Readonly<Record<string, string>>[] | { readonly csv: string }
}

/** How many faults are told one by one; of more only their number. */
const TOLD = 20

const DECIMAL = {
  vi: 'dấu phẩy là dấu thập phân, mà đây phải là số nguyên, như 1.234 hoặc 1234.',
  en: 'a comma is the decimal sign, and this must be a whole number such as 1.234 or 1234.',
}

/** A form's own figure: what is wrong stands at its field. */
const typed = (record: Readonly<Record<string, string>>, n: number): BroughtFigure => ({
  line: n + 1,
  record,
  place: () => ({ vi: '', en: '' }),
})

/**
 * Gives figures that come from outside, each with its source: what stands so already is left alone, another value is a new revision.
 * All of them or none. Refusals: access.denied, scheme.lines-wrong with a sentence for each fault that says where it stands.
 */
export async function reportFigures(cx: Context, { lines }: ReportFigures): Promise<Result<{ imported: number; unchanged: number }>> {
  allowAtRoot(cx, 'index.manage')
  const file = 'csv' in lines
  const wrong = (faults: readonly FieldError[]) => {
    const more = faults.length - TOLD
    const rest = { vi: `Và ${more} lỗi nữa.`, en: `And ${more} more.` }
    return refuse(
      withFields(refusals.linesWrong, [...faults.slice(0, TOLD), ...(more > 0 ? [{ path: faults[0]?.path ?? 'csv', message: rest }] : [])]),
    )
  }
  const read = file ? readReportedFile(lines.csv) : ok(lines.map(typed))
  if (!read.ok) return wrong(read.error.map((message) => ({ path: 'csv', message })))
  const faults: FieldError[] = []
  const said = ({ place }: BroughtFigure, column: string, reason: Text) => {
    const at = place(column)
    faults.push(
      file ? { path: 'csv', message: { vi: `${at.vi}: ${reason.vi}`, en: `${at.en}: ${reason.en}` } } : { path: column, message: reason },
    )
  }
  const given = new Map<string, BroughtFigure>()
  const rows: { line: number; row: ReportedRow }[] = []
  for (const figure of read.value) {
    const record = plainFigure(figure.record)
    const parsed = reportedImport.parse(record)
    if (parsed.ok) {
      const { quantity, agencyCode, month } = parsed.value
      const key = `${quantity} ${agencyCode} ${month}`
      const twin = given.get(key)
      given.set(key, twin ?? figure)
      if (twin)
        said(figure, 'month', {
          vi: `trùng với ${twin.place('').vi.toLowerCase()}.`,
          en: `the same as ${twin.place('').en.toLowerCase()}.`,
        })
      rows.push({ line: figure.line, row: parsed.value })
    } else
      for (const { column, reason } of parsed.error)
        said(figure, column, column === 'value' && record.value?.includes(',') ? DECIMAL : reason)
  }
  if (faults.length > 0) return wrong(faults)
  const done = await saveFigures({ tx: cx.tx, now: cx.now, province: cx.province, id: () => cx.id() }, rows)
  for (const { line, column, reason } of done.rejects) {
    const figure = read.value.find((one) => one.line === line)
    if (figure) said(figure, column, reason)
  }
  if (faults.length > 0) return wrong(faults)
  const result = { imported: done.imported, unchanged: done.unchanged }
  await record(cx, {
    events: [
      figuresReported(
        cx.province.slug,
        rows.map(({ row }) => row),
        result,
      ),
    ],
    result,
  })
  return ok(result)
}
