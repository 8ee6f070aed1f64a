import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { createAccess } from '../access/index.ts'
import { systemClock } from '../clock.ts'
import { run } from '../command.ts'
import { record } from '../events.ts'
import { createJobs, type Jobs, listJobs } from '../jobs/index.ts'
import { createLog } from '../log/index.ts'
import { ok } from '../result.ts'
import { createRelay, measureLag, type Relay, type Subscriber } from './index.ts'

const { db, province, owner, ownerUrl } = await testDatabase()
const access = createAccess([], { isWithin: () => false })
const host = { db, clock: systemClock, access: () => access }
const app = { db, clock: systemClock, log: createLog('silent'), province }

const happen = (type: string, n: number) =>
  run(host, { province, actor: { kind: 'system', name: 'test' }, name: 'test.happen', requestId: randomUUID() }, async (cx) => {
    await record(cx, { events: [{ type, subject: cx.id(), data: { n } }] })
    return ok(null)
  })

const opened: (Relay | Jobs)[] = []
async function relayWith(...subscribers: Subscriber[]): Promise<{ relay: Relay; jobs: Jobs; notices: unknown[] }> {
  const notices: unknown[] = []
  const jobs = createJobs(app, { pollMs: 20, patienceMs: 500 })
  jobs.define({
    queue: 'test.notice',
    owner: 'kernel',
    label: { vi: 'Báo thử', en: 'Test notice' },
    retryLimit: 0,
    handler: async (payload) => notices.push((payload as { n: number }).n),
  })
  const relay = createRelay(app, jobs, { pollMs: 50 })
  for (const subscriber of subscribers) relay.subscribe(subscriber)
  await jobs.install(ownerUrl, 'cuaso_app')
  opened.push(relay, jobs)
  return { relay, jobs, notices }
}

/** A subscriber that makes one job an event, as notification does. */
const noticing = (jobs: () => Jobs, name: string, more: Partial<Subscriber> = {}): Subscriber => ({
  name,
  types: ['test.wanted'],
  handle: async (event, tx) => {
    await jobs().send(tx, province, 'test.notice', { n: (event.data as { n: number }).n })
  },
  ...more,
})

const numbers = (events: { data: object }[]): number[] => events.map((event) => (event.data as { n: number }).n)

beforeAll(async () => {
  await happen('test.wanted', -1)
})
afterEach(async () => {
  for (const worker of opened.splice(0)) await worker.stop()
  await owner('delete from ca_mau.relay_cursor')
  await owner('delete from pgboss.job')
})

test('a new subscriber hears what happens from now on, in order, and only the kinds it asked for', async () => {
  const heard: { type: string; data: object }[] = []
  const { relay } = await relayWith({
    name: 'test',
    types: ['test.wanted'],
    handle: async (event) => {
      heard.push(event)
    },
  })
  await relay.drain()
  for (let n = 1; n <= 5; n += 1) await happen(n % 2 ? 'test.wanted' : 'test.other', n)
  await relay.drain()
  await relay.drain()
  expect(numbers(heard)).toEqual([1, 3, 5])
  expect(heard[0]).toMatchObject({ type: 'test.wanted', actor: { kind: 'system', name: 'test' } })
  expect(await db.read(province, measureLag)).toEqual({ events: 0, seconds: 0 })
})

test('a subscriber that asks for it hears the log from its first event', async () => {
  const heard: { data: object }[] = []
  const { relay } = await relayWith({
    name: 'from-start',
    types: ['test.wanted'],
    from: 'start',
    handle: async (event) => {
      heard.push(event)
    },
  })
  await relay.drain()
  expect(numbers(heard)[0]).toBe(-1)
})

test('an event that commits after later ones is not skipped', async () => {
  const heard: { data: object }[] = []
  const { relay } = await relayWith({
    name: 'test',
    types: ['test.wanted'],
    handle: async (event) => {
      heard.push(event)
    },
  })
  await relay.drain()
  const slow = await db.pool(province).connect()
  await slow.query('begin')
  await slow.query(
    `insert into event (at, type, subject, actor, data) values (now(), 'test.wanted', gen_random_uuid(), '{"kind":"system","name":"slow"}', '{"n": 1}')`,
  )
  await happen('test.wanted', 2)
  await relay.drain()
  expect(numbers(heard)).toEqual([])
  expect((await db.read(province, measureLag)).events).toBe(1)
  await slow.query('commit')
  slow.release()
  await relay.drain()
  expect(numbers(heard)).toEqual([1, 2])
})

test('jobs are made in the transaction that moves the cursor: a crash between makes neither', async () => {
  let crash = true
  let jobs: Jobs | undefined
  const subscriber = noticing(() => jobs as Jobs, 'test', {
    handle: async (event, tx) => {
      await (jobs as Jobs).send(tx, province, 'test.notice', { n: (event.data as { n: number }).n })
      // As when the server is killed here: its connection, and with it the transaction, is gone.
      if (crash) await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx).catch(() => undefined)
      if (crash) throw Object.assign(new Error('Connection terminated'), { code: '57P01' })
    },
  })
  const built = await relayWith(subscriber)
  jobs = built.jobs
  await built.relay.drain()
  await happen('test.wanted', 1)
  await expect(built.relay.drain()).rejects.toThrow()
  expect(await db.read(province, (tx) => listJobs(tx, { province: 'ca-mau', limit: 9, offset: 0 }))).toEqual([])
  crash = false
  await built.relay.drain()
  await jobs.drain()
  expect(built.notices).toEqual([1])
})

test('two servers hand every event on once', async () => {
  const holder: { jobs?: Jobs } = {}
  const first = await relayWith(noticing(() => holder.jobs as Jobs, 'test'))
  const second = await relayWith(noticing(() => holder.jobs as Jobs, 'test'))
  holder.jobs = first.jobs
  await first.relay.drain()
  for (let n = 1; n <= 40; n += 1) await happen('test.wanted', n)
  await Promise.all([first.relay.drain(), second.relay.drain(), first.relay.drain(), second.relay.drain()])
  await first.relay.drain()
  await first.jobs.drain()
  expect([...first.notices].sort((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))
})

test('an event that its subscriber cannot take is put aside as a job, and the line moves on', async () => {
  const heard: number[] = []
  let broken = true
  const { relay, jobs } = await relayWith({
    name: 'test',
    types: ['test.wanted'],
    handle: async (event) => {
      const { n } = event.data as { n: number }
      if (n === 2 && broken) throw new Error('cannot take 2')
      heard.push(n)
    },
  })
  await relay.drain()
  for (let n = 1; n <= 3; n += 1) await happen('test.wanted', n)
  await relay.drain()
  expect(heard.filter((n) => n === 3)).toHaveLength(1)
  const [aside] = await db.read(province, (tx) => listJobs(tx, { province: 'ca-mau', limit: 9, offset: 0 }))
  expect(aside).toMatchObject({ queue: 'relay.aside', view: 'waiting', data: { payload: { subscriber: 'test' } } })
  broken = false
  await jobs.drain()
  expect(heard.at(-1)).toBe(2)
})

test('the running relay hears of a commit in this process, and its own bookkeeping does not keep it awake', async () => {
  const holder: { jobs?: Jobs } = {}
  const built = await relayWith(noticing(() => holder.jobs as Jobs, 'test'))
  holder.jobs = built.jobs
  await built.jobs.start()
  await built.relay.start()
  await happen('test.wanted', 7)
  for (const end = Date.now() + 10_000; built.notices.length === 0 && Date.now() < end; )
    await new Promise((resolve) => setTimeout(resolve, 5))
  expect(built.notices).toEqual([7])
  expect(built.relay.health?.()).toBeUndefined()
})

test('a relay with nothing to do looks once a poll, also right after it was busy', async () => {
  let looks = 0
  const read: typeof db.read = (...parameters) => {
    looks += 1
    return db.read(...parameters)
  }
  const { jobs } = await relayWith()
  const relay = createRelay({ ...app, db: { ...db, read } }, { ...jobs, define: () => undefined }, { pollMs: 100 })
  relay.subscribe({ name: 'test', types: ['test.wanted'], handle: async () => undefined })
  opened.push(relay)
  await relay.start()
  for (let n = 1; n <= 5; n += 1) await happen('test.wanted', n)
  await new Promise((resolve) => setTimeout(resolve, 1000))
  // Ten polls and at most two looks a commit; a relay woken by its own bookkeeping would look hundreds of times.
  expect(looks).toBeLessThan(30)
})
