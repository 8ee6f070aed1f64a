import type { Readable } from 'node:stream'
import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { App } from '../app.ts'
import { type Actor, actorKey } from '../context.ts'
import type { Province } from '../database/index.ts'
import type { Refusal } from '../errors.ts'
import { type Result, refuse } from '../result.ts'
import type { PutOptions, StoredFile } from './index.ts'

type QuotaHost = Pick<App, 'db' | 'clock' | 'config' | 'files'>

/** What somebody may still hand in. */
interface Allowance {
  readonly files: number
  readonly bytes: number
}

/** Scanning is daily work at a counter. */
const OFFICER_FACTOR = 10
const WINDOW_HOURS = 24

const quotaExceeded: Refusal = {
  code: 'file.quota',
  status: 429,
  message: {
    vi: 'Bạn đã tải lên quá nhiều tệp trong 24 giờ qua nên tệp này chưa được nhận.',
    en: 'You uploaded too much within the last 24 hours, so this file was not taken.',
  },
  next: {
    vi: 'Những tệp đã tải lên vẫn còn. Gửi tiếp vào ngày mai, hoặc mang giấy tờ đến bộ phận một cửa.',
    en: 'What you uploaded before is kept. Go on tomorrow, or bring the papers to a counter.',
  },
}

const windowStart = (now: Temporal.Instant): Temporal.Instant => now.subtract({ hours: WINDOW_HOURS })

/** What is left of somebody's quota for the last 24 hours. */
async function allowanceOf({ db, clock, config }: QuotaHost, province: Province, actor: Actor): Promise<Allowance> {
  const used = await db.read(province, async (tx) => {
    const { rows } = await sql<Allowance>`
      select count(*) as files, coalesce(sum(size), 0)::bigint as bytes
      from upload where owner_key = ${actorKey(actor)} and at > ${windowStart(clock())}::timestamptz`.execute(tx)
    return rows[0] ?? { files: 0, bytes: 0 }
  })
  const factor = actor.kind === 'citizen' ? 1 : OFFICER_FACTOR
  return { files: config.UPLOAD_DAILY_FILES * factor - used.files, bytes: config.UPLOAD_DAILY_MAX * factor - used.bytes }
}

/** Writes down what somebody handed in, and forgets what no longer counts. */
async function recordUpload({ db, clock }: QuotaHost, province: Province, actor: Actor, file: StoredFile): Promise<void> {
  const now = clock()
  await db.read(province, (tx) =>
    sql`
      with forgotten as (
        delete from upload where owner_key = ${actorKey(actor)} and at <= ${windowStart(now)}::timestamptz
      )
      insert into upload (owner_key, sha256, size, at)
      values (${actorKey(actor)}, ${file.sha256}, ${file.size}, ${now}::timestamptz)`.execute(tx),
  )
}

/**
 * Takes the files of one form in, as far as their sender's daily quota allows (refusal: file.quota). A file that is not taken is read to
 * its end and dropped, so that the rest of the form still arrives.
 */
export function receiveWithin(host: QuotaHost, province: Province, actor: Actor, options: PutOptions) {
  let asked: Promise<Allowance> | undefined
  let taken = { files: 0, bytes: 0 }
  return async (name: string, stream: Readable): Promise<Result<StoredFile>> => {
    try {
      asked ??= allowanceOf(host, province, actor)
      const left = await asked
      const bytes = left.bytes - taken.bytes
      if (left.files - taken.files <= 0 || bytes <= 0) {
        stream.resume()
        return refuse(quotaExceeded)
      }
      taken = { ...taken, files: taken.files + 1 }
      const stored = await host.files.put(name, stream, { ...options, maxBytes: Math.min(options.maxBytes, bytes) })
      if (!stored.ok) return stored.error.code === 'file.too-large' && bytes < options.maxBytes ? refuse(quotaExceeded) : stored
      taken = { ...taken, bytes: taken.bytes + stored.value.size }
      await recordUpload(host, province, actor, stored.value)
      return stored
    } catch (error) {
      stream.resume()
      throw error
    }
  }
}
