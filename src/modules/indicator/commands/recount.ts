import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { Clock, Day } from '../../../kernel/clock.ts'
import { isRetryable } from '../../../kernel/command.ts'
import { type Database, holdMoment, type Province, type Tx } from '../../../kernel/database/index.ts'
import type { Channel } from '../../../kernel/events.ts'
import { uuidv7 } from '../../../kernel/id.ts'
import { differingPresence } from '../presence.ts'
import { type Counts, countsOf } from '../rules/counts.ts'
import { type CellKey, type Difference, Tally } from '../rules/tally.ts'
import {
  addCells,
  clearFigures,
  insertRecount,
  type LogMark,
  latestRecount,
  readCells,
  readDeltas,
  readEvents,
  readExtent,
} from '../store.ts'

/** What one subject counts for after an event, and where: a dossier belongs to the civil day of its reception. */
export interface Facts {
  readonly agency: string
  readonly day: Day
  readonly procedure: string
  readonly channel: Channel
  /** Ids of the measures it counts in; each counts 1. */
  readonly in: readonly number[]
}

/**
 * How a module's events are counted: each says what its subject counts for after it (null: nothing; undefined: as before), so the last
 * one of each subject decides.
 */
export interface MeasureSource {
  readonly types: readonly string[]
  /** The key of an event's data that says it. */
  readonly part: string
  /** From that part of the data; null when the event has none. */
  factsOf(part: unknown): Facts | null | undefined
}

export interface RecountReport {
  /** Instant up to which `figures` count; the comparison is always of the whole log with what is shown now. Null: all. */
  readonly asOf: string | null
  readonly events: number
  /**
   * How many (agency, day, procedure, channel, measure) show something else than the event log says, and how many sets of procedures
   * something else than the cells.
   */
  readonly difference: number
  /** The first of them. */
  readonly differing: readonly Difference[]
  /** Totals by the event log up to `asOf`. */
  readonly figures: Counts
  readonly repaired: boolean
}

const PAGE = 10_000
const SHOWN = 50

interface Counted {
  readonly all: Tally
  /** Only events up to as-of. */
  readonly asOf: Tally
  readonly events: number
}

const add = (tally: Tally, facts: Facts): void => {
  const key = { agencyCode: facts.agency, day: facts.day, procedureCode: facts.procedure, channel: facts.channel }
  tally.add(
    key,
    facts.in.map((id) => [id, 1] as const),
  )
}

/** Reads the log subject by subject, so that a million dossiers take no more memory than one. */
async function countEvents(
  tx: Tx,
  sources: readonly MeasureSource[],
  asOf: Temporal.Instant | undefined,
  until?: LogMark,
  each?: (subject: string, facts: Facts) => void,
): Promise<Counted> {
  const byType = new Map(sources.flatMap((source) => source.types.map((type) => [type, source] as const)))
  const counted = { all: new Tally(), asOf: new Tally(), events: 0 }
  let subject = '00000000-0000-0000-0000-000000000000'
  let position = 0
  let last: Facts | null = null
  let lastAsOf: Facts | null = null
  const close = (): void => {
    if (last) {
      add(counted.all, last)
      each?.(subject, last)
    }
    if (lastAsOf) add(counted.asOf, lastAsOf)
    last = null
    lastAsOf = null
  }
  const kinds = [...byType].map(([type, { part }]) => ({ type, part }))
  for (;;) {
    const page = await readEvents(tx, kinds, { subject, position }, PAGE, until)
    for (const event of page) {
      if (event.subject !== subject) close()
      subject = event.subject
      position = event.position
      const happened = !asOf || Temporal.Instant.compare(Temporal.Instant.from(event.at.replace(' ', 'T')), asOf) <= 0
      if (happened) counted.events += 1
      const facts = byType.get(event.type)?.factsOf(event.part)
      if (facts === undefined) continue
      last = facts
      if (happened) lastAsOf = facts
    }
    if (page.length < PAGE) break
  }
  close()
  return counted
}

/** What readers are shown now at the finest grain (cells and pending deltas), as a tally; and the same at the coarser grains. */
async function shownNow(tx: Tx): Promise<Tally> {
  const shown = new Tally()
  const extent = await readExtent(tx)
  if (extent) {
    for (const cell of await readCells(tx, 'day_detail', extent.from, extent.to)) {
      // A detailed cell without a channel is nobody's, but readers would count it: compared like the others, it differs.
      const key = { agencyCode: cell.agency_code, day: cell.day, procedureCode: cell.procedure_code, channel: cell.channel as Channel }
      shown.addValues(key, cell.vals)
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
  options: {
    asOf?: Temporal.Instant | undefined
    repair?: boolean
    /** What `figures` count; the comparison is always of everything. */
    only?: ((key: CellKey) => boolean) | undefined
  } = {},
): Promise<RecountReport> {
  const asOf = options.asOf?.toString() ?? null
  const found = await host.db.snapshot(province, async (tx) => {
    const counted = await countEvents(tx, sources, options.asOf)
    const shown = await shownNow(tx)
    const coarse = await grainDifferences(tx, shown)
    for (const row of await readDeltas(tx)) {
      const key = { agencyCode: row.agency_code, day: row.day, procedureCode: row.procedure_code, channel: row.channel }
      shown.addText(key, row.counts)
    }
    return { counted, differing: [...counted.all.differences(shown), ...coarse], sets: await differingPresence(tx) }
  })
  const difference = found.differing.length + found.sets
  const repaired = options.repair === true && difference > 0
  if (repaired) await rebuild(host.db, province, sources)
  const report: RecountReport = {
    asOf,
    events: found.counted.events,
    difference,
    differing: found.differing.slice(0, SHOWN),
    figures: countsOf(found.counted.asOf.total(options.only)),
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

/**
 * What the event log counted when it was read up to a mark, cell by cell: the counts of a day, agency, procedure and channel. `each`
 * hears what every subject counted for.
 */
export async function countUntil(
  tx: Tx,
  sources: readonly MeasureSource[],
  until: LogMark,
  each?: (subject: string, facts: Facts) => void,
): Promise<{ readonly key: CellKey; readonly counts: Counts }[]> {
  const { all } = await countEvents(tx, sources, undefined, until, each)
  return [...all.entries()].map(([key, sums]) => ({ key, counts: countsOf(sums) }))
}

const REBUILD_ATTEMPTS = 5

/** Replaces every cell by the event log's count. What commits meanwhile stays pending; a fold in between makes it begin again. */
async function rebuild(db: Database, province: Province, sources: readonly MeasureSource[]): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await db.write(province, async (tx) => {
        await holdMoment(tx)
        await clearFigures(tx)
        const { all } = await countEvents(tx, sources, undefined)
        const cells = all.cells()
        for (let i = 0; i < cells.length; i += PAGE) await addCells(tx, cells.slice(i, i + PAGE))
      })
      return
    } catch (error) {
      if (!isRetryable(error) || attempt === REBUILD_ATTEMPTS) throw error
    }
  }
}

/** The latest recount on record, for the board and the health page. */
export const findLatestRecount = (db: Database, province: Province) => db.read(province, latestRecount)
