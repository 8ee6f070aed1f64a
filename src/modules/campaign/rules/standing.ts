import { gapTo, isMet, type Share, type Target } from './target.ts'

/** One unit's place against one target. */
export interface Attained {
  readonly target: Target
  readonly share: Share
  readonly met: boolean | null
  readonly gap: ReturnType<typeof gapTo>
}

export const attain = (target: Target, share: Share): Attained => ({ target, share, met: isMet(target, share), gap: gapTo(target, share) })

/**
 * Whether a unit met all its targets. One that it had nothing to be measured by does not stand in the way, but a unit measured by none
 * has met nothing.
 */
export function metAll(attained: readonly Pick<Attained, 'met'>[]): boolean {
  const measured = attained.filter(({ met }) => met !== null)
  return measured.length > 0 && measured.every(({ met }) => met)
}

/** A unit that had dossiers and not one of them good. */
export const isAtZero = ({ share }: Pick<Attained, 'share'>): boolean => share.denominator > 0 && share.numerator === 0

export interface Mover<Unit> {
  readonly unit: Unit
  readonly before: Share
  readonly now: Share
  /** Percentage points, up or down. */
  readonly change: number
}

/** The units whose rate changed most between two looks, the greatest rise first; those without a rate at either end are left out. */
export function movers<Unit>(rows: readonly { readonly unit: Unit; readonly before: Share; readonly now: Share }[]): Mover<Unit>[] {
  return rows
    .filter(({ before, now }) => before.denominator > 0 && now.denominator > 0)
    .map((row) => ({
      ...row,
      change: (100 * row.now.numerator) / row.now.denominator - (100 * row.before.numerator) / row.before.denominator,
    }))
    .filter(({ change }) => change !== 0)
    .sort((a, b) => b.change - a.change)
}

/** A task of a campaign: who does what until when. */
export interface Task {
  readonly due: string
  readonly doneOn: string | null
}

/** On time, late, in progress, overdue: by civil days; a task is due until the end of its day. */
export function taskStanding({ due, doneOn }: Task, today: string): 'done' | 'done_late' | 'open' | 'overdue' {
  if (doneOn !== null) return doneOn <= due ? 'done' : 'done_late'
  return today <= due ? 'open' : 'overdue'
}
