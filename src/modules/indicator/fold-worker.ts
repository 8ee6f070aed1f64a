import type { App, Worker } from '../../kernel/app.ts'
import { FOLD_BATCH, foldOnce } from './commands/fold.ts'

const IDLE_MS = 500
const FAILED_MS = 2_000

/** Keeps pending deltas few. Reads do not depend on it; several servers may each run one. */
export function foldWorker(app: Pick<App, 'db' | 'province' | 'log'>): Worker {
  let running = false
  let loop: Promise<void> | undefined
  let wake: (() => void) | undefined
  let failure: string | undefined

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
        failure = undefined
        if (taken < FOLD_BATCH && running) await pause(IDLE_MS)
      } catch (error) {
        failure = `fold: ${(error as Error).message}`
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
      loop = work()
    },
    stop: async () => {
      running = false
      wake?.()
      await loop
    },
    health: () => failure,
  }
}
