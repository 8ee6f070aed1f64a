import { dayOf } from '../../../kernel/clock.ts'
import { type Refusal, refusals } from '../../../kernel/errors.ts'
import { isUuid } from '../../../kernel/id.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { opinionRefusals } from '../routing-errors.ts'
import { type AskedLine, askedOf, findConsultation, type StepAtAgency, stepsElsewhere } from '../routing-store.ts'
import { type AnswerState, answerState, type OpinionAnswer } from '../rules/consultation.ts'
import type { Paper } from '../rules/dossier.ts'
import { find, recordAccess } from '../store.ts'
import { type Asker, type QueryHost, type Reader, reachedCodes, readerOf } from './reader.ts'

const LIMIT = 200
const ANSWERED = 20

export interface AskedView extends AskedLine {
  readonly agencyName: string
  readonly askedByName: string
  readonly overdue: boolean
}

export interface StepElsewhereView extends StepAtAgency {
  readonly agencyName: string
  readonly resolvingName: string
  readonly overdue: boolean
}

/** What other agencies wait for from this officer's: opinions, and steps of their dossiers. */
export interface AskedOfMe {
  readonly open: readonly AskedView[]
  readonly answered: readonly AskedView[]
  readonly steps: readonly StepElsewhereView[]
}

const denied = (reader: Reader): Refusal => (reader.actor.kind === 'anonymous' ? refusals.signInNeeded : refusals.denied)

/** The list "Xin ý kiến chờ tôi". Entry: whoever may answer for an agency. */
export async function askedOfMe(host: QueryHost, asker: Asker): Promise<Result<AskedOfMe>> {
  const reader = await readerOf(host, asker)
  if (!reader.access.can(reader.actor, 'dossier.answer-opinion')) return refuse(denied(reader))
  const codes = reachedCodes(reader, 'dossier.answer-opinion')
  const stepCodes = reachedCodes(reader, 'dossier.finish-step')
  const [open, answered, steps] = await reader.read(async (tx) => [
    await askedOf(tx, codes, false, LIMIT),
    await askedOf(tx, codes, true, ANSWERED),
    await stepsElsewhere(tx, stepCodes, LIMIT),
  ])
  const today = dayOf(reader.now)
  const now = reader.now.epochMilliseconds
  const view = (line: AskedLine): AskedView => ({
    ...line,
    agencyName: reader.directory.name(line.agencyCode, today),
    askedByName: reader.directory.name(line.askedBy, today),
    overdue: Date.parse(line.answeredAt ?? new Date(now).toISOString()) > Date.parse(line.dueAt),
  })
  return ok({
    open: open.map(view),
    answered: answered.map(view),
    steps: steps.map((step) => ({
      ...step,
      agencyName: reader.directory.name(step.agencyCode, today),
      resolvingName: reader.directory.name(step.resolvingAgency, today),
      overdue: step.dueAt !== null && Date.parse(step.dueAt) < now,
    })),
  })
}

/** What an agency that is asked sees of a dossier: the question, what it is about, and the papers that were named. Nothing else. */
export interface QuestionView {
  readonly consultationId: string
  readonly agencyCode: string
  readonly agencyName: string
  readonly askedByAgency: string
  readonly askedByName: string
  readonly question: string
  readonly askedAt: string
  readonly dossierCode: string | null
  readonly procedureName: string
  readonly applicantName: string
  readonly papers: readonly Paper[]
  readonly answer: OpinionAnswer
  readonly state: AnswerState
  readonly cancelReason: string | null
}

/** A question as the agency that was asked sees it; the look is recorded at the dossier. Somebody else's is answered as one that does not exist. */
export async function questionFor(
  host: QueryHost,
  asker: Asker,
  id: string,
  agencyCode: string | undefined,
): Promise<Result<QuestionView>> {
  const reader = await readerOf(host, asker)
  if (!reader.access.can(reader.actor, 'dossier.answer-opinion')) return refuse(denied(reader))
  const consultation = isUuid(id) ? await reader.read((tx) => findConsultation(tx, id)) : undefined
  const mine =
    consultation?.answers.filter((one) => reader.access.can(reader.actor, 'dossier.answer-opinion', { agencyCode: one.agencyCode })) ?? []
  const answer = mine.find((one) => one.agencyCode === agencyCode) ?? mine.find(({ answeredAt }) => answeredAt === null) ?? mine[0]
  const dossier = consultation && answer ? await reader.read((tx) => find(tx, consultation.dossierId)) : undefined
  if (!consultation || !answer || !dossier) return refuse(opinionRefusals.notAsked)
  const { actor } = reader
  if (actor.kind === 'officer') await reader.read((tx) => recordAccess(tx, dossier.id, actor, reader.now))
  // A question taken back before it was answered: nobody there needs the papers any more.
  const needed = consultation.cancelledAt === null || answer.answeredAt !== null
  const today = dayOf(reader.now)
  return ok({
    consultationId: consultation.id,
    agencyCode: answer.agencyCode,
    agencyName: reader.directory.name(answer.agencyCode, today),
    askedByAgency: reader.directory.name(consultation.agencyCode, today),
    askedByName: consultation.askedByName,
    question: consultation.question,
    askedAt: consultation.askedAt,
    dossierCode: dossier.code,
    procedureName: dossier.procedureName,
    applicantName: dossier.applicant.name,
    papers: needed ? dossier.papers.filter(({ number }) => consultation.papers.includes(number)) : [],
    answer,
    state: answerState(answer, consultation.cancelledAt, reader.now.epochMilliseconds),
    cancelReason: consultation.cancelledAt === null ? null : consultation.cancelReason,
  })
}
