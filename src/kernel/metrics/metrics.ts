import { createHash, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { App } from '../app.ts'
import type { Tx } from '../database/index.ts'
import { refusals } from '../errors.ts'
import { latestCheckResults } from '../health/check-results.ts'
import type { Web } from '../http/context.ts'
import { problem } from '../http/problem.ts'
import { Routes } from '../http/routes.ts'
import { addressOf } from '../http/server.ts'
import { countJobs } from '../jobs/index.ts'
import { measureLag } from '../relay/index.ts'
import { countUnsealed } from '../seal/index.ts'

type Host = Pick<App, 'db' | 'province' | 'config' | 'log' | 'streams'>

export interface RequestLine {
  readonly method: string
  readonly route: string
  readonly status: number
  readonly seconds: number
}

export interface Metrics {
  /** Counts a finished request, under its route's pattern and never its address. */
  observe(line: RequestLine): void
  /** /metrics, for this machine itself or whoever has METRICS_TOKEN. */
  readonly routes: Routes
  /** Everything in Prometheus' text format. */
  text(): Promise<string>
}

/** Deltas that the fold has not yet put into cells. */
export async function countPendingDeltas(tx: Tx): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from indicator_delta`.execute(tx)
  return rows[0]?.count ?? 0
}

const sameToken = (given: string, wanted: string): boolean =>
  timingSafeEqual(createHash('sha256').update(given).digest(), createHash('sha256').update(wanted).digest())

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+|local)$/

/** Whether figures may be given to this caller: the right bearer token, or a caller on this machine with no proxy between. */
export function mayRead(c: Web, token: string | undefined): boolean {
  const given = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1]
  if (given !== undefined) return token !== undefined && sameToken(given, token)
  // A proxy on this machine makes everyone look local; what it forwards says that it is there.
  const forwarded = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'].some((name) => c.req.header(name) !== undefined)
  return !forwarded && LOOPBACK.test(addressOf(c))
}

/** Figures about the running server. One per server; nothing is shared between tests. */
export function createMetrics(host: Host): Metrics {
  const { db, province } = host
  const register = new Registry()
  const registers = [register]
  collectDefaultMetrics({ register })
  const requests = new Counter({
    name: 'cuaso_http_requests_total',
    help: 'Requests by route and status',
    labelNames: ['method', 'route', 'status'],
    registers,
  })
  const seconds = new Histogram({
    name: 'cuaso_http_request_seconds',
    help: 'Time from request to answer',
    labelNames: ['method', 'route'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  })
  const gauge = (name: string, help: string, labelNames: string[] = []) => new Gauge({ name, help, labelNames, registers })
  const pool = gauge('cuaso_database_connections', 'Connections of the pool by state', ['state'])
  const up = gauge('cuaso_database_up', '1 when the database answered this scrape')
  const lagEvents = gauge('cuaso_relay_lag_events', 'Events that some subscriber has not been handed yet')
  const lagSeconds = gauge('cuaso_relay_lag_seconds', 'Age of the oldest of them')
  const unsealed = gauge('cuaso_log_unsealed_events', 'Events written since the last seal')
  const pending = gauge('cuaso_indicator_pending_deltas', 'Deltas not folded yet; reads are exact all the same')
  const checks = gauge('cuaso_check_ok', '1 when a standing check was well the last time: log, recount, weekly-report', ['check'])
  const jobs = gauge('cuaso_jobs', 'Jobs by queue and state', ['queue', 'state'])
  const streams = gauge('cuaso_stream_clients', 'Open live streams')

  /** What only the database knows, asked in one go at a scrape. */
  const refresh = async (): Promise<void> => {
    streams.set(host.streams.size)
    const { totalCount, idleCount, waitingCount } = db.pool(province)
    pool.set({ state: 'open' }, totalCount)
    pool.set({ state: 'idle' }, idleCount)
    pool.set({ state: 'waited-for' }, waitingCount)
    try {
      await db.read(province, async (tx) => {
        const lag = await measureLag(tx)
        lagEvents.set(lag.events)
        lagSeconds.set(lag.seconds)
        unsealed.set(await countUnsealed(tx))
        pending.set(await countPendingDeltas(tx))
      })
      up.set(1)
    } catch (error) {
      host.log.debug({ err: error }, 'metrics could not ask the database')
      up.set(0)
    }
    checks.reset()
    for (const { name, ok } of await db.read(province, latestCheckResults).catch(() => [])) checks.set({ check: name }, ok ? 1 : 0)
    // Not installed yet on a server that runs no workers.
    const counts = await db.read(province, (tx) => countJobs(tx, province.slug)).catch(() => [])
    jobs.reset()
    for (const { queue, view, count } of counts) jobs.set({ queue, state: view }, count)
  }

  const text = async (): Promise<string> => {
    await refresh()
    return register.metrics()
  }

  return {
    observe({ method, route, status, seconds: time }) {
      requests.inc({ method, route, status })
      seconds.observe({ method, route }, time)
    },
    text,
    routes: new Routes().get('/metrics', 'public', async (c) => {
      if (!mayRead(c, host.config.METRICS_TOKEN)) return problem(refusals.denied, c.get('locale'), c.get('traceId'))
      return c.text(await text(), 200, { 'content-type': register.contentType })
    }),
  }
}
