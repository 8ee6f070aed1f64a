import type { Context } from '../../../kernel/context.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import type { Result } from '../../../kernel/result.ts'
import { noDueTime } from '../errors.ts'
import { isoText } from '../rules/dossier.ts'
import { decideReschedule } from '../rules/lifecycle.ts'
import type { DossierSummary } from '../view.ts'
import { type OnDossier, openDossier, settle } from './step.ts'
import { clockAfter, whyOf } from './timing.ts'

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
  const now = await clockAfter(cx, dossier, [])
  if (!now) throw new Refused(noDueTime)
  const reason: Text = { vi: input.note.trim(), en: input.note.trim() }
  const after = await clockAfter(cx, dossier, [{ type: 'move', at: isoText(cx.now), due: isoText(now.state.due), reason }])
  if (!after) throw new Refused(noDueTime)
  const decision = decideReschedule(
    dossier,
    { note: input.note, due: after.state.due, explanation: after.state.explanation, why: whyOf(after.state), ledger: after.ledger },
    cx.now,
  )
  if (!decision.ok) return decision
  return settle(cx, dossier, decision.value)
}
