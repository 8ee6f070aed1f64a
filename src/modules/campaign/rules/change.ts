import { addDays, type Day } from '../../../kernel/clock.ts'
import { type Aim, aimKey, type Scope, type Target } from './target.ts'

interface Days {
  readonly begins: Day
  readonly ends: Day
}

const later = (a: Day, b: Day): Day => (a > b ? a : b)
const earlier = (a: Day, b: Day): Day => (a < b ? a : b)

type Dated = Pick<Target, 'id' | 'from' | 'to'>

/**
 * A campaign's targets go with its days: what began or ended with it does so again, what lies between is cut to the new days. One that
 * has no day left never held.
 */
export function moveTargets(
  targets: readonly Dated[],
  before: Days,
  after: Days,
): { readonly moved: readonly Dated[]; readonly withdrawn: readonly string[] } {
  const moved = targets.map(({ id, from, to }) => ({
    id,
    from: from === before.begins ? after.begins : later(from, after.begins),
    to: to === before.ends ? after.ends : earlier(to, after.ends),
  }))
  return {
    moved: moved.filter((one) => one.from <= one.to),
    withdrawn: moved.filter((one) => one.from > one.to).map(({ id }) => id),
  }
}

/** A target as somebody wants it. */
export interface Wanted {
  readonly aim: Aim
  readonly scope: Scope
  readonly value: number
}

const scopeKey = (scope: Scope): string =>
  scope.kind === 'unit' ? `unit ${scope.code} ${scope.validFrom}` : scope.kind === 'tier' ? `tier ${scope.tier}` : 'all'
const placeOf = ({ aim, scope }: Pick<Wanted, 'aim' | 'scope'>): string => `${aimKey(aim)} ${scopeKey(scope)}`

export interface TargetChanges {
  readonly added: readonly Wanted[]
  /** These hold until the day before. */
  readonly ended: readonly { readonly id: string; readonly to: Day }[]
  /** These would not have held for a single day. */
  readonly withdrawn: readonly string[]
}

/** What has to be done so that from a day on the wanted targets hold and no others. A target itself is never edited. */
export function changeTargets(current: readonly Target[], wanted: readonly Wanted[], from: Day): TargetChanges {
  const alive = current.filter(({ to }) => to >= from)
  const kept = new Set<string>()
  const added = wanted.filter((want) => {
    const same = alive.find((one) => placeOf(one) === placeOf(want) && one.value === want.value)
    if (same) kept.add(same.id)
    return !same
  })
  const gone = alive.filter(({ id }) => !kept.has(id))
  return {
    added,
    ended: gone.filter((one) => one.from < from).map(({ id }) => ({ id, to: addDays(from, -1) })),
    withdrawn: gone.filter((one) => one.from >= from).map(({ id }) => id),
  }
}
