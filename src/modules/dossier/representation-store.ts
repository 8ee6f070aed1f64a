import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Tx } from '../../kernel/database/index.ts'
import type { Representation, RepresentationKind } from './rules/representation-rule.ts'

/** For whom a draft is filed, as far as it was answered. */
export interface FilingFor {
  readonly kind: RepresentationKind
  readonly answers: Readonly<Record<string, unknown>>
}

export async function findFilingFor(tx: Tx, personId: string, procedureCode: string): Promise<FilingFor | undefined> {
  const { rows } = await sql<FilingFor>`
    select kind, answers from filing_representation where person_id = ${personId}::uuid and procedure_code = ${procedureCode}`.execute(tx)
  return rows[0]
}

export async function putFilingFor(tx: Tx, personId: string, procedureCode: string, one: FilingFor, at: Temporal.Instant): Promise<void> {
  await sql`
    insert into filing_representation as f (person_id, procedure_code, kind, answers, updated_at)
    values (${personId}::uuid, ${procedureCode}, ${one.kind}, ${JSON.stringify(one.answers)}::jsonb, ${at}::timestamptz)
    on conflict (person_id, procedure_code) do update set kind = excluded.kind, answers = excluded.answers, updated_at = excluded.updated_at`.execute(
    tx,
  )
}

export async function deleteFilingFor(tx: Tx, personId: string, procedureCode: string): Promise<void> {
  await sql`delete from filing_representation where person_id = ${personId}::uuid and procedure_code = ${procedureCode}`.execute(tx)
}

/** Somebody the person filed for before. */
export interface FiledForBefore {
  readonly dossierId: string
  readonly name: string
  readonly number: string | null
  readonly phone: string | null
  readonly representation: Representation
}

/** Those a person filed for before, by kind, the latest first, each once. */
export async function filedForBefore(tx: Tx, personId: string, kind: RepresentationKind): Promise<FiledForBefore[]> {
  const { rows } = await sql<FiledForBefore>`
    select distinct on (upper(d.applicant_name)) d.id as "dossierId", d.applicant_name as name, d.applicant_number as number,
      d.applicant_phone as phone, d.representation
    from dossier d
    where d.submitter_id = ${personId}::uuid and d.representation ->> 'kind' = ${kind}
    order by upper(d.applicant_name), d.submitted_at desc limit 10`.execute(tx)
  return rows
}
