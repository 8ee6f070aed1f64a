import type { FormKind, NumberedKind } from './form-set.ts'

/** Who sends a document out: the level above in one line (none for a people's committee), the name in its lines, and the place. */
export interface Issuer {
  readonly code: string
  readonly superior: string | null
  readonly name: string
  readonly place: string
}

/** What every document about a dossier says. Instants are ISO text, and all of it is as it was at the step the document is about. */
interface DossierFacts {
  /** When the step was taken: the day of the document, and what chooses its form set. */
  readonly at: string
  readonly issuer: Issuer
  /** Official code; null while the dossier has none. */
  readonly code: string | null
  readonly reference: string
  /** Where a phone that reads the QR code goes. */
  readonly trackingUrl: string
  readonly procedure: string
  readonly applicant: { readonly name: string; readonly phone: string | null; readonly email: string | null }
  /** Full names of the agency that resolves the dossier and of the desk that takes it in. */
  readonly resolving: string
  readonly reception: string
  /** Who took the step. */
  readonly officer: string
}

export interface ReceiptFacts extends DossierFacts {
  readonly kind: 'receipt'
  /** 1 = at reception; more = made again after a correction. */
  readonly issue: number
  readonly receivedAt: string
  readonly papers: readonly { readonly name: string; readonly how: 'paper' | 'digital' | 'reused' }[]
  /** Who filed it in the applicant's name, and by what right; absent: the applicant did. */
  readonly representative?: string | null
  readonly channel: 'online' | 'counter' | 'post'
  readonly feeVnd: number
  readonly paidVnd: number
  readonly dueAt: string | null
  /** Why that day, sentence by sentence, in Vietnamese. */
  readonly why: readonly string[]
}

export interface SupplementFacts extends DossierFacts {
  readonly kind: 'supplement'
  readonly round: number
  readonly reason: string
  readonly items: readonly string[]
}

export interface RefusalFacts extends DossierFacts {
  readonly kind: 'refusal'
  readonly reason: string
  readonly ground: string | null
}

export interface ExtensionFacts extends DossierFacts {
  readonly kind: 'extension'
  readonly reason: string
  readonly receivedAt: string | null
  readonly dueBefore: string | null
  readonly dueAfter: string | null
}

export interface StopFacts extends DossierFacts {
  readonly kind: 'stop'
  readonly reason: string
  readonly receivedAt: string | null
  /** When the applicant asked to stop; null: the office stops on its own. */
  readonly requestedAt: string | null
}

export interface HandOver {
  readonly giver: string
  readonly taker: string
  readonly at: string
  readonly what: string
  readonly note: string | null
}

export interface ControlSlipFacts extends DossierFacts {
  readonly kind: 'control-slip'
  readonly receivedAt: string | null
  readonly dueAt: string | null
  readonly lines: readonly HandOver[]
}

/** Days are civil days `YYYY-MM-DD`. */
export interface RegisterRow {
  readonly code: string
  readonly procedure: string
  readonly applicant: string
  readonly phone: string | null
  readonly agency: string
  readonly received: string
  readonly due: string | null
  readonly completed: string | null
  readonly returned: string | null
  readonly channel: 'online' | 'counter' | 'post'
  readonly note: string
}

export interface RegisterFacts {
  readonly kind: 'register'
  /** When the register was printed. */
  readonly at: string
  readonly issuer: Issuer
  readonly from: string
  readonly to: string
  readonly rows: readonly RegisterRow[]
  /** Which number the first row has: a long register is printed in parts. */
  readonly first: number
  /** How many dossiers the period has, in all parts. */
  readonly total: number
}

/** What one document says, and nothing about how it looks. */
export type Facts = ReceiptFacts | SupplementFacts | RefusalFacts | ExtensionFacts | StopFacts | ControlSlipFacts | RegisterFacts

/** What a document that bears a number says. */
export type NumberedFacts = Extract<Facts, { kind: NumberedKind }>

export type FactsOf<Kind extends FormKind> = Extract<Facts, { kind: Kind }>
