import { setTimeout as sleep } from 'node:timers/promises'
import type { App } from '../../src/kernel/app.ts'
import { measureLag } from '../../src/kernel/relay/index.ts'

const PATIENCE_MS = 20_000

/**
 * Hands every event to its subscribers and does the jobs that come of it. The relay never reads past the oldest transaction of the whole
 * database server, which may be another test's: what it could not read yet is waited for.
 */
export async function deliver(app: Pick<App, 'relay' | 'jobs' | 'db' | 'province'>): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; ; await sleep(20)) {
    await app.relay.drain()
    const { events } = await app.db.read(app.province, measureLag)
    if (events === 0) break
    if (Date.now() > end) throw new Error(`${events} events could not be handed on within ${PATIENCE_MS / 1000} s`)
  }
  await app.jobs.drain()
}
