import { CompiledQuery, sql } from 'kysely'
import type { Day } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/database/index.ts'
import type { Channel } from '../../kernel/events.ts'
import { MEASURES } from './measures.ts'
import type { Period, Span } from './rules/period.ts'
import type { Cell, Difference } from './rules/tally.ts'
import type { Member } from './rules/units.ts'

export interface DeltaRow {
  readonly agency_code: string
  readonly day: Day
  readonly procedure_code: string
  readonly channel: Channel
  readonly measures: number[]
  readonly vals: number[]
}

/** Takes up to `limit` pending deltas away, passing over those that another folder holds. */
export async function takeDeltas(tx: Tx, limit: number): Promise<DeltaRow[]> {
  const { rows } = await sql<DeltaRow>`
    delete from indicator_delta
    where id = any (array(select id from indicator_delta order by id limit ${limit} for update skip locked))
    returning agency_code, day, procedure_code, channel, measures, vals`.execute(tx)
  return rows
}

/** Adds rows to the cells. The rows must come in the order of the key, so that two folders wait for each other and never in a ring. */
export async function addCells(tx: Tx, cells: readonly Cell[]): Promise<void> {
  if (cells.length === 0) return
  await sql`
    insert into indicator_cell as cell (grain, day, agency_code, procedure_code, channel, vals)
    select grain, day, agency_code, procedure_code, channel, vals
    from rows from (jsonb_to_recordset(${JSON.stringify(cells)}::jsonb)
      as (grain text, day date, agency_code text, procedure_code text, channel text, vals bigint[])) with ordinality as added
    order by added.ordinality
    on conflict (grain, day, agency_code, procedure_code, channel) do update
      set vals = (
        select array_agg(coalesce(pair.old, 0) + coalesce(pair.new, 0) order by pair.place)
        from unnest(cell.vals, excluded.vals) with ordinality as pair (old, new, place)
      )`.execute(tx)
}

export async function countPending(tx: Tx): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from indicator_delta`.execute(tx)
  return rows[0]?.n ?? 0
}

/** How a figure is broken down further than by its group. */
export interface Breakdown {
  readonly series?: 'day' | 'week' | 'month'
  readonly procedure?: boolean
  readonly channel?: boolean
}

export interface FigureFilter {
  readonly period: Period
  readonly spans: readonly Span[]
  /** Stretches of days of agencies and the number of the group they count for. Empty: everything is one group. */
  readonly members: readonly (Member & { readonly group: number })[]
  /** Leave out what belongs to no group; otherwise it comes with group null, so that nothing counted can vanish unseen. */
  readonly onlyMembers: boolean
  readonly procedureCode?: string | null
  readonly channel?: Channel | null
}

export interface FigureRow {
  readonly grp: number | null
  readonly bucket: Day | null
  readonly procedure_code: string | null
  readonly channel: Channel | null
  /** Null: vals stands in the order of measure ids; else the ids of vals. */
  readonly measures: number[] | null
  readonly vals: (number | null)[]
}

const places = Array.from({ length: MEASURES }, (_, i) => i + 1)
const sums = (vals: string): string => `array[${places.map((i) => `coalesce(sum(${vals}[${i}]), 0)::bigint`).join(', ')}]`

/**
 * The one statement of every figure: cells of the period, and pending deltas, each given to the group its agency had on its day. One
 * snapshot sees a delta either pending or folded, never both. The text depends only on the breakdown, so it is planned once.
 */
function figuresText(breakdown: Breakdown): string {
  const detail = breakdown.procedure || breakdown.channel ? '_detail' : ''
  const bucket = (day: string): string => {
    if (!breakdown.series) return 'null::date'
    return breakdown.series === 'day' ? day : `date_trunc('${breakdown.series}', ${day}::timestamp)::date`
  }
  const dimensions = (t: string): string =>
    [
      'unit.grp',
      `${bucket(`${t}.day`)} as bucket`,
      `${breakdown.procedure ? `${t}.procedure_code` : 'null::text'} as procedure_code`,
      `${breakdown.channel ? `${t}.channel` : 'null::text'} as channel`,
    ].join(', ')
  return `
    with unit as materialized (
      select * from unnest($4::text[], $5::date[], $6::date[], $7::int[]) as u (code, first, last, grp)
    ), span as materialized (
      select grain || '${detail}' as grain, first, last from unnest($8::text[], $9::date[], $10::date[]) as s (grain, first, last)
    )
    select ${dimensions('cell')}, null::smallint[] as measures, ${sums('cell.vals')} as vals
    from span
    join indicator_cell cell on cell.grain = span.grain and cell.day between span.first and span.last
    left join unit on unit.code = cell.agency_code and cell.day between unit.first and unit.last
    where ($3::text is null or cell.procedure_code = $3) and ($11::text is null or cell.channel = $11) and (not $12::boolean or unit.grp is not null)
    group by 1, 2, 3, 4
    union all
    select ${dimensions('delta')}, delta.measures, ${sums('delta.vals')} as vals
    from indicator_delta delta
    left join unit on unit.code = delta.agency_code and delta.day between unit.first and unit.last
    where delta.day between $1::date and $2::date
      and ($3::text is null or delta.procedure_code = $3) and ($11::text is null or delta.channel = $11) and (not $12::boolean or unit.grp is not null)
    group by 1, 2, 3, 4, 5`
}

const texts = new Map<string, string>()

/** Reads counts. A row a group, breakdown and (for pending deltas) pattern of measures; the caller adds them up. */
export async function readFigures(tx: Tx, filter: FigureFilter, breakdown: Breakdown = {}): Promise<FigureRow[]> {
  // Filtering by procedure or channel needs the detailed cells; naming the column in the breakdown chooses them.
  const shape = {
    series: breakdown.series,
    procedure: breakdown.procedure || filter.procedureCode != null,
    channel: breakdown.channel || filter.channel != null,
  }
  const name = JSON.stringify(shape)
  let text = texts.get(name)
  if (!text) {
    text = figuresText(shape)
    texts.set(name, text)
  }
  const { members, spans, period } = filter
  const parameters = [
    period.from,
    period.to,
    filter.procedureCode ?? null,
    members.map(({ code }) => code),
    members.map(({ first }) => first),
    members.map(({ last }) => last),
    members.map(({ group }) => group),
    spans.map(({ grain }) => grain),
    spans.map(({ first }) => first),
    spans.map(({ last }) => last),
    filter.channel ?? null,
    filter.onlyMembers,
  ]
  const { rows } = await tx.executeQuery<FigureRow>(CompiledQuery.raw(text, parameters))
  return rows
}

export interface StoredEvent {
  readonly position: number
  readonly at: string
  readonly type: string
  readonly subject: string
  readonly agency_code: string | null
  readonly data: Record<string, unknown>
}

/** The next events of some types after a position, in order. */
export async function readEvents(tx: Tx, types: readonly string[], after: number, limit: number): Promise<StoredEvent[]> {
  const { rows } = await sql<StoredEvent>`
    select position, at::text as at, type, subject, agency_code, data from event
    where position > ${after} and type = any (${types}::text[]) order by position limit ${limit}`.execute(tx)
  return rows
}

/** Everything shown at a grain, pending deltas included only when asked for. */
export async function readCells(tx: Tx, grain: Cell['grain'], from: Day, to: Day): Promise<Omit<Cell, 'grain'>[]> {
  const { rows } = await sql<Omit<Cell, 'grain'>>`
    select day, agency_code, procedure_code, channel, vals from indicator_cell
    where grain = ${grain} and day between ${from}::date and ${to}::date`.execute(tx)
  return rows
}

/** First and last day that anything is counted on. */
export async function readExtent(tx: Tx): Promise<Period | undefined> {
  const { rows } = await sql<{ from: Day | null; to: Day | null }>`
    select least((select min(day) from indicator_cell where grain = 'day_detail'), (select min(day) from indicator_delta)) as from,
      greatest((select max(day) from indicator_cell where grain = 'day_detail'), (select max(day) from indicator_delta)) as to`.execute(tx)
  const [row] = rows
  return row?.from && row.to ? { from: row.from, to: row.to } : undefined
}

export async function readDeltas(tx: Tx): Promise<DeltaRow[]> {
  const { rows } = await sql<DeltaRow>`select agency_code, day, procedure_code, channel, measures, vals from indicator_delta`.execute(tx)
  return rows
}

/** Empties cells and pending deltas as far as this transaction sees them; what commits later stays pending. */
export async function clearFigures(tx: Tx): Promise<void> {
  await sql`with gone as (delete from indicator_delta) delete from indicator_cell`.execute(tx)
}

export interface RecountRow {
  readonly id: string
  readonly at: string
  readonly asOf: string | null
  readonly events: number
  readonly difference: number
  readonly differing: readonly Difference[]
  readonly repaired: boolean
}

export async function insertRecount(tx: Tx, row: RecountRow): Promise<void> {
  await sql`
    insert into indicator_recount (id, at, as_of, events, difference, differing, repaired)
    values (${row.id}::uuid, ${row.at}::timestamptz, ${row.asOf}::timestamptz, ${row.events}, ${row.difference},
      ${JSON.stringify(row.differing)}::jsonb, ${row.repaired})`.execute(tx)
}

export async function latestRecount(tx: Tx): Promise<RecountRow | undefined> {
  const { rows } = await sql<RecountRow>`
    select id, at::text as at, as_of::text as "asOf", events, difference, differing, repaired
    from indicator_recount order by at desc limit 1`.execute(tx)
  return rows[0]
}

/**
 * Whether anything was written since the last look: transactions below `floor` had all ended then, so only those from it on can show
 * up anew. Returns how many events of such transactions are visible, and the same for the next look's floor.
 */
export async function probe(tx: Tx, floor: string): Promise<{ seen: number; nextFloor: string; nextSeen: number }> {
  const { rows } = await sql<{ seen: number; floor: string; next: number }>`
    with snapshot as materialized (select pg_snapshot_xmin(pg_current_snapshot()) as xmin)
    select count(*) as seen, (select xmin::text from snapshot) as floor,
      count(*) filter (where tx >= (select xmin from snapshot)) as next
    from event where tx >= ${floor}::xid8`.execute(tx)
  const [row] = rows
  return { seen: row?.seen ?? 0, nextFloor: row?.floor ?? floor, nextSeen: row?.next ?? 0 }
}

/** The floor to begin looking from: everything before it has ended. */
export async function probeFloor(tx: Tx): Promise<string> {
  const { rows } = await sql<{ floor: string }>`select pg_snapshot_xmin(pg_current_snapshot())::text as floor`.execute(tx)
  return rows[0]?.floor ?? '0'
}
