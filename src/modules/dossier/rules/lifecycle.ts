import type { Temporal } from 'temporal-polyfill'
import { dayOf } from '../../../kernel/clock.ts'
import type { Refusal } from '../../../kernel/errors.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import * as refusals from '../errors.ts'
import type { DecidedEvent, DossierEvent, DossierEventType, EventData, PaperRecord } from '../events.ts'
import { countChange } from '../measures.ts'
import { officialCode } from './code.ts'
import { type Dossier, dossierToJson } from './dossier.ts'
import { applyEvent } from './fold.ts'
import { type Action, transitions } from './transitions.ts'

/** What a decision leads to: the events to append and the state after them. */
export interface Decision {
  readonly events: readonly DecidedEvent[]
  readonly next: Dossier
}

type Decided = Result<Decision, Refusal>

/** A paper as it is handed over: named, with or without a stored file. */
export interface PaperInput {
  readonly componentCode?: string | null
  readonly name: string
  readonly file?: { readonly sha256: string; readonly size: number; readonly type: string } | null
  /** Taken from what the office already has. */
  readonly reused?: boolean
}

/** Numbers papers after those already there. A paper with a stored file is digitised: its content is there to be used again. */
export const recordPapers = (papers: readonly PaperInput[], kind: PaperRecord['kind'], after: number): PaperRecord[] =>
  papers.map((paper, index) => ({
    number: after + index + 1,
    kind,
    componentCode: paper.componentCode ?? null,
    name: paper.name,
    sha256: paper.file?.sha256 ?? null,
    size: paper.file?.size ?? null,
    mediaType: paper.file?.type ?? null,
    digitised: Boolean(paper.file),
    reused: paper.reused ?? false,
  }))

const lastNumber = (dossier: Dossier): number => dossier.papers.reduce((last, paper) => Math.max(last, paper.number), 0)

/** Completes an event with where it leads. */
function happen(dossier: Dossier | null, event: DossierEvent): { event: DecidedEvent; next: Dossier } {
  const next = applyEvent(dossier, event)
  const count = countChange(dossier, next)
  const after = { version: next.version, status: next.status, stage: next.stage, ...(count ? { count } : {}) }
  return { event: { ...event, data: { ...event.data, ...after } } as DecidedEvent, next }
}

const one = (dossier: Dossier | null, event: DossierEvent): Decided => {
  const { event: decided, next } = happen(dossier, event)
  return ok({ events: [decided], next })
}

const make = <Type extends DossierEventType>(type: Type, at: Temporal.Instant, data: EventData[Type]): DossierEvent =>
  ({ type, at, data }) as unknown as DossierEvent

/** Whether the table allows the action now; a refusal says where the dossier stands. */
function permitted(dossier: Dossier, action: Action, note?: string): Refusal | undefined {
  const transition = transitions[action]
  if (!transition.from.includes(dossier.stage)) return refusals.notPossibleNow(action, dossier.stage)
  if (transition.reason && !note?.trim()) return refusals.reasonNeeded
  return undefined
}

const withNote = (note: string | undefined): { note?: string } => (note?.trim() ? { note: note.trim() } : {})

/** A dossier comes into being, with everything the applicant said. */
export const decideSubmit = (dossier: Dossier, now: Temporal.Instant): Decided =>
  one(null, make('dossier.submitted', now, { dossier: dossierToJson(dossier) }))

export interface Reception {
  readonly serial: number
  readonly due: Temporal.Instant
  readonly explanation: readonly Text[]
  /** The fee and version in force at reception: later changes of the catalogue do not move them. */
  readonly feeVnd: number
  readonly procedureVersion: number
  readonly note?: string | undefined
}

/** Status 1 → 2: the official code is given and the clock starts (form 01). */
export function decideReceive(dossier: Dossier, reception: Reception, now: Temporal.Instant): Decided {
  const refusal = permitted(dossier, 'receive')
  if (refusal) return refuse(refusal)
  const day = dayOf(now)
  return one(
    dossier,
    make('dossier.received', now, {
      code: officialCode(dossier.agencyCode, day, reception.serial),
      day,
      dueAt: reception.due.toString(),
      dueExplanation: reception.explanation,
      feeVnd: reception.feeVnd,
      procedureVersion: reception.procedureVersion,
      ...withNote(reception.note),
    }),
  )
}

/** Status 1 → 3, with the reason (form 03). */
export function decideRefuse(dossier: Dossier, input: { note: string }, now: Temporal.Instant): Decided {
  const refusal = permitted(dossier, 'refuse', input.note)
  return refusal ? refuse(refusal) : one(dossier, make('dossier.refused', now, { note: input.note.trim() }))
}

/** To a specialist, or to another one. */
export function decideAssign(
  dossier: Dossier,
  input: { assigneeId: string; assigneeName: string; note?: string | undefined },
  now: Temporal.Instant,
): Decided {
  const refusal = permitted(dossier, 'assign')
  if (refusal) return refuse(refusal)
  if (dossier.stage === 'processing' && dossier.assigneeId === input.assigneeId) return refuse(refusals.alreadyTheirs(input.assigneeName))
  return one(
    dossier,
    make('dossier.assigned', now, { assigneeId: input.assigneeId, assigneeName: input.assigneeName, ...withNote(input.note) }),
  )
}

/** A note in the history; may bring papers along. */
export function decideNote(
  dossier: Dossier,
  input: { note: string; papers?: readonly PaperInput[] | undefined },
  now: Temporal.Instant,
): Decided {
  const refusal = permitted(dossier, 'note', input.note)
  if (refusal) return refuse(refusal)
  const papers = recordPapers(input.papers ?? [], 'supplement', lastNumber(dossier))
  return one(dossier, make('dossier.noted', now, { note: input.note.trim(), ...(papers.length > 0 ? { papers } : {}) }))
}

/** Status 5: once, in writing, with the full list; the clock stands still (NĐ 61/2018 Art. 17 as amended by NĐ 107/2021; form 02). */
export function decideRequestSupplement(
  dossier: Dossier,
  input: { note: string; items?: readonly string[] | undefined },
  now: Temporal.Instant,
): Decided {
  const refusal = permitted(dossier, 'request-supplement', input.note)
  if (refusal) return refuse(refusal)
  if (dossier.supplementRequests > 0) return refuse(refusals.supplementAlreadyAsked)
  return one(dossier, make('dossier.supplement-requested', now, { note: input.note.trim(), items: input.items ?? [] }))
}

export interface SupplementAnswer {
  readonly note?: string | undefined
  readonly papers: readonly PaperInput[]
  /** From the calendar: how long the clock stood still, and when the dossier is due now. */
  readonly pausedWorkingMs: number
  readonly pausedWorkingDays: number
  readonly due: Temporal.Instant | null
  readonly explanation: readonly Text[] | null
}

/** Status 5 → 4: the clock goes on, the due time moves by the working time the applicant took. */
export function decideAnswerSupplement(dossier: Dossier, input: SupplementAnswer, now: Temporal.Instant): Decided {
  const refusal = permitted(dossier, 'answer-supplement')
  if (refusal) return refuse(refusal)
  if (input.papers.length === 0 && !input.note?.trim()) return refuse(refusals.emptySupplement)
  return one(
    dossier,
    make('dossier.supplement-answered', now, {
      papers: recordPapers(input.papers, 'supplement', lastNumber(dossier)),
      pausedWorkingMs: input.pausedWorkingMs,
      pausedWorkingDays: input.pausedWorkingDays,
      dueAt: input.due?.toString() ?? null,
      dueExplanation: input.explanation,
      ...withNote(input.note),
    }),
  )
}

/** The specialist has finished; the unit head decides. */
export function decideSubmitForSignature(dossier: Dossier, input: { note?: string | undefined }, now: Temporal.Instant): Decided {
  const refusal = permitted(dossier, 'submit-for-signature')
  return refusal ? refuse(refusal) : one(dossier, make('dossier.submitted-for-signature', now, withNote(input.note)))
}

export function decideSendBack(dossier: Dossier, input: { note: string }, now: Temporal.Instant): Decided {
  const refusal = permitted(dossier, 'send-back', input.note)
  return refusal ? refuse(refusal) : one(dossier, make('dossier.sent-back', now, { note: input.note.trim() }))
}

export interface Issue {
  readonly note?: string | undefined
  readonly results: readonly PaperInput[]
  /** The result is an electronic one, signed by the authority (NĐ 45/2020 Art. 14). */
  readonly electronic: boolean
  readonly workedDays: number
}

/** Status 9: the result is ready; this is the end of the work. */
export function decideIssue(dossier: Dossier, input: Issue, now: Temporal.Instant): Decided {
  const refusal = permitted(dossier, 'issue')
  if (refusal) return refuse(refusal)
  if (input.electronic && !input.results.some((paper) => paper.file)) return refuse(refusals.electronicResultNeedsFile)
  return one(
    dossier,
    make('dossier.issued', now, {
      papers: recordPapers(input.results, 'result', lastNumber(dossier)),
      electronic: input.electronic,
      workedDays: input.workedDays,
      ...withNote(input.note),
    }),
  )
}

/** Status 10: the applicant has the result. */
export function decideReturn(
  dossier: Dossier,
  input: { note?: string | undefined; receivedBy?: string | undefined },
  now: Temporal.Instant,
): Decided {
  const refusal = permitted(dossier, 'return')
  if (refusal) return refuse(refusal)
  return one(
    dossier,
    make('dossier.returned', now, {
      ...withNote(input.note),
      ...(input.receivedBy?.trim() ? { receivedBy: input.receivedBy.trim() } : {}),
    }),
  )
}

/**
 * The applicant takes the dossier back, allowed while there is no decision (NĐ 118/2025 Art. 21). Nobody has received it yet: it is
 * closed at once. Else the office stops it with a notice (form 05).
 */
export function decideWithdraw(dossier: Dossier, input: { note: string }, now: Temporal.Instant): Decided {
  const refusal = permitted(dossier, 'withdraw', input.note)
  if (refusal) return refuse(refusal)
  const note = input.note.trim()
  const withdrawn = happen(dossier, make('dossier.withdrawn', now, { note }))
  if (dossier.stage !== 'submitted') return ok({ events: [withdrawn.event], next: withdrawn.next })
  const stopped = happen(withdrawn.next, make('dossier.stopped', now, { note }))
  return ok({ events: [withdrawn.event, stopped.event], next: stopped.next })
}

/** Status 8, with the reason (form 05). */
export function decideStop(dossier: Dossier, input: { note: string }, now: Temporal.Instant): Decided {
  const refusal = permitted(dossier, 'stop', input.note)
  return refusal ? refuse(refusal) : one(dossier, make('dossier.stopped', now, { note: input.note.trim() }))
}

/** Money that came in for this dossier, in VND. */
export function decidePay(
  dossier: Dossier,
  input: { amountVnd: number; online: boolean; note?: string | undefined },
  now: Temporal.Instant,
): Decided {
  const refusal = permitted(dossier, 'pay')
  if (refusal) return refuse(refusal)
  const owed = dossier.feeVnd - dossier.paidVnd
  if (!Number.isSafeInteger(input.amountVnd) || input.amountVnd <= 0 || input.amountVnd > owed) return refuse(refusals.amountNotOwed(owed))
  return one(dossier, make('dossier.paid', now, { amountVnd: input.amountVnd, online: input.online, ...withNote(input.note) }))
}

/** A paper handed in on paper gets its digital copy (TT 01/2023/TT-VPCP Art. 8). */
export function decideDigitise(
  dossier: Dossier,
  input: { number: number; file: { sha256: string; size: number; type: string } },
  now: Temporal.Instant,
): Decided {
  const refusal = permitted(dossier, 'digitise')
  if (refusal) return refuse(refusal)
  const paper = dossier.papers.find(({ number, kind }) => number === input.number && kind !== 'result')
  if (!paper) return refuse(refusals.noSuchPaper)
  if (paper.digitised) return refuse(refusals.alreadyDigitised)
  const { sha256, size, type } = input.file
  return one(dossier, make('dossier.paper-digitised', now, { number: input.number, sha256, size, mediaType: type }))
}
