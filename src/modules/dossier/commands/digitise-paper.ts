import type { Context } from '../../../kernel/context.ts'
import type { Result } from '../../../kernel/result.ts'
import { decideDigitise } from '../rules/lifecycle.ts'
import type { DossierSummary } from '../view.ts'
import { type OnDossier, openDossier, settle } from './step.ts'

export interface DigitisePaper extends OnDossier {
  /** The paper's number in the dossier. */
  readonly number: number
  readonly file: { readonly sha256: string; readonly size: number; readonly type: string }
}

/** Gives a paper its digital copy (TT 01/2023/TT-VPCP Art. 8). */
export async function digitisePaper(asked: Context, input: DigitisePaper): Promise<Result<DossierSummary>> {
  const { dossier, cx } = await openDossier(asked, 'dossier.digitise', input)
  const decision = decideDigitise(dossier, input, cx.now)
  if (!decision.ok) return decision
  return settle(cx, dossier, decision.value)
}
