import type { Temporal } from 'temporal-polyfill'
import type { Text } from '../../kernel/i18n/index.ts'
import type { CountChange } from './measures.ts'
import type { Channel, Clock, DossierJson, Stage, Status } from './rules/dossier.ts'

/** A paper as an event names it; the fold turns it into a `Paper`. */
export interface PaperRecord {
  readonly number: number
  readonly kind: 'component' | 'supplement' | 'result'
  readonly componentCode: string | null
  readonly name: string
  readonly sha256: string | null
  readonly size: number | null
  readonly mediaType: string | null
  readonly digitised: boolean
  readonly reused: boolean
}

/** How a result was handed over at a desk: to whom, on what proof, and the signature of receipt (drawn, or on the paper slip). */
export interface Handover {
  readonly to: 'applicant' | 'delegate'
  readonly proof?: string
  readonly signed: 'screen' | 'paper'
  readonly signature?: { readonly sha256: string; readonly size: number; readonly mediaType: string }
}

/** How the clock goes on after it stood still, or moves. Working time in milliseconds and whole working days (for the index). */
export interface Resumption {
  readonly pausedWorkingMs: number
  readonly pausedWorkingDays: number
  readonly dueAt: string | null
  readonly dueExplanation: readonly Text[] | null
  readonly why?: Text
}

/** A new due time, the whole explanation of it, and the one sentence that says why it moved. */
export interface DueMove {
  readonly dueAt: string
  readonly dueExplanation: readonly Text[]
  readonly why: Text
}

/** One thing a correction put right. Papers are named by their number. */
export type Correction =
  | { readonly field: 'name' | 'number' | 'phone' | 'email'; readonly before: string | null; readonly after: string | null }
  | { readonly field: 'channel'; readonly before: Channel; readonly after: Channel }
  | { readonly field: 'assisted'; readonly before: boolean; readonly after: boolean }
  | { readonly field: 'fee'; readonly before: number; readonly after: number }
  | { readonly field: 'paper-name'; readonly paper: number; readonly before: string; readonly after: string }
  | { readonly field: 'paper-reused' | 'paper-voided'; readonly paper: number; readonly before: boolean; readonly after: boolean }

/** What each kind of event says beside who and when. Instants are ISO text. */
export interface EventData {
  'dossier.submitted': { dossier: DossierJson }
  'dossier.received': {
    code: string
    day: string
    dueAt: string
    dueExplanation: readonly Text[]
    feeVnd: number
    procedureVersion: number
    /** The ledger the clock begins with. */
    clock?: Clock
    note?: string
  }
  'dossier.refused': { note: string; ground?: string; groundText?: Text }
  'dossier.assigned': { assigneeId: string; assigneeName: string; note?: string }
  'dossier.noted': { note: string; papers?: readonly PaperRecord[] }
  /** `round` counts from 1 in its part of the life: before reception, or after it. */
  'dossier.supplement-requested': { note: string; items: readonly string[]; round?: number; beforeReception?: true }
  'dossier.supplement-answered': { note?: string; papers: readonly PaperRecord[] } & Resumption
  'dossier.submitted-for-signature': { note?: string }
  'dossier.sent-back': { note: string }
  /** Issued while a payment notice was out: how long the clock stood still is said with it. */
  'dossier.issued': { note?: string; papers: readonly PaperRecord[]; electronic: boolean; workedDays: number | null; resumed?: Resumption }
  'dossier.returned': { note?: string; receivedBy?: string; handover?: Handover }
  'dossier.withdrawn': { note: string }
  'dossier.stopped': { note: string }
  'dossier.paid': { amountVnd: number; online: boolean; note?: string }
  'dossier.paper-digitised': { number: number; sha256: string; size: number; mediaType: string }
  'dossier.payment-requested': { note: string; amountVnd: number; items: readonly string[]; pauses: boolean }
  /** `elsewhere`: paid to the treasury or a bank, seen on the proof; `cancelled`: nothing is asked for any more. */
  'dossier.payment-settled': { note?: string; elsewhere?: true; cancelled?: true } & Resumption
  'dossier.extended': { note: string } & DueMove
  'dossier.rescheduled': { note: string } & DueMove
  'dossier.recalled': { note: string; decisionNumber: string; decisionDay: string } & Partial<DueMove>
  'dossier.uncollected': { note?: string; days: number }
  'dossier.resumed': { note: string } & Resumption
  /** `agencyCode` resolves it from now on; the reception place moves only when it is named. */
  'dossier.transferred': {
    note: string
    fromAgencyCode: string
    agencyCode: string
    agencyName: string
    receptionAgencyCode?: string
    dueAt: string | null
    dueExplanation: readonly Text[] | null
    why?: Text
  }
  'dossier.details-corrected': { note: string; changes: readonly Correction[] }
  /** Takes back the steps with these versions: the named fields stand again as they did before, and these papers no longer count. */
  'dossier.undone': {
    note: string
    undoes: readonly { readonly version: number; readonly type: DossierEventType }[]
    restores: DossierJson
    voids: readonly number[]
  }
  'dossier.imported': { dossier: DossierJson }
  'dossier.corrected': { dossier: DossierJson }
}

export type DossierEventType = keyof EventData

/** What every dossier event carries: where the dossier stands after it, and what it changed in the counts (absent: nothing). */
export interface AfterEvent {
  readonly version: number
  readonly status: Status
  readonly stage: Stage
  readonly count?: CountChange
}

/** With the first event that needs the clock, a dossier that came without a ledger (imported) takes one up. */
export interface WithLedger {
  readonly ledger?: Clock
}

/** One thing that happened to a dossier, as the fold reads it. */
export type DossierEvent = {
  [Type in DossierEventType]: { readonly type: Type; readonly at: Temporal.Instant; readonly data: EventData[Type] & WithLedger }
}[DossierEventType]

/** An event decided but not yet written: its data are complete. */
export type DecidedEvent = DossierEvent & { readonly data: AfterEvent }
