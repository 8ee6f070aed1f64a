import { Readable } from 'node:stream'
import type { ReadableStream as WebStream } from 'node:stream/web'
import busboy from '@fastify/busboy'
import { z } from 'zod'
import { isDay } from '../clock.ts'
import { type Actor, actorKey } from '../context.ts'
import { type FieldError, type Refusal, Refused, refusals, withFields } from '../errors.ts'
import type { StoredFile } from '../files/index.ts'
import { documentTypes } from '../files/index.ts'
import { receiveWithin } from '../files/quota.ts'
import { isReceipt, receiptFor } from '../files/receipt.ts'
import { isUuid } from '../id.ts'
import { ok, type Result, refuse } from '../result.ts'
import type { Web } from './context.ts'
import { isOwnToken, isSameOrigin } from './csrf.ts'

/** A form as sent: every value of every name in order, and files already stored under their content's name. */
export interface SentForm {
  readonly values: URLSearchParams
  readonly files: ReadonlyMap<string, readonly StoredFile[]>
  /** Files that were not taken, by field name. */
  readonly refused: ReadonlyMap<string, Refusal>
}

const FORM_LIMIT = 1024 * 1024
const FIELDS_LIMIT = 2000
/** A form may bring about so many files of the largest size; more is not a person's form. */
const FILES_AT_ONCE = 5

interface ReadOptions {
  readonly maxBytes?: number
  readonly accept?: readonly string[]
  /** Files are read and forgotten: for whoever has nothing to hand in here. */
  readonly dropFiles?: boolean
  /** Whoever answers for the files of a visitor without an account: somebody signed in who let this form in. */
  readonly filesFor?: Actor
  /** Names of file fields that bring text (JSON, CSV): they come as values and are not stored; one that cannot be read is in `refused`. */
  readonly asText?: readonly string[]
}

/**
 * Reads a page's form: checks that it came from a page of ours, limits what it may hold, streams files to storage as they arrive.
 * Throws `Refused` when it is forged, too large or unreadable.
 */
export async function readForm(c: Web, options: ReadOptions = {}): Promise<SentForm> {
  if (!isSameOrigin(c)) throw new Refused(refusals.forged)
  const type = c.req.header('content-type') ?? ''
  const form = type.startsWith('multipart/form-data') ? await readMultipart(c, type, options) : await readUrlEncoded(c, type)
  if (!isOwnToken(c, form.values.get('_csrf') ?? undefined)) throw new Refused(refusals.forged)
  const whole = takeKept(c, form)
  await c.get('confirm')?.(whole)
  return whole
}

/** Names a file that was handed in with an earlier sending of the same form. */
const KEPT_FILE = '_file'

/** Hidden values by which a form brings files again that it brought before: what was stored is not asked for twice. */
export const keptFiles = (c: Web, { files }: SentForm): readonly (readonly [string, string])[] =>
  [...files].flatMap(([field, stored]) =>
    stored.map(
      (file) =>
        [KEPT_FILE, JSON.stringify({ field, file, receipt: receiptFor(c.get('app').secret, actorKey(c.get('actor')), file) })] as const,
    ),
  )

const keptFile = z.object({
  field: z.string(),
  file: z.object({ sha256: z.string(), size: z.number(), type: z.string(), name: z.string() }),
  receipt: z.string(),
})

const readKept = (text: string) => {
  try {
    return keptFile.safeParse(JSON.parse(text))
  } catch {
    return { success: false } as const
  }
}

/** Puts files that were kept back where they were; only those this person handed in. */
function takeKept(c: Web, form: SentForm): SentForm {
  const kept = form.values.getAll(KEPT_FILE)
  if (kept.length === 0) return form
  form.values.delete(KEPT_FILE)
  const files = new Map(form.files)
  for (const text of kept) {
    const read = readKept(text)
    if (!read.success) throw new Refused(refusals.badRequest)
    const { field, file, receipt } = read.data
    if (!isReceipt(c.get('app').secret, actorKey(c.get('actor')), file, receipt)) throw new Refused(refusals.forged)
    files.set(field, [...(files.get(field) ?? []), file])
  }
  return { ...form, files }
}

async function readUrlEncoded(c: Web, type: string): Promise<SentForm> {
  if (!type.startsWith('application/x-www-form-urlencoded')) throw new Refused(refusals.badRequest)
  const values = new URLSearchParams()
  let fields = 0
  for (const [name, value] of new URLSearchParams(await readText(c, FORM_LIMIT))) {
    fields += 1
    if (fields > FIELDS_LIMIT) throw new Refused(refusals.tooLarge)
    values.append(name, storable(value))
  }
  return { values, files: new Map(), refused: new Map() }
}

/** Text as it is kept: one spelling of each letter (NFC). PostgreSQL cannot keep the character U+0000, and no keyboard types it. */
function storable(text: string): string {
  if (text.includes('\u0000')) throw new Refused(refusals.badRequest)
  return text.normalize('NFC')
}

/** A body as text, refused as soon as it grows past the limit. */
export async function readText(c: Web, limit: number): Promise<string> {
  const stated = c.req.header('content-length')
  if (Number(stated ?? 0) > limit) throw new Refused(refusals.tooLarge)
  // A stated length is what the HTTP parser lets through, so the body can be taken in one piece, several times quicker than as a stream.
  const bytes = stated === undefined ? await readStream(c, limit) : new Uint8Array(await c.req.raw.arrayBuffer())
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Refused(refusals.badRequest)
  }
}

/** A body without a stated length, given up as soon as it grows past the limit. */
async function readStream(c: Web, limit: number): Promise<Uint8Array> {
  const body = c.req.raw.body
  const chunks: Uint8Array[] = []
  let size = 0
  if (body) {
    for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.length
      if (size > limit) throw new Refused(refusals.tooLarge)
      chunks.push(chunk)
    }
  }
  return Buffer.concat(chunks)
}

async function readMultipart(c: Web, type: string, options: ReadOptions): Promise<SentForm> {
  const app = c.get('app')
  const maxBytes = options.maxBytes ?? app.config.UPLOAD_MAX
  const accept = options.accept ?? documentTypes
  const values = new URLSearchParams()
  const files = new Map<string, StoredFile[]>()
  const refused = new Map<string, Refusal>()
  const body = c.req.raw.body
  if (!body) throw new Refused(refusals.badRequest)
  const take = receiveWithin(app, c.get('province'), options.filesFor ?? c.get('actor'), { maxBytes, accept })
  const mayHandIn = c.get('session') !== undefined || options.filesFor !== undefined
  const most = mayHandIn ? maxBytes * FILES_AT_ONCE + FORM_LIMIT : FORM_LIMIT
  if (Number(c.req.header('content-length') ?? 0) > most) throw new Refused(refusals.tooLarge)

  await new Promise<void>((resolve, reject) => {
    // In the order in which they were sent, whichever is stored first.
    const pending: Promise<() => void>[] = []
    let parser: ReturnType<typeof busboy>
    try {
      parser = busboy({
        headers: { 'content-type': type },
        limits: { fieldSize: FORM_LIMIT, fields: FIELDS_LIMIT, files: 40, parts: FIELDS_LIMIT },
      })
    } catch {
      return reject(new Refused(refusals.badRequest))
    }
    const source = Readable.fromWeb(body as unknown as WebStream)
    const fail = (error: unknown) => reject(error instanceof Refused ? error : new Refused(refusals.badRequest))
    // What still comes is dropped unread, so that the browser gets to hear the answer.
    const tooLarge = () => {
      source.unpipe(parser)
      source.resume()
      reject(new Refused(refusals.tooLarge))
    }
    let text = 0
    parser.on('field', (name, value, _nameTruncated, valueTruncated) => {
      // Text stays in memory, all of it together: as much as a form without files may hold.
      text += name.length + value.length
      if (valueTruncated || text > FORM_LIMIT) return tooLarge()
      try {
        values.append(name, storable(value))
      } catch (error) {
        fail(error)
      }
    })
    parser.on('file', (name, stream, filename) => {
      // A file field left empty arrives as a part without a name.
      if (!filename || options.dropFiles) return void stream.resume()
      if (options.asText?.includes(name)) {
        const reading = textOf(stream as unknown as Readable).then((read) => () => {
          if (read.ok) values.append(name, storable(read.value))
          else refused.set(name, read.error)
        })
        reading.catch(() => undefined)
        pending.push(reading)
        return
      }
      // Strangers hand in no files: nobody could be asked to take them back, and they would fill the disk.
      if (!mayHandIn) {
        stream.resume()
        return reject(new Refused(refusals.signInNeeded))
      }
      // Our forms send the token first; a file before it is not from a page of ours.
      if (!isOwnToken(c, values.get('_csrf') ?? undefined)) {
        stream.resume()
        return reject(new Refused(refusals.forged))
      }
      const kept = take(filename, stream as unknown as Readable).then((stored) => () => {
        if (stored.ok) files.set(name, [...(files.get(name) ?? []), stored.value])
        else refused.set(name, stored.error)
      })
      // When the form breaks off, that is told by the parser; the file's own complaint must not end the process.
      kept.catch(() => undefined)
      pending.push(kept)
    })
    parser.on('fieldsLimit', tooLarge)
    parser.on('filesLimit', tooLarge)
    parser.on('error', fail)
    parser.on('finish', () =>
      Promise.all(pending).then((kept) => {
        for (const place of kept) place()
        resolve()
      }, reject),
    )
    source.on('error', fail)
    let size = 0
    source.on('data', (chunk: Uint8Array) => {
      size += chunk.length
      if (size <= most) return
      tooLarge()
      source.destroy()
    })
    source.pipe(parser)
  })
  return { values, files, refused }
}

/** A small file of text, in UTF-8 or in the UTF-16 that spreadsheets also write. Refuses one larger than a form, or of other bytes. */
async function textOf(stream: Readable): Promise<Result<string>> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    // What still comes is read and forgotten, so that the rest of the form arrives.
    if (size <= FORM_LIMIT) chunks.push(chunk)
  }
  if (size > FORM_LIMIT) return refuse(refusals.tooLarge)
  const bytes = Buffer.concat(chunks)
  const wide = bytes.length >= 2 && bytes[0] === 0xff && bytes[1] === 0xfe
  try {
    const text = new TextDecoder(wide ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes)
    return text.includes('\u0000') ? refuse(refusals.notText) : ok(text)
  } catch {
    return refuse(refusals.notText)
  }
}

/** Turns zod issues into errors at their fields, in both languages. Schemas give `{vi, en}` JSON or plain Vietnamese messages. */
export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.map((issue) => ({ path: issue.path.join('.'), message: issueText(issue) }))
}

const MISSING = { vi: 'Mục này chưa được điền.', en: 'This is missing.' }
const WRONG = { vi: 'Mục này chưa đúng.', en: 'This is not right.' }

function issueText(issue: z.core.$ZodIssue): { vi: string; en: string } {
  if (issue.message.startsWith('{')) {
    try {
      const text = JSON.parse(issue.message) as { vi?: unknown; en?: unknown }
      if (typeof text.vi === 'string' && typeof text.en === 'string') return { vi: text.vi, en: text.en }
    } catch {
      // Not ours: an ordinary message that happens to start with a brace.
    }
  }
  const missing = issue.code === 'invalid_type' && issue.input === undefined
  return missing ? MISSING : { vi: WRONG.vi, en: `${WRONG.en} ${issue.message}` }
}

/** A message for a zod rule in both languages. */
export const say = (vi: string, en: string): string => JSON.stringify({ vi, en })

/** A civil day as input: a real one that somebody can mean (`isDay`). */
export const civilDay = (message: string) => z.string(message).refine(isDay, message).meta({ format: 'date' })

/** Parses input with a schema; what is wrong comes back at its field. */
export function parse<S extends z.ZodType>(schema: S, input: unknown): Result<z.output<S>> {
  const parsed = schema.safeParse(input, { reportInput: true })
  return parsed.success ? ok(parsed.data) : refuse(withFields(refusals.invalid, fieldErrors(parsed.error)))
}

/** A form's values as an object: the last value of each name (lists: `names`). */
export function formObject(values: URLSearchParams, lists: readonly string[] = []): Record<string, string | string[]> {
  const object: Record<string, string | string[]> = {}
  for (const [name, value] of values) if (!lists.includes(name)) object[name] = value
  for (const name of lists) object[name] = values.getAll(name)
  return object
}

/** The request id a page put into its form (`_request`), when it is one. */
export function requestIdOf(values: URLSearchParams): string | undefined {
  const id = values.get('_request')
  return id && isUuid(id) ? id : undefined
}

/** JSON body with a limit. Throws `Refused` when it is not JSON. */
export async function readJson(c: Web, limit = FORM_LIMIT): Promise<unknown> {
  if (!(c.req.header('content-type') ?? '').startsWith('application/json')) {
    throw new Refused({ ...refusals.badRequest, status: 415 })
  }
  const text = await readText(c, limit)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Refused(refusals.badRequest)
  }
  // Only an escape can bring in what PostgreSQL's text and jsonb cannot hold: U+0000 and half a surrogate pair.
  return text.includes('\\u') ? assertStorable(value) : value
}

function assertStorable(value: unknown, depth = 0): unknown {
  if (depth > 100) throw new Refused(refusals.badRequest)
  if (typeof value === 'string' && (value.includes('\u0000') || !value.isWellFormed())) throw new Refused(refusals.badRequest)
  if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) {
      assertStorable(name, depth + 1)
      assertStorable(item, depth + 1)
    }
  }
  return value
}
