import { Temporal } from 'temporal-polyfill'
import { dayOf, startOfDay } from '../../../kernel/clock.ts'
import { addWorkingDays, addWorkingMillis, dueAt, type TimeUnit, type WorkCalendar, workingMillis } from '../../calendar/index.ts'
import type { InternalProcess, ProcessStep } from './process-definition.ts'
import { graphOf, timesOf } from './process-graph.ts'

const HOUR = 3_600_000
const DAY_HOURS = 8

/** A legal limit that may be a fraction: half a working day is four hours. */
export interface Limit {
  readonly amount: number
  readonly unit: TimeUnit
}

const later = (a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant => (Temporal.Instant.compare(a, b) < 0 ? b : a)

/**
 * When an amount of the limit's unit, counted from reception, has run out: whole amounts exactly as the legal clock counts them,
 * so that the whole process ends when the dossier is due; fractions lie between their neighbours.
 */
export function amountDue(received: Temporal.Instant, amount: number, limit: Limit, calendar: WorkCalendar): Temporal.Instant {
  if (amount <= 0) return received
  const inHours = limit.unit === 'hour' || (limit.unit === 'working_day' && !Number.isInteger(limit.amount))
  if (inHours) {
    const hours = limit.unit === 'hour' ? amount : amount * DAY_HOURS
    return addWorkingMillis(received, Math.round(hours * HOUR), calendar)
  }
  const whole = Math.floor(amount)
  const fraction = amount - whole
  if (limit.unit === 'working_day') {
    if (fraction < 1e-9) return addWorkingDays(received, whole, calendar)
    // A share of the day that counts as number `whole + 1`.
    const morning = startOfDay(dayOf(addWorkingDays(received, whole + 1, calendar)))
    const evening = addWorkingDays(received, whole + 1, calendar)
    return addWorkingMillis(morning, Math.round(workingMillis(morning, evening, calendar) * fraction), calendar)
  }
  const { unit } = limit
  const low = whole === 0 ? received : dueAt(received, { limit: whole, unit }, calendar).due
  if (fraction < 1e-9) return low
  const high = dueAt(received, { limit: whole + 1, unit }, calendar).due
  return later(low, addWorkingMillis(low, Math.round(workingMillis(low, high, calendar) * fraction), calendar))
}

/** When the whole dossier is due: as at its reception. */
export function limitDue(received: Temporal.Instant, limit: Limit, calendar: WorkCalendar): Temporal.Instant {
  const { amount, unit } = limit
  if (Number.isInteger(amount)) return dueAt(received, { limit: amount, unit }, calendar).due
  if (unit === 'working_day') return dueAt(received, { limit: Math.ceil(amount * DAY_HOURS), unit: 'hour' }, calendar).due
  return dueAt(received, { limit: Math.ceil(amount), unit }, calendar).due
}

/** One step of a dry run. */
export interface PlannedStep {
  readonly step: ProcessStep
  readonly skipped: boolean
  readonly startsAt: Temporal.Instant
  readonly dueAt: Temporal.Instant
  /** When it ends, in the unit of the limit, counted from reception. */
  readonly ends: number
  /** Later than the dossier itself may be. */
  readonly late: boolean
}

export interface DryRun {
  readonly due: Temporal.Instant
  /** In the order in which they begin. */
  readonly steps: readonly PlannedStep[]
  /** The longest way, in the unit of the limit. */
  readonly total: number
  readonly late: boolean
}

/**
 * Who would have a dossier from when to when, if it were received at this instant and everybody took all of their time; `extra`
 * lets a step take longer than it may.
 */
export function dryRun(
  process: InternalProcess,
  received: Temporal.Instant,
  limit: Limit,
  calendar: WorkCalendar,
  {
    skipped = new Set<string>(),
    extra = new Map<string, number>(),
  }: { skipped?: ReadonlySet<string>; extra?: ReadonlyMap<string, number> } = {},
): DryRun {
  const graph = graphOf(process)
  const times = timesOf(process, skipped, extra)
  const due = limitDue(received, limit, calendar)
  const steps = graph.order.flatMap((code): PlannedStep[] => {
    const step = graph.byCode.get(code)
    const time = times.get(code)
    if (!step || !time) return []
    const ends = amountDue(received, time.ends, limit, calendar)
    const late = !skipped.has(code) && Temporal.Instant.compare(ends, due) > 0
    return [
      { step, skipped: skipped.has(code), startsAt: amountDue(received, time.begins, limit, calendar), dueAt: ends, ends: time.ends, late },
    ]
  })
  const total = Math.max(0, ...steps.map(({ ends }) => ends))
  return { due, steps, total, late: steps.some(({ late }) => late) }
}
