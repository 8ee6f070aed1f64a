import type { Temporal } from 'temporal-polyfill'
import type { Refusal } from '../../../kernel/errors.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import * as refusals from '../errors.ts'
import type { DecidedEvent, PetitionEvent, PetitionEventData } from '../events.ts'
import { changeOf, petitionFacts } from './facts.ts'
import { personalTraces } from './personal-data.ts'
import type { Petition } from './petition.ts'
import { applyEvent } from './petition-fold.ts'
import { type PetitionAction, type PetitionEventType, petitionTransitions } from './petition-transitions.ts'

/** What a decision leads to: the event to append and the state after it. */
export interface PetitionDecision {
  readonly event: DecidedEvent
  readonly next: Petition
}

export type Decided = Result<PetitionDecision, Refusal>

type EventOf<A extends PetitionAction> = PetitionEventType & (typeof eventOf)[A]
const eventOf = {
  classify: 'petition.classified',
  assign: 'petition.assigned',
  refuse: 'petition.refused',
  ask: 'petition.asked',
  supply: 'petition.supplied',
  accept: 'petition.accepted',
  transfer: 'petition.transferred',
  draft: 'petition.drafted',
  'send-back': 'petition.sent-back',
  sign: 'petition.signed',
  publish: 'petition.published',
  unpublish: 'petition.unpublished',
  vote: 'petition.voted',
  reraise: 'petition.reraised',
  withdraw: 'petition.withdrawn',
  note: 'petition.noted',
  'fall-late': 'petition.fell-late',
} as const satisfies { [A in PetitionAction]: PetitionEventType }

/** Completes an event with where it leads. */
function happen(petition: Petition | null, event: PetitionEvent): PetitionDecision {
  const next = applyEvent(petition, event)
  const count = changeOf(petition && petitionFacts(petition), petitionFacts(next))
  const data = { ...event.data, version: next.version, stage: next.stage, ...(count ? { count } : {}) }
  return { event: { ...event, data } as unknown as DecidedEvent, next }
}

/** A petition comes into being. */
export const decideFile = (petition: Petition): PetitionDecision =>
  happen(null, { type: 'petition.filed', at: petition.filedAt, data: { petition } })

const wordsOf = (data: object): string => {
  const { note, answer } = data as { note?: string; answer?: string }
  return (answer ?? note ?? '').trim()
}

/** What an action needs beside its place in the table. */
function objection<A extends PetitionAction>(petition: Petition, action: A, data: PetitionEventData[EventOf<A>]): Refusal | undefined {
  if (action === 'accept' || action === 'draft') return petition.kind === null ? refusals.notClassified : undefined
  if (action === 'reraise') return petition.reraised ? refusals.alreadyReraised : undefined
  if (action === 'transfer')
    return (data as PetitionEventData['petition.transferred']).agencyCode === petition.agencyCode ? refusals.sameUnit : undefined
  if (action === 'assign') {
    const { assigneeId, assigneeName } = data as PetitionEventData['petition.assigned']
    return assigneeId === petition.assigneeId ? refusals.alreadyTheirs(assigneeName) : undefined
  }
  if (action === 'fall-late') return petition.late ? refusals.notPossibleNow(action, petition.stage) : undefined
  if (action === 'publish') {
    const { title, content, answer } = data as PetitionEventData['petition.published']
    const names = [petition.name]
    const traces = [...[title, content].flatMap((text) => personalTraces(text, names)), ...personalTraces(answer, names, 'office')]
    return traces.length > 0 ? refusals.personalDataLeft(traces.map(({ found }) => found)) : undefined
  }
  return undefined
}

/**
 * Whether an action is possible now, and what follows from it. The table says from where and to where; words that somebody will read
 * must be there. Refusals: petition.not-possible-now, petition.words-needed, petition.not-classified, petition.already-reraised,
 * petition.same-unit, petition.already-theirs, petition.personal-data-left.
 */
export function decide<A extends PetitionAction>(
  petition: Petition,
  action: A,
  data: PetitionEventData[EventOf<A>],
  now: Temporal.Instant,
): Decided {
  const transition = petitionTransitions[action]
  if (!transition.from.includes(petition.stage)) return refuse(refusals.notPossibleNow(action, petition.stage))
  if (transition.words && wordsOf(data) === '') return refuse(refusals.wordsNeeded(action))
  const refusal = objection(petition, action, data)
  if (refusal) return refuse(refusal)
  return ok(happen(petition, { type: eventOf[action], at: now.toString(), data } as unknown as PetitionEvent))
}
