import { Temporal } from 'temporal-polyfill'
import { dayOf, startOfDay } from '../../../kernel/clock.ts'
import { carriedOver } from './base-due.ts'
import { calendarOf, clock } from './clock.ts'
import type { Calendars, ClockEvent, Ledger } from './ledger.ts'

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
 * When it is due after the calendar changed; the promised due time itself when the change does not touch it. Worked out anew from the
 * ledger where there is one; else the days between receipt and due time are laid on the new calendar.
 */
export function dueAfterChange(promised: Promised, before: Calendars, after: Calendars): Temporal.Instant {
  const { ledger, due, agencyCode, receivedAt } = promised
  if (ledger === null || isPinned(promised)) {
    const unit = ledger?.limit.unit ?? 'working_day'
    const [was, is] = [calendarOf(before, agencyCode), calendarOf(after, agencyCode)]
    return was === is ? due : carriedOver(receivedAt, due, unit, was, is)
  }
  const events = withoutMoves(ledger.events)
  const was = clock(events, ledger.limit, before, ledger.rules).due
  const is = clock(events, ledger.limit, after, ledger.rules).due
  return Temporal.Instant.compare(was, is) === 0 ? due : is
}

/** Received in the same minute of the day, for all that matters of a deadline in days: a key under which the answers are the same. */
export function likenessOf(promised: Promised): string {
  const { ledger, agencyCode, due, receivedAt } = promised
  if (ledger === null || isPinned(promised))
    return `${agencyCode} ${ledger?.limit.unit ?? ''} ${dayOf(receivedAt)} ${due.epochMilliseconds} ${ledger?.limit.unit === 'hour' ? receivedAt.epochMilliseconds : ''}`
  const events = withoutMoves(ledger.events)
  const [start] = events
  const plain = events.length === 1 && ledger.limit.unit !== 'hour' && ledger.rules === undefined && start
  if (!plain) return JSON.stringify([ledger, due.epochMilliseconds])
  const at = Temporal.Instant.from(start.at)
  const day = dayOf(at)
  // A cut-off is a whole minute, and a second past it is late.
  const minute = Math.ceil((at.epochMilliseconds - startOfDay(day).epochMilliseconds) / 60_000)
  return `${agencyCode} ${ledger.limit.limit} ${ledger.limit.unit} ${day} ${minute} ${due.epochMilliseconds}`
}
