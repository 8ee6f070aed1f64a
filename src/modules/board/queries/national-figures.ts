import type { Province } from '../../../kernel/database/index.ts'
import * as exact from '../../../kernel/rational.ts'
import type { GroupScore, IndicatorScore, ScoredLine, UnitScore } from '../../scheme/index.ts'
import { unknownIn } from '../rules/score-sums.ts'
import type { ProvinceStanding, ScoredProvince } from './national.ts'

/** The portal's six groups: what provinces are set side by side by. */
export const GROUPING = 'portal'

/** As it is printed: what prints the same is the same. */
const printed = (value: exact.Rational): exact.Rational => exact.rounded(value, 2)

/** Points of one of the portal's groups, or all of them, as they are printed. */
export function pointsOf({ score }: ScoredLine, code: string | undefined): exact.Rational {
  const groups = score.groupings.find((one) => one.code === GROUPING)?.groups
  return printed(groups?.find((one) => one.code === code)?.points ?? score.total)
}

export interface Ranked {
  readonly standing: ProvinceStanding
  readonly rank: number | null
}

export const isScored = (one: ProvinceStanding): one is ScoredProvince => one.state === 'scored'

/** Highest first, equal ones under one rank by name; those that cannot be compared come last, without a rank. */
export function rankProvinces(standings: readonly ProvinceStanding[], by: string | undefined): Ranked[] {
  const byName = (a: ProvinceStanding, b: ProvinceStanding): number => a.province.name.localeCompare(b.province.name, 'vi')
  const scored = standings.filter(isScored).sort((a, b) => exact.compare(pointsOf(b.now, by), pointsOf(a.now, by)) || byName(a, b))
  const rank = (one: ScoredProvince): number =>
    scored.findIndex((other) => exact.compare(pointsOf(other.now, by), pointsOf(one.now, by)) === 0) + 1
  return [
    ...scored.map((standing) => ({ standing, rank: rank(standing) })),
    ...standings
      .filter((one) => !isScored(one))
      .sort(byName)
      .map((standing) => ({ standing, rank: null })),
  ]
}

/** What all provinces got for the same thing. Points as they are printed; null and nobody when no province has points for it. */
export interface Among {
  readonly median: exact.Rational | null
  readonly best: exact.Rational | null
  /** Who has the best: several when they print the same. */
  readonly leaders: readonly Province[]
  readonly count: number
}

/** Of an even number of provinces the median is the middle of the two in the middle. */
export function amongAll(values: readonly { readonly province: Province; readonly points: exact.Rational | null }[]): Among {
  const known = values
    .flatMap(({ province, points }) => (points ? [{ province, points: printed(points) }] : []))
    .sort((a, b) => exact.compare(a.points, b.points))
  const [low, high] = [known[Math.floor((known.length - 1) / 2)], known[Math.floor(known.length / 2)]]
  const best = known.at(-1)?.points
  if (!low || !high || !best) return { median: null, best: null, leaders: [], count: 0 }
  return {
    median: exact.over(exact.plus(low.points, high.points), exact.rational(2)),
    best,
    leaders: known.filter(({ points }) => exact.compare(points, best) === 0).map(({ province }) => province),
    count: known.length,
  }
}

/** Points now less points then, as both are printed; null when either is not known. */
export const changeOf = (now: exact.Rational | null | undefined, then: exact.Rational | null | undefined): exact.Rational | null =>
  now && then ? exact.minus(printed(now), printed(then)) : null

export const indicatorOf = ({ indicators }: UnitScore, id: string): IndicatorScore | undefined =>
  indicators.find(({ indicator }) => indicator.id === id)

export const groupOf = ({ groupings }: UnitScore, grouping: string, code: string): GroupScore | undefined =>
  groupings.find((one) => one.code === grouping)?.groups.find((one) => one.code === code)

/** One indicator of a province: with what it had in the period before, and what all provinces have. */
export interface IndicatorRow {
  readonly one: IndicatorScore
  readonly change: exact.Rational | null
  readonly among: Among
}

/** A group of indicators of a province, or all of them (`code` undefined). */
export interface GroupRow {
  readonly code: string | undefined
  readonly group: Pick<GroupScore, 'name'> | undefined
  readonly points: exact.Rational
  readonly max: exact.Rational
  /** The most that indicators without a score could have given: not got, but not lost either. */
  readonly unknown: exact.Rational
  readonly change: exact.Rational | null
  readonly among: Among
  readonly indicators: readonly IndicatorRow[]
}

/** A province group by group in one of the scheme's groupings, the whole first. */
export function groupRows(asked: ScoredProvince, standings: readonly ProvinceStanding[], grouping: string): GroupRow[] {
  const scored = standings.filter(isScored)
  const { score } = asked.now
  const before = asked.before?.score
  const among = (points: (of: UnitScore) => exact.Rational | null | undefined): Among =>
    amongAll(scored.map(({ province, now }) => ({ province, points: points(now.score) ?? null })))
  const row = (one: IndicatorScore): IndicatorRow => {
    const { id } = one.indicator
    const then = before && indicatorOf(before, id)
    return { one, change: changeOf(one.points, then?.points), among: among((of) => indicatorOf(of, id)?.points) }
  }
  const groups = score.groupings.find(({ code }) => code === grouping)?.groups ?? []
  return [
    {
      code: undefined,
      group: undefined,
      points: score.total,
      max: score.max,
      unknown: score.unknown,
      change: changeOf(score.total, before?.total),
      among: among(({ total }) => total),
      indicators: [],
    },
    ...groups.map((group) => ({
      code: group.code,
      group,
      points: group.points,
      max: group.max,
      unknown: unknownIn(group.indicators),
      change: changeOf(group.points, before && groupOf(before, grouping, group.code)?.points),
      among: among((of) => groupOf(of, grouping, group.code)?.points),
      indicators: group.indicators.map(row),
    })),
  ]
}

/** One indicator of two provinces. */
export interface Difference {
  readonly left: IndicatorScore
  readonly right: IndicatorScore | undefined
  /** What it makes of the difference between the two totals, as points are printed: who has none adds nothing. Null when neither has any. */
  readonly gap: exact.Rational | null
  /** Only one of the two has points: the difference is of what is known, not of what was done. */
  readonly oneSided: boolean
}

/** Two provinces indicator by indicator, where most points differ first; what neither has points for comes last. */
export function differencesOf(left: UnitScore, right: UnitScore): Difference[] {
  const size = ({ gap }: Difference): exact.Rational =>
    gap === null ? exact.rational(-1) : exact.greater(gap, exact.minus(exact.zero, gap))
  return left.indicators
    .map((one): Difference => {
      const other = indicatorOf(right, one.indicator.id)
      const [mine, theirs] = [one.points, other?.points ?? null]
      const gap = mine === null && theirs === null ? null : changeOf(mine ?? exact.zero, theirs ?? exact.zero)
      return { left: one, right: other, gap, oneSided: (mine === null) !== (theirs === null) }
    })
    .sort((a, b) => exact.compare(size(b), size(a)))
}
