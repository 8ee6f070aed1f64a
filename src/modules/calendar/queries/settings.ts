import type { Day } from '../../../kernel/clock.ts'
import type { Tx } from '../../../kernel/database/index.ts'
import { chainOf, inForceFor } from '../rules/inherit.ts'
import { defaultHours, defaultRules, inForceOn } from '../rules/work-calendar.ts'
import { listOwnSettings, loadRules, loadSchedules, type OwnRules, type OwnSchedule } from '../store.ts'

/** How an agency's clock is set: what holds on a day and from whom, and what it decided itself. */
export interface Settings {
  readonly agencyCode: string
  readonly schedule: OwnSchedule
  readonly rules: OwnRules
  readonly ownSchedules: readonly OwnSchedule[]
  readonly ownRules: readonly OwnRules[]
  /** Every agency that has something of its own. */
  readonly others: readonly string[]
}

/** Opening hours and rules of an agency ('' is the whole province) on a day. */
export async function findSettings(tx: Tx, agencyCode: string, day: Day): Promise<Settings> {
  const chain = chainOf(agencyCode)
  const [schedules, rules, own] = [await loadSchedules(tx, chain), await loadRules(tx, chain), await listOwnSettings(tx)]
  const nobody = { agencyCode: '', validFrom: '1900-01-01', inherits: false, source: '' }
  return {
    agencyCode,
    schedule: inForceOn(inForceFor(agencyCode, schedules), day) ?? { ...nobody, saturdayCounts: false, hours: defaultHours },
    rules: inForceOn(inForceFor(agencyCode, rules), day) ?? { ...nobody, ...defaultRules },
    ownSchedules: schedules.filter((entry) => entry.agencyCode === agencyCode),
    ownRules: rules.filter((entry) => entry.agencyCode === agencyCode),
    others: [...new Set(own.map((entry) => entry.agencyCode))].filter((code) => code !== ''),
  }
}
