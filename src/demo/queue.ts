import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { createAccess } from '../kernel/access/index.ts'
import { addDays, type Clock, dayOf, startOfDay } from '../kernel/clock.ts'
import { type CommandHost, run } from '../kernel/command.ts'
import type { Actor, Context, Officer } from '../kernel/context.ts'
import type { Database, Province } from '../kernel/database/index.ts'
import { derivedUuid } from '../kernel/id.ts'
import { ok, type Result } from '../kernel/result.ts'
import { callNext, expireTickets, permissions, serveTicket, sitDown, takeTicket } from '../modules/queue/index.ts'
import { random } from './rules/random.ts'

/** The counter whose hall the demo shows: a commune's, with two desks at work and people waiting. */
const COUNTER = 'H12.144'
const MORNING_HOURS = 7.5
const LETTERS = ['A', 'A', 'A', 'B', 'B', 'C', 'D', 'T'] as const
/** People of a past day, people served today, people who still wait. */
const [PAST, SERVED, WAITING] = [14, 8, 7]

/** Nobody whose account exists: desks in the demo's past. */
const desk = (n: number): Officer => ({
  kind: 'officer',
  officerId: `01930000-0000-7000-8fff-0000000008${String(n).padStart(2, '0')}`,
  name: ['Lê Thị Mơ', 'Trần Văn Lúa'][n] ?? 'Cán bộ quầy',
  grants: [{ role: 'clerk', agencyCode: COUNTER, subtree: false }],
})
const anybody: Actor = { kind: 'anonymous' }

/**
 * Two past days and today of one counter's line, by the commands themselves at believable times: nobody is named. What is there
 * already is left alone. Returns how many tickets were made.
 */
export async function seedQueue(host: { db: Database; clock: Clock }, province: Province): Promise<number> {
  const now = host.clock()
  const today = dayOf(now)
  const access = createAccess(permissions, { isWithin: () => true })
  const chance = random('hàng chờ')
  let made = 0
  for (const day of [addDays(today, -2), addDays(today, -1), today]) {
    const known = await host.db.read(province, (tx) =>
      sql<{ n: number }>`select count(*)::int as n from queue_ticket where agency_code = ${COUNTER} and day = ${day}::date`.execute(tx),
    )
    if ((known.rows[0]?.n ?? 0) > 0) continue
    const isToday = day === today
    const people = isToday ? SERVED + WAITING : PAST
    // Today's line began two hours ago, or at midnight when the house is opened at night; it never reaches into the future.
    const opening = startOfDay(day).add({ minutes: MORNING_HOURS * 60 })
    const wished = isToday ? now.subtract({ minutes: 110 }) : opening
    const begin = Temporal.Instant.compare(wished, startOfDay(day)) < 0 ? startOfDay(day) : wished
    const end = isToday ? now : begin.add({ hours: 4 })
    const span = Math.max(1, end.epochMilliseconds - begin.epochMilliseconds)
    let time = begin
    const later = (share: number): void => {
      const next = time.add({ milliseconds: Math.round(span * share) })
      time = Temporal.Instant.compare(next, end) > 0 ? end : next
    }
    const act = async <T>(actor: Actor, n: string, work: (cx: Context) => Promise<Result<T>>): Promise<T> => {
      const at = time
      const then: CommandHost = { db: host.db, clock: () => at, access: () => access }
      const requestId = derivedUuid('demo-queue', province.slug, day, n)
      const done = await run(then, { province, actor, requestId, name: 'demo.queue' }, work)
      if (!done.ok) throw new Error(`the demo did something impossible: ${done.error.code}`)
      return done.value
    }
    for (const n of [0, 1]) await act(desk(n), `sit ${n}`, (cx) => sitDown(cx, { agencyCode: COUNTER, number: n + 3 }))
    const served = isToday ? SERVED : PAST
    let [taken, called] = [0, 0]
    const takeOne = async (): Promise<void> => {
      const category = chance.pick([...LETTERS])
      const ground = chance.chance(0.15) ? 'nguoi-cao-tuoi' : null
      await act(anybody, `take ${taken}`, (cx) => takeTicket(cx, { agencyCode: COUNTER, category, ground }))
      taken += 1
      made += 1
    }
    for (; taken < 4; ) await takeOne()
    while (called < served) {
      const officer = desk(called % 2)
      const ticket = await act(officer, `call ${called}`, async (cx) => (taken > called ? callNext(cx, { finish: true }) : ok(null)))
      later(0.02 + chance.below(10) / 1000)
      if (ticket) {
        const missing = !isToday && chance.chance(0.08)
        const step = missing ? ('absent' as const) : ('started' as const)
        await act(officer, `step ${called}`, (cx) => serveTicket(cx, { ticketId: ticket.id, step }))
      }
      called += 1
      if (taken < people) await takeOne()
      later(0.03 + chance.below(20) / 1000)
      if (taken < people && chance.chance(0.6)) await takeOne()
    }
    for (; taken < people; ) await takeOne()
    if (!isToday)
      for (const n of [0, 1]) await act(desk(n), `end ${n}`, async (cx) => ok(await callNext(cx, { finish: true }).catch(() => null)))
  }
  await expireTickets({ ...host, access: () => access }, province)
  return made
}
