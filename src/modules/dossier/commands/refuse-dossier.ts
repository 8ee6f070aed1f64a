import { dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import type { Result } from '../../../kernel/result.ts'
import { refusalGrounds } from '../law.ts'
import { decideRefuse } from '../rules/lifecycle.ts'
import type { DossierSummary } from '../view.ts'
import { type OnDossier, openDossier, settle } from './step.ts'
import { reckon } from './timing.ts'

export interface RefuseDossier extends OnDossier {
  /** Why, in words the applicant will read. */
  readonly note: string
  /** Code of the legal ground, from the dated list (`refusalGrounds`). */
  readonly ground: string
}

/** Does not accept a dossier (status 1 or 5 → 3), with legal ground and reason (form 03). Refusal: dossier.ground-needed. */
export async function refuseDossier(asked: Context, input: RefuseDossier): Promise<Result<DossierSummary>> {
  const { dossier, cx } = await openDossier(asked, 'dossier.refuse', input)
  const ground = refusalGrounds(dayOf(cx.now)).find(({ code }) => code === input.ground)
  const decision = decideRefuse(dossier, { note: input.note, ground, ledger: (await reckon(cx, dossier)).ledger }, cx.now)
  if (!decision.ok) return decision
  return settle(cx, dossier, decision.value)
}
