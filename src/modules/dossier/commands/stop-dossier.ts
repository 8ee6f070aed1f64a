import type { Context } from '../../../kernel/context.ts'
import type { Result } from '../../../kernel/result.ts'
import { decideStop } from '../rules/lifecycle.ts'
import type { DossierSummary } from '../view.ts'
import { type OnDossier, openDossier, settle } from './step.ts'
import { reckon } from './timing.ts'

export interface StopDossier extends OnDossier {
  /** Why, in words the applicant will read. */
  readonly note: string
}

/** Stops a dossier (status 8), with the reason (form 05). */
export async function stopDossier(asked: Context, input: StopDossier): Promise<Result<DossierSummary>> {
  const { dossier, cx } = await openDossier(asked, 'dossier.stop', input)
  const decision = decideStop(dossier, { note: input.note, ledger: (await reckon(cx, dossier)).ledger }, cx.now)
  if (!decision.ok) return decision
  return settle(cx, dossier, decision.value)
}
