import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Tx } from '../../kernel/database/index.ts'
import type { Text } from '../../kernel/i18n/index.ts'
import type { AnswerFile, Consultation, OpinionAnswer, Verdict } from './rules/consultation.ts'
import type { HeldStep } from './rules/routing-steps.ts'

const stepRow = (dossierId: string, step: HeldStep) => ({
  dossier_id: dossierId,
  number: step.number,
  code: step.code,
  name: step.name,
  role: step.role,
  agency_code: step.agencyCode,
  allowance: step.allowance,
  next: step.next,
  back: step.back,
  round: step.round,
  state: step.state,
  planned_due_at: step.plannedDueAt,
  started_at: step.startedAt,
  due_at: step.dueAt,
  finished_at: step.finishedAt,
  holder_id: step.holderId,
  holder_name: step.holderName,
  outcome: step.outcome,
  note: step.note,
})

const stepJson = sql`jsonb_build_object('number', s.number, 'code', s.code, 'name', s.name, 'role', s.role, 'agencyCode', s.agency_code,
  'allowance', s.allowance, 'next', s.next, 'back', s.back, 'round', s.round, 'state', s.state, 'plannedDueAt', s.planned_due_at,
  'startedAt', s.started_at, 'dueAt', s.due_at, 'finishedAt', s.finished_at, 'holderId', s.holder_id, 'holderName', s.holder_name,
  'outcome', s.outcome, 'note', s.note)`

const iso = (value: string | null): string | null => (value === null ? null : new Date(value).toISOString())

/** Database JSON writes instants its own way; events and rows say them alike. */
const fromStepJson = (step: HeldStep): HeldStep => ({
  ...step,
  plannedDueAt: iso(step.plannedDueAt),
  startedAt: iso(step.startedAt),
  dueAt: iso(step.dueAt),
  finishedAt: iso(step.finishedAt),
})

/** Every step of a dossier, each time somebody held it, in order. */
export async function findSteps(tx: Tx, dossierId: string): Promise<readonly HeldStep[]> {
  const { rows } = await sql<{ step: HeldStep }>`
    select ${stepJson} as step from dossier_step s where s.dossier_id = ${dossierId}::uuid order by s.number`.execute(tx)
  return rows.map(({ step }) => fromStepJson(step))
}

/** Writes steps that are new or changed, of any number of dossiers, in one statement. */
export async function saveSteps(
  tx: Tx,
  changed: readonly { readonly dossierId: string; readonly steps: readonly HeldStep[] }[],
): Promise<void> {
  const rows = changed.flatMap(({ dossierId, steps }) => steps.map((step) => stepRow(dossierId, step)))
  if (rows.length === 0) return
  await sql`
    insert into dossier_step select s.* from jsonb_populate_recordset(null::dossier_step, ${JSON.stringify(rows)}::jsonb) s
    on conflict (dossier_id, number) do update set code = excluded.code, name = excluded.name, role = excluded.role, allowance = excluded.allowance,
      next = excluded.next, back = excluded.back, round = excluded.round, agency_code = excluded.agency_code, state = excluded.state,
      planned_due_at = excluded.planned_due_at, started_at = excluded.started_at, due_at = excluded.due_at,
      finished_at = excluded.finished_at, holder_id = excluded.holder_id, holder_name = excluded.holder_name,
      outcome = excluded.outcome, note = excluded.note`.execute(tx)
}

/** Agencies that have a part in a dossier beside its own: they hold an open step of it. */
export async function agenciesWithSteps(tx: Tx, dossierId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ agencyCode: string }>`
    select distinct agency_code as "agencyCode" from dossier_step where dossier_id = ${dossierId}::uuid and state = 'open'`.execute(tx)
  return rows.map(({ agencyCode }) => agencyCode)
}

export interface StepAtAgency {
  readonly dossierId: string
  readonly number: number
  readonly name: Text
  readonly agencyCode: string
  readonly resolvingAgency: string
  readonly code: string | null
  readonly procedureName: string
  readonly startedAt: string
  readonly dueAt: string | null
}

/** Open steps that these agencies (null: all) have in dossiers that others resolve. */
export async function stepsElsewhere(tx: Tx, agencyCodes: readonly string[] | null, limit: number): Promise<readonly StepAtAgency[]> {
  const { rows } = await sql<StepAtAgency>`
    select s.dossier_id as "dossierId", s.number, s.name, s.agency_code as "agencyCode", d.agency_code as "resolvingAgency", d.code,
      d.procedure_name as "procedureName", s.started_at::text as "startedAt", s.due_at::text as "dueAt"
    from dossier_step s join dossier d on d.id = s.dossier_id
    where s.state = 'open' and s.agency_code not in (d.agency_code, d.reception_agency_code)
      and s.agency_code not like d.agency_code || '.%' and d.stage <> 'closed'
      and (${agencyCodes === null} or s.agency_code = any(${[...(agencyCodes ?? [])]}::text[]))
    order by s.due_at nulls last, s.dossier_id limit ${limit}`.execute(tx)
  return rows
}

const answersJson = sql`
  (select jsonb_agg(jsonb_build_object('agencyCode', a.agency_code, 'dueAt', a.due_at, 'answeredAt', a.answered_at,
      'answeredByName', a.answered_by_name, 'verdict', a.verdict, 'answer', a.answer, 'files', a.files, 'reminders', a.reminders,
      'remindedAt', a.reminded_at) order by a.agency_code)
    from consultation_answer a where a.consultation_id = c.id)`

const consultationJson = sql`jsonb_build_object('id', c.id, 'dossierId', c.dossier_id, 'number', c.number, 'question', c.question,
  'papers', c.papers, 'askedAt', c.asked_at, 'askedBy', c.asked_by, 'askedByName', c.asked_by_name, 'agencyCode', c.agency_code,
  'stopsClock', c.stops_clock, 'cancelledAt', c.cancelled_at, 'cancelledByName', c.cancelled_by_name, 'cancelReason', c.cancel_reason,
  'answers', ${answersJson})`

const fromConsultation = (one: Consultation): Consultation => ({
  ...one,
  askedAt: iso(one.askedAt) ?? '',
  cancelledAt: iso(one.cancelledAt),
  answers: one.answers.map((answer) => ({
    ...answer,
    dueAt: iso(answer.dueAt) ?? '',
    answeredAt: iso(answer.answeredAt),
    remindedAt: iso(answer.remindedAt),
  })),
})

/** The questions asked about a dossier, the first one first. */
export async function findConsultations(tx: Tx, dossierId: string): Promise<readonly Consultation[]> {
  const { rows } = await sql<{ one: Consultation }>`
    select ${consultationJson} as one from consultation c where c.dossier_id = ${dossierId}::uuid order by c.number`.execute(tx)
  return rows.map(({ one }) => fromConsultation(one))
}

export async function findConsultation(tx: Tx, id: string): Promise<Consultation | undefined> {
  const { rows } = await sql<{ one: Consultation }>`
    select ${consultationJson} as one from consultation c where c.id = ${id}::uuid`.execute(tx)
  return rows[0] && fromConsultation(rows[0].one)
}

/** A new question with an open answer for each agency, in one statement. */
export async function insertConsultation(tx: Tx, one: Consultation, explanations: ReadonlyMap<string, readonly Text[]>): Promise<void> {
  const answers = one.answers.map(({ agencyCode, dueAt }) => ({ agencyCode, dueAt, explanation: explanations.get(agencyCode) ?? [] }))
  await sql`
    with asked as (
      insert into consultation (id, dossier_id, number, question, papers, asked_at, asked_by, asked_by_name, agency_code, stops_clock)
      values (${one.id}::uuid, ${one.dossierId}::uuid, ${one.number}, ${one.question}, ${[...one.papers]}::smallint[], ${one.askedAt}::timestamptz,
        ${one.askedBy}::uuid, ${one.askedByName}, ${one.agencyCode}, ${one.stopsClock})
    )
    insert into consultation_answer (consultation_id, agency_code, due_at, due_explanation)
    select ${one.id}::uuid, "agencyCode", "dueAt", explanation
    from jsonb_to_recordset(${JSON.stringify(answers)}::jsonb) as a("agencyCode" text, "dueAt" timestamptz, explanation jsonb)`.execute(tx)
}

export async function saveAnswer(
  tx: Tx,
  consultationId: string,
  agencyCode: string,
  answer: { at: string; by: string | null; byName: string; verdict: Verdict; text: string; files: readonly AnswerFile[] },
): Promise<void> {
  await sql`
    update consultation_answer set answered_at = ${answer.at}::timestamptz, answered_by = ${answer.by}::uuid,
      answered_by_name = ${answer.byName}, verdict = ${answer.verdict}, answer = ${answer.text}, files = ${JSON.stringify(answer.files)}::jsonb
    where consultation_id = ${consultationId}::uuid and agency_code = ${agencyCode}`.execute(tx)
}

export async function saveReminder(tx: Tx, consultationId: string, agencyCodes: readonly string[], at: string): Promise<void> {
  await sql`
    update consultation_answer set reminders = reminders + 1, reminded_at = ${at}::timestamptz
    where consultation_id = ${consultationId}::uuid and agency_code = any(${[...agencyCodes]}::text[]) and answered_at is null`.execute(tx)
}

export async function saveCancel(tx: Tx, consultationId: string, by: string, reason: string, at: string): Promise<void> {
  await sql`
    update consultation set cancelled_at = ${at}::timestamptz, cancelled_by_name = ${by}, cancel_reason = ${reason}
    where id = ${consultationId}::uuid`.execute(tx)
}

export interface AskedLine {
  readonly consultationId: string
  readonly agencyCode: string
  readonly askedBy: string
  readonly dossierCode: string | null
  readonly procedureName: string
  readonly question: string
  readonly askedAt: string
  readonly dueAt: string
  readonly answeredAt: string | null
  readonly verdict: Verdict | null
  readonly reminders: number
}

/** Questions put to these agencies (null: all): open ones by due time, or the last ones answered. */
export async function askedOf(
  tx: Tx,
  agencyCodes: readonly string[] | null,
  answered: boolean,
  limit: number,
): Promise<readonly AskedLine[]> {
  const { rows } = await sql<AskedLine>`
    select c.id as "consultationId", a.agency_code as "agencyCode", c.agency_code as "askedBy", d.code as "dossierCode",
      d.procedure_name as "procedureName", c.question, c.asked_at::text as "askedAt", a.due_at::text as "dueAt",
      a.answered_at::text as "answeredAt", a.verdict, a.reminders
    from consultation_answer a join consultation c on c.id = a.consultation_id join dossier d on d.id = c.dossier_id
    where (a.answered_at is not null) = ${answered} and (${answered} or c.cancelled_at is null)
      and (${agencyCodes === null} or a.agency_code = any(${[...(agencyCodes ?? [])]}::text[]))
    order by case when ${answered} then a.answered_at end desc, a.due_at, c.id limit ${limit}`.execute(tx)
  return rows
}

/** Parts that nobody has answered and that are due before an instant: what a reminder may be for. */
export async function openAnswersBefore(
  tx: Tx,
  until: Temporal.Instant,
): Promise<readonly (Pick<OpinionAnswer, 'agencyCode' | 'dueAt' | 'remindedAt'> & { consultationId: string; dossierId: string })[]> {
  const { rows } = await sql<{ consultationId: string; dossierId: string; agencyCode: string; dueAt: string; remindedAt: string | null }>`
    select a.consultation_id as "consultationId", c.dossier_id as "dossierId", a.agency_code as "agencyCode", a.due_at::text as "dueAt",
      a.reminded_at::text as "remindedAt"
    from consultation_answer a join consultation c on c.id = a.consultation_id join dossier d on d.id = c.dossier_id
    where a.answered_at is null and c.cancelled_at is null and d.stage <> 'closed' and a.due_at < ${until}::timestamptz
    order by c.dossier_id, a.consultation_id, a.agency_code`.execute(tx)
  return rows.map((row) => ({ ...row, dueAt: iso(row.dueAt) ?? '', remindedAt: iso(row.remindedAt) }))
}

/** How many of the opinions asked have come, for many dossiers at once: `dossier id → {asked, answered}`. Cancelled questions do not count. */
export async function opinionCounts(
  tx: Tx,
  dossierIds: readonly string[],
): Promise<ReadonlyMap<string, { asked: number; answered: number }>> {
  if (dossierIds.length === 0) return new Map()
  const { rows } = await sql<{ id: string; asked: number; answered: number }>`
    select c.dossier_id as id, count(*) as asked, count(a.answered_at) as answered
    from consultation c join consultation_answer a on a.consultation_id = c.id
    where c.dossier_id = any(${[...dossierIds]}::uuid[]) and (c.cancelled_at is null or a.answered_at is not null)
    group by 1`.execute(tx)
  return new Map(rows.map(({ id, asked, answered }) => [id, { asked, answered }]))
}
