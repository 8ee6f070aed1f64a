import { addDays, type Day, startOfDay } from '../../../kernel/clock.ts'
import type { Month } from '../../../kernel/months.ts'
import * as exact from '../../../kernel/rational.ts'
import type { Amounts, QuantityName } from './quantities.ts'
import { type Gaps, noGaps } from './reported-months.ts'
import type { Level, Scheme, SchemeVersion } from './scheme.ts'
import { scoreUnit, type UnitScore } from './score.ts'

/** A unit as it was closed: whose days it counts, what was counted, and the points, written with ten decimals. */
export interface ClosedUnit {
  readonly code: string
  readonly name: string
  readonly level: Level
  readonly validFrom: Day | null
  readonly members: readonly { readonly code: string; readonly first: Day; readonly last: Day }[]
  readonly amounts: Amounts
  /** The last year stood in for what nobody reported (index 1.4). */
  readonly temporary: boolean
  /** Months that nobody had reported of figures that were reported for others; left out where there are none. */
  readonly gaps?: Gaps
  readonly total: string
  readonly unknown: string
  readonly points: Readonly<Record<string, string | null>>
}

/** Everything a closed period says, in the words of its time: nothing outside is needed to read it or to work its points out again. */
export interface SnapshotBody {
  /**
   * From 2 on open dossiers are judged at the period's end, so that the log gives them too. From 3 on it says which months nobody had
   * reported: where an earlier one says nothing, nobody had looked.
   */
  readonly format: 1 | 2 | 3
  readonly scheme: Pick<Scheme, 'code' | 'name' | 'basis'>
  readonly version: unknown
  readonly inForce: boolean
  readonly from: Day
  readonly to: Day
  readonly revision: number
  readonly closedAt: string
  readonly closedBy: string
  readonly reason: string
  /** How far the event log had been read. */
  readonly log: { readonly position: number; readonly snapshot: string }
  readonly province: ClosedUnit
  /** Each with its own dossiers. */
  readonly units: readonly ClosedUnit[]
  /** Units that have others below them, with everything below. */
  readonly subtrees: readonly ClosedUnit[]
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** JSON with its keys in order and no blanks: the same content is the same text. What is undefined is left out. */
export function canonical(value: unknown): string {
  const sorted = (one: Json): Json => {
    if (Array.isArray(one)) return one.map(sorted)
    if (one === null || typeof one !== 'object') return one
    const entries = Object.entries(one as Record<string, Json>).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]))
  }
  return JSON.stringify(sorted(JSON.parse(JSON.stringify(value)) as Json))
}

/** The points of a unit as they are kept: shares may not end, ten decimals are more than any rounding looks at. */
export function closedPoints(score: UnitScore): Pick<ClosedUnit, 'total' | 'unknown' | 'points'> {
  const written = (value: exact.Rational): string => exact.written(value, 10)
  return {
    total: written(score.total),
    unknown: written(score.unknown),
    points: Object.fromEntries(score.indicators.map(({ indicator, points }) => [indicator.id, points && written(points)])),
  }
}

/** Points of a closed unit worked out again from its own amounts and rules. */
export const scoreClosed = (version: SchemeVersion, unit: ClosedUnit): UnitScore => scoreUnit(version, unit.level, unit.amounts)

/** Whether its amounts and rules still give the points it was closed with. */
export const agreesWithItself = (version: SchemeVersion, unit: ClosedUnit): boolean =>
  canonical(closedPoints(scoreClosed(version, unit))) === canonical({ total: unit.total, unknown: unit.unknown, points: unit.points })

const namesMonths = ({ format }: Pick<SnapshotBody, 'format'>): boolean => format >= 3

/** What was closed, without when, by whom and why. */
function contentOf({ scheme, version, province, units, subtrees }: SnapshotBody, months: boolean): string {
  const of = (unit: ClosedUnit): ClosedUnit => (months ? unit : { ...unit, gaps: undefined })
  return canonical({ scheme: scheme.code, version, province: of(province), units: units.map(of), subtrees: subtrees.map(of) })
}

/** Whether two readings of a period say the same figures. Which months were missing is compared where both have looked. */
export function saysTheSame(one: SnapshotBody, other: SnapshotBody): boolean {
  const months = namesMonths(one) && namesMonths(other)
  return contentOf(one, months) === contentOf(other, months)
}

/** A month, a quarter or a year, from its first to its last day; nothing else is closed. */
export function closable({ from, to }: { readonly from: Day; readonly to: Day }): 'month' | 'quarter' | 'year' | undefined {
  const [year, month, day] = from.split('-').map(Number) as [number, number, number]
  if (day !== 1) return undefined
  const ends = (months: number): Day => new Date(Date.UTC(year, month - 1 + months, 0)).toISOString().slice(0, 10)
  if (to === ends(1)) return 'month'
  if (to === ends(3) && month % 3 === 1) return 'quarter'
  return to === ends(12) && month === 1 ? 'year' : undefined
}

/** The moment from which a period may be closed: midnight in Vietnam after its last day. */
export const closableFrom = ({ to }: { readonly to: Day }) => startOfDay(addDays(to, 1))

/** How one unit differs between two readings of a period. */
export interface UnitChange {
  readonly code: string
  readonly name: string
  readonly before: string | null
  readonly after: string | null
  readonly amounts: readonly { readonly quantity: QuantityName; readonly before: number | null; readonly after: number | null }[]
  /** Figures of which other months are missing than before. */
  readonly months: readonly { readonly quantity: QuantityName; readonly before: readonly Month[]; readonly after: readonly Month[] }[]
}

function missingBetween({ gaps: before = noGaps }: ClosedUnit, { gaps: after = noGaps }: ClosedUnit): UnitChange['months'] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort() as QuantityName[]
  return names.flatMap((quantity) => {
    const pair = { quantity, before: before[quantity]?.missing ?? [], after: after[quantity]?.missing ?? [] }
    return pair.before.join() === pair.after.join() ? [] : [pair]
  })
}

/** Units whose amounts, points or missing months differ, the province first; a unit that is only on one side has null on the other. */
export function changesBetween(
  before: Pick<SnapshotBody, 'format' | 'province' | 'units'>,
  after: Pick<SnapshotBody, 'format' | 'province' | 'units'>,
): UnitChange[] {
  const keyOf = (unit: ClosedUnit): string => `${unit.code} ${unit.validFrom}`
  const [old, now] = [before, after].map(({ province, units }) => new Map([province, ...units].map((unit) => [keyOf(unit), unit])))
  const changes: UnitChange[] = []
  const looked = namesMonths(before) && namesMonths(after)
  for (const key of new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])) {
    const [a, b] = [old?.get(key), now?.get(key)]
    const unit = (b ?? a) as ClosedUnit
    const names = [...new Set([...Object.keys(a?.amounts ?? {}), ...Object.keys(b?.amounts ?? {})])].sort() as QuantityName[]
    const amounts = names.flatMap((quantity) => {
      const pair = { quantity, before: a?.amounts[quantity] ?? null, after: b?.amounts[quantity] ?? null }
      return pair.before === pair.after ? [] : [pair]
    })
    const months = looked && a && b ? missingBetween(a, b) : []
    if (amounts.length === 0 && months.length === 0 && a?.total === b?.total && a && b) continue
    changes.push({ code: unit.code, name: unit.name, before: a?.total ?? null, after: b?.total ?? null, amounts, months })
  }
  return changes
}
