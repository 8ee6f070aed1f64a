import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Day } from '../../../kernel/clock.ts'
import type { Tx } from '../../../kernel/database/index.ts'

/** Received dossiers that are not finished and whose time has run out. */
export interface OpenLate {
  readonly agencyCode: string
  /** How many of the cuts lie on or before the day of reception. */
  readonly segment: number
  readonly late: number
}

/**
 * How many unfinished dossiers of a period (by their day of reception) are late at an instant, a line an agency. One that waits for its
 * applicant is judged by the time it began to wait; one that waits after a second request is late, lists of missing papers sent before
 * reception not counted. (QĐ 766/QĐ-TTg, rule 2.1.) The other unfinished ones are in time: received less finished less these.
 * `cuts`: days on which units changed, in order; dossiers before and from each of them are counted apart.
 */
export async function openLate(
  tx: Tx,
  period: { readonly from: Day; readonly to: Day },
  now: Temporal.Instant,
  cuts: readonly Day[] = [],
): Promise<OpenLate[]> {
  const unfinished = sql`completed_at is null and closed_at is null and received_day between ${period.from}::date and ${period.to}::date`
  const { rows } = await sql<OpenLate>`
    select agency_code as "agencyCode", ${cuts.length > 0 ? sql`width_bucket(received_day, ${[...cuts]}::date[])` : sql`0`} as segment, count(*) as late
    from (
      select agency_code, received_day from dossier where ${unfinished} and paused_at is null and due_at < ${now}::timestamptz
      union all
      select agency_code, received_day from dossier
      where ${unfinished} and paused_at is not null and (paused_at > due_at or supplement_requests - intake_supplements > 1)
    ) late
    group by 1, 2`.execute(tx)
  return rows
}
