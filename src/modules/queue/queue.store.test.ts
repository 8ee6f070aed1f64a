import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { createAccess } from '../../kernel/access/index.ts'
import { run } from '../../kernel/command.ts'
import type { Actor, Context, Officer } from '../../kernel/context.ts'
import { sql } from '../../kernel/database/index.ts'
import type { Result } from '../../kernel/result.ts'
import { loadOrganisationData } from '../organisation/index.ts'
import {
  callNext,
  comeBack,
  expireTickets,
  followTicket,
  permissions,
  queueFigures,
  readDisplay,
  serveTicket,
  setPoint,
  setSettings,
  sitDown,
  takeTicket,
} from './index.ts'
import { foldPoint, type PointEvent } from './rules/point.ts'
import { foldTicket, type TicketEvent } from './rules/ticket.ts'
import { settingsAt } from './store.ts'

const COUNTER = 'H12.101'
let now = Temporal.Instant.from('2026-11-20T07:30:00+07:00')
const { db, province } = await testDatabase()
const host = { db, clock: () => now, access: () => createAccess(permissions, { isWithin: () => false }) }
const anybody: Actor = { kind: 'anonymous' }
const clerk = (n: number, role: 'clerk' | 'unit_head' = 'clerk', agencyCode = COUNTER): Officer => ({
  ...{ kind: 'officer', officerId: `01900000-0000-7000-8000-00000000010${n}`, name: `Cán bộ ${n}` },
  grants: [{ role, agencyCode, subtree: false }],
})
const [cuc, lan, head] = [clerk(1), clerk(2), clerk(3, 'unit_head')]

const as = <T>(actor: Actor, work: (cx: Context) => Promise<Result<T>>, requestId?: string): Promise<Result<T>> =>
  run(host, { province, actor, name: 'queue.test', requestId: requestId ?? randomUUID() }, work)
async function must<T>(done: Promise<Result<T>>): Promise<T> {
  const result = await done
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message.en}`)
  return result.value
}
const take = (category = 'A', ground?: string) => must(as(anybody, (cx) => takeTicket(cx, { agencyCode: COUNTER, category, ground })))
const sit = (officer: Officer, number: number, takeOver = false) =>
  as(officer, (cx) => sitDown(cx, { agencyCode: COUNTER, number, takeOver }))
const call = (officer: Officer, finish = false, requestId?: string) => as(officer, (cx) => callNext(cx, { finish }), requestId)
const step = (officer: Officer, ticketId: string, what: 'started' | 'served' | 'absent' | 'recalled') =>
  must(as(officer, (cx) => serveTicket(cx, { ticketId, step: what })))

beforeAll(async () => {
  await loadOrganisationData({ db, clock: () => now }, province)
})

test('numbers have no gap however many take one at once, and a refused try takes none', async () => {
  const codes = (await Promise.all(Array.from({ length: 25 }, () => take('B')))).map(({ code }) => code).sort()
  expect(codes).toEqual(Array.from({ length: 25 }, (_, n) => `B${String(n + 1).padStart(3, '0')}`))
  expect(await as(anybody, (cx) => takeTicket(cx, { agencyCode: 'H12.999', category: 'B' }))).toMatchObject({
    error: { code: 'queue.unknown-counter' },
  })
  expect(await as(anybody, (cx) => takeTicket(cx, { agencyCode: COUNTER, category: 'X' }))).toMatchObject({ error: { status: 422 } })
  const twice = randomUUID()
  const again = () => as(anybody, (cx) => takeTicket(cx, { agencyCode: COUNTER, category: 'B' }), twice)
  const [one, two] = await Promise.all([again(), again()])
  expect(one).toMatchObject({ value: { code: 'B026' } })
  expect(two).toEqual(one)
  expect((await take('B')).code).toBe('B027')
})

test('many points calling at once never call the same person, and everybody is called in turn', async () => {
  const officers = [cuc, lan, clerk(4)]
  for (const [at, officer] of officers.entries()) await must(sit(officer, at + 2))
  const called: string[] = []
  for (let round = 0; round < 9; round += 1) {
    const calls = await Promise.all(officers.map((officer) => call(officer, true)))
    const tickets = calls.flatMap((one) => (one.ok && one.value ? [one.value] : []))
    called.push(...tickets.map(({ code }) => code))
    now = now.add({ minutes: 4 })
    await Promise.all(officers.map((officer, at) => (tickets[at] ? step(officer, tickets[at].id, 'started') : undefined)))
    now = now.add({ minutes: 6 })
  }
  expect(called).toHaveLength(27)
  expect(new Set(called).size).toBe(27)
  for (const officer of officers) await must(call(officer, true))
})

test('a click again is the same call; a point with somebody calls nobody else; a paused one says so', async () => {
  const first = await take('C')
  await take('C')
  const click = randomUUID()
  const [one, two] = await Promise.all([call(cuc, false, click), call(cuc, false, click)])
  expect(one).toMatchObject({ value: { code: first.code, point: 2 } })
  expect(two).toEqual(one)
  const current = one.ok ? one.value : null
  expect(await call(cuc)).toMatchObject({ error: { code: 'queue.point-busy' } })
  expect(await as(lan, (cx) => serveTicket(cx, { ticketId: current?.id ?? '', step: 'started' }))).toMatchObject({
    error: { code: 'queue.no-ticket' },
  })
  expect(await as(cuc, (cx) => setPoint(cx, 'closed'))).toMatchObject({ error: { code: 'queue.point-busy' } })
  await must(as(lan, (cx) => setPoint(cx, 'paused')))
  expect(await call(lan)).toMatchObject({ error: { code: 'queue.point-paused' } })
  await must(as(lan, (cx) => setPoint(cx, 'resumed')))
  expect(await sit(clerk(5), 2)).toMatchObject({ error: { code: 'queue.point-taken' } })
  expect(await as(head, (cx) => callNext(cx))).toMatchObject({ error: { code: 'access.denied' } })
  expect(await sit(clerk(6, 'clerk', 'H12.102'), 2)).toMatchObject({ error: { code: 'access.denied' } })
})

test('whoever was called in vain comes back once; the phone says how many are before, and on what that stands', async () => {
  await must(sit(clerk(7), 1))
  const mine = await take('A')
  let called = await must(call(clerk(7)))
  while (called && called.code !== mine.code) {
    await step(clerk(7), called.id, 'started')
    called = await must(call(clerk(7), true))
  }
  await step(clerk(7), mine.id, 'absent')
  now = now.add({ minutes: 5 })
  const other = await take('A')
  now = now.add({ minutes: 1 })
  expect(await must(as(anybody, (cx) => comeBack(cx, { secret: mine.secret })))).toMatchObject({ stage: 'waiting' })
  const view = await followTicket(host as never, province, mine.secret)
  expect(view?.estimate).toMatchObject({ before: 2 })
  expect(view?.basis.minutes).toBeGreaterThan(0)
  expect(await must(call(clerk(7)))).toMatchObject({ code: other.code })
  expect(await as(anybody, (cx) => comeBack(cx, { secret: 'not-a-ticket' }))).toMatchObject({ error: { code: 'queue.unknown-ticket' } })
  const shown = JSON.stringify(await readDisplay(host as never, province, COUNTER))
  expect(shown).toContain(other.code)
  expect(shown).not.toContain('Cán bộ')
})

test('every ticket and point is the fold of its events in the log', async () => {
  const { rows } = await db.read(province, (tx) =>
    sql<{ id: string; state: unknown; events: TicketEvent[] }>`
      select q.id, q.state, jsonb_agg(jsonb_build_object('type', e.type, 'at', e.at, 'data', e.data) order by e.position) as events
      from queue_ticket q join event e on e.subject = q.id group by q.id`.execute(tx),
  )
  expect(rows.length).toBeGreaterThan(28)
  const exact = (events: TicketEvent[]): TicketEvent[] =>
    events.map((event) => ({ ...event, at: Temporal.Instant.from(event.at).toString() }))
  for (const { id, state, events } of rows) expect(foldTicket(id, exact(events))).toEqual(state)
  const points = await db.read(province, (tx) =>
    sql<{ id: string; agency: string; number: number; state: unknown; events: PointEvent[] }>`
      select p.id, p.agency_code as agency, p.number, p.state,
        jsonb_agg(jsonb_build_object('type', e.type, 'at', e.at, 'data', e.data) order by e.position) as events
      from queue_point p join event e on e.subject = p.id group by p.id`.execute(tx),
  )
  for (const { id, agency, number, state, events } of points.rows) expect(foldPoint(id, agency, number, events)).toEqual(state)
})

test('figures say waiting and service with their n, to those who answer for the counter', async () => {
  const figures = await queueFigures(host, { province, actor: head }, { agencyCode: COUNTER, from: '2026-11-20', to: '2026-11-20' })
  if (!figures.ok) throw new Error(figures.error.code)
  const [total] = figures.value.total
  expect(total?.n).toBe(figures.value.category.reduce((sum, row) => sum + row.n, 0))
  expect(figures.value.category.find(({ key }) => key === 'B')).toMatchObject({ n: 27, served: 27, serviceMedian: 360, absent: 0 })
  expect(
    await queueFigures(
      host,
      { province, actor: clerk(8, 'unit_head', 'H12.102') },
      { agencyCode: COUNTER, from: '2026-11-20', to: '2026-11-20' },
    ),
  ).toMatchObject({ ok: false })
})

test('after midnight nothing of yesterday is called, every number begins again, and what was left is ended', async () => {
  const left = await take('C')
  now = Temporal.Instant.from('2026-11-21T00:00:30+07:00')
  expect(await call(cuc)).toMatchObject({ error: { code: 'queue.no-point' } })
  expect((await take('C')).code).toBe('C001')
  expect(await expireTickets(host, province)).toBeGreaterThan(0)
  expect(await expireTickets(host, province)).toBe(0)
  expect((await followTicket(host as never, province, left.secret))?.over).toBe(true)
  await must(sit(cuc, 2))
  expect(await must(call(cuc))).toMatchObject({ code: 'C001' })
})

test('settings hold from their day; what nobody could be called under is refused', async () => {
  const body = await db.read(province, (tx) => settingsAt(tx, COUNTER, '2026-11-21'))
  const set = (validFrom: string, change: object) =>
    as(head, (cx) => setSettings(cx, { agencyCode: COUNTER, validFrom, body: { ...body, ...change } }))
  expect(await set('2026-11-20', {})).toMatchObject({ error: { status: 422 } })
  expect(await set('2026-11-22', { points: [] })).toMatchObject({ error: { status: 422 } })
  await must(set('2026-11-22', { points: [{ number: 9, letters: body.categories.map(({ letter }) => letter) }] }))
  expect(await sit(lan, 9)).toMatchObject({ error: { status: 422 } })
  now = Temporal.Instant.from('2026-11-22T08:00:00+07:00')
  expect(await sit(lan, 9)).toMatchObject({ ok: true })
})
