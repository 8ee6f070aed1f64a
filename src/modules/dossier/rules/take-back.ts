import { Temporal } from 'temporal-polyfill'
import { type Day, dayOf } from '../../../kernel/clock.ts'
import { refuse } from '../../../kernel/result.ts'
import * as refusals from '../errors.ts'
import type { AfterEvent, DossierEvent, DossierEventType, EventData, Resumption } from '../events.ts'
import { type Decided, make, one, permitted, withLedger, withNote } from './decide.ts'
import { type Clock, type Dossier, type DossierJson, fieldToJson } from './dossier.ts'
import type { NewDue } from './due.ts'
import { applyEvent } from './fold.ts'

export interface Recall extends Partial<NewDue> {
  readonly note: string
  readonly decisionNumber: string
  readonly decisionDay: Day
}

/** Status 9 → 4: a result that lies at the desk is taken back by a decision with number and date. Its papers no longer stand. */
export function decideRecall(dossier: Dossier, input: Recall, now: Temporal.Instant): Decided {
  const refusal = permitted(dossier, 'recall', input.note)
  if (refusal) return refuse(refusal)
  if (!input.decisionNumber.trim()) return refuse(refusals.decisionNeeded)
  if (input.decisionDay > dayOf(now) || (dossier.completedAt && input.decisionDay < dayOf(dossier.completedAt)))
    return refuse(refusals.decisionDayWrong)
  return one(
    dossier,
    make('dossier.recalled', now, {
      note: input.note.trim(),
      decisionNumber: input.decisionNumber.trim(),
      decisionDay: input.decisionDay,
      ...(input.due
        ? { dueAt: input.due.toString(), dueExplanation: input.explanation ?? [], ...(input.why ? { why: input.why } : {}) }
        : {}),
      ...withLedger(dossier, input.ledger),
    }),
  )
}

/** Calendar days from one moment to another, in Vietnam. */
export const daysSince = (from: Temporal.Instant, to: Temporal.Instant): number =>
  Temporal.PlainDate.from(dayOf(from)).until(Temporal.PlainDate.from(dayOf(to)), { largestUnit: 'day' }).days

/** Records that nobody came for the result some days after it was ready. It is kept, and can still be returned. */
export function decideMarkUncollected(
  dossier: Dossier,
  input: { readonly note?: string | undefined; readonly afterDays: number },
  now: Temporal.Instant,
): Decided {
  const refusal = permitted(dossier, 'mark-uncollected')
  if (refusal) return refuse(refusal)
  if (dossier.uncollectedAt) return refuse(refusals.alreadyUncollected)
  const days = daysSince(dossier.completedAt ?? now, now)
  if (days < input.afterDays) return refuse(refusals.notYetUncollected(input.afterDays, days))
  return one(dossier, make('dossier.uncollected', now, { days, ...withNote(input.note) }))
}

/** Status 7 → 4: the applicant takes back the wish to withdraw, before the office has stopped the dossier. That time was theirs. */
export function decideResume(
  dossier: Dossier,
  input: { readonly note: string; readonly resumed: Resumption; readonly ledger?: Clock | undefined },
  now: Temporal.Instant,
): Decided {
  const refusal = permitted(dossier, 'resume', input.note)
  if (refusal) return refuse(refusal)
  return one(dossier, make('dossier.resumed', now, { note: input.note.trim(), ...input.resumed, ...withLedger(dossier, input.ledger) }))
}

/** One event of a dossier's own history, as undoing needs it: who did it, and with which request. */
export interface PastEvent {
  readonly event: DossierEvent
  readonly actor: { readonly kind: string; readonly id?: string | undefined }
  readonly requestId: string | null
}

/** What happened beside the way a dossier goes: it stays, whatever step is taken back. */
const beside: ReadonlySet<DossierEventType> = new Set<DossierEventType>([
  'dossier.submitted',
  'dossier.imported',
  'dossier.corrected',
  'dossier.noted',
  'dossier.paid',
  'dossier.paper-digitised',
  'dossier.details-corrected',
  'dossier.rescheduled',
  'dossier.undone',
])

/** Fields that steps beside the way fill, or that only grow. */
const kept = new Set([
  'version',
  'papers',
  'papersTotal',
  'papersDigitised',
  'papersReused',
  'paidVnd',
  'paidOnline',
  'dueChanges',
  'formerCodes',
])

const versionOf = (event: DossierEvent): number => (event.data as Partial<AfterEvent>).version ?? 0

/** The last step that still stands: its events (one command may have written two), who took it, and what it changed. */
export interface LastStep {
  readonly events: readonly DossierEvent[]
  readonly by: PastEvent['actor']
  readonly at: Temporal.Instant
  /** Fields as they stood before it, and as it left them; JSON as the log keeps it. */
  readonly before: DossierJson
  readonly after: DossierJson
  /** Papers it brought. */
  readonly papers: readonly number[]
}

/** Finds the last step of a history that can be taken back; undefined when there is none. */
export function lastStepOf(history: readonly PastEvent[]): LastStep | undefined {
  const undone = new Set(
    history.flatMap(({ event }) =>
      event.type === 'dossier.undone' ? (event.data as EventData['dossier.undone']).undoes.map(({ version }) => version) : [],
    ),
  )
  const standing = history.flatMap((past, index) =>
    beside.has(past.event.type) || undone.has(versionOf(past.event)) ? [] : [{ past, index }],
  )
  const last = standing.at(-1)
  if (!last) return undefined
  const { requestId, actor, event } = last.past
  const group = standing.filter(({ past, index }) => index === last.index || (requestId !== null && past.requestId === requestId))
  const indexes = new Set(group.map(({ index }) => index))
  const before: Record<string, unknown> = {}
  const after: Record<string, unknown> = {}
  const papers: number[] = []
  let dossier: Dossier | null = null
  history.forEach((past, index) => {
    const next: Dossier = applyEvent(dossier, past.event)
    if (indexes.has(index) && dossier) {
      for (const key of Object.keys(next) as (keyof Dossier)[]) {
        if (kept.has(key) || dossier[key] === next[key]) continue
        if (!(key in before)) before[key] = fieldToJson(key, dossier[key])
        after[key] = fieldToJson(key, next[key])
      }
      const known = dossier.papers.length
      papers.push(...next.papers.slice(known).map(({ number }) => number))
    }
    dossier = next
  })
  return { events: group.map(({ past }) => past.event), by: actor, at: event.at, before, after, papers }
}

/** JSON with its keys in order: the database keeps them in an order of its own. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, one) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  )

const same = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b)

export interface Undo {
  readonly note: string
  readonly step: LastStep | undefined
  /** The officer who asks, and whether they may take back any step of the unit (its head), not only their own of today. */
  readonly officerId: string | null
  readonly any: boolean
}

/** Whether this officer may take the step back: their own of today, or any one of their unit; never one of the applicant's. */
export function canUndo(step: LastStep, { officerId, any }: Pick<Undo, 'officerId' | 'any'>, now: Temporal.Instant): boolean {
  if (step.by.kind === 'citizen') return false
  return any || (step.by.id !== undefined && step.by.id === officerId && dayOf(step.at) === dayOf(now))
}

/**
 * Takes back the last step, taken by mistake: an event puts what it changed back to what it was. Its own officer may on the same day,
 * the unit's head later too; what the applicant did is not the office's to take back. A code that was given is never given again.
 */
export function decideUndo(dossier: Dossier, { note, step, officerId, any }: Undo, now: Temporal.Instant): Decided {
  const refusal = permitted(dossier, 'undo', note)
  if (refusal) return refuse(refusal)
  if (!step) return refuse(refusals.nothingToUndo)
  if (step.by.kind === 'citizen') return refuse(refusals.undoNotOurs)
  if (!canUndo(step, { officerId, any }, now)) return refuse(refusals.undoNotYours)
  const current = dossier as unknown as Record<string, unknown>
  const overtaken = Object.keys(step.after).some((key) => !same(fieldToJson(key, current[key]), step.after[key]))
  if (overtaken) return refuse(refusals.undoOvertaken)
  return one(
    dossier,
    make('dossier.undone', now, {
      note: note.trim(),
      undoes: step.events.map((event) => ({ version: versionOf(event), type: event.type })),
      restores: step.before,
      voids: step.papers,
    }),
  )
}
