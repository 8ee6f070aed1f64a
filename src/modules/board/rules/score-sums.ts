import type { Month } from '../../../kernel/months.ts'
import * as exact from '../../../kernel/rational.ts'

/** What a score lacks to be whole: points that nobody could score, months of figures that nobody reported. */
export interface Lacking {
  readonly unknown: exact.Rational
  readonly months: readonly Month[]
}

export interface Scored {
  readonly indicator: { readonly id: string }
  readonly points: exact.Rational | null
}

/**
 * Points of each side in the indicators that were scored on both: what one side lacks for want of data is no difference of work.
 * `shared`: how many those are.
 */
export function sumsOfBoth(
  left: readonly Scored[],
  right: readonly Scored[],
): { left: exact.Rational; right: exact.Rational; shared: number } {
  const sums = { left: exact.zero, right: exact.zero, shared: 0 }
  for (const { indicator, points } of left) {
    const other = right.find((one) => one.indicator.id === indicator.id)?.points
    if (!points || !other) continue
    sums.left = exact.plus(sums.left, points)
    sums.right = exact.plus(sums.right, other)
    sums.shared += 1
  }
  return sums
}

/** The most that indicators without a score could have given: not got, but not lost either. */
export const unknownIn = (indicators: readonly { readonly standing: string; readonly max: exact.Rational }[]): exact.Rational =>
  exact.sum(indicators.filter(({ standing }) => standing === 'unknown').map(({ max }) => max))
