import type { Temporal } from 'temporal-polyfill'
import type { Refusal } from '../../../kernel/errors.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import * as refusals from '../errors.ts'
import type { DecidedEvent, DossierEvent, DossierEventType, EventData, WithLedger } from '../events.ts'
import { countChange } from '../measures.ts'
import type { Clock, Dossier } from './dossier.ts'
import { applyEvent } from './fold.ts'
import { type Action, transitions } from './transitions.ts'

/** What a decision leads to: the events to append and the state after them. */
export interface Decision {
  readonly events: readonly DecidedEvent[]
  readonly next: Dossier
}

export type Decided = Result<Decision, Refusal>

/** Completes an event with where it leads. */
function happen(dossier: Dossier | null, event: DossierEvent): { event: DecidedEvent; next: Dossier } {
  const next = applyEvent(dossier, event)
  const count = countChange(dossier, next)
  const after = { version: next.version, status: next.status, stage: next.stage, ...(count ? { count } : {}) }
  return { event: { ...event, data: { ...event.data, ...after } } as DecidedEvent, next }
}

/** A decision of one event. */
export const one = (dossier: Dossier | null, event: DossierEvent): Decided => {
  const { event: decided, next } = happen(dossier, event)
  return ok({ events: [decided], next })
}

/** A decision of several events, each on the state the one before led to. */
export function several(dossier: Dossier, events: readonly DossierEvent[]): Decided {
  const decided: DecidedEvent[] = []
  let next = dossier
  for (const event of events) {
    const happened = happen(next, event)
    decided.push(happened.event)
    next = happened.next
  }
  return ok({ events: decided, next })
}

export const join = (first: Decision, second: Decision): Decision => ({ events: [...first.events, ...second.events], next: second.next })

export const make = <Type extends DossierEventType>(type: Type, at: Temporal.Instant, data: EventData[Type] & WithLedger): DossierEvent =>
  ({ type, at, data }) as unknown as DossierEvent

/** Whether the table allows the action now; a refusal says where the dossier stands. */
export function permitted(dossier: Dossier, action: Action, note?: string): Refusal | undefined {
  const transition = transitions[action]
  if (!transition.from.includes(dossier.stage)) return refusals.notPossibleNow(action, dossier.stage)
  if (transition.reason && !note?.trim()) return refusals.reasonNeeded
  return undefined
}

export const withNote = (note: string | undefined): { note?: string } => (note?.trim() ? { note: note.trim() } : {})

/** A dossier that came without a clock's ledger (imported) takes this one up with the first event that needs it. */
export const withLedger = (dossier: Dossier, ledger: Clock | null | undefined): { ledger?: Clock } =>
  dossier.clock === null && ledger ? { ledger } : {}
