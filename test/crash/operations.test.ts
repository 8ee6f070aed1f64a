import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createAccess } from '../../src/kernel/access/index.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { run } from '../../src/kernel/command.ts'
import { record } from '../../src/kernel/events.ts'
import { ok } from '../../src/kernel/result.ts'
import { checkLog } from '../../src/kernel/seal/index.ts'
import { testDatabase } from '../support/database.ts'

const { db, province, owner, appUrl, ownerUrl } = await testDatabase()
const access = createAccess([], { isWithin: () => false })
const host = { db, clock: systemClock, access: () => access }
const script = join(import.meta.dirname, '../support/operations-server.ts')

let server: ChildProcess | undefined
async function start(): Promise<void> {
  server = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, appUrl, ownerUrl], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (server.stdout) await once(server.stdout, 'data')
}
async function kill(): Promise<void> {
  const running = server
  server = undefined
  if (!running) return
  const gone = once(running, 'exit')
  running.kill('SIGKILL')
  await gone
}
afterAll(kill)

const order = (n: number) =>
  run(host, { province, actor: { kind: 'system', name: 'test' }, name: 'test.order', requestId: randomUUID() }, async (cx) => {
    await record(cx, { events: [{ type: 'test.ordered', subject: cx.id(), data: { n } }] })
    return ok(null)
  })

test('the server is killed again and again while events become jobs and jobs become work: nothing is lost, nothing is done twice', async () => {
  await owner('create table ca_mau.delivery (id bigint generated always as identity primary key, n int not null)')
  await owner('grant select, insert on ca_mau.delivery to cuaso_app')
  const total = 150
  let ordered = 0
  const ordering = (async () => {
    for (; ordered < total; ordered += 1) {
      await order(ordered)
      await new Promise((resolve) => setTimeout(resolve, 15))
    }
  })()
  for (let round = 0; round < 6; round += 1) {
    await start()
    // A fixed spread of moments: soon after the start, in the thick of it, later.
    await new Promise((resolve) => setTimeout(resolve, [40, 350, 120, 600, 200, 450][round]))
    await kill()
  }
  await ordering
  await start()
  const delivered = async (): Promise<number[]> => (await owner('select n from ca_mau.delivery')).map((row) => Number(row.n))
  for (const end = Date.now() + 60_000; (await delivered()).length < total && Date.now() < end; )
    await new Promise((resolve) => setTimeout(resolve, 200))
  const done = await delivered()
  expect([...done].sort((a, b) => a - b)).toEqual(Array.from({ length: total }, (_, n) => n))
  const events = await owner(`select count(*)::int as n from ca_mau.event where type = 'test.delivered'`)
  expect(events).toEqual([{ n: total }])
  await kill()
  expect(await owner(`select count(*)::int as n from pgboss.job where name = 'test.deliver.dead'`)).toEqual([{ n: 0 }])
  const check = await checkLog(db, province)
  expect(check).toMatchObject({ ok: true })
  expect(check.seals).toBeGreaterThan(1)
})
