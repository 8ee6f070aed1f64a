import type { Day } from '../../../kernel/clock.ts'
import { decimal } from '../../../kernel/rational.ts'

export type Tier = 'province' | 'district' | 'commune'

/** What is aimed at: a rate of the registry, or the score of an index scheme (then in points, else a share from 0 to 1). */
export interface Aim {
  readonly kind: 'rate' | 'score'
  readonly code: string
}

const SCORE = 'score:'

/** As a campaign keeps it: a rate by its code, a score as `score:766`. */
export const aimKey = ({ kind, code }: Aim): string => (kind === 'score' ? `${SCORE}${code}` : code)

export const aimOf = (key: string): Aim =>
  key.startsWith(SCORE) ? { kind: 'score', code: key.slice(SCORE.length) } : { kind: 'rate', code: key }

/** For whom: one unit as it was on a day, every unit of a tier, or everybody. */
export type Scope =
  | { readonly kind: 'unit'; readonly code: string; readonly validFrom: Day }
  | { readonly kind: 'tier'; readonly tier: Tier }
  | { readonly kind: 'all' }

export interface Target {
  readonly id: string
  readonly aim: Aim
  readonly scope: Scope
  readonly from: Day
  readonly to: Day
  readonly comparator: 'at_least' | 'at_most'
  /** As it is written in the document: `0.8`, `90`. */
  readonly value: number
  /** The document that set it. */
  readonly source: string
}

/** A unit that may have a target. */
export interface Aimed {
  readonly code: string
  readonly validFrom: Day
  readonly tier: Tier
}

const nearness = (scope: Scope, unit: Aimed | null): number => {
  if (scope.kind === 'all') return 1
  if (unit === null) return 0
  if (scope.kind === 'tier') return scope.tier === unit.tier ? 2 : 0
  return scope.code === unit.code && scope.validFrom === unit.validFrom ? 3 : 0
}

/**
 * The target that counts for a unit on a day: its own before its tier's before everybody's; of two equally near the one that began
 * later. A unit that was merged or renamed since is another unit and has its own target or its tier's. `unit` null: the whole province.
 */
export function targetFor(targets: readonly Target[], aim: Aim, unit: Aimed | null, on: Day): Target | undefined {
  return targets
    .filter(
      (one) => one.aim.kind === aim.kind && one.aim.code === aim.code && one.from <= on && on <= one.to && nearness(one.scope, unit) > 0,
    )
    .sort((a, b) => nearness(b.scope, unit) - nearness(a.scope, unit) || b.from.localeCompare(a.from) || b.id.localeCompare(a.id))[0]
}

/** A share with what it was divided from. */
export interface Share {
  readonly numerator: number
  readonly denominator: number
}

/** Whether the share meets the target, exactly; null when there is nothing to be a share of: neither met nor missed. */
export function isMet({ comparator, value }: Pick<Target, 'comparator' | 'value'>, { numerator, denominator }: Share): boolean | null {
  if (denominator <= 0) return null
  const { num, den } = decimal(value)
  const left = BigInt(numerator) * den
  const right = num * BigInt(denominator)
  return comparator === 'at_least' ? left >= right : left <= right
}

/** How far from the target, in dossiers and not only in per cent. */
export interface Gap {
  /** Of those counted now, so many more would have to be good (for `at_most`: so many fewer bad). 0 when met. */
  readonly among: number
  /** If every further dossier is good, so many of them; null when no number of them can do it. */
  readonly ahead: number | null
}

const up = (num: bigint, den: bigint): bigint => (num <= 0n ? 0n : (num + den - 1n) / den)

export function gapTo(target: Pick<Target, 'comparator' | 'value'>, share: Share): Gap {
  if (isMet(target, share) !== false) return { among: 0, ahead: 0 }
  const { num, den } = decimal(target.value)
  const [n, d] = [BigInt(share.numerator), BigInt(share.denominator)]
  if (target.comparator === 'at_least') {
    const among = up(num * d - n * den, den)
    // (n + x) / (d + x) ≥ num / den
    const ahead = num >= den ? null : Number(up(num * d - n * den, den - num))
    return { among: Number(among), ahead }
  }
  // n / (d + x) ≤ num / den
  return { among: Number(up(n * den - num * d, den)), ahead: num === 0n ? null : Number(up(n * den - num * d, num)) }
}

/** The last day of a target that was given none. */
export const NO_END: Day = '9999-12-31'
