import type { Context } from '../../../kernel/context.ts'
import type { Result } from '../../../kernel/result.ts'
import { decideSendBack } from '../rules/lifecycle.ts'
import type { DossierSummary } from '../view.ts'
import { type OnDossier, openDossier, settle } from './step.ts'

export interface SendBack extends OnDossier {
  readonly note: string
}

/** The unit head gives the work back to the specialist, with the reason. */
export async function sendBack(asked: Context, input: SendBack): Promise<Result<DossierSummary>> {
  const { dossier, cx } = await openDossier(asked, 'dossier.send-back', input)
  const decision = decideSendBack(dossier, input, cx.now)
  if (!decision.ok) return decision
  return settle(cx, dossier, decision.value)
}
