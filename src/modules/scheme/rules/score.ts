import type { Text } from '../../../kernel/i18n/index.ts'
import * as exact from '../../../kernel/rational.ts'
import type { Amounts, QuantityName } from './quantities.ts'
import type { Expression, Indicator, Level, SchemeVersion, ScoringRule } from './scheme.ts'

/**
 * Why an indicator's points are what they are. `scored`: from its share; `zero`: nothing to be a share of, the scheme's rule for that;
 * `not_applicable`: not asked of this level; `unknown`: a quantity is missing, so there is no score, and none is made up.
 */
export type Standing = 'scored' | 'zero' | 'not_applicable' | 'unknown' | 'shown'

/** One indicator of one unit. Points and shares are exact until they are written down. */
export interface IndicatorScore {
  readonly indicator: Indicator
  readonly standing: Standing
  readonly numerator: number | null
  readonly denominator: number | null
  readonly share: exact.Rational | null
  /** What the share was multiplied by (index 3.3: the sync rate); null where nothing was, or nobody knows it. */
  readonly factor: exact.Rational | null
  /** Null: no score. */
  readonly points: exact.Rational | null
  /** The most it can give this unit; 0 when it is left out. */
  readonly max: exact.Rational
  /** Quantities nobody has given. */
  readonly missing: readonly QuantityName[]
}

/** The sum of an expression's terms, the greatest where there are several; null when any of it is unknown. */
export function amountOf({ greatest }: Expression, amounts: Amounts): number | null {
  // Of two sources one may be silent: the other speaks. Index 1.4 takes the larger of those there are.
  let most: number | null = null
  for (const terms of greatest) {
    const total = totalOf(terms, amounts)
    if (total !== null && (most === null || total > most)) most = total
  }
  return most
}

function totalOf(terms: Expression['greatest'][number], amounts: Amounts): number | null {
  let total = 0
  for (const { quantity, sign } of terms) {
    const value = amounts[quantity]
    if (value === undefined || value === null) return null
    total += sign * value
  }
  return total
}

function missingOf(expressions: readonly Expression[], amounts: Amounts): QuantityName[] {
  const missing: QuantityName[] = []
  for (const { greatest } of expressions) {
    for (const terms of greatest) {
      for (const { quantity } of terms) {
        if ((amounts[quantity] ?? null) === null && !missing.includes(quantity)) missing.push(quantity)
      }
    }
  }
  return missing
}

/** Points of a share under a rule. The share may be below 0 (then it counts as 0) or above 1 (then as 1). */
export function pointsOf<N>(by: exact.Arithmetic<N>, rule: ScoringRule, share: N, max: N): N {
  const within = by.lesser(by.greater(share, by.zero), by.one)
  switch (rule.kind) {
    case 'linear': {
      const full = by.decimal(rule.full)
      return by.timesOver(max, by.lesser(within, full), full)
    }
    case 'stepped': {
      const reached = rule.steps.filter(({ from }) => by.atLeast(within, by.decimal(from)))
      return reached.map(({ points }) => by.decimal(points)).reduce(by.greater, by.zero)
    }
    case 'yes_no':
      return by.atLeast(within, by.decimal(rule.from)) ? max : by.zero
    case 'shown':
      return by.zero
  }
}

/** Takes what the rule of an indicator says. */
type Say<N, R> = (
  standing: Standing,
  points: N | null,
  max: N,
  numerator: number | null,
  denominator: number | null,
  share: N | null,
  factor: N | null,
) => R

/**
 * The rule of one indicator, in whichever arithmetic. What it finds is said, not returned as a thing: a ranking asks tens of thousands of
 * times and keeps only sums.
 */
function scoreIn<N, R>(by: exact.Arithmetic<N>, indicator: Indicator, level: Level, amounts: Amounts, say: Say<N, R>): R {
  const max = by.decimal(indicator.max)
  if (!indicator.levels.includes(level)) {
    const full = indicator.otherwise === 'full'
    return say('not_applicable', full ? max : null, full ? max : by.zero, null, null, null, null)
  }
  const shown = indicator.rule.kind === 'shown'
  const numerator = amountOf(indicator.numerator, amounts)
  const denominator = amountOf(indicator.denominator, amounts)
  if (numerator === null || denominator === null) return say(shown ? 'shown' : 'unknown', null, max, numerator, denominator, null, null)
  if (denominator <= 0) {
    if (shown) return say('shown', null, max, numerator, denominator, null, null)
    if (indicator.zero === 'unscored') return say('zero', null, by.zero, numerator, denominator, null, null)
    return say('zero', indicator.zero === 'full' ? max : by.zero, max, numerator, denominator, null, null)
  }
  let share = by.ratio(numerator, denominator)
  let factor: N | null = null
  if (indicator.factor) {
    const top = amountOf(indicator.factor.numerator, amounts)
    const bottom = amountOf(indicator.factor.denominator, amounts)
    if (top !== null && bottom !== null && bottom > 0) {
      factor = by.lesser(by.ratio(top, bottom), by.one)
      share = by.times(share, factor)
    }
  }
  if (shown) return say('shown', null, max, numerator, denominator, share, factor)
  return say('scored', pointsOf(by, indicator.rule, share, max), max, numerator, denominator, share, factor)
}

/** One indicator for a unit of a level. (QĐ 766/QĐ-TTg; the scheme says which decision its rules come from.) */
export function scoreIndicator(indicator: Indicator, level: Level, amounts: Amounts): IndicatorScore {
  return scoreIn(exact.fractions, indicator, level, amounts, (standing, points, max, numerator, denominator, share, factor) => {
    const asked = standing === 'not_applicable' ? [] : [indicator.numerator, indicator.denominator]
    // What a share is multiplied by is only asked for where there is a share.
    if (share && indicator.factor) asked.push(indicator.factor.numerator, indicator.factor.denominator)
    return { indicator, standing, numerator, denominator, share, factor, points, max, missing: missingOf(asked, amounts) }
  })
}

export interface GroupScore {
  readonly code: string
  readonly name: Text
  readonly points: exact.Rational
  readonly max: exact.Rational
  readonly indicators: readonly IndicatorScore[]
}

export interface UnitScore {
  /** Points of everything that is known. */
  readonly total: exact.Rational
  /** The most that was possible for this unit; without what was left out. */
  readonly max: exact.Rational
  /** The most that indicators without a score could have given: how far the total may be from the truth. */
  readonly unknown: exact.Rational
  readonly band: Text
  readonly indicators: readonly IndicatorScore[]
  readonly groupings: readonly { readonly code: string; readonly name: Text; readonly groups: readonly GroupScore[] }[]
  /** Points of a grouping's groups in its order, rounded to decimal places: what a ranking shows of every unit. No such grouping: none. */
  groupPoints(grouping: string, places: number): readonly exact.Rational[]
}

/** The band of a total (as written down): the highest that begins at or below it. */
export function bandOf(version: Pick<SchemeVersion, 'bands'>, total: exact.Rational): Text {
  const [first] = version.bands
  let lowest = first as SchemeVersion['bands'][number]
  let found: typeof first
  for (const band of version.bands) {
    if (band.from < lowest.from) lowest = band
    if ((!found || band.from > found.from) && exact.atLeast(total, exact.decimal(band.from))) found = band
  }
  return (found ?? lowest).name
}

const near = exact.doubles()

/**
 * The sums of a unit's score, worked out in doubles: a ranking of hundreds of units asks for nothing else. Undefined where doubles cannot
 * tell what the exact sums are rounded to, or the scheme rounds each indicator.
 */
function sumsOf(version: SchemeVersion, level: Level, amounts: Amounts): Pick<UnitScore, 'total' | 'max' | 'unknown'> | undefined {
  if (version.rounding.indicator !== null) return undefined
  const by = near
  by.doubt = false
  let [sum, most, missing] = [0, 0, 0]
  const add = (standing: Standing, points: number | null, max: number): void => {
    sum += points ?? 0
    most += max
    if (standing === 'unknown') missing += max
  }
  for (const indicator of version.indicators) scoreIn(by, indicator, level, amounts, add)
  const total = by.doubt ? undefined : exact.roundedDouble(sum, version.rounding.total)
  // Maxima are few decimals that somebody wrote down: so is their sum.
  return total && { total, max: exact.decimal(most), unknown: exact.decimal(missing) }
}

/** Points of each indicator in doubles, in the version's order; undefined where they cannot tell. */
function nearPoints(version: SchemeVersion, level: Level, amounts: Amounts): readonly number[] | undefined {
  if (version.rounding.indicator !== null) return undefined
  near.doubt = false
  const each = version.indicators.map((indicator) => scoreIn(near, indicator, level, amounts, (_standing, points) => points ?? 0))
  return near.doubt ? undefined : each
}

const insides = new WeakMap<SchemeVersion, readonly (readonly (readonly number[])[])[]>()

/** Where the indicators of each grouping's groups stand among the version's: found once, not for every unit. */
function insidesOf(version: SchemeVersion): readonly (readonly (readonly number[])[])[] {
  let found = insides.get(version)
  if (!found) {
    found = version.groupings.map(({ groups }) =>
      groups.map(({ indicators }) => version.indicators.flatMap(({ id }, at) => (indicators.includes(id) ? [at] : []))),
    )
    insides.set(version, found)
  }
  return found
}

const pointsIn = (scores: readonly IndicatorScore[]) => exact.sum(scores.map(({ points }) => points ?? exact.zero))
const maxOf = (scores: readonly IndicatorScore[]) => exact.sum(scores.map(({ max }) => max))

class Score implements UnitScore {
  readonly total: exact.Rational
  readonly max: exact.Rational
  readonly unknown: exact.Rational
  readonly band: Text
  readonly #version: SchemeVersion
  readonly #level: Level
  readonly #amounts: Amounts
  #indicators: readonly IndicatorScore[] | undefined
  #groupings: UnitScore['groupings'] | undefined

  constructor(version: SchemeVersion, level: Level, amounts: Amounts) {
    this.#version = version
    this.#level = level
    this.#amounts = amounts
    const sums = sumsOf(version, level, amounts) ?? {
      total: exact.rounded(pointsIn(this.indicators), version.rounding.total),
      max: maxOf(this.indicators),
      unknown: maxOf(this.indicators.filter(({ standing }) => standing === 'unknown')),
    }
    this.total = sums.total
    this.max = sums.max
    this.unknown = sums.unknown
    this.band = bandOf(version, sums.total)
  }

  // Line by line, and exact, only when somebody looks.
  get indicators(): readonly IndicatorScore[] {
    const places = this.#version.rounding.indicator
    this.#indicators ??= this.#version.indicators.map((indicator) => {
      const score = scoreIndicator(indicator, this.#level, this.#amounts)
      return places === null || !score.points ? score : { ...score, points: exact.rounded(score.points, places) }
    })
    return this.#indicators
  }

  get groupings(): UnitScore['groupings'] {
    this.#groupings ??= this.#version.groupings.map(({ code, name, groups }) => ({
      code,
      name,
      groups: groups.map((group) => {
        const inside = this.indicators.filter(({ indicator }) => group.indicators.includes(indicator.id))
        return { code: group.code, name: group.name, points: pointsIn(inside), max: maxOf(inside), indicators: inside }
      }),
    }))
    return this.#groupings
  }

  groupPoints(grouping: string, places: number): readonly exact.Rational[] {
    const at = this.#version.groupings.findIndex(({ code }) => code === grouping)
    const each = nearPoints(this.#version, this.#level, this.#amounts)
    return (insidesOf(this.#version)[at] ?? []).map((inside, group) => {
      const near = each ? inside.reduce((sum, place) => sum + (each[place] ?? 0), 0) : Number.NaN
      return exact.roundedDouble(near, places) ?? exact.rounded(this.groupings[at]?.groups[group]?.points ?? exact.zero, places)
    })
  }
}

/** A unit's whole score under a version of a scheme. Rounded only where the scheme says so. */
export const scoreUnit = (version: SchemeVersion, level: Level, amounts: Amounts): UnitScore => new Score(version, level, amounts)

/** What would win an indicator's lost points back. */
export interface WinBack {
  readonly indicator: Indicator
  readonly lost: exact.Rational
  /** How many more must count in the numerator for all points; and what one of them adds. */
  readonly more: number
  readonly each: exact.Rational
  /** Fewer than `more` there may be: only these could still be turned (denominator less numerator). */
  readonly available: number
  /** Points when all available ones are turned. */
  readonly winnable: exact.Rational
}

/** Where points were lost, the greatest winnable first. Linear and yes/no rules; steps win back up to the next step. */
export function winBack(score: UnitScore): WinBack[] {
  const found: WinBack[] = []
  for (const one of score.indicators) {
    const { indicator, points, max, numerator, denominator, share, standing } = one
    if (standing !== 'scored' || !points || !share || numerator === null || denominator === null || denominator <= 0) continue
    // A share that is multiplied by 0 wins nothing, whatever is turned.
    const factor = one.factor ?? exact.one
    if (exact.compare(factor, exact.zero) <= 0) continue
    const lost = exact.minus(max, points)
    if (exact.compare(lost, exact.zero) <= 0) continue
    const { rule } = indicator
    const goal =
      rule.kind === 'linear'
        ? exact.decimal(rule.full)
        : rule.kind === 'yes_no'
          ? exact.decimal(rule.from)
          : rule.kind === 'stepped'
            ? exact.decimal(
                Math.min(1, ...rule.steps.filter((step) => exact.compare(exact.decimal(step.points), points) > 0).map(({ from }) => from)),
              )
            : exact.one
    const wanted = Number(exact.ceiling(exact.over(exact.times(goal, exact.rational(denominator)), factor)))
    const more = Math.max(0, wanted - numerator)
    const available = Math.max(0, denominator - numerator)
    const turned = Math.min(more, available)
    if (turned === 0) continue
    const after = pointsOf(exact.fractions, rule, exact.times(exact.rational(numerator + turned, denominator), factor), max)
    const winnable = exact.minus(after, pointsOf(exact.fractions, rule, share, max))
    found.push({ indicator, lost, more, available, winnable, each: exact.over(winnable, exact.rational(turned)) })
  }
  return found.sort((a, b) => exact.compare(b.winnable, a.winnable))
}
