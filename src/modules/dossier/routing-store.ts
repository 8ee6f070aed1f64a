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

/** What events say of a dossier's steps, in order, with the version of the dossier that each led to. */
export async function stepHistory(
  tx: Tx,
  dossierId: string,
): Promise<readonly { readonly version: number | null; readonly data: { readonly steps: readonly HeldStep[] } }[]> {
  const { rows } = await sql<{ version: number | null; steps: readonly HeldStep[] }>`
    select (data ->> 'version')::int as version, data -> 'steps' as steps from event
    where subject = ${dossierId}::uuid and data ? 'steps' order by position`.execute(tx)
  return rows.map(({ version, steps }) => ({ version, data: { steps } }))
}

/** A dossier that belongs to another, or will once what it needs is there. Instants as ISO text. */
export interface Link {
  readonly parentId: string
  readonly number: number
  readonly procedureCode: string
  readonly start: 'filing' | 'result'
  readonly afterCode: string | null
  readonly namedAgency: string | null
  readonly withPapers: boolean
  readonly childId: string | null
  readonly startedAt: string | null
  readonly trouble: string | null
  readonly fedBackAt: string | null
}

const linkColumns = sql`l.parent_id as "parentId", l.number, l.procedure_code as "procedureCode", l.start, l.after_code as "afterCode",
  l.named_agency as "namedAgency", l.with_papers as "withPapers", l.child_id as "childId", l.started_at::text as "startedAt", l.trouble,
  l.fed_back_at::text as "fedBackAt"`

export async function findLinks(tx: Tx, parentId: string): Promise<readonly Link[]> {
  const { rows } = await sql<Link>`
    select ${linkColumns} from dossier_link l where l.parent_id = ${parentId}::uuid order by l.number for update`.execute(tx)
  return rows
}

/** The links of a dossier in both directions: those it is the parent of, and the one it was started through. */
export async function findFamily(tx: Tx, dossierId: string): Promise<readonly Link[]> {
  const { rows } = await sql<Link>`
    select ${linkColumns} from dossier_link l where l.parent_id = ${dossierId}::uuid or l.child_id = ${dossierId}::uuid order by l.number`.execute(
    tx,
  )
  return rows
}

export async function saveLink(tx: Tx, link: Link): Promise<void> {
  await sql`
    insert into dossier_link (parent_id, number, procedure_code, start, after_code, named_agency, with_papers, child_id, started_at, trouble, fed_back_at)
    values (${link.parentId}::uuid, ${link.number}, ${link.procedureCode}, ${link.start}, ${link.afterCode}, ${link.namedAgency}, ${link.withPapers},
      ${link.childId}::uuid, ${link.startedAt}::timestamptz, ${link.trouble}, ${link.fedBackAt}::timestamptz)
    on conflict (parent_id, number) do update set child_id = excluded.child_id, started_at = excluded.started_at,
      trouble = excluded.trouble, fed_back_at = excluded.fed_back_at`.execute(tx)
}

/** A dossier of a family: what people need to see of it. */
export interface Kin {
  readonly dossierId: string | null
  readonly role: 'parent' | 'child'
  readonly number: number
  readonly procedureCode: string
  readonly procedureName: string | null
  readonly agencyCode: string | null
  readonly code: string | null
  readonly reference: string | null
  readonly status: number | null
  readonly stage: string | null
  readonly dueAt: string | null
  readonly start: 'filing' | 'result'
  readonly afterCode: string | null
  readonly trouble: string | null
}

/** Everything that belongs together with a dossier: what it was started from, and what was or will be started from it. */
export async function findKin(tx: Tx, dossierId: string): Promise<readonly Kin[]> {
  const { rows } = await sql<Kin>`
    with up as (select parent_id from dossier_link where child_id = ${dossierId}::uuid),
      family as (select coalesce((select parent_id from up), ${dossierId}::uuid) as id)
    select d.id as "dossierId", 'parent' as role, 0 as number, d.procedure_code as "procedureCode", d.procedure_name as "procedureName",
      d.agency_code as "agencyCode", d.code, d.reference, d.status, d.stage, d.due_at::text as "dueAt", 'filing' as start,
      null as "afterCode", null as trouble
    from dossier d join up on up.parent_id = d.id
    union all
    select l.child_id, 'child', l.number, l.procedure_code, d.procedure_name, coalesce(d.agency_code, l.named_agency), d.code, d.reference,
      d.status, d.stage, d.due_at::text, l.start, l.after_code, l.trouble
    from dossier_link l join family on family.id = l.parent_id left join dossier d on d.id = l.child_id
    where l.child_id is distinct from ${dossierId}::uuid
    order by 3`.execute(tx)
  return rows
}

/** Open dossiers of agencies, counted. */
export async function openAt(tx: Tx, agencyCodes: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ code: string; open: number }>`
    select agency_code as code, count(*) as open from dossier
    where agency_code = any(${[...agencyCodes]}::text[]) and stage <> 'closed' group by 1`.execute(tx)
  return new Map(rows.map(({ code, open }) => [code, open]))
}

export interface OpenLine {
  readonly id: string
  readonly version: number
  readonly agencyCode: string
  readonly code: string | null
  readonly reference: string
  readonly procedureName: string
  readonly applicantName: string
  readonly stage: string
  readonly dueAt: string | null
}

const openLine = sql`d.id, d.version, d.agency_code as "agencyCode", d.code, d.reference, d.procedure_name as "procedureName",
  d.applicant_name as "applicantName", d.stage, d.due_at::text as "dueAt"`

/** Open dossiers of agencies, the most urgent first. */
export async function listOpenAt(tx: Tx, agencyCodes: readonly string[], limit: number): Promise<readonly OpenLine[]> {
  const { rows } = await sql<OpenLine>`
    select ${openLine} from dossier d where d.agency_code = any(${[...agencyCodes]}::text[]) and d.stage <> 'closed'
    order by coalesce(d.due_at, d.submitted_at), d.id limit ${limit}`.execute(tx)
  return rows
}

/** Open dossiers that an officer holds at agencies (null: anywhere), the most urgent first. */
export async function heldBy(
  tx: Tx,
  officerId: string,
  agencyCodes: readonly string[] | null,
  limit: number,
): Promise<readonly OpenLine[]> {
  const { rows } = await sql<OpenLine>`
    select ${openLine} from dossier d
    where d.assignee_id = ${officerId}::uuid and d.stage in ('processing', 'signing', 'supplement', 'payment')
      and (${agencyCodes === null} or d.agency_code = any(${[...(agencyCodes ?? [])]}::text[]))
    order by coalesce(d.due_at, d.submitted_at), d.id limit ${limit}`.execute(tx)
  return rows
}

export interface Holder {
  readonly officerId: string
  readonly name: string
  readonly agencyCode: string
  readonly open: number
  readonly overdue: number
}

/** Who holds open dossiers of agencies (null: all), and how many; also officers who are gone. */
export async function holdersAt(tx: Tx, agencyCodes: readonly string[] | null, now: Temporal.Instant): Promise<readonly Holder[]> {
  const { rows } = await sql<Holder>`
    select d.assignee_id as "officerId", max(d.assignee_name) as name, min(d.agency_code) as "agencyCode", count(*) as open,
      count(*) filter (where d.due_at < ${now}::timestamptz and d.stage in ('processing', 'signing')) as overdue
    from dossier d
    where d.assignee_id is not null and d.stage in ('processing', 'signing', 'supplement', 'payment')
      and (${agencyCodes === null} or d.agency_code = any(${[...(agencyCodes ?? [])]}::text[]))
    group by d.assignee_id order by 4 desc, 2`.execute(tx)
  return rows
}
