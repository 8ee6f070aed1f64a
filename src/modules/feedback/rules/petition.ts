import type { Day } from '../../../kernel/clock.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import type { Facts } from '../../indicator/index.ts'
import type { PetitionKind } from './settings.ts'

/**
 * Where a petition stands.
 * - `received`: somebody must read, sort and decide; `clarifying`: the petitioner was asked for more, the clock stands still
 * - `processing`: accepted, an answer is being worked out; `signing`: the answer waits for the unit head
 * - `publishing`: signed, waits for publication; `published`; `answered`: signed and told to the petitioner alone
 * - `refused`, `withdrawn`
 */
export type PetitionStage =
  | 'received'
  | 'clarifying'
  | 'processing'
  | 'signing'
  | 'publishing'
  | 'published'
  | 'answered'
  | 'refused'
  | 'withdrawn'

export const petitionStages: readonly PetitionStage[] = [
  'received',
  'clarifying',
  'processing',
  'signing',
  'publishing',
  'published',
  'answered',
  'refused',
  'withdrawn',
]

/** Somebody in the office, or the petitioner, still has something to do. */
export const openStages: readonly PetitionStage[] = ['received', 'clarifying', 'processing', 'signing', 'publishing']

export interface Attachment {
  readonly name: string
  readonly sha256: string
  readonly size: number
  readonly type: string
}

/** A stretch in which the clock stands still. Instants as ISO text. */
export interface Pause {
  readonly from: string
  readonly to: string
}

/** By when which step is due. Instants as ISO text. */
export interface Deadlines {
  /** Latest time to refuse and to ask for more, counted from when this unit got it. */
  readonly refuseDueAt: string
  readonly askDueAt: string
  /** To resolve, as this province promised; with the reason. */
  readonly dueAt: string
  readonly dueExplanation: readonly Text[]
  /** To resolve, as the national index counts. */
  readonly indexDueAt: string
}

/** A petition (phản ánh, kiến nghị về thủ tục hành chính). Plain JSON: instants as ISO text, so that events keep it as it is. */
export interface Petition extends Deadlines {
  readonly id: string
  readonly reference: string
  readonly version: number
  readonly stage: PetitionStage
  readonly filedAt: string
  /** Civil day of filing: what it is counted on. */
  readonly filedDay: Day
  readonly channel: Facts['channel']
  readonly personId: string | null
  readonly name: string
  readonly phone: string | null
  /** A dossier it is about, only when whoever filed it proved it to be theirs. */
  readonly dossierId: string | null
  readonly dossierCode: string | null
  readonly procedureCode: string | null
  readonly procedureName: string | null
  readonly content: string
  readonly attachments: readonly Attachment[]
  /** The petitioner agrees to its publication without their name. */
  readonly mayPublish: boolean
  readonly agencyCode: string
  /** When the unit that has it now got it. */
  readonly atUnitSince: string
  readonly kind: PetitionKind | null
  readonly classCode: string | null
  readonly assigneeId: string | null
  readonly assigneeName: string | null
  /** When the clock of the present round began: filing, or raising it again. */
  readonly clockFrom: string
  readonly askedAt: string | null
  readonly question: string | null
  readonly pauses: readonly Pause[]
  readonly answer: string | null
  /** The unit wants the answer published. */
  readonly publish: boolean
  readonly signedAt: string | null
  readonly signedBy: string | null
  readonly publishDueAt: string | null
  readonly public: { readonly title: string; readonly content: string; readonly answer: string } | null
  readonly publishedAt: string | null
  /** First time it was refused, answered or published; kept when it is raised again. */
  readonly finishedAt: string | null
  /** A step missed a limit that the national index counts. */
  readonly late: boolean
  readonly reraised: boolean
  readonly likes: number
  readonly dislikes: number
}

/** What is known when a petition comes in. */
export type NewPetition = Pick<
  Petition,
  | 'id'
  | 'reference'
  | 'filedAt'
  | 'filedDay'
  | 'channel'
  | 'personId'
  | 'name'
  | 'phone'
  | 'dossierId'
  | 'dossierCode'
  | 'procedureCode'
  | 'procedureName'
  | 'content'
  | 'attachments'
  | 'mayPublish'
  | 'agencyCode'
  | keyof Deadlines
>

export const newPetition = (known: NewPetition): Petition => ({
  ...known,
  version: 1,
  stage: 'received',
  atUnitSince: known.filedAt,
  kind: null,
  classCode: null,
  assigneeId: null,
  assigneeName: null,
  clockFrom: known.filedAt,
  askedAt: null,
  question: null,
  pauses: [],
  answer: null,
  publish: false,
  signedAt: null,
  signedBy: null,
  publishDueAt: null,
  public: null,
  publishedAt: null,
  finishedAt: null,
  late: false,
  reraised: false,
  likes: 0,
  dislikes: 0,
})

/** What somebody waits for now, and until when; null while the clock stands still or nothing is left to do. */
export function dueNow(petition: Petition): { readonly at: string; readonly indexAt: string } | null {
  if (petition.stage === 'publishing')
    return petition.publishDueAt === null ? null : { at: petition.publishDueAt, indexAt: petition.publishDueAt }
  if (petition.stage === 'received' || petition.stage === 'processing' || petition.stage === 'signing')
    return { at: petition.dueAt, indexAt: petition.indexDueAt }
  return null
}
