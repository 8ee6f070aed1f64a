import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { App } from '../app.ts'
import type { Province, Tx } from '../database/index.ts'

/** What a standing check found: `log` (seals), `recount` (figures). */
export interface CheckResult {
  readonly name: string
  readonly ok: boolean
  /** Plain JSON without personal data. */
  readonly detail: object
}

export interface KeptCheckResult extends CheckResult {
  readonly at: Temporal.Instant
}

/** Keeps the result and forgets those of the same check that are older than a year. */
export async function saveCheckResult(host: Pick<App, 'db' | 'clock'>, province: Province, result: CheckResult): Promise<void> {
  await host.db.write(
    province,
    (tx) =>
      sql`
        with old as (delete from check_result where name = ${result.name} and at < ${host.clock()}::timestamptz - interval '1 year')
        insert into check_result (name, at, ok, detail)
        values (${result.name}, ${host.clock()}::timestamptz, ${result.ok}, ${JSON.stringify(result.detail)}::jsonb)
        on conflict (name, at) do update set ok = excluded.ok, detail = excluded.detail`.execute(tx),
    { quiet: true },
  )
}

/** The latest result of each check. */
export async function latestCheckResults(tx: Tx): Promise<KeptCheckResult[]> {
  const { rows } =
    await sql<KeptCheckResult>`select distinct on (name) name, at, ok, detail from check_result order by name, at desc`.execute(tx)
  return rows
}
