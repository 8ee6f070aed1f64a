import { dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import type { Result } from '../../../kernel/result.ts'
import { loadCalendar, moveDue, workingDaysBetween, workingMillis } from '../facts.ts'
import { decideAnswerSupplement, type PaperInput } from '../rules/lifecycle.ts'
import type { DossierSummary } from '../view.ts'
import { type OnDossier, openDossier, papersFrom, settle } from './step.ts'

export interface AnswerSupplement extends OnDossier {
  readonly note?: string | undefined
  readonly papers?: readonly PaperInput[] | undefined
}

/**
 * Takes in what the applicant was asked for (status 5 → 4): the clock goes on, and the due time moves by the working time it stood
 * still, so the applicant's time never counts against the office nor the office's against the applicant.
 */
export async function answerSupplement(asked: Context, input: AnswerSupplement): Promise<Result<DossierSummary>> {
  const { dossier, cx } = await openDossier(asked, 'dossier.answer-supplement', input)
  const calendar = await loadCalendar(cx.tx, dossier.agencyCode)
  const since = dossier.pausedAt ?? cx.now
  const moved = moveDue(dossier, { from: since, to: cx.now }, calendar)
  const decision = decideAnswerSupplement(
    dossier,
    {
      note: input.note,
      papers: papersFrom(cx.actor, input.papers),
      pausedWorkingMs: workingMillis(since, cx.now, calendar),
      pausedWorkingDays: workingDaysBetween(dayOf(since), dayOf(cx.now), calendar),
      ...moved,
    },
    cx.now,
  )
  if (!decision.ok) return decision
  return settle(cx, dossier, decision.value)
}
