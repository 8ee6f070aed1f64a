import type { Context } from '../../../kernel/context.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Result } from '../../../kernel/result.ts'
import { noDueTime } from '../errors.ts'
import { decideReschedule } from '../rules/lifecycle.ts'
import type { DossierSummary } from '../view.ts'
import { type OnDossier, openDossier, settle } from './step.ts'
import { reckon } from './timing.ts'

export interface RescheduleDossier extends OnDossier {
  /** What changed in the calendar, in words the applicant will read. */
  readonly note: string
}

/**
 * Moves the due time of an open dossier to what its ledger says on the calendar as it is now (a holiday added later). Not an
 * extension: no apology, nothing counted. Refusals: dossier.due-unchanged, dossier.no-due-time.
 */
export async function rescheduleDossier(asked: Context, input: RescheduleDossier): Promise<Result<DossierSummary>> {
  const { dossier, cx } = await openDossier(asked, 'dossier.reschedule', input)
  const moved = (await reckon(cx, dossier)).rescheduled({ vi: input.note.trim(), en: input.note.trim() })
  if (!moved) throw new Refused(noDueTime)
  const decision = decideReschedule(dossier, { note: input.note, ...moved }, cx.now)
  if (!decision.ok) return decision
  return settle(cx, dossier, decision.value)
}
