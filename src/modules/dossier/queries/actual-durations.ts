import { sql } from 'kysely'
import type { Province } from '../../../kernel/database/index.ts'
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
