import { Temporal } from 'temporal-polyfill'
import type { Tx } from '../../../kernel/database/index.ts'
import { judgedAt, openLateUntil } from '../../dossier/index.ts'
import { countUntil, type Facts, type Group, groupFinder, type MeasureSource, measureId } from '../../indicator/index.ts'
import { digestOf } from '../digest.ts'
import type { QuantityName } from '../rules/quantities.ts'
import { schemeVersionSchema } from '../rules/scheme.ts'
import { agreesWithItself, type ClosedUnit, type SnapshotBody } from '../rules/snapshot.ts'
import { findSnapshot, listClosings, listSnapshots, type SnapshotHead } from '../snapshots.ts'
import { measureOf } from './amounts.ts'
import { bodyOf } from './snapshot.ts'

/** A closed amount that the event log does not give. */
export interface ClosedDifference {
  readonly unit: string
  readonly quantity: QuantityName
  readonly closed: number | null
  readonly counted: number
}

export interface SnapshotCheck extends Pick<SnapshotHead, 'scheme' | 'from' | 'to' | 'revision' | 'digest'> {
  /**
   * Its text no longer has its digest; its columns say something else than its text; it follows a snapshot that is not there; the event log closed it and it is gone; or it is there
   * and the log never closed it so.
   */
  readonly broken: 'digest' | 'columns' | 'chain' | 'missing' | 'unrecorded' | null
  /** Units whose points do not follow from their own amounts and rules. */
  readonly misscored: readonly string[]
  /** Amounts counted again from the events that were there when it was closed. */
  readonly difference: number
  readonly differing: readonly ClosedDifference[]
}

const SHOWN = 50
const countedSets = ['procedures_online_filed', 'procedures_paid_online', 'procedures_fee_filed'] as const
const BROKEN = { misscored: [], difference: 0, differing: [] } as const

const nameOf = ({ scheme, from, to, revision, digest }: Pick<SnapshotHead, 'scheme' | 'from' | 'to' | 'revision' | 'digest'>): string =>
  [scheme, from, to, revision, digest].join(' ')

/** Lists show a snapshot's columns without opening its text: when, by whom and why it was closed, as far as which event. */
const saysTheSame = (head: SnapshotHead, body: SnapshotBody): boolean =>
  Temporal.Instant.compare(head.closedAt, Temporal.Instant.from(body.closedAt)) === 0 &&
  head.closedBy === body.closedBy &&
  head.reason === body.reason &&
  head.position === body.log.position

/** Counts of a unit from the log, by quantity; procedures with at least one such dossier are counted too. */
type Recounted = Record<string, number>

/** What the log gives of a period: its cells, and the places of dossiers that were open and late. */
interface FromLog {
  readonly cells: Awaited<ReturnType<typeof countUntil>>
  /** Null for a snapshot that kept open dossiers as they stood when it was made. */
  readonly late: readonly Facts[] | null
}

function recountUnits(units: readonly ClosedUnit[], { cells, late }: FromLog): Map<ClosedUnit, Recounted> {
  const groups = new Map<Group, ClosedUnit>(
    units.map((unit) => [{ key: unit.code, name: unit.name, tier: null, validFrom: unit.validFrom, members: unit.members }, unit]),
  )
  const find = groupFinder([...groups.keys()])
  const sums = new Map<
    ClosedUnit,
    { counts: Recounted; finished: number; late: number; online: Map<string, number>; paid: Map<string, number>; fee: Map<string, number> }
  >()
  for (const unit of units) sums.set(unit, { counts: {}, finished: 0, late: 0, online: new Map(), paid: new Map(), fee: new Map() })
  for (const { agency, day } of late ?? []) {
    const group = find(agency, day)
    const sum = group && sums.get(groups.get(group) as ClosedUnit)
    if (sum) sum.late += 1
  }
  for (const { key, counts } of cells) {
    const group = find(key.agencyCode, key.day)
    const sum = group && sums.get(groups.get(group) as ClosedUnit)
    if (!sum) continue
    for (const [quantity, measure] of Object.entries(measureOf)) {
      const value = (counts as Readonly<Record<string, number>>)[measure]
      if (value !== undefined) sum.counts[quantity] = (sum.counts[quantity] ?? 0) + value
    }
    const more = (into: Map<string, number>, value: number) => into.set(key.procedureCode, (into.get(key.procedureCode) ?? 0) + value)
    sum.finished += counts.finished
    more(sum.online, counts.online)
    more(sum.paid, counts.paid_online)
    more(sum.fee, counts.fee_due)
  }
  const some = (of: Map<string, number>): number => [...of.values()].filter((value) => value > 0).length
  return new Map(
    [...sums].map(([unit, { counts, finished, late: open, online, paid, fee }]) => [
      unit,
      {
        ...counts,
        procedures_online_filed: some(online),
        procedures_paid_online: some(paid),
        procedures_fee_filed: some(fee),
        ...(late && {
          late: finished - (counts.on_time ?? 0) + open,
          open_in_time: (counts.received ?? 0) - finished - open,
        }),
      },
    ]),
  )
}

/** The amounts of a snapshot that the events before its mark do not give. */
function differences(body: SnapshotBody, log: FromLog): ClosedDifference[] {
  const found: ClosedDifference[] = []
  // Groups of one finder must not share an agency's day.
  for (const units of [[body.province], body.units, ...body.subtrees.map((one) => [one])]) {
    for (const [unit, counted] of recountUnits(units, log)) {
      const standing = log.late ? ['late', 'open_in_time'] : []
      const names = [...Object.keys(measureOf), ...countedSets, ...standing] as QuantityName[]
      for (const quantity of names) {
        // A snapshot of before a quantity was read says nothing of it.
        if (!(quantity in unit.amounts)) continue
        const closed = unit.amounts[quantity] ?? null
        const again = counted[quantity] ?? 0
        if ((closed ?? 0) !== again) found.push({ unit: unit.code, quantity, closed, counted: again })
      }
    }
  }
  return found
}

/** The period of a snapshot out of the log, as far as it had been read then. */
async function readLog(tx: Tx, sources: readonly MeasureSource[], { from, to, log, format, closedAt }: SnapshotBody): Promise<FromLog> {
  const open = new Map<string, Facts>()
  const all = await countUntil(tx, sources, log, (subject, facts) => {
    const unfinished = facts.in.includes(measureId.received) && !facts.in.includes(measureId.finished)
    if (unfinished && from <= facts.day && facts.day <= to) open.set(subject, facts)
  })
  const cells = all.filter(({ key }) => from <= key.day && key.day <= to)
  if (format === 1) return { cells, late: null }
  const late = await openLateUntil(tx, [...open.keys()], log, judgedAt({ to }, Temporal.Instant.from(closedAt)))
  return { cells, late: [...late].flatMap((subject) => open.get(subject) ?? []) }
}

/**
 * Reads every closed period again: its text against its digest and against what the log says was closed, its place after another, its
 * points against its own amounts and rules, and every amount that comes from events against the log as it had been read then; dossiers that were open are made again from their
 * events. The catalogue and reported figures are kept as read: the log does not count them.
 */
export async function checkSnapshots(tx: Tx, sources: readonly MeasureSource[]): Promise<SnapshotCheck[]> {
  const heads = await listSnapshots(tx)
  const digests = new Set(heads.map(({ digest }) => digest))
  // The log is sealed by itself (`cuaso check`): what it says was closed must be there, and nothing else.
  const closings = await listClosings(tx)
  const recorded = new Set(closings.map(nameOf))
  const there = new Set(heads.map(nameOf))
  const checks: SnapshotCheck[] = closings
    .filter((closing) => !there.has(nameOf(closing)))
    .map(({ scheme, from, to, revision, digest }) => ({ scheme, from, to, revision, digest, ...BROKEN, broken: 'missing' }))
  for (const head of [...heads].reverse()) {
    const { scheme, from, to, revision, digest, previous } = head
    const stored = await findSnapshot(tx, head)
    if (!stored) continue
    const known = { scheme, from, to, revision, digest }
    if (digestOf(stored.body, previous) !== digest) {
      checks.push({ ...known, ...BROKEN, broken: 'digest' })
      continue
    }
    if (!recorded.has(nameOf(head))) {
      checks.push({ ...known, ...BROKEN, broken: 'unrecorded' })
      continue
    }
    const body = bodyOf(stored)
    if (!saysTheSame(stored, body)) {
      checks.push({ ...known, ...BROKEN, broken: 'columns' })
      continue
    }
    const version = schemeVersionSchema.parse(body.version)
    const units = [body.province, ...body.units, ...body.subtrees]
    const differing = differences(body, await readLog(tx, sources, body))
    checks.push({
      ...known,
      broken: previous !== null && !digests.has(previous) ? 'chain' : null,
      misscored: units.filter((unit) => !agreesWithItself(version, unit)).map(({ code }) => code),
      difference: differing.length,
      differing: differing.slice(0, SHOWN),
    })
  }
  return checks
}
