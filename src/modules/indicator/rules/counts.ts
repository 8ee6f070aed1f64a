import type { Day } from '../../../kernel/clock.ts'
import { type Counted, parseCounts } from '../../../kernel/counts-text.ts'
import { MEASURES, type MeasureCode, measures, type Rate, type RateCode, rates } from '../measures.ts'
import { ratio } from './ratio.ts'

/** How often each measure was counted. */
export type Counts = Readonly<Record<MeasureCode, number>>

/** Counts by measure id: `vals[id - 1]`; shorter arrays and nulls mean 0. */
export function countsOf(vals: ArrayLike<number | null>): Counts {
  const counts = {} as Record<MeasureCode, number>
  for (const { id, code } of measures) counts[code] = vals[id - 1] ?? 0
  return counts
}

export const noCounts: Counts = countsOf([])

/** Adds counts in the order of measure ids; null is 0. */
export function addValues(into: number[], vals: readonly (number | null)[]): void {
  for (let i = 0; i < vals.length; i += 1) into[i] = (into[i] ?? 0) + (vals[i] ?? 0)
}

/** Adds what one delta counts. */
export function addCounted(into: number[], counted: Counted, sign: 1 | -1 = 1): void {
  for (const [id, value] of counted) into[id - 1] = (into[id - 1] ?? 0) + sign * value
}

const known = new Map<string, Counted>()

/** What deltas of some texts count, added up. Few different texts are written, so each is read once. */
export function addTexts(into: number[], texts: readonly string[]): void {
  for (const text of texts) {
    let counted = known.get(text)
    if (!counted) {
      counted = parseCounts(text)
      if (known.size >= 5000) known.clear()
      known.set(text, counted)
    }
    addCounted(into, counted)
  }
}

export const zeroValues = (): number[] => new Array<number>(MEASURES).fill(0)

/** The rates in force on a day, in the order of the registry. */
export function ratesOn(day: Day, versions: readonly Rate[] = rates): readonly Rate[] {
  const newest = new Map<RateCode, Rate>()
  for (const rate of versions) {
    const known = newest.get(rate.code)
    if (rate.validFrom <= day && (!known || known.validFrom <= rate.validFrom)) newest.set(rate.code, rate)
  }
  return [...newest.values()]
}

/** Every rate of these counts by the definitions in force on `day`: four decimal places as text, or null. */
export function ratesOf(counts: Counts, day: Day): Readonly<Partial<Record<RateCode, string | null>>> {
  return Object.fromEntries(ratesOn(day).map((rate) => [rate.code, ratio(counts[rate.numerator], counts[rate.denominator])]))
}
