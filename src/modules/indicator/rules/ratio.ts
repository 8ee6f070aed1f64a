import { rational, written } from '../../../kernel/rational.ts'

/**
 * A share with a fixed number of decimal places, as text: division comes last, a half is rounded away from zero.
 * `null` when the denominator is 0: nothing was there to be a share of, which is not the same as 0 %.
 */
export const ratio = (numerator: number | bigint, denominator: number | bigint, places = 4): string | null =>
  BigInt(denominator) === 0n ? null : written(rational(numerator, denominator), places)
