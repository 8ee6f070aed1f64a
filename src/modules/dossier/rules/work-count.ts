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

export const NO_DUE_DAY = '9999-12-31'
/** Vietnam has been at +07:00 all the years that dossiers come from. */
const ZONE_MS = 7 * 60 * 60 * 1000

const dueDay = (due: Moment | null): string =>
  due === null ? NO_DUE_DAY : new Date(due.epochMilliseconds + ZONE_MS).toISOString().slice(0, 10)

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
