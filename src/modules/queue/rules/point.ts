import type { Temporal } from 'temporal-polyfill'
import type { Day } from '../../../kernel/clock.ts'
import { nextRun } from './line.ts'

/** A service point as it stands: who sits there today, whom they have before them. Plain JSON. */
export interface Point {
  readonly id: string
  readonly agencyCode: string
  readonly number: number
  /** The day somebody sat down; another day's is nobody's any more. */
  readonly day: Day | null
  readonly officerId: string | null
  readonly officerName: string | null
  readonly paused: boolean
  readonly ticketId: string | null
  /** People with priority called in a row. */
  readonly run: number
  readonly version: number
}

export interface PointData {
  opened: { agencyCode: string; number: number; day: Day; officerId: string; officerName: string }
  paused: object
  resumed: object
  closed: object
  /** Somebody was called to it, or left it: written beside the ticket's own event. */
  took: { ticketId: string; priority: boolean }
  freed: object
}
export type PointStep = keyof PointData
export interface PointEvent<S extends PointStep = PointStep> {
  readonly type: `queue-point.${S}`
  readonly at: string
  readonly data: PointData[S]
}

export const emptyPoint = (id: string, agencyCode: string, number: number): Point => ({
  ...{ id, agencyCode, number, day: null, officerId: null, officerName: null, paused: false, ticketId: null, run: 0, version: 0 },
})

/** The next state. Pure. */
export function applyPoint(before: Point, event: PointEvent): Point {
  const point = { ...before, version: before.version + 1 }
  switch (event.type) {
    case 'queue-point.opened': {
      const { day, officerId, officerName } = event.data as PointData['opened']
      // A new day begins with nobody at the desk.
      const kept = before.day === day ? {} : { ticketId: null, run: 0 }
      return { ...point, ...kept, day, officerId, officerName, paused: false }
    }
    case 'queue-point.paused':
      return { ...point, paused: true }
    case 'queue-point.resumed':
      return { ...point, paused: false }
    case 'queue-point.closed':
      return { ...point, officerId: null, officerName: null, paused: false }
    case 'queue-point.took': {
      const { ticketId, priority } = event.data as PointData['took']
      return { ...point, ticketId, run: nextRun(before.run, priority) }
    }
    default:
      return { ...point, ticketId: null }
  }
}

export interface PointChange {
  readonly event: PointEvent
  readonly next: Point
}

export function changePoint<S extends PointStep>(point: Point, step: S, data: PointData[S], now: Temporal.Instant): PointChange {
  const event: PointEvent = { type: `queue-point.${step}`, at: now.toString(), data }
  return { event, next: applyPoint(point, event) }
}

export const foldPoint = (id: string, agencyCode: string, number: number, events: readonly PointEvent[]): Point =>
  events.reduce(applyPoint, emptyPoint(id, agencyCode, number))

/** Whether somebody works at it on that day. */
export const isOpen = (point: Point, day: Day): boolean => point.day === day && point.officerId !== null
