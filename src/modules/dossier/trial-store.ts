import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Tx } from '../../kernel/database/index.ts'

/** A remark on one answer or paper of a trial. `path` is the answer's place in the form. */
export interface TrialComment {
  readonly path: string
  readonly label: string
  readonly text: string
}

export type TrialVerdict = 'enough' | 'mend'

/** A draft shown to the desk. Instants as ISO text. */
export interface Trial {
  readonly id: string
  readonly personId: string
  readonly personName: string
  readonly phone: string | null
  readonly procedureCode: string
  readonly procedureName: string
  readonly agencyCode: string
  readonly formCode: string
  readonly formVersion: number
  readonly answers: Readonly<Record<string, unknown>>
  readonly applicantName: string | null
  readonly askedAt: string
  readonly promisedAt: string
  readonly verdict: TrialVerdict | null
  readonly answeredAt: string | null
  readonly answeredByName: string | null
  readonly note: string
  readonly comments: readonly TrialComment[]
}

const columns = sql`
  t.id, t.person_id as "personId", t.person_name as "personName", t.phone, t.procedure_code as "procedureCode",
  t.procedure_name as "procedureName", t.agency_code as "agencyCode", t.form_code as "formCode", t.form_version as "formVersion", t.answers,
  t.applicant_name as "applicantName", to_jsonb(t.asked_at) #>> '{}' as "askedAt", to_jsonb(t.promised_at) #>> '{}' as "promisedAt", t.verdict,
  to_jsonb(t.answered_at) #>> '{}' as "answeredAt", t.answered_by_name as "answeredByName", t.note, t.comments`

/** Puts a draft on the desk; one that lies there already is replaced and keeps its place in line. Answers which one it is. */
export async function putTrial(
  tx: Tx,
  trial: Omit<Trial, 'askedAt' | 'promisedAt' | 'verdict' | 'answeredAt' | 'answeredByName' | 'note' | 'comments'> & {
    readonly askedAt: Temporal.Instant
    readonly promisedAt: Temporal.Instant
  },
): Promise<{ id: string; promisedAt: string }> {
  const { rows } = await sql<{ id: string; promisedAt: string }>`
    insert into dossier_trial as t (id, person_id, person_name, phone, procedure_code, procedure_name, agency_code, form_code, form_version,
      answers, applicant_name, asked_at, promised_at)
    values (${trial.id}::uuid, ${trial.personId}::uuid, ${trial.personName}, ${trial.phone}, ${trial.procedureCode}, ${trial.procedureName},
      ${trial.agencyCode}, ${trial.formCode}, ${trial.formVersion}, ${JSON.stringify(trial.answers)}::jsonb, ${trial.applicantName},
      ${trial.askedAt}::timestamptz, ${trial.promisedAt}::timestamptz)
    on conflict (person_id, procedure_code) do update set
      person_name = excluded.person_name, phone = excluded.phone, procedure_name = excluded.procedure_name, agency_code = excluded.agency_code,
      form_code = excluded.form_code, form_version = excluded.form_version, answers = excluded.answers,
      applicant_name = excluded.applicant_name,
      asked_at = case when t.verdict is null and t.agency_code = excluded.agency_code then t.asked_at else excluded.asked_at end,
      promised_at = case when t.verdict is null and t.agency_code = excluded.agency_code then t.promised_at else excluded.promised_at end,
      verdict = null, answered_at = null, answered_by = null, answered_by_name = null, note = '', comments = '[]'
    returning t.id, to_jsonb(t.promised_at) #>> '{}' as "promisedAt"`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('the trial was not returned')
  return row
}

export async function findTrial(tx: Tx, id: string): Promise<Trial | undefined> {
  return (await sql<Trial>`select ${columns} from dossier_trial t where t.id = ${id}::uuid`.execute(tx)).rows[0]
}

export async function lockTrial(tx: Tx, id: string): Promise<Trial | undefined> {
  return (await sql<Trial>`select ${columns} from dossier_trial t where t.id = ${id}::uuid for update`.execute(tx)).rows[0]
}

/** The person's trial of a procedure, waiting or answered. */
export async function trialOf(tx: Tx, personId: string, procedureCode: string): Promise<Trial | undefined> {
  const { rows } = await sql<Trial>`
    select ${columns} from dossier_trial t where t.person_id = ${personId}::uuid and t.procedure_code = ${procedureCode}`.execute(tx)
  return rows[0]
}

export async function saveVerdict(
  tx: Tx,
  id: string,
  answer: {
    verdict: TrialVerdict
    note: string
    comments: readonly TrialComment[]
    at: Temporal.Instant
    by: string | null
    byName: string
  },
): Promise<void> {
  await sql`
    update dossier_trial set verdict = ${answer.verdict}, note = ${answer.note}, comments = ${JSON.stringify(answer.comments)}::jsonb,
      answered_at = ${answer.at}::timestamptz, answered_by = ${answer.by}::uuid, answered_by_name = ${answer.byName}
    where id = ${id}::uuid`.execute(tx)
}

/** Forgets a trial: the draft was filed, discarded, or taken from the desk. */
export async function deleteTrial(tx: Tx, personId: string, procedureCode: string): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    delete from dossier_trial where person_id = ${personId}::uuid and procedure_code = ${procedureCode} returning id`.execute(tx)
  return rows.length > 0
}

/** What lies on the desks of these agencies (null = all), the earliest promise first; with `answered` what was answered last. */
export async function listTrials(tx: Tx, agencyCodes: readonly string[] | null, answered: boolean): Promise<Omit<Trial, 'answers'>[]> {
  const within = agencyCodes === null ? sql`true` : sql`t.agency_code = any(${[...agencyCodes]}::text[])`
  const { rows } = await sql<Trial>`
    select ${columns} from dossier_trial t where ${within} and ${answered ? sql`t.verdict is not null` : sql`t.verdict is null`}
    order by ${answered ? sql`t.answered_at desc` : sql`t.promised_at, t.id`} limit 100`.execute(tx)
  return rows
}

/** The person's trials, for the list of their drafts. */
export async function trialsOf(tx: Tx, personId: string): Promise<Pick<Trial, 'procedureCode' | 'verdict' | 'promisedAt'>[]> {
  const { rows } = await sql<Trial>`select ${columns} from dossier_trial t where t.person_id = ${personId}::uuid`.execute(tx)
  return rows
}
