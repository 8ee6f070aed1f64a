import { CompiledQuery, sql } from 'kysely'
import type { Day } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/database/index.ts'
import type { Channel } from '../../kernel/events.ts'
import { MEASURES } from './measures.ts'
import type { Period, Span } from './rules/period.ts'
import type { Cell, Difference } from './rules/tally.ts'

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
  /** Days on which units changed within the period, in order: counts before and from each of them come apart. */
  readonly cuts: readonly Day[]
  readonly procedureCode?: string | null
  readonly channel?: Channel | null
}

export interface FigureRow {
  /** Null unless asked for by agency. */
  readonly agency_code: string | null
  /** How many of the cuts lie on or before the counted days. */
  readonly segment: number
  readonly bucket: Day | null
  readonly procedure_code: string | null
  readonly channel: Channel | null
  /** Null: vals stands in the order of measure ids; else the ids of vals. */
  readonly measures: number[] | null
  readonly vals: number[]
}

interface Shape extends Breakdown {
  readonly agency: boolean
  readonly cut: boolean
}

const places = Array.from({ length: MEASURES }, (_, i) => i + 1)
const sums = (vals: string, times = ''): string =>
  `array[${places.map((i) => `coalesce(sum(${vals}[${i}]${times}), 0)::bigint`).join(', ')}]`

// 0001-01-01 was a Monday; whole numbers are several times faster than date_trunc.
const buckets = { day: 'day', week: `day - ((day - date '0001-01-01') % 7)`, month: `date_trunc('month', day::timestamp)::date` } as const

/** What a row of the answer is about, taken from a cell or a delta. */
function dimensions(shape: Shape): string {
  const bucket = shape.series ? buckets[shape.series] : 'null::date'
  return [
    `${shape.agency ? 'agency_code' : 'null::text'} as agency_code`,
    `${shape.cut ? 'width_bucket(day, $7::date[])' : '0'} as segment`,
    `${bucket} as bucket`,
    `${shape.procedure ? 'procedure_code' : 'null::text'} as procedure_code`,
    `${shape.channel ? 'channel' : 'null::text'} as channel`,
  ].join(', ')
}

/**
 * The one statement of every figure: cells of the period, and pending deltas. One snapshot sees a delta either pending or folded, never
 * both. The text depends only on the shape of the question, so it is planned once. Deltas are first counted by equal values: most
 * of them say "one more", and adding up a few sorts is cheaper than adding up thousands of rows ten times.
 */
function figuresText(shape: Shape): string {
  const detail = shape.procedure || shape.channel ? '_detail' : ''
  const only = `($3::text is null or procedure_code = $3) and ($8::text is null or channel = $8) and ($7::date[] is not null)`
  return `
    select ${dimensions(shape)}, null::smallint[] as measures, ${sums('vals')} as vals
    from unnest($4::text[], $5::date[], $6::date[]) as span (grain, first, last)
    join indicator_cell cell on cell.grain = span.grain || '${detail}' and cell.day between span.first and span.last
    where ${only}
    group by 1, 2, 3, 4, 5
    union all
    select agency_code, segment, bucket, procedure_code, channel, measures, ${sums('vals', ' * alike')} as vals
    from (
      select ${dimensions(shape)}, measures, vals, count(*) as alike
      from indicator_delta
      where day between $1::date and $2::date and ${only}
      group by 1, 2, 3, 4, 5, 6, 7
    ) pending
    group by 1, 2, 3, 4, 5, 6`
}

const texts = new Map<string, string>()

/** Reads counts: a row an agency, breakdown and (for pending deltas) set of measures; the caller adds them up. */
export async function readFigures(tx: Tx, filter: FigureFilter, byAgency: boolean, breakdown: Breakdown = {}): Promise<FigureRow[]> {
  const shape: Shape = {
    agency: byAgency,
    cut: byAgency && filter.cuts.length > 0,
    // Filtering by procedure or channel needs the detailed cells; naming the column in the breakdown chooses them.
    procedure: breakdown.procedure || filter.procedureCode != null,
    channel: breakdown.channel || filter.channel != null,
    ...(breakdown.series ? { series: breakdown.series } : {}),
  }
  const name = JSON.stringify(shape)
  let text = texts.get(name)
  if (!text) {
    text = figuresText(shape)
    texts.set(name, text)
  }
  const { spans, period } = filter
  const parameters = [
    period.from,
    period.to,
    filter.procedureCode ?? null,
    spans.map(({ grain }) => grain),
    spans.map(({ first }) => first),
    spans.map(({ last }) => last),
    filter.cuts,
    filter.channel ?? null,
  ]
  const { rows } = await tx.executeQuery<FigureRow>(CompiledQuery.raw(text, parameters))
  return rows
}

/** An event as a recount needs it: of its data only the part that its module counts by. */
export interface StoredEvent {
  readonly position: number
  readonly at: string
  readonly type: string
  readonly subject: string
  readonly part: unknown
}

/** The next events of some types, each subject's together and in the order they happened; `part` is the key of the data that is read. */
export async function readEvents(
  tx: Tx,
  kinds: readonly { readonly type: string; readonly part: string }[],
  after: { subject: string; position: number },
  limit: number,
): Promise<StoredEvent[]> {
  const { rows } = await sql<StoredEvent>`
    select e.position, e.at::text as at, e.type, e.subject, e.data -> kind.part as part
    from event e join unnest(${kinds.map(({ type }) => type)}::text[], ${kinds.map(({ part }) => part)}::text[]) as kind (type, part) on kind.type = e.type
    where (e.subject, e.position) > (${after.subject}::uuid, ${after.position}::bigint)
    order by e.subject, e.position limit ${limit}`.execute(tx)
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
