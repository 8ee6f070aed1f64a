import { Temporal } from 'temporal-polyfill'
import { dayOf } from '../../../kernel/clock.ts'
import { fill, type Text } from '../../../kernel/i18n/index.ts'
import { calendarOf } from './clock.ts'
import { workingSpan } from './explain.ts'
import type { Calendars, ClockState } from './ledger.ts'
import { type WorkCalendar, workingDaysBetween } from './work-calendar.ts'
import { addWorkingMillis, workingMillis } from './working-time.ts'

const DAY = 8 * 3_600_000

/** How far it is from an instant to a due time, or past it. `days` are whole working days; `words` say it: "còn 2 ngày làm việc". */
export interface TimeLeft {
  readonly late: boolean
  readonly days: number
  /** Working time, in milliseconds. */
  readonly millis: number
  readonly words: Text
}

const inDays: Readonly<Record<'left' | 'late', Text>> = {
  left: { vi: 'còn {n} ngày làm việc', en: '{n} working days left' },
  late: { vi: 'quá hạn {n} ngày làm việc', en: '{n} working days overdue' },
}

const words = (kind: 'left' | 'late', days: number, millis: number): Text => {
  // Less than a day's work that lies over two days is told in hours: "1 day left" would promise too much.
  if (days >= 1 && (kind === 'late' || millis >= DAY)) {
    const text = fill(inDays[kind], { n: days })
    return days === 1 ? { vi: text.vi, en: text.en.replace('days', 'day') } : text
  }
  if (millis < 60_000) return kind === 'left' ? { vi: 'đến hạn', en: 'due now' } : { vi: 'vừa quá hạn', en: 'just overdue' }
  const span = workingSpan(millis)
  return kind === 'left' ? { vi: `còn ${span.vi}`, en: `${span.en} left` } : { vi: `quá hạn ${span.vi}`, en: `${span.en} overdue` }
}

/** What is left until a due time at an instant, in working time and in words. For lists that know only the due time. */
export function timeLeft(due: Temporal.Instant, now: Temporal.Instant, calendar: WorkCalendar): TimeLeft {
  const late = Temporal.Instant.compare(now, due) > 0
  const [from, to] = late ? [due, now] : [now, due]
  const millis = workingMillis(from, to, calendar)
  const days = workingDaysBetween(dayOf(from), dayOf(to), calendar)
  return { late, days, millis, words: words(late ? 'late' : 'left', days, millis) }
}

/** A clock read at an instant. */
export interface ClockReading {
  readonly state: ClockState['state']
  /** While it stands still: when it would be due if it went on now. */
  readonly due: Temporal.Instant
  /** Working time it ran until now, pauses left out, in milliseconds. */
  readonly usedMs: number
  readonly left: TimeLeft
  /** "còn 2 ngày làm việc" · "đang tạm dừng, khi chạy tiếp còn 2 ngày làm việc" · "xong trong hạn" */
  readonly words: Text
}

function usedMillis(state: ClockState, now: Temporal.Instant, calendars: Calendars): number {
  return state.stretches
    .filter((stretch) => stretch.running)
    .reduce((sum, { from, to, agency }) => {
      const end = to && Temporal.Instant.compare(to, now) < 0 ? to : now
      return sum + workingMillis(from, end, calendarOf(calendars, agency))
    }, 0)
}

function wordsOf(state: ClockState, left: TimeLeft): Text {
  if (state.state === 'running') return left.words
  if (state.state === 'paused')
    return left.late
      ? { vi: `đang tạm dừng, ${left.words.vi}`, en: `standing still, ${left.words.en}` }
      : { vi: `đang tạm dừng, khi chạy tiếp ${left.words.vi}`, en: `standing still, then ${left.words.en}` }
  return left.late
    ? { vi: `đã xong, ${left.words.vi}`, en: `finished, ${left.words.en}` }
    : { vi: 'đã xong trong hạn', en: 'finished in time' }
}

/** Reads a clock at an instant: time used and left, and what a person would say. */
export function readClock(state: ClockState, now: Temporal.Instant, calendars: Calendars): ClockReading {
  const calendar = calendarOf(calendars, state.agency)
  const since = state.endedAt ?? state.pausedSince
  // What stands still is as far from its due time as when it stopped.
  const left = timeLeft(state.due, since ?? now, calendar)
  const moves = state.pausedSince !== null && state.endedAt === null && !left.late
  const due = moves ? addWorkingMillis(state.due, workingMillis(state.pausedSince, now, calendar), calendar) : state.due
  return { state: state.state, due, usedMs: usedMillis(state, now, calendars), left, words: wordsOf(state, left) }
}
