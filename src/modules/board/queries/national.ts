import type { App } from '../../../kernel/app.ts'
import { addDays, type Day } from '../../../kernel/clock.ts'
import type { Province } from '../../../kernel/database/index.ts'
import { Refused } from '../../../kernel/errors.ts'
import { directoryOf } from '../../organisation/index.ts'
import { NATIONAL, provinceUnit, type ScoredLine, scoreUnits } from '../../scheme/index.ts'
import type { ProvincesWatch } from '../provinces-watch.ts'
import { type KnownProvince, listProvinces } from './provinces.ts'

interface Period {
  readonly from: Day
  readonly to: Day
}

/** Where a province stands: scored; without a dossier in the period; its schema behind this program; or not to be read just now. */
export type ProvinceStanding = { readonly province: Province } & (
  | { readonly state: 'scored'; readonly now: ScoredLine; readonly before: ScoredLine | undefined }
  | { readonly state: 'nothing' | 'behind' | 'unread' }
)

export type ScoredProvince = Extract<ProvinceStanding, { state: 'scored' }>

/** As many days just before a period: what its trend is compared with. */
function stretchBefore({ from, to }: Period): Period {
  const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1
  return { from: addDays(from, -days), to: addDays(from, -1) }
}

/** One province's own line, read in its own schema. */
async function scoreProvince(app: App, province: Province, period: Period): Promise<ProvinceStanding> {
  const at = app.clock()
  const directory = await directoryOf(app, province)
  return app.db.snapshot(province, async (tx) => {
    const score = async (asked: Period): Promise<ScoredLine | undefined> => {
      try {
        const { lines } = await scoreUnits(tx, { period: asked, scheme: NATIONAL }, [provinceUnit(directory, asked)], at)
        return (lines[0]?.amounts.received ?? 0) > 0 ? lines[0] : undefined
      } catch (error) {
        // No top agency in the period: the province was not there yet.
        if (error instanceof Refused) return undefined
        throw error
      }
    }
    const now = await score(period)
    return now ? { province, state: 'scored', now, before: await score(stretchBefore(period)) } : { province, state: 'nothing' }
  })
}

/** Open dossiers become late by themselves: a line that no event has changed is read again after this long. */
const OLDEST_MS = 60_000
const MOST_KEPT = 500

/** Provinces side by side. While a board is followed live, only the province that changed is read again. */
export class NationalScores {
  readonly #app: App
  readonly #watch: ProvincesWatch
  readonly #kept = new Map<string, { stamp: string; at: number; standing: ProvinceStanding }>()

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
    const key = `${province.slug} ${period.from} ${period.to}`
    // Asked before reading: what is committed meanwhile asks for a reading of its own.
    const stamp = this.#watch.stamp(province.slug)
    const kept = this.#kept.get(key)
    if (kept?.stamp === stamp && performance.now() - kept.at < OLDEST_MS) return kept.standing
    const at = performance.now()
    try {
      const standing = await scoreProvince(this.#app, province, period)
      if (this.#kept.size >= MOST_KEPT) this.#kept.clear()
      this.#kept.set(key, { stamp, at, standing })
      return standing
    } catch (error) {
      // The served province must be read or the page has failed; a neighbour's trouble is said in its own row.
      if (province.slug === this.#app.province.slug) throw error
      this.#app.log.warn({ err: error, province: province.slug }, 'a province could not be scored')
      return { province, state: 'unread' }
    }
  }
}
