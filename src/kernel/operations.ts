import type { App, Room, Worker } from './app.ts'
import { saveCheckResult } from './health/check-results.ts'
import { healthRoutes, kernelChecks } from './health/index.ts'
import type { Routes } from './http/routes.ts'
import { createJobs, type Jobs } from './jobs/index.ts'
import { createMetrics, type Metrics } from './metrics/index.ts'
import { createRelay, type Relay } from './relay/index.ts'
import { checkLog, createSealer } from './seal/index.ts'

export interface Operations {
  readonly jobs: Jobs
  readonly relay: Relay
}

/** Where the owner of the database lives and as whom the server works: to install job queues at start. */
export interface Owner {
  readonly ownerUrl: string
  readonly appRole: string
}

/** Jobs and relay, before there is an App to hold them. */
export function createOperations(host: Pick<App, 'db' | 'clock' | 'log' | 'province'>, owner?: Owner): Operations {
  const jobs = createJobs(host, { ...owner })
  return { jobs, relay: createRelay(host, jobs) }
}

/** Every night: the log is checked against its seals. A break fails the job, which then waits for a person. */
function defineSealCheck(app: App): void {
  app.jobs.define({
    queue: 'log.check',
    owner: 'kernel',
    label: { vi: 'Kiểm tra niêm phong nhật ký', en: 'Check of the event log’s seals' },
    schedule: '40 3 * * *',
    retryLimit: 1,
    timeout: 3600,
    concurrency: 1,
    handler: async (_payload, { province }) => {
      const check = await checkLog(app.db, province)
      await saveCheckResult(app, province, { name: 'log', ok: check.ok, detail: check })
      if (!check.ok) throw new Error(`the event log is not whole: ${JSON.stringify(check.broken)}`)
      return { ...check }
    },
  })
}

/**
 * Gives the rooms' jobs and subscribers their place and returns the kernel's own workers and routes. The order matters at stop: the relay
 * before the jobs that it feeds.
 */
export function openOperations(app: App, rooms: readonly Room[]): { workers: Worker[]; routes: Routes[]; observe: Metrics['observe'] } {
  defineSealCheck(app)
  for (const room of rooms) {
    for (const definition of room.jobs?.(app) ?? []) app.jobs.define(definition)
    for (const subscriber of room.subscribers?.(app) ?? []) app.relay.subscribe(subscriber)
  }
  app.checks.push(...kernelChecks(app))
  const metrics = createMetrics(app)
  return { workers: [createSealer(app), app.jobs, app.relay], routes: [metrics.routes, healthRoutes(app)], observe: metrics.observe }
}
