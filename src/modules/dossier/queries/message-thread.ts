import { type Refusal, refusals } from '../../../kernel/errors.ts'
import { isUuid } from '../../../kernel/id.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { unknown } from '../errors.ts'
import { findThread, type MessageRow, markSeen, OFFICE, unreadIn } from '../message-store.ts'
import * as store from '../store.ts'
import { targetOf } from '../target.ts'
import { type Asker, type QueryHost, type Reader, readerOf } from './reader.ts'

export interface MessageView extends MessageRow {
  /** Written by the side that is looking. */
  readonly mine: boolean
  /** Came from the other side since this side last looked. */
  readonly isNew: boolean
}

export interface Thread {
  readonly messages: readonly MessageView[]
  readonly unread: number
  readonly mayWrite: boolean
}

/** The words about a dossier, for whoever may read it. Looking at them marks them as read (`mark: false` only counts). */
export async function messageThread(
  host: QueryHost,
  asker: Asker,
  dossierId: string,
  { mark = true }: { mark?: boolean } = {},
): Promise<Result<Thread, Refusal>> {
  const reader = await readerOf(host, asker)
  const { actor, access } = reader
  const found = isUuid(dossierId) ? await reader.read((tx) => store.find(tx, dossierId)) : undefined
  const target = found && targetOf(found, actor)
  if (!target || !access.can(actor, 'dossier.read', target)) {
    return refuse(actor.kind === 'anonymous' ? refusals.signInNeeded : actor.kind === 'citizen' || !found ? unknown : refusals.denied)
  }
  const office = actor.kind !== 'citizen'
  const mayWrite = access.can(actor, 'dossier.message', target)
  const who = office ? OFFICE : actor.personId
  const { messages, seenUpTo } = await reader.read((tx) => findThread(tx, dossierId, who))
  const seen = seenUpTo === null ? Number.NEGATIVE_INFINITY : Date.parse(seenUpTo)
  const shown = messages.map((one) => ({
    ...one,
    mine: one.fromOffice === office,
    isNew: one.fromOffice !== office && Date.parse(one.at) > seen,
  }))
  const unread = shown.filter(({ isNew }) => isNew).length
  // Only the look of somebody who can answer takes the mark away.
  if (mark && mayWrite && unread > 0) await reader.read((tx) => markSeen(tx, dossierId, who, reader.now))
  return ok({ messages: shown, unread, mayWrite })
}

/** Unread words of the other side in these dossiers, all of which the asker may read. */
export const unreadMessages = async (reader: Reader, dossierIds: readonly string[]): Promise<ReadonlyMap<string, number>> => {
  const { actor } = reader
  const side = actor.kind === 'citizen' ? { reader: actor.personId, fromOffice: true } : { reader: OFFICE, fromOffice: false }
  return dossierIds.length === 0 ? new Map() : reader.read((tx) => unreadIn(tx, dossierIds, side))
}
