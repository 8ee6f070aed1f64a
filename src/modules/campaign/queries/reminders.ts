import { addDays, type Day } from '../../../kernel/clock.ts'
import type { Tx } from '../../../kernel/database/index.ts'
import { type OfficerName, officersOfUnits } from '../../identity/index.ts'
import { toldBefore } from '../../notification/index.ts'
import type { CampaignStanding, UnitPlace } from './standing.ts'

/** One unit to be reminded: of what, whom, and who has been already this week. */
export interface Reminder {
  readonly unit: UnitPlace
  /** Names the reason: this campaign, this unit, this week. */
  readonly key: string
  readonly officers: readonly OfficerName[]
  readonly told: readonly OfficerName[]
}

/** Monday of a day's week. */
export function weekOf(day: Day): Day {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
  return addDays(day, -weekday)
}

export const reminderKey = (campaignId: string, unitCode: string, today: Day): string =>
  `campaign:${campaignId}:${unitCode}:${weekOf(today)}`

/** Heads answer for a unit, its counter does the work. */
const ROLES = ['unit_head', 'clerk'] as const

/** The units that are behind, with whom to remind. A unit without an account of its own has no officers: it gets a letter. */
export async function readReminders(tx: Tx, standing: CampaignStanding, today: Day): Promise<Reminder[]> {
  const units = standing.late
  const officers = await officersOfUnits(tx, { roles: ROLES, agencyCodes: units.map(({ code }) => code), day: today })
  const keys = units.map(({ code }) => reminderKey(standing.campaign.id, code, today))
  const told = await toldBefore(tx, keys)
  return units.map((unit, at) => {
    const key = keys[at] ?? ''
    const own = new Map(
      officers
        .filter((officer) => officer.unit === unit.code)
        .map(({ id, name, position, agencyCode }) => [id, { id, name, position, agencyCode }]),
    )
    const before = told.get(key)
    const all = [...own.values()]
    return { unit, key, officers: all.filter(({ id }) => !before?.has(id)), told: all.filter(({ id }) => before?.has(id)) }
  })
}
