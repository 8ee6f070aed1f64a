import type { Day } from '../../../kernel/clock.ts'
import { MEASURES, type MeasureCode, measures, type Rate, type RateCode, rates } from '../measures.ts'
import { ratio } from './ratio.ts'

/** How often each measure was counted. */
export type Counts = Readonly<Record<MeasureCode, number>>

/** Counts by measure id: `vals[id - 1]`; shorter arrays and nulls mean 0. */
export function countsOf(vals: ArrayLike<number | null>): Counts {
  return Object.fromEntries(measures.map(({ id, code }) => [code, vals[id - 1] ?? 0])) as Record<MeasureCode, number>
}

export const noCounts: Counts = countsOf([])

/** Adds signed values at measure ids to an array of counts. */
export function addValues(into: number[], ids: readonly number[] | null, vals: readonly (number | null)[]): void {
  vals.forEach((value, i) => {
    const id = ids ? ids[i] : i + 1
    if (id === undefined || value === null) return
    into[id - 1] = (into[id - 1] ?? 0) + value
  })
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
