import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse/sync'

/** A record of a CSV file and the line it begins on (from 1). */
export interface CsvRecord {
  readonly line: number
  readonly fields: readonly string[]
}

/** A line that could not be split into fields: its quotes do not match, it has too few or too many of them, or it is endless. */
export interface BrokenLine {
  readonly line: number
  readonly raw: string
  readonly fault: 'quotes' | 'width' | 'size'
}

export interface CsvChunk {
  readonly items: readonly (CsvRecord | BrokenLine)[]
  /** Bytes of the file read so far. */
  readonly bytes: number
}

/** Longest record in characters; what is longer is broken rather than read into memory. */
const LONGEST = 1024 * 1024
/** How much of a broken line is kept to show. */
const SHOWN = 2000

/**
 * Splits text into records (RFC 4180) as it comes. A broken line loses only itself: reading goes on at the line after it, also when
 * an open quote has swallowed what follows.
 */
export class CsvReader {
  readonly #separator: string
  #rest = ''
  #line = 1
  #width: number | undefined
  #skipping = false

  /** `separator`: a comma, or what a spreadsheet of this country writes instead. */
  constructor(separator: ',' | ';' | '\t' = ',') {
    this.#separator = separator
  }

  /** Takes more text and returns the records that are complete; `last` says that no more will come. */
  feed(text: string, last: boolean): (CsvRecord | BrokenLine)[] {
    this.#rest += text
    const items: (CsvRecord | BrokenLine)[] = []
    const rest = this.#rest
    let at = 0
    let quote = rest.indexOf('"')
    while (at < rest.length) {
      if (quote !== -1 && quote < at) quote = rest.indexOf('"', at)
      let newline = rest.indexOf('\n', at)
      if (this.#skipping) {
        if (newline === -1) at = rest.length
        else {
          this.#skipping = false
          this.#line += 1
          at = newline + 1
        }
        continue
      }
      const quoted = quote !== -1 && (newline === -1 || quote < newline)
      const firstEnd = newline === -1 ? rest.length : newline
      if (quoted) newline = endOfQuoted(rest, at)
      const end = newline === -1 ? rest.length : newline
      const tooLong = end - at > LONGEST
      if (newline === -1 && !last && !tooLong) break
      if (tooLong) {
        items.push({ line: this.#line, raw: rest.slice(at, Math.min(firstEnd, at + SHOWN)), fault: 'size' })
        if (firstEnd === rest.length) this.#skipping = true
        else this.#line += 1
        at = firstEnd === rest.length ? firstEnd : firstEnd + 1
        continue
      }
      // A line may end as Windows ends it, also after a quoted field.
      const record = rest.slice(at, rest[end - 1] === '\r' ? end - 1 : end)
      const fields = quoted ? splitQuoted(record, this.#separator) : record.split(this.#separator)
      if (fields?.length === 1 && fields[0]?.trim() === '' && !quoted) {
        this.#line += 1
      } else if (fields && (this.#width ?? fields.length) === fields.length) {
        this.#width ??= fields.length
        items.push({ line: this.#line, fields })
        this.#line += quoted ? countLines(record) : 1
      } else {
        const raw = rest.slice(at, Math.min(firstEnd, at + SHOWN)).replace(/\r$/, '')
        items.push({ line: this.#line, raw, fault: fields ? 'width' : 'quotes' })
        this.#line += 1
        at = firstEnd + 1
        continue
      }
      at = end + 1
    }
    this.#rest = rest.slice(at)
    return items
  }
}

/** Where a record that holds quotes ends: the first line break outside them, or -1. Gives up beyond the longest record. */
function endOfQuoted(text: string, from: number): number {
  let at = from
  for (;;) {
    const open = text.indexOf('"', at)
    const newline = text.indexOf('\n', at)
    if (open === -1 || (newline !== -1 && newline < open)) return newline
    const close = text.indexOf('"', open + 1)
    if (close === -1) return -1
    if (close - from > LONGEST) return close
    at = close + 1
  }
}

function splitQuoted(record: string, delimiter: string): string[] | undefined {
  try {
    const options = { delimiter, relax_column_count: true, record_delimiter: ['\r\n', '\n'], skip_empty_lines: false }
    const rows = parse(record, options) as string[][]
    return rows.length === 1 ? rows[0] : undefined
  } catch {
    return undefined
  }
}

function countLines(record: string): number {
  let lines = 1
  for (let at = record.indexOf('\n'); at !== -1; at = record.indexOf('\n', at + 1)) lines += 1
  return lines
}

/**
 * Reads a CSV file in pieces, never whole. UTF-8 with or without a mark; bytes that are not UTF-8 arrive as U+FFFD, for the caller to
 * refuse where they stand.
 */
export async function* readCsv(path: string): AsyncGenerator<CsvChunk> {
  const reader = new CsvReader()
  const decoder = new TextDecoder('utf-8')
  let bytes = 0
  for await (const piece of createReadStream(path, { highWaterMark: 256 * 1024 })) {
    bytes += (piece as Buffer).length
    yield { items: reader.feed(decoder.decode(piece as Buffer, { stream: true }), false), bytes }
  }
  yield { items: reader.feed(decoder.decode(), true), bytes }
}
