import type { Context } from '../../../kernel/context.ts'
import type { Result } from '../../../kernel/result.ts'
import { decideRequestSupplement } from '../rules/lifecycle.ts'
import type { DossierSummary } from '../view.ts'
import { type OnDossier, openDossier, settle } from './step.ts'

export interface RequestSupplement extends OnDossier {
  /** Why, in words the applicant will read. */
  readonly note: string
  /** What is missing, one line each. */
  readonly items?: readonly string[] | undefined
}

/** Asks the applicant to complete the dossier; the clock stands still (status 5, form 02). Once a dossier. */
export async function requestSupplement(asked: Context, input: RequestSupplement): Promise<Result<DossierSummary>> {
  const { dossier, cx } = await openDossier(asked, 'dossier.request-supplement', input)
  const decision = decideRequestSupplement(dossier, input, cx.now)
  if (!decision.ok) return decision
  return settle(cx, dossier, decision.value)
}
