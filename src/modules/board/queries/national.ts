import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { App } from '../../../kernel/app.ts'
import { addDays, type Day } from '../../../kernel/clock.ts'
import type { Province } from '../../../kernel/database/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import type { ChosenScheme, ScoredLine } from '../../scheme/index.ts'
import { ProvincesWatch } from '../provinces-watch.ts'
import { provinceLine } from './board-score.ts'
import { type KnownProvince, listProvinces } from './provinces.ts'

interface Period {
  readonly from: Day
  readonly to: Day
}

/** Where a province stands: scored; without a dossier in the period; its schema behind this program; or not to be read just now. */
export type ProvinceStanding = { readonly province: Province } & (
  | {
      readonly state: 'scored'
      readonly now: ScoredLine
      readonly before: ScoredLine | undefined
      /** By which rules, and when it was read: a line nothing has changed is kept for a minute. */
      readonly rules: ChosenScheme
      readonly asOf: Temporal.Instant
    }
  | { readonly state: 'nothing' | 'behind' | 'unread' }
)

export type ScoredProvince = Extract<ProvinceStanding, { state: 'scored' }>

/** As many days just before a period: what its trend is compared with. */
export function stretchBefore({ from, to }: Period): Period {
  const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1
  return { from: addDays(from, -days), to: addDays(from, -1) }
}

/** A neighbour is waited for this long: somebody changing its schema must not hold up the others' figures. */
const PATIENCE_MS = 3000
const LOCK_PATIENCE = '1s'

async function withinPatience<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** One province's own line, read in its own schema. */
async function scoreProvince(app: App, province: Province, period: Period): Promise<ProvinceStanding> {
  const asOf = app.clock()
  const directory = await directoryOf(app, province)
  return app.db.snapshot(province, async (tx) => {
    if (province.slug !== app.province.slug) await sql`select set_config('lock_timeout', ${LOCK_PATIENCE}, true)`.execute(tx)
    const now = await provinceLine(tx, directory, period, asOf)
    if (!now) return { province, state: 'nothing' }
    const before = await provinceLine(tx, directory, stretchBefore(period), asOf)
    return { province, state: 'scored', now: now.line, before: before?.line, rules: now.rules, asOf }
  })
}

/** Open dossiers become late by themselves: a line that no event has changed is read again after this long. */
const OLDEST_MS = 60_000
const MOST_KEPT = 500
/** A neighbour that gave no answer is asked again after this long, and meanwhile nobody waits for it. */
const AGAIN_MS = 3000

/** Provinces side by side. While a board is followed live, only the province that changed is read again. */
export class NationalScores {
  readonly #app: App
  readonly #watch: ProvincesWatch
  readonly #kept = new Map<string, { stamp: string; at: number; standing: ProvinceStanding }>()
  /** Until when a province that gave no answer is left alone. */
  readonly #silent = new Map<string, number>()

  constructor(app: App, watch: ProvincesWatch) {
    this.#app = app
    this.#watch = watch
  }

  async read(period: Period): Promise<ProvinceStanding[]> {
    const { db, province } = this.#app
    const provinces = await db.read(province, (tx) => listProvinces(tx, province))
    return Promise.all(provinces.map((one) => this.#standing(one, period)))
  }

  async #standing({ current, ...province }: KnownProvince, period: Period): Promise<ProvinceStanding> {
    if (!current) return { province, state: 'behind' }
    const own = province.slug === this.#app.province.slug
    if (!own && performance.now() < (this.#silent.get(province.slug) ?? 0)) return { province, state: 'unread' }
    const key = `${province.slug} ${period.from} ${period.to}`
    // Asked before reading: what is committed meanwhile asks for a reading of its own.
    const stamp = this.#watch.stamp(province.slug)
    const kept = this.#kept.get(key)
    if (kept?.stamp === stamp && performance.now() - kept.at < OLDEST_MS) return kept.standing
    const at = performance.now()
    try {
      const reading = scoreProvince(this.#app, province, period)
      const standing = await (own ? reading : withinPatience(reading))
      if (this.#kept.size >= MOST_KEPT) this.#kept.clear()
      this.#kept.set(key, { stamp, at, standing })
      return standing
    } catch (error) {
      // The served province must be read or the page has failed; a neighbour's trouble is said in its own row.
      if (own) throw error
      this.#app.log.warn({ err: error, province: province.slug }, 'a province could not be scored')
      this.#silent.set(province.slug, performance.now() + AGAIN_MS)
      this.#watch.changeAfter(province.slug, AGAIN_MS)
      return { province, state: 'unread' }
    }
  }
}

const houses = new WeakMap<App, { watch: ProvincesWatch; scores: NationalScores }>()

/** The one watch and the one reading of a house: pages, stream and API find the same figures. */
export function nationalOf(app: App): { watch: ProvincesWatch; scores: NationalScores } {
  let found = houses.get(app)
  if (!found) {
    const watch = new ProvincesWatch(app)
    found = { watch, scores: new NationalScores(app, watch) }
    houses.set(app, found)
  }
  return found
}
