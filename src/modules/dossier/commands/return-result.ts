import type { Context } from '../../../kernel/context.ts'
import type { Result } from '../../../kernel/result.ts'
import type { Handover } from '../events.ts'
import { decideReturn } from '../rules/lifecycle.ts'
import type { DossierSummary } from '../view.ts'
import { type OnDossier, openDossier, settle } from './step.ts'

export interface ReturnResult extends OnDossier {
  readonly note?: string | undefined
  /** Who took it, when it was not the applicant. */
  readonly receivedBy?: string | undefined
  /** At a desk: to whom, on what proof, and how it was signed for. */
  readonly handover?: Handover | undefined
}

/** The applicant has the result (status 9 → 10). */
export async function returnResult(asked: Context, input: ReturnResult): Promise<Result<DossierSummary>> {
  const { dossier, cx } = await openDossier(asked, 'dossier.return', input)
  const decision = decideReturn(dossier, input, cx.now)
  if (!decision.ok) return decision
  return settle(cx, dossier, decision.value)
}
