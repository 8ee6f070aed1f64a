import type { CountChange } from './rules/facts.ts'
import type { Attachment, Deadlines, Petition, PetitionStage } from './rules/petition.ts'
import type { PetitionEventType } from './rules/petition-transitions.ts'
import type { Rating } from './rules/rating.ts'
import type { PetitionKind } from './rules/settings.ts'

/** What each event of a petition says beside who and when. */
export interface PetitionEventData {
  'petition.filed': { petition: Petition }
  'petition.classified': { kind: PetitionKind; classCode: string }
  'petition.assigned': { assigneeId: string; assigneeName: string }
  'petition.refused': { note: string }
  'petition.asked': { note: string }
  'petition.supplied': { note: string; attachments: readonly Attachment[] } & Deadlines
  'petition.accepted': { note?: string }
  'petition.transferred': { note: string; agencyCode: string } & Deadlines
  'petition.drafted': { answer: string; publish: boolean }
  'petition.sent-back': { note: string }
  'petition.signed': { publish: boolean; publishDueAt: string | null; signedBy: string }
  'petition.published': { title: string; content: string; answer: string }
  'petition.unpublished': { note: string }
  'petition.voted': { voter: string; liked: boolean; before: boolean | null }
  'petition.reraised': { note: string } & Deadlines
  'petition.withdrawn': { note: string }
  'petition.noted': { note: string }
  'petition.fell-late': { dueAt: string }
}

/** What every event of a petition carries: where it stands after, and what it changed in the counts (absent: nothing). */
export interface AfterEvent {
  readonly version: number
  readonly stage: PetitionStage
  readonly count?: CountChange
}

/** One thing that happened to a petition, as the fold reads it. `at` is ISO text. */
export type PetitionEvent = {
  [Type in PetitionEventType]: { readonly type: Type; readonly at: string; readonly data: PetitionEventData[Type] }
}[PetitionEventType]

/** An event decided but not yet written: its data are complete. */
export type DecidedEvent = PetitionEvent & { readonly data: AfterEvent }

/** Events of ratings and of what a dossier has against it. */
export interface RatingEventData {
  'rating.given': { rating: Rating; count?: CountChange }
  'rating.changed': { rating: Rating; count?: CountChange }
  'dossier-mark.set': { dossierId: string; petitions: number; disliked: boolean; count?: CountChange }
}
