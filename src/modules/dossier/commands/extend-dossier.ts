import { type Day, dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Result } from '../../../kernel/result.ts'
import { notPossibleNow } from '../errors.ts'
import { lifecycleRule } from '../law.ts'
import type { Dossier } from '../rules/dossier.ts'
import { decideExtend, type Extension } from '../rules/lifecycle.ts'
import { transitions } from '../rules/transitions.ts'
import type { DossierSummary } from '../view.ts'
import { type OnDossier, openDossier, settle } from './step.ts'
import { reckon, type Timed } from './timing.ts'

export interface ExtendDossier extends OnDossier {
  /** Why it takes longer, in words the applicant will read. */
  readonly note: string
  /** The new day; the dossier is due at its closing time. */
  readonly day: Day
}

/** What an extension to a day would mean: the new due time and its explanation. Throws `Refused`. */
export async function extensionTo(cx: Timed, dossier: Dossier, input: { note: string; day: Day }): Promise<Extension> {
  if (!transitions.extend.from.includes(dossier.stage)) throw new Refused(notPossibleNow('extend', dossier.stage))
  const rule = lifecycleRule(dossier.receivedDay ?? dayOf(cx.now), dossier.procedureCode)
  return (await reckon(cx, dossier)).extension(input, rule)
}

/**
 * Apologises and puts the due time off (form 04). Refusals: dossier.extend-too-late, dossier.extensions-used,
 * dossier.new-due-not-later, dossier.not-a-working-day, dossier.no-due-time.
 */
export async function extendDossier(asked: Context, input: ExtendDossier): Promise<Result<DossierSummary>> {
  const { dossier, cx } = await openDossier(asked, 'dossier.extend', input)
  const decision = decideExtend(dossier, await extensionTo(cx, dossier, input), cx.now)
  if (!decision.ok) return decision
  return settle(cx, dossier, decision.value)
}
