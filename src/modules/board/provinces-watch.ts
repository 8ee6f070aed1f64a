import type { App } from '../../kernel/app.ts'
import type { IndicatorFeed } from '../indicator/index.ts'
import { heldLogs, type KnownProvince, listProvinces, lookAtLogs } from './queries/provinces.ts'

const INTERVAL_MS = 500
/** How often provinces that were added, or brought up to date, are looked for. */
const LIST_MS = 5000

/**
 * Tells that figures of some province may have changed, and which. One question for all logs, on the served province's own connection,
 * and only while someone listens.
 */
export class ProvincesWatch implements IndicatorFeed {
  readonly #app: Pick<App, 'db' | 'province' | 'log'>
  readonly #listeners = new Set<() => void>()
  readonly #stamps = new Map<string, number>()
  #round = 0
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> | undefined
  #provinces: readonly KnownProvince[] = []
  #listedAt = Number.NEGATIVE_INFINITY
  #floor: string | undefined
  #known: ReadonlyMap<string, number> = new Map()
  /** The last look failed: before the next one it is asked whose log cannot be read, so that the others' can. */
  #careful = false
  /** Provinces left out of the last look. */
  #away: ReadonlySet<string> = new Set()

  constructor(app: Pick<App, 'db' | 'province' | 'log'>) {
    this.#app = app
  }

  /** A different word after each change of a province; while nobody listens nothing is known of changes, so it is new each time. */
  stamp(slug: string): string {
    if (this.#listeners.size === 0) this.#round += 1
    return `${this.#round} ${this.#stamps.get(slug) ?? 0}`
  }

  subscribe(listener: () => void): () => void {
    if (this.#listeners.size === 0) this.#round += 1
    this.#listeners.add(listener)
    if (!this.#timer && !this.#looking) this.#tick()
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) this.#rest()
    }
  }

  /** Has a province read again after a while, if anybody listens then. */
  changeAfter(slug: string, ms: number): void {
    setTimeout(() => {
      this.#change(slug)
      for (const listener of [...this.#listeners]) listener()
    }, ms).unref()
  }

  nudge(): void {
    if (this.#listeners.size === 0 || this.#looking) return
    clearTimeout(this.#timer)
    this.#tick()
  }

  stop(): void {
    this.#listeners.clear()
    this.#rest()
  }

  #rest(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#floor = undefined
    this.#listedAt = Number.NEGATIVE_INFINITY
  }

  #tick(): void {
    this.#timer = undefined
    this.#looking ??= this.#look()
      .catch((error: unknown) => {
        this.#careful = true
        this.#app.log.debug({ err: error }, 'the provinces could not be looked at, trying again')
      })
      .finally(() => {
        this.#looking = undefined
        if (this.#listeners.size > 0) this.#timer ??= setTimeout(() => this.#tick(), INTERVAL_MS)
      })
  }

  async #look(): Promise<void> {
    const { db, province } = this.#app
    const first = this.#floor === undefined
    let changed = first
    if (performance.now() - this.#listedAt >= LIST_MS) {
      const before = JSON.stringify(this.#provinces)
      this.#provinces = await db.read(province, (tx) => listProvinces(tx, province))
      this.#listedAt = performance.now()
      if (JSON.stringify(this.#provinces) !== before) {
        // Other logs than before: what was counted of the old ones says nothing of these.
        this.#floor = undefined
        for (const { slug } of this.#provinces) this.#change(slug)
        changed = true
      }
    }
    const known = this.#provinces.filter(({ current }) => current)
    const away = this.#careful ? await db.read(province, (tx) => heldLogs(tx, known)) : new Set<string>()
    // What happened in a log while it was not looked at is not known: its province is read again.
    for (const slug of this.#away) {
      if (away.has(slug)) continue
      this.#change(slug)
      changed = true
    }
    this.#away = away
    const logs = known.filter(({ slug }) => !away.has(slug))
    if (logs.length > 0) {
      const floor = this.#floor
      const looked = await db.snapshot(province, (tx) => lookAtLogs(tx, logs, floor))
      if (floor !== undefined)
        for (const [slug, seen] of looked.seen) {
          if (seen === (this.#known.get(slug) ?? 0)) continue
          this.#change(slug)
          changed = true
        }
      this.#floor = looked.floor
      this.#known = looked.next
    }
    this.#careful = away.size > 0
    // After the first look too: between the page's own reading and this moment something may have been committed.
    if (changed) for (const listener of [...this.#listeners]) listener()
  }

  #change(slug: string): void {
    this.#stamps.set(slug, (this.#stamps.get(slug) ?? 0) + 1)
  }
}
