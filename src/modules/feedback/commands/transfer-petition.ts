import { dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Result } from '../../../kernel/result.ts'
import { loadDirectory } from '../../organisation/index.ts'
import { unknownUnit } from '../errors.ts'
import { decide } from '../rules/petition-life.ts'
import type { PetitionSummary } from '../view.ts'
import { deadlinesFor, type OnPetition, openPetition, settle } from './step.ts'

export interface TransferPetition extends OnPetition {
  readonly agencyCode: string
  readonly note: string
}

/**
 * Hands a petition to the competent unit. That unit gets its own time to refuse or ask; the time to resolve goes on from filing, because
 * the petitioner does not wait longer for having chosen the wrong address.
 */
export async function transferPetition(asked: Context, input: TransferPetition): Promise<Result<PetitionSummary>> {
  const { petition, cx } = await openPetition(asked, 'transfer', input)
  const unit = (await loadDirectory(cx.tx)).find(input.agencyCode, dayOf(cx.now))
  if (!unit) throw new Refused(unknownUnit)
  const deadlines = await deadlinesFor(cx, { ...petition, agencyCode: unit.code, atUnitSince: cx.now.toString() })
  return settle(cx, petition, decide(petition, 'transfer', { note: input.note.trim(), agencyCode: unit.code, ...deadlines }, cx.now))
}
