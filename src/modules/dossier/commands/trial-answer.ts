import { allow } from '../../../kernel/access/index.ts'
import type { Context } from '../../../kernel/context.ts'
import { Refused } from '../../../kernel/errors.ts'
import { record } from '../../../kernel/events.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import { citizenRefusals } from '../citizen-errors.ts'
import { decideTrial } from '../rules/trial-rule.ts'
import { lockTrial, saveVerdict, type TrialComment, type TrialVerdict } from '../trial-store.ts'

export interface AnswerTrial {
  readonly trialId: string
  readonly verdict: TrialVerdict
  readonly note: string
  readonly comments: readonly TrialComment[]
}

/** The desk says whether a draft can be filed as it is, or what to mend. Refusals: trial.unknown, trial.answered, trial.needs-words. */
export async function answerTrial(cx: Context, input: AnswerTrial): Promise<Result<{ id: string; verdict: TrialVerdict }>> {
  allow(cx, 'dossier.answer-trial')
  const trial = await lockTrial(cx.tx, input.trialId)
  if (!trial) throw new Refused(citizenRefusals.trialUnknown)
  const actor = allow(cx, 'dossier.answer-trial', { agencyCode: trial.agencyCode })
  const decision = decideTrial(trial, input)
  if (!decision.ok) return decision
  const { note, comments } = decision.value
  await saveVerdict(cx.tx, trial.id, {
    verdict: input.verdict,
    note,
    comments,
    at: cx.now,
    by: actor.kind === 'officer' ? actor.officerId : null,
    byName: actor.kind === 'officer' ? actor.name : '',
  })
  const view = { id: trial.id, verdict: input.verdict }
  // What is said about somebody's draft stays out of the log: it may name them.
  const data = { procedureCode: trial.procedureCode, verdict: input.verdict, comments: comments.length, promisedAt: trial.promisedAt }
  await record(cx, { events: [{ type: 'trial.answered', subject: trial.id, agencyCode: trial.agencyCode, data }], result: view })
  return ok(view)
}
