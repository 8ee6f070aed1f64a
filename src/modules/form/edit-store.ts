import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Day } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/database/index.ts'
import type { FormDefinition } from './rules/definition.ts'

/** Who changed a part of a form last, and in which save. */
export type Touched = Readonly<Record<string, { readonly version: number; readonly by: string }>>

/** A form that is being written: one for each form, whoever writes on it. */
export interface EditedForm {
  readonly formCode: string
  readonly id: string
  /** The version it started from; `null` for a form that is new. */
  readonly basedOn: number | null
  /** As it stands: may have gaps. `version` and `validFrom` in it say nothing before it is published. */
  readonly definition: FormDefinition
  readonly previous: FormDefinition | null
  readonly touched: Touched
  /** Counts every save. */
  readonly version: number
  readonly startedAt: Temporal.Instant
  readonly startedBy: string
  readonly updatedAt: Temporal.Instant
  readonly updatedBy: string
}

const columns = sql`
  form_code as "formCode", id, based_on as "basedOn", body as definition, previous, touched, version,
  started_at as "startedAt", started_by as "startedBy", updated_at as "updatedAt", updated_by as "updatedBy"`

export async function findEdit(tx: Tx, code: string): Promise<EditedForm | undefined> {
  const { rows } = await sql<EditedForm>`select ${columns} from form_edit where form_code = ${code}`.execute(tx)
  return rows[0]
}

export async function lockEdit(tx: Tx, code: string): Promise<EditedForm | undefined> {
  const { rows } = await sql<EditedForm>`select ${columns} from form_edit where form_code = ${code} for update`.execute(tx)
  return rows[0]
}

/** Starts a draft of a form; `false` when another window just did. */
export async function insertEdit(
  tx: Tx,
  edit: Pick<EditedForm, 'formCode' | 'id' | 'basedOn' | 'definition'>,
  by: string,
  now: Temporal.Instant,
): Promise<boolean> {
  const { rows } = await sql`
    insert into form_edit (form_code, id, based_on, body, touched, version, started_at, started_by, updated_at, updated_by)
    values (${edit.formCode}, ${edit.id}::uuid, ${edit.basedOn}::smallint, ${JSON.stringify(edit.definition)}::jsonb, '{}'::jsonb, 1,
      ${now}::timestamptz, ${by}, ${now}::timestamptz, ${by})
    on conflict (form_code) do nothing returning 1`.execute(tx)
  return rows.length > 0
}

export async function updateEdit(
  tx: Tx,
  edit: Pick<EditedForm, 'formCode' | 'definition' | 'previous' | 'touched' | 'version'>,
  by: string,
  now: Temporal.Instant,
): Promise<void> {
  await sql`
    update form_edit set body = ${JSON.stringify(edit.definition)}::jsonb,
      previous = ${edit.previous === null ? null : JSON.stringify(edit.previous)}::jsonb,
      touched = ${JSON.stringify(edit.touched)}::jsonb, version = ${edit.version}, updated_at = ${now}::timestamptz, updated_by = ${by}
    where form_code = ${edit.formCode}`.execute(tx)
}

export async function deleteEdit(tx: Tx, code: string): Promise<boolean> {
  const { rows } = await sql`delete from form_edit where form_code = ${code} returning 1`.execute(tx)
  return rows.length > 0
}

/** One published version in lists. */
export interface FormVersion {
  readonly code: string
  readonly version: number
  readonly validFrom: Day
  readonly title: string
  readonly publishedAt: Temporal.Instant
  readonly publishedBy: string
  /** Drafts of citizens on this version. */
  readonly drafts: number
}

/** Versions of one form, or of every form: newest first within a form. */
export async function listFormVersions(tx: Tx, code: string | null = null): Promise<FormVersion[]> {
  const { rows } = await sql<FormVersion>`
    select f.code, f.version, f.valid_from as "validFrom", f.title, f.published_at as "publishedAt", f.published_by as "publishedBy",
      (select count(*)::int from draft d where d.form_code = f.code and d.form_version = f.version) as drafts
    from form_definition f where ${code}::text is null or f.code = ${code}
    order by f.title, f.code, f.valid_from desc, f.version desc`.execute(tx)
  return rows
}

/** Every form that is being written, without its body. */
export async function listEdits(
  tx: Tx,
): Promise<(Pick<EditedForm, 'formCode' | 'basedOn' | 'updatedAt' | 'updatedBy'> & { readonly title: string })[]> {
  const { rows } = await sql<Pick<EditedForm, 'formCode' | 'basedOn' | 'updatedAt' | 'updatedBy'> & { readonly title: string }>`
    select form_code as "formCode", based_on as "basedOn", updated_at as "updatedAt", updated_by as "updatedBy",
      coalesce(body->'title'->>'vi', '') as title
    from form_edit order by updated_at desc`.execute(tx)
  return rows
}
