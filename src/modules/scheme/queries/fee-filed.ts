import type { Tx } from '../../../kernel/database/index.ts'
import { type Period, readLines } from '../../indicator/index.ts'
import { quantitiesOf, type SchemeVersion } from '../rules/scheme.ts'
import type { ScoredUnit } from './amounts.ts'

/** Whether any of some schemes asks for `procedures_fee_filed`. */
export const asksFeeFiled = (versions: readonly SchemeVersion[]): boolean =>
  versions.some((version) => quantitiesOf(version).has('procedures_fee_filed'))

/**
 * How many different procedures of each unit had a dossier with something to pay in a period: the second reading of 3.5b's denominator.
 * Unlike what every score needs no set of these is kept, so it is read from the counts of each procedure, only when a scheme asks. Exact
 * at this moment, folded or not; units must not share an agency's day.
 */
export async function readFeeFiled(tx: Tx, units: readonly ScoredUnit[], period: Period): Promise<ReadonlyMap<ScoredUnit, number>> {
  const groups = units.map(({ group }) => group)
  const found = new Map(groups.map((group) => [group, 0]))
  for (const { group, counts } of await readLines(tx, { period, groups, onlyGroups: true, by: { procedure: true } }))
    if (group && counts.fee_due > 0) found.set(group, (found.get(group) ?? 0) + 1)
  return new Map(units.map((unit) => [unit, found.get(unit.group) ?? 0]))
}
