import type { Context } from '../../../kernel/context.ts'
import type { Result } from '../../../kernel/result.ts'
import { decideSubmitForSignature } from '../rules/lifecycle.ts'
import type { DossierSummary } from '../view.ts'
import { type OnDossier, openDossier, settle } from './step.ts'

export interface SubmitForSignature extends OnDossier {
  readonly note?: string | undefined
}

/** Hands the finished work to the unit head. */
export async function submitForSignature(asked: Context, input: SubmitForSignature): Promise<Result<DossierSummary>> {
  const { dossier, cx } = await openDossier(asked, 'dossier.submit-for-signature', input)
  const decision = decideSubmitForSignature(dossier, input, cx.now)
  if (!decision.ok) return decision
  return settle(cx, dossier, decision.value)
}
