import { allow } from '../../../kernel/access/index.ts'
import { dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { Refused } from '../../../kernel/errors.ts'
import { record } from '../../../kernel/events.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import { citizenRule } from '../citizen-law.ts'
import { unknown } from '../errors.ts'
import { countSince, insertMessage, markSeen, OFFICE } from '../message-store.ts'
import { type AttachedFile, decideMessage } from '../rules/message-rule.ts'
import * as store from '../store.ts'
import { targetOf } from '../target.ts'

export interface SendMessage {
  readonly dossierId: string
  readonly text: string
  readonly files?: readonly AttachedFile[] | undefined
}

/**
 * A word between the applicant and the office that has the dossier. The text is kept in its own table; the event names it by id only.
 * Refusals: dossier.unknown, access.denied, message.empty, message.too-long, message.too-many-files, message.too-often, message.closed.
 */
export async function sendMessage(cx: Context, input: SendMessage): Promise<Result<{ id: string }>> {
  const actor = allow(cx, 'dossier.message')
  const dossier = await store.find(cx.tx, input.dossierId)
  if (!dossier) throw new Refused(unknown)
  if (!cx.access.can(actor, 'dossier.message', targetOf(dossier, actor))) {
    // Somebody else's dossier does not exist for a citizen.
    if (actor.kind === 'citizen') throw new Refused(unknown)
    allow(cx, 'dossier.message', targetOf(dossier, actor))
  }
  const fromOffice = actor.kind !== 'citizen'
  const authorId = actor.kind === 'citizen' ? actor.personId : actor.kind === 'officer' ? actor.officerId : cx.id()
  const rule = citizenRule(dayOf(cx.now), dossier.procedureCode).messages
  // The office answers many people: only the citizen's own side is limited.
  const sent = fromOffice ? 0 : await countSince(cx.tx, authorId, cx.now.subtract({ hours: 1 }))
  const decision = decideMessage(dossier, { text: input.text, files: input.files ?? [] }, sent, rule, cx.now)
  if (!decision.ok) return decision
  const id = cx.id()
  await insertMessage(cx.tx, dossier.id, {
    id,
    fromOffice,
    authorId,
    authorName: actor.kind === 'citizen' || actor.kind === 'officer' ? actor.name : '',
    agencyCode: fromOffice ? dossier.agencyCode : null,
    body: decision.value.text,
    files: decision.value.files,
    at: cx.now,
  })
  // Whoever answers has read what was there.
  await markSeen(cx.tx, dossier.id, fromOffice ? OFFICE : authorId, cx.now)
  const view = { id }
  const data = { dossierId: dossier.id, from: fromOffice ? 'office' : 'applicant', files: decision.value.files.length }
  await record(cx, { events: [{ type: 'message.sent', subject: id, agencyCode: dossier.agencyCode, data }], result: view })
  return ok(view)
}
