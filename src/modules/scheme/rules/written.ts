import type { Expression, Indicator, SchemeVersion } from './scheme.ts'

/** A sum as a file writes it: `["received", "-late"]`, or several of which the greatest counts. */
export function writtenExpression({ greatest }: Expression): readonly string[] | { greatest: readonly (readonly string[])[] } | undefined {
  const sums = greatest.map((terms) => terms.map(({ quantity, sign }) => (sign < 0 ? `-${quantity}` : quantity)))
  return sums.length === 1 ? sums[0] : { greatest: sums }
}

export const writtenIndicator = (one: Indicator) => ({
  ...one,
  numerator: writtenExpression(one.numerator),
  denominator: writtenExpression(one.denominator),
  ...(one.factor
    ? { factor: { numerator: writtenExpression(one.factor.numerator), denominator: writtenExpression(one.factor.denominator) } }
    : {}),
})

/** A scheme version as a file writes it: read again, it gives the same rules. */
export const writtenVersion = (version: SchemeVersion): unknown => ({ ...version, indicators: version.indicators.map(writtenIndicator) })
