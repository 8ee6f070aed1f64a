import type { Context } from '../../../kernel/context.ts'
import type { Result } from '../../../kernel/result.ts'
import { decideResume } from '../rules/lifecycle.ts'
import type { DossierSummary } from '../view.ts'
import { type OnDossier, openDossier, settle } from './step.ts'
import { reckon } from './timing.ts'

export interface ResumeDossier extends OnDossier {
  readonly note: string
}

/** The applicant takes back the wish to withdraw before the office has stopped the dossier (status 7 → 4): the clock goes on. */
export async function resumeDossier(asked: Context, input: ResumeDossier): Promise<Result<DossierSummary>> {
  const { dossier, cx } = await openDossier(asked, 'dossier.resume', input)
  const time = await reckon(cx, dossier)
  const decision = decideResume(dossier, { note: input.note, ...time.goOnAfterWithdrawal() }, cx.now)
  if (!decision.ok) return decision
  return settle(cx, dossier, decision.value)
}
