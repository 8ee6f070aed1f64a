import { Temporal } from 'temporal-polyfill'
import type { Context } from '../../../kernel/context.ts'
import type { Result } from '../../../kernel/result.ts'
import { decideAnswerSupplement, type PaperInput } from '../rules/lifecycle.ts'
import type { DossierSummary } from '../view.ts'
import { type OnDossier, openDossier, papersFrom, settle } from './step.ts'
import { reckon } from './timing.ts'

export interface AnswerSupplement extends OnDossier {
  readonly note?: string | undefined
  readonly papers?: readonly PaperInput[] | undefined
}

/**
 * Takes in what the applicant was asked for (status 5 → 4, or 5 → 1 before reception): the clock goes on, and the due time moves by the
 * working time it stood still, so the applicant's time never counts against the office nor the office's against the applicant.
 */
export async function answerSupplement(asked: Context, input: AnswerSupplement): Promise<Result<DossierSummary>> {
  const { dossier, cx } = await openDossier(asked, 'dossier.answer-supplement', input)
  const { resumed, ledger } = (await reckon(cx, dossier)).goOn(['supplement'])
  const decision = decideAnswerSupplement(
    dossier,
    {
      note: input.note,
      papers: papersFrom(cx.actor, input.papers),
      pausedWorkingMs: resumed.pausedWorkingMs,
      pausedWorkingDays: resumed.pausedWorkingDays,
      due: resumed.dueAt === null ? null : Temporal.Instant.from(resumed.dueAt),
      explanation: resumed.dueExplanation,
      why: resumed.why,
      ledger,
    },
    cx.now,
  )
  if (!decision.ok) return decision
  return settle(cx, dossier, decision.value)
}
