import type { Day } from '../../../kernel/clock.ts'
import type { OfficerRole } from './roles.ts'

/** What a role asks of those who hold it: nothing, an invitation, or a second factor before anything else. */
export type FactorLevel = 'none' | 'offered' | 'required'

export const factorLevels: readonly FactorLevel[] = ['none', 'offered', 'required']

/** One decision about a role. Decisions come in the order in which they were made. */
export interface FactorDecision {
  readonly role: OfficerRole
  readonly level: FactorLevel
  /** Civil day from which it counts. */
  readonly validFrom: Day
}

const NOTHING: Readonly<Record<OfficerRole, FactorLevel>> = {
  clerk: 'none',
  specialist: 'none',
  unit_head: 'none',
  reform_officer: 'none',
  leader: 'none',
  administrator: 'none',
}

/** What each role asks for on a day: the decision made last among those that count by then. A role nobody decided about asks nothing. */
export function policyOn(decisions: readonly FactorDecision[], day: Day): Record<OfficerRole, FactorLevel> {
  const levels = { ...NOTHING }
  for (const { role, level, validFrom } of decisions) if (validFrom <= day) levels[role] = level
  return levels
}

/** Decisions for a day still to come that nothing decided later overtakes before it. */
export const comingDecisions = (decisions: readonly FactorDecision[], day: Day): readonly FactorDecision[] =>
  decisions.filter(
    (one, at) =>
      one.validFrom > day && !decisions.some((later, after) => after > at && later.role === one.role && later.validFrom <= one.validFrom),
  )

/** What an officer is asked: the strictest of their roles. */
export function levelFor(roles: readonly OfficerRole[], policy: Readonly<Record<OfficerRole, FactorLevel>>): FactorLevel {
  return factorLevels[Math.max(0, ...roles.map((role) => factorLevels.indexOf(policy[role])))] ?? 'none'
}

/** Roles whose account opens much: a real installation is warned while one of them has a password only. */
export const WEIGHTY: readonly OfficerRole[] = ['administrator', 'reform_officer', 'unit_head', 'leader']
