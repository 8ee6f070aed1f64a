// A server process with only what works beside requests: sealer, relay, jobs. Every `test.ordered` event becomes a job, every job one
// command that writes one row. Killed and started again by the crash test.
import { sql } from 'kysely'
import { createAccess } from '../../src/kernel/access/index.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { run } from '../../src/kernel/command.ts'
import { openDatabase } from '../../src/kernel/database/index.ts'
import { record } from '../../src/kernel/events.ts'
import { createJobs } from '../../src/kernel/jobs/index.ts'
import { createLog } from '../../src/kernel/log/index.ts'
import { createRelay } from '../../src/kernel/relay/index.ts'
import { ok } from '../../src/kernel/result.ts'
import { createSealer } from '../../src/kernel/seal/index.ts'

const [url = '', ownerUrl = ''] = process.argv.slice(2)
const province = { slug: 'ca-mau', schema: 'ca_mau', name: 'Tỉnh Cà Mau', code: '96' }
const access = createAccess([], { isWithin: () => false })
const db = openDatabase({ url, max: 8 })
const app = { db, clock: systemClock, log: createLog('silent'), province, access: () => access } as unknown as Parameters<
  typeof createSealer
>[0]

const jobs = createJobs(app, { ownerUrl, appRole: 'cuaso_app', pollMs: 50 })
jobs.define({
  queue: 'test.deliver',
  owner: 'test',
  label: { vi: 'Giao', en: 'Deliver' },
  timeout: 1,
  retryLimit: 100,
  retryDelay: 0,
  retryBackoff: false,
  concurrency: 4,
  handler: async ({ n }: { n: number }, job) => {
    const call = { province: job.province, actor: { kind: 'system', name: 'test' } as const, requestId: job.id, name: 'test.deliver' }
    const result = await run(app, call, async (cx) => {
      await sql`insert into delivery (n) values (${n})`.execute(cx.tx)
      await record(cx, { events: [{ type: 'test.delivered', subject: cx.id(), data: { n } }], result: null })
      return ok(null)
    })
    if (!result.ok) throw new Error(result.error.code)
    // Between the work and saying that it is done: where a kill hurts most.
    await new Promise((resolve) => setTimeout(resolve, 20))
  },
})
const relay = createRelay(app, jobs, { pollMs: 50 })
relay.subscribe({
  name: 'test.orders',
  types: ['test.ordered'],
  from: 'start',
  handle: async (event, tx) => {
    await jobs.send(tx, province, 'test.deliver', { n: (event.data as { n: number }).n })
  },
})
const sealer = createSealer(app, { intervalMs: 100 })
for (const worker of [jobs, relay, sealer]) await worker.start()
setInterval(() => jobs.expire().catch(() => undefined), 200)
console.log('ready')
