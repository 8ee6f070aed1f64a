import { sharedPress } from './press.ts'
import { type CellKind, cellDay, cellText, cellTime } from './rules/cell.ts'
import { type Spreadsheet, writeSpreadsheet } from './spreadsheet.ts'

/** One column of a spreadsheet: its heading, how its values are kept, and where a row has them. Width in characters. */
export interface XlsxColumn<Row> {
  readonly header: string
  readonly kind?: CellKind
  readonly width?: number
  /** Long texts break into lines instead of running over the next cell. */
  readonly wrap?: boolean
  value(row: Row, index: number): string | number | null | undefined
}

export interface XlsxOptions {
  /** Name of the sheet: at most 31 characters, none of `\ / ? * [ ] :`. */
  readonly sheet: string
  /** Lines above the headings: what this is, of which days, made when. The first is bold. */
  readonly title?: readonly string[]
}

/** What a response says that carries one. */
export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

function keptAs(kind: CellKind, value: string | number | null | undefined): string | number | Date | null {
  if (value === null || value === undefined || value === '') return null
  if (kind === 'text') return cellText(String(value))
  if (kind === 'day') return cellDay(String(value)) ?? null
  if (kind === 'time') return cellTime(String(value)) ?? null
  return Number.isFinite(Number(value)) ? Number(value) : null
}

const sheetName = (name: string): string => name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31) || 'Sheet1'

/** Fewer cells than this are written where they are: a thread of its own would cost more. */
const FEW_CELLS = 3000

/**
 * A list as a spreadsheet (.xlsx) that keeps what values are: dates are dates, figures figures, codes text that nothing recalculates
 * ("=…" typed by somebody stays their text). Long lists are written in the press's thread, so that requests do not wait for them.
 */
export async function xlsx<Row>(
  rows: readonly Row[],
  columns: readonly XlsxColumn<Row>[],
  options: XlsxOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const book: Spreadsheet = {
    sheet: sheetName(options.sheet),
    title: (options.title ?? []).map(cellText),
    columns: columns.map(({ header, kind = 'text', width = 16, wrap = false }) => ({ header: cellText(header), kind, width, wrap })),
    rows: rows.map((row, index) => columns.map((column) => keptAs(column.kind ?? 'text', column.value(row, index)))),
  }
  return rows.length * columns.length < FEW_CELLS ? writeSpreadsheet(book) : sharedPress().work({ kind: 'xlsx', book })
}
