import { Temporal } from 'temporal-polyfill'
import { allow } from '../../../kernel/access/index.ts'
import { type Day, dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { Refused } from '../../../kernel/errors.ts'
import { type NewEvent, record } from '../../../kernel/events.ts'
import { isUuid } from '../../../kernel/id.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { addWorkingMillis, dueAt, loadCalendar, moment, workingMillis } from '../../calendar/index.ts'
import { type ConsultationRule, listVersions } from '../../catalogue/index.ts'
import { loadDirectory } from '../../organisation/index.ts'
import type { DecidedEvent } from '../events.ts'
import { opinionRefusals as refusals } from '../routing-errors.ts'
import * as routing from '../routing-store.ts'
import { type AnswerFile, type Consultation, decideAsk, notOpen, opinionCount, type Verdict, verdicts } from '../rules/consultation.ts'
import type { Dossier } from '../rules/dossier.ts'
import { decideReschedule } from '../rules/due.ts'
import * as store from '../store.ts'
import { isoOf } from './routing-follow.ts'
import { inPlaceOf, type OnDossier, openDossier, settle } from './step.ts'

/** What a procedure that says nothing about opinions gives another agency, in working days. */
const USUAL: ConsultationRule = { workingDays: 5, stopsClock: false }

/** Where the opinions on a dossier stand. Plain JSON. */
export interface OpinionView {
  readonly consultationId: string
  readonly dossierId: string
  readonly asked: number
  readonly answered: number
}

export interface AskOpinion extends OnDossier {
  readonly question: string
  readonly agencies: readonly string[]
  /** Numbers of the dossier's papers that the others may see. */
  readonly papers?: readonly number[] | undefined
  /** Working days they have; what the procedure says when absent. */
  readonly workingDays?: number | undefined
}

async function ruleOf(cx: Context, dossier: Dossier): Promise<ConsultationRule> {
  const versions = await listVersions(cx.tx, dossier.procedureCode)
  return versions.find(({ version }) => version === dossier.procedureVersion)?.body.process?.consultation ?? USUAL
}

const routingEvent = (type: string, dossier: Pick<Dossier, 'id' | 'agencyCode'>, data: object): NewEvent => ({
  type,
  subject: dossier.id,
  agencyCode: dossier.agencyCode,
  data,
})

const viewOf = (consultation: Consultation, now: Temporal.Instant): OpinionView => {
  const { asked, answered } = opinionCount([consultation], now.epochMilliseconds)
  return { consultationId: consultation.id, dossierId: consultation.dossierId, asked, answered }
}

/**
 * Asks one or more agencies for their opinion, each with its own due time on its own calendar. The legal clock goes on unless the
 * procedure says otherwise. Refusals: dossier.opinion-*.
 */
export async function askOpinion(asked: Context, input: AskOpinion): Promise<Result<OpinionView>> {
  const { dossier, cx } = await openDossier(asked, 'dossier.ask-opinion', input)
  const directory = await loadDirectory(cx.tx)
  const today = dayOf(cx.now)
  const papers = input.papers ?? []
  const decision = decideAsk(dossier, { ...input, papers }, (code) => directory.find(code, today) !== undefined)
  if (!decision.ok) return decision
  const rule = await ruleOf(cx, dossier)
  const limit = { limit: input.workingDays ?? rule.workingDays, unit: 'working_day' as const }
  const dues = new Map<string, ReturnType<typeof dueAt>>()
  for (const code of decision.value.agencies) dues.set(code, dueAt(cx.now, limit, await loadCalendar(cx.tx, code)))
  const before = await routing.findConsultations(cx.tx, dossier.id)
  const consultation: Consultation = {
    id: cx.id(),
    dossierId: dossier.id,
    number: before.length + 1,
    question: decision.value.question,
    papers,
    askedAt: isoOf(cx.now),
    askedBy: cx.actor.kind === 'officer' ? cx.actor.officerId : null,
    askedByName: 'name' in cx.actor ? cx.actor.name : '',
    agencyCode: dossier.agencyCode,
    stopsClock: rule.stopsClock,
    cancelledAt: null,
    cancelledByName: null,
    cancelReason: null,
    answers: [...dues].map(([agencyCode, { due }]) => ({
      agencyCode,
      dueAt: isoOf(due),
      answeredAt: null,
      answeredByName: null,
      verdict: null,
      answer: null,
      files: [],
      reminders: 0,
      remindedAt: null,
    })),
  }
  await routing.insertConsultation(cx.tx, consultation, new Map([...dues].map(([code, { explanation }]) => [code, explanation])))
  const view = viewOf(consultation, cx.now)
  const agencyNames = [...dues.keys()].map((code) => directory.name(code, today))
  const data = { consultation, agencyNames, note: consultation.question }
  await record(cx, { events: [routingEvent('routing.opinion-asked', dossier, data)], result: view })
  return ok(view)
}

/** A question with its dossier, both held until the transaction ends. */
async function openQuestion(cx: Context, id: string): Promise<{ consultation: Consultation; dossier: Dossier }> {
  const seen = isUuid(id) ? await routing.findConsultation(cx.tx, id) : undefined
  const locked = seen && (await store.lock(cx.tx, seen.dossierId))
  // Read again under the lock: whoever came first may have answered.
  const consultation = locked && (await routing.findConsultation(cx.tx, id))
  if (!consultation || !locked) throw new Refused(refusals.notAsked)
  return { consultation, dossier: locked.dossier }
}

export interface AnswerOpinion {
  readonly consultationId: string
  /** The agency in whose name the answer is given. */
  readonly agencyCode: string
  readonly verdict: Verdict | undefined
  readonly answer: string
  readonly files?: readonly AnswerFile[] | undefined
}

const isOver = (consultation: Consultation): boolean =>
  consultation.cancelledAt !== null || consultation.answers.every(({ answeredAt }) => answeredAt !== null)

/**
 * Where sector law lets the clock stand still: once the last one has answered (or the question is taken back), the due time moves by
 * the working time since it was asked.
 */
async function goOn(
  cx: Context,
  dossier: Dossier,
  before: Consultation,
  after: Consultation,
  directoryName: (code: string) => string,
): Promise<void> {
  const asked = Temporal.Instant.from(after.askedAt)
  if (!after.stopsClock || isOver(before) || !isOver(after) || dossier.dueAt === null) return
  if (Temporal.Instant.compare(asked, dossier.dueAt) >= 0) return
  const calendar = await loadCalendar(cx.tx, dossier.agencyCode)
  const due = addWorkingMillis(dossier.dueAt, workingMillis(asked, cx.now, calendar), calendar)
  const [from, to, until] = [moment(asked), moment(cx.now), moment(due)]
  const names = after.answers.map(({ agencyCode }) => directoryName(agencyCode)).join(', ')
  const why = {
    vi: `Chờ ý kiến ${names} từ ${from.vi} đến ${to.vi}: hạn lùi tương ứng số giờ làm việc, nay là ${until.vi}.`,
    en: `Waiting for the opinion of ${names} from ${from.en} to ${to.en}: the due time moves by that working time, to ${until.en}.`,
  }
  const explanation = [...(dossier.dueExplanation ?? []), why]
  const moved = decideReschedule(dossier, { due, explanation, why, note: why.vi }, cx.now)
  // Where the dossier stands the clock may no longer be moved (it is signed or waits for the applicant): then it stays.
  if (!moved.ok) return
  const events = moved.value.events.map(
    (event) => ({ ...event, data: { ...event.data, cause: 'consultation' } }) as unknown as DecidedEvent,
  )
  await settle({ ...cx, requestId: cx.id() }, dossier, { ...moved.value, events })
}

/** An officer of the agency that was asked answers, also when it is late. Refusals: dossier.opinion-*. */
export async function answerOpinion(cx: Context, input: AnswerOpinion): Promise<Result<OpinionView>> {
  allow(cx, 'dossier.answer-opinion')
  const { consultation, dossier } = await openQuestion(cx, input.consultationId)
  allow(cx, 'dossier.answer-opinion', { agencyCode: input.agencyCode })
  const refusal = notOpen(
    consultation,
    consultation.answers.find(({ agencyCode }) => agencyCode === input.agencyCode),
  )
  if (refusal) return refuse(refusal)
  if (!input.verdict || !verdicts.includes(input.verdict)) return refuse(refusals.verdictMissing)
  const text = input.answer.trim()
  if (!text) return refuse(refusals.answerMissing)
  const acting = inPlaceOf(cx, 'dossier.answer-opinion', { agencyCode: input.agencyCode })
  const given = {
    at: isoOf(cx.now),
    by: cx.actor.kind === 'officer' ? cx.actor.officerId : null,
    byName: 'name' in cx.actor ? cx.actor.name : '',
    verdict: input.verdict,
    text,
    files: input.files ?? [],
  }
  await routing.saveAnswer(cx.tx, consultation.id, input.agencyCode, given)
  const after: Consultation = {
    ...consultation,
    answers: consultation.answers.map((one) => (one.agencyCode === input.agencyCode ? { ...one, answeredAt: given.at } : one)),
  }
  const directory = await loadDirectory(cx.tx)
  const nameOf = (code: string): string => directory.name(code, dayOf(cx.now))
  await goOn(acting, dossier, consultation, after, nameOf)
  const view = viewOf(after, cx.now)
  const data = {
    consultationId: consultation.id,
    agencyCode: input.agencyCode,
    agencyNames: [nameOf(input.agencyCode)],
    verdict: given.verdict,
    note: text,
    files: given.files,
  }
  await record(acting, { events: [routingEvent('routing.opinion-answered', dossier, data)], result: view })
  return ok(view)
}

export interface RemindOpinion {
  readonly consultationId: string
  /** Who is reminded; everybody who has not answered when absent. */
  readonly agencies?: readonly string[] | undefined
}

/** Reminds agencies that have not answered: by hand, or the job before the due time and once a day after it. */
export async function remindOpinion(cx: Context, input: RemindOpinion): Promise<Result<OpinionView>> {
  allow(cx, 'dossier.remind-opinion')
  const { consultation, dossier } = await openQuestion(cx, input.consultationId)
  const target = { agencyCodes: [dossier.agencyCode], assigneeId: dossier.assigneeId }
  allow(cx, 'dossier.remind-opinion', target)
  if (consultation.cancelledAt !== null) return refuse(refusals.cancelled)
  const waiting = consultation.answers.filter(
    ({ answeredAt, agencyCode }) => answeredAt === null && (input.agencies?.includes(agencyCode) ?? true),
  )
  if (waiting.length === 0) return refuse(refusals.alreadyAnswered)
  const codes = waiting.map(({ agencyCode }) => agencyCode)
  await routing.saveReminder(cx.tx, consultation.id, codes, isoOf(cx.now))
  const directory = await loadDirectory(cx.tx)
  const today: Day = dayOf(cx.now)
  const view = viewOf(consultation, cx.now)
  const data = { consultationId: consultation.id, agencies: codes, agencyNames: codes.map((code) => directory.name(code, today)) }
  await record(inPlaceOf(cx, 'dossier.remind-opinion', target), {
    events: [routingEvent('routing.opinion-reminded', dossier, data)],
    result: view,
  })
  return ok(view)
}

export interface CancelOpinion {
  readonly consultationId: string
  readonly reason: string
}

/** Takes a question back: nobody needs to answer any more; what has been answered stays. */
export async function cancelOpinion(cx: Context, input: CancelOpinion): Promise<Result<OpinionView>> {
  allow(cx, 'dossier.cancel-opinion')
  const { consultation, dossier } = await openQuestion(cx, input.consultationId)
  const target = { agencyCodes: [dossier.agencyCode], assigneeId: dossier.assigneeId }
  allow(cx, 'dossier.cancel-opinion', target)
  if (consultation.cancelledAt !== null) return refuse(refusals.cancelled)
  if (isOver(consultation)) return refuse(refusals.alreadyAnswered)
  const acting = inPlaceOf(cx, 'dossier.cancel-opinion', target)
  const by = 'name' in cx.actor ? cx.actor.name : ''
  await routing.saveCancel(cx.tx, consultation.id, by, input.reason.trim(), isoOf(cx.now))
  const after: Consultation = { ...consultation, cancelledAt: isoOf(cx.now), cancelledByName: by, cancelReason: input.reason.trim() }
  const directory = await loadDirectory(cx.tx)
  await goOn(acting, dossier, consultation, after, (code) => directory.name(code, dayOf(cx.now)))
  const view = viewOf(after, cx.now)
  await record(acting, {
    events: [routingEvent('routing.opinion-cancelled', dossier, { consultationId: consultation.id, note: after.cancelReason })],
    result: view,
  })
  return ok(view)
}
