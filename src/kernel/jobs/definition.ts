import type { Province } from '../database/index.ts'
import type { Text } from '../i18n/index.ts'

/** What a handler is told beside its payload. */
export interface JobRun {
  /** The job's id: as `requestId` of a command it makes a second attempt harmless. */
  readonly id: string
  readonly province: Province
  /** 1 for the first try. */
  readonly attempt: number
  /** Aborted when the job's time is up or the server stops. */
  readonly signal: AbortSignal
}

/** A kind of work that goes on beside requests: who answers for it, how often it is tried, what it does. */
export interface JobDefinition<P extends object = Record<string, unknown>> {
  /** Stable name, `module.what`: letters, digits, dots, hyphens. */
  readonly queue: string
  /** The module that answers for it. */
  readonly owner: string
  readonly label: Text
  /** Further tries after the first; then it waits for a person. */
  readonly retryLimit?: number
  /** Seconds before the first further try; doubles each time unless `retryBackoff` is false. */
  readonly retryDelay?: number
  readonly retryBackoff?: boolean
  /** A try that takes longer counts as failed. Seconds. */
  readonly timeout?: number
  /** How many at once in one server process. */
  readonly concurrency?: number
  /** Five cron fields, civil time in Vietnam. A slot missed while no server ran is made up once, at the next start. */
  readonly schedule?: string
  /** An object that is returned is kept with the finished job and shown: plain JSON without personal data. */
  handler(payload: P, run: JobRun): Promise<unknown>
}

/** What pg-boss keeps of a job. */
export interface JobData {
  readonly province: string
  readonly payload: object
}

/** Where a job goes when it failed for the last time. */
export const deadQueueOf = (queue: string): string => `${queue}.dead`

export const queueOfDead = (queue: string): string => queue.replace(/\.dead$/, '')

export const defaults = { retryLimit: 5, retryDelay: 30, retryBackoff: true, timeout: 300, concurrency: 2 } as const
