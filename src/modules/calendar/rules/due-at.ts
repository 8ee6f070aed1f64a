import { Temporal } from 'temporal-polyfill'
import { type Day, dayOf, startOfDay } from '../../../kernel/clock.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import { refusals } from '../errors.ts'
import * as say from './explain.ts'
import { type WorkCalendar, workingDayAfter } from './work-calendar.ts'
import { addWorkingMillis, closingOf, workingMillis } from './working-time.ts'

export type TimeUnit = 'hour' | 'day' | 'working_day' | 'month'
export const timeUnits: readonly TimeUnit[] = ['hour', 'day', 'working_day', 'month']

/** A legal time limit: `hour` counts opening hours, `day` and `month` count the calendar, `working_day` counts days worked. */
export interface TimeLimit {
  readonly limit: number
  readonly unit: TimeUnit
}

/** A stretch in which the clock stands still, such as waiting for the applicant's supplement. */
export interface Pause {
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
}

export interface Due {
  readonly due: Temporal.Instant
  /** Sentences a person can check with a wall calendar. */
  readonly explanation: readonly Text[]
}

const HOUR = 3_600_000

const check = ({ limit, unit }: TimeLimit, pauses: readonly Pause[]): void => {
  if (!Number.isInteger(limit) || limit < 0 || limit > 3650 || !timeUnits.includes(unit)) throw new Refused(refusals.limitInvalid)
  if (pauses.some((pause) => Temporal.Instant.compare(pause.from, pause.to) >= 0)) throw new Refused(refusals.pauseInvalid)
}

const minutesInto = (instant: Temporal.Instant): number =>
  (instant.epochMilliseconds - startOfDay(dayOf(instant)).epochMilliseconds) / 60_000

/** The last day of the limit before closing time is applied, and why. */
function lastDay(received: Temporal.Instant, { limit, unit }: TimeLimit, calendar: WorkCalendar): { day: Day; why: Text[] } {
  const start = dayOf(received)
  if (limit === 0) {
    const late = minutesInto(received) > calendar.cutOff
    const day = workingDayAfter(start, late ? 1 : 0, calendar)
    return { day, why: [say.sameDay(late ? calendar.cutOff : null), ...say.skipped(start, day, calendar)] }
  }
  if (unit === 'working_day') {
    const day = workingDayAfter(start, limit, calendar)
    return { day, why: [say.countedDays(limit, start, day, calendar), ...say.skipped(start, day, calendar)] }
  }
  const plain = Temporal.PlainDate.from(start)
  const end = plain.add(unit === 'month' ? { months: limit } : { days: limit }).toString()
  const day = workingDayAfter(end, 0, calendar)
  return { day, why: [say.calendarSpan(limit, unit, end), ...(day === end ? [] : say.movedToWork(end, day, calendar))] }
}

/** Pauses in order, overlapping ones joined, nothing before reception. */
function merged(pauses: readonly Pause[], received: Temporal.Instant): Pause[] {
  const after = pauses
    .filter((pause) => Temporal.Instant.compare(pause.to, received) > 0)
    .map((pause) => (Temporal.Instant.compare(pause.from, received) < 0 ? { from: received, to: pause.to } : pause))
    .sort((a, b) => Temporal.Instant.compare(a.from, b.from))
  const out: Pause[] = []
  for (const pause of after) {
    const last = out.at(-1)
    if (!last || Temporal.Instant.compare(pause.from, last.to) > 0) out.push(pause)
    else if (Temporal.Instant.compare(pause.to, last.to) > 0) out[out.length - 1] = { from: last.from, to: pause.to }
  }
  return out
}

/**
 * When a dossier is due, and why. The day of reception is not counted; a limit in days or months that ends on a day off ends on the
 * next working day (Civil Code 2015 Art. 147, 148); every day ends at the office's closing time. A pause moves the due time by the
 * working time that passed in it; one that begins after the due time changes nothing.
 * Throws `Refused`: calendar.limit-invalid, calendar.pause-invalid, calendar.year-unknown.
 */
export function dueAt(received: Temporal.Instant, limit: TimeLimit, calendar: WorkCalendar, pauses: readonly Pause[] = []): Due {
  check(limit, pauses)
  const explanation: Text[] = [say.received(received)]
  let due: Temporal.Instant
  if (limit.unit === 'hour' && limit.limit > 0) {
    due = addWorkingMillis(received, limit.limit * HOUR, calendar)
    explanation.push(say.hours(limit.limit), ...say.skipped(dayOf(received), dayOf(due), calendar))
  } else {
    const { day, why } = lastDay(received, limit, calendar)
    due = closingOf(day, calendar)
    explanation.push(...why)
  }
  for (const pause of merged(pauses, received)) {
    if (Temporal.Instant.compare(pause.from, due) >= 0) {
      explanation.push(say.pauseTooLate(pause))
      continue
    }
    const stood = workingMillis(pause.from, pause.to, calendar)
    due = addWorkingMillis(due, stood, calendar)
    explanation.push(say.paused(pause, stood))
  }
  return { due, explanation: [...explanation, say.due(due)] }
}
