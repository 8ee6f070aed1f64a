import type { Text } from '../../../kernel/i18n/index.ts'
import { graphOf, type InternalProcess, type StepAgency, type StepRole, stepsAfter, timesOf } from '../../catalogue/index.ts'

/**
 * One time somebody holds a step of a dossier's internal process. Instants are ISO text: an event keeps these rows as they are.
 * - `waiting`: its turn has not come; `open`: somebody has it; `done`; `skipped`: the answers pass it by; `dropped`: it never came
 */
export interface HeldStep {
  readonly number: number
  readonly code: string
  readonly name: Text
  readonly role: StepRole
  readonly agencyCode: string
  /** In the unit of the procedure's time limit. */
  readonly allowance: number
  readonly next: readonly string[]
  readonly back: string | null
  /** Counts up when the work is given back and done again. */
  readonly round: number
  readonly state: 'waiting' | 'open' | 'done' | 'skipped' | 'dropped'
  readonly plannedDueAt: string | null
  readonly startedAt: string | null
  readonly dueAt: string | null
  readonly finishedAt: string | null
  readonly holderId: string | null
  readonly holderName: string | null
  readonly outcome: 'finished' | 'handed-over' | 'sent-back' | 'stopped' | null
  readonly note: string | null
}

/** What moving steps needs to know of the world. */
export interface StepClock {
  /** Now, as ISO text. */
  readonly at: string
  /** When the dossier itself is due; no step may be due later. */
  readonly due: string | null
  /** When an allowance that begins now has run out. */
  ownDue(allowance: number): string
}

export interface Places {
  readonly resolving: string
  readonly reception: string
  /** A unit inside the resolving agency; the agency itself when there is no such unit. */
  child(part: string): string
}

const placeOf = (agency: StepAgency, places: Places): string => {
  if (agency.kind === 'named') return agency.agencyCode
  if (agency.kind === 'child') return places.child(agency.part)
  return places[agency.kind]
}

/** The steps of a dossier at its reception: all of them with their planned due times, the first one open. */
export function planSteps(
  process: InternalProcess,
  places: Places,
  skipped: ReadonlySet<string>,
  clock: StepClock,
  /** When an amount of the limit, counted from reception, has run out. */
  dueOf: (amount: number) => string,
): readonly HeldStep[] {
  const times = timesOf(process, skipped)
  const order = graphOf(process).order
  const byCode = new Map(process.steps.map((step) => [step.code, step]))
  const rows = order.flatMap((code, at): HeldStep[] => {
    const step = byCode.get(code)
    return step
      ? [
          {
            number: at + 1,
            code,
            name: step.name,
            role: step.role,
            agencyCode: placeOf(step.agency, places),
            allowance: step.allowance,
            next: step.next,
            back: step.back ?? null,
            round: 1,
            state: skipped.has(code) ? 'skipped' : 'waiting',
            plannedDueAt: earlier(dueOf(times.get(code)?.ends ?? 0), clock.due),
            startedAt: null,
            dueAt: null,
            finishedAt: null,
            holderId: null,
            holderName: null,
            outcome: null,
            note: null,
          },
        ]
      : []
  })
  return openReady(rows, clock)
}

const earlier = (a: string, b: string | null): string => (b !== null && Date.parse(b) < Date.parse(a) ? b : a)
const later = (a: string | null, b: string): string => (a !== null && Date.parse(a) > Date.parse(b) ? a : b)

/** The latest row of each step. */
const latest = (rows: readonly HeldStep[]): ReadonlyMap<string, HeldStep> => new Map(rows.map((row) => [row.code, row]))

const replace = (rows: readonly HeldStep[], row: HeldStep): readonly HeldStep[] =>
  rows.map((one) => (one.number === row.number ? row : one))

/** Every step whose turn has come is opened: all steps before it are done or passed by. */
function openReady(rows: readonly HeldStep[], clock: StepClock): readonly HeldStep[] {
  const now = latest(rows)
  const ready = [...now.values()].filter(
    (row) =>
      row.state === 'waiting' &&
      [...now.values()].filter(({ next }) => next.includes(row.code)).every(({ state }) => state === 'done' || state === 'skipped'),
  )
  return ready.reduce<readonly HeldStep[]>(
    (list, row) =>
      replace(list, {
        ...row,
        state: 'open',
        startedAt: clock.at,
        // Whoever gets it early keeps the planned time; whoever gets it late has their own time from then on.
        dueAt: earlier(later(row.plannedDueAt, clock.ownDue(row.allowance)), clock.due),
      }),
    rows,
  )
}

export const openSteps = (rows: readonly HeldStep[]): readonly HeldStep[] => rows.filter(({ state }) => state === 'open')

/** Who finishes a step, when it was not held by a person. */
export interface By {
  readonly id: string | null
  readonly name: string
}

const closed = (
  row: HeldStep,
  clock: StepClock,
  outcome: NonNullable<HeldStep['outcome']>,
  by: By | null,
  note: string | null,
): HeldStep => ({
  ...row,
  state: 'done',
  finishedAt: clock.at,
  outcome,
  holderId: row.holderId ?? by?.id ?? null,
  holderName: row.holderName ?? by?.name ?? null,
  note: note ?? row.note,
})

/** An open step is done: what comes after it opens once all branches before it are. */
export const finishStep = (
  rows: readonly HeldStep[],
  number: number,
  clock: StepClock,
  by: By | null = null,
  note: string | null = null,
): readonly HeldStep[] => {
  const row = rows.find((one) => one.number === number && one.state === 'open')
  return row ? openReady(replace(rows, closed(row, clock, 'finished', by, note)), clock) : rows
}

const nextNumber = (rows: readonly HeldStep[]): number => Math.max(0, ...rows.map(({ number }) => number)) + 1

/** An open step changes hands: the time it has is the same, who has it from when to when is kept. */
function handOver(
  rows: readonly HeldStep[],
  row: HeldStep,
  to: { id: string | null; name: string | null },
  agencyCode: string,
  clock: StepClock,
) {
  const fresh: HeldStep = {
    ...row,
    number: nextNumber(rows),
    agencyCode,
    startedAt: clock.at,
    holderId: to.id,
    holderName: to.name,
  }
  return [...replace(rows, closed(row, clock, 'handed-over', null, null)), fresh]
}

const isOwn = (row: HeldStep, agencies: readonly string[]): boolean =>
  agencies.some((code) => row.agencyCode === code || row.agencyCode.startsWith(`${code}.`))

/** Finishes the dossier's own open steps of these roles, one after the other, as long as one is open. */
function finishRoles(rows: readonly HeldStep[], roles: readonly StepRole[], agencies: readonly string[], clock: StepClock, by: By) {
  let list = rows
  for (let n = 0; n <= rows.length; n += 1) {
    const row = openSteps(list).find((one) => roles.includes(one.role) && isOwn(one, agencies))
    if (!row) return list
    list = finishStep(list, row.number, clock, by)
  }
  return list
}

/** The earlier step that gets the work back: the one that is named, else the nearest one of a specialist before it. */
function wayBack(rows: readonly HeldStep[], from: HeldStep | undefined, agencies: readonly string[]): HeldStep | undefined {
  const now = latest(rows)
  if (from?.back) return now.get(from.back)
  const done = [...now.values()].filter((row) => row.role === 'specialist' && row.state === 'done' && isOwn(row, agencies))
  return done.sort((a, b) => (a.finishedAt ?? '').localeCompare(b.finishedAt ?? '')).at(-1)
}

/**
 * Gives work back: the steps open now end, the named one and all after it are done once more. Whoever takes a result back was not the
 * one who held it at the counter.
 */
function goBack(rows: readonly HeldStep[], to: HeldStep, agencies: readonly string[], clock: StepClock, by: By, holder: By | null) {
  const graph = graphOf({
    steps: [...latest(rows).values()].map((row) => ({ ...row, agency: { kind: 'resolving' }, next: [...row.next], back: undefined })),
  })
  const again = new Set([to.code, ...stepsAfter(graph, to.code)])
  let list: readonly HeldStep[] = rows.map((row) =>
    row.state === 'open' && (isOwn(row, agencies) || again.has(row.code))
      ? closed(row, clock, 'sent-back', row.role === 'clerk' ? null : by, null)
      : row,
  )
  for (const code of graph.order) {
    const row = latest(list).get(code)
    if (!row || !again.has(code) || row.state === 'waiting' || row.state === 'skipped') continue
    list = [
      ...list,
      {
        ...row,
        number: nextNumber(list),
        round: row.round + 1,
        state: 'waiting',
        startedAt: null,
        dueAt: null,
        finishedAt: null,
        holderId: null,
        holderName: null,
        outcome: null,
        note: null,
      },
    ]
  }
  const opened = openReady(list, clock)
  return holder
    ? opened.map((row) => (row.code === to.code && row.state === 'open' ? { ...row, holderId: holder.id, holderName: holder.name } : row))
    : opened
}

/** What a step of the dossier's own life does to the steps of its process. */
export interface LifeEvent {
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
}

export interface StepScene {
  /** Agencies whose steps follow the dossier's own life: the one that resolves, the one that took it in. */
  readonly agencies: readonly string[]
  readonly clock: StepClock
  readonly by: By
  readonly assignee: By | null
}

function assigned(rows: readonly HeldStep[], { data }: LifeEvent, scene: StepScene): readonly HeldStep[] {
  const to: By = { id: String(data.assigneeId ?? '') || null, name: String(data.assigneeName ?? '') }
  const { agencies, clock, by } = scene
  let list = rows
  for (let n = 0; n <= rows.length; n += 1) {
    const own = openSteps(list).filter((row) => isOwn(row, agencies))
    const specialist = own.find(({ role }) => role === 'specialist')
    if (specialist) {
      if (specialist.holderId === null) return replace(list, { ...specialist, holderId: to.id, holderName: to.name })
      return specialist.holderId === to.id ? list : handOver(list, specialist, to, specialist.agencyCode, clock)
    }
    // Reception and sharing out end when somebody has it; but only if a specialist's step is still to come.
    const coming = list.some((row) => row.role === 'specialist' && row.state === 'waiting' && isOwn(row, agencies))
    const [first] = own
    if (!first || !coming) return list
    list = finishStep(list, first.number, clock, by)
  }
  return list
}

/** The steps after something happened to the dossier; the same rows when it changes nothing for them. */
export function followLife(rows: readonly HeldStep[], event: LifeEvent, scene: StepScene): readonly HeldStep[] {
  const { agencies, clock, by, assignee } = scene
  switch (event.type) {
    case 'dossier.assigned':
      return assigned(rows, event, scene)
    case 'dossier.submitted-for-signature':
      return finishRoles(rows, ['clerk', 'specialist'], agencies, clock, by)
    case 'dossier.sent-back':
    case 'dossier.recalled': {
      const signing = openSteps(rows).find((row) => isOwn(row, agencies))
      const to = wayBack(rows, signing, agencies)
      return to ? goBack(rows, to, agencies, clock, by, assignee) : rows
    }
    case 'dossier.issued':
      return finishRoles(rows, ['specialist', 'unit_head', 'leader'], agencies, clock, by)
    case 'dossier.returned':
      return finishRoles(rows, ['clerk', 'specialist', 'unit_head', 'leader'], agencies, clock, by).map((row) => {
        if (row.state === 'open') return closed(row, clock, 'stopped', by, null)
        return row.state === 'waiting' ? { ...row, state: 'dropped' } : row
      })
    case 'dossier.refused':
    case 'dossier.withdrawn':
    case 'dossier.stopped':
      return rows.map((row) => {
        if (row.state === 'open') return closed(row, clock, 'stopped', by, null)
        return row.state === 'waiting' ? { ...row, state: 'dropped' } : row
      })
    case 'dossier.resumed':
      return resumed(rows, clock)
    case 'dossier.transferred': {
      const [from, to] = [String(event.data.fromAgencyCode ?? ''), String(event.data.agencyCode ?? '')]
      const moved = rows.map((row) => (row.state === 'waiting' && row.agencyCode === from ? { ...row, agencyCode: to } : row))
      return openSteps(moved)
        .filter(({ agencyCode }) => agencyCode === from)
        .reduce<readonly HeldStep[]>((list, row) => handOver(list, row, { id: null, name: null }, to, clock), moved)
    }
    default:
      return rows
  }
}

/** A withdrawn dossier goes on: what was open is open again, what was dropped waits. */
function resumed(rows: readonly HeldStep[], clock: StepClock): readonly HeldStep[] {
  const now = latest(rows)
  let list = rows.map((row) => (row.state === 'dropped' ? { ...row, state: 'waiting' as const } : row))
  for (const row of now.values()) {
    if (row.outcome !== 'stopped') continue
    list = [...list, { ...row, number: nextNumber(list), state: 'open', startedAt: clock.at, finishedAt: null, outcome: null, note: null }]
  }
  return list
}

/** The due time of the dossier moved: steps that are not over move by the same working time. */
export const moveSteps = (rows: readonly HeldStep[], move: (due: string) => string): readonly HeldStep[] =>
  rows.map((row) =>
    row.state === 'open' || row.state === 'waiting'
      ? { ...row, plannedDueAt: row.plannedDueAt && move(row.plannedDueAt), dueAt: row.dueAt && move(row.dueAt) }
      : row,
  )

/** The rows that a change made or altered: what the event keeps, and what is stored. */
export function changedSteps(before: readonly HeldStep[], after: readonly HeldStep[]): readonly HeldStep[] {
  const old = new Map(before.map((row) => [row.number, row]))
  return after.filter((row) => JSON.stringify(old.get(row.number)) !== JSON.stringify(row))
}

/** The steps a history leads to: every event keeps the rows it changed. */
export function stepsFrom(events: Iterable<{ readonly data: Readonly<Record<string, unknown>> }>): readonly HeldStep[] {
  const rows = new Map<number, HeldStep>()
  for (const { data } of events) for (const row of (data.steps ?? []) as readonly HeldStep[]) rows.set(row.number, row)
  return [...rows.values()].sort((a, b) => a.number - b.number)
}

/**
 * Steps of other agencies that are still to be done before the head can sign: until then the dossier cannot go on to signature.
 */
export function othersBeforeSigning(rows: readonly HeldStep[], agencies: readonly string[]): readonly HeldStep[] {
  const now = latest(rows)
  const graph = graphOf({
    steps: [...now.values()].map((row) => ({ ...row, agency: { kind: 'resolving' }, next: [...row.next], back: undefined })),
  })
  const signing = [...now.values()].filter(
    (row) => (row.role === 'unit_head' || row.role === 'leader') && isOwn(row, agencies) && row.state === 'waiting',
  )
  return [...now.values()].filter(
    (row) =>
      (row.state === 'open' || row.state === 'waiting') &&
      !isOwn(row, agencies) &&
      signing.some((sign) => stepsAfter(graph, row.code).has(sign.code)),
  )
}
