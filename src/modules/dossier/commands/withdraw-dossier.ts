import type { Context } from '../../../kernel/context.ts'
import type { Result } from '../../../kernel/result.ts'
import { decideWithdraw } from '../rules/lifecycle.ts'
import type { DossierSummary } from '../view.ts'
import { type OnDossier, openDossier, settle } from './step.ts'
import { reckon } from './timing.ts'

export interface WithdrawDossier extends OnDossier {
  /** Why, in the applicant's words. */
  readonly note: string
}

/** The applicant takes the dossier back while there is no decision (status 7; NĐ 118/2025 Art. 21). */
export async function withdrawDossier(asked: Context, input: WithdrawDossier): Promise<Result<DossierSummary>> {
  const { dossier, cx } = await openDossier(asked, 'dossier.withdraw', input)
  const time = await reckon(cx, dossier)
  const on = dossier.stage === 'payment' ? time.goOn(['payment']) : { ledger: time.ledger }
  const decision = decideWithdraw(dossier, { note: input.note, ...on }, cx.now)
  if (!decision.ok) return decision
  return settle(cx, dossier, decision.value)
}
