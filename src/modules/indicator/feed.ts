import type { App } from '../../kernel/app.ts'
import { probe, probeFloor } from './store.ts'

/** Tells listeners that figures may have changed. One per server; every client's stream hangs on it. */
export interface IndicatorFeed {
  /**
   * Called after a change has committed, at most once an interval however many changes there were, and once after the first look: what was
   * committed before that is in whatever is read from then on.
   */
  subscribe(listener: () => void): () => void
  /** Look now rather than at the next turn: for a process that has just committed something itself. */
  nudge(): void
  stop(): void
}

const INTERVAL_MS = 250

/**
 * Looks for newly committed events four times a second, and only while someone listens. The look counts visible events of
 * transactions that had not ended at the look before, so a commit that comes late under a small number is not missed.
 */
export function indicatorFeed(app: Pick<App, 'db' | 'province' | 'log'>, interval = INTERVAL_MS): IndicatorFeed {
  const listeners = new Set<() => void>()
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> | undefined
  let floor: string | undefined
  let known: number | undefined

  const look = async (): Promise<void> => {
    try {
      await app.db.read(app.province, async (tx) => {
        // After the first look too: between what a listener has read and this moment something may have been committed.
        floor ??= await probeFloor(tx)
        const { seen, nextFloor, nextSeen } = await probe(tx, floor)
        const changed = seen !== known
        floor = nextFloor
        known = nextSeen
        if (changed) for (const listener of [...listeners]) listener()
      })
    } catch (error) {
      app.log.debug({ err: error }, 'feed could not look, trying again')
    }
  }

  const tick = (): void => {
    timer = undefined
    looking ??= look().finally(() => {
      looking = undefined
      if (listeners.size > 0) timer ??= setTimeout(tick, interval)
    })
  }

  return {
    subscribe: (listener) => {
      listeners.add(listener)
      if (!timer && !looking) tick()
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        clearTimeout(timer)
        timer = undefined
        // The next listener starts from its own beginning.
        floor = undefined
        known = undefined
      }
    },
    nudge: () => {
      if (listeners.size === 0 || looking) return
      clearTimeout(timer)
      tick()
    },
    stop: () => {
      listeners.clear()
      clearTimeout(timer)
      timer = undefined
    },
  }
}
