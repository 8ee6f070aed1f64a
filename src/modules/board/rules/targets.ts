import type { Day } from '../../../kernel/clock.ts'
import type { RateCode, Tier } from '../../indicator/index.ts'

/** What a rate should reach, for whom, when, and who said so. `target` is a share, 0 to 1. */
export interface Target {
  readonly rate: RateCode
  /** Null: every tier, and the province as a whole. */
  readonly tier: Tier | null
  readonly from: Day
  readonly to: Day | null
  readonly target: number
  readonly source: string
  readonly certainty: 'confirmed' | 'threshold'
}

/**
 * The target in force on a day: the tier's own before one for every tier, a confirmed one before a threshold, a later one before an
 * earlier. Undefined when nobody has set one; a target of one tier never speaks for the whole province.
 */
export function targetOn(targets: readonly Target[], rate: RateCode, tier: Tier | null, day: Day): Target | undefined {
  const weight = (target: Target): number => (target.tier === null ? 0 : 2) + (target.certainty === 'confirmed' ? 1 : 0)
  return targets
    .filter((one) => one.rate === rate && (one.tier === null || one.tier === tier) && one.from <= day && (one.to === null || one.to >= day))
    .sort((a, b) => weight(b) - weight(a) || b.from.localeCompare(a.from))[0]
}
