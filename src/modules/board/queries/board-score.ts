import type { Temporal } from 'temporal-polyfill'
import type { Snapshot } from '../../../kernel/database/index.ts'
import { Refused } from '../../../kernel/errors.ts'
import type * as exact from '../../../kernel/rational.ts'
import type { Period } from '../../indicator/index.ts'
import type { OrganisationDirectory } from '../../organisation/index.ts'
import { type ChosenScheme, missingMonthsOf, NATIONAL, provinceUnit, type ScoredLine, scoreUnits } from '../../scheme/index.ts'
import { monthBefore } from '../rules/score-question.ts'
import { type Lacking, type Scored, sumsOfBoth } from '../rules/score-sums.ts'

/** The province's own line and the rules it was scored by; undefined before anything was received in the period, or without a top agency. */
export async function provinceLine(
  tx: Snapshot,
  directory: OrganisationDirectory,
  { from, to }: Period,
  now: Temporal.Instant,
): Promise<{ readonly line: ScoredLine; readonly rules: ChosenScheme } | undefined> {
  const period = { from, to }
  try {
    const { lines, ...rules } = await scoreUnits(tx, { period, scheme: NATIONAL }, [provinceUnit(directory, period)], now)
    const [line] = lines
    return line && (line.amounts.received ?? 0) > 0 ? { line, rules } : undefined
  } catch (error) {
    // No top agency in the period: the province was not there yet.
    if (error instanceof Refused) return undefined
    throw error
  }
}

/** The province's points as a board says them in a line. */
export interface BoardScore {
  readonly total: exact.Rational
  readonly max: exact.Rational
  readonly lacking: Lacking
  /**
   * The points a month before and now, in what was scored both times; undefined when nothing was. What cannot be scored yet, as figures
   * that are reported later, is no work lost.
   */
  readonly before: { readonly period: Period; readonly was: exact.Rational; readonly is: exact.Rational } | undefined
}

/** What was scored up to an earlier month changes rarely: a board that is read at every change asks for it once a minute. */
const KEPT_MS = 60_000
const MOST_KEPT = 50

type Earlier = readonly Scored[] | undefined

/** The indicators a month before, kept for boards that are read again and again. */
export class KeptBefore {
  readonly #kept = new Map<string, { readonly at: number; readonly indicators: Promise<Earlier> }>()

  indicators({ from, to }: Period, read: () => Promise<Earlier>): Promise<Earlier> {
    const key = `${from} ${to}`
    const kept = this.#kept.get(key)
    if (kept && performance.now() - kept.at < KEPT_MS) return kept.indicators
    if (this.#kept.size >= MOST_KEPT) this.#kept.clear()
    const indicators = read()
    this.#kept.set(key, { at: performance.now(), indicators })
    // What failed is asked again, not remembered.
    indicators.catch(() => this.#kept.delete(key))
    return indicators
  }
}

/** Reads the points of a board's days; undefined before anything was received in them. */
export async function readBoardScore(
  tx: Snapshot,
  directory: OrganisationDirectory,
  period: Period,
  now: Temporal.Instant,
  kept = new KeptBefore(),
): Promise<BoardScore | undefined> {
  const earlier = monthBefore(period)
  const reading = provinceLine(tx, directory, period, now)
  const remembered = kept.indicators(earlier, async () => (await provinceLine(tx, directory, earlier, now))?.line.score.indicators)
  const [scored, indicators] = await Promise.all([reading, remembered])
  if (!scored) return undefined
  const { line, rules } = scored
  const sums = sumsOfBoth(line.score.indicators, indicators ?? [])
  return {
    total: line.score.total,
    max: line.score.max,
    lacking: { unknown: line.score.unknown, months: missingMonthsOf(rules.version.indicators)(line) },
    before: sums.shared > 0 ? { period: earlier, was: sums.right, is: sums.left } : undefined,
  }
}
