import { type Random, running } from './random.ts'

/** Where a dossier of the live present stands now. */
export type Fate =
  | 'submitted'
  | 'received'
  | 'processing'
  | 'signing'
  | 'supplement'
  | 'payment'
  | 'withdrawn'
  | 'ready'
  | 'returned'
  | 'refused'
  | 'stopped'

/** One dossier to be made: where it stands, and when it is (or was) due, in working days from today; negative is overdue. */
export interface Planned {
  readonly fate: Fate
  readonly dueIn: number
}

const each = (fate: Fate, ...dueIn: number[]): Planned[] => dueIn.map((days) => ({ fate, dueIn: days }))

/** An office that people look at in the demo: every state, and every colour of the clock. */
const busy: readonly Planned[] = [
  ...each('submitted', 0, 0, 0, 0, 0),
  ...each('received', 0, 1, 3, 8),
  ...each('processing', -6, -2, -1, 0, 0, 1, 1, 2, 4, 7),
  ...each('signing', -1, 0, 1, 3),
  ...each('supplement', 1, 3, 6),
  ...each('payment', 2, 5),
  ...each('withdrawn', 4),
  ...each('ready', 0, 1, 2, 5),
  ...each('refused', 0, 0),
  ...each('stopped', 0),
]

const quietFates: readonly (readonly [Fate, number])[] = [
  ['processing', 5],
  ['received', 2],
  ['signing', 2],
  ['submitted', 2],
  ['supplement', 1],
  ['ready', 2],
]
const quietSums = running(quietFates.map(([, weight]) => weight))

/** What one agency has on its hands, and what it returned in the last three months. */
export function planAgency(isBusy: boolean, chance: Random): Planned[] {
  const returned = Array.from({ length: isBusy ? 30 + chance.below(8) : 3 + chance.below(4) }, () => each('returned', 0)).flat()
  if (isBusy) return [...busy, ...returned]
  const open = Array.from({ length: 2 + chance.below(3) }, (): Planned => {
    const fate = quietFates[chance.weighted(quietSums)]?.[0] ?? 'processing'
    // One in eleven is late.
    return { fate, dueIn: chance.chance(0.09) ? -1 - chance.below(4) : chance.below(9) }
  })
  return [...open, ...returned]
}
