import { sql } from 'kysely'
import type { Day } from '../../../kernel/clock.ts'
import type { Province, Tx } from '../../../kernel/database/index.ts'
import type { QueryHost } from './reader.ts'

/** How long a procedure really took lately, in whole working days: half of the dossiers, and four of five, were done by then. */
export interface ActualDuration {
  readonly procedureCode: string
  readonly dossiers: number
  readonly p50: number
  readonly p80: number
}

/** Days looked back. */
export const LOOK_BACK_DAYS = 90

/** How long procedures really took in the last 90 days; all of them, or those named. One without a finished dossier is left out. */
export async function actualDurations(host: QueryHost, province: Province, procedureCodes?: readonly string[]): Promise<ActualDuration[]> {
  const since = host.clock().subtract({ hours: 24 * LOOK_BACK_DAYS })
  const named = procedureCodes ? sql`and procedure_code = any(${[...procedureCodes]}::text[])` : sql``
  const { rows } = await host.db.read(province, (tx) =>
    sql<ActualDuration>`
      select procedure_code as "procedureCode", count(*) as dossiers,
        percentile_disc(0.5) within group (order by worked_days) as p50, percentile_disc(0.8) within group (order by worked_days) as p80
      from dossier
      where completed_at is not null and completed_at >= ${since}::timestamptz and worked_days is not null ${named}
      group by procedure_code order by procedure_code`.execute(tx),
  )
  return rows
}

/** Working days spent on the finished dossiers of a procedure, and how many those are, by agency; the applicants' own days taken out. */
interface WorkedDays {
  readonly agencyCode: string
  /** How many of the cuts lie on or before the day of reception. */
  readonly segment: number
  readonly days: number
  readonly dossiers: number
}

/**
 * Time spent on dossiers of one procedure that were received in a period and are done (9); one whose time nobody knows is left out.
 * `cuts`: days on which units changed, in order. (QĐ 766/QĐ-TTg, index 2.2.)
 */
export async function workedDays(
  tx: Tx,
  procedureCode: string,
  period: { readonly from: Day; readonly to: Day },
  cuts: readonly Day[] = [],
): Promise<WorkedDays[]> {
  const { rows } = await sql<WorkedDays>`
    select agency_code as "agencyCode", ${cuts.length > 0 ? sql`width_bucket(received_day, ${[...cuts]}::date[])` : sql`0`} as segment,
      sum(worked_days)::bigint as days, count(*) as dossiers
    from dossier
    where procedure_code = ${procedureCode} and completed_at is not null and worked_days is not null
      and received_day between ${period.from}::date and ${period.to}::date
    group by 1, 2`.execute(tx)
  return rows
}
