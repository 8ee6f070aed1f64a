import { randomUUID } from 'node:crypto'
import PgBoss from 'pg-boss'
import type { Temporal } from 'temporal-polyfill'
import type { App, Worker } from '../app.ts'
import type { Province, Tx } from '../database/index.ts'
import { mask } from '../log/index.ts'
import { StartupError } from '../startup-error.ts'
import { type Cron, latestSlot, parseCron } from './cron.ts'
import { deadQueueOf, defaults, type JobData, type JobDefinition } from './definition.ts'
import { installJobs } from './install.ts'
import { bossDb, findDue, findQueues, takeSlot } from './store.ts'

export interface SendOptions {
  /** Chosen by the sender: the same id again, while the job is kept, is the same job. */
  readonly id?: string
  readonly startAfter?: Temporal.Instant
}

export interface Jobs extends Worker {
  /** Names a kind of work. Before `start`. */
  define<P extends object>(definition: JobDefinition<P>): void
  readonly definitions: ReadonlyMap<string, JobDefinition>
  /** Makes a job in the caller's transaction: it exists if and only if that commits. Returns its id. */
  send(tx: Tx, province: Province, queue: string, payload: object, options?: SendOptions): Promise<string>
  /** Looks for due work now. */
  wake(): void
  /** Installs tables and queues as the owner. `start` does it when it was given the owner's address. */
  install(ownerUrl: string, appRole: string): Promise<void>
  /** Does what is due, also slots of schedules, until nothing is; for tests and commands. Returns how many tries were made. */
  drain(): Promise<number>
  /** Gives back what a server that died had in hand, as soon as its time is up. Done every half minute anyway. */
  expire(): Promise<void>
}

export interface JobsOptions {
  /** Owner's address, to install what is missing at start. Without it everything must be there. */
  readonly ownerUrl?: string
  readonly appRole?: string
  readonly pollMs?: number
  /** How long `stop` waits for jobs in hand before it gives them back. */
  readonly patienceMs?: number
}

const POLL_MS = 1000
const SCHEDULE_MS = 20_000
const PATIENCE_MS = 8000
const HEALTH_MS = 60_000
const QUEUE = /^[a-z][a-z0-9]*([.-][a-z0-9]+)*$/

/** What is kept of an error: enough to act on, no personal data. */
function errorRecord(error: unknown): object {
  if (!(error instanceof Error)) return { message: mask(String(error)) }
  const { code } = error as { code?: unknown }
  return {
    message: mask(error.message),
    name: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    stack: mask(error.stack ?? '').slice(0, 4000),
  }
}

/** Work beside requests: kept in the database, tried again, and put before a person when it keeps failing. */
export function createJobs(app: Pick<App, 'db' | 'clock' | 'log' | 'province'>, options: JobsOptions = {}): Jobs {
  const { db, province } = app
  const definitions = new Map<string, JobDefinition>()
  const schedules = new Map<string, Cron>()
  const provinces = new Map<string, Province>([[province.slug, province]])
  const inHand = new Map<string, { queue: string; abort: AbortController; done: Promise<void> }>()
  const boss = new PgBoss({
    db: { executeSql: (text, values) => db.pool(province).query(text, values) },
    migrate: false,
    schedule: false,
    supervise: true,
    maintenanceIntervalSeconds: 30,
    archiveCompletedAfterSeconds: 24 * 3600,
    archiveFailedAfterSeconds: 24 * 3600,
    deleteAfterDays: 30,
  })
  boss.on('error', (error) => app.log.warn({ err: error }, 'job maintenance failed; it will be tried again'))

  let stopped = true
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> | undefined
  let again = false
  let scheduledAt = 0
  let unsubscribe: (() => void) | undefined
  let lastError: string | undefined
  let wellAt = 0

  const provinceOf = async (slug: string): Promise<Province> => {
    const known = provinces.get(slug)
    if (known) return known
    const row = await db.shared((tx) =>
      tx.selectFrom('province').select(['slug', 'schema', 'name', 'code']).where('slug', '=', slug).executeTakeFirst(),
    )
    if (!row) throw new Error(`there is no province "${slug}"`)
    provinces.set(slug, row as unknown as Province)
    return row as unknown as Province
  }

  const handle = async (definition: JobDefinition, job: PgBoss.JobWithMetadata<JobData>, signal: AbortSignal): Promise<unknown> => {
    const expired = new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))
    const work = definition.handler(job.data.payload as Record<string, unknown>, {
      id: job.id,
      province: await provinceOf(job.data.province),
      attempt: job.retryCount + 1,
      signal,
    })
    return Promise.race([work, expired])
  }

  const runJob = async (definition: JobDefinition, job: PgBoss.JobWithMetadata<JobData>, abort: AbortController): Promise<void> => {
    const timeout = (definition.timeout ?? defaults.timeout) * 1000
    const timer = setTimeout(() => abort.abort(new Error(`took longer than ${timeout / 1000} s`)), timeout)
    try {
      const output = await handle(definition, job, abort.signal)
      await boss.complete(definition.queue, job.id, typeof output === 'object' && output !== null ? output : {})
    } catch (error) {
      app.log.warn({ err: error, queue: definition.queue, job: job.id, attempt: job.retryCount + 1 }, 'a job failed')
      // When not even this can be written, the job's time runs out and it is tried again.
      await boss
        .fail(definition.queue, job.id, errorRecord(error))
        .catch((cause) => app.log.warn({ err: cause, job: job.id }, 'a failed job could not be given back'))
    } finally {
      clearTimeout(timer)
    }
  }

  const take = async (queue: string): Promise<number> => {
    const definition = definitions.get(queue) as JobDefinition
    const busy = [...inHand.values()].filter((entry) => entry.queue === queue).length
    const free = (definition.concurrency ?? defaults.concurrency) - busy
    if (free <= 0) return 0
    const jobs = await boss.fetch<JobData>(queue, { batchSize: free, includeMetadata: true })
    for (const job of jobs) {
      const abort = new AbortController()
      const done = runJob(definition, job, abort).finally(() => {
        inHand.delete(job.id)
        wake()
      })
      inHand.set(job.id, { queue, abort, done })
    }
    return jobs.length
  }

  const startSlots = async (): Promise<void> => {
    const now = app.clock()
    for (const [queue, cron] of schedules) {
      const slot = latestSlot(cron, now)
      if (!slot) continue
      await db.write(
        province,
        async (tx) => {
          if ((await takeSlot(tx, queue, slot)) === 'next') await send(tx, province, queue, { slot: slot.toString() })
        },
        { quiet: true },
      )
    }
  }

  const pass = async (): Promise<number> => {
    if (Date.now() - scheduledAt >= SCHEDULE_MS) {
      scheduledAt = Date.now()
      await startSlots()
    }
    let taken = 0
    for (const queue of await db.read(province, (tx) => findDue(tx, [...definitions.keys()]))) taken += await take(queue)
    return taken
  }

  const look = async (): Promise<void> => {
    try {
      do {
        again = false
        await pass()
      } while (again && !stopped)
      lastError = undefined
      wellAt = Date.now()
    } catch (error) {
      lastError = error instanceof Error ? error.message : String(error)
      app.log.warn({ err: error }, 'jobs could not be read; it will be tried again')
    }
    looking = undefined
    if (!stopped) timer = setTimeout(wake, options.pollMs ?? POLL_MS).unref()
  }

  const wake = (): void => {
    again = true
    if (stopped || looking) return
    clearTimeout(timer)
    looking = look()
  }

  const send: Jobs['send'] = async (tx, to, queue, payload, { id = randomUUID(), startAfter } = {}) => {
    if (!definitions.has(queue)) throw new Error(`no job is called "${queue}"`)
    const inTx = bossDb(tx)
    const data: JobData = { province: to.slug, payload }
    await boss.insert(
      [{ id, name: queue, data, ...(startAfter ? { startAfter: startAfter.toString({ smallestUnit: 'millisecond' }) } : {}) }],
      { db: inTx },
    )
    // pg-boss leaves out, without a word, jobs whose queue is not installed.
    if (inTx.affected === 0 && !(await findQueues(tx)).includes(queue))
      throw new Error(`the queue "${queue}" is not installed; start once with DATABASE_URL as the owner`)
    return id
  }

  const install = (ownerUrl: string, appRole: string): Promise<void> => installJobs(ownerUrl, appRole, [...definitions.values()])

  const assertInstalled = async (): Promise<void> => {
    const installed = await db.read(province, findQueues).catch((): string[] => [])
    const missing = [...definitions.keys()].flatMap((queue) => [queue, deadQueueOf(queue)]).filter((queue) => !installed.includes(queue))
    if (missing.length > 0) {
      throw new StartupError({
        vi: `chưa có hàng đợi ${missing.join(', ')}; khởi động một lần với DATABASE_URL của chủ sở hữu`,
        en: `queues are missing: ${missing.join(', ')}; start once with DATABASE_URL as the owner`,
      })
    }
  }

  /** Waits for what is in hand, then gives back the rest: it is tried again elsewhere. */
  const letGo = async (patience: number): Promise<void> => {
    const all = [...inHand.values()].map(({ done }) => done)
    await Promise.race([Promise.allSettled(all), new Promise((resolve) => setTimeout(resolve, patience).unref())])
    for (const { abort } of inHand.values()) abort.abort(new Error('the server stopped'))
    await Promise.allSettled([...inHand.values()].map(({ done }) => done))
  }

  return {
    name: 'jobs',
    definitions,
    define(definition) {
      if (!QUEUE.test(definition.queue) || definition.queue.endsWith('.dead'))
        throw new Error(`"${definition.queue}" is not usable as a queue name`)
      if (definitions.has(definition.queue)) throw new Error(`two jobs are called "${definition.queue}"`)
      definitions.set(definition.queue, definition as unknown as JobDefinition)
      if (definition.schedule) schedules.set(definition.queue, parseCron(definition.schedule))
    },
    send,
    wake,
    install,
    async drain() {
      let tries = 0
      scheduledAt = 0
      for (;;) {
        const taken = await pass()
        tries += taken
        const running = [...inHand.values()].map(({ done }) => done)
        if (taken === 0 && running.length === 0) return tries
        await Promise.all(running)
      }
    },
    expire: async () => {
      await (boss as unknown as { expire(): Promise<void> }).expire()
    },
    async start() {
      if (!stopped) return
      if (options.ownerUrl && options.appRole) await install(options.ownerUrl, options.appRole)
      else await assertInstalled()
      await boss.start()
      stopped = false
      wellAt = Date.now()
      unsubscribe = db.onCommit(wake)
      wake()
    },
    async stop() {
      if (stopped) return
      stopped = true
      unsubscribe?.()
      clearTimeout(timer)
      await looking
      await letGo(options.patienceMs ?? PATIENCE_MS)
      await boss.stop({ graceful: false })
    },
    health: () =>
      lastError && Date.now() - wellAt > HEALTH_MS ? `jobs have waited for ${Math.round((Date.now() - wellAt) / 1000)} s` : undefined,
  }
}
