import type { Day } from '../../../kernel/clock.ts'
import type { Target } from './target.ts'

/**
 * The days by which a target is measured: its own, and of one that runs for years those of the running year (the index counts by the
 * year); of one that is over those of its last. Together with the last day of its unit, if the unit ended before it.
 */
export function measuredDays({ from, to }: Pick<Target, 'from' | 'to'>, today: Day, unitEnds: Day | null): { from: Day; to: Day } {
  const last = unitEnds !== null && unitEnds < to ? unitEnds : to
  const day = today < from ? from : today > last ? last : today
  const year = day.slice(0, 4)
  return { from: from > `${year}-01-01` ? from : `${year}-01-01`, to: last < `${year}-12-31` ? last : `${year}-12-31` }
}
