/** An exact fraction; the denominator is above 0. Scores are divided once, when they are written down. */
export interface Rational {
  readonly num: bigint
  readonly den: bigint
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b))

/** `num / den` in lowest terms. Throws `RangeError` when the denominator is 0: whoever divides must have asked before. */
export function rational(num: bigint | number, den: bigint | number = 1n): Rational {
  const [n, d] = [BigInt(num), BigInt(den)]
  if (d === 0n) throw new RangeError('division by zero')
  const sign = d < 0n ? -1n : 1n
  const common = gcd(n, d) || 1n
  return { num: (sign * n) / common, den: (sign * d) / common }
}

/** The exact fraction that a decimal is written as: `0.8` is 4/5, not the nearest binary number. */
export function decimal(value: number): Rational {
  const [whole = '0', part = ''] = value.toFixed(10).replace(/0+$/, '').split('.')
  return rational(BigInt(whole + part), 10n ** BigInt(part.length))
}

export const zero: Rational = { num: 0n, den: 1n }
export const one: Rational = { num: 1n, den: 1n }
export const plus = (a: Rational, b: Rational): Rational => rational(a.num * b.den + b.num * a.den, a.den * b.den)
export const minus = (a: Rational, b: Rational): Rational => plus(a, { num: -b.num, den: b.den })
export const times = (a: Rational, b: Rational): Rational => rational(a.num * b.num, a.den * b.den)
export const over = (a: Rational, b: Rational): Rational => rational(a.num * b.den, a.den * b.num)
export const compare = (a: Rational, b: Rational): number => {
  const left = a.num * b.den
  const right = b.num * a.den
  return left < right ? -1 : left > right ? 1 : 0
}
export const atLeast = (a: Rational, b: Rational): boolean => compare(a, b) >= 0
export const lesser = (a: Rational, b: Rational): Rational => (compare(a, b) <= 0 ? a : b)
export const greater = (a: Rational, b: Rational): Rational => (compare(a, b) >= 0 ? a : b)
export const sum = (all: readonly Rational[]): Rational => all.reduce(plus, zero)

/** The smallest whole number not below it. */
export const ceiling = ({ num, den }: Rational): bigint => (num >= 0n ? (num + den - 1n) / den : num / den)

/** With a fixed number of decimal places; a half is rounded away from zero. */
export function written({ num, den }: Rational, places: number): string {
  const top = num < 0n ? -num : num
  const scaled = (2n * top * 10n ** BigInt(places) + den) / (2n * den)
  const digits = scaled.toString().padStart(places + 1, '0')
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`
  return num < 0n && scaled !== 0n ? `-${text}` : text
}

/** Rounded to decimal places, still exact. */
export const rounded = (value: Rational, places: number): Rational => {
  const text = written(value, places).replace('.', '')
  return rational(BigInt(text), 10n ** BigInt(places))
}
