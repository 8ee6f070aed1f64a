import { dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import type { Result } from '../../../kernel/result.ts'
import { lifecycleRule } from '../law.ts'
import { decideMarkUncollected } from '../rules/lifecycle.ts'
import type { DossierSummary } from '../view.ts'
import { type OnDossier, openDossier, settle } from './step.ts'

export interface MarkUncollected extends OnDossier {
  readonly note?: string | undefined
}

/** Records that nobody came for a result for so many days (dated rule). It is kept and can still be returned. */
export async function markUncollected(asked: Context, input: MarkUncollected): Promise<Result<DossierSummary>> {
  const { dossier, cx } = await openDossier(asked, 'dossier.mark-uncollected', input)
  const { uncollectedAfterDays } = lifecycleRule(dayOf(cx.now), dossier.procedureCode)
  const decision = decideMarkUncollected(dossier, { note: input.note, afterDays: uncollectedAfterDays }, cx.now)
  if (!decision.ok) return decision
  return settle(cx, dossier, decision.value)
}
