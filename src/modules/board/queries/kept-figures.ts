import { addDays } from '../../../kernel/clock.ts'
import type { Tx } from '../../../kernel/database/index.ts'
import { byAgency, type FigureLine, type Period, readLines, readStamps } from '../../indicator/index.ts'
import { type OrganisationDirectory, unitsDuring } from '../../organisation/index.ts'

/** Weeks and months that are kept; the one that was longest not asked for goes first. */
const MOST = 300
/** So many changed weeks or months are read one by one; more are read together. */
const FEW = 3

interface Kept {
  readonly stamp: string
  /** The units as they were named then. */
  readonly units: string
  readonly lines: readonly FigureLine[]
}

/**
 * Figures of units by week or month, of which only those are read again that something was committed for. For boards that are read again
 * and again; as exact as reading all of it, because a stamp changes with everything that could change a count.
 */
export class KeptFigures {
  readonly #kept = new Map<string, Kept>()

  /** A line a unit and week or month that has something counted, as `readLines` gives them; the unit's name and days are those of the bucket. */
  async lines(tx: Tx, directory: OrganisationDirectory, period: Period, by: 'week' | 'month'): Promise<FigureLine[]> {
    if (period.from > period.to) return []
    const stamps = await readStamps(tx, period, by)
    const buckets = [...stamps.keys()].sort().map((day) => {
      const from = day > period.from ? day : period.from
      const next = by === 'week' ? addDays(day, 7) : `${addDays(day, 31).slice(0, 7)}-01`
      const to = next > period.to ? period.to : addDays(next, -1)
      const units = unitsDuring(directory, { from, to })
      return { day, from, to, units: JSON.stringify(units), key: `${by} ${from} ${to}`, stamp: stamps.get(day) ?? '' }
    })
    // Held here, not looked up again: another board may read the same weeks meanwhile.
    const found = new Map<string, readonly FigureLine[]>()
    for (const { key, stamp, units } of buckets) {
      const kept = this.#kept.get(key)
      if (kept?.stamp !== stamp || kept.units !== units) continue
      found.set(key, kept.lines)
      this.#keep({ key, stamp, units }, kept.lines)
    }
    const changed = buckets.filter(({ key }) => !found.has(key))
    const read = (part: Period): Promise<FigureLine[]> =>
      readLines(tx, { period: part, groups: byAgency(unitsDuring(directory, part), part), by: { series: by } })
    const [first, last] = [changed[0], changed.at(-1)]
    const together =
      first && last && changed.length > FEW ? Map.groupBy(await read({ from: first.from, to: last.to }), ({ day }) => day) : undefined
    for (const bucket of changed) {
      const lines = together ? (together.get(bucket.day) ?? []) : await read(bucket)
      found.set(bucket.key, lines)
      this.#keep(bucket, lines)
    }
    return buckets.flatMap(({ key }) => found.get(key) ?? [])
  }

  #keep({ key, stamp, units }: { key: string; stamp: string; units: string }, lines: readonly FigureLine[]): void {
    this.#kept.delete(key)
    this.#kept.set(key, { stamp, units, lines })
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST) return
      this.#kept.delete(oldest)
    }
  }
}
