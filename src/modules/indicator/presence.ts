import { sql } from 'kysely'
import type { Day } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/database/index.ts'
import { quarterStart } from './rules/period.ts'
import { PlaceSet } from './rules/procedure-set.ts'

/** A procedure of an agency in a month (its first day). */
export interface Touched {
  readonly day: Day
  readonly agency_code: string
  readonly procedure_code: string
}

interface StoredSet {
  readonly day: Day
  readonly agency_code: string
  readonly online: Uint8Array
  readonly paid_online: Uint8Array
}

const hex = (set: PlaceSet): string => Buffer.from(set.bytes).toString('hex')

/**
 * Sets the bits of procedures as their folded cells now stand. One at a time: what another fold has not committed is not seen, and it
 * does the same after this one, so whoever comes last sees everything. The lock is only taken when a procedure appears or disappears.
 */
export async function keepPresence(tx: Tx, touched: readonly Touched[]): Promise<void> {
  if (touched.length === 0) return
  await sql`lock table indicator_presence in share row exclusive mode`.execute(tx)
  const keys = sql`unnest(${touched.map(({ day }) => day)}::date[], ${touched.map((one) => one.agency_code)}::text[],
    ${touched.map((one) => one.procedure_code)}::text[]) as touched (day, agency_code, procedure_code)`
  await sql`
    insert into indicator_procedure (procedure_code, place)
    select procedure_code, (select coalesce(max(place), -1) from indicator_procedure) + row_number() over (order by procedure_code)
    from (select distinct procedure_code from ${keys}) fresh
    where not exists (select from indicator_procedure known where known.procedure_code = fresh.procedure_code)`.execute(tx)
  const { rows: now } = await sql<{ day: Day; agency_code: string; place: number; online: boolean; paid_online: boolean }>`
    select touched.day, touched.agency_code, place,
      coalesce(sum(vals[2]), 0) > 0 as online, coalesce(sum(vals[7]), 0) > 0 as paid_online
    from ${keys} join indicator_procedure using (procedure_code)
    left join indicator_cell cell on cell.grain = 'month_detail' and cell.day = touched.day and cell.agency_code = touched.agency_code
      and cell.procedure_code = touched.procedure_code
    group by 1, 2, 3`.execute(tx)
  // Every month of the quarters that are touched: a quarter is what its months are together.
  const { rows: stored } = await sql<StoredSet>`
    select day, agency_code, online, paid_online from indicator_presence
    where grain = 'month' and (agency_code, date_trunc('quarter', day::timestamp)::date) in (
      select agency_code, date_trunc('quarter', day::timestamp)::date from ${keys})`.execute(tx)
  const months = new Map<string, { day: Day; agency: string; online: PlaceSet; paid: PlaceSet; changed: boolean }>()
  const monthOf = (day: Day, agency: string) => {
    const key = `${day} ${agency}`
    const known = months.get(key) ?? { day, agency, online: new PlaceSet(), paid: new PlaceSet(), changed: false }
    months.set(key, known)
    return known
  }
  for (const { day, agency_code, online, paid_online } of stored) {
    const month = monthOf(day, agency_code)
    month.online.addAll(online)
    month.paid.addAll(paid_online)
  }
  for (const one of now) {
    const month = monthOf(one.day, one.agency_code)
    month.online.set(one.place, one.online)
    month.paid.set(one.place, one.paid_online)
    month.changed = true
  }
  const quarters = new Map<string, { day: Day; agency: string; online: PlaceSet; paid: PlaceSet }>()
  for (const { day, agency, online, paid } of months.values()) {
    const first = quarterStart(day)
    const quarter = quarters.get(`${first} ${agency}`) ?? { day: first, agency, online: new PlaceSet(), paid: new PlaceSet() }
    quarters.set(`${first} ${agency}`, quarter)
    quarter.online.addAll(online.bytes)
    quarter.paid.addAll(paid.bytes)
  }
  const changed = [
    ...[...months.values()].filter(({ changed }) => changed).map((month) => ({ ...month, grain: 'month' })),
    ...[...quarters.values()].map((quarter) => ({ ...quarter, grain: 'quarter' })),
  ].map(({ grain, day, agency, online, paid }) => ({ grain, day, agency, online: hex(online), paid: hex(paid) }))
  await sql`
    insert into indicator_presence (grain, day, agency_code, online, paid_online)
    select grain, day, agency, decode(online, 'hex'), decode(paid, 'hex')
    from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as changed (grain text, day date, agency text, online text, paid text)
    on conflict (grain, day, agency_code) do update set online = excluded.online, paid_online = excluded.paid_online`.execute(tx)
}

/** How many sets (an agency's procedures of a month or quarter) say something else than the folded cells. 0 is the only good answer. */
export async function differingPresence(tx: Tx): Promise<number> {
  const { rows: stored } = await sql<StoredSet & { grain: string }>`
    select grain, day, agency_code, online, paid_online from indicator_presence`.execute(tx)
  const { rows: counted } = await sql<{ grain: string; day: Day; agency_code: string; online: number[]; paid: number[] }>`
    select grain, day, agency_code, coalesce(array_agg(place) filter (where online), '{}') as online, coalesce(array_agg(place) filter (where paid), '{}') as paid
    from (
      select kind as grain, case kind when 'month' then day else date_trunc('quarter', day::timestamp)::date end as day, agency_code,
        coalesce(place, -1) as place, sum(coalesce(vals[2], 0)) > 0 as online, sum(coalesce(vals[7], 0)) > 0 as paid
      from indicator_cell left join indicator_procedure using (procedure_code), (values ('month'), ('quarter')) as kinds (kind)
      where grain = 'month_detail'
      group by 1, 2, 3, 4
    ) present
    where online or paid
    group by 1, 2, 3`.execute(tx)
  const left = new Map(stored.map((one) => [`${one.grain} ${one.day} ${one.agency_code}`, one]))
  // A procedure without a place is in no set, and so differs.
  const says = (bytes: Uint8Array | undefined, places: readonly number[]): boolean => {
    const set = new PlaceSet()
    for (const place of places) if (place >= 0) set.set(place, true)
    return places.every((place) => place >= 0) && hex(set) === hex(new PlaceSet(bytes))
  }
  let differing = 0
  for (const { grain, day, agency_code, online, paid } of counted) {
    const key = `${grain} ${day} ${agency_code}`
    const own = left.get(key)
    left.delete(key)
    if (!says(own?.online, online) || !says(own?.paid_online, paid)) differing += 1
  }
  return differing + [...left.values()].filter((one) => !says(one.online, []) || !says(one.paid_online, [])).length
}
