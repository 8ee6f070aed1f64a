import type { Temporal } from 'temporal-polyfill'
import { dayOf } from '../../../kernel/clock.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import { refuse } from '../../../kernel/result.ts'
import * as refusals from '../errors.ts'
import type { Handover, PaperRecord, Resumption } from '../events.ts'
import { officialCode } from './code.ts'
import { type Decided, make, one, permitted, several, withLedger, withNote } from './decide.ts'
import { type Clock, type Dossier, dossierToJson } from './dossier.ts'

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

export const lastNumber = (dossier: Dossier): number => dossier.papers.reduce((last, paper) => Math.max(last, paper.number), 0)

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
  /** The clock's ledger that the due time follows from. */
  readonly clock?: Clock | undefined
  readonly note?: string | undefined
}

/** Status 1 → 2: the official code is given and the clock starts (form 01). A code that came with an import stays. */
export function decideReceive(dossier: Dossier, reception: Reception, now: Temporal.Instant): Decided {
  const refusal = permitted(dossier, 'receive')
  if (refusal) return refuse(refusal)
  const day = dayOf(now)
  return one(
    dossier,
    make('dossier.received', now, {
      code: dossier.code ?? officialCode(dossier.agencyCode, day, reception.serial),
      day,
      dueAt: reception.due.toString(),
      dueExplanation: reception.explanation,
      feeVnd: reception.feeVnd,
      procedureVersion: reception.procedureVersion,
      ...(reception.clock ? { clock: reception.clock } : {}),
      ...withNote(reception.note),
    }),
  )
}

/** A legal ground of a refusal, as the dated list has it. */
export interface RefusalGround {
  readonly code: string
  readonly text: Text
}

/** Status 1 → 3, or 5 → 3 when what was missing did not come; with the legal ground and the reason (form 03). */
export function decideRefuse(
  dossier: Dossier,
  input: { note: string; ground: RefusalGround | undefined; ledger?: Clock | undefined },
  now: Temporal.Instant,
): Decided {
  const refusal = permitted(dossier, 'refuse', input.note)
  if (refusal) return refuse(refusal)
  if (!input.ground) return refuse(refusals.groundNeeded)
  return one(
    dossier,
    make('dossier.refused', now, {
      note: input.note.trim(),
      ground: input.ground.code,
      groundText: input.ground.text,
      ...withLedger(dossier, input.ledger),
    }),
  )
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

/** The number of the next supplement round in this part of a dossier's life: before reception, or after it. */
export const nextRound = (dossier: Dossier): number =>
  1 + (dossier.receivedAt === null ? dossier.intakeSupplements : dossier.supplementRequests - dossier.intakeSupplements)

export interface SupplementRequest {
  readonly note: string
  readonly items?: readonly string[] | undefined
  /** The officer knows that a further round is counted late, and wants it. */
  readonly confirmed?: boolean | undefined
  readonly maxRounds?: number | undefined
  readonly ledger?: Clock | undefined
}

/**
 * Status 5, in writing, with one full list a round; the clock stands still (NĐ 61/2018 Art. 17 as amended by NĐ 107/2021; form 02).
 * The law knows one round; a further one needs to be confirmed, because the index counts such a dossier late. Before reception no
 * clock runs and none stands still.
 */
export function decideRequestSupplement(dossier: Dossier, input: SupplementRequest, now: Temporal.Instant): Decided {
  const refusal = permitted(dossier, 'request-supplement', input.note)
  if (refusal) return refuse(refusal)
  const round = nextRound(dossier)
  if (round > (input.maxRounds ?? 1)) return refuse(refusals.supplementRoundsUsed(input.maxRounds ?? 1))
  if (round > 1 && !input.confirmed) return refuse(refusals.supplementNeedsConfirmation(round))
  return one(
    dossier,
    make('dossier.supplement-requested', now, {
      note: input.note.trim(),
      items: input.items ?? [],
      round,
      ...(dossier.receivedAt === null ? { beforeReception: true } : withLedger(dossier, input.ledger)),
    }),
  )
}

export interface SupplementAnswer {
  readonly note?: string | undefined
  readonly papers: readonly PaperInput[]
  /** From the calendar: how long the clock stood still, and when the dossier is due now. */
  readonly pausedWorkingMs: number
  readonly pausedWorkingDays: number
  readonly due: Temporal.Instant | null
  readonly explanation: readonly Text[] | null
  readonly why?: Text | undefined
  readonly ledger?: Clock | undefined
}

/** Status 5 → 4 (5 → 1 before reception): the clock goes on, the due time moves by the working time the applicant took. */
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
      ...(input.why ? { why: input.why } : {}),
      ...(dossier.receivedAt === null ? {} : withLedger(dossier, input.ledger)),
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
  /** Null where no calendar reaches back to the reception. */
  readonly workedDays: number | null
  /** Issued while a payment notice was out: how the clock went on. */
  readonly resumed?: Resumption | undefined
  readonly ledger?: Clock | undefined
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
      ...(dossier.stage === 'payment' && input.resumed ? { resumed: input.resumed } : {}),
      ...withLedger(dossier, input.ledger),
      ...withNote(input.note),
    }),
  )
}

/** Status 10: the applicant has the result. */
export function decideReturn(
  dossier: Dossier,
  input: { note?: string | undefined; receivedBy?: string | undefined; handover?: Handover | undefined },
  now: Temporal.Instant,
): Decided {
  const refusal = permitted(dossier, 'return')
  if (refusal) return refuse(refusal)
  return one(
    dossier,
    make('dossier.returned', now, {
      ...withNote(input.note),
      ...(input.receivedBy?.trim() ? { receivedBy: input.receivedBy.trim() } : {}),
      ...(input.handover ? { handover: input.handover } : {}),
    }),
  )
}

export interface Withdrawal {
  readonly note: string
  /** Asked for money at that moment: the notice is cancelled first, and the clock goes on as this says. */
  readonly resumed?: Resumption | undefined
  readonly ledger?: Clock | undefined
}

/**
 * The applicant takes the dossier back, allowed while there is no decision (NĐ 118/2025 Art. 21). Nobody has received it yet: it is
 * closed at once. Else the office stops it with a notice (form 05). National codes know no way from 6 to 7: the notice is cancelled (4).
 */
export function decideWithdraw(dossier: Dossier, input: Withdrawal, now: Temporal.Instant): Decided {
  const refusal = permitted(dossier, 'withdraw', input.note)
  if (refusal) return refuse(refusal)
  const note = input.note.trim()
  const ledger = withLedger(dossier, input.ledger)
  if (dossier.receivedAt === null)
    return several(dossier, [make('dossier.withdrawn', now, { note }), make('dossier.stopped', now, { note })])
  if (dossier.stage !== 'payment') return one(dossier, make('dossier.withdrawn', now, { note, ...ledger }))
  const resumed = input.resumed ?? standsAsItIs(dossier)
  return several(dossier, [
    make('dossier.payment-settled', now, { cancelled: true, ...resumed, ...ledger }),
    make('dossier.withdrawn', now, { note }),
  ])
}

/** The clock as it was: nothing moved while it stood still. */
export const standsAsItIs = (dossier: Dossier): Resumption => ({
  pausedWorkingMs: 0,
  pausedWorkingDays: 0,
  dueAt: dossier.dueAt?.toString() ?? null,
  dueExplanation: dossier.dueExplanation,
})

/** Status 8, with the reason (form 05). */
export function decideStop(dossier: Dossier, input: { note: string; ledger?: Clock | undefined }, now: Temporal.Instant): Decided {
  const refusal = permitted(dossier, 'stop', input.note)
  if (refusal) return refuse(refusal)
  return one(dossier, make('dossier.stopped', now, { note: input.note.trim(), ...withLedger(dossier, input.ledger) }))
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
  if (!paper || paper.voided) return refuse(refusals.noSuchPaper)
  if (paper.digitised) return refuse(refusals.alreadyDigitised)
  const { sha256, size, type } = input.file
  return one(dossier, make('dossier.paper-digitised', now, { number: input.number, sha256, size, mediaType: type }))
}

export * from './correct.ts'
export { type Decided, type Decision, join } from './decide.ts'
export * from './due.ts'
export * from './payment.ts'
export * from './take-back.ts'
export * from './transfer.ts'
