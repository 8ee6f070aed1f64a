import { ratio } from '../../indicator/index.ts'

/** A rate as its two counts: division comes last. */
export interface Share {
  readonly n: number
  readonly d: number
}

export const noShare: Share = { n: 0, d: 0 }

export const addShares = (a: Share, b: Share): Share => ({ n: a.n + b.n, d: a.d + b.d })

/** `92,79 %`: two places, half away from zero; `N/A` when there is nothing to divide by. */
export function percentText(value: Share): string {
  const exact = ratio(value.n, value.d)
  return exact === null ? 'N/A' : `${hundred(exact)} %`
}

/** How far a share moved, in hundredths of a percentage point; null when either side has nothing to divide by. */
export function moved(now: Share, before: Share | null): number | null {
  if (before === null || now.d === 0 || before.d === 0) return null
  const exact = ratio(BigInt(now.n) * BigInt(before.d) - BigInt(before.n) * BigInt(now.d), BigInt(now.d) * BigInt(before.d))
  return exact === null ? null : Math.round(Number(exact) * 10_000)
}

/** `+1,20` points; `0,00` when it stayed; `–` when it cannot be said. */
export function movedText(change: number | null): string {
  if (change === null) return '–'
  const sign = change > 0 ? '+' : change < 0 ? '−' : ''
  return `${sign}${hundredths(Math.abs(change))}`
}

const hundredths = (value: number): string => `${Math.floor(value / 100)},${String(value % 100).padStart(2, '0')}`

/** A ratio of four places as a percentage of two, with a Vietnamese comma: `0.9279` → `92,79`. */
function hundred(exact: string): string {
  const digits = exact.replace('.', '').replace(/^0+(?=\d{3})/, '')
  const padded = digits.padStart(3, '0')
  return `${padded.slice(0, -2)},${padded.slice(-2)}`
}

/** `12.345`. */
export const countText = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, '.')

/** Compares two shares exactly, the lower first. Those with nothing to divide by come last. */
export function compareShares(a: Share, b: Share): number {
  if (a.d === 0 || b.d === 0) return a.d === b.d ? 0 : a.d === 0 ? 1 : -1
  const left = BigInt(a.n) * BigInt(b.d)
  const right = BigInt(b.n) * BigInt(a.d)
  return left < right ? -1 : left > right ? 1 : 0
}
