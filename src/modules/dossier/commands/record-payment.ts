import type { Context } from '../../../kernel/context.ts'
import type { Result } from '../../../kernel/result.ts'
import { decidePay } from '../rules/lifecycle.ts'
import type { DossierSummary } from '../view.ts'
import { type OnDossier, openDossier, settle } from './step.ts'
import { reckon } from './timing.ts'

export interface RecordPayment extends OnDossier {
  /** In VND. */
  readonly amountVnd: number
  readonly online: boolean
  readonly note?: string | undefined
}

/** Records money that came in, at the counter or online. When that was all a payment notice asked for, the work goes on (6 → 4). */
export async function recordPayment(asked: Context, input: RecordPayment): Promise<Result<DossierSummary>> {
  const { dossier, cx } = await openDossier(asked, 'dossier.pay', input)
  const on = dossier.stage === 'payment' ? (await reckon(cx, dossier)).goOn(['payment']) : {}
  const decision = decidePay(dossier, { amountVnd: input.amountVnd, online: input.online, note: input.note, ...on }, cx.now)
  if (!decision.ok) return decision
  return settle(cx, dossier, decision.value)
}
