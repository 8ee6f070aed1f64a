import type { Context } from '../../../kernel/context.ts'
import { Refused } from '../../../kernel/errors.ts'
import { type NewEvent, record } from '../../../kernel/events.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import { nobodyWaiting, pointBusy, pointPaused } from '../errors.ts'
import { nextRun, prefersPriority } from '../rules/line.ts'
import { changePoint, type Point } from '../rules/point.ts'
import { lettersOf } from '../rules/settings.ts'
import { decideTicket, type Stepped } from '../rules/ticket.ts'
import * as store from '../store.ts'
import { type TicketView, viewOf } from '../view.ts'
import { openPoint, pointEvent } from './point.ts'

export const ticketEvent = ({ event, next }: Stepped): NewEvent => ({
  ...{ type: event.type, subject: next.id, agencyCode: next.agencyCode, data: event.data },
})

export interface CallNext {
  /** The ticket that is being served is done with: it is written down in the same step. */
  readonly finish?: boolean | undefined
}

/** Ends the ticket that is being served, when the officer says so; one that was only called keeps the point busy. */
async function finishCurrent(cx: Context, point: Point, finish: boolean): Promise<{ point: Point; events: NewEvent[] }> {
  if (!point.ticketId) return { point, events: [] }
  const ticket = await store.lockTicket(cx.tx, point.ticketId)
  if (!ticket) throw new Error(`point ${point.id} has a ticket that does not exist`)
  if (!finish || ticket.stage !== 'serving') throw new Refused(pointBusy(ticket.code))
  const served = decideTicket(ticket, 'served', { pointId: point.id }, cx.now)
  if (!served.ok) throw new Refused(served.error)
  await store.saveTicket(cx.tx, ticket, served.value.next)
  const freed = changePoint(point, 'freed', {}, cx.now)
  return { point: freed.next, events: [ticketEvent(served.value), pointEvent(freed)] }
}

/**
 * Calls the next in line to the officer's point. Two officers never get the same ticket: the row is locked, and a locked row is passed over.
 * Refusals: queue.no-point, queue.point-paused, queue.point-busy, queue.nobody-waiting (unless something was finished: then null).
 */
export async function callNext(cx: Context, input: CallNext = {}): Promise<Result<TicketView | null>> {
  const before = await openPoint(cx)
  const day = before.day ?? ''
  const { point, events } = await finishCurrent(cx, before, input.finish ?? false)
  if (before.paused && events.length === 0) throw new Refused(pointPaused)
  const settings = await store.settingsAt(cx.tx, point.agencyCode, day)
  const prefer = prefersPriority(point.run, settings.priority.inRow)
  const letters = lettersOf(settings, point.number)
  const ticket = before.paused ? undefined : await store.pickNext(cx.tx, point.agencyCode, day, letters, prefer)
  if (!ticket && events.length === 0) throw new Refused(nobodyWaiting)
  if (!ticket) {
    await store.savePoint(cx.tx, point)
    await record(cx, { events, result: null })
    return ok(null)
  }

  const priority = ticket.ground !== null
  const run = nextRun(point.run, priority)
  const called = decideTicket(ticket, 'called', { pointId: point.id, point: point.number, run }, cx.now)
  if (!called.ok) return called
  const took = changePoint(point, 'took', { ticketId: ticket.id, priority }, cx.now)
  await store.saveTicket(cx.tx, ticket, called.value.next)
  await store.savePoint(cx.tx, took.next)
  const view = viewOf(called.value.next)
  await record(cx, { events: [...events, ticketEvent(called.value), pointEvent(took)], result: view })
  return ok(view)
}
