import type { Refusal } from '../../../kernel/errors.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { citizenRefusals, trialAnswered } from '../citizen-errors.ts'
import type { Trial, TrialComment, TrialVerdict } from '../trial-store.ts'

/** The desk's answer to a draft: once, and "to be mended" says what. */
export function decideTrial(
  trial: Pick<Trial, 'verdict' | 'answeredByName'>,
  answer: { readonly verdict: TrialVerdict; readonly note: string; readonly comments: readonly TrialComment[] },
): Result<{ note: string; comments: readonly TrialComment[] }, Refusal> {
  if (trial.verdict !== null) return refuse(trialAnswered(trial.answeredByName ?? ''))
  const note = answer.note.trim()
  const comments = answer.comments.flatMap((comment) => (comment.text.trim() ? [{ ...comment, text: comment.text.trim() }] : []))
  if (answer.verdict === 'mend' && note === '' && comments.length === 0) return refuse(citizenRefusals.trialNeedsWords)
  return ok({ note, comments })
}
