import type { App, Worker } from '../../kernel/app.ts'
import { FOLD_BATCH, foldOnce } from './commands/fold.ts'

// Reads are exact and cheap with thousands pending; fewer and larger batches cost business transactions less.
const IDLE_MS = 2_000
const FAILED_MS = 2_000
/** A server whose fold has failed for so long says that it is not well; until then reads are exact, only slower. */
const PATIENCE_MS = 60_000

/** Keeps pending deltas few. Reads do not depend on it; several servers may each run one. */
export function foldWorker(app: Pick<App, 'db' | 'province' | 'log'>, options: { patienceMs?: number } = {}): Worker {
  let running = false
  let loop: Promise<void> | undefined
  let wake: (() => void) | undefined
  let failed = false
  let wellAt = 0

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  const work = async (): Promise<void> => {
    while (running) {
      try {
        const taken = await foldOnce(app.db, app.province)
        failed = false
        wellAt = Date.now()
        if (taken < FOLD_BATCH && running) await pause(IDLE_MS)
      } catch (error) {
        failed = true
        app.log.warn({ err: error }, 'fold failed, trying again')
        if (running) await pause(FAILED_MS)
      }
    }
  }

  return {
    name: 'indicator-fold',
    start: async () => {
      if (running) return
      running = true
      wellAt = Date.now()
      loop = work()
    },
    stop: async () => {
      running = false
      wake?.()
      await loop
    },
    // Anyone may read it: what the database said stays in the log.
    health: () =>
      failed && Date.now() - wellAt >= (options.patienceMs ?? PATIENCE_MS)
        ? `counts have not been folded for ${Math.round((Date.now() - wellAt) / 1000)} s`
        : undefined,
  }
}
