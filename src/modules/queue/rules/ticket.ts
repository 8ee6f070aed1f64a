import { Temporal } from 'temporal-polyfill'
import type { Day } from '../../../kernel/clock.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { cameBackBefore, cameTooLate, notPossible } from '../errors.ts'

export type TicketStage = 'waiting' | 'called' | 'serving' | 'served' | 'absent' | 'expired'

/** A ticket as it stands: the fold of its events, plain JSON. It names no person. */
export interface Ticket {
  readonly id: string
  readonly agencyCode: string
  readonly day: Day
  /** What is called out: A012. Kept when the person is sent on to another category. */
  readonly code: string
  readonly series: string
  readonly number: number
  readonly category: string
  /** Code of the ground for going first, or null. */
  readonly ground: string | null
  readonly stage: TicketStage
  readonly takenAt: string
  readonly linedAt: string
  readonly firstCalledAt: string | null
  readonly calledAt: string | null
  readonly calls: number
  readonly startedAt: string | null
  readonly endedAt: string | null
  /** Came after having been called in vain; possible once. */
  readonly cameBack: boolean
  readonly pointId: string | null
  readonly pointNumber: number | null
  readonly changedAt: string
  readonly version: number
}

export interface TicketData {
  taken: Pick<Ticket, 'agencyCode' | 'day' | 'code' | 'series' | 'number' | 'category' | 'ground'>
  called: { pointId: string; point: number; run: number }
  recalled: { pointId: string }
  started: { pointId: string }
  served: { pointId: string }
  absent: { pointId: string }
  'came-back': object
  transferred: { pointId: string; category: string }
  expired: object
}
export type TicketStep = keyof TicketData

export interface TicketEvent<S extends TicketStep = TicketStep> {
  readonly type: `queue-ticket.${S}`
  readonly at: string
  readonly data: TicketData[S]
}

/** From which stages each step is possible. What is not here does not happen. */
export const ticketSteps: Readonly<Record<Exclude<TicketStep, 'taken'>, readonly TicketStage[]>> = {
  called: ['waiting'],
  recalled: ['called'],
  started: ['called'],
  served: ['serving'],
  absent: ['called'],
  'came-back': ['absent'],
  transferred: ['called', 'serving'],
  expired: ['waiting', 'called', 'serving'],
}

/** A001: letter and at least three digits. */
export const codeOf = (series: string, number: number): string => `${series}${String(number).padStart(3, '0')}`

const is = <S extends TicketStep>(event: TicketEvent, step: S): event is TicketEvent<S> => event.type === `queue-ticket.${step}`

/** The next state. Pure: the same events give the same ticket. */
export function applyTicket(before: Ticket | null, id: string, event: TicketEvent): Ticket {
  const { at } = event
  if (is(event, 'taken'))
    return {
      id,
      ...event.data,
      stage: 'waiting',
      takenAt: at,
      linedAt: at,
      firstCalledAt: null,
      calledAt: null,
      calls: 0,
      startedAt: null,
      endedAt: null,
      cameBack: false,
      pointId: null,
      pointNumber: null,
      changedAt: at,
      version: 1,
    }
  if (!before) throw new Error(`ticket ${id} begins with ${event.type}`)
  const ticket: Ticket = { ...before, changedAt: at, version: before.version + 1 }
  if (is(event, 'called'))
    return {
      ...ticket,
      stage: 'called',
      firstCalledAt: ticket.firstCalledAt ?? at,
      calledAt: at,
      calls: ticket.calls + 1,
      pointId: event.data.pointId,
      pointNumber: event.data.point,
    }
  if (is(event, 'recalled')) return { ...ticket, calledAt: at, calls: ticket.calls + 1 }
  if (is(event, 'started')) return { ...ticket, stage: 'serving', startedAt: ticket.startedAt ?? at }
  if (is(event, 'served')) return { ...ticket, stage: 'served', endedAt: at }
  if (is(event, 'absent')) return { ...ticket, stage: 'absent', endedAt: at }
  // Whoever is sent on keeps the place that their first arrival gave them.
  if (is(event, 'transferred'))
    return { ...ticket, stage: 'waiting', category: event.data.category, linedAt: ticket.takenAt, pointId: null, pointNumber: null }
  if (is(event, 'came-back'))
    return { ...ticket, stage: 'waiting', linedAt: at, endedAt: null, cameBack: true, pointId: null, pointNumber: null }
  return { ...ticket, stage: 'expired', endedAt: at }
}

export const foldTicket = (id: string, events: readonly TicketEvent[]): Ticket | null =>
  events.reduce<Ticket | null>((ticket, event) => applyTicket(ticket, id, event), null)

export interface Stepped {
  readonly event: TicketEvent
  readonly next: Ticket
}

/** The time of a step: now, and never before the ticket's last one (clocks of two servers differ). */
const timeOf = (ticket: Ticket, now: Temporal.Instant): string => {
  const last = Temporal.Instant.from(ticket.changedAt)
  return (Temporal.Instant.compare(last, now) > 0 ? last : now).toString()
}

/** Decides a step. Refusals: queue.not-possible, queue.came-back-before, queue.came-too-late. */
export function decideTicket<S extends Exclude<TicketStep, 'taken'>>(
  ticket: Ticket,
  step: S,
  data: TicketData[S],
  now: Temporal.Instant,
  returnMinutes = 0,
): Result<Stepped> {
  if (!ticketSteps[step].includes(ticket.stage)) return refuse(notPossible(step, ticket))
  if (step === 'came-back') {
    if (ticket.cameBack) return refuse(cameBackBefore(ticket.code))
    const latest = Temporal.Instant.from(ticket.endedAt ?? ticket.changedAt).add({ minutes: returnMinutes })
    if (Temporal.Instant.compare(now, latest) > 0) return refuse(cameTooLate(ticket.code, returnMinutes))
  }
  const event = { type: `queue-ticket.${step}`, at: timeOf(ticket, now), data } as TicketEvent
  return ok({ event, next: applyTicket(ticket, ticket.id, event) })
}

export function takeTicket(id: string, data: TicketData['taken'], now: Temporal.Instant): Stepped {
  const event: TicketEvent = { type: 'queue-ticket.taken', at: now.toString(), data }
  return { event, next: applyTicket(null, id, event) }
}
