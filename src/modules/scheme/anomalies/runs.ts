import { createHash } from 'node:crypto'
import type { Temporal } from 'temporal-polyfill'
import type { App } from '../../../kernel/app.ts'
import { addDays, dayOf } from '../../../kernel/clock.ts'
import type { Database, Province } from '../../../kernel/database/index.ts'
import type { JobDefinition } from '../../../kernel/jobs/index.ts'
import type { Period } from '../../indicator/index.ts'
import { findCases } from './find-cases.ts'
import { dropRuns, type Run, readRun, saveRun } from './store.ts'

export const RUN_QUEUE = 'scheme.anomaly-run'

interface Host {
  readonly db: Database
  readonly clock: () => Temporal.Instant
}

const underWay = new Map<string, Promise<Run>>()

async function compute({ db, clock }: Host, province: Province, period: Period): Promise<Run> {
  const started = performance.now()
  const run = await db.snapshot(province, async (tx) => {
    const computedAt = clock()
    return { ...(await findCases(tx, period, computedAt)), computedAt, tookMs: 0 }
  })
  const done = { ...run, tookMs: Math.round(performance.now() - started) }
  await db.write(province, (tx) => saveRun(tx, period, done))
  return done
}

/** Works the cases of a period out at this moment and keeps them; whoever asks meanwhile waits for the same work. */
export function refreshRun(host: Host, province: Province, period: Period): Promise<Run> {
  const key = [province.slug, period.from, period.to].join(' ')
  const running = underWay.get(key)
  if (running) return running
  const work = compute(host, province, period).finally(() => underWay.delete(key))
  underWay.set(key, work)
  return work
}

const MINUTE = 60_000
/** Dossiers of the last weeks still move; of earlier ones hardly any. */
const MOVING_DAYS = 40
const FRESH_MOVING = 15 * MINUTE
const FRESH_STILL = 24 * 60 * MINUTE

/** Whether the cases of a period are old enough to be worked out again. Whoever reads them is told of what moment they are. */
export function isStale(run: Pick<Run, 'computedAt'>, period: Period, now: Temporal.Instant): boolean {
  const age = now.epochMilliseconds - run.computedAt.epochMilliseconds
  return age > (period.to >= addDays(dayOf(now), -MOVING_DAYS) ? FRESH_MOVING : FRESH_STILL)
}

/** The same stale run asks for the same work, however many people look at it. */
function jobId(period: Period, run: Run): string {
  const hex = createHash('sha256').update(`${period.from} ${period.to} ${run.computedAt}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/**
 * The cases of a period and the moment they hold for. The first time they are worked out at once; after that the last ones are given, and when
 * those have grown old a job makes new ones.
 */
export async function currentRun(
  app: Pick<App, 'db' | 'clock' | 'jobs'>,
  province: Province,
  period: Period,
): Promise<{ run: Run; renewing: boolean }> {
  const run = await app.db.read(province, (tx) => readRun(tx, period))
  if (!run) return { run: await refreshRun(app, province, period), renewing: false }
  if (!isStale(run, period, app.clock())) return { run, renewing: false }
  await app.db.write(province, (tx) => app.jobs.send(tx, province, RUN_QUEUE, { ...period }, { id: jobId(period, run) }))
  app.jobs.wake()
  return { run, renewing: true }
}

const KEPT_DAYS = 90

/** Makes the cases of a period anew when somebody read old ones; every night those of this and the last quarter, and forgets what nobody asks for. */
export const anomalyJobs = (app: Pick<App, 'db' | 'clock'>): JobDefinition[] => [
  {
    queue: RUN_QUEUE,
    owner: 'scheme',
    label: { vi: 'Tính lại số liệu cần xem lại', en: 'Work out figures worth a second look' },
    schedule: '10 3 * * *',
    timeout: 600,
    concurrency: 1,
    handler: async (payload, { province }) => {
      const { from, to } = payload as Partial<Period>
      if (from && to) {
        const { cases, tookMs } = await refreshRun(app, province, { from, to })
        return { cases: cases.length, tookMs }
      }
      const now = app.clock()
      await app.db.write(province, (tx) => dropRuns(tx, now.subtract({ hours: 24 * KEPT_DAYS })))
      const made: Record<string, number> = {}
      for (const period of nightly(dayOf(now))) made[`${period.from}/${period.to}`] = (await refreshRun(app, province, period)).cases.length
      return made
    },
  },
]

/** The months and quarters of today and before: what is looked at most. */
export function nightly(today: string): Period[] {
  const month = new Date(`${today.slice(0, 7)}-01T00:00:00Z`)
  const quarter = new Date(Date.UTC(month.getUTCFullYear(), Math.floor(month.getUTCMonth() / 3) * 3, 1))
  const span = (first: Date, back: number, months: number): Period => {
    const from = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() - back, 1))
    const to = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, 0))
    return { from: from.toISOString().slice(0, 10), to: to.toISOString().slice(0, 10) }
  }
  return [span(month, 0, 1), span(month, 1, 1), span(quarter, 0, 3), span(quarter, 3, 3)]
}
