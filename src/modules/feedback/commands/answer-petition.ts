import { dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Result } from '../../../kernel/result.ts'
import { loadCalendar } from '../../calendar/index.ts'
import { signOwnAnswer } from '../errors.ts'
import { feedbackSettings } from '../files.ts'
import { publishDue } from '../rules/petition-deadlines.ts'
import { decide } from '../rules/petition-life.ts'
import { versionOn } from '../rules/settings.ts'
import * as store from '../store.ts'
import type { PetitionSummary } from '../view.ts'
import { type OnPetition, openPetition, settle } from './step.ts'

export interface DraftAnswer extends OnPetition {
  readonly answer: string
  /** The unit wants it published; only possible when the petitioner agreed. */
  readonly publish: boolean
}

/** Writes the answer and puts it before the unit head. */
export async function draftAnswer(asked: Context, input: DraftAnswer): Promise<Result<PetitionSummary>> {
  const { petition, cx } = await openPetition(asked, 'draft', input)
  const publish = input.publish && petition.mayPublish
  return settle(cx, petition, decide(petition, 'draft', { answer: input.answer.trim(), publish }, cx.now))
}

/** The unit head signs the answer: it goes to the petitioner, and to publication when that was asked for. Nobody signs their own draft. */
export async function signAnswer(asked: Context, input: OnPetition): Promise<Result<PetitionSummary>> {
  const { petition, cx } = await openPetition(asked, 'sign', input)
  const { actor } = cx
  if (actor.kind === 'officer' && (await store.drafterOf(cx.tx, petition.id)) === actor.officerId) throw new Refused(signOwnAnswer)
  const { limits } = await feedbackSettings()
  const calendar = await loadCalendar(cx.tx, petition.agencyCode)
  const publishDueAt = petition.publish ? publishDue(cx.now, versionOn(limits, dayOf(cx.now)), calendar) : null
  const signedBy = actor.kind === 'officer' || actor.kind === 'system' ? actor.name : ''
  return settle(cx, petition, decide(petition, 'sign', { publish: petition.publish, publishDueAt, signedBy }, cx.now))
}

export interface PublishAnswer extends OnPetition {
  readonly title: string
  readonly content: string
  readonly answer: string
}

/** Publishes petition and answer without personal data. Refusal: petition.personal-data-left, naming what was found. */
export async function publishAnswer(asked: Context, input: PublishAnswer): Promise<Result<PetitionSummary>> {
  const { petition, cx } = await openPetition(asked, 'publish', input)
  const { title, content, answer } = input
  return settle(cx, petition, decide(petition, 'publish', { title: title.trim(), content: content.trim(), answer: answer.trim() }, cx.now))
}
