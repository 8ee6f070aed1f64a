import type { App } from '../../../kernel/app.ts'
import { type Day, dayOf } from '../../../kernel/clock.ts'
import type { Officer } from '../../../kernel/context.ts'
import type { Province, Tx } from '../../../kernel/database/index.ts'
import { type Estimate, estimate, type InLine } from '../rules/line.ts'
import { isOpen, type Point } from '../rules/point.ts'
import { lettersOf, type QueueSettings } from '../rules/settings.ts'
import type { Ticket } from '../rules/ticket.ts'
import * as store from '../store.ts'

type Host = Pick<App, 'db' | 'clock'>

/** What the screen on the wall shows: no person anywhere in it. */
export interface DisplayView {
  readonly settings: QueueSettings
  readonly points: readonly {
    readonly number: number
    readonly paused: boolean
    readonly code: string | null
    readonly called: boolean
    readonly calls: number
  }[]
  /** Called last, the latest first. */
  readonly recent: readonly { readonly code: string; readonly point: number }[]
  readonly waiting: Readonly<Record<string, number>>
  readonly total: number
}

const countBy = (tickets: readonly Ticket[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const { category } of tickets) counts[category] = (counts[category] ?? 0) + 1
  return counts
}

/** The screen of a counter now. */
export async function readDisplay(host: Host, province: Province, agencyCode: string): Promise<DisplayView> {
  const day = dayOf(host.clock())
  return host.db.read(province, async (tx) => {
    const settings = await store.settingsAt(tx, agencyCode, day)
    const { waiting, active, recent, points } = await store.dayOfCounter(tx, agencyCode, day)
    const at = new Map(active.map((ticket) => [ticket.id, ticket]))
    return {
      settings,
      points: points
        .filter((point) => isOpen(point, day))
        .map(({ number, paused, ticketId }) => {
          const ticket = ticketId ? at.get(ticketId) : undefined
          return { number, paused, code: ticket?.code ?? null, called: ticket?.stage === 'called', calls: ticket?.calls ?? 0 }
        }),
      recent: recent.flatMap(({ code, pointNumber }) => (pointNumber === null ? [] : [{ code, point: pointNumber }])),
      waiting: countBy(waiting),
      total: waiting.length,
    }
  })
}

/** Changes whenever something happens at the counter. */
export const readMark = (host: Host, province: Province, agencyCode: string): Promise<string> =>
  host.db.read(province, (tx) => store.dayMark(tx, agencyCode, dayOf(host.clock())))

const inLine = (ticket: Ticket): InLine => ({
  ...{
    id: ticket.id,
    category: ticket.category,
    priority: ticket.ground !== null,
    linedAt: Date.parse(ticket.linedAt),
    number: ticket.number,
  },
})

export interface FollowView {
  readonly ticket: Ticket
  readonly settings: QueueSettings
  /** Only while it waits. */
  readonly estimate: Estimate | null
  /** What the estimate stands on. */
  readonly basis: { readonly minutes: number; readonly n: number }
  /** Of another day: nothing of it holds any more. */
  readonly over: boolean
}

async function usual(tx: Tx, ticket: Ticket, settings: QueueSettings): Promise<{ ms: number; n: number }> {
  const known = await store.usualService(tx, ticket.agencyCode, ticket.day, [ticket.category])
  return known ?? { ms: settings.assumedMinutes * 60_000, n: 0 }
}

/** A ticket as its holder follows it; undefined when nobody was given that secret. */
export async function followTicket(host: Host, province: Province, secret: string): Promise<FollowView | undefined> {
  const today = dayOf(host.clock())
  return host.db.read(province, async (tx) => {
    const ticket = await store.findTicketBySecret(tx, secret)
    if (!ticket) return undefined
    const settings = await store.settingsAt(tx, ticket.agencyCode, ticket.day)
    const over = ticket.day !== today
    const { ms, n } = await usual(tx, ticket, settings)
    const basis = { minutes: Math.max(1, Math.round(ms / 60_000)), n }
    if (over || ticket.stage !== 'waiting') return { ticket, settings, estimate: null, basis, over }
    const { waiting, points } = await store.dayOfCounter(tx, ticket.agencyCode, today)
    const open = points
      .filter((point) => isOpen(point, today) && !point.paused)
      .map(({ number, run }) => ({ letters: lettersOf(settings, number), run }))
    return { ticket, settings, estimate: estimate(waiting.map(inLine), ticket.id, open, settings.priority.inRow, ms), basis, over }
  })
}

export interface PanelView {
  readonly day: Day
  readonly settings: QueueSettings
  /** Where this officer sits; null before they chose. */
  readonly point: Point | null
  readonly current: Ticket | null
  readonly waiting: readonly Ticket[]
  readonly points: readonly Point[]
  readonly waitingHere: number
  /** Called in vain today and may still come back. */
  readonly absent: readonly Ticket[]
}

/** A counter as its officers see it. */
export async function readPanel(host: Host, province: Province, officer: Officer, agencyCode: string): Promise<PanelView> {
  const now = host.clock()
  const day = dayOf(now)
  return host.db.read(province, async (tx) => {
    const settings = await store.settingsAt(tx, agencyCode, day)
    const { waiting, active, absent, points } = await store.dayOfCounter(tx, agencyCode, day)
    const point = points.find(({ officerId }) => officerId === officer.officerId) ?? null
    const letters = point ? lettersOf(settings, point.number) : []
    const latest = now.subtract({ minutes: settings.absent.returnMinutes }).epochMilliseconds
    return {
      day,
      settings,
      point,
      current: active.find(({ id }) => id === point?.ticketId) ?? null,
      waiting,
      points,
      waitingHere: waiting.filter(({ category }) => letters.includes(category)).length,
      absent: absent.filter((ticket) => !ticket.cameBack && Date.parse(ticket.endedAt ?? ticket.changedAt) >= latest),
    }
  })
}

/** Whom an officer has before them at their point now, at whatever counter they sit: the intake's next person. */
export async function currentTicket(
  host: Host,
  province: Province,
  officer: Officer,
): Promise<{ ticket: Ticket | null; point: Point; settings: QueueSettings } | undefined> {
  const day = dayOf(host.clock())
  return host.db.read(province, async (tx) => {
    const point = await store.findPointOf(tx, officer.officerId, day)
    if (!point) return undefined
    const { active } = await store.dayOfCounter(tx, point.agencyCode, day)
    return {
      point,
      ticket: active.find(({ id }) => id === point.ticketId) ?? null,
      settings: await store.settingsAt(tx, point.agencyCode, day),
    }
  })
}

export const settingsOf = (host: Host, province: Province, agencyCode: string, day: Day = dayOf(host.clock())): Promise<QueueSettings> =>
  host.db.read(province, (tx) => store.settingsAt(tx, agencyCode, day))
