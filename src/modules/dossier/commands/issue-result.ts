import type { Context } from '../../../kernel/context.ts'
import type { Result } from '../../../kernel/result.ts'
import { decideIssue, type PaperInput } from '../rules/lifecycle.ts'
import type { DossierSummary } from '../view.ts'
import { type OnDossier, openDossier, settle } from './step.ts'
import { reckon } from './timing.ts'

export interface IssueResult extends OnDossier {
  readonly note?: string | undefined
  readonly results: readonly PaperInput[]
  /** The result is electronic and signed; needs a stored file. */
  readonly electronic: boolean
}

/** The unit head signs and issues the result: the end of the work (status 9). */
export async function issueResult(asked: Context, input: IssueResult): Promise<Result<DossierSummary>> {
  const { dossier, cx } = await openDossier(asked, 'dossier.issue', input)
  const time = await reckon(cx, dossier)
  const on = dossier.stage === 'payment' ? time.goOn(['payment']) : { resumed: undefined, ledger: time.ledger }
  const decision = decideIssue(
    dossier,
    {
      note: input.note,
      results: input.results,
      electronic: input.electronic,
      workedDays: time.workedDays(on.resumed?.pausedWorkingDays),
      ...on,
    },
    cx.now,
  )
  if (!decision.ok) return decision
  return settle(cx, dossier, decision.value)
}
