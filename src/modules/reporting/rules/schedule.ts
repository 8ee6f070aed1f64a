import { Temporal } from 'temporal-polyfill'
import { addDays, type Day, startOfDay } from '../../../kernel/clock.ts'
import { weekdayOf } from './settings.ts'

export const schedules = ['none', 'weekly', 'monthly'] as const
export type Schedule = (typeof schedules)[number]

/** As what an answer is sent. */
export const answerFiles = ['xlsx', 'csv', 'pdf'] as const
export type AnswerFile = (typeof answerFiles)[number]

/** When a kept question is answered: on a weekday, or on the first of the month, at a time on the wall in Vietnam. */
export interface Timetable {
  readonly schedule: Schedule
  /** 1 Monday … 7 Sunday. */
  readonly weekday: number
  /** `06:30`. */
  readonly time: string
}

/** The moment of a slot's day. Vietnam's clocks are never changed: a day has 24 hours. */
export function momentOf(day: Day, time: string): Temporal.Instant {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return startOfDay(day).add({ hours, minutes })
}

/** The day of the slot that came last; undefined without a schedule. `today`: the day of `now` in Vietnam. */
export function lastSlot({ schedule, weekday, time }: Timetable, now: Temporal.Instant, today: Day): Day | undefined {
  if (schedule === 'none') return undefined
  const first: Day = `${today.slice(0, 7)}-01`
  const day = schedule === 'weekly' ? addDays(today, -((weekdayOf(today) - weekday + 7) % 7)) : first
  if (Temporal.Instant.compare(momentOf(day, time), now) <= 0) return day
  return schedule === 'weekly' ? addDays(day, -7) : (`${addDays(first, -1).slice(0, 7)}-01` as Day)
}

/** The moment of the slot that comes next; undefined without a schedule. */
export function nextMoment(timetable: Timetable, now: Temporal.Instant, today: Day): Temporal.Instant | undefined {
  const last = lastSlot(timetable, now, today)
  if (last === undefined) return undefined
  const next = timetable.schedule === 'weekly' ? addDays(last, 7) : (`${addDays(last, 31).slice(0, 7)}-01` as Day)
  return momentOf(next, timetable.time)
}
