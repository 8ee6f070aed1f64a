import type { Refusal } from '../../../kernel/errors.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { openClockStages, opinionRefusals as refusals } from '../routing-errors.ts'
import type { Stage } from './dossier.ts'

export const verdicts = ['agree', 'agree-with-remarks', 'disagree'] as const
/** What the other agency says: it agrees, agrees with remarks, or does not agree. */
export type Verdict = (typeof verdicts)[number]

/** Most agencies that are asked in one question. */
export const MOST_AGENCIES = 10

/** One agency's part of a question. Instants as ISO text. */
export interface OpinionAnswer {
  readonly agencyCode: string
  readonly dueAt: string
  readonly answeredAt: string | null
  readonly answeredByName: string | null
  readonly verdict: Verdict | null
  readonly answer: string | null
  readonly files: readonly AnswerFile[]
  readonly reminders: number
  readonly remindedAt: string | null
}

export interface AnswerFile {
  readonly name: string
  readonly sha256: string
  readonly size: number
  readonly type: string
}

/** A question to one or more agencies about a dossier. */
export interface Consultation {
  readonly id: string
  readonly dossierId: string
  /** Counts from 1 in its dossier. */
  readonly number: number
  readonly question: string
  readonly papers: readonly number[]
  readonly askedAt: string
  readonly askedBy: string | null
  readonly askedByName: string
  /** Who asks: the agency that resolves the dossier. */
  readonly agencyCode: string
  readonly stopsClock: boolean
  readonly cancelledAt: string | null
  readonly cancelledByName: string | null
  readonly cancelReason: string | null
  readonly answers: readonly OpinionAnswer[]
}

/** How an agency's part stands. `late` is answered after its time. */
export type AnswerState = 'waiting' | 'overdue' | 'answered' | 'late' | 'cancelled'

export function answerState(answer: OpinionAnswer, cancelledAt: string | null, now: number): AnswerState {
  if (answer.answeredAt !== null) return Date.parse(answer.answeredAt) > Date.parse(answer.dueAt) ? 'late' : 'answered'
  if (cancelledAt !== null) return 'cancelled'
  return Date.parse(answer.dueAt) < now ? 'overdue' : 'waiting'
}

/** How many of the agencies asked have answered, over all questions that still stand. */
export function opinionCount(consultations: readonly Consultation[], now: number): { asked: number; answered: number; overdue: number } {
  const standing = consultations.flatMap(({ answers, cancelledAt }) => answers.map((answer) => answerState(answer, cancelledAt, now)))
  const asked = standing.filter((state) => state !== 'cancelled')
  return {
    asked: asked.length,
    answered: asked.filter((state) => state === 'answered' || state === 'late').length,
    overdue: asked.filter((state) => state === 'overdue').length,
  }
}

export interface Question {
  readonly question: string
  readonly agencies: readonly string[]
  readonly papers: readonly number[]
}

/** Whether a question may be asked now, of these agencies. */
export function decideAsk(
  dossier: { readonly stage: Stage; readonly agencyCode: string; readonly papers: readonly { readonly number: number }[] },
  { question, agencies, papers }: Question,
  exists: (agencyCode: string) => boolean,
): Result<{ question: string; agencies: readonly string[] }> {
  if (!openClockStages.includes(dossier.stage)) return refuse(refusals.notNow)
  if (!question.trim()) return refuse(refusals.questionMissing)
  const asked = [...new Set(agencies)]
  if (asked.length === 0) return refuse(refusals.nobodyAsked)
  if (asked.length > MOST_AGENCIES) return refuse(refusals.tooMany)
  if (asked.includes(dossier.agencyCode)) return refuse(refusals.asksItself)
  if (!asked.every(exists)) return refuse(refusals.unknownAgency)
  if (!papers.every((number) => dossier.papers.some((paper) => paper.number === number))) return refuse(refusals.noSuchPaper)
  return ok({ question: question.trim(), agencies: asked })
}

/** Why an agency's part cannot be answered, reminded of or cancelled any more; undefined when it can. */
export function notOpen(consultation: Consultation, answer: OpinionAnswer | undefined): Refusal | undefined {
  if (!answer) return refusals.notAsked
  if (consultation.cancelledAt !== null) return refusals.cancelled
  return answer.answeredAt === null ? undefined : refusals.alreadyAnswered
}

/** Whether the job reminds an agency now: once on the working day before it is due, then once a day while it is late. */
export function reminderDue(
  answer: Pick<OpinionAnswer, 'dueAt' | 'remindedAt'>,
  today: string,
  /** Civil day of an instant, and the working day after a day. */
  days: { of(instant: string): string; next(day: string): string },
): 'before' | 'overdue' | undefined {
  const due = days.of(answer.dueAt)
  const reminded = answer.remindedAt === null ? null : days.of(answer.remindedAt)
  if (reminded === today) return undefined
  if (due < today) return 'overdue'
  return due <= days.next(today) && reminded === null ? 'before' : undefined
}
