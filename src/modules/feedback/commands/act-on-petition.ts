import type { Context } from '../../../kernel/context.ts'
import type { Result } from '../../../kernel/result.ts'
import { decide } from '../rules/petition-life.ts'
import type { PetitionSummary } from '../view.ts'
import { type OnPetition, openPetition, settle } from './step.ts'

/** Steps that say nothing but why. */
type PlainAction = 'refuse' | 'ask' | 'accept' | 'send-back' | 'unpublish' | 'note'

export interface ActOnPetition extends OnPetition {
  readonly action: PlainAction
  readonly note: string
}

/** Refuses, asks for more, accepts, sends an answer back, takes a publication down, or notes something. Refusals: see `decide`. */
export async function actOnPetition(asked: Context, input: ActOnPetition): Promise<Result<PetitionSummary>> {
  const { petition, cx } = await openPetition(asked, input.action, input)
  return settle(cx, petition, decide(petition, input.action, { note: input.note.trim() }, cx.now))
}
