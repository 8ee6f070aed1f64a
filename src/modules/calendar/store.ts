import { sql } from 'kysely'
import type { Day } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/database/index.ts'
import type { CalendarDay, DatedRules, DayKind, Schedule } from './rules/work-calendar.ts'

/** Names the province's schema and the version of its calendar; the cut-off in minutes after midnight. */
export async function readStamp(tx: Tx): Promise<{ place: string; version: string; cutOff: number }> {
  const { rows } = await sql<{ place: string; version: string; cutOff: number }>`
    select current_database() || '/' || current_schema() as place, version, (extract(epoch from cut_off) / 60)::int as "cutOff"
    from calendar_state where id = 1`.execute(tx)
  return rows[0] ?? { place: '', version: '', cutOff: 15 * 60 }
}

/** A row with the agency it was entered for; '' is the whole province. */
export type Entered<T> = T & { readonly agencyCode: string }

/** Days kept in this province: years imported, its own days, and those of these agencies ('' included by itself). */
export async function loadDays(tx: Tx, agencyCodes: readonly string[]): Promise<Entered<CalendarDay>[]> {
  const { rows } = await sql<Entered<CalendarDay>>`
    select agency_code as "agencyCode", day, layer, kind, name, name_en as "nameEn", source, certainty from calendar_day
    where agency_code = '' or agency_code = any(${agencyCodes}) order by day, layer`.execute(tx)
  return rows
}

/** Opening hours as one agency (or the province, '') decided them; `inherits`: from this day on as the agency above. */
export interface OwnSchedule extends Schedule {
  readonly agencyCode: string
  readonly inherits: boolean
  readonly source: string
}

/** Schedules of these agencies and of the whole province, in order of their first day. */
export async function loadSchedules(tx: Tx, agencyCodes: readonly string[]): Promise<OwnSchedule[]> {
  const { rows } = await sql<OwnSchedule>`
    select coalesce(s.agency_code, h.agency_code) as "agencyCode", coalesce(s.valid_from, h.valid_from) as "validFrom",
      coalesce(s.inherits, false) as inherits, coalesce(s.saturday_counts, false) as "saturdayCounts", coalesce(s.source, '') as source,
      coalesce(h.hours, '[]') as hours
    from working_schedule s
    full join (
      select agency_code, valid_from, jsonb_agg(jsonb_build_object('validFrom', valid_from, 'weekday', weekday,
        'opens', (extract(epoch from opens) / 60)::int, 'closes', (extract(epoch from closes) / 60)::int) order by weekday, opens) as hours
      from working_hours group by agency_code, valid_from
    ) h on h.agency_code = s.agency_code and h.valid_from = s.valid_from
    where coalesce(s.agency_code, h.agency_code) = any(${['', ...agencyCodes]})
    order by coalesce(s.valid_from, h.valid_from), 1`.execute(tx)
  return rows
}

/** Rules of counting as one agency (or the province, '') has them. */
export interface OwnRules extends DatedRules {
  readonly agencyCode: string
  readonly inherits: boolean
  readonly source: string
}

export async function loadRules(tx: Tx, agencyCodes: readonly string[]): Promise<OwnRules[]> {
  const { rows } = await sql<OwnRules>`
    select agency_code as "agencyCode", valid_from as "validFrom", inherits, start_day as "startDay", late_receipt as "lateReceipt",
      (extract(epoch from cut_off) / 60)::int as "cutOff", end_day as "endDay", end_time as "endTime", pauses, restarts, source
    from clock_rule where agency_code = any(${['', ...agencyCodes]}) order by valid_from, agency_code`.execute(tx)
  return rows
}

/** Every agency that has hours or rules of its own, and from when. */
export async function listOwnSettings(tx: Tx): Promise<{ agencyCode: string; validFrom: Day; kind: 'hours' | 'rules' }[]> {
  const { rows } = await sql<{ agencyCode: string; validFrom: Day; kind: 'hours' | 'rules' }>`
    select agency_code as "agencyCode", valid_from as "validFrom", 'hours' as kind from working_schedule
    union all select agency_code, valid_from, 'rules' from clock_rule
    order by 1, 3, 2`.execute(tx)
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

/** Replaces the opening hours that an agency decided for a day on. */
export async function saveSchedule(tx: Tx, { agencyCode, validFrom, inherits, saturdayCounts, source, hours }: OwnSchedule): Promise<void> {
  await sql`delete from working_hours where agency_code = ${agencyCode} and valid_from = ${validFrom}`.execute(tx)
  await sql`
    insert into working_schedule (agency_code, valid_from, inherits, saturday_counts, source)
    values (${agencyCode}, ${validFrom}, ${inherits}, ${saturdayCounts}, ${source})
    on conflict (agency_code, valid_from) do update
    set inherits = excluded.inherits, saturday_counts = excluded.saturday_counts, source = excluded.source`.execute(tx)
  await sql`
    insert into working_hours (agency_code, valid_from, weekday, opens, closes)
    select ${agencyCode}, ${validFrom}::date, weekday, time '00:00' + make_interval(mins => opens), time '00:00' + make_interval(mins => closes)
    from unnest(${hours.map((row) => row.weekday)}::int[], ${hours.map((row) => row.opens)}::int[], ${hours.map((row) => row.closes)}::int[])
      as row (weekday, opens, closes)`.execute(tx)
  await touch(tx)
}

/** Whether there were such hours. */
export async function removeSchedule(tx: Tx, agencyCode: string, validFrom: Day): Promise<boolean> {
  await sql`delete from working_hours where agency_code = ${agencyCode} and valid_from = ${validFrom}`.execute(tx)
  const { rows } = await sql`
    delete from working_schedule where agency_code = ${agencyCode} and valid_from = ${validFrom} returning valid_from`.execute(tx)
  await touch(tx)
  return rows.length > 0
}

export async function saveRules(tx: Tx, rules: OwnRules): Promise<void> {
  await sql`
    insert into clock_rule (agency_code, valid_from, inherits, start_day, late_receipt, cut_off, end_day, end_time, pauses, restarts, source)
    values (${rules.agencyCode}, ${rules.validFrom}, ${rules.inherits}, ${rules.startDay}, ${rules.lateReceipt},
      time '00:00' + make_interval(mins => ${rules.cutOff}::int), ${rules.endDay}, ${rules.endTime}, ${[...rules.pauses]}, ${[...rules.restarts]},
      ${rules.source})
    on conflict (agency_code, valid_from) do update set inherits = excluded.inherits, start_day = excluded.start_day,
      late_receipt = excluded.late_receipt, cut_off = excluded.cut_off, end_day = excluded.end_day, end_time = excluded.end_time,
      pauses = excluded.pauses, restarts = excluded.restarts, source = excluded.source`.execute(tx)
  await touch(tx)
}

/** Whether there were such rules. */
export async function removeRules(tx: Tx, agencyCode: string, validFrom: Day): Promise<boolean> {
  const { rows } = await sql`
    delete from clock_rule where agency_code = ${agencyCode} and valid_from = ${validFrom} returning valid_from`.execute(tx)
  await touch(tx)
  return rows.length > 0
}

export type NationalDay = Pick<CalendarDay, 'day' | 'kind' | 'name' | 'nameEn' | 'source' | 'certainty'>

/** The imported days of these years. */
export async function nationalDaysOf(tx: Tx, years: readonly number[]): Promise<NationalDay[]> {
  const { rows } = await sql<NationalDay>`
    select day, kind, name, name_en as "nameEn", source, certainty from calendar_day
    where layer = 'national' and extract(year from day)::int = any(${years}) order by day`.execute(tx)
  return rows
}

/** Puts whole years in place of what was imported for them before. */
export async function replaceNationalYears(tx: Tx, years: readonly number[], days: readonly NationalDay[]): Promise<void> {
  await sql`delete from calendar_day where layer = 'national' and extract(year from day)::int = any(${years})`.execute(tx)
  await sql`
    insert into calendar_day (day, layer, kind, name, name_en, source, certainty)
    select day, 'national', kind, name, "nameEn", source, certainty
    from jsonb_to_recordset(${JSON.stringify(days)}::jsonb) as row (day date, kind text, name text, "nameEn" text, source text, certainty text)`.execute(
    tx,
  )
  await touch(tx)
}

/** The local days of a year, of the province and of every agency. */
export async function listLocalDays(tx: Tx, year: number): Promise<LocalDay[]> {
  const { rows } = await sql<LocalDay>`
    select day, agency_code as "agencyCode", kind, name, source from calendar_day
    where layer <> 'national' and day between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date
    order by day, agency_code`.execute(tx)
  return rows
}
