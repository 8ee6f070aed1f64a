/**
 * A share with a fixed number of decimal places, as text: division comes last, a half is rounded away from zero.
 * `null` when the denominator is 0: nothing was there to be a share of, which is not the same as 0 %.
 */
export function ratio(numerator: number | bigint, denominator: number | bigint, places = 4): string | null {
  const n = BigInt(numerator)
  const d = BigInt(denominator)
  if (d === 0n) return null
  const negative = n < 0n !== d < 0n && n !== 0n
  const [top, bottom] = [n < 0n ? -n : n, d < 0n ? -d : d]
  const scaled = (2n * top * 10n ** BigInt(places) + bottom) / (2n * bottom)
  const digits = scaled.toString().padStart(places + 1, '0')
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`
  return negative && scaled !== 0n ? `-${text}` : text
}
