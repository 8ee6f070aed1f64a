import type { PetitionEvent } from '../events.ts'
import type { Deadlines, Petition } from './petition.ts'
import { transitionOf } from './petition-transitions.ts'

/** An event that cannot follow this state: the log is damaged, or a bug wrote it. */
export class BrokenHistory extends Error {}

/** ISO texts of instants, compared as instants: one may carry milliseconds and another none. */
const isAfter = (a: string, b: string | null): boolean => b !== null && Date.parse(a) > Date.parse(b)

const deadlines = ({ refuseDueAt, askDueAt, dueAt, dueExplanation, indexDueAt }: Deadlines): Deadlines => ({
  refuseDueAt,
  askDueAt,
  dueAt,
  dueExplanation,
  indexDueAt,
})

const UNSIGNED = { answer: null, publish: false, signedAt: null, signedBy: null, publishDueAt: null, public: null, publishedAt: null }

/** What an event changes beside the stage and the version. */
function changesOf(petition: Petition, event: Exclude<PetitionEvent, { type: 'petition.filed' }>): Partial<Petition> {
  const { at } = event
  const finished = { finishedAt: petition.finishedAt ?? at }
  switch (event.type) {
    case 'petition.classified':
      return { kind: event.data.kind, classCode: event.data.classCode }
    case 'petition.assigned':
      return { assigneeId: event.data.assigneeId, assigneeName: event.data.assigneeName }
    case 'petition.refused':
      return { ...finished, late: petition.late || isAfter(at, petition.refuseDueAt) }
    case 'petition.asked':
      return { askedAt: at, question: event.data.note, late: petition.late || isAfter(at, petition.askDueAt) }
    case 'petition.supplied':
      return {
        ...deadlines(event.data),
        askedAt: null,
        pauses: [...petition.pauses, { from: petition.askedAt ?? at, to: at }],
        attachments: [...petition.attachments, ...event.data.attachments],
      }
    case 'petition.transferred':
      return { ...deadlines(event.data), agencyCode: event.data.agencyCode, atUnitSince: at, assigneeId: null, assigneeName: null }
    case 'petition.drafted':
      return { answer: event.data.answer, publish: event.data.publish }
    case 'petition.signed':
      return {
        stage: event.data.publish ? 'publishing' : 'answered',
        signedAt: at,
        signedBy: event.data.signedBy,
        publishDueAt: event.data.publishDueAt,
        late: petition.late || isAfter(at, petition.indexDueAt),
        ...(event.data.publish ? {} : finished),
      }
    case 'petition.published': {
      const { title, content, answer } = event.data
      return { ...finished, public: { title, content, answer }, publishedAt: at, late: petition.late || isAfter(at, petition.publishDueAt) }
    }
    case 'petition.unpublished':
      return { public: null, publishedAt: null }
    case 'petition.voted': {
      const { liked, before } = event.data
      return {
        likes: petition.likes + (liked ? 1 : 0) - (before === true ? 1 : 0),
        dislikes: petition.dislikes + (liked ? 0 : 1) - (before === false ? 1 : 0),
      }
    }
    case 'petition.reraised':
      return { ...deadlines(event.data), ...UNSIGNED, reraised: true, clockFrom: at, atUnitSince: at, pauses: [] }
    case 'petition.fell-late':
      return { late: true }
    default:
      return {}
  }
}

/** The state after an event. Commands use it to make the next state, a rebuild uses it to make the same state again. */
export function applyEvent(petition: Petition | null, event: PetitionEvent): Petition {
  if (event.type === 'petition.filed') {
    if (petition) throw new BrokenHistory(`petition ${petition.id} was filed twice`)
    return event.data.petition
  }
  if (!petition) throw new BrokenHistory(`${event.type} before the petition was filed`)
  const transition = transitionOf(event.type)
  if (!transition?.from.includes(petition.stage)) throw new BrokenHistory(`${event.type} on petition ${petition.id} at ${petition.stage}`)
  return {
    ...petition,
    ...(transition.to ? { stage: transition.to } : {}),
    ...changesOf(petition, event),
    version: petition.version + 1,
  }
}

/** The state that a history leads to. */
export function foldEvents(events: Iterable<PetitionEvent>): Petition | null {
  let petition: Petition | null = null
  for (const event of events) petition = applyEvent(petition, event)
  return petition
}
