import { Temporal } from 'temporal-polyfill'
import type { Text } from '../../../kernel/i18n/index.ts'
import type { ClockEvent, PauseReason } from '../../calendar/index.ts'
import type { AfterEvent, Correction, DossierEvent, EventData, PaperRecord, Resumption } from '../events.ts'
import {
  type Clock,
  type Dossier,
  type DueChange,
  type DueChangeKind,
  dossierFromJson,
  fieldsFromJson,
  isoText,
  type Paper,
  paperCounts,
  type Stage,
  type Status,
} from './dossier.ts'
import { transitionOf } from './transitions.ts'

/** An event that cannot follow this state: the log is damaged, or a bug wrote it. */
export class BrokenHistory extends Error {}

/** Counts after papers changed: by difference, because an imported dossier has counts without a list of papers. */
function withPapers(dossier: Dossier, papers: readonly Paper[]): Partial<Dossier> {
  const before = paperCounts(dossier.papers)
  const after = paperCounts(papers)
  return {
    papers,
    papersTotal: dossier.papersTotal + after.papersTotal - before.papersTotal,
    papersDigitised: dossier.papersDigitised + after.papersDigitised - before.papersDigitised,
    papersReused: dossier.papersReused + after.papersReused - before.papersReused,
  }
}

const addPapers = (dossier: Dossier, records: readonly PaperRecord[] | undefined, addedAt: Temporal.Instant): Partial<Dossier> =>
  records?.length ? withPapers(dossier, [...dossier.papers, ...records.map((record) => ({ ...record, addedAt }))]) : {}

const voidPapers = (dossier: Dossier, numbers: readonly number[]): Partial<Dossier> =>
  numbers.length === 0
    ? {}
    : withPapers(
        dossier,
        dossier.papers.map((paper) => (numbers.includes(paper.number) ? { ...paper, voided: true } : paper)),
      )

type Tick<Event extends ClockEvent = ClockEvent> = Event extends ClockEvent ? Omit<Event, 'at'> : never

/** What an event adds to the clock's ledger. A dossier that came without one (imported) is read by its due time. */
const tick = (dossier: Pick<Dossier, 'clock'>, at: Temporal.Instant, event: Tick): { clock: Clock | null } => ({
  clock: dossier.clock && { ...dossier.clock, events: [...dossier.clock.events, { ...event, at: isoText(at) } as ClockEvent] },
})

/** A new due time, and the move written down apart from the original. */
function moveDue(
  dossier: Dossier,
  kind: DueChangeKind,
  at: Temporal.Instant,
  to: string | null,
  dueExplanation: readonly Text[] | null,
  said: { reason?: string | undefined; why?: Text | undefined } = {},
): Pick<Dossier, 'dueAt' | 'dueExplanation' | 'dueChanges'> {
  const dueAt = to === null ? null : Temporal.Instant.from(to)
  const unmoved = (dueAt?.epochMilliseconds ?? null) === (dossier.dueAt?.epochMilliseconds ?? null)
  const change: DueChange = {
    kind,
    at: isoText(at),
    from: dossier.dueAt && isoText(dossier.dueAt),
    to: dueAt && isoText(dueAt),
    reason: said.reason ?? null,
    explanation: said.why ?? dueExplanation?.at(-1) ?? null,
  }
  return { dueAt, dueExplanation, dueChanges: unmoved ? dossier.dueChanges : [...dossier.dueChanges, change] }
}

const backAtWork = (dossier: Dossier): { stage: Stage; status: Status } =>
  dossier.assigneeId === null ? { stage: 'received', status: 4 } : { stage: 'processing', status: 4 }

/** The clock goes on after it stood still for something else than a supplement. */
function goOn(dossier: Dossier, kind: DueChangeKind, at: Temporal.Instant, data: Resumption): Partial<Dossier> {
  return {
    pausedAt: null,
    pausedWorkingMs: dossier.pausedWorkingMs + data.pausedWorkingMs,
    otherPausedDays: dossier.otherPausedDays + data.pausedWorkingDays,
    ...moveDue(dossier, kind, at, data.dueAt, data.dueExplanation, { why: data.why }),
  }
}

/** After a supplement: back to where it waited. What nobody had received waits for reception again, and no clock ran. */
function answered(dossier: Dossier, at: Temporal.Instant, data: EventData['dossier.supplement-answered']): Partial<Dossier> {
  const papers = addPapers(dossier, data.papers, at)
  if (dossier.receivedAt === null) return { ...papers, pausedAt: null, stage: 'submitted', status: 1 }
  const back = backAtWork(dossier)
  return {
    ...papers,
    ...back,
    // A log of before this rule says 2 for what nobody held yet.
    status: (data as Partial<AfterEvent>).status ?? back.status,
    pausedAt: null,
    pausedWorkingMs: dossier.pausedWorkingMs + data.pausedWorkingMs,
    supplementWorkingDays: dossier.supplementWorkingDays + data.pausedWorkingDays,
    ...moveDue(dossier, 'supplement', at, data.dueAt, data.dueExplanation, { why: data.why }),
    ...tick(dossier, at, { type: 'resume', reason: 'supplement' }),
  }
}

/** A dossier with something put right. Counts of papers follow. */
function corrected(dossier: Dossier, change: Correction): Dossier {
  const paper = (number: number, to: Partial<Paper>): Dossier => ({
    ...dossier,
    ...withPapers(
      dossier,
      dossier.papers.map((one) => (one.number === number ? { ...one, ...to } : one)),
    ),
  })
  switch (change.field) {
    case 'name':
      return { ...dossier, applicant: { ...dossier.applicant, name: change.after ?? '' } }
    case 'number':
    case 'phone':
    case 'email':
      return { ...dossier, applicant: { ...dossier.applicant, [change.field]: change.after } }
    case 'channel':
      return { ...dossier, channel: change.after }
    case 'assisted':
      return { ...dossier, assisted: change.after, assistanceAgencyCode: change.after ? dossier.receptionAgencyCode : null }
    case 'fee':
      return { ...dossier, feeVnd: change.after }
    case 'paper-name':
      return paper(change.paper, { name: change.after })
    case 'paper-reused':
      return paper(change.paper, { reused: change.after })
    case 'paper-voided':
      return paper(change.paper, { voided: change.after || undefined })
  }
}

/** Another agency resolves it from now on: nobody there holds it yet. */
function transferred(dossier: Dossier, at: Temporal.Instant, data: EventData['dossier.transferred']): Partial<Dossier> {
  const worked = dossier.stage === 'processing' || dossier.stage === 'signing'
  return {
    agencyCode: data.agencyCode,
    receptionAgencyCode: data.receptionAgencyCode ?? dossier.receptionAgencyCode,
    assigneeId: null,
    assigneeName: null,
    ...(worked ? { stage: 'received' as const, status: 4 as const } : {}),
    ...moveDue(dossier, 'transfer', at, data.dueAt, data.dueExplanation, { reason: data.note, why: data.why }),
    // With the result ready nothing runs any more.
    ...(dossier.completedAt ? {} : tick(dossier, at, { type: 'transfer', agency: data.agencyCode })),
  }
}

/** Steps taken back: what they changed stands as before, their papers no longer count, a code given by them is kept as a former one. */
function undone(dossier: Dossier, at: Temporal.Instant, data: EventData['dossier.undone']): Partial<Dossier> {
  const restored = fieldsFromJson(data.restores)
  const codeGone = 'code' in restored && dossier.code !== null && restored.code !== dossier.code
  const moved =
    'dueAt' in restored ? moveDue(dossier, 'undo', at, (data.restores.dueAt as string | null) ?? null, null, { reason: data.note }) : null
  return {
    ...restored,
    // Money that came in meanwhile is not taken back with the notice that asked for it.
    ...(restored.feeVnd === undefined ? {} : { feeVnd: Math.max(restored.feeVnd, dossier.paidVnd) }),
    ...voidPapers(dossier, data.voids),
    // A reception that never was leaves no clock behind that could have moved.
    ...(moved ? { dueChanges: data.restores.dueAt === null ? [] : moved.dueChanges } : {}),
    ...(codeGone ? { formerCodes: [...dossier.formerCodes, dossier.code as string] } : {}),
  }
}

/** What an event changes beside stage, status and version. */
function changesOf(dossier: Dossier, event: Exclude<DossierEvent, { data: { dossier: unknown } }>): Partial<Dossier> {
  const { at } = event
  switch (event.type) {
    case 'dossier.received': {
      const due = Temporal.Instant.from(event.data.dueAt)
      return {
        code: event.data.code,
        receivedAt: at,
        receivedDay: event.data.day,
        originalDueAt: due,
        dueAt: due,
        dueExplanation: event.data.dueExplanation,
        feeVnd: event.data.feeVnd,
        procedureVersion: event.data.procedureVersion,
        clock: event.data.clock ?? null,
      }
    }
    case 'dossier.assigned':
      return { assigneeId: event.data.assigneeId, assigneeName: event.data.assigneeName }
    case 'dossier.noted':
      return addPapers(dossier, event.data.papers, at)
    case 'dossier.supplement-requested':
      return {
        pausedAt: at,
        supplementRequests: dossier.supplementRequests + 1,
        ...(dossier.receivedAt === null
          ? { intakeSupplements: dossier.intakeSupplements + 1 }
          : tick(dossier, at, { type: 'pause', reason: 'supplement' })),
      }
    case 'dossier.supplement-answered':
      return answered(dossier, at, event.data)
    case 'dossier.payment-requested':
      return {
        // What is asked for is owed, also when the procedure itself names no fee or another one.
        feeVnd: Math.max(dossier.feeVnd, dossier.paidVnd + event.data.amountVnd),
        ...(event.data.pauses ? { pausedAt: at } : {}),
        ...tick(dossier, at, { type: 'pause', reason: 'payment' }),
      }
    case 'dossier.payment-settled':
      return {
        ...backAtWork(dossier),
        ...goOn(dossier, 'payment', at, event.data),
        ...(event.data.cancelled ? { feeVnd: dossier.paidVnd } : {}),
        ...tick(dossier, at, { type: 'resume', reason: 'payment' }),
      }
    case 'dossier.issued': {
      const on = event.data.resumed ? { ...dossier, ...goOn(dossier, 'payment', at, event.data.resumed) } : dossier
      const ticked = dossier.stage === 'payment' ? { ...on, ...tick(dossier, at, { type: 'resume', reason: 'payment' }) } : on
      return {
        ...ticked,
        ...addPapers(dossier, event.data.papers, at),
        ...tick(ticked, at, { type: 'end' }),
        stage: 'ready',
        status: 9,
        pausedAt: null,
        completedAt: at,
        workedDays: event.data.workedDays,
        resultElectronic: event.data.electronic,
      }
    }
    case 'dossier.returned':
      return { returnedAt: at, closedAt: at }
    case 'dossier.refused':
      return { closedAt: at, refusalGround: event.data.ground ?? null, ...tick(dossier, at, { type: 'end' }) }
    case 'dossier.withdrawn':
      return { closedAt: at, ...tick(dossier, at, { type: 'pause', reason: 'withdrawal' }) }
    case 'dossier.stopped':
      // A withdrawn dossier ended when the applicant withdrew it, not when the notice was written.
      return { closedAt: dossier.closedAt ?? at, ...tick(dossier, at, { type: 'end' }) }
    case 'dossier.resumed': {
      const reason = openReason(dossier.clock)
      const waited = reason ? tick(dossier, at, { type: 'resume', reason }) : dossier
      return {
        ...backAtWork(dossier),
        ...goOn(dossier, 'withdrawal', at, event.data),
        closedAt: null,
        ...tick(waited, at, { type: 'resume', reason: 'withdrawal' }),
      }
    }
    case 'dossier.extended':
      return {
        extensions: dossier.extensions + 1,
        ...moveDue(dossier, 'extension', at, event.data.dueAt, event.data.dueExplanation, { reason: event.data.note, why: event.data.why }),
        ...tick(dossier, at, { type: 'extend', to: event.data.dueAt, reason: event.data.note }),
      }
    case 'dossier.rescheduled':
      return {
        ...moveDue(dossier, 'calendar', at, event.data.dueAt, event.data.dueExplanation, { reason: event.data.note, why: event.data.why }),
        ...tick(dossier, at, { type: 'move', due: event.data.dueAt, reason: event.data.why }),
      }
    case 'dossier.recalled':
      return {
        ...backAtWork(dossier),
        ...voidPapers(
          dossier,
          dossier.papers.filter(({ kind }) => kind === 'result').map(({ number }) => number),
        ),
        recalls: dossier.recalls + 1,
        completedAt: null,
        workedDays: null,
        resultElectronic: false,
        uncollectedAt: null,
        ...(event.data.dueAt
          ? moveDue(dossier, 'recall', at, event.data.dueAt, event.data.dueExplanation ?? dossier.dueExplanation, {
              reason: event.data.note,
              why: event.data.why,
            })
          : {}),
        ...tick(dossier, at, { type: 'reopen' }),
      }
    case 'dossier.uncollected':
      return { uncollectedAt: at }
    case 'dossier.transferred':
      return transferred(dossier, at, event.data)
    case 'dossier.details-corrected':
      return event.data.changes.reduce(corrected, dossier)
    case 'dossier.undone':
      return undone(dossier, at, event.data)
    case 'dossier.paid':
      return { paidVnd: dossier.paidVnd + event.data.amountVnd, paidOnline: dossier.paidOnline || event.data.online }
    case 'dossier.paper-digitised': {
      const { number, sha256, size, mediaType } = event.data
      return withPapers(
        dossier,
        dossier.papers.map((paper) => (paper.number === number ? { ...paper, sha256, size, mediaType, digitised: true } : paper)),
      )
    }
    default:
      return {}
  }
}

/** Why the clock still stands still beside a withdrawal. */
export function openReason(clock: Clock | null): PauseReason | undefined {
  const open = new Set<PauseReason>()
  for (const event of clock?.events ?? []) {
    if (event.type === 'pause') open.add(event.reason)
    if (event.type === 'resume') open.delete(event.reason)
  }
  open.delete('withdrawal')
  return [...open][0]
}

/** The state after an event. Commands use it to make the next state, a rebuild uses it to make the same state again. */
export function applyEvent(dossier: Dossier | null, event: DossierEvent): Dossier {
  switch (event.type) {
    case 'dossier.submitted':
    case 'dossier.imported':
      if (dossier) throw new BrokenHistory(`${event.type} on dossier ${dossier.id}, which already exists`)
      return dossierFromJson(event.data.dossier)
    case 'dossier.corrected':
      if (!dossier) throw new BrokenHistory('dossier.corrected before anything was there to correct')
      return { ...dossierFromJson(event.data.dossier), version: dossier.version + 1 }
    default: {
      if (!dossier) throw new BrokenHistory(`${event.type} before the dossier was submitted`)
      const transition = transitionOf(event.type)
      if (!transition?.from.includes(dossier.stage))
        throw new BrokenHistory(`${event.type} on dossier ${dossier.id} at stage ${dossier.stage}`)
      const known = dossier.clock === null && event.data.ledger ? { ...dossier, clock: event.data.ledger } : dossier
      return { ...known, ...transition.to, ...changesOf(known, event), version: dossier.version + 1 }
    }
  }
}

/** The state that a history leads to. */
export function foldEvents(events: Iterable<DossierEvent>): Dossier | null {
  let dossier: Dossier | null = null
  for (const event of events) dossier = applyEvent(dossier, event)
  return dossier
}
