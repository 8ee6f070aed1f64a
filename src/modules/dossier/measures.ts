import type { Day } from '../../kernel/clock.ts'
import type { Channel, Delta } from '../../kernel/events.ts'
import type { Moment, Recorded } from './rules/dossier.ts'
import { openReason } from './rules/fold.ts'

/** Measure ids are fixed for ever: they are stored in deltas and cells. */
export const measureIds = {
  received: 1,
  online: 2,
  assisted: 3,
  finished: 4,
  on_time: 5,
  fee_due: 6,
  paid_online: 7,
  digitised: 8,
  reused: 9,
  electronic_result: 10,
  reappointed: 11,
  supplement_late: 12,
  waiting_on_time: 13,
  online_complete: 14,
  result_due: 15,
  result_given: 16,
  digitised_complete: 17,
  population_data: 18,
  waiting: 19,
} as const
export type MeasureCode = keyof typeof measureIds

/** What one dossier counts for, and where. A dossier belongs to the civil day of its reception. */
export interface Facts {
  readonly agency: string
  readonly day: Day
  readonly procedure: string
  readonly channel: Channel
  /** Ids of the measures it counts in; each counts 1. */
  readonly in: readonly number[]
}

type Counted = Pick<
  Recorded,
  | 'agencyCode'
  | 'procedureCode'
  | 'channel'
  | 'assisted'
  | 'receivedAt'
  | 'receivedDay'
  | 'completedAt'
  | 'returnedAt'
  | 'closedAt'
  | 'pausedAt'
  | 'clock'
  | 'dueAt'
  | 'feeVnd'
  | 'paidOnline'
  | 'papersTotal'
  | 'papersDigitised'
  | 'papersReused'
  | 'resultElectronic'
  | 'returnsResult'
  | 'submitterId'
  | 'stage'
  | 'status'
  | 'extensions'
  | 'supplementRequests'
  | 'intakeSupplements'
>

/**
 * When work on a received dossier ended: completion (9) before return (10) before withdrawal or stop (7, 8); a dossier stopped while
 * it waited for the applicant ended when it began to wait. Null while work goes on. (QĐ 766, rule 2.1.)
 */
export function endOf(dossier: Counted): Moment | null {
  if (dossier.completedAt) return dossier.completedAt
  if (dossier.returnedAt) return dossier.returnedAt
  return dossier.closedAt && (dossier.pausedAt ?? dossier.closedAt)
}

/** It was closed while it waited for its applicant's papers, which never came. */
const closedWaiting = (dossier: Counted): boolean =>
  !dossier.completedAt && !dossier.returnedAt && dossier.pausedAt !== null && openReason(dossier.clock) === 'supplement'

const isBy = (end: Moment | null, due: Moment | null): boolean =>
  end !== null && due !== null && end.epochMilliseconds <= due.epochMilliseconds

/**
 * What a dossier counts for; null before it is received. On time: the end is not after the due time. The due time has already been
 * moved by the working time the applicant took, which is the same as taking that time off the end; one still waiting after a
 * request has not ended and so is not on time, and one that was asked twice and closed without an answer is late. (QĐ 766, rule 2.1.)
 */
export function factsOf(dossier: Counted): Facts | null {
  if (!dossier.receivedAt || !dossier.receivedDay) return null
  const end = endOf(dossier)
  const digitised = dossier.papersTotal > 0 && dossier.papersDigitised === dossier.papersTotal
  // Lists of missing papers sent before reception are no business of the index.
  const rounds = dossier.supplementRequests - dossier.intakeSupplements
  const waits = dossier.stage === 'supplement'
  // A refused, withdrawn or stopped dossier (3, 7, 8) owes no document any more, also where a file says when its notice was handed out.
  const resultDue = dossier.returnsResult && (dossier.completedAt ?? dossier.returnedAt) !== null && ![3, 7, 8].includes(dossier.status)
  const counted: Record<MeasureCode, boolean> = {
    received: true,
    online: dossier.channel === 'online',
    assisted: dossier.assisted,
    finished: end !== null,
    on_time: isBy(end, dossier.dueAt) && !(rounds > 1 && closedWaiting(dossier)),
    fee_due: dossier.feeVnd > 0,
    paid_online: dossier.feeVnd > 0 && dossier.paidOnline,
    digitised,
    reused: dossier.papersReused > 0,
    electronic_result: dossier.resultElectronic,
    reappointed: dossier.extensions > 0,
    supplement_late: rounds > 1,
    // Rule 2.1: one that waits for the applicant ended when it was asked for; a second open list is late, whenever it was sent.
    waiting_on_time: waits && rounds <= 1 && isBy(dossier.pausedAt, dossier.dueAt),
    // QĐ 766, rule 3.3: an online dossier that owes a document counts only with its electronic result.
    online_complete: dossier.channel === 'online' && (dossier.resultElectronic || !dossier.returnsResult),
    result_due: resultDue,
    result_given: resultDue && dossier.resultElectronic,
    // Rule 4.2: papers and result, each with its file.
    digitised_complete: digitised && (dossier.resultElectronic || !dossier.returnsResult),
    // Rule 4.5: a person's own account is verified against the population database (VNeID).
    population_data: dossier.submitterId !== null,
    waiting: waits,
  }
  return {
    agency: dossier.agencyCode,
    day: dossier.receivedDay,
    procedure: dossier.procedureCode,
    channel: dossier.channel,
    in: (Object.keys(measureIds) as MeasureCode[]).filter((code) => counted[code]).map((code) => measureIds[code]),
  }
}

/** Facts as one number: bit (id − 1) is set for each measure. The stored row keeps it, so a figure opens to exactly its dossiers. */
export const bitsOf = (facts: Facts | null): number => (facts?.in ?? []).reduce((bits, id) => bits | (1 << (id - 1)), 0)

export const bitOf = (code: MeasureCode): number => 1 << (measureIds[code] - 1)

const placeOf = (facts: Facts): string => `${facts.agency}\t${facts.day}\t${facts.procedure}\t${facts.channel}`

/** Sums signed facts into one delta a place (agency, day, procedure, channel); places and measures that cancel out are left out. */
export function sumFacts(signed: Iterable<readonly [facts: Facts | null, sign: 1 | -1]>): Delta[] {
  const places = new Map<string, { facts: Facts; values: Map<number, number> }>()
  for (const [facts, sign] of signed) {
    if (!facts) continue
    const key = placeOf(facts)
    let place = places.get(key)
    if (!place) {
      place = { facts, values: new Map() }
      places.set(key, place)
    }
    for (const id of facts.in) place.values.set(id, (place.values.get(id) ?? 0) + sign)
  }
  return [...places.values()].flatMap(({ facts, values }) => {
    const kept = [...values].filter(([, value]) => value !== 0).sort(([a], [b]) => a - b)
    return kept.length === 0
      ? []
      : [{ agencyCode: facts.agency, day: facts.day, procedureCode: facts.procedure, channel: facts.channel, values: kept }]
  })
}

/** What a change adds to and takes from the counts: facts after minus facts before, at both places when the dossier moved. */
export const deltasOf = (before: Counted | null, after: Counted): Delta[] =>
  sumFacts([
    [factsOf(after), 1],
    [before && factsOf(before), -1],
  ])

/** What an event changed in the counts; kept in the event, so that a recount needs nothing but the log. */
export interface CountChange {
  readonly before: Facts | null
  readonly after: Facts | null
}

const sameFacts = (a: Facts | null, b: Facts | null): boolean =>
  a === b || (a !== null && b !== null && placeOf(a) === placeOf(b) && bitsOf(a) === bitsOf(b))

/** The change between two states; undefined when the counts do not move. */
export function countChange(before: Counted | null, after: Counted): CountChange | undefined {
  const change = { before: before && factsOf(before), after: factsOf(after) }
  return sameFacts(change.before, change.after) ? undefined : change
}

/** An event as a recount needs it. */
export interface CountedEvent {
  readonly data: object
}

/** The deltas an event caused, from the event alone. */
export function deltasOfEvent(event: CountedEvent): Delta[] {
  const { count } = event.data as { count?: CountChange }
  return count
    ? sumFacts([
        [count.after, 1],
        [count.before, -1],
      ])
    : []
}

/** Counts from the event log alone, in whatever order the events come. Must equal cells plus pending deltas. */
export const recountFrom = (events: Iterable<CountedEvent>): Delta[] =>
  sumFacts(
    [...events].flatMap((event) => {
      const { count } = event.data as { count?: CountChange }
      return count
        ? ([
            [count.after, 1],
            [count.before, -1],
          ] as const)
        : []
    }),
  )
