import { sql } from 'kysely'
import type { Day } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/database/index.ts'
import type { CalendarDay, DayKind, WorkingHours } from './rules/work-calendar.ts'

/** Names the province's schema and the version of its calendar; the cut-off in minutes after midnight. */
export async function readStamp(tx: Tx): Promise<{ place: string; version: string; cutOff: number }> {
  const { rows } = await sql<{ place: string; version: string; cutOff: number }>`
    select current_database() || '/' || current_schema() as place, version, (extract(epoch from cut_off) / 60)::int as "cutOff"
    from calendar_state where id = 1`.execute(tx)
  return rows[0] ?? { place: '', version: '', cutOff: 15 * 60 }
}

/** Days kept in this province: its corrections, its own days, and those of one agency. */
export async function loadDays(tx: Tx, agencyCode: string): Promise<CalendarDay[]> {
  const { rows } = await sql<CalendarDay>`
    select day, layer, kind, name, name_en as "nameEn", source, certainty from calendar_day
    where agency_code in ('', ${agencyCode}) order by day, layer`.execute(tx)
  return rows
}

/** Opening hours of an agency: its own from the day it has any, everyone's before. */
export async function loadHours(tx: Tx, agencyCode: string): Promise<WorkingHours[]> {
  const { rows } = await sql<WorkingHours>`
    with own as (select min(valid_from) as since from working_hours where agency_code = ${agencyCode} and agency_code <> '')
    select valid_from as "validFrom", weekday, (extract(epoch from opens) / 60)::int as opens, (extract(epoch from closes) / 60)::int as closes
    from working_hours, own
    where agency_code = ${agencyCode} or (agency_code = '' and (own.since is null or valid_from < own.since))
    order by valid_from, weekday, opens`.execute(tx)
  return rows
}

/** Takes the turn to change the calendar. */
export async function lockCalendar(tx: Tx): Promise<void> {
  await sql`select from calendar_state where id = 1 for update`.execute(tx)
}

/** After the change: copies in memory are old now. Never before it, or the old calendar would be kept under the new version. */
const touch = async (tx: Tx): Promise<void> => {
  await sql`update calendar_state set version = gen_random_uuid() where id = 1`.execute(tx)
}

export interface LocalDay {
  readonly day: Day
  /** Empty for the whole province. */
  readonly agencyCode: string
  readonly kind: Extract<DayKind, 'closed' | 'open'>
  readonly name: string
  readonly source: string
}

const layerOf = (agencyCode: string): 'province' | 'agency' => (agencyCode === '' ? 'province' : 'agency')

export async function saveDay(tx: Tx, local: LocalDay): Promise<void> {
  await sql`
    insert into calendar_day (day, layer, agency_code, kind, name, source)
    values (${local.day}, ${layerOf(local.agencyCode)}, ${local.agencyCode}, ${local.kind}, ${local.name}, ${local.source})
    on conflict (day, layer, agency_code) do update set kind = excluded.kind, name = excluded.name, source = excluded.source`.execute(tx)
  await touch(tx)
}

/** Whether there was such a day. */
export async function removeDay(tx: Tx, day: Day, agencyCode: string): Promise<boolean> {
  const { rows } = await sql`
    delete from calendar_day where day = ${day} and layer = ${layerOf(agencyCode)} and agency_code = ${agencyCode} returning day`.execute(
    tx,
  )
  await touch(tx)
  return rows.length > 0
}

/** The local days of a year, of the province and of every agency. */
export async function listLocalDays(tx: Tx, year: number): Promise<LocalDay[]> {
  const { rows } = await sql<LocalDay>`
    select day, agency_code as "agencyCode", kind, name, source from calendar_day
    where layer <> 'national' and day between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date
    order by day, agency_code`.execute(tx)
  return rows
}
