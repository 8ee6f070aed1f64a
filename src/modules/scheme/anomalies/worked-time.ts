import { Temporal } from 'temporal-polyfill'
import { addDays, type Day, dayOf, startOfDay } from '../../../kernel/clock.ts'
import { Refused } from '../../../kernel/errors.ts'
import { doorsOn, isWorkingDay, type WorkCalendar } from '../../calendar/index.ts'
import type { Worked } from '../rules/anomalies.ts'

/** Hours of a day in a year that no calendar covers: Monday to Friday, 07:30–11:30 and 13:30–17:30. */
const USUAL = [
  { opens: 450, closes: 690 },
  { opens: 810, closes: 1050 },
]

/** Whether offices work on a day; a year that no calendar covers is worked Monday to Friday. */
export function isWorked(day: Day, calendar: WorkCalendar): boolean {
  try {
    return isWorkingDay(day, calendar)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
  }
}

function hoursOf(day: Day, calendar: WorkCalendar): readonly { opens: number; closes: number }[] {
  if (!isWorked(day, calendar)) return []
  return calendar.countTo.has(day) ? doorsOn(day, calendar) : USUAL
}

const MINUTE = 60_000

/**
 * Working time between any two moments, asked for many times: how much had been worked by the start of each day is added up once, as far as
 * anybody asks.
 */
export function workedTime(first: Day, last: Day, calendar: WorkCalendar): Worked {
  const stretches: { from: number; to: number; before: number }[] = []
  let total = 0
  for (let day = first; day <= last; day = addDays(day, 1)) {
    const hours = hoursOf(day, calendar)
    if (hours.length === 0) continue
    const start = startOfDay(day).epochMilliseconds
    for (const { opens, closes } of hours) {
      stretches.push({ from: start + opens * MINUTE, to: start + closes * MINUTE, before: total })
      total += (closes - opens) * MINUTE
    }
  }
  const upTo = (at: number): number => {
    let [low, high] = [0, stretches.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((stretches[middle]?.from ?? 0) <= at) low = middle + 1
      else high = middle
    }
    const stretch = stretches[low - 1]
    return stretch ? stretch.before + Math.min(at, stretch.to) - stretch.from : 0
  }
  return (from, to) => Math.max(0, upTo(to) - upTo(from))
}

/** The day of a moment in epoch milliseconds. */
export const dayOfMillis = (at: number): Day => dayOf(Temporal.Instant.fromEpochMilliseconds(at))
