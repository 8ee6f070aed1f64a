import { dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import type { Result } from '../../../kernel/result.ts'
import { lifecycleRule } from '../law.ts'
import { decideRequestSupplement } from '../rules/lifecycle.ts'
import type { DossierSummary } from '../view.ts'
import { type OnDossier, openDossier, settle } from './step.ts'
import { reckon } from './timing.ts'

export interface RequestSupplement extends OnDossier {
  /** Why, in words the applicant will read. */
  readonly note: string
  /** What is missing, one line each: everything, in one list. */
  readonly items?: readonly string[] | undefined
  /** A further round is wanted, knowing that the index counts such a dossier late. */
  readonly confirmed?: boolean | undefined
}

/**
 * Asks the applicant to complete the dossier (status 5, form 02); the clock stands still once it runs. Also before reception (1 → 5).
 * Refusals: dossier.supplement-needs-confirmation, dossier.supplement-rounds-used.
 */
export async function requestSupplement(asked: Context, input: RequestSupplement): Promise<Result<DossierSummary>> {
  const { dossier, cx } = await openDossier(asked, 'dossier.request-supplement', input)
  const { maxSupplementRounds } = lifecycleRule(dossier.receivedDay ?? dayOf(cx.now), dossier.procedureCode)
  const decision = decideRequestSupplement(
    dossier,
    {
      note: input.note,
      items: input.items,
      confirmed: input.confirmed,
      maxRounds: maxSupplementRounds,
      ledger: (await reckon(cx, dossier)).ledger,
    },
    cx.now,
  )
  if (!decision.ok) return decision
  return settle(cx, dossier, decision.value)
}
