import * as exact from '../../../kernel/rational.ts'
import type { Target } from './target.ts'

/** What is known of a unit's score. */
export interface KnownScore {
  /** Points of everything that could be scored. */
  readonly total: exact.Rational
  /** The most that what could not be scored might add. */
  readonly unknown: exact.Rational
  /** What dossiers that are there already could still win back. */
  readonly winnable: exact.Rational
}

/**
 * What the light of a score says: there is no rate of dossiers a day that leads to a score, so it says only what can be known. `winnable`:
 * below, and dossiers already there could close the gap; `behind`: they could not; `unclear`: what is not scored yet decides.
 */
export type ScoreLight = 'met' | 'winnable' | 'behind' | 'unclear' | 'nothing'

export interface AttainedScore {
  readonly met: boolean | null
  /** Points to the target; 0 when it is met. */
  readonly gap: exact.Rational
  readonly light: ScoreLight
}

/** A score against its target in points. `score` null: nothing to be scored by. After the end only met or not is left. */
export function attainScore(
  { comparator, value }: Pick<Target, 'comparator' | 'value'>,
  score: KnownScore | null,
  over: boolean,
): AttainedScore {
  if (score === null) return { met: null, gap: exact.zero, light: 'nothing' }
  const goal = exact.decimal(value)
  const { total, unknown, winnable } = score
  const highest = exact.plus(total, unknown)
  if (comparator === 'at_most') {
    const met = exact.compare(highest, goal) <= 0 ? true : exact.compare(total, goal) > 0 ? false : null
    return { met, gap: met === false ? exact.minus(total, goal) : exact.zero, light: met === null ? 'unclear' : met ? 'met' : 'behind' }
  }
  if (exact.atLeast(total, goal)) return { met: true, gap: exact.zero, light: 'met' }
  const gap = exact.minus(goal, total)
  if (exact.atLeast(highest, goal)) return { met: null, gap, light: 'unclear' }
  return { met: false, gap, light: !over && exact.atLeast(winnable, gap) ? 'winnable' : 'behind' }
}

/** Of ways to win points back (the greatest first), so many as close the gap; all of them when none do. */
export function enoughToWin<Win extends { readonly winnable: exact.Rational }>(wins: readonly Win[], gap: exact.Rational): Win[] {
  const chosen: Win[] = []
  let won = exact.zero
  for (const win of wins) {
    if (exact.atLeast(won, gap)) break
    chosen.push(win)
    won = exact.plus(won, win.winnable)
  }
  return chosen
}
