import type { Day } from '../../../kernel/clock.ts'
import type { Group, Member, Period } from '../../indicator/index.ts'
import { type OrganisationDirectory, soleSuccessor } from '../../organisation/index.ts'
import type { ScoredUnit } from './amounts.ts'
import { levelOf, rankedUnits } from './scores.ts'

/** Past work under today's units. */
export interface AsNow {
  readonly units: readonly ScoredUnit[]
  /** Units that were split since: which part of their work belongs to which successor nobody recorded, so they stay as they were. */
  readonly notAllocable: readonly ScoredUnit[]
}

/**
 * The units of a period as they stand on a day: work of a unit that wholly went into one other counts for that one. A unit that was
 * split, or ended without a successor, is not allocated to anybody. (Reform of 01/07/2025.)
 */
export function unitsAsNow(directory: OrganisationDirectory, period: Period, on: Day): AsNow {
  const merged = new Map<string, { unit: ScoredUnit; members: Member[] }>()
  const notAllocable: ScoredUnit[] = []
  for (const unit of rankedUnits(directory, period)) {
    const { key: code, validFrom } = unit.group
    const after = validFrom && soleSuccessor({ code, validFrom }, directory.lineage, on)
    const agency = after ? directory.agencies.find((one) => one.code === after.code && one.validFrom === after.validFrom) : undefined
    if (!agency || (agency.validTo !== null && agency.validTo < on)) {
      notAllocable.push(unit)
      continue
    }
    const key = `${agency.code} ${agency.validFrom}`
    const known = merged.get(key)
    if (known) known.members.push(...unit.group.members)
    else {
      const group: Group = { key: agency.code, name: agency.name, tier: agency.tier, validFrom: agency.validFrom, members: [] }
      merged.set(key, { unit: { group, level: levelOf(agency) }, members: [...unit.group.members] })
    }
  }
  const units = [...merged.values()].map(({ unit, members }) => ({ ...unit, group: { ...unit.group, members }, parts: members }))
  return { units, notAllocable }
}
