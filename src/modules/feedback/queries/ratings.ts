import { Temporal } from 'temporal-polyfill'
import { type Day, dayOf } from '../../../kernel/clock.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { feedbackSettings } from '../files.ts'
import { mayChange, openUntil, type Rating } from '../rules/rating.ts'
import { type Survey, versionOn } from '../rules/settings.ts'
import * as store from '../store.ts'
import { type Asker, deniedTo, type QueryHost, reachedCodes, readerOf } from './reader.ts'

/** How a returned dossier may be rated now. */
export interface RatingState {
  readonly survey: Survey
  readonly rating: Rating | null
  /** May be given, or changed. */
  readonly open: boolean
}

/**
 * Whether a dossier may be rated, and how it was. Who may see that, the door has asked before: it shows the dossier itself.
 */
export async function ratingState(host: QueryHost, asker: Asker, dossierId: string): Promise<RatingState> {
  const { surveys } = await feedbackSettings()
  const now = host.clock()
  const { dossier, rating } = await host.db.read(asker.province, async (tx) => ({
    dossier: await store.readDossier(tx, dossierId),
    rating: await store.findRating(tx, dossierId),
  }))
  const returnedAt = dossier?.returnedAt ?? null
  const survey = versionOn(surveys, returnedAt === null ? dayOf(now) : dayOf(Temporal.Instant.from(returnedAt)))
  const open =
    returnedAt !== null && (rating ? mayChange(rating, survey, now) : Temporal.Instant.compare(now, openUntil(returnedAt, survey)) <= 0)
  return { survey, rating: rating ?? null, open }
}

/** Fewer ratings than this say nothing about one person, and would tell who said it. */
export const SMALL = 5

export interface FigureLine {
  readonly key: string
  readonly name: string
  readonly n: number
  readonly good: number
  readonly fair: number
  readonly poor: number
}

export interface RatingFigures {
  readonly total: FigureLine
  readonly units: readonly FigureLine[]
  readonly procedures: readonly FigureLine[]
  /** Only officers with at least five ratings; the others together are the last number. */
  readonly officers: readonly FigureLine[]
  readonly smallOfficers: { readonly officers: number; readonly n: number }
  /** Average points of each criterion, with how many answered it. */
  readonly criteria: readonly { readonly code: string; readonly n: number; readonly points: number }[]
  readonly comments: Awaited<ReturnType<typeof store.comments>>
  readonly survey: Survey
}

/** How dossiers were rated in a period, over the units of the officer's reach: by unit, procedure and officer, each with its n. */
export async function ratingFigures(host: QueryHost, asker: Asker, period: { from: Day; to: Day }): Promise<Result<RatingFigures>> {
  const reader = await readerOf(host, asker)
  if (reader.actor.kind === 'citizen' || !reader.access.can(reader.actor, 'feedback.figures')) return refuse(deniedTo(reader.actor))
  const asked = { ...period, agencyCodes: reachedCodes(reader, 'feedback.figures') }
  const { surveys } = await feedbackSettings()
  const [units, procedures, officers, criteria, said] = await reader.read(
    async (tx) =>
      [
        await store.sumRatings(tx, 'unit', asked),
        await store.sumRatings(tx, 'procedure', asked),
        await store.sumRatings(tx, 'officer', asked),
        await store.sumCriteria(tx, asked),
        await store.comments(tx, asked),
      ] as const,
  )
  const named = officers.filter(({ key }) => key !== '')
  const small = named.filter(({ n }) => n < SMALL)
  const sum = (of: (line: FigureLine) => number): number => units.reduce((all, line) => all + of(line), 0)
  return ok({
    total: {
      key: '',
      name: '',
      n: sum(({ n }) => n),
      good: sum(({ good }) => good),
      fair: sum(({ fair }) => fair),
      poor: sum(({ poor }) => poor),
    },
    units: units.map((line) => ({ ...line, name: reader.directory.name(line.key, period.to) })),
    procedures,
    officers: named.filter(({ n }) => n >= SMALL),
    smallOfficers: { officers: small.length, n: small.reduce((all, { n }) => all + n, 0) },
    criteria,
    comments: said,
    survey: versionOn(surveys, period.to),
  })
}
