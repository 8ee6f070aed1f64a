import writeXlsxFile, { type CellObject, type SheetData } from 'write-excel-file/node'
import type { CellKind } from './rules/cell.ts'
import { withoutTimes } from './rules/zip.ts'

/** A spreadsheet ready to be written: nothing in it but values, so that it can be handed to another thread. */
export interface Spreadsheet {
  readonly sheet: string
  readonly title: readonly string[]
  readonly columns: readonly { readonly header: string; readonly kind: CellKind; readonly width: number; readonly wrap: boolean }[]
  readonly rows: readonly (readonly (string | number | Date | null)[])[]
}

const formats = { text: '@', number: '#,##0.##', money: '#,##0', day: 'dd/mm/yyyy', time: 'dd/mm/yyyy hh:mm' } as const
const types = { text: String, number: Number, money: Number, day: Date, time: Date } as const

const heading = {
  type: String,
  fontWeight: 'bold',
  wrap: true,
  alignVertical: 'center',
  borderStyle: 'thin',
  backgroundColor: '#e8eef0',
} as const

/** Writes a spreadsheet file: the same bytes for the same values. Its headings stay in sight when the list is scrolled. */
export async function writeSpreadsheet({ sheet, title, columns, rows }: Spreadsheet): Promise<Uint8Array<ArrayBuffer>> {
  const data: SheetData = title.map((line, index) => [
    { value: line, type: String, ...(index === 0 ? { fontWeight: 'bold' as const, fontSize: 13 } : {}) },
  ])
  data.push(columns.map(({ header }) => ({ ...heading, value: header })))
  // Cells of a column look alike: their styles are made once, not once a cell.
  const styles = columns.map(({ kind, wrap }) => ({
    type: types[kind],
    format: formats[kind],
    alignVertical: 'top' as const,
    ...(wrap ? { wrap } : {}),
  }))
  for (const row of rows)
    data.push(row.map((value, place): CellObject | null => (value === null ? null : ({ ...styles[place], value } as CellObject))))
  const written = await writeXlsxFile(data, {
    sheet,
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: title.length + 1,
    orientation: 'landscape',
  }).toBuffer()
  return withoutTimes(new Uint8Array(written))
}
