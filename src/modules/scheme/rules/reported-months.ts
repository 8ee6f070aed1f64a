import { type Month, monthsBetween } from '../../../kernel/months.ts'
import { type Amounts, type QuantityName, quantities } from './quantities.ts'
import type { Indicator, Level } from './scheme.ts'

/**
 * A reported figure that some months of a period have and others, though they are over, do not: its sum is less than the truth. Every
 * figure that is reported is a flow (so many dossiers, procedures, copies of that month), so every month counts; one in which there was
 * nothing is reported as 0. A month that still runs is nobody's fault and is not named.
 */
export interface Gap {
  readonly reported: readonly Month[]
  readonly missing: readonly Month[]
}

export type Gaps = Readonly<Partial<Record<QuantityName, Gap>>>

/** Nothing is missing that anybody began to report. */
export const noGaps: Gaps = {}

/** A figure of a month, as it was given. */
export interface MonthFigure {
  readonly quantity: string
  /** Its first day. */
  readonly month: string
  readonly value: number
}

/** What was reported, added up, and what is missing of it. */
export interface Told {
  readonly amounts: Amounts
  readonly gaps: Gaps
}

export const untold: Told = { amounts: {}, gaps: noGaps }

type Days = { readonly first: string; readonly last: string }

/** The months that stretches of days touch, each once, in order. */
export const monthsOf = (days: readonly Days[]): Month[] =>
  [...new Set(days.flatMap(({ first, last }) => monthsBetween(first, last)))].sort()

type Given = ReadonlyMap<QuantityName, ReadonlySet<Month>>

/** What one agency was reported for, and in which months. */
export interface AgencyTold extends Told {
  readonly given: Given
  /** Whether any of its months is over: before that it owes nobody a figure. */
  readonly owes: boolean
}

/** One agency's figures of some months. `running`: the month of today; those before it are over. A figure never given has no gap: it is unknown. */
export function addUp(figures: readonly MonthFigure[], months: readonly Month[], running: Month): AgencyTold {
  const asked = new Set(months)
  const amounts: Partial<Record<QuantityName, number>> = {}
  const given = new Map<QuantityName, Set<Month>>()
  for (const { quantity, month, value } of figures) {
    const at = month.slice(0, 7)
    if (!Object.hasOwn(quantities, quantity) || !asked.has(at)) continue
    const name = quantity as QuantityName
    amounts[name] = (amounts[name] ?? 0) + value
    const known = given.get(name)
    if (known) known.add(at)
    else given.set(name, new Set([at]))
  }
  const over = months.filter((month) => month < running)
  const gaps: Partial<Record<QuantityName, Gap>> = {}
  for (const [name, known] of given) {
    const missing = over.filter((month) => !known.has(month))
    if (missing.length > 0) gaps[name] = { reported: [...known].sort(), missing }
  }
  return { amounts, gaps, given, owes: over.length > 0 }
}

/**
 * What was reported for a unit that is put together from others. As long as one that owes a figure is silent, nobody knows the sum; a
 * month is missing as soon as any part misses it.
 */
export function addParts(parts: readonly AgencyTold[]): Told {
  const amounts: Partial<Record<QuantityName, number>> = {}
  const gaps: Partial<Record<QuantityName, Gap>> = {}
  for (const name of new Set(parts.flatMap(({ given }) => [...given.keys()]))) {
    if (parts.some(({ owes, given }) => owes && !given.has(name))) continue
    amounts[name] = parts.reduce((sum, part) => sum + (part.amounts[name] ?? 0), 0)
    const whole = oneGap(parts.map((part) => part.gaps[name] ?? { reported: [...(part.given.get(name) ?? [])], missing: [] }))
    if (whole.missing.length > 0) gaps[name] = whole
  }
  return { amounts, gaps }
}

/** Several gaps as one: a month is reported when it is missing in none of them. */
export function oneGap(gaps: readonly Gap[]): Gap {
  const missing = [...new Set(gaps.flatMap((gap) => gap.missing))].sort()
  return { reported: [...new Set(gaps.flatMap((gap) => gap.reported))].filter((month) => !missing.includes(month)).sort(), missing }
}

/** A gap in a figure that somebody asks for. */
export interface AskedGap extends Gap {
  readonly quantity: QuantityName
}

/**
 * Which months some indicators lack of what they ask of a line's level. Made once for the many lines of a ranking: what a level asks for is
 * worked out when the first of its lines has a gap.
 */
export function missingMonthsOf(indicators: readonly Pick<Indicator, 'numerator' | 'denominator' | 'factor' | 'levels'>[]) {
  const asked = new Map<Level, ReadonlySet<string>>()
  return ({ gaps, unit }: { readonly gaps: Gaps; readonly unit: { readonly level: Level } }): readonly Month[] => {
    const own = Object.entries(gaps).flatMap(([name, gap]) => (gap ? [[name, gap] as const] : []))
    if (own.length === 0) return []
    const { level } = unit
    const names = asked.get(level) ?? quantitiesAsked(indicators.filter(({ levels }) => levels.includes(level)))
    asked.set(level, names)
    return oneGap(own.flatMap(([name, gap]) => (names.has(name) ? [gap] : []))).missing
  }
}

/** The quantities that formulas speak of, each once, in their order. */
const quantitiesAsked = (indicators: readonly Pick<Indicator, 'numerator' | 'denominator' | 'factor'>[]): ReadonlySet<QuantityName> =>
  new Set(
    indicators
      .flatMap(({ numerator, denominator, factor }) => [numerator, denominator, ...(factor ? [factor.numerator, factor.denominator] : [])])
      .flatMap(({ greatest }) => greatest.flat())
      .map(({ quantity }) => quantity),
  )

/** The gaps of what some indicators ask of a level, each figure once, in the order in which it is asked for. */
export function gapsAsked(
  indicators: readonly Pick<Indicator, 'numerator' | 'denominator' | 'factor' | 'levels'>[],
  { gaps = noGaps, unit }: { readonly gaps?: Gaps | undefined; readonly unit?: { readonly level: Level } | undefined },
): AskedGap[] {
  if (Object.keys(gaps).length === 0) return []
  return [...quantitiesAsked(indicators.filter(({ levels }) => !unit || levels.includes(unit.level)))].flatMap((quantity) => {
    const gap = gaps[quantity]
    return gap ? [{ quantity, ...gap }] : []
  })
}
