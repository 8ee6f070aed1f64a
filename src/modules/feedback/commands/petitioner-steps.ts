import { allow } from '../../../kernel/access/index.ts'
import type { Context } from '../../../kernel/context.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Result } from '../../../kernel/result.ts'
import { unknownPetition } from '../errors.ts'
import type { Attachment } from '../rules/petition.ts'
import { decide } from '../rules/petition-life.ts'
import * as store from '../store.ts'
import type { PetitionSummary } from '../view.ts'
import { type ByPetitioner, deadlinesFor, type OnPetition, openOwn, settle } from './step.ts'

export interface SupplyPetition extends ByPetitioner {
  readonly note: string
  readonly attachments?: readonly Attachment[]
}

/** The petitioner gives what was asked for; the clock goes on, moved by the working time that passed. */
export async function supplyPetition(asked: Context, input: SupplyPetition): Promise<Result<PetitionSummary>> {
  const { petition, cx } = await openOwn(asked, 'supply', input)
  const now = cx.now.toString()
  const pauses = petition.askedAt === null ? petition.pauses : [...petition.pauses, { from: petition.askedAt, to: now }]
  const deadlines = await deadlinesFor(cx, { ...petition, pauses })
  const data = { note: input.note.trim(), attachments: input.attachments ?? [], ...deadlines }
  return settle(cx, petition, decide(petition, 'supply', data, cx.now))
}

export interface PetitionerNote extends ByPetitioner {
  readonly note: string
}

/** Not satisfied with the answer: once, it goes back to the unit with a new time to resolve. */
export async function reraisePetition(asked: Context, input: PetitionerNote): Promise<Result<PetitionSummary>> {
  const { petition, cx } = await openOwn(asked, 'reraise', input)
  const now = cx.now.toString()
  const deadlines = await deadlinesFor(cx, { ...petition, clockFrom: now, atUnitSince: now, pauses: [] })
  return settle(cx, petition, decide(petition, 'reraise', { note: input.note.trim(), ...deadlines }, cx.now))
}

export async function withdrawPetition(asked: Context, input: PetitionerNote): Promise<Result<PetitionSummary>> {
  const { petition, cx } = await openOwn(asked, 'withdraw', input)
  return settle(cx, petition, decide(petition, 'withdraw', { note: input.note.trim() }, cx.now))
}

export interface VoteOnPetition extends OnPetition {
  readonly liked: boolean
  /** Proof of whoever filed it without an account. */
  readonly phone?: string | undefined
}

/** One like or dislike a person, changeable: any signed-in citizen on what is published, the petitioner also on a private answer. */
export async function voteOnPetition(asked: Context, input: VoteOnPetition): Promise<Result<PetitionSummary>> {
  const { actor } = asked
  const seen = await store.findPetition(asked.tx, input.petitionId)
  if (!seen) throw new Refused(unknownPetition)
  const isFiler = input.phone !== undefined || (actor.kind === 'citizen' && actor.personId === seen.personId)
  if (!isFiler) {
    allow(asked, 'feedback.vote')
    if (actor.kind !== 'citizen' || seen.stage !== 'published') throw new Refused(unknownPetition)
  }
  const { petition, cx } = isFiler ? await openOwn(asked, 'vote', input) : { petition: await lockSeen(asked, seen.id), cx: asked }
  const voter = isFiler || actor.kind !== 'citizen' ? 'filer' : `citizen:${actor.personId}`
  const before = await store.findVote(cx.tx, petition.id, voter)
  const decided = decide(petition, 'vote', { voter, liked: input.liked, before }, cx.now)
  if (!decided.ok) return decided
  await store.putVote(cx.tx, petition.id, voter, input.liked, cx.now)
  return settle(cx, petition, decided)
}

async function lockSeen(cx: Context, id: string) {
  const petition = await store.lockPetition(cx.tx, id)
  if (!petition) throw new Refused(unknownPetition)
  return petition
}
