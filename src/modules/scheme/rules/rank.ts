import * as exact from '../../../kernel/rational.ts'
import type { Amounts } from './quantities.ts'
import type { UnitScore } from './score.ts'

interface Line {
  readonly unit: { readonly group: { readonly key: string } }
  readonly amounts: Amounts
  readonly score: Pick<UnitScore, 'total'>
}

/** Highest total first. Equal totals share a rank, which the next one counts (1, 2, 2, 4); among equals whoever did more comes first. */
export function ranked<L extends Line>(lines: readonly L[]): { readonly line: L; readonly rank: number }[] {
  const sorted = [...lines].sort(
    (a, b) =>
      exact.compare(b.score.total, a.score.total) ||
      (b.amounts.received ?? 0) - (a.amounts.received ?? 0) ||
      (a.unit.group.key < b.unit.group.key ? -1 : 1),
  )
  let rank = 0
  return sorted.map((line, n) => {
    const before = sorted[n - 1]
    if (!before || exact.compare(before.score.total, line.score.total) !== 0) rank = n + 1
    return { line, rank }
  })
}
