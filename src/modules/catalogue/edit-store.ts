import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Tx } from '../../kernel/database/index.ts'
import type { VersionBody } from './rules/procedure.ts'

/** A procedure that is being written: one for each code, whoever writes on it. */
export interface EditedProcedure {
  readonly code: string
  readonly id: string
  /** The version it started from; `null` for a procedure that is new. */
  readonly basedOn: number | null
  /** As it stands: may have gaps. */
  readonly body: VersionBody
  readonly previous: VersionBody | null
  /** Part → the save in which it was last changed, and by whom. */
  readonly touched: Readonly<Record<string, { readonly version: number; readonly by: string }>>
  /** Counts every save. */
  readonly version: number
  readonly startedBy: string
  readonly updatedAt: Temporal.Instant
  readonly updatedBy: string
}

const columns = sql`
  procedure_code as code, id, based_on as "basedOn", body, previous, touched, version,
  started_by as "startedBy", updated_at as "updatedAt", updated_by as "updatedBy"`

export async function findEdit(tx: Tx, code: string): Promise<EditedProcedure | undefined> {
  const { rows } = await sql<EditedProcedure>`select ${columns} from procedure_edit where procedure_code = ${code}`.execute(tx)
  return rows[0]
}

export async function lockEdit(tx: Tx, code: string): Promise<EditedProcedure | undefined> {
  const { rows } = await sql<EditedProcedure>`select ${columns} from procedure_edit where procedure_code = ${code} for update`.execute(tx)
  return rows[0]
}

/** Starts a draft; `false` when there is one already. */
export async function insertEdit(
  tx: Tx,
  edit: Pick<EditedProcedure, 'code' | 'id' | 'basedOn' | 'body'>,
  by: string,
  now: Temporal.Instant,
): Promise<boolean> {
  const { rows } = await sql`
    insert into procedure_edit (procedure_code, id, based_on, body, touched, version, started_at, started_by, updated_at, updated_by)
    values (${edit.code}, ${edit.id}::uuid, ${edit.basedOn}::smallint, ${JSON.stringify(edit.body)}::jsonb, '{}'::jsonb, 1,
      ${now}::timestamptz, ${by}, ${now}::timestamptz, ${by})
    on conflict (procedure_code) do nothing returning 1`.execute(tx)
  return rows.length > 0
}

export async function updateEdit(
  tx: Tx,
  edit: Pick<EditedProcedure, 'code' | 'body' | 'previous' | 'touched' | 'version'>,
  by: string,
  now: Temporal.Instant,
): Promise<void> {
  await sql`
    update procedure_edit set body = ${JSON.stringify(edit.body)}::jsonb, previous = ${JSON.stringify(edit.previous)}::jsonb,
      touched = ${JSON.stringify(edit.touched)}::jsonb, version = ${edit.version}, updated_at = ${now}::timestamptz, updated_by = ${by}
    where procedure_code = ${edit.code}`.execute(tx)
}

export async function deleteEdit(tx: Tx, code: string): Promise<boolean> {
  const { rows } = await sql`delete from procedure_edit where procedure_code = ${code} returning 1`.execute(tx)
  return rows.length > 0
}

export interface EditLine {
  readonly code: string
  readonly name: string
  readonly isNew: boolean
  readonly updatedAt: Temporal.Instant
  readonly updatedBy: string
}

/** Every procedure that is being written, the last one touched first. */
export async function listEdits(tx: Tx): Promise<EditLine[]> {
  const { rows } = await sql<EditLine>`
    select procedure_code as code, coalesce(body->'name'->>'vi', '') as name, based_on is null as "isNew",
      updated_at as "updatedAt", updated_by as "updatedBy"
    from procedure_edit order by updated_at desc`.execute(tx)
  return rows
}
