import { allow } from '../../../kernel/access/index.ts'
import type { Context } from '../../../kernel/context.ts'
import type { Result } from '../../../kernel/result.ts'
import { decideCorrect, type Wanted } from '../rules/lifecycle.ts'
import { targetOf } from '../target.ts'
import type { DossierSummary } from '../view.ts'
import { type OnDossier, openDossier, settle } from './step.ts'

export interface CorrectDossier extends OnDossier, Wanted {
  /** What was wrong, in words the applicant will read. */
  readonly note: string
}

/**
 * Puts a clerk's mistake right by a compensating event; the counts move by the difference. On a closed dossier only who may
 * (`dossier.correct-closed`). Refusals: dossier.nothing-to-correct, dossier.no-such-paper, dossier.fee-below-paid.
 */
export async function correctDossier(asked: Context, input: CorrectDossier): Promise<Result<DossierSummary>> {
  const { dossier, cx } = await openDossier(asked, 'dossier.correct', input)
  if (dossier.stage === 'closed') allow(cx, 'dossier.correct-closed', targetOf(dossier, cx.actor))
  const { note, applicant, channel, assisted, feeVnd, papers } = input
  const decision = decideCorrect(dossier, { note, applicant, channel, assisted, feeVnd, papers }, cx.now)
  if (!decision.ok) return decision
  return settle(cx, dossier, decision.value)
}
