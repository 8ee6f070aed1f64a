import type { Temporal } from 'temporal-polyfill'
import { dayOf } from '../../../kernel/clock.ts'
import type { Snapshot, Tx } from '../../../kernel/database/index.ts'
import type { Month } from '../../../kernel/months.ts'
import { countProcedures, type ProcedureCounts } from '../../catalogue/index.ts'
import { openLate, workedDays } from '../../dossier/index.ts'
import {
  type Counts,
  cutsOf,
  FEW_AGENCIES,
  type Group,
  groupFinder,
  type MeasureCode,
  type Member,
  measureId,
  type Period,
  readLines,
  readTotals,
  type Tier,
  type Totals,
} from '../../indicator/index.ts'
import type { Amounts, QuantityName } from '../rules/quantities.ts'
import { addParts, addUp, type Gaps, monthsOf, noGaps, type Told, untold } from '../rules/reported-months.ts'
import type { Level } from '../rules/scheme.ts'
import { type ReportedRow, readReported } from '../store.ts'

/** A unit to be scored: its dossiers, what level it is asked as, and whose reports are its own. */
export interface ScoredUnit {
  readonly group: Group
  readonly level: Level
  /** Tiers of the units whose dossiers are its own; absent: only its own tier. */
  readonly tiers?: readonly Tier[]
  /** Units of the time whose reports add up to its own; absent: those under its own code. */
  readonly parts?: readonly Member[]
}

/** Quantities that are a measure of the indicator registry. */
export const measureOf: Readonly<Partial<Record<QuantityName, MeasureCode>>> = {
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
  petitions_received: 'petition_received',
  petitions_procedure: 'petition_procedure',
  petitions_staff: 'petition_staff',
  petitions: 'petition_judged',
  petitions_on_time: 'petition_on_time',
  petitions_unsatisfied: 'petition_unsatisfied',
}

const keyOf = (group: Group): string => `${group.key} ${group.validFrom}`

const counting = (Object.entries(measureOf) as (readonly [QuantityName, MeasureCode])[]).map(
  ([quantity, measure]) => [quantity, measureId[measure] - 1] as const,
)
const [received, finished, onTime] = (['received', 'finished', 'on_time'] as const).map((code) => measureId[code] - 1) as [
  number,
  number,
  number,
]

/** Every quantity that is counted, 0 each: units begin with the same names in the same order, which makes reading them fast. */
const uncounted: Amounts = {
  ...Object.fromEntries(counting.map(([quantity]) => [quantity, 0])),
  late: 0,
  open_in_time: 0,
  procedures_online_filed: 0,
  procedures_paid_online: 0,
}

/** What deltas and cells say of a unit, without its open dossiers. What is received and not finished is in time as long as nobody says it is late. */
function countedOf(start: Amounts, { vals, procedures }: Totals): Known {
  const amounts: Known = { ...start }
  for (const [quantity, at] of counting) amounts[quantity] = vals[at] ?? 0
  const done = vals[finished] ?? 0
  amounts.late = done - (vals[onTime] ?? 0)
  amounts.open_in_time = (vals[received] ?? 0) - done
  amounts.procedures_online_filed = procedures.online
  amounts.procedures_paid_online = procedures.paidOnline
  return amounts
}

/**
 * The procedures a unit resolves: a province all of them, a department its own, a district or commune those of its tier (and of the
 * tiers below that it counts). A department that no procedure names, while some name only the province's tier: nobody knows its own.
 */
function proceduresOf({ group, level, tiers: counted = [] }: ScoredUnit, all: readonly ProcedureCounts[]): Amounts {
  const codes = new Set(group.members.map(({ code }) => code))
  const own = all.filter(({ tiers, agencyCode }) => {
    if (level === 'province') return true
    return level === 'department'
      ? agencyCode !== null && codes.has(agencyCode)
      : tiers.some((one) => one === level || counted.includes(one))
  })
  const unnamed = all.some(({ tiers, agencyCode }) => agencyCode === null && tiers.every((tier) => tier === 'province'))
  if (level === 'department' && own.length === 0 && unnamed) return {}
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

type Reports = ReadonlyMap<string, readonly ReportedRow[]>

/** Reports by whose they are, so that a unit looks at its own alone. */
function reportsOf(rows: readonly ReportedRow[]): Reports {
  const found = new Map<string, ReportedRow[]>()
  for (const row of rows) {
    const own = found.get(row.agencyCode)
    if (own) own.push(row)
    else found.set(row.agencyCode, [row])
  }
  return found
}

type Known = { -readonly [Name in QuantityName]?: Amounts[Name] }

/** The stretches of days a unit itself existed in a period: its own, not those of units below it. The province is there throughout. */
const ownDays = ({ group, level }: ScoredUnit, { from, to }: Period): readonly Pick<Member, 'first' | 'last'>[] => {
  const own = level === 'province' ? [] : group.members.filter(({ code }) => code === group.key)
  return own.length > 0 ? own : [{ first: from, last: to }]
}

/**
 * What was reported for a unit, and which months are missing: its own rows of the months it existed in; the province's total is what was
 * reported for its top agency. Of a unit put together from several what each of them reported in its own months.
 */
function reportedOf(unit: ScoredUnit, reports: Reports, period: Period, running: Month): Told {
  const { group, parts } = unit
  if (parts) {
    if (!parts.some(({ code }) => reports.has(code))) return untold
    return addParts(parts.map((part) => addUp(reports.get(part.code) ?? [], monthsOf([part]), running)))
  }
  const rows = reports.get(group.key)
  return rows ? addUp(rows, monthsOf(ownDays(unit, period)), running) : untold
}

/** What was counted, whether last year had to stand in for this one, and which reported months it is without. */
export interface CountedUnit {
  readonly amounts: Amounts
  readonly temporary: boolean
  /** Months that nobody reported of figures that were reported for others. */
  readonly gaps: Gaps
}

/** The whole year before a period. */
export function lastYear(period: Pick<Period, 'from'>): Period {
  const year = Number(period.from.slice(0, 4)) - 1
  return { from: `${year}-01-01`, to: `${year}-12-31` }
}

/** The same agencies a year before: whoever had these codes then. Of the province it is whoever was in it. */
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
export function standIn(amounts: Amounts, lastYearTotal: number | null, period: Period): Omit<CountedUnit, 'gaps'> {
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
  tx: Snapshot,
  units: readonly ScoredUnit[],
  period: Period,
  now: Temporal.Instant,
): Promise<ReadonlyMap<ScoredUnit, CountedUnit>> {
  const groups = units.map(({ group }) => group)
  const cuts = cutsOf(groups, period)
  const codes = new Set(groups.flatMap(({ members }) => members.map(({ code }) => code)))
  // Sent together: while one answer is read here, the database works on the next.
  const catalogue = countProcedures(tx, period.to)
  const totalling = readTotals(tx, period, groups)
  const others = Promise.all([openLate(tx, period, now, cuts, codes.size <= FEW_AGENCIES ? [...codes] : null), readReported(tx, period)])
  // Awaited below; when the totals fail before, nobody is left to hear of these.
  others.catch(() => undefined)
  const [procedures, totals] = await Promise.all([catalogue, totalling])
  const starts = new Map<string, Amounts>()
  const startOf = (unit: ScoredUnit): Amounts => {
    // Communes all resolve what their tier does; only a department has its own.
    const key = unit.level === 'department' ? `department ${keyOf(unit.group)}` : `${unit.level} ${unit.tiers ?? ''}`
    const start = starts.get(key) ?? { ...proceduresOf(unit, procedures), ...uncounted }
    starts.set(key, start)
    return start
  }
  const counted = units.map((unit, line) => countedOf(startOf(unit), totals[line] as Totals))
  const [open, reported] = await others
  const reports = reportsOf(reported)
  const running = dayOf(now).slice(0, 7)

  // Index 1.4: where neither source has anything, last year stands in. Asked only when somebody says what was synced.
  const silent = reported.some(({ quantity }) => quantity === 'synced')
  const before = lastYear(period)
  const earlier = reportsOf(silent ? await readReported(tx, before) : [])
  const lastWhole = silent ? (await readLines(tx, { period: before })).reduce((sum, { counts }) => sum + counts.received, 0) : 0
  const lastCounts = silent
    ? new Map(
        (await readLines(tx, { period: before, groups: units.map(yearBefore) })).flatMap((line) =>
          line.group ? [[keyOf(line.group), line.counts] as const] : [],
        ),
      )
    : new Map<string, Counts>()
  const lastYearOf = (unit: ScoredUnit, received: number): number | null => {
    if (!silent || received > 0) return null
    const group = yearBefore(unit)
    const told = reportedOf({ ...unit, group, parts: unit.parts && group.members }, earlier, before, running).amounts.national_received
    const own = unit.level === 'province' ? lastWhole : (lastCounts.get(keyOf(unit.group))?.received ?? 0)
    return told == null && own === 0 ? null : Math.max(told ?? 0, own)
  }

  const find = groupFinder(groups)
  const lateBy = new Map<Group | null, number>()
  for (const { agencyCode, segment, late } of open) {
    const group = find(agencyCode, cuts[segment - 1] ?? period.from)
    lateBy.set(group, (lateBy.get(group) ?? 0) + late)
  }
  return new Map(
    units.map((unit, line) => {
      const amounts = counted[line] as Known
      const late = lateBy.get(unit.group) ?? 0
      amounts.late = (amounts.late ?? 0) + late
      amounts.open_in_time = (amounts.open_in_time ?? 0) - late
      // Mostly nobody reports anything, and hundreds of units are asked for at once.
      if (reported.length === 0) return [unit, { amounts, temporary: false, gaps: noGaps }] as const
      const received = amounts.received ?? 0
      const told = reportedOf(unit, reports, period, running)
      Object.assign(amounts, told.amounts)
      const stood = standIn(amounts, lastYearOf(unit, received), period)
      // What last year stands in for is flagged as such, whatever months of it were reported as 0.
      const gaps = stood.temporary ? { ...told.gaps, national_received: undefined } : told.gaps
      return [unit, { ...stood, gaps }] as const
    }),
  )
}

/** Index 2.2 of one procedure: the working days spent on dossiers received in the period that are done, and how many those are. */
export async function readTimes(
  tx: Tx,
  units: readonly ScoredUnit[],
  period: Period,
  procedure: string,
): Promise<ReadonlyMap<ScoredUnit, Amounts>> {
  const groups = units.map(({ group }) => group)
  const cuts = cutsOf(groups, period)
  const find = groupFinder(groups)
  const sums = new Map(units.map(({ group }) => [group, { worked_days: 0, completed: 0 }]))
  for (const { agencyCode, segment, days, dossiers } of await workedDays(tx, procedure, period, cuts)) {
    const group = find(agencyCode, cuts[segment - 1] ?? period.from)
    const sum = group && sums.get(group)
    if (!sum) continue
    sum.worked_days += days
    sum.completed += dossiers
  }
  return new Map(units.map((unit) => [unit, sums.get(unit.group) ?? {}]))
}
