import { allow } from '../../../kernel/access/index.ts'
import { dayOf } from '../../../kernel/clock.ts'
import type { Context, Officer } from '../../../kernel/context.ts'
import { Refused, refusals } from '../../../kernel/errors.ts'
import { type NewEvent, record } from '../../../kernel/events.ts'
import { derivedUuid } from '../../../kernel/id.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import { noPoint, pointBusy, pointTaken, unknownPoint } from '../errors.ts'
import { changePoint, emptyPoint, isOpen, type Point, type PointChange } from '../rules/point.ts'
import * as store from '../store.ts'

export interface PointView {
  readonly number: number
  readonly paused: boolean
}

export const pointEvent = ({ event, next }: PointChange): NewEvent => ({
  ...{ type: event.type, subject: next.id, agencyCode: next.agencyCode, data: event.data },
})

export function officerOf(cx: Context): Officer {
  if (cx.actor.kind !== 'officer') throw new Refused(refusals.denied)
  return cx.actor
}

/** Where the officer sits today, locked, with the right to serve there. Throws `Refused`: access.denied, queue.no-point. */
export async function openPoint(cx: Context): Promise<Point> {
  allow(cx, 'queue.serve')
  const point = await store.lockPointOf(cx.tx, officerOf(cx).officerId, dayOf(cx.now))
  if (!point) throw new Refused(noPoint)
  allow(cx, 'queue.serve', { agencyCode: point.agencyCode })
  return point
}

async function busyWith(cx: Context, point: Point): Promise<never> {
  const ticket = point.ticketId ? await store.lockTicket(cx.tx, point.ticketId) : undefined
  throw new Refused(pointBusy(ticket?.code ?? '—'))
}

export interface SitDown {
  readonly agencyCode: string
  readonly number: number
  /** The person who sits there forgot to leave. */
  readonly takeOver?: boolean | undefined
}

/** Sits down at a point for today, and leaves the one before. Refusals: queue.point-taken, queue.point-busy, input.invalid. */
export async function sitDown(cx: Context, input: SitDown): Promise<Result<PointView>> {
  allow(cx, 'queue.serve', { agencyCode: input.agencyCode })
  const officer = officerOf(cx)
  const day = dayOf(cx.now)
  const { points } = await store.settingsAt(cx.tx, input.agencyCode, day)
  if (!points.some(({ number }) => number === input.number)) throw new Refused(unknownPoint)
  const events: NewEvent[] = []
  const before = await store.lockPointOf(cx.tx, officer.officerId, day)
  if (before && (before.agencyCode !== input.agencyCode || before.number !== input.number)) {
    if (before.ticketId) return busyWith(cx, before)
    const left = changePoint(before, 'closed', {}, cx.now)
    await store.savePoint(cx.tx, left.next)
    events.push(pointEvent(left))
  }
  const id = derivedUuid('queue-point', cx.province.schema, input.agencyCode, String(input.number))
  const point = await store.lockPoint(cx.tx, emptyPoint(id, input.agencyCode, input.number))
  const other = isOpen(point, day) && point.officerId !== officer.officerId
  if (other && !input.takeOver) throw new Refused(pointTaken(point.number, point.officerName ?? ''))

  const { officerId, name: officerName } = officer
  const opened = changePoint(point, 'opened', { agencyCode: input.agencyCode, number: input.number, day, officerId, officerName }, cx.now)
  await store.savePoint(cx.tx, opened.next)
  const view = { number: point.number, paused: false }
  await record(cx, { events: [...events, pointEvent(opened)], result: view })
  return ok(view)
}

/** Pauses the officer's point, opens it again, or leaves it. With somebody before them they may pause, but not leave. Refusal: queue.point-busy. */
export async function setPoint(cx: Context, step: 'paused' | 'resumed' | 'closed'): Promise<Result<PointView>> {
  const point = await openPoint(cx)
  if (step === 'closed' && point.ticketId) return busyWith(cx, point)
  const changed = changePoint(point, step, {}, cx.now)
  await store.savePoint(cx.tx, changed.next)
  const view = { number: point.number, paused: changed.next.paused }
  await record(cx, { events: [pointEvent(changed)], result: view })
  return ok(view)
}
