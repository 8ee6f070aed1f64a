import { Temporal } from 'temporal-polyfill'
import type { Day } from '../../../kernel/clock.ts'
import type { Facts } from '../../indicator/index.ts'
import type { Survey } from './settings.ts'

/** The one question everybody answers. `poor` is the index's dislike. */
export type Level = 'good' | 'fair' | 'poor'
export const levels: readonly Level[] = ['good', 'fair', 'poor']

/** Who said it: the applicant signed in, somebody with the tracking proof, or the applicant at the counter's screen. */
export type RatingSource = 'citizen' | 'tracked' | 'counter'

/** How an applicant rated a dossier. Plain JSON; instants as ISO text. */
export interface Rating {
  readonly id: string
  readonly dossierId: string
  readonly agencyCode: string
  readonly procedureCode: string
  readonly procedureName: string
  readonly channel: Facts['channel']
  readonly officerId: string | null
  readonly officerName: string | null
  readonly level: Level
  /** Points by criterion; only those that were answered. */
  readonly scores: Readonly<Record<string, number>>
  readonly comment: string | null
  readonly source: RatingSource
  /** First day of the survey's version that was asked. */
  readonly criteriaFrom: Day
  readonly givenAt: string
  readonly givenDay: Day
  readonly changedAt: string | null
  readonly version: number
}

const after = (from: string, days: number): Temporal.Instant => Temporal.Instant.from(from).add({ hours: 24 * days })

/** When a returned dossier can no longer be rated. */
export const openUntil = (returnedAt: string, survey: Survey): Temporal.Instant => after(returnedAt, survey.openDays)

/** Whether a rating may still be changed. */
export const mayChange = (rating: Rating, survey: Survey, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(now, after(rating.givenAt, survey.changeDays)) <= 0

/** Scores as given, only of criteria and points that the survey knows. */
export function knownScores(survey: Survey, given: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    survey.criteria.flatMap(({ code, answers }) => {
      const points = given[code]
      return points !== undefined && answers.some((answer) => answer.points === points) ? [[code, points] as const] : []
    }),
  )
}
