import { Temporal } from 'temporal-polyfill'
import { dayOf } from '../../../kernel/clock.ts'
import { baseDue } from './base-due.ts'
import { calendarOf, clock } from './clock.ts'
import type { Calendars, ClockEvent, ClockRules, Ledger } from './ledger.ts'
import type { TimeLimit } from './time-limit.ts'
import { rulesOn } from './work-calendar.ts'

export interface StepDues {
  /** One instant a step, in order; none is after the legal due time. */
  readonly dues: readonly Temporal.Instant[]
  /** The legal due time of the whole. */
  readonly total: Temporal.Instant
  /** Whether the steps together stay within the legal limit, before anything paused or extended it. */
  readonly fits: boolean
}

/**
 * When each step of an internal process is due, beside the legal total: steps follow each other, each counted like a limit of its own
 * from the end of the one before. Pauses move the steps that were not over yet; an extension moves only the total. Parallel branches:
 * ask once for each way through. Throws as `clock`.
 */
export function stepDues(steps: readonly TimeLimit[], ledger: Ledger, calendars: Calendars): StepDues {
  const { events, limit, rules = {} } = ledger
  const whole = clock(events, limit, calendars, rules)
  const start = events[0]
  const agency = start?.type === 'start' ? start.agency : ''
  const calendar = calendarOf(calendars, agency)
  const counted: ClockRules = { ...rulesOn(dayOf(whole.startedAt), calendar), ...rules }
  let cursor = whole.startedAt
  const nominal = steps.map((step, at) => {
    cursor = baseDue(cursor, step, calendar, at === 0 ? counted : { ...counted, lateReceipt: 'none', startDay: 'next' }).due
    return cursor
  })
  const later = events.slice(1).filter((event) => event.type !== 'extend' && event.type !== 'move')
  const dues = nominal.map((due) => {
    const own: ClockEvent = { type: 'start', at: whole.startedAt.toString(), agency, due: due.toString() }
    const moved = clock([own, ...later], limit, calendars, { ...rules, restarts: [] }).due
    return Temporal.Instant.compare(moved, whole.due) > 0 ? whole.due : moved
  })
  const last = nominal.at(-1)
  return { dues, total: whole.due, fits: last === undefined || Temporal.Instant.compare(last, whole.originalDue) <= 0 }
}
