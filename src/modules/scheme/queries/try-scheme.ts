import type { Temporal } from 'temporal-polyfill'
import { addDays, type Day } from '../../../kernel/clock.ts'
import type { Snapshot } from '../../../kernel/database/index.ts'
import { type Period, quarterStart } from '../../indicator/index.ts'
import type { SchemeVersion } from '../rules/scheme.ts'
import { scoreUnit, type UnitScore } from '../rules/score.ts'
import type { ScoredUnit } from './amounts.ts'
import { readCounted } from './scores.ts'

/** A unit's score under one version of a scheme and under another, of the same amounts. */
export interface Tried {
  readonly unit: ScoredUnit
  readonly received: number
  readonly before: UnitScore
  readonly after: UnitScore
}

/** What a version that nobody has published yet would make of a unit's period. Exact at this moment; nothing is kept. */
export async function tryScheme(
  tx: Snapshot,
  period: Period,
  unit: ScoredUnit,
  versions: { readonly before: SchemeVersion; readonly after: SchemeVersion },
  now: Temporal.Instant,
): Promise<Tried> {
  const { before, after } = versions
  const [line] = await readCounted(tx, { period }, [before, after], [unit], now)
  const amounts = line?.amounts ?? {}
  return {
    unit,
    received: amounts.received ?? 0,
    before: scoreUnit(before, unit.level, amounts),
    after: scoreUnit(after, unit.level, amounts),
  }
}

/** The last quarter that is over on a day, and how it is called. */
export function lastQuarter(today: Day): Period & { readonly quarter: number; readonly year: number } {
  const to = addDays(quarterStart(today), -1)
  return { from: quarterStart(to), to, quarter: Number(to.slice(5, 7)) / 3, year: Number(to.slice(0, 4)) }
}
