import type { Context } from '../../../kernel/context.ts'
import type { Result } from '../../../kernel/result.ts'
import { decideSettlePayment } from '../rules/lifecycle.ts'
import type { DossierSummary } from '../view.ts'
import { type OnDossier, openDossier, settle } from './step.ts'
import { reckon } from './timing.ts'

export interface SettlePayment extends OnDossier {
  readonly note?: string | undefined
  /** Paid to the office with this step, in VND. */
  readonly amountVnd?: number | undefined
  readonly online?: boolean | undefined
  /** Paid to the treasury or a bank; the note says which proof was seen. */
  readonly elsewhere?: boolean | undefined
  /** Nothing is asked for any more; the note says why. */
  readonly cancelled?: boolean | undefined
}

/** What a payment notice asked for is there (status 6 → 4): the clock goes on. Refusal: dossier.still-owed. */
export async function settlePayment(asked: Context, input: SettlePayment): Promise<Result<DossierSummary>> {
  const { dossier, cx } = await openDossier(asked, 'dossier.settle-payment', input)
  const { note, amountVnd, online, elsewhere, cancelled } = input
  const decision = decideSettlePayment(
    dossier,
    { note, amountVnd, online, elsewhere, cancelled, ...(await reckon(cx, dossier)).goOn(['payment']) },
    cx.now,
  )
  if (!decision.ok) return decision
  return settle(cx, dossier, decision.value)
}
