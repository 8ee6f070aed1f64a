import { dayOf } from '../../../kernel/clock.ts'
import type { Moment, Stage } from './dossier.ts'

/** What of a dossier the province's work counts go by. */
interface Placed {
  readonly stage: Stage
  readonly assigneeId: string | null
  readonly dueAt: Moment | null
}

/** One row to add to the work counts: so many more (or fewer) open dossiers at a place. */
export interface WorkDelta {
  readonly stage: Stage
  readonly held: boolean
  /** Civil day in Vietnam; NO_DUE_DAY while there is no due time. */
  readonly due_day: string
  readonly n: number
}

const NO_DUE_DAY = '9999-12-31'

const dueDay = (due: Moment | null): string => (due === null ? NO_DUE_DAY : dayOf(due))

/** What changes add to the counts of open dossiers, a row a place; places where nothing changes are left out. */
export function workDeltas(changes: Iterable<readonly [before: Placed | null, after: Placed | null]>): WorkDelta[] {
  const places = new Map<string, { -readonly [Key in keyof WorkDelta]: WorkDelta[Key] }>()
  const add = (placed: Placed | null, by: 1 | -1): void => {
    if (!placed || placed.stage === 'closed') return
    const place = { stage: placed.stage, held: placed.assigneeId !== null, due_day: dueDay(placed.dueAt), n: by }
    const key = `${place.stage} ${place.held} ${place.due_day}`
    const known = places.get(key)
    if (known) known.n += by
    else places.set(key, place)
  }
  for (const [before, after] of changes) {
    add(after, 1)
    add(before, -1)
  }
  return [...places.values()].filter(({ n }) => n !== 0)
}
