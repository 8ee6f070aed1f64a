import { allowAtRoot } from '../../../kernel/access/index.ts'
import type { Context } from '../../../kernel/context.ts'
import { CsvReader } from '../../../kernel/csv.ts'
import { withFields } from '../../../kernel/errors.ts'
import { record } from '../../../kernel/events.ts'
import { fill } from '../../../kernel/i18n/index.ts'
import { derivedUuid } from '../../../kernel/id.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { refusals } from '../errors.ts'
import { reportedImport } from '../import.ts'
import type { ReportedRow } from '../store.ts'

export interface ReportFigures {
  /** One figure by the names of the import's columns, or a whole file's text. */
  readonly lines: readonly Readonly<Record<string, string>>[] | { readonly csv: string }
}

const COLUMNS = reportedImport.columns.map(({ name }) => name)
const MOST = 5000

interface Read {
  readonly line: number
  readonly record: Readonly<Record<string, string>>
}

/** The lines of a pasted file; undefined when its first line does not name the columns. */
function readLines(csv: string): Read[] | undefined {
  const items = new CsvReader().feed(csv.replace(/^\uFEFF/, ''), true)
  const [head, ...rest] = items
  if (!head || 'fault' in head) return undefined
  const names = head.fields.map((name) => name.trim())
  if (!COLUMNS.every((name) => names.includes(name))) return undefined
  return rest.slice(0, MOST).map((item) => ({
    line: item.line,
    record: 'fault' in item ? {} : Object.fromEntries(names.map((name, i) => [name, item.fields[i] ?? ''])),
  }))
}

/**
 * Gives figures that come from outside, each with its source: what stands so already is left alone, another value is a new revision.
 * All of them or none. Refusals: access.denied, scheme.lines-wrong with a sentence for each line.
 */
export async function reportFigures(cx: Context, { lines }: ReportFigures): Promise<Result<{ imported: number; unchanged: number }>> {
  allowAtRoot(cx, 'index.manage')
  const csv = 'csv' in lines
  const read = csv ? readLines(lines.csv) : lines.map((line, n): Read => ({ line: n + 1, record: line }))
  const wrong = (sentences: { path: string; vi: string; en: string }[]) =>
    refuse(
      withFields(
        refusals.linesWrong,
        sentences.slice(0, 20).map(({ path, vi, en }) => ({ path, message: { vi, en } })),
      ),
    )
  if (!read || read.length === 0)
    return wrong([
      {
        path: 'csv',
        vi: `Dòng đầu phải là ${COLUMNS.join(',')}, sau đó là số liệu.`,
        en: `The first line must be ${COLUMNS.join(',')}, figures after it.`,
      },
    ])
  const faults: { path: string; vi: string; en: string }[] = []
  const said = (line: number, column: string, reason: { vi: string; en: string }) => {
    const text = csv ? fill({ vi: 'Dòng {line}: {vi}', en: 'Line {line}: {en}' }, { line, ...reason }) : reason
    faults.push({ path: csv ? 'csv' : column, ...text })
  }
  const rows: { line: number; row: ReportedRow }[] = []
  for (const { line, record: given } of read) {
    const parsed = reportedImport.parse(given)
    if (parsed.ok) rows.push({ line, row: parsed.value })
    else for (const { column, reason } of parsed.error) said(line, column, reason)
  }
  if (faults.length > 0) return wrong(faults)
  const done = await reportedImport.apply({ tx: cx.tx, now: cx.now, province: cx.province, id: () => cx.id() }, rows)
  for (const { line, column, reason } of done.rejects) said(line, column, reason)
  if (faults.length > 0) return wrong(faults)
  const result = { imported: done.imported, unchanged: done.unchanged }
  await record(cx, {
    events: [
      {
        type: 'index.figures-reported',
        subject: derivedUuid('index-reported', cx.province.slug),
        data: { ...result, rows: rows.map(({ row }) => row) },
      },
    ],
    result,
  })
  return ok(result)
}
