import type { Context } from '../../../kernel/context.ts'
import type { Result } from '../../../kernel/result.ts'
import { decideUndo, lastStepOf } from '../rules/lifecycle.ts'
import * as store from '../store.ts'
import { targetOf } from '../target.ts'
import type { DossierSummary } from '../view.ts'
import { type OnDossier, openDossier, settle } from './step.ts'

export interface UndoStep extends OnDossier {
  /** What went wrong, in words the applicant will read. */
  readonly note: string
}

/**
 * Takes back the last step, taken by mistake: by who took it on the same day, or by whoever may take back any step of the unit
 * (`dossier.undo-any`). Refusals: dossier.nothing-to-undo, dossier.undo-not-yours, dossier.undo-not-ours, dossier.undo-overtaken.
 */
export async function undoStep(asked: Context, input: UndoStep): Promise<Result<DossierSummary>> {
  const { dossier, cx } = await openDossier(asked, 'dossier.undo', input)
  const step = lastStepOf(await store.pastEvents(cx.tx, dossier.id))
  const decision = decideUndo(
    dossier,
    {
      note: input.note,
      step,
      officerId: cx.actor.kind === 'officer' ? cx.actor.officerId : null,
      any: cx.access.can(cx.actor, 'dossier.undo-any', targetOf(dossier, cx.actor)),
    },
    cx.now,
  )
  if (!decision.ok) return decision
  return settle(cx, dossier, decision.value)
}
