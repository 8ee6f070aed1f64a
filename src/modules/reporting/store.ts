import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Day } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/database/index.ts'
import { weeklySettingsSchema } from './input.ts'
import type { DatedSettings, WeeklySettings } from './rules/settings.ts'
import type { Provenance } from './rules/weekly.ts'

export interface SettingRow extends DatedSettings {
  readonly revision: number
  readonly setAt: Temporal.Instant
  readonly setBy: string
}

/** Every setting there ever was, in the order in which `settingsOn` lets the later one win. */
export async function listSettings(tx: Tx): Promise<SettingRow[]> {
  const { rows } = await sql<{ validFrom: Day; revision: number; body: unknown; setAt: Temporal.Instant; setBy: string }>`
    select valid_from as "validFrom", revision, body, set_at as "setAt", set_by as "setBy"
    from weekly_setting order by valid_from, revision`.execute(tx)
  return rows.map(({ body, ...row }) => ({ ...weeklySettingsSchema.parse(body), ...row }))
}

export async function insertSetting(tx: Tx, validFrom: Day, body: WeeklySettings, at: Temporal.Instant, by: string): Promise<void> {
  await sql`
    insert into weekly_setting (valid_from, revision, body, set_at, set_by)
    select ${validFrom}::date, coalesce(max(revision), 0) + 1, ${JSON.stringify(body)}::jsonb, ${at}::timestamptz, ${by}
    from weekly_setting where valid_from = ${validFrom}::date`.execute(tx)
}

export interface WeeklyRow {
  readonly id: string
  readonly week: Day
  readonly day: Day
  readonly first: Day
  readonly producedAt: Temporal.Instant
  readonly provenance: Provenance
  readonly digest: string
}

const weeklyColumns = sql`id, week, day, first, produced_at as "producedAt", provenance, digest`

/** False when that week has its report already. */
export async function insertWeekly(tx: Tx, row: WeeklyRow & { readonly body: string }): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into weekly_report (id, week, day, first, produced_at, provenance, body, digest)
    values (${row.id}::uuid, ${row.week}::date, ${row.day}::date, ${row.first}::date, ${row.producedAt}::timestamptz, ${row.provenance},
      ${row.body}, ${row.digest})
    on conflict (week) do nothing`.execute(tx)
  return numAffectedRows === 1n
}

export async function weeklyOf(tx: Tx, week: Day): Promise<(WeeklyRow & { body: string }) | undefined> {
  const { rows } = await sql<WeeklyRow & { body: string }>`
    select ${weeklyColumns}, body from weekly_report where week = ${week}::date`.execute(tx)
  return rows[0]
}

export async function weeklyById(tx: Tx, id: string): Promise<(WeeklyRow & { body: string }) | undefined> {
  const { rows } = await sql<WeeklyRow & { body: string }>`
    select ${weeklyColumns}, body from weekly_report where id = ${id}::uuid`.execute(tx)
  return rows[0]
}

/** Reports of a year (or all), the newest first. */
export async function listWeekly(tx: Tx, asked: { year?: number | undefined; provenance?: Provenance | undefined }): Promise<WeeklyRow[]> {
  const { rows } = await sql<WeeklyRow>`
    select ${weeklyColumns} from weekly_report
    where (${asked.year ?? null}::int is null or extract(year from day) = ${asked.year ?? null}::int)
      and (${asked.provenance ?? null}::text is null or provenance = ${asked.provenance ?? null}::text)
    order by week desc limit 530`.execute(tx)
  return rows
}

/** Years that have reports, the newest first. */
export async function weeklyYears(tx: Tx): Promise<number[]> {
  const { rows } = await sql<{ year: number }>`
    select distinct extract(year from day)::int as year from weekly_report order by 1 desc`.execute(tx)
  return rows.map(({ year }) => year)
}

/** When this province's log began; undefined before its first event. */
export async function logBegan(tx: Tx): Promise<Temporal.Instant | undefined> {
  const { rows } = await sql<{ at: Temporal.Instant }>`select at from event order by position limit 1`.execute(tx)
  return rows[0]?.at
}
