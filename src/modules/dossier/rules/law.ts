import type { Day } from '../../../kernel/clock.ts'
import type { Text } from '../../../kernel/i18n/index.ts'

/** What the law leaves to dated configuration (data/dossier/rules.json). */
export interface LifecycleRule {
  /** How often a due time may be put off with an apology (form 04). */
  readonly maxExtensions: number
  /** At the latest so many working days before the due time; 0: any time before it. */
  readonly extensionNoticeWorkingDays: number
  /** How many lists of missing papers may be sent, before and after reception each. */
  readonly maxSupplementRounds: number
  /** Calendar days after which a result counts as not collected. */
  readonly uncollectedAfterDays: number
}

export interface DatedRule extends LifecycleRule {
  readonly validFrom: Day
  readonly procedures: Readonly<Record<string, Partial<LifecycleRule>>>
}

/** The rule for a procedure on a day: the latest that began by then (the first one for days before), with the procedure's own values. */
export function ruleOn(rules: readonly DatedRule[], day: Day, procedureCode: string): LifecycleRule {
  const sorted = [...rules].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
  const rule = sorted.findLast(({ validFrom }) => validFrom <= day) ?? sorted[0]
  if (!rule) throw new Error('no rules are given')
  const { validFrom: _from, procedures, ...values } = rule
  return { ...values, ...procedures[procedureCode] }
}

/** A legal ground for not accepting a dossier, and the days on which it can be chosen. */
export interface DatedGround {
  readonly code: string
  readonly validFrom: Day
  readonly validTo: Day | null
  readonly text: Text
  readonly basis: string
}

export const groundsOn = (grounds: readonly DatedGround[], day: Day): DatedGround[] =>
  grounds.filter(({ validFrom, validTo }) => validFrom <= day && (validTo === null || day <= validTo))
