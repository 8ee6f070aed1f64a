import type { Context } from '../../../kernel/context.ts'
import type { Result } from '../../../kernel/result.ts'
import { decidePay } from '../rules/lifecycle.ts'
import type { DossierSummary } from '../view.ts'
import { type OnDossier, openDossier, settle } from './step.ts'

export interface RecordPayment extends OnDossier {
  /** In VND. */
  readonly amountVnd: number
  readonly online: boolean
  readonly note?: string | undefined
}

/** Records money that came in, at the counter or online. */
export async function recordPayment(asked: Context, input: RecordPayment): Promise<Result<DossierSummary>> {
  const { dossier, cx } = await openDossier(asked, 'dossier.pay', input)
  const decision = decidePay(dossier, input, cx.now)
  if (!decision.ok) return decision
  return settle(cx, dossier, decision.value)
}
