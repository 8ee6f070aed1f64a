import { allow } from '../../../kernel/access/index.ts'
import type { Context } from '../../../kernel/context.ts'
import { Refused } from '../../../kernel/errors.ts'
import { record } from '../../../kernel/events.ts'
import { isUuid } from '../../../kernel/id.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { citizenRefusals } from '../citizen-errors.ts'
import {
  type Collection,
  type CollectionWay,
  deleteSupplementDraft,
  findCollection,
  putCollection,
  putSupplementDraft,
  type SupplementDraft,
} from '../collection-store.ts'
import { notPossibleNow, unknown } from '../errors.ts'
import type { Asker, QueryHost } from '../queries/reader.ts'
import * as store from '../store.ts'
import { targetOf } from '../target.ts'

export interface ChooseCollection extends Omit<Collection, 'chosenAt'> {
  readonly dossierId: string
}

/**
 * How the applicant wants the result: on the net, at the counter, by post to an address. Changeable until it was handed over.
 * Refusals: dossier.unknown, collection.no-result, collection.too-late.
 */
export async function chooseCollection(cx: Context, input: ChooseCollection): Promise<Result<{ way: CollectionWay }>> {
  const actor = allow(cx, 'dossier.choose-collection')
  const locked = await store.lock(cx.tx, input.dossierId)
  if (!locked || !cx.access.can(actor, 'dossier.choose-collection', targetOf(locked.dossier, actor))) throw new Refused(unknown)
  const { dossier } = locked
  if (!dossier.returnsResult) return refuse(citizenRefusals.noResult)
  if (dossier.stage === 'closed') return refuse(citizenRefusals.tooLateToChoose)
  const by = actor.kind === 'citizen' ? `citizen:${actor.personId}` : actor.kind === 'officer' ? `officer:${actor.officerId}` : actor.kind
  await putCollection(cx.tx, dossier.id, input, cx.now, by)
  const view = { way: input.way }
  const event = {
    type: 'collection.chosen',
    subject: cx.id(),
    agencyCode: dossier.agencyCode,
    data: { dossierId: dossier.id, way: input.way },
  }
  await record(cx, { events: [event], result: view })
  return ok(view)
}

/** The way that was chosen, for whoever may read the dossier (the caller has asked for it). */
export const collectionOf = (host: QueryHost, asker: Asker, dossierId: string): Promise<Collection | undefined> =>
  isUuid(dossierId) ? host.db.read(asker.province, (tx) => findCollection(tx, dossierId)) : Promise.resolve(undefined)

export interface PrepareSupplement {
  readonly dossierId: string
  readonly personId: string
  /** When the list was asked for, as the page showed it. */
  readonly askedAt: string
  readonly draft: SupplementDraft
}

/** Keeps an answer to a list of missing papers until it is sent. Leaves no event: it can be forgotten. */
export async function prepareSupplement(cx: Context, input: PrepareSupplement): Promise<Result<{ done: true }>> {
  const actor = allow(cx, 'dossier.answer-supplement', { personId: input.personId })
  const dossier = await store.find(cx.tx, input.dossierId)
  if (!dossier || !cx.access.can(actor, 'dossier.answer-supplement', targetOf(dossier, actor))) throw new Refused(unknown)
  if (dossier.stage !== 'supplement') return refuse(notPossibleNow('answer-supplement', dossier.stage))
  await putSupplementDraft(cx.tx, dossier.id, input.personId, input.askedAt, input.draft, cx.now)
  const view = { done: true } as const
  await record(cx, { events: [], result: view })
  return ok(view)
}

/** Forgets what was prepared, in the transaction that sends it. */
export const forgetSupplement = (cx: Context, dossierId: string): Promise<void> => deleteSupplementDraft(cx.tx, dossierId)
