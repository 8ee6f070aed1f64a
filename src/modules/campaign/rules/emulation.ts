import { type Attained, isAtZero } from './standing.ts'

/** A unit's place in a campaign, as far as emulation looks at it. */
export interface Placed {
  readonly code: string
  readonly attained: readonly Attained[]
  readonly scores: readonly { readonly met: boolean | null }[]
  readonly metAll: boolean
}

/** How far along a unit is: the mean of its shares over their targets, each at most once its target. Null: nothing to go by. For order only. */
export function progress(attained: readonly Attained[]): number | null {
  const parts = attained.flatMap(({ share, target }) =>
    share.denominator > 0 && target.value > 0 ? [share.numerator / share.denominator / target.value] : [],
  )
  return parts.length === 0 ? null : parts.reduce((sum, part) => sum + part, 0) / parts.length
}

const capped = (attained: readonly Attained[]): number => {
  const parts = attained.flatMap(({ share, target }) =>
    share.denominator > 0 && target.value > 0 ? [Math.min(1, share.numerator / share.denominator / target.value)] : [],
  )
  return parts.length === 0 ? 0 : parts.reduce((sum, part) => sum + part, 0) / parts.length
}

/**
 * The praise list: units that met all their targets, the one furthest beyond them first. The late list: those that were measured and
 * did not, the furthest from them first; units at 0 % for a rate stand before the others. Who had nothing to be measured by is in neither.
 */
export function emulation<P extends Placed>(units: readonly P[]): { readonly praise: readonly P[]; readonly late: readonly P[] } {
  const missed = ({ attained, scores }: P): boolean => [...attained, ...scores].some(({ met }) => met === false)
  const beyond = ({ attained }: P): number => progress(attained) ?? 0
  const zeros = ({ attained }: P): number => attained.filter(isAtZero).length
  return {
    praise: units.filter((unit) => unit.metAll).sort((a, b) => beyond(b) - beyond(a) || a.code.localeCompare(b.code)),
    late: units
      .filter(missed)
      .sort((a, b) => zeros(b) - zeros(a) || capped(a.attained) - capped(b.attained) || a.code.localeCompare(b.code)),
  }
}
