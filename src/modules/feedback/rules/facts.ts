import type { Facts } from '../../indicator/index.ts'
import type { Petition } from './petition.ts'
import type { Rating } from './rating.ts'

/**
 * Measures of this room; ids are fixed for ever.
 * - index 5.2 = petition_on_time / petition_judged; 5.3 = (petition_judged − petition_unsatisfied) / petition_judged
 * - index 5.4 = (received − late − dossier_complained) / received, received and late being the dossier room's (1, 4 − 5)
 * - index 5.1 = petition_procedure, petition_staff
 */
export const measureIds = {
  petition_received: 20,
  petition_procedure: 21,
  petition_staff: 22,
  petition_finished: 23,
  petition_judged: 24,
  petition_on_time: 25,
  petition_unsatisfied: 26,
  rating_given: 27,
  rating_disliked: 28,
  dossier_complained: 29,
} as const
export type FeedbackMeasure = keyof typeof measureIds

const idsOf = (counted: Partial<Record<FeedbackMeasure, boolean>>): number[] =>
  (Object.keys(measureIds) as FeedbackMeasure[]).filter((code) => counted[code]).map((code) => measureIds[code])

/** What a change does to the counts; kept in the event, so that a recount needs nothing but the log. */
export interface CountChange {
  readonly before: Facts | null
  readonly after: Facts | null
}

/** Index 5.3: late, raised again, or with more dislikes than likes. One petition counts once, whatever came together. */
export const isUnsatisfied = (petition: Petition): boolean => petition.late || petition.reraised || petition.dislikes > petition.likes

/**
 * What a petition counts for: on the civil day it was filed, at the unit that has it now. A withdrawn one is nobody's any more and
 * counts for nothing. It is judged (in the denominator of 5.2 and 5.3) once it is finished, or late before that.
 */
export function petitionFacts(petition: Petition): Facts | null {
  if (petition.stage === 'withdrawn') return null
  const finished = petition.finishedAt !== null
  const judged = finished || petition.late
  return {
    agency: petition.agencyCode,
    day: petition.filedDay,
    procedure: petition.procedureCode ?? NO_PROCEDURE,
    channel: petition.channel,
    in: idsOf({
      petition_received: true,
      petition_procedure: petition.kind === 'procedure',
      petition_staff: petition.kind === 'staff',
      petition_finished: finished,
      petition_judged: judged,
      petition_on_time: judged && !petition.late,
      petition_unsatisfied: judged && isUnsatisfied(petition),
    }),
  }
}

/** Where a petition about no procedure is counted. */
export const NO_PROCEDURE = '-'

/** A rating counts where its dossier counts: on the day of the rating, at the resolving agency. */
export const ratingFacts = (rating: Rating): Facts => ({
  agency: rating.agencyCode,
  day: rating.givenDay,
  procedure: rating.procedureCode,
  channel: rating.channel,
  in: idsOf({ rating_given: true, rating_disliked: rating.level === 'poor' }),
})

/** Where a dossier counts, as its own events say it. */
export type Place = Pick<Facts, 'agency' | 'day' | 'procedure' | 'channel'>

/** What a dossier has against it. */
export interface DossierMark {
  readonly id: string
  readonly dossierId: string
  readonly petitions: number
  readonly disliked: boolean
  /** Null for a dossier that was never received: it is not counted anywhere. */
  readonly place: Place | null
}

/** Index 5.4: a dossier with a petition or a dislike counts once, however many there are. */
export function markFacts({ place, petitions, disliked }: DossierMark): Facts | null {
  if (!place || (petitions === 0 && !disliked)) return null
  return { agency: place.agency, day: place.day, procedure: place.procedure, channel: place.channel, in: [measureIds.dossier_complained] }
}

/** Whether two marks say the same. */
export const isSameMark = (a: DossierMark, b: DossierMark): boolean =>
  a.petitions === b.petitions &&
  a.disliked === b.disliked &&
  (['agency', 'day', 'procedure', 'channel'] as const).every((key) => a.place?.[key] === b.place?.[key])

/** The change between two states; undefined when the counts do not move. */
export function changeOf(before: Facts | null, after: Facts | null): CountChange | undefined {
  return JSON.stringify(before) === JSON.stringify(after) ? undefined : { before, after }
}

interface Counted {
  readonly agencyCode: string
  readonly day: string
  readonly procedureCode: string
  readonly channel: Facts['channel']
  readonly values: readonly (readonly [measure: number, value: number])[]
}

/** A change as deltas: one when the thing stayed where it counts, two when it moved. */
export function deltasOf(changes: readonly (CountChange | undefined)[]): Counted[] {
  const places = new Map<string, { facts: Facts; values: Map<number, number> }>()
  const add = (facts: Facts | null, sign: 1 | -1): void => {
    if (!facts) return
    const key = [facts.agency, facts.day, facts.procedure, facts.channel].join('\t')
    const place = places.get(key) ?? { facts, values: new Map<number, number>() }
    places.set(key, place)
    for (const id of facts.in) place.values.set(id, (place.values.get(id) ?? 0) + sign)
  }
  for (const change of changes) {
    add(change?.after ?? null, 1)
    add(change?.before ?? null, -1)
  }
  return [...places.values()].flatMap(({ facts, values }) => {
    const kept = [...values].filter(([, value]) => value !== 0)
    return kept.length === 0
      ? []
      : [{ agencyCode: facts.agency, day: facts.day, procedureCode: facts.procedure, channel: facts.channel, values: kept }]
  })
}
