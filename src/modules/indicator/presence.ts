import { sql } from 'kysely'
import type { Day } from '../../kernel/clock.ts'
import { parseCounts } from '../../kernel/counts-text.ts'
import type { Tx } from '../../kernel/database/index.ts'
import { type Period, quarterStart, type Span, spansOf } from './rules/period.ts'
import { PlaceSet } from './rules/procedure-set.ts'
import { cutsOf, FEW_AGENCIES, type Group } from './rules/units.ts'

/** How many procedures of a group had at least one dossier filed online, and at least one paid online. */
export interface Presence {
  readonly online: number
  readonly paidOnline: number
}

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

/** The measures whose procedures are counted. */
const ONLINE = 2
const PAID_ONLINE = 7

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

type Change = readonly [online: number, paid: number]

/** What a pending delta adds to online filings and payments: its marks where they say all of it, otherwise `+` and what it counts. */
const changes = new Map<string, Change>([
  ['1', [1, 0]],
  ['2', [0, 1]],
  ['3', [1, 1]],
])
function changeOf(text: string): Change {
  const known = changes.get(text)
  if (known) return known
  const counted = new Map(parseCounts(text.slice(1)))
  return [counted.get(ONLINE) ?? 0, counted.get(PAID_ONLINE) ?? 0]
}

/** The procedures of one agency between two changes of units. */
interface Stretch {
  readonly online: PlaceSet
  readonly paid: PlaceSet
  /** Procedures from which a pending delta takes something away: what their cells and all their deltas come to. */
  readonly doubted: Map<number, { online: number; paid: number }>
}

const none: Presence = { online: 0, paidOnline: 0 }

/**
 * Distinct procedures of each group in a period, exact at this moment, in one statement, in the order of the groups. Folded quarters and
 * months are read as sets; days outside them, and pending deltas, are added to the sets. A procedure from which a pending delta takes
 * something away is counted from its cells and deltas. Groups must not share an agency's day.
 */
export async function readPresence(tx: Tx, period: Period, groups: readonly Group[]): Promise<readonly Presence[]> {
  if (period.from > period.to || groups.length === 0) return groups.map(() => none)
  const cuts = cutsOf(groups, period)
  const spans = spansOf(period, cuts, true)
  const table = (some: readonly Span[]) =>
    sql`unnest(${some.map(({ grain }) => grain)}::text[], ${some.map(({ first }) => first)}::date[], ${some.map(({ last }) => last)}::date[])
      as span (grain, first, last)`
  const segment = cuts.length > 0 ? sql`width_bucket(day, ${cuts}::date[])` : sql`0`
  const codes = [...new Set(groups.flatMap(({ members }) => members.map(({ code }) => code)))]
  const asked = (column: string) => (codes.length <= FEW_AGENCIES ? sql`and ${sql.raw(column)} = any (${codes}::text[])` : sql``)
  const inPeriod = sql`not (day < ${period.from}::date or day > ${period.to}::date)`
  const { rows } = await sql<{
    kind: 'place' | 'set' | 'day' | 'pending' | 'doubt'
    agency: string | null
    segment: number
    online: Uint8Array | null
    paid: Uint8Array | null
    texts: string | null
  }>`
    select 'place' as kind, null::text as agency, 0 as segment, null::bytea as online, null::bytea as paid,
      string_agg(procedure_code || ' ' || place, ',') as texts
    from indicator_procedure
    union all
    select 'set', agency_code, ${segment}, online, paid_online, null
    from ${table(spans.filter(({ grain }) => grain !== 'day'))}
    join indicator_presence kept on kept.grain = span.grain and kept.day between span.first and span.last
    where true ${asked('agency_code')}
    union all
    select 'day', agency_code, ${segment}, null, null,
      string_agg(procedure_code || ' ' || case when vals[2] > 0 then 1 else 0 end || ' ' || case when vals[7] > 0 then 1 else 0 end, ',')
    from ${table(spans.filter(({ grain }) => grain === 'day'))}
    join indicator_cell cell on cell.grain = 'day_detail' and cell.day between span.first and span.last
    where (vals[2] > 0 or vals[7] > 0) ${asked('agency_code')}
    group by 2, 3
    union all
    select 'pending', agency_code, ${segment}, null, null,
      string_agg(procedure_code || ' ' || case when marks < 4 and strpos(counts, '=') = 0 then marks::text else '+' || counts end, ',')
    from indicator_delta where marks > 0 and ${inPeriod} ${asked('agency_code')}
    group by 2, 3
    union all
    select 'doubt', cell.agency_code, ${segment}, null, null,
      string_agg(cell.procedure_code || ' ' || coalesce(vals[2], 0) || ' ' || coalesce(vals[7], 0), ',')
    from (select distinct agency_code, procedure_code from indicator_delta where marks >= 4 ${asked('agency_code')}) away
    cross join ${table(spansOf(period, cuts))}
    join indicator_cell cell on cell.grain = span.grain || '_detail' and cell.day between span.first and span.last
      and cell.agency_code = away.agency_code and cell.procedure_code = away.procedure_code
    group by 2, 3`.execute(tx)

  const places = new Map<string, number>()
  let free = -1
  const placeOf = (procedure: string): number => {
    const known = places.get(procedure)
    if (known !== undefined) return known
    // Counted by no fold yet: a place after all others, for this answer alone.
    free += 1
    places.set(procedure, free)
    return free
  }
  const stretches = new Map<string, Stretch>()
  const stretchOf = (agency: string | null, at: number): Stretch => {
    const key = `${agency} ${at}`
    const known = stretches.get(key) ?? { online: new PlaceSet(), paid: new PlaceSet(), doubted: new Map() }
    stretches.set(key, known)
    return known
  }
  // Places come first, and what takes away is known before anything is added: the statement's parts in the order of need.
  const order = { place: 0, set: 1, day: 2, doubt: 3, pending: 4 } as const
  rows.sort((a, b) => order[a.kind] - order[b.kind])
  for (const row of rows) {
    if (row.kind === 'place') {
      eachEntry(row.texts, (procedure, place) => {
        places.set(procedure, Number(place))
        free = Math.max(free, Number(place))
      })
      continue
    }
    const stretch = stretchOf(row.agency, row.segment)
    if (row.online) stretch.online.addAll(row.online)
    if (row.paid) stretch.paid.addAll(row.paid)
    if (row.kind === 'pending') addPending(stretch, row.texts, placeOf)
    else {
      eachEntry(row.texts, (procedure, rest) => {
        const [online = 0, paid = 0] = rest.split(' ').map(Number)
        const place = placeOf(procedure)
        if (row.kind === 'doubt') {
          const sums = stretch.doubted.get(place) ?? { online: 0, paid: 0 }
          stretch.doubted.set(place, { online: sums.online + online, paid: sums.paid + paid })
        } else {
          if (online > 0) stretch.online.set(place, true)
          if (paid > 0) stretch.paid.set(place, true)
        }
      })
    }
  }
  return groups.map(({ members }) => {
    // A member's days reach over one stretch or, where other units changed meanwhile, several.
    const own = members.flatMap(({ code, first, last }) => {
      const at = cuts.filter((cut) => cut <= first).length
      const until = cuts.filter((cut) => cut <= last).length
      return Array.from({ length: until - at + 1 }, (_none, i) => stretches.get(`${code} ${at + i}`)).filter((one) => one !== undefined)
    })
    const [only] = own
    if (own.length === 1 && only) return { online: only.online.size, paidOnline: only.paid.size }
    const online = new PlaceSet()
    const paid = new PlaceSet()
    for (const stretch of own) {
      online.addAll(stretch.online.bytes)
      paid.addAll(stretch.paid.bytes)
    }
    return { online: online.size, paidOnline: paid.size }
  })
}

/** Calls with the procedure and what follows it, for each of the texts that a row has gathered. */
function eachEntry(texts: string | null, take: (procedure: string, rest: string) => void): void {
  if (!texts) return
  for (let from = 0; from < texts.length; ) {
    const comma = texts.indexOf(',', from)
    const end = comma < 0 ? texts.length : comma
    const space = texts.indexOf(' ', from)
    take(texts.slice(from, space), texts.slice(space + 1, end))
    from = end + 1
  }
}

/** Adds what is pending for a stretch; a procedure that something is taken from is counted whole. */
function addPending(stretch: Stretch, texts: string | null, placeOf: (procedure: string) => number): void {
  const { online, paid, doubted } = stretch
  // Only what takes away is written with a minus.
  if (texts?.includes('-')) {
    eachEntry(texts, (procedure, text) => {
      const change = changeOf(text)
      const place = placeOf(procedure)
      if ((change[0] < 0 || change[1] < 0) && !doubted.has(place)) doubted.set(place, { online: 0, paid: 0 })
    })
  }
  eachEntry(texts, (procedure, text) => {
    const change = changeOf(text)
    const place = placeOf(procedure)
    const sums = doubted.size > 0 ? doubted.get(place) : undefined
    if (sums) {
      sums.online += change[0]
      sums.paid += change[1]
    } else {
      if (change[0] > 0) online.set(place, true)
      if (change[1] > 0) paid.set(place, true)
    }
  })
  for (const [place, sums] of doubted) {
    online.set(place, sums.online > 0)
    paid.set(place, sums.paid > 0)
  }
}
