import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Tx } from '../../../kernel/database/index.ts'

/** That somebody looked into a case, and what they found. */
export interface Review {
  readonly note: string
  readonly reviewedAt: Temporal.Instant
  readonly reviewedBy: string
}

export async function readReviews(tx: Tx, keys: readonly string[]): Promise<Map<string, Review[]>> {
  const { rows } = await sql<Review & { key: string }>`
    select case_key as key, note, reviewed_at as "reviewedAt", reviewed_by as "reviewedBy" from anomaly_review
    where case_key = any(${keys}::text[]) order by reviewed_at`.execute(tx)
  return Map.groupBy(rows, ({ key }) => key)
}

export async function insertReview(tx: Tx, id: string, key: string, note: string, at: Temporal.Instant, by: string): Promise<void> {
  await sql`
    insert into anomaly_review (id, case_key, note, reviewed_at, reviewed_by)
    values (${id}::uuid, ${key}, ${note}, ${at}::timestamptz, ${by})`.execute(tx)
}
