import { Temporal } from 'temporal-polyfill'
import { addDays, type Day, dayOf, startOfDay } from '../../../kernel/clock.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import * as say from './explain.ts'
import type { ClockRules } from './ledger.ts'
import type { TimeLimit } from './time-limit.ts'
import { isWorkingDay, type WorkCalendar, workingDayAfter } from './work-calendar.ts'
import { addWorkingMillis, closingOf, openingOf, workingMillis } from './working-time.ts'

const HOUR = 3_600_000
const LAST_SECOND = 24 * HOUR - 1000

const millisInto = (instant: Temporal.Instant): number => instant.epochMilliseconds - startOfDay(dayOf(instant)).epochMilliseconds

const isLate = (received: Temporal.Instant, rules: ClockRules): boolean => millisInto(received) > rules.cutOff * 60_000

/** The instant on the last day at which the limit ends. */
function endOf(day: Day, received: Temporal.Instant, calendar: WorkCalendar, { endTime }: ClockRules): Temporal.Instant {
  if (endTime === 'midnight') return startOfDay(day).add({ milliseconds: LAST_SECOND })
  if (!isWorkingDay(day, calendar)) return startOfDay(day).add({ milliseconds: LAST_SECOND })
  const closing = closingOf(day, calendar)
  if (endTime === 'closing') return closing
  const [same, opening] = [startOfDay(day).add({ milliseconds: millisInto(received) }), openingOf(day, calendar)]
  if (Temporal.Instant.compare(same, opening) < 0) return opening
  return Temporal.Instant.compare(same, closing) > 0 ? closing : same
}

function lastDay(
  start: Day,
  late: boolean,
  { limit, unit }: TimeLimit,
  calendar: WorkCalendar,
  rules: ClockRules,
): { day: Day; why: Text[] } {
  if (limit === 0) {
    const day = workingDayAfter(start, late ? 1 : 0, calendar)
    return { day, why: [say.sameDay(late ? rules.cutOff : null), ...say.skipped(start, day, calendar)] }
  }
  const included = rules.startDay === 'same'
  if (unit === 'working_day') {
    const n = included && isWorkingDay(start, calendar) ? limit - 1 : limit
    const day = workingDayAfter(start, n, calendar)
    const counted = n === limit ? say.countedDays(limit, start, day, calendar) : say.countedFrom(limit, start, day)
    return { day, why: [counted, ...say.skipped(start, day, calendar)] }
  }
  const plain = Temporal.PlainDate.from(start)
  const days = included && unit === 'day' ? limit - 1 : limit
  const end = plain.add(unit === 'month' ? { months: limit } : { days }).toString()
  const why = [included && unit === 'day' ? say.spanFrom(limit, start, end) : say.calendarSpan(limit, unit, end)]
  if (rules.endDay === 'same') return { day: end, why }
  if (rules.endDay === 'previous') {
    // Never before it was received: the days before that are not even looked at, their year may be unknown.
    let day = end
    while (day > start && !isWorkingDay(day, calendar)) day = addDays(day, -1)
    if (!isWorkingDay(day, calendar)) day = workingDayAfter(end, 0, calendar)
    return { day, why: [...why, ...(day === end ? [] : [say.movedBack(day)])] }
  }
  const day = workingDayAfter(end, 0, calendar)
  return { day, why: [...why, ...(day === end ? [] : say.movedToWork(end, day, calendar))] }
}

/**
 * When a limit that begins at an instant ends, before anything pauses or extends it, and why. Throws `Refused` calendar.year-unknown.
 */
export function baseDue(
  received: Temporal.Instant,
  limit: TimeLimit,
  calendar: WorkCalendar,
  rules: ClockRules,
): { due: Temporal.Instant; why: Text[] } {
  const late = rules.lateReceipt !== 'none' && isLate(received, rules)
  let from = received
  const why: Text[] = []
  if (late && rules.lateReceipt === 'all') {
    from = openingOf(workingDayAfter(dayOf(received), 1, calendar), calendar)
    why.push(say.receivedLate(rules.cutOff, dayOf(from)))
  }
  const start = dayOf(from)
  if (limit.unit === 'hour' && limit.limit > 0) {
    const due = addWorkingMillis(from, limit.limit * HOUR, calendar)
    return { due, why: [...why, say.hours(limit.limit), ...say.skipped(start, dayOf(due), calendar)] }
  }
  const { day, why: counted } = lastDay(start, late && rules.lateReceipt === 'same_day', limit, calendar, rules)
  return { due: endOf(day, from, calendar, rules), why: [...why, ...counted] }
}

/** An amount added to a due time: hours as working time, days and months to the end of their last day by the rules. */
export function extended(due: Temporal.Instant, by: TimeLimit, calendar: WorkCalendar, rules: ClockRules): Temporal.Instant {
  return baseDue(due, by, calendar, { ...rules, startDay: 'next', lateReceipt: 'none' }).due
}

/**
 * What is left of a due time, laid on another calendar from an instant on: the same number of working days after that day, or for a
 * limit in hours the same working time. A due time in calendar days keeps its day, or the next one the other agency works.
 */
export function carriedOver(
  at: Temporal.Instant,
  due: Temporal.Instant,
  unit: TimeLimit['unit'],
  from: WorkCalendar,
  to: WorkCalendar,
): Temporal.Instant {
  if (unit === 'hour') return addWorkingMillis(at, workingMillis(at, due, from), to)
  const [today, last] = [dayOf(at), dayOf(due)]
  const left = (from.countTo.get(last) ?? 0) - (from.countTo.get(today) ?? 0)
  const day = unit === 'working_day' ? workingDayAfter(today, left, to) : workingDayAfter(last, 0, to)
  const whole = !isWorkingDay(last, from) || Temporal.Instant.compare(due, closingOf(last, from)) >= 0
  const closing = closingOf(day, to)
  if (whole) return closing
  const carried = addWorkingMillis(openingOf(day, to), workingMillis(openingOf(last, from), due, from), to)
  return Temporal.Instant.compare(carried, closing) > 0 ? closing : carried
}
