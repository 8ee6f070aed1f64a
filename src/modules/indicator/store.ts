import { sql } from 'kysely'
import type { Day } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/database/index.ts'
import type { Channel } from '../../kernel/events.ts'
import { MEASURES, measures } from './measures.ts'
import { keepPresence, type Touched } from './presence.ts'
import type { Period, Span } from './rules/period.ts'
import type { Cell, Difference } from './rules/tally.ts'

export interface DeltaRow {
  readonly agency_code: string
  readonly day: Day
  readonly procedure_code: string
  readonly channel: Channel
  /** See kernel/counts-text.ts. */
  readonly counts: string
}

/** Takes up to `limit` pending deltas away, passing over those that another folder holds. */
export async function takeDeltas(tx: Tx, limit: number): Promise<DeltaRow[]> {
  const { rows } = await sql<DeltaRow>`
    delete from indicator_delta
    where id = any (array(select id from indicator_delta order by id limit ${limit} for update skip locked))
    returning agency_code, day, procedure_code, channel, counts`.execute(tx)
  return rows
}

/**
 * Adds rows to the cells, and keeps the sets of procedures beside them. The rows must come in the order of the key, so that two folders
 * wait for each other and never in a ring.
 */
export async function addCells(tx: Tx, cells: readonly Cell[]): Promise<void> {
  if (cells.length === 0) return
  const { rows } = await sql<Touched & { grain: string; channel: string; online: number; paid_online: number }>`
    insert into indicator_cell as cell (grain, day, agency_code, procedure_code, channel, vals)
    select grain, day, agency_code, procedure_code, channel, vals
    from rows from (jsonb_to_recordset(${JSON.stringify(cells)}::jsonb)
      as (grain text, day date, agency_code text, procedure_code text, channel text, vals bigint[])) with ordinality as added
    order by added.ordinality
    on conflict (grain, day, agency_code, procedure_code, channel) do update
      set vals = (
        select array_agg(coalesce(pair.old, 0) + coalesce(pair.new, 0) order by pair.place)
        from unnest(cell.vals, excluded.vals) with ordinality as pair (old, new, place)
      )
    returning grain, day, agency_code, procedure_code, channel, coalesce(vals[2], 0) as online, coalesce(vals[7], 0) as paid_online`.execute(
    tx,
  )
  // Only where a sum begins, ends or turns its sign can a procedure appear or disappear.
  const keyOf = (cell: Touched & { readonly channel: string }) => `${cell.day} ${cell.agency_code} ${cell.procedure_code} ${cell.channel}`
  const added = new Map(cells.flatMap((cell) => (cell.grain === 'month_detail' ? [[keyOf(cell), cell.vals] as const] : [])))
  const turned = (now: number, change: number): boolean => Math.sign(now) !== Math.sign(now - change)
  const touched = new Map<string, Touched>()
  for (const row of rows) {
    const vals = row.grain === 'month_detail' ? added.get(keyOf(row)) : undefined
    if (vals && (turned(row.online, vals[1] ?? 0) || turned(row.paid_online, vals[6] ?? 0)))
      touched.set(keyOf({ ...row, channel: '' }), row)
  }
  await keepPresence(tx, [...touched.values()])
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
  /** Only these agencies; few of them. */
  readonly agencies?: readonly string[] | null
}

export interface FigureRow {
  /** Null unless asked for by agency. */
  readonly agency_code: string | null
  /** How many of the cuts lie on or before the counted days. */
  readonly segment: number
  readonly bucket: Day | null
  readonly procedure_code: string | null
  readonly channel: Channel | null
  /** Folded counts in the order of measure ids; null in a row of pending deltas. */
  readonly vals: number[] | null
  /** What each pending delta counts. */
  readonly pending: string | null
}

const ids = new Set(measures.map(({ id }) => id))
/** Every measure added up over rows of cells, by id. */
export const sumsText = sql.raw(
  `array[${Array.from({ length: MEASURES }, (_, i) => (ids.has(i + 1) ? `coalesce(sum(vals[${i + 1}]), 0)::bigint` : '0')).join(', ')}]`,
)

// 0001-01-01 was a Monday; whole numbers are several times faster than date_trunc.
const buckets = {
  none: sql`null::date`,
  day: sql`day`,
  week: sql`day - ((day - date '0001-01-01') % 7)`,
  month: sql`date_trunc('month', day::timestamp)::date`,
} as const

const nothing = sql``

/**
 * Reads counts, exact at this moment: a row an agency and breakdown of what is folded, and one of what is pending; the caller adds them
 * up. One statement: a snapshot sees a delta either pending or folded, never both. What deltas count comes as one text a group:
 * gathering short texts costs the database a tenth of adding up every measure of every delta. The conditions stand in the statement
 * only when they are asked, so that each shape of question is planned once and planned well.
 */
export async function readFigures(tx: Tx, filter: FigureFilter, byAgency: boolean, breakdown: Breakdown = {}): Promise<FigureRow[]> {
  const { spans, period, cuts, procedureCode = null, channel = null, agencies = null } = filter
  const dimensions = sql`
    ${byAgency ? sql`agency_code` : sql`null::text`} as agency_code,
    ${byAgency && cuts.length > 0 ? sql`width_bucket(day, ${cuts}::date[])` : sql`0`} as segment,
    ${buckets[breakdown.series ?? 'none']} as bucket,
    ${breakdown.procedure ? sql`procedure_code` : sql`null::text`} as procedure_code,
    ${breakdown.channel ? sql`channel` : sql`null::text`} as channel`
  const only = sql`
    ${procedureCode === null ? nothing : sql`and procedure_code = ${procedureCode}`}
    ${channel === null ? nothing : sql`and channel = ${channel}`}
    ${agencies === null ? nothing : sql`and agency_code = any (${agencies}::text[])`}`
  // Procedures and channels are told apart in the detailed cells only.
  const detail = sql.raw(isDetailed(filter, breakdown) ? '_detail' : '')
  const { rows } = await sql<FigureRow>`
    select ${dimensions}, ${sumsText} as vals, null::text as pending
    from unnest(${spans.map(({ grain }) => grain)}::text[], ${spans.map(({ first }) => first)}::date[], ${spans.map(({ last }) => last)}::date[])
      as span (grain, first, last)
    join indicator_cell cell on cell.grain = span.grain || '${detail}' and cell.day between span.first and span.last
    where true ${only}
    group by 1, 2, 3, 4, 5
    union all
    select ${dimensions}, null::bigint[] as vals, string_agg(counts, ',') as pending
    from indicator_delta
    -- Not "between": of that the planner expects so few rows that it sorts them, which takes longer than counting them.
    where not (day < ${period.from}::date or day > ${period.to}::date) ${only}
    group by 1, 2, 3, 4, 5`.execute(tx)
  return rows
}

/** Whether a question needs procedures or channels told apart. */
export const isDetailed = ({ procedureCode, channel }: Pick<FigureFilter, 'procedureCode' | 'channel'>, by: Breakdown): boolean =>
  Boolean(by.procedure || by.channel) || procedureCode != null || channel != null

/** An event as a recount needs it: of its data only the part that its module counts by. */
export interface StoredEvent {
  readonly position: number
  readonly at: string
  readonly type: string
  readonly subject: string
  readonly part: unknown
}

/** How far somebody had read the event log: its last position, and which transactions were over (`pg_current_snapshot`). */
export interface LogMark {
  readonly position: number
  readonly snapshot: string
}

/** The mark of this transaction: what it sees of the log, and nothing else, lies before it. Wants a snapshot of one moment. */
export async function readLogMark(tx: Tx): Promise<LogMark> {
  const { rows } = await sql<LogMark>`
    select (select coalesce(max(position), 0) from event) as position, pg_current_snapshot()::text as snapshot`.execute(tx)
  return rows[0] as LogMark
}

/** The next events of some types, each subject's together and in the order they happened; `part` is the key of the data that is read. */
export async function readEvents(
  tx: Tx,
  kinds: readonly { readonly type: string; readonly part: string }[],
  after: { subject: string; position: number },
  limit: number,
  until?: LogMark,
): Promise<StoredEvent[]> {
  const { rows } = await sql<StoredEvent>`
    select e.position, e.at::text as at, e.type, e.subject, e.data -> kind.part as part
    from event e join unnest(${kinds.map(({ type }) => type)}::text[], ${kinds.map(({ part }) => part)}::text[]) as kind (type, part) on kind.type = e.type
    where (e.subject, e.position) > (${after.subject}::uuid, ${after.position}::bigint)
      ${until ? sql`and e.position <= ${until.position}::bigint and pg_visible_in_snapshot(e.tx, ${until.snapshot}::pg_snapshot)` : nothing}
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
  const { rows } = await sql<DeltaRow>`select agency_code, day, procedure_code, channel, counts from indicator_delta`.execute(tx)
  return rows
}

/** Empties cells, sets and pending deltas as far as this transaction sees them; what commits later stays pending. */
export async function clearFigures(tx: Tx): Promise<void> {
  // One after another, in the order in which a fold comes to them: in one statement both would wait for each other.
  await sql`delete from indicator_delta`.execute(tx)
  await sql`delete from indicator_cell`.execute(tx)
  await sql`delete from indicator_presence`.execute(tx)
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
