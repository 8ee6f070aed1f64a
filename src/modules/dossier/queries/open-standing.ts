import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Day } from '../../../kernel/clock.ts'
import type { Tx } from '../../../kernel/database/index.ts'

/** Received dossiers that are not finished: those whose time has not run out, and those whose has. */
export interface OpenStanding {
  readonly agencyCode: string
  /** How many of the cuts lie on or before the day of reception. */
  readonly segment: number
  readonly inTime: number
  readonly late: number
}

/**
 * How the unfinished dossiers of a period (by their day of reception) stand at an instant, a line an agency. One that waits for its
 * applicant is judged by the time it began to wait; one that waits after a second request is late. (QĐ 766/QĐ-TTg, rule 2.1.)
 * `cuts`: days on which units changed, in order; dossiers before and from each of them are counted apart.
 */
export async function openStandings(
  tx: Tx,
  period: { readonly from: Day; readonly to: Day },
  now: Temporal.Instant,
  cuts: readonly Day[] = [],
): Promise<OpenStanding[]> {
  const { rows } = await sql<OpenStanding>`
    select agency_code as "agencyCode", segment, count(*) filter (where in_time) as "inTime", count(*) filter (where not in_time) as late
    from (
      select agency_code, width_bucket(received_day, ${[...cuts]}::date[]) as segment,
        coalesce(coalesce(paused_at, ${now}::timestamptz) <= due_at, true) and not (paused_at is not null and supplement_requests > 1) as in_time
      from dossier
      where completed_at is null and closed_at is null and received_day between ${period.from}::date and ${period.to}::date
    ) open
    group by 1, 2`.execute(tx)
  return rows
}
