/** An exact fraction; the denominator is above 0. Scores are divided once, when they are written down. */
export interface Rational {
  readonly num: bigint
  readonly den: bigint
}

const SAFE = BigInt(Number.MAX_SAFE_INTEGER)

function divisor(a: number, b: number): number {
  let [x, y] = [a, b]
  while (y !== 0) [x, y] = [y, x % y]
  return x
}

/** Greatest common divisor of two numbers that are not below 0; small ones without big arithmetic, which is many times slower. */
function gcd(a: bigint, b: bigint): bigint {
  let [large, small] = [a, b]
  while (small > SAFE || (large > SAFE && small !== 0n)) [large, small] = [small, large % small]
  if (small === 0n) return large
  return BigInt(divisor(Number(large), Number(small)))
}

const positive = (value: bigint): bigint => (value < 0n ? -value : value)

/** `num / den` in lowest terms. Throws `RangeError` when the denominator is 0: whoever divides must have asked before. */
export function rational(num: bigint | number, den: bigint | number = 1n): Rational {
  if (typeof num === 'number' && typeof den === 'number' && Number.isSafeInteger(num) && Number.isSafeInteger(den) && den > 0) {
    const common = divisor(Math.abs(num), den) || 1
    return { num: BigInt(num / common), den: BigInt(den / common) }
  }
  const [n, d] = [BigInt(num), BigInt(den)]
  if (d === 0n) throw new RangeError('division by zero')
  const sign = d < 0n ? -1n : 1n
  const common = gcd(positive(n), positive(d)) || 1n
  return { num: (sign * n) / common, den: (sign * d) / common }
}

const decimals = new Map<number, Rational>()

/** The exact fraction that a decimal of up to eight places is written as: `0.8` is 4/5, not the nearest binary number; so is a sum of such in doubles. */
export function decimal(value: number): Rational {
  // Rules are written in few decimals, and asked again for every unit.
  let known = decimals.get(value)
  if (!known) {
    const [whole = '0', part = ''] = value.toFixed(8).replace(/0+$/, '').split('.')
    known = rational(BigInt(whole + part), 10n ** BigInt(part.length))
    if (decimals.size >= 1000) decimals.clear()
    decimals.set(value, known)
  }
  return known
}

export const zero: Rational = { num: 0n, den: 1n }
export const one: Rational = { num: 1n, den: 1n }
export const plus = (a: Rational, b: Rational): Rational => rational(a.num * b.den + b.num * a.den, a.den * b.den)
export const minus = (a: Rational, b: Rational): Rational => plus(a, { num: -b.num, den: b.den })
export const times = (a: Rational, b: Rational): Rational => rational(a.num * b.num, a.den * b.den)
export const over = (a: Rational, b: Rational): Rational => rational(a.num * b.den, a.den * b.num)

/** `a × b / c`, brought to lowest terms once. Throws `RangeError` when `c` is 0. */
export const timesOver = (a: Rational, b: Rational, c: Rational): Rational => rational(a.num * b.num * c.den, a.den * b.den * c.num)
export const compare = (a: Rational, b: Rational): number => {
  const left = a.num * b.den
  const right = b.num * a.den
  return left < right ? -1 : left > right ? 1 : 0
}
export const atLeast = (a: Rational, b: Rational): boolean => compare(a, b) >= 0
export const lesser = (a: Rational, b: Rational): Rational => (compare(a, b) <= 0 ? a : b)
export const greater = (a: Rational, b: Rational): Rational => (compare(a, b) >= 0 ? a : b)

export function sum(all: readonly Rational[]): Rational {
  let [num, den] = [0n, 1n]
  for (const one of all) {
    if (one.den === den) num += one.num
    else {
      num = num * one.den + one.num * den
      den *= one.den
    }
  }
  return rational(num, den)
}

/** How far a sum of a few hundred doubles that are together below `SURE` may be from the truth, generously. */
const DOUBT = 1e-6
const SURE = 1e7

/**
 * A sum of what is not below 0, added up in doubles, rounded to decimal places: the same as `rounded(sum(…), places)`. Undefined where it
 * lies so near a half, or is so large, that doubles cannot tell to which side.
 */
export function roundedDouble(near: number, places: number): Rational | undefined {
  const scale = 10 ** places
  const scaled = near * scale
  const apart = Math.abs(scaled - Math.floor(scaled) - 0.5)
  return apart > DOUBT && scaled < SURE ? rational(Math.round(scaled), scale) : undefined
}

/** What rules calculate with, so that one rule can be followed exactly or quickly. */
export interface Arithmetic<N> {
  readonly zero: N
  readonly one: N
  /** `num / den`; the denominator is above 0. */
  ratio(num: number, den: number): N
  decimal(value: number): N
  times(a: N, b: N): N
  /** `a × b / c`; `c` is above 0. */
  timesOver(a: N, b: N, c: N): N
  lesser(a: N, b: N): N
  greater(a: N, b: N): N
  atLeast(a: N, b: N): boolean
}

export const fractions: Arithmetic<Rational> = { zero, one, ratio: rational, decimal, times, timesOver, lesser, greater, atLeast }

/** Doubles: many times faster, and `doubt` is set once a comparison was closer than they can tell. */
export function doubles(): Arithmetic<number> & { doubt: boolean } {
  const by = {
    doubt: false,
    zero: 0,
    one: 1,
    ratio: (num: number, den: number) => num / den,
    decimal: (value: number) => value,
    times: (a: number, b: number) => a * b,
    timesOver: (a: number, b: number, c: number) => (a * b) / c,
    lesser: (a: number, b: number) => (a < b ? a : b),
    greater: (a: number, b: number) => (a > b ? a : b),
    atLeast: (a: number, b: number) => {
      if (Math.abs(a - b) < DOUBT) by.doubt = true
      return a >= b
    },
  }
  return by
}

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
