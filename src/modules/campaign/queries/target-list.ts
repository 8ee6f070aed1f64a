import type { App } from '../../../kernel/app.ts'
import { type Day, dayOf } from '../../../kernel/clock.ts'
import type { Province } from '../../../kernel/database/index.ts'
import { directoryOf, successors } from '../../organisation/index.ts'
import { orphanedBy } from '../rules/unit-target.ts'
import { allTargets, type StoredTarget } from '../store.ts'

export interface TargetLine {
  readonly target: StoredTarget
  /** Name of the unit it is for, as it was called then; null for a tier or everybody. */
  readonly unitName: string | null
  readonly state: 'ahead' | 'in-force' | 'over'
  /** The unit is gone and its target with it: since when, and which successors have none of their own. */
  readonly orphaned: { readonly lastDay: Day; readonly without: readonly { readonly code: string; readonly name: string }[] } | null
}

const scopes = { all: 0, tier: 1, unit: 2 }
const tiers = { province: '1', district: '2', commune: '3' }
const placeOf = ({ scope }: StoredTarget): string => (scope.kind === 'tier' ? tiers[scope.tier] : scope.kind === 'unit' ? scope.code : '')

/** All targets with what became of those of merged units. Those in force first. */
export async function targetList(app: Pick<App, 'db' | 'clock'>, province: Province): Promise<TargetLine[]> {
  const today = dayOf(app.clock())
  const directory = await directoryOf(app, province)
  const targets = await app.db.read(province, allTargets)
  const order = { 'in-force': 0, ahead: 1, over: 2 }
  return targets
    .map((target): TargetLine => {
      const { scope } = target
      const unit =
        scope.kind === 'unit'
          ? directory.agencies.find(({ code, validFrom }) => code === scope.code && validFrom === scope.validFrom)
          : undefined
      const gone = unit && unit.validTo !== null && unit.validTo < today
      const heirs = gone ? successors(unit, directory.lineage, today).map(({ key }) => key) : []
      const orphaned = gone ? orphanedBy(target, unit, heirs, targets) : undefined
      const last = orphaned ? orphaned.lastDay : target.to
      return {
        target,
        unitName: scope.kind === 'unit' ? (unit?.shortName ?? scope.code) : null,
        state: last < today ? 'over' : target.from > today ? 'ahead' : 'in-force',
        orphaned: orphaned
          ? {
              lastDay: orphaned.lastDay,
              without: orphaned.without.map(({ code, validFrom }) => ({ code, name: directory.name(code, validFrom) })),
            }
          : null,
      }
    })
    .sort(
      (a, b) =>
        order[a.state] - order[b.state] ||
        a.target.aim.code.localeCompare(b.target.aim.code) ||
        scopes[a.target.scope.kind] - scopes[b.target.scope.kind] ||
        b.target.from.localeCompare(a.target.from) ||
        placeOf(a.target).localeCompare(placeOf(b.target)),
    )
}
