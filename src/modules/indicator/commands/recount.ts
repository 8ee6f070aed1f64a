import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { Clock } from '../../../kernel/clock.ts'
import type { Database, Province, Tx } from '../../../kernel/database/index.ts'
import type { Delta } from '../../../kernel/events.ts'
import { uuidv7 } from '../../../kernel/id.ts'
import { type Counts, countsOf } from '../rules/counts.ts'
import { type Difference, Tally } from '../rules/tally.ts'
import {
  addCells,
  clearFigures,
  insertRecount,
  latestRecount,
  readCells,
  readDeltas,
  readEvents,
  readExtent,
  type StoredEvent,
} from '../store.ts'

/** Which deltas the events of some types cause: a pure function of a module's measures.ts. */
export interface MeasureSource {
  readonly types: readonly string[]
  deltasOf(event: StoredEvent): readonly Delta[]
}

export interface RecountReport {
  /** Instant up to which events were counted; null: all. */
  readonly asOf: string | null
  readonly events: number
  /** How many (agency, day, procedure, channel, measure) show something else than the event log says. */
  readonly difference: number
  /** The first of them. */
  readonly differing: readonly Difference[]
  /** Totals by the event log up to `asOf`. */
  readonly figures: Counts
  readonly repaired: boolean
}

const PAGE = 5000
const SHOWN = 50

interface Counted {
  /** Events up to as-of. */
  readonly before: Tally
  /** Events after it. */
  readonly after: Tally
  readonly events: number
}

async function countEvents(tx: Tx, sources: readonly MeasureSource[], asOf: Temporal.Instant | undefined): Promise<Counted> {
  const byType = new Map<string, MeasureSource[]>()
  for (const source of sources) for (const type of source.types) byType.set(type, [...(byType.get(type) ?? []), source])
  const [before, after] = [new Tally(), new Tally()]
  let events = 0
  for (let position = 0; ; ) {
    const page = await readEvents(tx, [...byType.keys()], position, PAGE)
    for (const event of page) {
      const at = asOf && Temporal.Instant.from(event.at.replace(' ', 'T'))
      const tally = asOf && at && Temporal.Instant.compare(at, asOf) > 0 ? after : before
      if (tally === before) events += 1
      for (const source of byType.get(event.type) ?? []) for (const delta of source.deltasOf(event)) tally.addDelta(delta)
    }
    const last = page.at(-1)
    if (!last || page.length < PAGE) return { before, after, events }
    position = last.position
  }
}

/** What readers are shown now at the finest grain (cells and pending deltas), as a tally; and the same at the coarser grains. */
async function shownNow(tx: Tx): Promise<Tally> {
  const shown = new Tally()
  const extent = await readExtent(tx)
  if (extent) {
    for (const cell of await readCells(tx, 'day_detail', extent.from, extent.to)) {
      if (cell.channel === '') continue
      const key = { agencyCode: cell.agency_code, day: cell.day, procedureCode: cell.procedure_code, channel: cell.channel }
      shown.add(key, null, cell.vals)
    }
  }
  return shown
}

/** Coarser cells must be the sums of the finest ones: every cell that is not counts as differing. */
async function grainDifferences(tx: Tx, finest: Tally): Promise<Difference[]> {
  const { rows } = await sql<{ grain: string; day: string; agency_code: string; procedure_code: string; channel: string; vals: number[] }>`
    select grain, day, agency_code, procedure_code, channel, vals from indicator_cell where grain <> 'day_detail'`.execute(tx)
  const text = (cell: { grain: string; day: string; agency_code: string; procedure_code: string; channel: string }): string =>
    [cell.grain, cell.day, cell.agency_code, cell.procedure_code, cell.channel].join('|')
  const stored = new Map(rows.map((row) => [text(row), row]))
  const differing: Difference[] = []
  const look = (
    cell: { day: string; agency_code: string; procedure_code: string; channel: string },
    counted: readonly number[],
    shown: readonly number[],
  ) => {
    for (let i = 0; i < Math.max(counted.length, shown.length); i += 1) {
      const [a, b] = [counted[i] ?? 0, shown[i] ?? 0]
      const key = {
        agencyCode: cell.agency_code,
        day: cell.day,
        procedureCode: cell.procedure_code,
        channel: cell.channel as Difference['channel'],
      }
      if (a !== b) differing.push({ ...key, measure: i + 1, counted: a, shown: b })
    }
  }
  for (const cell of finest.cells()) {
    if (cell.grain === 'day_detail') continue
    look(cell, cell.vals, stored.get(text(cell))?.vals ?? [])
    stored.delete(text(cell))
  }
  for (const cell of stored.values()) look(cell, [], cell.vals)
  return differing
}

/**
 * Counts everything again from the event log and compares with what readers are shown, in one snapshot. With `repair`, cells are
 * rebuilt from the log when they differ. The result is kept. Difference 0 is the only good answer.
 */
export async function recount(
  host: { db: Database; clock: Clock },
  province: Province,
  sources: readonly MeasureSource[],
  options: { asOf?: Temporal.Instant | undefined; repair?: boolean } = {},
): Promise<RecountReport> {
  const asOf = options.asOf?.toString() ?? null
  const found = await host.db.snapshot(province, async (tx) => {
    const counted = await countEvents(tx, sources, options.asOf)
    const shown = await shownNow(tx)
    const coarse = await grainDifferences(tx, shown)
    for (const row of await readDeltas(tx)) {
      const key = { agencyCode: row.agency_code, day: row.day, procedureCode: row.procedure_code, channel: row.channel }
      shown.add(key, row.measures, row.vals)
    }
    for (const [key, sums] of counted.after.entries()) shown.add(key, null, sums, -1)
    return { counted, differing: [...counted.before.differences(shown), ...coarse] }
  })
  const repaired = options.repair === true && found.differing.length > 0
  if (repaired) await rebuild(host.db, province, sources)
  const report: RecountReport = {
    asOf,
    events: found.counted.events,
    difference: found.differing.length,
    differing: found.differing.slice(0, SHOWN),
    figures: countsOf(found.counted.before.total()),
    repaired,
  }
  const now = host.clock()
  await host.db.write(province, (tx) =>
    insertRecount(tx, {
      id: uuidv7(now.epochMilliseconds),
      at: now.toString(),
      asOf,
      events: report.events,
      difference: report.difference,
      differing: report.differing,
      repaired,
    }),
  )
  return report
}

const REBUILD_ATTEMPTS = 5

/** Replaces every cell by the event log's count. What commits meanwhile stays pending; a fold in between makes it begin again. */
async function rebuild(db: Database, province: Province, sources: readonly MeasureSource[]): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await db.write(province, async (tx) => {
        await sql`set transaction isolation level repeatable read`.execute(tx)
        await clearFigures(tx)
        const { before } = await countEvents(tx, sources, undefined)
        const cells = before.cells()
        for (let i = 0; i < cells.length; i += PAGE) await addCells(tx, cells.slice(i, i + PAGE))
      })
      return
    } catch (error) {
      if ((error as { code?: string }).code !== '40001' || attempt === REBUILD_ATTEMPTS) throw error
    }
  }
}

/** The latest recount on record, for the board and the health page. */
export const findLatestRecount = (db: Database, province: Province) => db.read(province, latestRecount)
