import type { Temporal } from 'temporal-polyfill'
import type { Tx } from '../../../kernel/database/index.ts'
import { countProcedures, type ProcedureCounts } from '../../catalogue/index.ts'
import { type OpenLate, openLate } from '../../dossier/index.ts'
import {
  type Counts,
  cutsOf,
  type Group,
  groupFinder,
  noCounts,
  type Period,
  type Presence,
  readLines,
  readPresence,
} from '../../indicator/index.ts'
import { type Amounts, type QuantityName, quantities } from '../rules/quantities.ts'
import type { Level } from '../rules/scheme.ts'
import { type ReportedRow, readReported } from '../store.ts'

/** A unit to be scored: its dossiers, what level it is asked as, and whose reports are its own. */
export interface ScoredUnit {
  readonly group: Group
  readonly level: Level
}

/** Quantities that are a measure of the indicator registry. A measure nobody counts leaves its quantity unknown. */
export const measureOf: Readonly<Partial<Record<QuantityName, string>>> = {
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

/** Finished late and open late; open in time. What is received and neither finished nor late is in time. */
function standing(counts: Counts, open: readonly OpenLate[]): Pick<Amounts, 'late' | 'open_in_time'> {
  const late = open.reduce((sum, line) => sum + line.late, 0)
  return { late: counts.finished - counts.on_time + late, open_in_time: counts.received - counts.finished - late }
}

/** How many procedures of a unit had at least one such dossier. */
const distinctOf = ({ online, paidOnline }: Presence): Pick<Amounts, 'procedures_online_filed' | 'procedures_paid_online'> => ({
  procedures_online_filed: online,
  procedures_paid_online: paidOnline,
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

/** What was counted, and whether last year had to stand in for this one. */
export interface CountedUnit {
  readonly amounts: Amounts
  readonly temporary: boolean
}

/** The whole year before a period. */
export function lastYear(period: Pick<Period, 'from'>): Period {
  const year = Number(period.from.slice(0, 4)) - 1
  return { from: `${year}-01-01`, to: `${year}-12-31` }
}

/** The same agencies a year before: whoever had these codes then. */
function yearBefore({ group }: ScoredUnit): Group {
  const { from: first, to: last } = lastYear({ from: group.members[0]?.first ?? '2001-01-01' })
  return { ...group, members: [...new Set(group.members.map(({ code }) => code))].map((code) => ({ code, first, last })) }
}

/** Which part of a year a period is: a twelfth, a quarter, the whole. Any other stretch takes as many twelfths as it touches months. */
export function partOfYear({ from, to }: Period): number {
  const months = (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7)) + 1
  return Math.min(12, months)
}

/**
 * Index 1.4 where this house received nothing and the national reporting system says nothing: last year's total, a twelfth of it for each
 * month, in whole dossiers; 0 when last year says nothing either. Only where something was synced: without it there is no score at all.
 */
export function standIn(amounts: Amounts, lastYearTotal: number | null, period: Period): CountedUnit {
  const told = amounts.national_received
  if ((amounts.received ?? 0) > 0 || (told !== undefined && told !== null && told > 0) || amounts.synced == null)
    return { amounts, temporary: false }
  const total = Math.round(((lastYearTotal ?? 0) * partOfYear(period)) / 12)
  return { amounts: { ...amounts, national_received: total }, temporary: true }
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
): Promise<ReadonlyMap<ScoredUnit, CountedUnit>> {
  const groups = units.map(({ group }) => group)
  const cuts = cutsOf(groups, period)
  const lines = await readLines(tx, { period, groups, onlyGroups: true })
  const presence = await readPresence(tx, period, groups)
  const open = await openLate(tx, period, now, cuts)
  const procedures = await countProcedures(tx, period.to)
  const reported = await readReported(tx, period)

  // Index 1.4: where neither source has anything, last year stands in. Asked only when somebody says what was synced.
  const silent = reported.some(({ quantity }) => quantity === 'synced')
  const before = lastYear(period)
  const earlier = silent ? await readReported(tx, before) : []
  const lastCounts = silent
    ? new Map(
        (await readLines(tx, { period: before, groups: units.map(yearBefore) })).flatMap((line) =>
          line.group ? [[keyOf(line.group), line.counts] as const] : [],
        ),
      )
    : new Map<string, Counts>()
  const lastYearOf = (unit: ScoredUnit, counts: Counts): number | null => {
    if (!silent || counts.received > 0) return null
    const told = reportedOf(unit, earlier).national_received
    const own = lastCounts.get(keyOf(unit.group))?.received ?? 0
    return told == null && own === 0 ? null : Math.max(told ?? 0, own)
  }

  const find = groupFinder(groups)
  const countsBy = new Map(lines.flatMap((line) => (line.group ? [[keyOf(line.group), line.counts] as const] : [])))
  const openBy = new Map<string, OpenLate[]>()
  for (const one of open) {
    const group = find(one.agencyCode, cuts[one.segment - 1] ?? period.from)
    if (group) openBy.set(keyOf(group), [...(openBy.get(keyOf(group)) ?? []), one])
  }
  return new Map(
    units.map((unit, line) => {
      const key = keyOf(unit.group)
      const counts = countsBy.get(key) ?? noCounts
      const amounts: Amounts = {
        ...counted(counts),
        ...standing(counts, openBy.get(key) ?? []),
        ...distinctOf(presence[line] ?? { online: 0, paidOnline: 0 }),
        ...proceduresOf(unit, procedures),
        ...reportedOf(unit, reported),
      }
      return [unit, standIn(amounts, lastYearOf(unit, counts), period)] as const
    }),
  )
}
