import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Access } from './access/index.ts'
import type { Clock } from './clock.ts'
import { type Actor, actorKey, type Context } from './context.ts'
import type { Database, Province } from './database/index.ts'
import { type Refusal, Refused, refusals } from './errors.ts'
import type { Locale } from './i18n/index.ts'
import { isUuid, uuidv7 } from './id.ts'
import { ok, type Result, refuse } from './result.ts'

/** What a command needs of the application. */
export interface CommandHost {
  readonly db: Database
  readonly clock: Clock
  access(province: Province): Access
}

export interface Call {
  readonly province: Province
  readonly actor: Actor
  /** Chosen by the caller before sending; the same id again is the same work, done once. */
  readonly requestId?: string | undefined
  readonly locale?: Locale
  /** Name of the command, kept with the request id so that an id cannot be reused for other work. */
  readonly name: string
}

class Rollback extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

interface PostgresError extends Error {
  code: string
  constraint?: string
}

const isPostgresError = (error: unknown): error is PostgresError =>
  error instanceof Error && typeof (error as PostgresError).code === 'string'

// 40001 serialization failure, 40P01 deadlock: nothing was written, the whole transaction may simply run again.
const RETRYABLE = new Set(['40001', '40P01'])
export const isRetryable = (error: unknown): boolean => isPostgresError(error) && RETRYABLE.has(error.code)
const ATTEMPTS = 4
const UNIQUE_VIOLATION = '23505'

const LOST = /timeout exceeded when trying to connect|Connection terminated|connection error and is not queryable|Cannot use a pool after/
const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
])

/**
 * Connection lost or refused, server starting, stopping or full: the caller may try again with the same request id. Class 08 and 53,
 * 57P01–57P03; 25006 is a server that has become a standby.
 */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (LOST.test(error.message)) return true
  return isPostgresError(error) && (/^(08|53|57P0[1-3]|25006)/.test(error.code) || NETWORK.has(error.code))
}

// 22P02 no number, uuid or name of a list; 22007 no date; 22008 a date that cannot be.
const UNREADABLE = new Set(['22P02', '22007', '22008'])

/** A text that the database could not read as the kind of value it was asked by, such as an id in an address that is no id. */
export const isUnreadable = (error: unknown): boolean => isPostgresError(error) && UNREADABLE.has(error.code)

async function runOnce<T>(host: CommandHost, call: Call, requestId: string, work: (cx: Context) => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await host.db.write(call.province, async (tx) => {
      const now = host.clock()
      const result = await work({
        tx,
        now,
        actor: call.actor,
        requestId,
        command: call.name,
        province: call.province,
        locale: call.locale ?? 'vi',
        access: host.access(call.province),
        id: () => uuidv7(now.epochMilliseconds),
        random: (bytes) => randomBytes(bytes),
      })
      if (!result.ok) throw new Rollback(result.error)
      return result
    })
  } catch (error) {
    if (error instanceof Rollback || error instanceof Refused) return refuse(error.refusal)
    throw error
  }
}

/** The answer given the first time this request id did its work, if it did. */
async function findReplay<T>(host: CommandHost, call: Call, requestId: string): Promise<Result<T> | undefined> {
  const { rows } = await host.db.read(call.province, (tx) =>
    sql<{ command: string; actor_key: string; result: T }>`
      select command, actor_key, result from request_log where request_id = ${requestId}::uuid`.execute(tx),
  )
  const first = rows[0]
  if (!first) return undefined
  return first.command === call.name && first.actor_key === actorKey(call.actor) ? ok(first.result) : refuse(refusals.requestReused)
}

/**
 * Runs one command in one transaction. A refusal rolls everything back. A repeat of a request id that already did its work returns
 * the first answer. Serialization failures and deadlocks are tried again; an unreachable database is a `service.busy` refusal.
 */
export async function run<T>(host: CommandHost, call: Call, work: (cx: Context) => Promise<Result<T>>): Promise<Result<T>> {
  if (call.requestId !== undefined && !isUuid(call.requestId)) return refuse(refusals.badRequest)
  try {
    return await runOrReplay(host, call, work)
  } catch (error) {
    if (isUnavailable(error)) return refuse(refusals.busy)
    throw error
  }
}

async function runOrReplay<T>(host: CommandHost, call: Call, work: (cx: Context) => Promise<Result<T>>): Promise<Result<T>> {
  const requestId = call.requestId ?? randomUUID()
  const replay = async (): Promise<Result<T> | undefined> =>
    call.requestId === undefined ? undefined : findReplay<T>(host, call, requestId)
  for (let attempt = 1; ; attempt += 1) {
    try {
      const result = await runOnce(host, call, requestId, work)
      return result.ok ? result : ((await replay()) ?? result)
    } catch (error) {
      if (!isPostgresError(error)) throw error
      // The same request twice at once: the second waits for the first and then finds what the first wrote, here or in another unique index.
      if (error.code === UNIQUE_VIOLATION) {
        const first = await replay()
        if (first) return first
      }
      if (!isRetryable(error) || attempt === ATTEMPTS) throw error
      // Those who met once meet again unless one of them waits.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * attempt))
    }
  }
}
