import type { Day } from '../../../kernel/clock.ts'
import type { Target } from './target.ts'

/** A unit as it was, with its last day and what it became: whole or in part. */
export interface UnitLife {
  readonly code: string
  readonly validFrom: Day
  readonly validTo: Day | null
}

/** A unit's own target that ended because the unit did, and which of its successors have no target of their own for the same aim. */
export interface Orphaned {
  readonly lastDay: Day
  readonly without: readonly { readonly code: string; readonly validFrom: Day }[]
}

/**
 * What becomes of a unit's own target when the unit is merged or split: it ends with the unit's last day and is never handed on, because
 * nobody decided it for the new unit. Undefined while the unit lives, or for a target that had run out by then anyway.
 */
export function orphanedBy(
  target: Target,
  unit: UnitLife,
  successors: readonly { readonly code: string; readonly validFrom: Day }[],
  targets: readonly Target[],
): Orphaned | undefined {
  const { scope, aim } = target
  if (scope.kind !== 'unit' || scope.code !== unit.code || scope.validFrom !== unit.validFrom) return undefined
  if (unit.validTo === null || unit.validTo >= target.to || unit.validTo < target.from) return undefined
  const lastDay = unit.validTo
  const hasOwn = (heir: { code: string; validFrom: Day }): boolean =>
    targets.some(
      (one) =>
        one.scope.kind === 'unit' &&
        one.scope.code === heir.code &&
        one.scope.validFrom === heir.validFrom &&
        one.aim.kind === aim.kind &&
        one.aim.code === aim.code &&
        one.to > lastDay,
    )
  return { lastDay, without: successors.filter((heir) => !hasOwn(heir)) }
}
