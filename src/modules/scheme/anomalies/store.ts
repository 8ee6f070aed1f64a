import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Tx } from '../../../kernel/database/index.ts'
import type { Period } from '../../indicator/index.ts'
import type { Found } from './find-cases.ts'

/** What was found: a good reason; figures that need putting right; not known yet. */
export const outcomes = ['explained', 'real', 'follow'] as const
export type Outcome = (typeof outcomes)[number]

/** That somebody looked into a case, and what they found. */
export interface Review {
  readonly key: string
  readonly outcome: Outcome
  readonly note: string
  readonly reviewedAt: Temporal.Instant
  readonly reviewedBy: string
}

/** Everything noted about the cases of a period, the earliest first: also about cases that no longer hold. */
export async function readReviews(tx: Tx, { from, to }: Period): Promise<Review[]> {
  const { rows } = await sql<Review>`
    select case_key as key, outcome, note, reviewed_at as "reviewedAt", reviewed_by as "reviewedBy" from anomaly_review
    where case_key like ${`% ${from} ${to}`} order by reviewed_at, id`.execute(tx)
  return rows
}

export async function insertReview(tx: Tx, id: string, review: Review): Promise<void> {
  await sql`
    insert into anomaly_review (id, case_key, outcome, note, reviewed_at, reviewed_by)
    values (${id}::uuid, ${review.key}, ${review.outcome}, ${review.note}, ${review.reviewedAt}::timestamptz, ${review.reviewedBy})`.execute(
    tx,
  )
}

/** The cases of a period with the moment they were worked out for. */
export interface Run extends Found {
  readonly computedAt: Temporal.Instant
  readonly tookMs: number
}

export async function readRun(tx: Tx, { from, to }: Period): Promise<Run | undefined> {
  const { rows } = await sql<{ found: Found; computedAt: Temporal.Instant; tookMs: number }>`
    select found, computed_at as "computedAt", took_ms as "tookMs" from anomaly_run
    where period_from = ${from}::date and period_to = ${to}::date`.execute(tx)
  const [row] = rows
  return row && { ...row.found, computedAt: row.computedAt, tookMs: row.tookMs }
}

/** Keeps a run unless a later one is there. */
export async function saveRun(tx: Tx, { from, to }: Period, { computedAt, tookMs, ...found }: Run): Promise<void> {
  await sql`
    insert into anomaly_run as run (period_from, period_to, computed_at, took_ms, found)
    values (${from}::date, ${to}::date, ${computedAt}::timestamptz, ${tookMs}, ${JSON.stringify(found)}::jsonb)
    on conflict (period_from, period_to) do update
      set computed_at = excluded.computed_at, took_ms = excluded.took_ms, found = excluded.found
      where run.computed_at <= excluded.computed_at`.execute(tx)
}

/** Forgets runs nobody has asked for since: they can be worked out again. */
export async function dropRuns(tx: Tx, before: Temporal.Instant): Promise<number> {
  const { numAffectedRows } = await sql`delete from anomaly_run where computed_at < ${before}::timestamptz`.execute(tx)
  return Number(numAffectedRows ?? 0)
}
