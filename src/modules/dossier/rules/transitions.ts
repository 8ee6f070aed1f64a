import type { DossierEventType } from '../events.ts'
import { type Stage, type Status, stages } from './dossier.ts'

/** What people do to a dossier once it has been submitted. */
export type Action =
  | 'receive'
  | 'refuse'
  | 'assign'
  | 'note'
  | 'request-supplement'
  | 'answer-supplement'
  | 'submit-for-signature'
  | 'send-back'
  | 'issue'
  | 'return'
  | 'withdraw'
  | 'stop'
  | 'pay'
  | 'digitise'
  | 'request-payment'
  | 'settle-payment'
  | 'extend'
  | 'reschedule'
  | 'recall'
  | 'mark-uncollected'
  | 'resume'
  | 'transfer'
  | 'correct'
  | 'undo'

export interface Transition {
  readonly event: DossierEventType
  readonly from: readonly Stage[]
  /** Where it usually goes; absent: it stays where it is, or the event says where. */
  readonly to?: { readonly stage: Stage; readonly status: Status }
  /** A reason in words must be given, because the applicant will read it. */
  readonly reason?: true
}

/** Not closed: refused, stopped and returned dossiers are. */
const open = stages.filter((stage) => stage !== 'closed')

/**
 * The whole life of a dossier. One-stop mechanism (NĐ 118/2025/NĐ-CP; forms of TT 03/2025/TT-VPCP), status codes of the National
 * Portal. `to` is where a step usually leads; the fold says where it leads when nobody has received the dossier yet or nobody holds it.
 * Closed dossiers stay closed: only the undoing of a step taken by mistake leads out, and only to where that step came from.
 */
export const transitions: Readonly<Record<Action, Transition>> = {
  receive: { event: 'dossier.received', from: ['submitted'], to: { stage: 'received', status: 2 } },
  refuse: { event: 'dossier.refused', from: ['submitted', 'supplement'], to: { stage: 'closed', status: 3 }, reason: true },
  assign: { event: 'dossier.assigned', from: ['received', 'processing'], to: { stage: 'processing', status: 4 } },
  note: { event: 'dossier.noted', from: open, reason: true },
  'request-supplement': {
    event: 'dossier.supplement-requested',
    from: ['submitted', 'received', 'processing'],
    to: { stage: 'supplement', status: 5 },
    reason: true,
  },
  'answer-supplement': { event: 'dossier.supplement-answered', from: ['supplement'], to: { stage: 'processing', status: 4 } },
  'submit-for-signature': { event: 'dossier.submitted-for-signature', from: ['processing'], to: { stage: 'signing', status: 4 } },
  'send-back': { event: 'dossier.sent-back', from: ['signing'], to: { stage: 'processing', status: 4 }, reason: true },
  issue: { event: 'dossier.issued', from: ['signing', 'payment'], to: { stage: 'ready', status: 9 } },
  return: { event: 'dossier.returned', from: ['ready'], to: { stage: 'closed', status: 10 } },
  withdraw: {
    event: 'dossier.withdrawn',
    from: ['submitted', 'received', 'processing', 'signing', 'supplement', 'payment'],
    to: { stage: 'withdrawn', status: 7 },
    reason: true,
  },
  stop: {
    event: 'dossier.stopped',
    from: ['received', 'processing', 'supplement', 'payment', 'withdrawn'],
    to: { stage: 'closed', status: 8 },
    reason: true,
  },
  pay: { event: 'dossier.paid', from: open },
  digitise: { event: 'dossier.paper-digitised', from: open },
  'request-payment': {
    event: 'dossier.payment-requested',
    from: ['received', 'processing'],
    to: { stage: 'payment', status: 6 },
    reason: true,
  },
  'settle-payment': { event: 'dossier.payment-settled', from: ['payment'], to: { stage: 'processing', status: 4 } },
  extend: { event: 'dossier.extended', from: ['received', 'processing', 'signing'], reason: true },
  reschedule: { event: 'dossier.rescheduled', from: ['received', 'processing', 'signing', 'supplement', 'payment'], reason: true },
  recall: { event: 'dossier.recalled', from: ['ready'], to: { stage: 'processing', status: 4 }, reason: true },
  'mark-uncollected': { event: 'dossier.uncollected', from: ['ready'] },
  resume: { event: 'dossier.resumed', from: ['withdrawn'], to: { stage: 'processing', status: 4 }, reason: true },
  transfer: { event: 'dossier.transferred', from: open, reason: true },
  correct: { event: 'dossier.details-corrected', from: stages, reason: true },
  undo: { event: 'dossier.undone', from: stages, reason: true },
}

export const actions = Object.keys(transitions) as Action[]

export const isAction = (name: string): name is Action => Object.hasOwn(transitions, name)

const byEvent = new Map(Object.values(transitions).map((transition) => [transition.event, transition]))

/** Kinds of event that make a dossier what it is: what its state is folded from. */
export const foldedTypes: readonly DossierEventType[] = [
  'dossier.submitted',
  'dossier.imported',
  'dossier.corrected',
  ...Object.values(transitions).map(({ event }) => event),
]

export const transitionOf = (event: DossierEventType): Transition | undefined => byEvent.get(event)

/** What can be done now, by the stage alone; permission is asked elsewhere. */
export const possibleActions = (stage: Stage): Action[] => actions.filter((action) => transitions[action].from.includes(stage))
