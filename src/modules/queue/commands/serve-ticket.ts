import { allow } from '../../../kernel/access/index.ts'
import { dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { Refused } from '../../../kernel/errors.ts'
import { type NewEvent, record } from '../../../kernel/events.ts'
import { isUuid } from '../../../kernel/id.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import { noTicket, unknownCategory, unknownTicket } from '../errors.ts'
import { changePoint } from '../rules/point.ts'
import { categoryOf } from '../rules/settings.ts'
import { decideTicket, type TicketData } from '../rules/ticket.ts'
import * as store from '../store.ts'
import { type TicketView, viewOf } from '../view.ts'
import { ticketEvent } from './call-next.ts'
import { openPoint, pointEvent } from './point.ts'

export type ServeStep = 'recalled' | 'started' | 'served' | 'absent' | 'transferred'
export const serveSteps: readonly ServeStep[] = ['recalled', 'started', 'served', 'absent', 'transferred']

export interface ServeTicket {
  /** The ticket the officer saw: another one at the point by now is left alone. */
  readonly ticketId: string
  readonly step: ServeStep
  /** Where the person is sent on to. */
  readonly category?: string | undefined
}

/** A step with the ticket at the officer's own point. Refusals: queue.no-point, queue.no-ticket, queue.not-possible, input.invalid. */
export async function serveTicket(cx: Context, input: ServeTicket): Promise<Result<TicketView>> {
  const point = await openPoint(cx)
  if (point.ticketId !== input.ticketId) throw new Refused(noTicket)
  const ticket = await store.lockTicket(cx.tx, input.ticketId)
  if (!ticket) throw new Refused(noTicket)
  const settings = await store.settingsAt(cx.tx, point.agencyCode, ticket.day)
  const category = input.category ?? ''
  if (input.step === 'transferred' && (!categoryOf(settings, category) || category === ticket.category)) throw new Refused(unknownCategory)

  const data: TicketData[ServeStep] = input.step === 'transferred' ? { pointId: point.id, category } : { pointId: point.id }
  const decided = decideTicket(ticket, input.step, data, cx.now)
  if (!decided.ok) return decided
  await store.saveTicket(cx.tx, ticket, decided.value.next)
  const events: NewEvent[] = [ticketEvent(decided.value)]
  if (input.step !== 'recalled' && input.step !== 'started') {
    const freed = changePoint(point, 'freed', {}, cx.now)
    await store.savePoint(cx.tx, freed.next)
    events.push(pointEvent(freed))
  }
  const view = viewOf(decided.value.next)
  await record(cx, { events, result: view })
  return ok(view)
}

/**
 * Whoever was called in vain has come: once, within the counter's time, to the end of the line. By the holder of the ticket (`secret`)
 * or by an officer of the counter (`ticketId`). Refusals: queue.unknown-ticket, queue.not-possible, queue.came-back-before, queue.came-too-late.
 */
export async function comeBack(cx: Context, input: { secret: string } | { ticketId: string }): Promise<Result<TicketView>> {
  if ('ticketId' in input) allow(cx, 'queue.serve')
  if ('ticketId' in input && !isUuid(input.ticketId)) throw new Refused(unknownTicket)
  const ticket = 'secret' in input ? await store.lockTicketBySecret(cx.tx, input.secret) : await store.lockTicket(cx.tx, input.ticketId)
  if (!ticket || ticket.day !== dayOf(cx.now)) throw new Refused(unknownTicket)
  if ('ticketId' in input) allow(cx, 'queue.serve', { agencyCode: ticket.agencyCode })
  const settings = await store.settingsAt(cx.tx, ticket.agencyCode, ticket.day)
  const decided = decideTicket(ticket, 'came-back', {}, cx.now, settings.absent.returnMinutes)
  if (!decided.ok) return decided
  await store.saveTicket(cx.tx, ticket, decided.value.next)
  const view = viewOf(decided.value.next)
  await record(cx, { events: [ticketEvent(decided.value)], result: view })
  return ok(view)
}
