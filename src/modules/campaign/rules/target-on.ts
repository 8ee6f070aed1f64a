import type { Day } from '../../../kernel/clock.ts'
import { type Target, type Tier, targetFor } from './target.ts'

/** A unit as it was: the same code can be another place later. */
interface UnitKey {
  readonly code: string
  readonly validFrom: Day
}

/**
 * The target in force on a day: a unit's own before its tier's before everybody's, a later one before an earlier. Undefined when nobody
 * has set one; a target of one tier never speaks for the whole province (`tier` null).
 */
export const targetOn = <T extends Target>(
  targets: readonly T[],
  rate: string,
  tier: Tier | null,
  day: Day,
  unit: UnitKey = { code: '', validFrom: '' },
): T | undefined =>
  // A rate that should stay low has no line to reach.
  targetFor(
    targets.filter(({ comparator }) => comparator === 'at_least'),
    { kind: 'rate', code: rate },
    tier === null ? null : { ...unit, tier },
    day,
  ) as T | undefined
