import { type Counts, measures, noCounts, type Rate } from '../../indicator/index.ts'

/** A unit, tier or the province with its counts. */
export interface Standing {
  readonly key: string
  readonly name: string
  readonly counts: Counts
}

/** Exact share for drawing and comparing, null when there was nothing to divide by. Printed figures come from the same two counts. */
export function shareOf(counts: Counts, rate: Pick<Rate, 'numerator' | 'denominator'>): number | null {
  const denominator = counts[rate.denominator]
  return denominator === 0 ? null : counts[rate.numerator] / denominator
}

/** Adds counts up, measure by measure. */
export function sumCounts(all: readonly Counts[]): Counts {
  const sum: Record<string, number> = { ...noCounts }
  for (const counts of all) for (const { code } of measures) sum[code] = (sum[code] ?? 0) + counts[code]
  return sum as Counts
}

/**
 * Units from the highest rate to the lowest. Compared by cross-multiplying whole numbers, so that equal shares are equal; equal ones
 * stand by how much they did, then by code. Units with nothing to divide by come last, whatever they are called.
 */
export function rank<S extends Standing>(standings: readonly S[], rate: Pick<Rate, 'numerator' | 'denominator'>): S[] {
  const parts = ({ counts }: S) => [BigInt(counts[rate.numerator]), BigInt(counts[rate.denominator])] as const
  return [...standings].sort((a, b) => {
    const [an, ad] = parts(a)
    const [bn, bd] = parts(b)
    if (ad === 0n || bd === 0n) return ad === bd ? a.key.localeCompare(b.key) : ad === 0n ? 1 : -1
    const difference = bn * ad - an * bd
    if (difference !== 0n) return difference > 0n ? 1 : -1
    return Number(bd - ad) || a.key.localeCompare(b.key)
  })
}

/**
 * The units at both ends of a rate, at most so many at each: the best first, and the furthest behind first. Nobody stands at both ends,
 * and nobody who met the target is behind.
 */
export function endsOf<S extends Standing>(
  standings: readonly S[],
  rate: Pick<Rate, 'numerator' | 'denominator'>,
  most: number,
  met: (standing: S) => boolean,
): { readonly ahead: readonly S[]; readonly behind: readonly S[] } {
  const sorted = rank(standings, rate)
  const half = Math.floor(sorted.length / 2)
  const behind = sorted
    .slice(sorted.length - Math.min(most, half))
    .filter((one) => !met(one))
    .reverse()
  return { ahead: sorted.slice(0, Math.min(most, sorted.length - half)), behind }
}

/** Units that had something to do and did none of it this way: the list that leaders ask for by name. */
export const atZero = <S extends Standing>(standings: readonly S[], rate: Pick<Rate, 'numerator' | 'denominator'>): S[] =>
  standings
    .filter(({ counts }) => counts[rate.denominator] > 0 && counts[rate.numerator] === 0)
    .sort((a, b) => b.counts[rate.denominator] - a.counts[rate.denominator] || a.key.localeCompare(b.key))
