import type { Context } from '../../../kernel/context.ts'
import type { Result } from '../../../kernel/result.ts'
import { decideRequestPayment } from '../rules/lifecycle.ts'
import type { DossierSummary } from '../view.ts'
import { type OnDossier, openDossier, settle } from './step.ts'
import { reckon } from './timing.ts'

export interface RequestPayment extends OnDossier {
  /** What the money is for, in words the applicant will read. */
  readonly note: string
  /** In VND, still to be paid. */
  readonly amountVnd: number
  readonly items?: readonly string[] | undefined
}

/** Sends a fee or tax notice (status 6). Whether the clock stands still is a dated rule of the agency's calendar. */
export async function requestPayment(asked: Context, input: RequestPayment): Promise<Result<DossierSummary>> {
  const { dossier, cx } = await openDossier(asked, 'dossier.request-payment', input)
  const time = await reckon(cx, dossier)
  const decision = decideRequestPayment(
    dossier,
    {
      note: input.note,
      amountVnd: input.amountVnd,
      items: input.items,
      pauses: time.standsStill('payment'),
      ledger: time.ledger,
    },
    cx.now,
  )
  if (!decision.ok) return decision
  return settle(cx, dossier, decision.value)
}
