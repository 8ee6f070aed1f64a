import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { open, rm, stat } from 'node:fs/promises'
import { stringify } from 'csv-stringify/sync'
import type { Clock } from './clock.ts'
import { type BrokenLine, type CsvRecord, readCsv } from './csv.ts'
import type { Database, Province } from './database/index.ts'
import { type Locale, type Text, t } from './i18n/index.ts'
import { uuidv7 } from './id.ts'
import { IMPORT_BATCH, type ImportKind, type RejectReason } from './import.ts'
import { keepMemoryBelow } from './memory.ts'
import { explainDisk, StartupError } from './startup-error.ts'

export interface ImportProgress {
  readonly rows: number
  readonly bytes: number
  readonly totalBytes: number
}

export interface ImportResult {
  readonly imported: number
  readonly unchanged: number
  readonly rejected: number
  /** Where the rejected rows stand; undefined when there are none. */
  readonly rejectsFile?: string
}

export interface ImportOptions {
  readonly onProgress?: (progress: ImportProgress) => void
  /** Language of the reasons in the rejects file; both when not given. */
  readonly locale?: Locale
  /** Ends the import after the batch in hand. */
  readonly signal?: AbortSignal
}

const unreadable = (vi: string, en: string): StartupError => new StartupError({ vi, en })

const reasons = {
  quotes: { vi: 'Dấu ngoặc kép không khớp.', en: 'The quotes do not match.' },
  width: { vi: 'Số cột khác dòng tiêu đề.', en: 'The number of columns differs from the header.' },
  size: { vi: 'Dòng quá dài.', en: 'The row is too long.' },
  bytes: { vi: 'Có ký tự hỏng; tệp phải là UTF-8.', en: 'Holds broken characters; the file must be UTF-8.' },
  control: { vi: 'Có ký tự rỗng (NUL).', en: 'Holds a NUL character.' },
} as const satisfies Record<string, Text>

/** Opens the file far enough to say in one line why it cannot be read at all. */
async function checkFile(path: string): Promise<number> {
  const info = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw unreadable(`không có tệp ${path}`, `there is no file ${path}`)
    throw explainDisk(error, path)
  })
  if (!info.isFile()) throw unreadable(`${path} không phải là tệp`, `${path} is not a file`)
  if (info.size === 0) throw unreadable(`tệp ${path} trống`, `the file ${path} is empty`)
  const file = await open(path).catch((error: unknown) => {
    throw explainDisk(error, path)
  })
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0)
    const wide = bytesRead >= 2 && ((buffer[0] === 0xff && buffer[1] === 0xfe) || (buffer[0] === 0xfe && buffer[1] === 0xff))
    if (wide || buffer.subarray(0, bytesRead).includes(0))
      throw unreadable(`${path} không phải tệp CSV mã UTF-8`, `${path} is not a CSV file in UTF-8`)
  } finally {
    await file.close()
  }
  return info.size
}

/** The position of each declared column in the file, -1 for an optional one that is absent. Throws when the header does not fit. */
function readHeader(
  kind: Pick<ImportKind, 'kind' | 'columns'>,
  fields: readonly string[],
): { names: string[]; places: ReadonlyMap<string, number> } {
  const names = fields.map((name) => name.trim())
  const known = new Set(kind.columns.map(({ name }) => name))
  if (names.length === 1 && names[0]?.includes(';'))
    throw unreadable(
      'các cột phải cách nhau bằng dấu phẩy, không phải dấu chấm phẩy',
      'columns must be separated by commas, not semicolons',
    )
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) throw unreadable(`cột "${twice}" có hai lần trong dòng tiêu đề`, `the header names column "${twice}" twice`)
  const missing = kind.columns.filter(({ name, optional }) => !optional && !names.includes(name)).map(({ name }) => name)
  if (missing.length > 0) throw unreadable(`thiếu cột ${missing.join(', ')}`, `columns are missing: ${missing.join(', ')}`)
  const unknown = names.filter((name) => !known.has(name))
  if (unknown.length > 0)
    throw unreadable(
      `không biết cột "${unknown.join('", "')}"; các cột của ${kind.kind}: ${[...known].join(', ')}`,
      `unknown column "${unknown.join('", "')}"; the columns of ${kind.kind} are ${[...known].join(', ')}`,
    )
  return { names, places: new Map(kind.columns.map(({ name }) => [name, names.indexOf(name)])) }
}

/** The rejects file: made when the first row is refused, so that a clean import leaves nothing behind. */
class Rejects {
  readonly path: string
  readonly lines = new Set<number>()
  readonly #names: readonly string[]
  readonly #locale: Locale | undefined
  #stream: WriteStream | undefined
  #failure: unknown

  constructor(path: string, names: readonly string[], locale: Locale | undefined) {
    this.path = path
    this.#names = names
    this.#locale = locale
  }

  async write(line: number, reason: RejectReason, fields: readonly string[]): Promise<void> {
    this.lines.add(line)
    if (!this.#stream) {
      this.#stream = createWriteStream(this.path)
      this.#stream.on('error', (error) => {
        this.#failure ??= error
      })
      this.#stream.write(stringify([['line', 'column', 'reason', ...this.#names]]))
    }
    const text = stringify([[line, reason.column, this.#say(reason.reason), ...fields]])
    if (!this.#stream.write(text)) await Promise.race([once(this.#stream, 'drain'), once(this.#stream, 'close')]).catch(() => undefined)
    if (this.#failure) throw explainDisk(this.#failure, this.path)
  }

  #say(text: Text): string {
    return this.#locale ? t(this.#locale, text) : `${text.vi} / ${text.en}`
  }

  async close(): Promise<void> {
    const stream = this.#stream
    if (!stream) return
    await new Promise<void>((resolve) => {
      stream.once('close', resolve)
      stream.end()
    })
    if (this.#failure) throw explainDisk(this.#failure, this.path)
  }
}

/** An import of any length stays under 300 MB; this leaves room for the batches in hand. */
const MEMORY = 190 * 1024 * 1024

interface Batch<Row> {
  readonly rows: { line: number; row: Row }[]
  readonly fields: Map<number, readonly string[]>
}

const isBroken = (item: CsvRecord | BrokenLine): item is BrokenLine => 'fault' in item

/** What is wrong with a record's characters, before its kind looks at their meaning. */
function badCharacters(fields: readonly string[], names: readonly string[]): RejectReason | undefined {
  for (const [i, field] of fields.entries()) {
    if (field.includes('\ufffd')) return { column: names[i] ?? '', reason: reasons.bytes }
    if (field.includes('\u0000')) return { column: names[i] ?? '', reason: reasons.control }
  }
  return undefined
}

/**
 * Loads a CSV file of one kind into a province. The next batch is read while one is written. A bad row goes to
 * `<file>.rejects.csv` with its line, column and reason, and the others load. Throws StartupError, with nothing loaded, when the
 * file itself cannot be read.
 */
export async function importFile<Row>(
  host: { readonly db: Database; readonly clock: Clock },
  province: Province,
  kind: ImportKind<Row>,
  path: string,
  options: ImportOptions = {},
): Promise<ImportResult> {
  const totalBytes = await checkFile(path)
  const rejectsPath = `${path}.rejects.csv`
  let header: ReturnType<typeof readHeader> | undefined
  let rejects: Rejects | undefined
  let [imported, unchanged, rows] = [0, 0, 0]
  let batch: Batch<Row> = { rows: [], fields: new Map() }
  let writing: Promise<void> = Promise.resolve()

  const write = async (full: Batch<Row>, done: number): Promise<void> => {
    const now = host.clock()
    const outcome = await host.db.write(province, (tx) =>
      kind.apply({ tx, now, province, id: () => uuidv7(now.epochMilliseconds) }, full.rows),
    )
    imported += outcome.imported
    unchanged += outcome.unchanged
    for (const { line, column, reason } of outcome.rejects) await rejects?.write(line, { column, reason }, full.fields.get(line) ?? [])
    keepMemoryBelow(MEMORY)
    options.onProgress?.({ rows, bytes: done, totalBytes })
  }
  const flush = async (done: number): Promise<void> => {
    await writing
    options.signal?.throwIfAborted()
    if (batch.rows.length === 0) return
    const full = batch
    batch = { rows: [], fields: new Map() }
    writing = write(full, done)
    // Awaited at the next flush; a failure must not count as unhandled until then.
    writing.catch(() => undefined)
  }
  const take = async (
    item: CsvRecord | BrokenLine,
    at: { names: string[]; places: ReadonlyMap<string, number> },
    out: Rejects,
  ): Promise<void> => {
    rows += 1
    if (isBroken(item)) return out.write(item.line, { column: '', reason: reasons[item.fault] }, [item.raw])
    const bad = badCharacters(item.fields, at.names)
    if (bad) return out.write(item.line, bad, item.fields)
    const record: Record<string, string> = {}
    for (const [name, place] of at.places) record[name] = item.fields[place]?.trim() ?? ''
    const parsed = kind.parse(record)
    if (parsed.ok) {
      batch.rows.push({ line: item.line, row: parsed.value })
      batch.fields.set(item.line, item.fields)
      return
    }
    for (const reason of parsed.error) await out.write(item.line, reason, item.fields)
  }

  try {
    for await (const { items, bytes } of readCsv(path)) {
      for (const item of items) {
        if (!header || !rejects) {
          if (isBroken(item)) throw unreadable(`dòng tiêu đề của ${path} không đọc được`, `the header of ${path} cannot be read`)
          header = readHeader(kind, item.fields)
          await rm(rejectsPath, { force: true })
          rejects = new Rejects(rejectsPath, header.names, options.locale)
          continue
        }
        await take(item, header, rejects)
        if (batch.rows.length >= (kind.batch ?? IMPORT_BATCH)) await flush(bytes)
      }
    }
    if (!header) throw unreadable(`tệp ${path} trống`, `the file ${path} is empty`)
    await flush(totalBytes)
    await writing
  } finally {
    await writing.catch(() => undefined)
    await rejects?.close()
  }
  options.onProgress?.({ rows, bytes: totalBytes, totalBytes })
  const rejected = rejects?.lines.size ?? 0
  return { imported, unchanged, rejected, ...(rejected > 0 ? { rejectsFile: rejectsPath } : {}) }
}
