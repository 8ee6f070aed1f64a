import type { Day } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import type { Result } from '../../../kernel/result.ts'
import { decideRecall } from '../rules/lifecycle.ts'
import type { DossierSummary } from '../view.ts'
import { type OnDossier, openDossier, settle } from './step.ts'
import { reckon } from './timing.ts'

export interface RecallResult extends OnDossier {
  readonly note: string
  readonly decisionNumber: string
  readonly decisionDay: Day
}

/**
 * Takes back a result that lies at the desk, by a recorded decision (status 9 → 4): the days it lay finished do not count, the papers of
 * the result no longer stand. Refusals: dossier.decision-needed, dossier.decision-day-wrong.
 */
export async function recallResult(asked: Context, input: RecallResult): Promise<Result<DossierSummary>> {
  const { dossier, cx } = await openDossier(asked, 'dossier.recall', input)
  const { due, explanation, why, ledger } = (await reckon(cx, dossier)).reopened()
  const decision = decideRecall(
    dossier,
    {
      note: input.note,
      decisionNumber: input.decisionNumber,
      decisionDay: input.decisionDay,
      ...(due && explanation ? { due, explanation, why } : {}),
      ledger,
    },
    cx.now,
  )
  if (!decision.ok) return decision
  return settle(cx, dossier, decision.value)
}
