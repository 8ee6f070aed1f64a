import { Readable } from 'node:stream'
import type { ReadableStream as WebStream } from 'node:stream/web'
import busboy from '@fastify/busboy'
import { z } from 'zod'
import { type FieldError, type Refusal, Refused, refusals, withFields } from '../errors.ts'
import type { StoredFile } from '../files/index.ts'
import { documentTypes } from '../files/index.ts'
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

/**
 * Reads a page's form: checks that it came from a page of ours, limits what it may hold, streams files to storage as they arrive.
 * Throws `Refused` when it is forged, too large or unreadable.
 */
export async function readForm(c: Web, options: { maxBytes?: number; accept?: readonly string[] } = {}): Promise<SentForm> {
  if (!isSameOrigin(c)) throw new Refused(refusals.forged)
  const type = c.req.header('content-type') ?? ''
  const form = type.startsWith('multipart/form-data') ? await readMultipart(c, type, options) : await readUrlEncoded(c, type)
  if (!isOwnToken(c, form.values.get('_csrf') ?? undefined)) throw new Refused(refusals.forged)
  return form
}

async function readUrlEncoded(c: Web, type: string): Promise<SentForm> {
  if (!type.startsWith('application/x-www-form-urlencoded')) throw new Refused(refusals.badRequest)
  const text = await readText(c, FORM_LIMIT)
  return { values: new URLSearchParams(text.normalize('NFC')), files: new Map(), refused: new Map() }
}

/** A body as text, refused as soon as it grows past the limit. */
export async function readText(c: Web, limit: number): Promise<string> {
  if (Number(c.req.header('content-length') ?? 0) > limit) throw new Refused(refusals.tooLarge)
  const body = c.req.raw.body
  if (!body) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size > limit) throw new Refused(refusals.tooLarge)
    chunks.push(chunk)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch {
    throw new Refused(refusals.badRequest)
  }
}

async function readMultipart(c: Web, type: string, options: { maxBytes?: number; accept?: readonly string[] }): Promise<SentForm> {
  const app = c.get('app')
  const maxBytes = options.maxBytes ?? app.config.UPLOAD_MAX
  const accept = options.accept ?? documentTypes
  const values = new URLSearchParams()
  const files = new Map<string, StoredFile[]>()
  const refused = new Map<string, Refusal>()
  const body = c.req.raw.body
  if (!body) throw new Refused(refusals.badRequest)

  await new Promise<void>((resolve, reject) => {
    const pending: Promise<void>[] = []
    let parser: ReturnType<typeof busboy>
    try {
      parser = busboy({ headers: { 'content-type': type }, limits: { fieldSize: FORM_LIMIT, fields: FIELDS_LIMIT, files: 40, parts: FIELDS_LIMIT } })
    } catch {
      return reject(new Refused(refusals.badRequest))
    }
    const fail = (error: unknown) => reject(error instanceof Refused ? error : new Refused(refusals.badRequest))
    parser.on('field', (name, value, _nameTruncated, valueTruncated) => {
      if (valueTruncated) return reject(new Refused(refusals.tooLarge))
      values.append(name, value.normalize('NFC'))
    })
    parser.on('file', (name, stream, filename) => {
      // A file field left empty arrives as a part without a name.
      if (!filename) return void stream.resume()
      // Our forms send the token first; a file before it is not from a page of ours.
      if (!isOwnToken(c, values.get('_csrf') ?? undefined)) {
        stream.resume()
        return reject(new Refused(refusals.forged))
      }
      pending.push(
        app.files.put(filename, stream as unknown as Readable, { maxBytes, accept }).then((stored) => {
          if (stored.ok) files.set(name, [...(files.get(name) ?? []), stored.value])
          else refused.set(name, stored.error)
        }),
      )
    })
    parser.on('fieldsLimit', () => reject(new Refused(refusals.tooLarge)))
    parser.on('filesLimit', () => reject(new Refused(refusals.tooLarge)))
    parser.on('error', fail)
    parser.on('finish', () => Promise.all(pending).then(() => resolve(), reject))
    const source = Readable.fromWeb(body as unknown as WebStream)
    source.on('error', fail)
    source.pipe(parser)
  })
  return { values, files, refused }
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
  try {
    return JSON.parse(text)
  } catch {
    throw new Refused(refusals.badRequest)
  }
}
