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
export function pointsOf(rule: ScoringRule, share: exact.Rational, max: exact.Rational): exact.Rational {
  const within = exact.lesser(exact.greater(share, exact.zero), exact.one)
  switch (rule.kind) {
    case 'linear': {
      const full = exact.decimal(rule.full)
      return exact.atLeast(within, full) ? max : exact.timesOver(max, within, full)
    }
    case 'stepped': {
      const reached = rule.steps.filter(({ from }) => exact.atLeast(within, exact.decimal(from)))
      return reached.map(({ points }) => exact.decimal(points)).reduce(exact.greater, exact.zero)
    }
    case 'yes_no':
      return exact.atLeast(within, exact.decimal(rule.from)) ? max : exact.zero
    case 'shown':
      return exact.zero
  }
}

/** One indicator for a unit of a level. (QĐ 766/QĐ-TTg; the scheme says which decision its rules come from.) */
export function scoreIndicator(indicator: Indicator, level: Level, amounts: Amounts): IndicatorScore {
  const max = exact.decimal(indicator.max)
  const known = { indicator, numerator: null, denominator: null, share: null, factor: null, max, missing: [] }
  if (!indicator.levels.includes(level)) {
    const full = indicator.otherwise === 'full'
    return { ...known, standing: 'not_applicable', points: full ? max : null, max: full ? max : exact.zero }
  }
  const numerator = amountOf(indicator.numerator, amounts)
  const denominator = amountOf(indicator.denominator, amounts)
  const counted = { ...known, numerator, denominator, missing: missingOf([indicator.numerator, indicator.denominator], amounts) }
  if (numerator === null || denominator === null)
    return { ...counted, standing: indicator.rule.kind === 'shown' ? 'shown' : 'unknown', points: null }
  if (denominator <= 0) {
    if (indicator.rule.kind === 'shown') return { ...counted, standing: 'shown', points: null }
    if (indicator.zero === 'unscored') return { ...counted, standing: 'zero', points: null, max: exact.zero }
    return { ...counted, standing: 'zero', points: indicator.zero === 'full' ? max : exact.zero }
  }
  let share = exact.rational(numerator, denominator)
  let factor: exact.Rational | null = null
  if (indicator.factor) {
    const top = amountOf(indicator.factor.numerator, amounts)
    const bottom = amountOf(indicator.factor.denominator, amounts)
    if (top !== null && bottom !== null && bottom > 0) {
      factor = exact.lesser(exact.rational(top, bottom), exact.one)
      share = exact.times(share, factor)
    }
    counted.missing.push(...missingOf([indicator.factor.numerator, indicator.factor.denominator], amounts))
  }
  if (indicator.rule.kind === 'shown') return { ...counted, share, factor, standing: 'shown', points: null }
  return { ...counted, share, factor, standing: 'scored', points: pointsOf(indicator.rule, share, max) }
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

/** A unit's whole score under a version of a scheme. Rounded only where the scheme says so. */
export function scoreUnit(version: SchemeVersion, level: Level, amounts: Amounts): UnitScore {
  const { indicator: places, total: totalPlaces } = version.rounding
  const indicators = version.indicators.map((indicator) => {
    const score = scoreIndicator(indicator, level, amounts)
    return places === null || !score.points ? score : { ...score, points: exact.rounded(score.points, places) }
  })
  const pointsIn = (scores: readonly IndicatorScore[]) => exact.sum(scores.map(({ points }) => points ?? exact.zero))
  const maxOf = (scores: readonly IndicatorScore[]) => exact.sum(scores.map(({ max }) => max))
  const total = exact.roundedSum(
    indicators.map(({ points }) => points ?? exact.zero),
    totalPlaces,
  )
  const groupings = () =>
    version.groupings.map(({ code, name, groups }) => ({
      code,
      name,
      groups: groups.map((group) => {
        const inside = indicators.filter(({ indicator }) => group.indicators.includes(indicator.id))
        return { code: group.code, name: group.name, points: pointsIn(inside), max: maxOf(inside), indicators: inside }
      }),
    }))
  let grouped: UnitScore['groupings'] | undefined
  return {
    total,
    max: maxOf(indicators),
    unknown: maxOf(indicators.filter(({ standing }) => standing === 'unknown')),
    band: bandOf(version, total),
    indicators,
    /** Worked out when somebody looks: a ranking of hundreds of units asks for totals alone. */
    get groupings() {
      grouped ??= groupings()
      return grouped
    },
  }
}

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
    const after = pointsOf(rule, exact.times(exact.rational(numerator + turned, denominator), factor), max)
    const winnable = exact.minus(after, pointsOf(rule, share, max))
    found.push({ indicator, lost, more, available, winnable, each: exact.over(winnable, exact.rational(turned)) })
  }
  return found.sort((a, b) => exact.compare(b.winnable, a.winnable))
}
