import type { Tx } from '../../../kernel/database/index.ts'
import type { Period } from '../rules/period.ts'
import { type RateLine, rateReport } from '../rules/rate-report.ts'
import { byAgency, byTier, type Group, type Tier, type UnitVersion } from '../rules/units.ts'
import { readLines } from './figures.ts'

export interface RateQuestion {
  readonly period: Period
  readonly by: 'total' | 'tier' | 'agency'
  /** Only units of this tier. */
  readonly tier?: Tier | undefined
}

/** Every version's root, by its parents' codes. */
function rootOf(unit: Group, parents: ReadonlyMap<string, string | null>): string {
  let code = unit.key
  for (let steps = 0; steps < 20; steps += 1) {
    const parent = parents.get(code)
    if (!parent) return code
    code = parent
  }
  return code
}

/** A tree in which nothing at all was counted (a neighbour that joined later) is left out, unless nothing was counted anywhere. */
function onlyLiving(groups: readonly Group[], counted: readonly { group: Group | null }[], versions: readonly UnitVersion[]): Group[] {
  const parents = new Map(versions.map((version) => [version.code, version.parentCode]))
  const living = new Set(counted.flatMap(({ group }) => (group ? [rootOf(group, parents)] : [])))
  return living.size === 0 ? [...groups] : groups.filter((group) => living.has(rootOf(group, parents)))
}

/** The figures of `cuaso report rates` and of the board: counts and rates a line, exact at this moment, under the units of the period. */
export async function reportRates(tx: Tx, versions: readonly UnitVersion[], question: RateQuestion): Promise<RateLine[]> {
  const { period, by, tier } = question
  const ofTier = (groups: Group[]): Group[] => (tier ? groups.filter((group) => group.tier === tier) : groups)
  const units = by === 'agency' ? byAgency(versions, period) : by === 'tier' ? byTier(versions, period) : []
  if (by === 'total') {
    const members = tier ? byTier(versions, period).flatMap((group) => (group.tier === tier ? group.members : [])) : undefined
    const total: Group = { key: 'total', name: 'Toàn tỉnh', tier: tier ?? null, validFrom: null, members: members ?? [] }
    const lines = await readLines(tx, { period, ...(members ? { groups: [total] } : {}) })
    const counted = lines.flatMap((line) => ((members ? line.group === total : true) ? [{ group: total, counts: line.counts }] : []))
    return rateReport([total], counted, period.to)
  }
  const counted = await readLines(tx, { period, groups: units })
  const shown = by === 'agency' ? onlyLiving(units, counted, versions) : units
  const kept = tier ? counted.filter((line) => line.group !== null) : counted
  return rateReport(ofTier(shown), kept, period.to)
}
