import { Temporal } from 'temporal-polyfill'
import { dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { Refused } from '../../../kernel/errors.ts'
import { addWorkingMillis, loadCalendar, type WorkCalendar, workingMillis } from '../../calendar/index.ts'
import { amountDue, getProcedureVersion, type Limit, processOf, skippedSteps, type VersionBody } from '../../catalogue/index.ts'
import { loadDirectory } from '../../organisation/index.ts'
import type { DecidedEvent } from '../events.ts'
import { othersFirst } from '../routing-errors.ts'
import * as routing from '../routing-store.ts'
import type { Dossier } from '../rules/dossier.ts'
import type { Decision } from '../rules/lifecycle.ts'
import {
  type By,
  changedSteps,
  followLife,
  type HeldStep,
  moveSteps,
  othersBeforeSigning,
  planSteps,
  type StepClock,
  stepsFrom,
} from '../rules/routing-steps.ts'

/** What moves steps on; other events of a dossier leave them where they are. */
const moving: ReadonlySet<string> = new Set([
  'dossier.assigned',
  'dossier.submitted-for-signature',
  'dossier.sent-back',
  'dossier.recalled',
  'dossier.issued',
  'dossier.returned',
  'dossier.refused',
  'dossier.withdrawn',
  'dossier.stopped',
  'dossier.resumed',
  'dossier.transferred',
  'dossier.undone',
])

export const stepClock = (now: Temporal.Instant, dossier: Pick<Dossier, 'dueAt'>, limit: Limit, calendar: WorkCalendar): StepClock => ({
  at: isoOf(now),
  due: dossier.dueAt && isoOf(dossier.dueAt),
  ownDue: (allowance) => isoOf(amountDue(now, allowance, limit, calendar)),
})

/** As rows and events write instants: to the millisecond. */
export const isoOf = (instant: { readonly epochMilliseconds: number }): string => new Date(instant.epochMilliseconds).toISOString()

export function byOf(cx: Context): By {
  const { actor } = cx
  if (actor.kind === 'officer') return { id: actor.officerId, name: actor.name }
  return { id: null, name: 'name' in actor ? actor.name : '' }
}

/** The steps that the procedure version in force at reception lays down; none when it says nothing about them. */
async function plan(cx: Context, dossier: Dossier, body: VersionBody): Promise<readonly HeldStep[]> {
  const process = processOf(body)
  const received = dossier.receivedAt
  if (!process || !received) return []
  const calendar = await loadCalendar(cx.tx, dossier.agencyCode)
  const directory = await loadDirectory(cx.tx)
  const today = dayOf(cx.now)
  const child = (part: string): string => {
    const code = `${dossier.agencyCode}.${part}`
    return directory.find(code, today) ? code : dossier.agencyCode
  }
  const steps = planSteps(
    process,
    { resolving: dossier.agencyCode, reception: dossier.receptionAgencyCode, child },
    skippedSteps(process, dossier.answers),
    stepClock(received, dossier, body.timeLimit, calendar),
    (amount) => isoOf(amountDue(received, amount, body.timeLimit, calendar)),
  )
  return heldByReceiver(steps, cx.actor.kind === 'officer' ? byOf(cx) : null)
}

/** The counter's first step is with whoever received the dossier. */
export const heldByReceiver = (steps: readonly HeldStep[], by: By | null): readonly HeldStep[] =>
  steps.map((step) => (by && step.state === 'open' && step.role === 'clerk' ? { ...step, holderId: by.id, holderName: by.name } : step))

/** Steps as they stood without what was taken back. */
async function withoutUndone(cx: Context, dossierId: string, now: readonly HeldStep[], undone: readonly { version: number }[]) {
  const gone = new Set(undone.map(({ version }) => version))
  const log = await routing.stepHistory(cx.tx, dossierId)
  const kept = stepsFrom(log.filter(({ version }) => version === null || !gone.has(version)))
  const known = new Set(kept.map(({ number }) => number))
  return [...kept, ...now.filter(({ number }) => !known.has(number)).map((step): HeldStep => ({ ...step, state: 'dropped' }))]
}

const dueMoved = (before: Dossier, next: Dossier): boolean =>
  before.dueAt !== null && next.dueAt !== null && before.dueAt.epochMilliseconds !== next.dueAt.epochMilliseconds

async function follow(cx: Context, before: Dossier, decision: Decision): Promise<readonly [HeldStep[], HeldStep[]] | undefined> {
  const { events, next } = decision
  if (!dueMoved(before, next) && !events.some(({ type }) => moving.has(type))) return undefined
  const rows = await routing.findSteps(cx.tx, before.id)
  if (rows.length === 0) return undefined
  const { body } = await getProcedureVersion(cx.tx, next.procedureCode, next.procedureVersion)
  const calendar = await loadCalendar(cx.tx, before.agencyCode)
  const agencies = [before.agencyCode, before.receptionAgencyCode]
  if (events.some(({ type }) => type === 'dossier.submitted-for-signature')) {
    const others = othersBeforeSigning(rows, agencies)
    if (others.length > 0) throw new Refused(othersFirst(others.map(({ name }) => name)))
  }
  const assignee = before.assigneeId === null ? null : { id: before.assigneeId, name: before.assigneeName ?? '' }
  const scene = { agencies, clock: stepClock(cx.now, next, body.timeLimit, calendar), by: byOf(cx), assignee }
  let after: readonly HeldStep[] = rows
  if (dueMoved(before, next)) after = moveSteps(after, shift(before.dueAt as Temporal.Instant, next.dueAt as Temporal.Instant, calendar))
  for (const event of events) {
    after =
      event.type === 'dossier.undone'
        ? await withoutUndone(cx, before.id, after, event.data.undoes)
        : followLife(after, { type: event.type, data: event.data as unknown as Record<string, unknown> }, scene)
  }
  return [[...rows], [...after]]
}

/** The working time between two due times, put to others. */
function shift(from: Temporal.Instant, to: Temporal.Instant, calendar: WorkCalendar): (due: string) => string {
  const later = Temporal.Instant.compare(to, from) > 0
  const moved = workingMillis(later ? from : to, later ? to : from, calendar)
  const whole = to.epochMilliseconds - from.epochMilliseconds
  return (due) => {
    const at = Temporal.Instant.from(due)
    if (later) return isoOf(addWorkingMillis(at, moved, calendar))
    return isoOf({ epochMilliseconds: at.epochMilliseconds + whole })
  }
}

export interface Followed {
  readonly decision: Decision
  /** To be stored once the dossier's own row is. */
  readonly steps: readonly HeldStep[]
  /** The procedure version in force at reception, when this is the reception. */
  readonly body?: VersionBody | undefined
}

/**
 * Takes the steps of the internal process along with what was decided about the dossier: planned at reception, handed on by every
 * step of its life. The last event keeps the rows that changed. Dossiers without a process go on as they are.
 */
export async function followSteps(cx: Context, before: Dossier | null, decision: Decision): Promise<Followed> {
  const { events: happened, next } = decision
  const received = happened.some(({ type }) => type === 'dossier.received')
  const body = received ? (await getProcedureVersion(cx.tx, next.procedureCode, next.procedureVersion)).body : undefined
  const steps = body ? await plan(cx, next, body) : await changed(cx, before, decision)
  if (steps.length === 0) return { decision, steps, body }
  const events = happened.map(
    (event, at): DecidedEvent =>
      at === happened.length - 1 ? ({ ...event, data: { ...event.data, steps } } as unknown as DecidedEvent) : event,
  )
  return { decision: { ...decision, events }, steps, body }
}

async function changed(cx: Context, before: Dossier | null, decision: Decision): Promise<readonly HeldStep[]> {
  const rows = before && (await follow(cx, before, decision))
  return rows ? changedSteps(rows[0], rows[1]) : []
}
