import { Temporal } from 'temporal-polyfill'
import { addDays, type Day, dayOf, startOfDay } from '../../../kernel/clock.ts'
import { hoursOn, type WorkCalendar, workingDayAfter } from './work-calendar.ts'

const MINUTE = 60_000

const at = (day: Day, minutes: number): number => startOfDay(day).epochMilliseconds + minutes * MINUTE

/** The working stretches of a day as epoch milliseconds, in order. */
const stretches = (day: Day, calendar: WorkCalendar): { from: number; to: number }[] =>
  hoursOn(day, calendar).map(({ opens, closes }) => ({ from: at(day, opens), to: at(day, closes) }))

/** When the office closes on a working day. */
export function closingOf(day: Day, calendar: WorkCalendar): Temporal.Instant {
  const last = stretches(day, calendar).at(-1)
  if (!last) throw new RangeError(`${day} is not a working day`)
  return Temporal.Instant.fromEpochMilliseconds(last.to)
}

/** When the office opens on a working day. */
export function openingOf(day: Day, calendar: WorkCalendar): Temporal.Instant {
  const first = stretches(day, calendar)[0]
  if (!first) throw new RangeError(`${day} is not a working day`)
  return Temporal.Instant.fromEpochMilliseconds(first.from)
}

/** Working time between two instants, in milliseconds; 0 when `to` is not after `from`. */
export function workingMillis(from: Temporal.Instant, to: Temporal.Instant, calendar: WorkCalendar): number {
  const [start, end] = [from.epochMilliseconds, to.epochMilliseconds]
  if (end <= start) return 0
  let total = 0
  for (let day = dayOf(from); day <= dayOf(to); day = addDays(day, 1)) {
    for (const stretch of stretches(day, calendar)) total += Math.max(0, Math.min(end, stretch.to) - Math.max(start, stretch.from))
  }
  return total
}

/** The instant at which `millis` of working time have passed since `from`. Ends at closing time rather than at the next opening. */
export function addWorkingMillis(from: Temporal.Instant, millis: number, calendar: WorkCalendar): Temporal.Instant {
  if (millis <= 0) return from
  let left = millis
  for (let day = workingDayAfter(dayOf(from), 0, calendar); ; day = workingDayAfter(day, 1, calendar)) {
    for (const stretch of stretches(day, calendar)) {
      const begin = Math.max(stretch.from, from.epochMilliseconds)
      if (begin + left <= stretch.to) return Temporal.Instant.fromEpochMilliseconds(begin + left)
      left -= Math.max(0, stretch.to - begin)
    }
  }
}

/** Closing time of the n-th working day after the day of `start`; that day is not counted (Civil Code 2015 Art. 147). */
export const addWorkingDays = (start: Temporal.Instant, n: number, calendar: WorkCalendar): Temporal.Instant =>
  closingOf(workingDayAfter(dayOf(start), n, calendar), calendar)
