import type { Temporal } from 'temporal-polyfill'
import type { Tx } from '../../../kernel/database/index.ts'
import { countProcedures, type ProcedureCounts } from '../../catalogue/index.ts'
import { type OpenStanding, openStandings } from '../../dossier/index.ts'
import { type Counts, cutsOf, type FigureLine, type Group, groupFinder, noCounts, type Period, readLines } from '../../indicator/index.ts'
import { type Amounts, type QuantityName, quantities } from '../rules/quantities.ts'
import type { Level } from '../rules/scheme.ts'
import { type ReportedRow, readReported } from '../store.ts'

/** A unit to be scored: its dossiers, what level it is asked as, and whose reports are its own. */
export interface ScoredUnit {
  readonly group: Group
  readonly level: Level
}

/** Quantities that are a measure of the indicator registry. A measure nobody counts leaves its quantity unknown. */
const measureOf: Readonly<Partial<Record<QuantityName, string>>> = {
  received: 'received',
  on_time: 'on_time',
  online: 'online',
  assisted: 'assisted',
  online_complete: 'online_complete',
  fee_due: 'fee_due',
  paid_online: 'paid_online',
  result_due: 'result_due',
  result_given: 'result_given',
  digitised_complete: 'digitised_complete',
  reused: 'reused',
  population_data: 'population_data',
  complained: 'dossier_complained',
  petitions: 'petition_judged',
  petitions_on_time: 'petition_on_time',
  petitions_unsatisfied: 'petition_unsatisfied',
}

const keyOf = (group: Group): string => `${group.key} ${group.validFrom}`

function counted(counts: Counts): Partial<Record<QuantityName, number>> {
  const known = counts as Readonly<Record<string, number>>
  const amounts: Partial<Record<QuantityName, number>> = {}
  for (const [quantity, measure] of Object.entries(measureOf)) {
    const value = known[measure]
    if (value !== undefined) amounts[quantity as QuantityName] = value
  }
  return amounts
}

/** Finished late and open late; open in time. */
const standing = (counts: Counts, open: readonly OpenStanding[]): Pick<Amounts, 'late' | 'open_in_time'> => ({
  late: counts.finished - counts.on_time + open.reduce((sum, { late }) => sum + late, 0),
  open_in_time: open.reduce((sum, { inTime }) => sum + inTime, 0),
})

/** How many procedures of a unit had at least one such dossier. */
const distinctOf = (lines: readonly FigureLine[]): Pick<Amounts, 'procedures_online_filed' | 'procedures_paid_online'> => ({
  procedures_online_filed: new Set(lines.filter(({ counts }) => counts.online > 0).map(({ procedureCode }) => procedureCode)).size,
  procedures_paid_online: new Set(lines.filter(({ counts }) => counts.paid_online > 0).map(({ procedureCode }) => procedureCode)).size,
})

/** The procedures a unit resolves: a province all of them, a department its own, a district or commune those of its tier. */
function proceduresOf({ group, level }: ScoredUnit, all: readonly ProcedureCounts[]): Amounts {
  const own = all.filter(({ tiers, agencyCode }) => {
    if (level === 'province') return true
    return level === 'department' ? agencyCode === group.key : tiers.includes(level)
  })
  const total = (field: keyof Omit<ProcedureCounts, 'tiers' | 'agencyCode'>): number => own.reduce((sum, one) => sum + one[field], 0)
  return {
    procedures: total('procedures'),
    procedures_complete: total('complete'),
    procedures_online: total('online'),
    procedures_with_fee: total('withFee'),
    procedures_payable_online: total('payableOnline'),
    procedures_for_persons: total('forPersons'),
    procedures_population_data: total('populationData'),
  }
}

/** What was reported for a unit: its own rows; the province's total is what was reported for its top agency. */
function reportedOf(unit: ScoredUnit, rows: readonly ReportedRow[]): Amounts {
  const amounts: Partial<Record<QuantityName, number>> = {}
  for (const { quantity, agencyCode, value } of rows) {
    if (agencyCode !== unit.group.key || !(quantity in quantities)) continue
    const name = quantity as QuantityName
    amounts[name] = (amounts[name] ?? 0) + value
  }
  return amounts
}

/**
 * Every quantity of every unit in a period, exact at this moment: counts from cells and pending deltas, dossiers still open compared
 * with `now`, the catalogue as it stands on the last day, and what was reported for the months of the period. Groups must not share
 * an agency's day. What nobody counts or reported is absent: unknown, not 0.
 */
export async function readAmounts(
  tx: Tx,
  units: readonly ScoredUnit[],
  period: Period,
  now: Temporal.Instant,
): Promise<ReadonlyMap<ScoredUnit, Amounts>> {
  const groups = units.map(({ group }) => group)
  const cuts = cutsOf(groups, period)
  const lines = await readLines(tx, { period, groups })
  const byProcedure = await readLines(tx, { period, groups, by: { procedure: true } })
  const open = await openStandings(tx, period, now, cuts)
  const procedures = await countProcedures(tx, period.to)
  const reported = await readReported(tx, period)

  const find = groupFinder(groups)
  const collect = <T>(all: readonly T[], groupOf: (one: T) => Group | null): Map<string, T[]> => {
    const found = new Map<string, T[]>()
    for (const one of all) {
      const group = groupOf(one)
      if (group) found.set(keyOf(group), [...(found.get(keyOf(group)) ?? []), one])
    }
    return found
  }
  const countsBy = new Map(lines.flatMap((line) => (line.group ? [[keyOf(line.group), line.counts] as const] : [])))
  const proceduresBy = collect(byProcedure, ({ group }) => group)
  const openBy = collect(open, ({ agencyCode, segment }) => find(agencyCode, cuts[segment - 1] ?? period.from))
  return new Map(
    units.map((unit) => {
      const key = keyOf(unit.group)
      const counts = countsBy.get(key) ?? noCounts
      return [
        unit,
        {
          ...counted(counts),
          ...standing(counts, openBy.get(key) ?? []),
          ...distinctOf(proceduresBy.get(key) ?? []),
          ...proceduresOf(unit, procedures),
          ...reportedOf(unit, reported),
        },
      ] as const
    }),
  )
}
