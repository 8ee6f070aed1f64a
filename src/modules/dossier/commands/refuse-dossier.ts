import type { Context } from '../../../kernel/context.ts'
import type { Result } from '../../../kernel/result.ts'
import { decideRefuse } from '../rules/lifecycle.ts'
import type { DossierSummary } from '../view.ts'
import { type OnDossier, openDossier, settle } from './step.ts'

export interface RefuseDossier extends OnDossier {
  /** Why, in words the applicant will read. */
  readonly note: string
}

/** Does not accept a dossier (status 1 → 3), with the reason (form 03). */
export async function refuseDossier(asked: Context, input: RefuseDossier): Promise<Result<DossierSummary>> {
  const { dossier, cx } = await openDossier(asked, 'dossier.refuse', input)
  const decision = decideRefuse(dossier, input, cx.now)
  if (!decision.ok) return decision
  return settle(cx, dossier, decision.value)
}
