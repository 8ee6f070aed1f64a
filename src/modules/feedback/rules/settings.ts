import type { Day } from '../../../kernel/clock.ts'
import type { Text } from '../../../kernel/i18n/index.ts'

interface Dated {
  readonly validFrom: Day
  readonly basis: string
  /** `official`: read in the text; `recalled`: from memory or a secondary source. */
  readonly certainty: 'official' | 'recalled'
}

export interface Criterion {
  readonly code: string
  readonly question: Text
  /** Best answer first. */
  readonly answers: readonly { readonly points: number; readonly text: Text }[]
}

/** What applicants are asked after the return of a result, from a day on. */
export interface Survey extends Dated {
  /** Calendar days after the return in which a dossier may be rated … */
  readonly openDays: number
  /** … and after the rating in which it may be changed. */
  readonly changeDays: number
  readonly criteria: readonly Criterion[]
  /** By the sum of points, highest first. */
  readonly bands: readonly { readonly from: number; readonly name: Text }[]
}

export type PetitionKind = 'procedure' | 'staff'

export interface PetitionClass {
  readonly code: string
  readonly kind: PetitionKind
  readonly name: Text
}

export interface PetitionClasses extends Dated {
  readonly classes: readonly PetitionClass[]
}

/** Working days for each step of a petition. */
export interface PetitionLimits extends Dated {
  readonly refuse: number
  readonly ask: number
  readonly resolve: number
  readonly publish: number
}

/** A province's own time to resolve, from a day on. */
export interface LocalLimit {
  readonly validFrom: Day
  readonly resolveDays: number
  readonly basis: string
}

/** The version in force on a day; before the first, the first. */
export function versionOn<V extends { readonly validFrom: Day }>(versions: readonly V[], day: Day): V {
  const inForce = versions.filter(({ validFrom }) => validFrom <= day)
  const found =
    inForce.reduce<V | undefined>((newest, one) => (newest && newest.validFrom > one.validFrom ? newest : one), undefined) ?? versions[0]
  if (!found) throw new Error('a dated list is empty')
  return found
}

/** Points and band of a survey in which every criterion was answered; undefined when one was not. */
export function bandOf(survey: Survey, scores: Readonly<Record<string, number>>): { points: number; most: number; name: Text } | undefined {
  if (survey.criteria.some(({ code }) => scores[code] === undefined)) return undefined
  const points = survey.criteria.reduce((sum, { code }) => sum + (scores[code] ?? 0), 0)
  const most = survey.criteria.reduce((sum, { answers }) => sum + Math.max(...answers.map((answer) => answer.points)), 0)
  const band = [...survey.bands].sort((a, b) => b.from - a.from).find(({ from }) => points >= from)
  return band && { points, most, name: band.name }
}
