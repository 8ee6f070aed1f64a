import { dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import type { Result } from '../../../kernel/result.ts'
import { loadCalendar, workingDaysBetween } from '../facts.ts'
import { decideIssue, type PaperInput } from '../rules/lifecycle.ts'
import type { DossierSummary } from '../view.ts'
import { type OnDossier, openDossier, settle } from './step.ts'

export interface IssueResult extends OnDossier {
  readonly note?: string | undefined
  readonly results: readonly PaperInput[]
  /** The result is electronic and signed; needs a stored file. */
  readonly electronic: boolean
}

/** The unit head signs and issues the result: the end of the work (status 9). */
export async function issueResult(asked: Context, input: IssueResult): Promise<Result<DossierSummary>> {
  const { dossier, cx } = await openDossier(asked, 'dossier.issue', input)
  const calendar = await loadCalendar(cx.tx, dossier.agencyCode)
  const taken = dossier.receivedDay === null ? 0 : workingDaysBetween(dossier.receivedDay, dayOf(cx.now), calendar)
  const workedDays = Math.max(0, taken - dossier.supplementWorkingDays)
  const decision = decideIssue(dossier, { note: input.note, results: input.results, electronic: input.electronic, workedDays }, cx.now)
  if (!decision.ok) return decision
  return settle(cx, dossier, decision.value)
}
