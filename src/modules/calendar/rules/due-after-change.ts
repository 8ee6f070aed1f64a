import { Temporal } from 'temporal-polyfill'
import { dayOf, startOfDay } from '../../../kernel/clock.ts'
import { carriedOver } from './base-due.ts'
import { calendarOf, clock } from './clock.ts'
import type { Calendars, ClockEvent, Ledger } from './ledger.ts'
import { rulesOn, type WorkCalendar } from './work-calendar.ts'

/** A due time that was promised, and what it followed from. */
export interface Promised {
  readonly agencyCode: string
  readonly receivedAt: Temporal.Instant
  readonly due: Temporal.Instant
  /** Null for what was received before ledgers were kept. */
  readonly ledger: Ledger | null
}

const withoutMoves = (events: readonly ClockEvent[]): ClockEvent[] => events.filter((event) => event.type !== 'move')

/** The promise itself was written down, not worked out: nothing but the days between can be carried to another calendar. */
const isPinned = ({ ledger }: Promised): boolean =>
  ledger === null || (ledger.events[0]?.type === 'start' && ledger.events[0].due !== undefined)

/**
 * When it is due after the calendar changed; null when the change does not touch it. Worked out anew from the ledger where there is one;
 * else the days between receipt and due time are laid on the new calendar.
 */
export function dueAfterChange(promised: Promised, before: Calendars, after: Calendars): Temporal.Instant | null {
  const { ledger, due, agencyCode, receivedAt } = promised
  if (ledger === null || isPinned(promised)) {
    const unit = ledger?.limit.unit ?? 'working_day'
    const [was, is] = [calendarOf(before, agencyCode), calendarOf(after, agencyCode)]
    const to = was === is ? due : carriedOver(receivedAt, due, unit, was, is)
    return to.epochMilliseconds === due.epochMilliseconds ? null : to
  }
  const events = withoutMoves(ledger.events)
  const was = clock(events, ledger.limit, before, ledger.rules).due
  const is = clock(events, ledger.limit, after, ledger.rules).due
  return was.epochMilliseconds === is.epochMilliseconds ? null : is
}

interface Moment {
  readonly epochMilliseconds: number
}

const numbers = new WeakMap<WorkCalendar, number>()
let last = 0

/** Agencies that share a calendar count alike: the calendar has a number, not the agency. */
function numberOf(calendar: WorkCalendar): number {
  const known = numbers.get(calendar)
  if (known !== undefined) return known
  last += 1
  numbers.set(calendar, last)
  return last
}

const OFFSET = Temporal.Instant.from('1970-01-01T00:00:00Z').epochMilliseconds - startOfDay('1970-01-01').epochMilliseconds
const WHOLE_DAY = 24 * 3_600_000

/** What the time of day of receipt changes on a calendar: whether it was late, or the time itself where that is when it ends. */
function timeOfDay(at: Moment, calendar: WorkCalendar): string {
  const { cutOff, endTime } = rulesOn(dayOf(at), calendar)
  const millis = (at.epochMilliseconds + OFFSET) % WHOLE_DAY
  return endTime === 'same_time' ? String(millis) : String(millis > cutOff * 60_000)
}

/**
 * A key under which `dueAfterChange` gives the same answer: most dossiers differ in nothing but the minute of receipt and the agency, and
 * tens of thousands come in a few thousand kinds.
 */
export function likenessOf(promised: Promised, before: Calendars, after: Calendars): string {
  const { ledger, agencyCode, due, receivedAt } = promised
  const pair = [calendarOf(before, agencyCode), calendarOf(after, agencyCode)] as const
  const place = pair.map(numberOf).join(' ')
  if (ledger === null || isPinned(promised)) {
    const unit = ledger?.limit.unit ?? ''
    const exact = unit === 'hour' ? receivedAt.epochMilliseconds : dayOf(receivedAt)
    return `promise ${place} ${unit} ${exact} ${due.epochMilliseconds}`
  }
  const [start] = ledger.events
  const plain = start?.type === 'start' && ledger.limit.unit !== 'hour' && ledger.rules === undefined && start.agency === agencyCode
  if (!plain || withoutMoves(ledger.events).length > 1) return JSON.stringify([place, ledger])
  // Of tens of thousands, all that matters is when: a plain number is read many times quicker than an instant.
  const at = { epochMilliseconds: Date.parse(start.at) }
  return `${place} ${ledger.limit.limit} ${ledger.limit.unit} ${dayOf(at)} ${pair.map((calendar) => timeOfDay(at, calendar)).join(' ')}`
}
