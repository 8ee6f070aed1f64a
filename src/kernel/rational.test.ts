import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as exact from './rational.ts'

const fraction = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.bigInt({ min: 1n, max: 10n ** 20n }))
  .map(([num, den]) => exact.rational(num, den))
const share = fc
  .tuple(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 1, max: 100_000 }))
  .map(([num, den]) => exact.rational(num, den))

const common = (a: bigint, b: bigint): bigint => (b === 0n ? a : common(b, a % b))

describe('an exact fraction', () => {
  test('is in lowest terms with a denominator above 0, whatever it was made from', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }), fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }), (num, den) => {
        fc.pre(den !== 0n)
        const made = exact.rational(num, den)
        expect(made.den > 0n).toBe(true)
        expect(made.num * den).toBe(num * made.den)
        expect(common(made.num < 0n ? -made.num : made.num, made.den)).toBe(1n)
      }),
    )
    expect(exact.rational(6, -4)).toEqual({ num: -3n, den: 2n })
    expect(exact.rational(0, 7)).toEqual({ num: 0n, den: 1n })
    expect(() => exact.rational(1, 0)).toThrow(RangeError)
  })

  test('made from plain numbers is the one made from big ones', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), (num, den) => {
        fc.pre(den !== 0)
        expect(exact.rational(num, den)).toEqual(exact.rational(BigInt(num), BigInt(den)))
      }),
    )
  })

  test('multiplied and divided at once is multiplied, then divided', () => {
    fc.assert(
      fc.property(fraction, fraction, fraction, (a, b, c) => {
        fc.pre(c.num !== 0n)
        expect(exact.timesOver(a, b, c)).toEqual(exact.over(exact.times(a, b), c))
      }),
    )
  })

  test('is summed in one go as it is one by one', () => {
    fc.assert(
      fc.property(fc.array(fraction, { maxLength: 12 }), (all) => {
        expect(exact.sum(all)).toEqual(all.reduce(exact.plus, exact.zero))
      }),
    )
  })

  test('a sum of doubles is rounded as the exact one is, or says that it cannot tell: sums that lie on a half or a hair beside it', () => {
    const hair = fc
      .tuple(fc.nat({ max: 300 }), fc.constantFrom(0n, 1n, -1n))
      .map(([whole, side]) => [
        exact.rational(whole, 3),
        exact.minus(exact.rational(BigInt(whole) * 10n + 5n, 1000n), exact.rational(whole, 3)),
        exact.rational(side, 10n ** 15n),
      ])
    fc.assert(
      fc.property(fc.oneof(fc.array(share, { maxLength: 25 }), hair), fc.integer({ min: 0, max: 4 }), (all, places) => {
        const near = all.reduce((sum, { num, den }) => sum + Number(num) / Number(den), 0)
        const told = exact.roundedDouble(near, places)
        if (told) expect(told).toEqual(exact.rounded(exact.sum(all), places))
      }),
      { numRuns: 1000 },
    )
    expect(exact.roundedDouble(0.125, 2)).toBeUndefined()
    expect(exact.roundedDouble(89.0649, 2)).toEqual(exact.rational(8906, 100))
  })

  test('a decimal is what is written: 0.8 is 4/5, the second time too', () => {
    expect(exact.decimal(0.8)).toEqual({ num: 4n, den: 5n })
    expect(exact.decimal(0.8)).toEqual({ num: 4n, den: 5n })
    expect(exact.decimal(-12.25)).toEqual({ num: -49n, den: 4n })
  })
})
