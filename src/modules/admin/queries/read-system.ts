import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { App } from '../../../kernel/app.ts'
import { type KeptCheckResult, latestCheckResults } from '../../../kernel/health/index.ts'
import { countPendingDeltas } from '../../../kernel/metrics/index.ts'
import { measureLag } from '../../../kernel/relay/index.ts'
import { countUnsealed } from '../../../kernel/seal/index.ts'
import { findLatestRecount } from '../../indicator/index.ts'

export interface Answer {
  readonly name: string
  readonly ok: boolean
  readonly detail: string
}

export interface LastSeal {
  readonly batch: number
  readonly events: number
  readonly at: Temporal.Instant
}

/** Everything the health page shows, asked when it is opened. */
export interface SystemView {
  readonly checks: readonly Answer[]
  readonly workers: readonly Answer[]
  readonly database: string
  readonly pendingDeltas: number
  readonly lag: { events: number; seconds: number }
  readonly unsealed: number
  readonly lastSeal: LastSeal | undefined
  readonly logCheck: KeptCheckResult | undefined
  readonly recount: Awaited<ReturnType<typeof findLatestRecount>>
  readonly streams: number
  /** Bytes. */
  readonly memory: number
}

const PATIENCE_MS = 3000

/** One self-check's answer; one that throws or takes too long is not well. */
async function ask(check: App['checks'][number]): Promise<Answer> {
  const late = new Promise<never>((_resolve, reject) => setTimeout(() => reject(new Error('no answer in time')), PATIENCE_MS).unref())
  try {
    return { name: check.name, ...(await Promise.race([check.run(), late])) }
  } catch (error) {
    return { name: check.name, ok: false, detail: error instanceof Error ? error.message : String(error) }
  }
}

export const askWorkers = (app: Pick<App, 'workers'>): Answer[] =>
  app.workers.map((worker) => {
    const complaint = worker.health?.()
    return { name: worker.name, ok: complaint === undefined, detail: complaint ?? '' }
  })

/** Asks every part of the system how it is. */
export async function readSystem(app: App): Promise<SystemView> {
  const { db, province } = app
  const figures = await db.read(province, async (tx) => ({
    version: (await sql<{ version: string }>`select current_setting('server_version') as version`.execute(tx)).rows[0]?.version ?? '',
    pendingDeltas: await countPendingDeltas(tx),
    lag: await measureLag(tx),
    unsealed: await countUnsealed(tx),
    lastSeal: (await sql<LastSeal>`select batch, events, sealed_at as at from event_seal order by batch desc limit 1`.execute(tx)).rows[0],
    results: await latestCheckResults(tx),
  }))
  return {
    checks: await Promise.all(app.checks.map(ask)),
    workers: askWorkers(app),
    database: figures.version,
    pendingDeltas: figures.pendingDeltas,
    lag: figures.lag,
    unsealed: figures.unsealed,
    lastSeal: figures.lastSeal,
    logCheck: figures.results.find((result) => result.name === 'log'),
    recount: await findLatestRecount(db, province),
    streams: app.streams.size,
    memory: process.memoryUsage.rss(),
  }
}

/** How many things need someone: jobs that gave up, workers that are not well. */
export async function countNeeds(app: App): Promise<{ jobs: number; complaints: number }> {
  const { rows } = await app.db.read(app.province, (tx) =>
    sql<{ count: number }>`
      select count(*) as count from pgboss.job
      where name like '%.dead' and state = 'created' and data->>'province' = ${app.province.slug}`.execute(tx),
  )
  return { jobs: rows[0]?.count ?? 0, complaints: askWorkers(app).filter(({ ok }) => !ok).length }
}
