import { Temporal } from 'temporal-polyfill'
import type { Day } from '../../../kernel/clock.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import type { Ledger } from '../../calendar/index.ts'
import type { Representation } from './representation-rule.ts'

/** Kênh: over the net, at a desk, by public post. */
export type Channel = 'online' | 'counter' | 'post'

/** National status code of a dossier (QĐ 766/QĐ-TTg data contract): 1 new … 10 returned. */
export type Status = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10

/**
 * Where a dossier stands inside the office.
 * - `submitted`: sent, nobody has received it; `received`: has a code and a due date, waits for a specialist
 * - `processing`, `signing`: with a specialist, with the unit head
 * - `supplement`: the clock stands still, it is the applicant's turn; `payment`: a fee or tax notice is out, the clock stands still
 *   where the rule says so
 * - `withdrawn`: the applicant asked to stop; waits for the office's notice (form 05)
 * - `ready`: the result lies at the desk; `closed`: refused, stopped or returned
 */
export type Stage = 'submitted' | 'received' | 'processing' | 'signing' | 'supplement' | 'payment' | 'withdrawn' | 'ready' | 'closed'
export const stages: readonly Stage[] = [
  'submitted',
  'received',
  'processing',
  'signing',
  'supplement',
  'payment',
  'withdrawn',
  'ready',
  'closed',
]

export type PaperKind = 'component' | 'supplement' | 'result'

/** A paper handed in, or a result given. With `sha256` its content is in the file store. Size in bytes. */
export interface Paper {
  readonly number: number
  readonly kind: PaperKind
  readonly componentCode: string | null
  readonly name: string
  readonly sha256: string | null
  readonly size: number | null
  readonly mediaType: string | null
  /** There is a digital copy in the file store. */
  readonly digitised: boolean
  /** Taken from what the office already had, so the applicant did not hand it in again. */
  readonly reused: boolean
  /** No longer stands: recorded by mistake, or a result taken back. Kept and shown, not counted. */
  readonly voided?: boolean
  readonly addedAt: Temporal.Instant
}

/** Whose dossier it is. `number` is the 12-digit personal number (or a tax code): a string. */
export interface Applicant {
  readonly name: string
  readonly number: string | null
  readonly phone: string | null
  readonly email: string | null
}

/** What a deadline follows from: the calendar's ledger, plain JSON. */
export type Clock = Ledger

/** Why a due time moved. */
export type DueChangeKind = 'supplement' | 'payment' | 'withdrawal' | 'extension' | 'transfer' | 'recall' | 'calendar' | 'undo'

/** One move of the due time, kept apart from the original. Instants as ISO text; the reason in an officer's words. */
export interface DueChange {
  readonly kind: DueChangeKind
  readonly at: string
  readonly from: string | null
  readonly to: string | null
  readonly reason: string | null
  readonly explanation: Text | null
}

/** A dossier as it stands: the fold of its events, and the row that is stored. Money in VND, times as instants. */
export interface Dossier {
  readonly id: string
  readonly reference: string
  readonly code: string | null
  readonly procedureCode: string
  readonly procedureVersion: number
  readonly procedureName: string
  readonly agencyCode: string
  readonly receptionAgencyCode: string
  readonly assistanceAgencyCode: string | null
  readonly channel: Channel
  readonly assisted: boolean
  readonly status: Status
  readonly stage: Stage
  readonly assigneeId: string | null
  readonly assigneeName: string | null
  readonly submittedAt: Temporal.Instant
  readonly receivedAt: Temporal.Instant | null
  readonly receivedDay: Day | null
  readonly originalDueAt: Temporal.Instant | null
  readonly dueAt: Temporal.Instant | null
  readonly dueExplanation: readonly Text[] | null
  /** The clock's ledger (calendar module), as it is stored; null before reception and for what was received before ledgers were kept. */
  readonly clock: Clock | null
  /** Every move of the due time since, in order. */
  readonly dueChanges: readonly DueChange[]
  readonly pausedAt: Temporal.Instant | null
  readonly pausedWorkingMs: number
  /** Working days that were the applicant's for another reason than a supplement. */
  readonly otherPausedDays: number
  readonly completedAt: Temporal.Instant | null
  readonly returnedAt: Temporal.Instant | null
  readonly closedAt: Temporal.Instant | null
  /** Whole working days from reception to completion, the applicant's own time taken out. */
  readonly workedDays: number | null
  readonly submitterId: string | null
  readonly applicant: Applicant
  /** Who filed it in the applicant's name; null: the applicant did. */
  readonly representation: Representation | null
  readonly formCode: string | null
  readonly formVersion: number | null
  readonly answers: Readonly<Record<string, unknown>>
  readonly feeVnd: number
  readonly paidVnd: number
  readonly paidOnline: boolean
  readonly papersTotal: number
  readonly papersDigitised: number
  readonly papersReused: number
  readonly returnsResult: boolean
  readonly resultElectronic: boolean
  /** Supplement rounds asked for, all of them; and of these the ones before reception, which the index does not count. */
  readonly supplementRequests: number
  readonly intakeSupplements: number
  readonly supplementWorkingDays: number
  /** Re-appointments with an apology (form 04). */
  readonly extensions: number
  /** Results taken back by a recorded decision. */
  readonly recalls: number
  /** Recorded that nobody came for the result. */
  readonly uncollectedAt: Temporal.Instant | null
  readonly refusalGround: string | null
  /** Codes it had before a reception was taken back: never given again. */
  readonly formerCodes: readonly string[]
  readonly source: string | null
  readonly sourceDigest: string | null
  readonly version: number
  readonly papers: readonly Paper[]
}

const instants = [
  'submittedAt',
  'receivedAt',
  'originalDueAt',
  'dueAt',
  'pausedAt',
  'completedAt',
  'returnedAt',
  'closedAt',
  'uncollectedAt',
] as const
type InstantKey = (typeof instants)[number]

/** An instant, or a plain number of milliseconds standing for one: a file of a hundred thousand dossiers makes a million of them. */
export interface Moment {
  readonly epochMilliseconds: number
}

/** A dossier as it is written down and counted: all that matters of its instants is when they are. Every `Dossier` is one. */
export type Recorded = Omit<Dossier, InstantKey> & { readonly submittedAt: Moment } & {
  readonly [Key in Exclude<InstantKey, 'submittedAt'>]: Moment | null
}

/** What every field is until something says otherwise. */
const blank = {
  code: null,
  assistanceAgencyCode: null,
  assisted: false,
  status: 1 as Status,
  stage: 'submitted' as Stage,
  assigneeId: null,
  assigneeName: null,
  receivedAt: null,
  receivedDay: null,
  originalDueAt: null,
  dueAt: null,
  dueExplanation: null,
  clock: null,
  dueChanges: [],
  pausedAt: null,
  pausedWorkingMs: 0,
  otherPausedDays: 0,
  completedAt: null,
  returnedAt: null,
  closedAt: null,
  workedDays: null,
  submitterId: null,
  representation: null,
  formCode: null,
  formVersion: null,
  answers: {},
  feeVnd: 0,
  paidVnd: 0,
  paidOnline: false,
  papersTotal: 0,
  papersDigitised: 0,
  papersReused: 0,
  returnsResult: true,
  resultElectronic: false,
  supplementRequests: 0,
  intakeSupplements: 0,
  supplementWorkingDays: 0,
  extensions: 0,
  recalls: 0,
  uncollectedAt: null,
  refusalGround: null,
  formerCodes: [],
  source: null,
  sourceDigest: null,
  version: 1,
  papers: [],
} satisfies Partial<Dossier>

type Blank = keyof typeof blank

/** A dossier made from what is known; everything else is blank. */
export const newDossier = <D extends Recorded = Dossier>(known: Omit<D, Blank> & Partial<Pick<D, Blank>>): D =>
  ({ ...blank, ...known }) as unknown as D

/** An instant as ISO text, to the millisecond: as fine as the clock, and many times quicker than the calendar-aware way. */
export const isoText = (instant: Moment): string => new Date(instant.epochMilliseconds).toISOString()

/** A dossier as the event log keeps it: ISO instants, blank fields left out. */
export type DossierJson = Readonly<Record<string, unknown>>

const isBlank = (key: string, value: unknown): boolean => {
  if (!(key in blank)) return false
  const usual = blank[key as Blank] as unknown
  if (value === usual) return true
  if (key === 'answers') return Object.keys(value as object).length === 0
  return Array.isArray(usual) && (value as unknown[]).length === 0
}

export const paperToJson = (paper: Paper): object => ({ ...paper, addedAt: isoText(paper.addedAt) })
export function paperFromJson({ voided, ...json }: Record<string, unknown>): Paper {
  const paper = { ...json, addedAt: Temporal.Instant.from(json.addedAt as string) }
  return (voided ? { ...paper, voided: true } : paper) as unknown as Paper
}

const isInstant = new Set<string>(instants)

export function dossierToJson(dossier: Recorded): DossierJson {
  const json: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(dossier)) {
    if (isBlank(key, value)) continue
    json[key] = isInstant.has(key) ? isoText(value as Moment) : key === 'papers' ? (value as Paper[]).map(paperToJson) : value
  }
  return json
}

/** One field as the log keeps it. */
export const fieldToJson = (key: string, value: unknown): unknown =>
  isInstant.has(key) && value !== null && value !== undefined ? isoText(value as Moment) : (value ?? null)

/** Some fields of a dossier, read back from the log. */
export function fieldsFromJson(json: DossierJson): Partial<Dossier> {
  const fields: Record<string, unknown> = { ...json }
  for (const key of instants) if (typeof json[key] === 'string') fields[key] = Temporal.Instant.from(json[key] as string)
  return fields as Partial<Dossier>
}

export function dossierFromJson(json: DossierJson): Dossier {
  const dossier: Record<string, unknown> = { ...blank, ...json }
  for (const key of instants) if (typeof json[key] === 'string') dossier[key] = Temporal.Instant.from(json[key] as string)
  dossier.papers = ((json.papers ?? []) as Record<string, unknown>[]).map(paperFromJson)
  return dossier as unknown as Dossier
}

/** Counts of the papers handed in (results and voided papers are not counted): how many, with a digital copy, taken from what the office had. */
export function paperCounts(papers: readonly Paper[]): Pick<Dossier, 'papersTotal' | 'papersDigitised' | 'papersReused'> {
  const handedIn = papers.filter((paper) => paper.kind !== 'result' && !paper.voided)
  return {
    papersTotal: handedIn.length,
    papersDigitised: handedIn.filter((paper) => paper.digitised).length,
    papersReused: handedIn.filter((paper) => paper.reused).length,
  }
}
