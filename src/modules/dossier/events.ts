import type { Temporal } from 'temporal-polyfill'
import type { Text } from '../../kernel/i18n/index.ts'
import type { CountChange } from './measures.ts'
import type { DossierJson, Stage, Status } from './rules/dossier.ts'

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
    note?: string
  }
  'dossier.refused': { note: string }
  'dossier.assigned': { assigneeId: string; assigneeName: string; note?: string }
  'dossier.noted': { note: string; papers?: readonly PaperRecord[] }
  'dossier.supplement-requested': { note: string; items: readonly string[] }
  'dossier.supplement-answered': {
    note?: string
    papers: readonly PaperRecord[]
    /** Working time the clock stood still, in milliseconds; and in whole working days, for the index. */
    pausedWorkingMs: number
    pausedWorkingDays: number
    dueAt: string | null
    dueExplanation: readonly Text[] | null
  }
  'dossier.submitted-for-signature': { note?: string }
  'dossier.sent-back': { note: string }
  'dossier.issued': { note?: string; papers: readonly PaperRecord[]; electronic: boolean; workedDays: number }
  'dossier.returned': { note?: string; receivedBy?: string }
  'dossier.withdrawn': { note: string }
  'dossier.stopped': { note: string }
  'dossier.paid': { amountVnd: number; online: boolean; note?: string }
  'dossier.paper-digitised': { number: number; sha256: string; size: number; mediaType: string }
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

/** One thing that happened to a dossier, as the fold reads it. */
export type DossierEvent = {
  [Type in DossierEventType]: { readonly type: Type; readonly at: Temporal.Instant; readonly data: EventData[Type] }
}[DossierEventType]

/** An event decided but not yet written: its data are complete. */
export type DecidedEvent = DossierEvent & { readonly data: AfterEvent }
