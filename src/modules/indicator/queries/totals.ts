import { sql } from 'kysely'
import { parseCounts } from '../../../kernel/counts-text.ts'
import type { Snapshot, Tx } from '../../../kernel/database/index.ts'
import { measureId } from '../measures.ts'
import { addValues, zeroValues } from '../rules/counts.ts'
import { type Period, type Span, spansOf } from '../rules/period.ts'
import { PlaceSet } from '../rules/procedure-set.ts'
import { cutsOf, FEW_AGENCIES, type Group } from '../rules/units.ts'
import { sumsText } from '../store.ts'

/** How many procedures of a group had at least one dossier filed online, and at least one paid online. */
export interface Presence {
  readonly online: number
  readonly paidOnline: number
}

/** Everything that is counted of a group in a period. */
export interface Totals {
  /** By measure id: `vals[id - 1]`. */
  readonly vals: readonly number[]
  readonly procedures: Presence
}

/** Which procedures. */
class Sets {
  readonly online = new PlaceSet()
  readonly paid = new PlaceSet()
  /** Procedures from which a pending delta takes something away: what their cells and all their deltas come to. */
  readonly doubted = new Map<number, { online: number; paid: number }>()

  get sizes(): Presence {
    return { online: this.online.size, paidOnline: this.paid.size }
  }
}

/** One agency between two changes of units. */
class Stretch {
  readonly vals = zeroValues()
  /** Sets that PostgreSQL has counted, where nothing is to be added to them. */
  counted: Presence | undefined
  #sets: Sets | undefined

  get sets(): Sets {
    this.#sets ??= new Sets()
    return this.#sets
  }

  get procedures(): Presence {
    return this.counted ?? this.#sets?.sizes ?? nothing.procedures
  }
}

interface Row {
  readonly kind: 'place' | 'cell' | 'size' | 'set' | 'day' | 'pending' | 'doubt'
  /** Agency and segment, as `H12.01 0`. */
  readonly stretch: string | null
  readonly texts: string | null
  /** What each pending delta counts; the procedures of those that count online filings or payments stand in `texts`, in the same order. */
  readonly counts: string | null
  readonly online: Uint8Array | null
  readonly paid: Uint8Array | null
}

const nothing: Totals = { vals: zeroValues(), procedures: { online: 0, paidOnline: 0 } }

/**
 * Every count of each group in a period and its distinct procedures, exact at this moment, in the order of the groups. One statement: a
 * snapshot sees a delta either pending or folded, never both, and what is pending is read once for counts and procedures. What is many
 * comes as one text: a row costs the driver more than what stands in it. Groups must not share an agency's day.
 */
export async function readTotals(tx: Snapshot, period: Period, groups: readonly Group[]): Promise<readonly Totals[]> {
  if (period.from > period.to || groups.length === 0) return groups.map(() => nothing)
  const cuts = cutsOf(groups, period)
  const stretches = stretchesOf(await readRows(tx, period, groups, cuts))
  return groups.map(({ members }) => {
    const [only] = members
    if (only && members.length === 1 && cuts.length === 0) return stretches.get(`${only.code} 0`) ?? nothing
    // A member's days reach over one stretch or, where other units changed meanwhile, several.
    const own = members.flatMap(({ code, first, last }) => {
      const at = cuts.filter((cut) => cut <= first).length
      const until = cuts.filter((cut) => cut <= last).length
      return Array.from({ length: until - at + 1 }, (_none, i) => stretches.get(`${code} ${at + i}`)).filter((one) => one !== undefined)
    })
    return together(own)
  })
}

function together(own: readonly Stretch[]): Totals {
  const whole = new Stretch()
  for (const { vals, sets } of own) {
    addValues(whole.vals, vals)
    whole.sets.online.addAll(sets.online.bytes)
    whole.sets.paid.addAll(sets.paid.bytes)
  }
  return whole
}

async function readRows(tx: Tx, period: Period, groups: readonly Group[], cuts: readonly string[]): Promise<readonly Row[]> {
  const spans = spansOf(period, cuts, true)
  const table = (some: readonly Span[]) =>
    sql`unnest(${some.map(({ grain }) => grain)}::text[], ${some.map(({ first }) => first)}::date[], ${some.map(({ last }) => last)}::date[])
      as span (grain, first, last)`
  const days = spans.filter(({ grain }) => grain === 'day')
  const coarse = spans.filter(({ grain }) => grain !== 'day')
  const [only] = coarse
  // Of a quarter or month of units that stand alone PostgreSQL counts the sets itself, but for those that something waits to be added to.
  const alone =
    only && spans.length === 1 && coarse.length === 1 && only.first === only.last && groups.every(({ members }) => members.length === 1)
  const segment = cuts.length > 0 ? sql`width_bucket(day, ${cuts}::date[])` : sql`0`
  const stretch = sql`agency_code || ' ' || ${segment}`
  const codes = [...new Set(groups.flatMap(({ members }) => members.map(({ code }) => code)))]
  const asked = codes.length <= FEW_AGENCIES ? sql`and agency_code = any (${codes}::text[])` : sql``
  const kept = sql`indicator_presence where grain = ${only?.grain} and day = ${only?.first}::date ${asked} and agency_code`
  const aloneSets = sql`
    select 'size', null, string_agg(agency_code || ' 0 {' || bit_count(online) || ',' || bit_count(paid_online) || '}', ';'), null, null, null
    from ${kept} not in (select agency_code from waiting)
    union all
    select 'set', agency_code || ' 0', null, null, online, paid_online from ${kept} in (select agency_code from waiting)`
  const inDays = sql`
    union all
    select 'cell', null, string_agg(stretch || ' ' || vals::text, ';'), null, null, null
    from (
      select ${stretch} as stretch, ${sumsText} as vals
      from ${table(days)} join indicator_cell cell on cell.grain = 'day' and cell.day between span.first and span.last
      where true ${asked} group by 1
    ) summed
    union all
    select 'day', ${stretch},
      string_agg(procedure_code || ' ' || case when vals[2] > 0 then 1 else 0 end || ' ' || case when vals[7] > 0 then 1 else 0 end, ','), null, null, null
    from ${table(days)} join indicator_cell cell on cell.grain = 'day_detail' and cell.day between span.first and span.last
    where (vals[2] > 0 or vals[7] > 0) ${asked}
    group by 2`
  const { rows } = await sql<Row>`
    with waiting as materialized (
      select agency_code, ${segment} as segment, string_agg(procedure_code, ',') filter (where marks > 0) as procedures,
        string_agg(counts, ',') as counts
      from indicator_delta
      -- Not "between": of that the planner expects so few rows that it sorts them, which takes longer than counting them.
      where not (day < ${period.from}::date or day > ${period.to}::date) ${asked}
      group by 1, 2
    )
    select 'pending' as kind, agency_code || ' ' || segment as stretch, procedures as texts, counts, null::bytea as online, null::bytea as paid
    from waiting
    union all
    select 'place', null, string_agg(procedure_code || ' ' || place, ','), null, null, null
    from indicator_procedure where ${days.length > 0} or exists (select from waiting)
    union all
    select 'cell', null, string_agg(${stretch} || ' ' || vals::text, ';'), null, null, null
    from ${table(coarse)} join indicator_cell cell on cell.grain = span.grain and cell.day between span.first and span.last
    where true ${asked}
    union all
    ${
      alone
        ? aloneSets
        : sql`
    select 'set', ${stretch}, null, null, online, paid_online
    from ${table(coarse)} join indicator_presence kept on kept.grain = span.grain and kept.day between span.first and span.last
    where true ${asked}`
    }
    union all
    select 'doubt', ${stretch}, string_agg(procedure_code || ' ' || coalesce(vals[2], 0) || ' ' || coalesce(vals[7], 0), ','), null, null, null
    from (select distinct agency_code, procedure_code from indicator_delta where marks >= 4 ${asked}) away
    cross join ${table(spansOf(period, cuts))}
    join (select grain, day, agency_code, procedure_code, vals from indicator_cell) cell using (agency_code, procedure_code)
    where cell.grain = span.grain || '_detail' and cell.day between span.first and span.last
    group by 2
    ${days.length > 0 ? inDays : sql``}`.execute(tx)
  return rows
}

/** Places come first, and what takes away is known before anything is added: the statement's parts in the order of need. */
const order: readonly Row['kind'][] = ['place', 'cell', 'size', 'set', 'day', 'doubt', 'pending']

class Stretches {
  readonly #known = new Map<string, Stretch>()

  get(key: string): Stretch | undefined {
    return this.#known.get(key)
  }

  of(key: string): Stretch {
    const known = this.#known.get(key)
    if (known) return known
    const fresh = new Stretch()
    this.#known.set(key, fresh)
    return fresh
  }
}

function stretchesOf(rows: readonly Row[]): Stretches {
  const places = new Places()
  const stretches = new Stretches()
  for (const kind of order) {
    for (const row of rows) {
      if (row.kind !== kind) continue
      if (kind === 'cell') eachNumber(row.texts, stretches, addAt)
      else if (kind === 'size') eachNumber(row.texts, stretches, sizeAt)
      else if (row.stretch === null) places.learn(row.texts)
      else take(stretches.of(row.stretch), row, places)
    }
  }
  return stretches
}

/** Which place a procedure has in the sets. */
class Places {
  readonly #places = new Map<string, number>()
  #free = -1

  learn(texts: string | null): void {
    eachPair(texts, (procedure, place) => {
      this.#places.set(procedure, place)
      this.#free = Math.max(this.#free, place)
    })
  }

  of(procedure: string): number {
    const known = this.#places.get(procedure)
    if (known !== undefined) return known
    // Counted by no fold yet: a place after all others, for this answer alone.
    this.#free += 1
    this.#places.set(procedure, this.#free)
    return this.#free
  }
}

function take(stretch: Stretch, row: Row, places: Places): void {
  switch (row.kind) {
    case 'set':
      if (row.online) stretch.sets.online.addAll(row.online)
      if (row.paid) stretch.sets.paid.addAll(row.paid)
      break
    case 'day':
      eachPair(row.texts, (procedure, online, paid) => {
        if (online > 0) stretch.sets.online.set(places.of(procedure), true)
        if (paid > 0) stretch.sets.paid.set(places.of(procedure), true)
      })
      break
    case 'doubt':
      eachPair(row.texts, (procedure, online, paid) => doubt(stretch.sets, places.of(procedure), online, paid))
      break
    case 'pending':
      addPending(stretch, row.texts ? row.texts.split(',') : [], row.counts ?? '', places)
  }
}

function doubt({ doubted }: Sets, place: number, online: number, paid: number): void {
  const sums = doubted.get(place)
  if (sums) {
    sums.online += online
    sums.paid += paid
  } else doubted.set(place, { online, paid })
}

/** Adds what is pending; a procedure that something is taken from is counted whole. */
function addPending(stretch: Stretch, procedures: readonly string[], counts: string, places: Places): void {
  const { vals, sets } = stretch
  const { online, paid, doubted } = sets
  const each = counts.split(',')
  // Only what takes away is written with a minus.
  if (counts.includes('-')) {
    let next = 0
    for (const text of each) {
      const { online, paid } = changeOf(text)
      if (online < 0 || paid < 0) doubt(sets, places.of(procedures[next] as string), 0, 0)
      if (online !== 0 || paid !== 0) next += 1
    }
  }
  let next = 0
  for (const text of each) {
    const change = changeOf(text)
    for (let i = 0; i < change.places.length; i += 1) {
      const at = change.places[i] as number
      vals[at] = (vals[at] ?? 0) + (change.values[i] as number)
    }
    if (change.online === 0 && change.paid === 0) continue
    const place = places.of(procedures[next] as string)
    next += 1
    const sums = doubted.size > 0 ? doubted.get(place) : undefined
    if (sums) {
      sums.online += change.online
      sums.paid += change.paid
    } else {
      if (change.online > 0) online.set(place, true)
      if (change.paid > 0) paid.set(place, true)
    }
  }
  // The database marks exactly the deltas that are counted here; were it otherwise, procedures would be mixed up.
  if (next !== procedures.length) throw new RangeError(`${procedures.length} procedures for ${next} deltas`)
  for (const [place, sums] of doubted) {
    online.set(place, sums.online > 0)
    paid.set(place, sums.paid > 0)
  }
}

/** What a delta counts: `values[i]` is added at `places[i]`. Two plain arrays: there are many to add, and pairs are slow to take apart. */
interface Change {
  readonly places: readonly number[]
  readonly values: readonly number[]
  readonly online: number
  readonly paid: number
}

const changes = new Map<string, Change>()

/** What a delta's text counts, and how much of it online filings and payments. Few different texts are written, so each is read once. */
function changeOf(text: string): Change {
  let change = changes.get(text)
  if (!change) {
    const counted = parseCounts(text)
    const by = new Map(counted)
    change = {
      places: counted.map(([id]) => id - 1),
      values: counted.map(([, value]) => value),
      online: by.get(measureId.online) ?? 0,
      paid: by.get(measureId.paid_online) ?? 0,
    }
    if (changes.size >= 5000) changes.clear()
    changes.set(text, change)
  }
  return change
}

/** Calls with each procedure and the two numbers that follow it. */
function eachPair(texts: string | null, call: (procedure: string, first: number, second: number) => void): void {
  for (const text of texts?.split(',') ?? []) {
    const [procedure = '', first, second] = text.split(' ')
    call(procedure, Number(first), Number(second))
  }
}

const [CLOSE, COMMA, MINUS, ZERO, NINE] = [125, 44, 45, 48, 57]

const addAt = ({ vals }: Stretch, at: number, value: number): void => {
  vals[at] = (vals[at] ?? 0) + value
}

const sizeAt = (stretch: Stretch, at: number, value: number): void => {
  stretch.counted = at === 0 ? { online: value, paidOnline: 0 } : { online: stretch.counted?.online ?? 0, paidOnline: value }
}

/** Calls with each number of `H12.01 0 {12,NULL,3};H12.02 0 {…}`, its stretch and where it stands; NULL is 0. */
function eachNumber(texts: string | null, stretches: Stretches, call: (stretch: Stretch, at: number, value: number) => void): void {
  if (!texts) return
  let from = 0
  for (let open = texts.indexOf('{'); open >= 0; open = texts.indexOf('{', from)) {
    const stretch = stretches.of(texts.slice(from, open - 1))
    let position = open + 1
    for (let at = 0, value = 0, sign = 1, more = true; more; position += 1) {
      const code = texts.charCodeAt(position)
      if (code >= ZERO && code <= NINE) value = value * 10 + code - ZERO
      else if (code === MINUS) sign = -1
      else if (code === COMMA || code === CLOSE) {
        call(stretch, at, sign * value)
        at += 1
        value = 0
        sign = 1
        more = code !== CLOSE
      } else if (Number.isNaN(code)) throw new RangeError('numbers that have no end')
    }
    from = position + 1
  }
}
