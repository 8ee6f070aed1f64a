import { Temporal } from 'temporal-polyfill'
import { allow } from '../../../kernel/access/index.ts'
import { dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { Refused } from '../../../kernel/errors.ts'
import { type NewEvent, record } from '../../../kernel/events.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { notRatable, ratedAtCounter, ratingSettled } from '../errors.ts'
import { feedbackSettings } from '../files.ts'
import { changeOf, deltasOf, ratingFacts } from '../rules/facts.ts'
import { knownScores, type Level, mayChange, openUntil, type Rating, type RatingSource } from '../rules/rating.ts'
import { versionOn } from '../rules/settings.ts'
import * as store from '../store.ts'
import { changeMark } from './step.ts'

export interface RateDossier {
  readonly dossierId: string
  readonly level: Level
  /** Points by criterion; none is needed. */
  readonly scores?: Readonly<Record<string, number>>
  readonly comment?: string | undefined
  /**
   * The dossier room's tracking page let this person in (code and phone digits): the door that calls this has asked it. Without it only
   * the applicant, signed in, or an officer who turns the screen to them.
   */
  readonly tracked?: boolean
}

/** What a rating answers. */
export interface RatingView {
  readonly id: string
  readonly dossierId: string
  readonly level: Level
  readonly version: number
}

/** Step 1: by whom, and whether they may. */
function sourceOf(cx: Context, dossier: store.DossierFacts, tracked: boolean): RatingSource {
  const { actor } = cx
  if (tracked) return 'tracked'
  if (actor.kind === 'officer') {
    allow(cx, 'feedback.kiosk', { agencyCode: dossier.agencyCode })
    return 'counter'
  }
  const named = actor.kind === 'citizen' && actor.personalNumber !== undefined && actor.personalNumber === dossier.applicantNumber
  allow(cx, 'feedback.rate', { personIds: [dossier.personId, named && actor.kind === 'citizen' ? actor.personId : null] })
  return 'citizen'
}

/**
 * How the applicant found it, after the return of the result: one rating a dossier, changeable for some days. A low one needs no reason.
 * Refusals: rating.not-open, rating.settled, rating.already-given (a second time at the counter).
 */
export async function rateDossier(cx: Context, input: RateDossier): Promise<Result<RatingView>> {
  const dossier = await store.readDossier(cx.tx, input.dossierId)
  if (!dossier) throw new Refused(notRatable)
  const source = sourceOf(cx, dossier, input.tracked === true)
  const { surveys } = await feedbackSettings()
  if (dossier.returnedAt === null) return refuse(notRatable)
  const asked = versionOn(surveys, dayOf(Temporal.Instant.from(dossier.returnedAt)))
  const until = openUntil(dossier.returnedAt, asked)
  // The invitation's row is the place where two at once meet.
  await store.invite(cx.tx, dossier, dossier.returnedAt, until)
  await store.markInvitationUsed(cx.tx, dossier.id)
  const before = await store.lockRating(cx.tx, dossier.id)
  if (!before && Temporal.Instant.compare(cx.now, until) > 0) return refuse(notRatable)
  if (before && source === 'counter') return refuse(ratedAtCounter)
  if (before && !mayChange(before, asked, cx.now)) return refuse(ratingSettled)

  const said = {
    level: input.level,
    scores: knownScores(asked, input.scores ?? {}),
    comment: input.comment?.trim() || null,
    source,
  }
  const rating: Rating = before
    ? { ...before, ...said, changedAt: cx.now.toString(), version: before.version + 1 }
    : {
        id: cx.id(),
        dossierId: dossier.id,
        agencyCode: dossier.agencyCode,
        procedureCode: dossier.procedureCode,
        procedureName: dossier.procedureName,
        channel: dossier.channel,
        officerId: dossier.officerId,
        officerName: dossier.officerName,
        ...said,
        criteriaFrom: asked.validFrom,
        givenAt: cx.now.toString(),
        givenDay: dayOf(cx.now),
        changedAt: null,
        version: 1,
      }
  await store.putRating(cx.tx, rating)
  const count = changeOf(before ? ratingFacts(before) : null, ratingFacts(rating))
  const events: NewEvent[] = [
    {
      type: before ? 'rating.changed' : 'rating.given',
      subject: rating.id,
      agencyCode: rating.agencyCode,
      data: { rating, ...(count ? { count } : {}) },
    },
  ]
  const disliked = rating.level === 'poor'
  // Most ratings say nothing against a dossier: only those that do, or did, touch its mark.
  const marked = disliked || before?.level === 'poor' ? await changeMark(cx, dossier.id, () => ({ disliked })) : undefined
  if (marked) events.push(marked.event)
  const view: RatingView = { id: rating.id, dossierId: rating.dossierId, level: rating.level, version: rating.version }
  await record(cx, { events, deltas: deltasOf([count, marked?.count]), result: view })
  return ok(view)
}
