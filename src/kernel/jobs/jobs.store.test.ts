import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { createAccess } from '../access/index.ts'
import { type Clock, systemClock } from '../clock.ts'
import { run } from '../command.ts'
import type { Actor } from '../context.ts'
import { createLog } from '../log/index.ts'
import { countJobs, createJobs, findJob, type JobDefinition, type JobRow, type Jobs, listJobs, retryJob, settleJob } from './index.ts'

const { db, province, owner, ownerUrl } = await testDatabase()
const log = createLog('silent')
const access = createAccess([{ role: 'administrator', action: 'ops.jobs', scope: 'unit' }], { isWithin: () => false, root: () => 'H12' })
const officer = (role: 'administrator' | 'clerk', agencyCode = 'H12'): Actor => ({
  kind: 'officer',
  officerId: randomUUID(),
  name: 'Cán bộ thử',
  grants: [{ role, agencyCode, subtree: true }],
})
const host = { db, clock: systemClock, access: () => access }

const opened: Jobs[] = []
async function jobsWith(...definitions: Partial<JobDefinition>[]): Promise<Jobs> {
  const jobs = createJobs({ db, clock: systemClock, log, province }, { pollMs: 20, patienceMs: 200 })
  for (const definition of definitions) {
    jobs.define({ queue: 'test.work', owner: 'kernel', label: { vi: 'Thử', en: 'Test' }, handler: async () => undefined, ...definition })
  }
  await jobs.install(ownerUrl, 'cuaso_app')
  opened.push(jobs)
  return jobs
}

const send = (jobs: Jobs, payload: object, queue = 'test.work') => db.write(province, (tx) => jobs.send(tx, province, queue, payload))
const list = (): Promise<JobRow[]> => db.read(province, (tx) => listJobs(tx, { province: province.slug, limit: 100, offset: 0 }))
const command = <T>(name: string, actor: Actor, work: Parameters<typeof run<T>>[2]) =>
  run(host, { province, actor, name, requestId: randomUUID() }, work)
/** Time passes: everything that waits for its next try is due. */
const pass = () => owner(`update pgboss.job set start_after = now() - interval '1 second' where state = 'retry'`)

async function until(what: () => Promise<boolean> | boolean): Promise<void> {
  for (const end = Date.now() + 8000; Date.now() < end; ) {
    if (await what()) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('it did not happen within 8 s')
}

beforeAll(async () => {
  await jobsWith({})
})
afterEach(async () => {
  for (const jobs of opened.splice(0)) await jobs.stop()
  await owner('delete from pgboss.job')
})

test('a job exists only if the transaction that made it commits', async () => {
  const done: unknown[] = []
  const jobs = await jobsWith({ handler: async (payload) => done.push(payload) })
  const broken = db.write(province, async (tx) => {
    await jobs.send(tx, province, 'test.work', { n: 1 })
    throw new Error('rolled back')
  })
  await expect(broken).rejects.toThrow('rolled back')
  await send(jobs, { n: 2 })
  await jobs.drain()
  expect(done).toEqual([{ n: 2 }])
})

test('the same id sent twice is one job', async () => {
  const jobs = await jobsWith({})
  const id = randomUUID()
  for (let time = 0; time < 2; time += 1) await db.write(province, (tx) => jobs.send(tx, province, 'test.work', {}, { id }))
  expect(await list()).toHaveLength(1)
})

test('work for an unknown or uninstalled queue is refused instead of being lost', async () => {
  const jobs = createJobs({ db, clock: systemClock, log, province })
  jobs.define({ queue: 'test.absent', owner: 'kernel', label: { vi: '', en: '' }, handler: async () => undefined })
  await expect(send(jobs, {}, 'test.unheard-of')).rejects.toThrow('no job is called')
  await expect(send(jobs, {}, 'test.absent')).rejects.toThrow('not installed')
  await expect(jobs.start()).rejects.toThrow('DATABASE_URL')
})

describe('a job that fails', () => {
  test('is tried again with its number, then waits for a person with its error masked', async () => {
    const attempts: number[] = []
    const jobs = await jobsWith({
      queue: 'test.twice',
      retryLimit: 2,
      handler: async (_payload, { attempt }) => {
        attempts.push(attempt)
        throw Object.assign(new Error('no answer for 001099012345'), { code: 'ECONNREFUSED' })
      },
    })
    await send(jobs, { dossier: 'a' }, 'test.twice')
    await jobs.drain()
    const [waiting] = await list()
    expect(waiting).toMatchObject({ view: 'retry', queue: 'test.twice', retryCount: 0, retryLimit: 2 })
    expect(Temporal.Instant.compare(waiting?.startAfter as Temporal.Instant, Temporal.Now.instant())).toBe(1)
    for (let time = 0; time < 2; time += 1) {
      await pass()
      await jobs.drain()
    }
    expect(attempts).toEqual([1, 2, 3])
    const after = await list()
    expect(after).toHaveLength(1)
    expect(after[0]).toMatchObject({ view: 'stuck', queue: 'test.twice', data: { province: 'ca-mau', payload: { dossier: 'a' } } })
    expect(after[0]?.output).toMatchObject({ message: 'no answer for ************', code: 'ECONNREFUSED' })
    expect(await db.read(province, (tx) => countJobs(tx, 'ca-mau'))).toEqual([{ queue: 'test.twice', view: 'stuck', count: 1 }])
  })

  const stuckJob = async (handler: JobDefinition['handler']) => {
    const jobs = await jobsWith({ queue: 'test.once', retryLimit: 0, handler })
    await send(jobs, { dossier: 'b' }, 'test.once')
    await jobs.drain()
    const [stuck] = await list()
    return { jobs, id: stuck?.id as string }
  }

  test('runs again when an administrator says so, and the log says who', async () => {
    let broken = true
    const { jobs, id } = await stuckJob(async () => {
      if (broken) throw new Error('not yet')
      return { delivered: 1 }
    })
    broken = false
    const actor = officer('administrator')
    const again = await command('ops.retry-job', actor, (cx) => retryJob(cx, jobs, id))
    expect(again.ok).toBe(true)
    await jobs.drain()
    const job = await db.read(province, (tx) => findJob(tx, 'ca-mau', again.ok ? again.value.id : ''))
    expect(job).toMatchObject({ view: 'done', queue: 'test.once', output: { delivered: 1 } })
    const [event] = await owner(`select type, subject, actor, data from ca_mau.event where type = 'job.retried' and subject = $1`, [id])
    expect(event).toMatchObject({ actor: { kind: 'officer', name: 'Cán bộ thử' }, data: { queue: 'test.once', payload: { dossier: 'b' } } })
  })

  test('is settled by hand with a note, once; the second person is told', async () => {
    const { id } = await stuckJob(async () => {
      throw new Error('never')
    })
    const settle = (note: string, who = officer('administrator')) => command('ops.settle-job', who, (cx) => settleJob(cx, { id, note }))
    expect(await settle('Đã gọi điện báo công dân', officer('clerk'))).toMatchObject({ ok: false, error: { code: 'access.denied' } })
    expect(await settle('Đã gửi thư', officer('administrator', 'H12.101'))).toMatchObject({ ok: false, error: { code: 'access.denied' } })
    expect(await settle('  ')).toMatchObject({ ok: false, error: { status: 422, fields: [{ path: 'note' }] } })
    const both = await Promise.all([settle('Đã gọi điện báo công dân'), settle('Đã gửi thư')])
    expect(both.map((result) => result.ok).sort()).toEqual([false, true])
    expect(both.find((result) => !result.ok)).toMatchObject({ error: { code: 'job.dealt-with' } })
    const events = await owner(`select data from ca_mau.event where type = 'job.settled' and subject = $1`, [id])
    expect(events).toHaveLength(1)
    expect(await list()).toMatchObject([{ id, view: 'done' }])
  })

  test('that waits for its next try can be tried at once', async () => {
    let calls = 0
    const jobs = await jobsWith({
      queue: 'test.later',
      handler: async () => {
        calls += 1
        if (calls === 1) throw new Error('first')
      },
    })
    await send(jobs, {}, 'test.later')
    await jobs.drain()
    const [waiting] = await list()
    await command('ops.retry-job', officer('administrator'), (cx) => retryJob(cx, jobs, waiting?.id as string))
    await jobs.drain()
    expect(calls).toBe(2)
    expect(await list()).toMatchObject([{ view: 'done' }])
  })
})

test('a running worker is woken by the commit and does the job without being asked', async () => {
  const done: unknown[] = []
  const jobs = await jobsWith({ handler: async (payload) => done.push(payload) })
  await jobs.start()
  await send(jobs, { n: 3 })
  await until(() => done.length === 1)
  await until(async () => (await list())[0]?.view === 'done')
  expect(jobs.health?.()).toBeUndefined()
})

test('a server that stops waits for the job in hand and gives a slow one back to be tried again', async () => {
  let started = false
  const jobs = await jobsWith({
    handler: async (_payload, { signal }) => {
      started = true
      await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    },
  })
  await jobs.start()
  await send(jobs, {})
  await until(() => started)
  await jobs.stop()
  expect(await list()).toMatchObject([{ view: 'retry', output: { message: 'the server stopped' } }])
})

test('what a killed server had in hand is taken up again when its time is over, and done once', async () => {
  const done: string[] = []
  const jobs = await jobsWith({
    queue: 'test.killed',
    timeout: 1,
    retryDelay: 0,
    retryBackoff: false,
    handler: async (_payload, { id }) => done.push(id),
  })
  const id = await send(jobs, {}, 'test.killed')
  // A server fetched it and was killed before it could do or say anything.
  await owner(`update pgboss.job set state = 'active', started_on = now() - interval '2 seconds' where id = $1`, [id])
  await jobs.drain()
  expect(done).toEqual([])
  await jobs.expire()
  await pass()
  await jobs.drain()
  expect(done).toEqual([id])
})

test('a job that takes too long counts as failed', async () => {
  const jobs = await jobsWith({ queue: 'test.slow', timeout: 1, retryLimit: 0, handler: () => new Promise(() => undefined) })
  await send(jobs, {}, 'test.slow')
  await jobs.drain()
  expect(await list()).toMatchObject([{ view: 'stuck', output: { message: 'took longer than 1 s' } }])
})

test('a nightly slot is started once by however many servers, made up after a pause, and not invented at the first start', async () => {
  let now = Temporal.Instant.from('2026-11-21T01:00:00+07:00')
  const clock: Clock = () => now
  const servers = [1, 2].map(() => createJobs({ db, clock, log, province }))
  const slots: unknown[] = []
  for (const jobs of servers) {
    jobs.define({
      queue: 'test.nightly',
      owner: 'kernel',
      label: { vi: '', en: '' },
      schedule: '15 2 * * *',
      handler: async (payload) => slots.push((payload as { slot: string }).slot),
    })
  }
  await servers[0]?.install(ownerUrl, 'cuaso_app')
  const everyone = () => Promise.all(servers.map((jobs) => jobs.drain()))
  await everyone()
  expect(slots).toEqual([])
  now = Temporal.Instant.from('2026-11-21T02:15:30+07:00')
  await everyone()
  await everyone()
  expect(slots).toEqual(['2026-11-20T19:15:00Z'])
  // Nobody ran for three nights: the last one is made up.
  now = Temporal.Instant.from('2026-11-24T09:00:00+07:00')
  await everyone()
  expect(slots).toEqual(['2026-11-20T19:15:00Z', '2026-11-23T19:15:00Z'])
})

test('the application role cannot change the structure that jobs stand on', async () => {
  for (const statement of ['drop table pgboss.job', 'alter table pgboss.job add column x int', `select pgboss.create_queue('x', '{}')`]) {
    await expect(db.pool(province).query(statement), statement).rejects.toMatchObject({ code: '42501' })
  }
})
