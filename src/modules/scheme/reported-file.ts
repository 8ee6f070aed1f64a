import { CsvReader, type CsvRecord } from '../../kernel/csv.ts'
import type { Text } from '../../kernel/i18n/index.ts'
import { readJsonText } from '../../kernel/json-text.ts'
import { ownValue } from '../../kernel/own-value.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { fold } from '../../kernel/text.ts'
import { reportedImport } from './import.ts'
import { type QuantityName, quantities } from './rules/quantities.ts'

/** One figure of a file by the import's column names, and where each of its values stands. */
export interface BroughtFigure {
  /** No other figure of the file has it: its line in a table, its turn in a list. */
  readonly line: number
  readonly record: Readonly<Record<string, string>>
  /** `Dòng 5, cột value`. */
  place(column: string): Text
}

/** Most figures taken at once: a year of all quantities for a hundred units. */
const MOST = 5000

const COLUMNS = reportedImport.columns.map(({ name }) => name)
/** What people head their columns with, without accents. */
const spoken: Readonly<Record<string, string>> = {
  'so lieu': 'quantity',
  'chi tieu': 'quantity',
  'don vi': 'agency_code',
  'ma don vi': 'agency_code',
  'ma co quan': 'agency_code',
  thang: 'month',
  'gia tri': 'value',
  nguon: 'source',
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const month = (year: string, number: number): string => `${year.length === 2 ? `20${year}` : year}-${String(number).padStart(2, '0')}`

/** A month as people and spreadsheets write it (`10/2026`, `01/10/2026`, `Oct-26`, `Thg10-26`) as `2026-10`; what is none stays as it is. */
export function monthText(given: string): string {
  const text = given.trim()
  const first = /^(\d{4}-\d{2})-01$/.exec(text)?.[1]
  if (first) return first
  const slashed = /^(?:0?1[/.-])?(\d{1,2})[/.-](\d{4})$/.exec(text)
  if (slashed) return month(slashed[2] ?? '', Number(slashed[1]))
  const named = /^([A-Za-z]{3})[- ](\d{2}|\d{4})$/.exec(text)
  const place = MONTHS.indexOf(named?.[1]?.toLowerCase() ?? '') + 1
  if (named && place > 0) return month(named[2] ?? '', place)
  const short = /^th(?:g|áng)?\.? ?(\d{1,2})[-/ ](\d{2}|\d{4})$/i.exec(text)
  return short ? month(short[2] ?? '', Number(short[1])) : text
}

/** A whole number as it is written here, `1.234` or `1.234,00`, in plain digits; what is none stays as it is. */
export function wholeText(given: string): string {
  const text = given.replace(/[\s\u00a0]/g, '')
  const grouped = /^(\d{1,3}(?:\.\d{3})+)(?:,0+)?$/.exec(text)?.[1]
  return grouped ? grouped.replaceAll('.', '') : (/^(\d+)[.,]0{1,2}$/.exec(text)?.[1] ?? text)
}

const names = new Map((Object.keys(quantities) as QuantityName[]).map((name) => [fold(quantities[name].name.vi), name]))

/** Values as people write them, as the import reads them. */
export const plainFigure = (record: Readonly<Record<string, string>>): Record<string, string> => ({
  ...record,
  month: monthText(record.month ?? ''),
  value: wholeText(record.value ?? ''),
  quantity: names.get(fold(record.quantity ?? '')) ?? (record.quantity ?? '').trim(),
})

const atLine =
  (line: number) =>
  (column: string): Text => ({
    vi: `Dòng ${line}${column ? `, cột ${column}` : ''}`,
    en: `Line ${line}${column ? `, column ${column}` : ''}`,
  })

const fault = ({ vi, en }: Text, say: Text): Text => ({ vi: `${vi}: ${say.vi}`, en: `${en}: ${say.en}` })
const broken = {
  quotes: { vi: 'dấu ngoặc kép không khớp.', en: 'the quotes do not match.' },
  width: { vi: 'số cột khác dòng tiêu đề.', en: 'the number of columns differs from the header.' },
  size: { vi: 'dòng quá dài.', en: 'the line is too long.' },
} as const

/** The sign between columns: of comma, semicolon and tab the one that the first line has most of. */
function separatorOf(text: string): ',' | ';' | '\t' {
  const head = text.slice(0, text.indexOf('\n') === -1 ? text.length : text.indexOf('\n')).replace(/"[^"]*"/g, '')
  const count = (sign: string): number => head.split(sign).length
  return ([';', '\t'] as const).reduce<',' | ';' | '\t'>((best, sign) => (count(sign) > count(best) ? sign : best), ',')
}

/** The import's name of each column of a head; what is wrong with it as sentences. */
function readHead({ fields, line }: CsvRecord): Result<string[], readonly Text[]> {
  const heads = fields.map((field) => {
    const name = field.trim().toLowerCase()
    return COLUMNS.includes(name) ? name : (ownValue(spoken, fold(field)) ?? field.trim())
  })
  const wrong: Text[] = []
  const missing = COLUMNS.filter((name) => !heads.includes(name))
  if (missing.length > 0)
    wrong.push({
      vi: `Dòng ${line}: dòng đầu phải có các cột ${COLUMNS.join(', ')}; thiếu ${missing.join(', ')}.`,
      en: `Line ${line}: the first line must name the columns ${COLUMNS.join(', ')}; ${missing.join(', ')} missing.`,
    })
  for (const [i, name] of heads.entries()) {
    const at: Text = { vi: `Dòng ${line}, cột thứ ${i + 1}`, en: `Line ${line}, column ${i + 1}` }
    // A spreadsheet writes columns without a head too; they must be empty below.
    if (name === '') continue
    if (!COLUMNS.includes(name)) wrong.push(fault(at, { vi: `không biết cột “${name}”.`, en: `unknown column “${name}”.` }))
    else if (heads.indexOf(name) !== i) wrong.push(fault(at, { vi: `cột ${name} có hai lần.`, en: `the column ${name} is there twice.` }))
  }
  return wrong.length > 0 ? refuse(wrong) : ok(heads)
}

function readTable(text: string): Result<BroughtFigure[], readonly Text[]> {
  const [first, ...rest] = new CsvReader(separatorOf(text)).feed(text, true)
  if (!first || 'fault' in first)
    return refuse([fault(atLine(1)(''), { vi: 'dòng tiêu đề không đọc được.', en: 'the head cannot be read.' })])
  const head = readHead(first)
  if (!head.ok) return head
  const wrong: Text[] = []
  const figures: BroughtFigure[] = []
  for (const item of rest) {
    const place = atLine(item.line)
    if ('fault' in item) wrong.push(fault(place(''), broken[item.fault]))
    // A spreadsheet keeps empty rows at its end.
    else if (item.fields.some((field) => field.trim() !== '')) {
      const stray = item.fields.findIndex((field, i) => head.value[i] === '' && field.trim() !== '')
      if (stray >= 0) wrong.push(fault(place(''), { vi: `cột thứ ${stray + 1} không có tên.`, en: `column ${stray + 1} has no name.` }))
      figures.push({ line: item.line, place, record: Object.fromEntries(head.value.map((name, i) => [name, item.fields[i] ?? ''])) })
    }
  }
  return wrong.length > 0 ? refuse(wrong) : ok(figures)
}

function readList(text: string): Result<BroughtFigure[], readonly Text[]> {
  const read = readJsonText(text)
  const at = ({ line, column }: { line: number; column: number }): Text => ({
    vi: `Dòng ${line}, cột ${column}`,
    en: `Line ${line}, column ${column}`,
  })
  if (!read.ok) return refuse([fault(at(read.place), read.message)])
  const given = read.value
  if (!Array.isArray(given))
    return refuse([fault(at(read.placeOf([])), { vi: 'phải là một danh sách [ … ] các số liệu.', en: 'must be a list [ … ] of figures.' })])
  const wrong: Text[] = []
  const figures = given.flatMap((one: unknown, i): BroughtFigure[] => {
    const place = (column: string): Text => {
      const { vi, en } = at(read.placeOf(column ? [i, column] : [i]))
      return column ? { vi: `${vi} (${column})`, en: `${en} (${column})` } : { vi, en }
    }
    if (typeof one !== 'object' || one === null || Array.isArray(one)) {
      wrong.push(fault(place(''), { vi: 'mỗi số liệu là một nhóm { … }.', en: 'each figure is a group { … }.' }))
      return []
    }
    const entries = Object.entries(one)
    for (const [name, value] of entries) {
      if (!COLUMNS.includes(name)) wrong.push(fault(place(name), { vi: 'không biết tên này.', en: 'unknown name.' }))
      else if (typeof value !== 'string' && typeof value !== 'number')
        wrong.push(fault(place(name), { vi: 'phải là chữ hoặc số.', en: 'must be text or a number.' }))
    }
    const record = Object.fromEntries(entries.map(([name, value]) => [name, String(value)]))
    return [{ line: i + 1, place, record }]
  })
  return wrong.length > 0 ? refuse(wrong) : ok(figures)
}

/** Figures of a file's text, CSV as spreadsheets write it or JSON; what is wrong as sentences that say where, and then nothing is read. */
export function readReportedFile(given: string): Result<BroughtFigure[], readonly Text[]> {
  const text = given.replace(/^\uFEFF/, '')
  if (text.trim() === '') return refuse([{ vi: 'Tệp trống.', en: 'The file is empty.' }])
  const read = /^\s*[[{]/.test(text) ? readList(text) : readTable(text)
  if (!read.ok) return read
  const count = read.value.length
  if (count === 0) return refuse([{ vi: 'Tệp không có dòng số liệu nào.', en: 'The file holds no figures.' }])
  if (count > MOST)
    return refuse([
      {
        vi: `Tệp có ${count} dòng; mỗi lần nạp nhiều nhất ${MOST} dòng. Chia thành nhiều tệp.`,
        en: `The file holds ${count} figures; at most ${MOST} are taken at once. Send it in parts.`,
      },
    ])
  return read
}
