import type { App, Worker } from '../../kernel/app.ts'
import { isRetryable } from '../../kernel/command.ts'
import { type Database, holdMoment, type Province } from '../../kernel/database/index.ts'
import { clearEmptyWork, foldWork, rebuildWork, type WorkDifference, workDifferences } from './work-store.ts'

const BATCH = 5000
const IDLE_MS = 500
const FAILED_MS = 2_000
/** Times the fold has nothing to do before it sweeps up what came to nothing: about once in ten minutes. */
const SWEEP_AFTER = 1200
const PATIENCE_MS = 60_000
const REBUILD_ATTEMPTS = 5

/** Folds pending counts of open work until none is left. Returns how many it took. */
export async function foldWorkCounts(db: Database, province: Province): Promise<number> {
  let folded = 0
  for (;;) {
    const taken = await db.write(province, (tx) => foldWork(tx, BATCH), { quiet: true })
    folded += taken
    if (taken < BATCH) return folded
  }
}

/** Keeps pending counts few. Lists do not depend on it: they add what is pending, and are only slower. */
export function workFold(app: Pick<App, 'db' | 'province' | 'log'>): Worker {
  let running = false
  let loop: Promise<void> | undefined
  let wake: (() => void) | undefined
  let failedSince: number | undefined
  let idle = 0
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const once = async (): Promise<void> => {
    idle = (await foldWorkCounts(app.db, app.province)) > 0 ? 0 : idle + 1
    if (idle < SWEEP_AFTER) return
    idle = 0
    await app.db.write(app.province, clearEmptyWork, { quiet: true })
  }
  const work = async (): Promise<void> => {
    while (running) {
      try {
        await once()
        failedSince = undefined
        if (running) await pause(IDLE_MS)
      } catch (error) {
        failedSince ??= Date.now()
        app.log.warn({ err: error }, 'fold of open work failed, trying again')
        if (running) await pause(FAILED_MS)
      }
    }
  }
  return {
    name: 'work-fold',
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
    health: () =>
      failedSince !== undefined && Date.now() - failedSince >= PATIENCE_MS
        ? `counts of open work have not been folded for ${Math.round((Date.now() - failedSince) / 1000)} s`
        : undefined,
  }
}

export interface WorkRecount {
  readonly difference: number
  readonly differing: readonly WorkDifference[]
  readonly repaired: boolean
}

/** Puts a count of now in place of what is kept, in one snapshot; a fold in between makes it begin again. */
async function rebuild(db: Database, province: Province): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await db.write(
        province,
        async (tx) => {
          await rebuildWork(await holdMoment(tx))
        },
        { quiet: true },
      )
      return
    } catch (error) {
      if (!isRetryable(error) || attempt === REBUILD_ATTEMPTS) throw error
    }
  }
}

/** Counts the open dossiers again and compares with the counts at the top of the lists. Difference 0 is the only good answer. */
export async function recountWork(db: Database, province: Province, options: { repair?: boolean } = {}): Promise<WorkRecount> {
  const differing = await db.read(province, workDifferences)
  const repaired = options.repair === true && differing.length > 0
  if (repaired) await rebuild(db, province)
  return { difference: differing.length, differing, repaired }
}
