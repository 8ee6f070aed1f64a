import type { Context } from '../../../kernel/context.ts'
import type { Result } from '../../../kernel/result.ts'
import { decideWithdraw } from '../rules/lifecycle.ts'
import type { DossierSummary } from '../view.ts'
import { type OnDossier, openDossier, settle } from './step.ts'

export interface WithdrawDossier extends OnDossier {
  /** Why, in words the applicant will read. */
  readonly note: string
}

/** The applicant takes the dossier back while there is no decision (NĐ 118/2025 Art. 21); a clerk may write it down for them. */
export async function withdrawDossier(asked: Context, input: WithdrawDossier): Promise<Result<DossierSummary>> {
  const { dossier, cx } = await openDossier(asked, 'dossier.withdraw', input)
  const decision = decideWithdraw(dossier, input, cx.now)
  if (!decision.ok) return decision
  return settle(cx, dossier, decision.value)
}
