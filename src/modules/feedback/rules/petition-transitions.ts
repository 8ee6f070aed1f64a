import { openStages, type PetitionStage } from './petition.ts'

/** What people (and the watch over deadlines) do to a petition after it was filed. */
export type PetitionAction =
  | 'classify'
  | 'assign'
  | 'refuse'
  | 'ask'
  | 'supply'
  | 'accept'
  | 'transfer'
  | 'draft'
  | 'send-back'
  | 'sign'
  | 'publish'
  | 'unpublish'
  | 'vote'
  | 'reraise'
  | 'withdraw'
  | 'note'
  | 'fall-late'

export type PetitionEventType =
  | 'petition.filed'
  | 'petition.classified'
  | 'petition.assigned'
  | 'petition.refused'
  | 'petition.asked'
  | 'petition.supplied'
  | 'petition.accepted'
  | 'petition.transferred'
  | 'petition.drafted'
  | 'petition.sent-back'
  | 'petition.signed'
  | 'petition.published'
  | 'petition.unpublished'
  | 'petition.voted'
  | 'petition.reraised'
  | 'petition.withdrawn'
  | 'petition.noted'
  | 'petition.fell-late'

export interface PetitionTransition {
  readonly event: Exclude<PetitionEventType, 'petition.filed'>
  readonly from: readonly PetitionStage[]
  /** Where it goes; absent: it stays, or the event says where. */
  readonly to?: PetitionStage
  /** Words must be given, because somebody will read them. */
  readonly words?: true
  /** The petitioner's own step. */
  readonly byPetitioner?: true
}

/** The whole life of a petition (NĐ 20/2008/NĐ-CP as amended; deadlines of index 5.2). */
export const petitionTransitions: Readonly<Record<PetitionAction, PetitionTransition>> = {
  classify: { event: 'petition.classified', from: ['received', 'processing'] },
  assign: { event: 'petition.assigned', from: ['received', 'processing'] },
  refuse: { event: 'petition.refused', from: ['received'], to: 'refused', words: true },
  ask: { event: 'petition.asked', from: ['received'], to: 'clarifying', words: true },
  supply: { event: 'petition.supplied', from: ['clarifying'], to: 'received', words: true, byPetitioner: true },
  accept: { event: 'petition.accepted', from: ['received'], to: 'processing' },
  transfer: { event: 'petition.transferred', from: ['received', 'processing'], to: 'received', words: true },
  draft: { event: 'petition.drafted', from: ['processing'], to: 'signing', words: true },
  'send-back': { event: 'petition.sent-back', from: ['signing'], to: 'processing', words: true },
  sign: { event: 'petition.signed', from: ['signing'] },
  publish: { event: 'petition.published', from: ['publishing'], to: 'published' },
  unpublish: { event: 'petition.unpublished', from: ['published'], to: 'answered', words: true },
  vote: { event: 'petition.voted', from: ['published', 'answered'], byPetitioner: true },
  reraise: { event: 'petition.reraised', from: ['published', 'answered', 'refused'], to: 'processing', words: true, byPetitioner: true },
  withdraw: {
    event: 'petition.withdrawn',
    from: ['received', 'clarifying', 'processing'],
    to: 'withdrawn',
    words: true,
    byPetitioner: true,
  },
  note: { event: 'petition.noted', from: openStages, words: true },
  'fall-late': { event: 'petition.fell-late', from: ['received', 'processing', 'signing', 'publishing'] },
}

export const petitionActions = Object.keys(petitionTransitions) as PetitionAction[]

const byEvent = new Map(Object.values(petitionTransitions).map((transition) => [transition.event as string, transition]))

export const transitionOf = (event: string): PetitionTransition | undefined => byEvent.get(event)

/** What can be done now, by the stage alone. */
export const possibleActions = (stage: PetitionStage): PetitionAction[] =>
  petitionActions.filter((action) => petitionTransitions[action].from.includes(stage))
