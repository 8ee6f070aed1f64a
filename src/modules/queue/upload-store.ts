import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Tx } from '../../kernel/database/index.ts'
import type { StoredFile } from '../../kernel/files/index.ts'

/** A phone that may add pictures to one intake. */
export interface UploadPoint {
  readonly intakeId: string
  readonly officerId: string
  readonly officerName: string
  readonly agencyCode: string
  readonly procedureCode: string
  readonly files: number
  readonly bytes: number
}

/** A picture or file that waits for its intake. */
export interface IntakePage {
  readonly id: string
  readonly paperCode: string
  readonly sha256: string
  readonly size: number
  readonly type: string
  readonly name: string
}

/** A new token for an intake ends the one before. */
export const saveUploadPoint = (
  tx: Tx,
  point: Omit<UploadPoint, 'files' | 'bytes'> & { tokenHash: string; expiresAt: Temporal.Instant },
): Promise<unknown> =>
  sql`
    insert into intake_upload (intake_id, token_hash, officer_id, officer_name, agency_code, procedure_code, expires_at)
    values (${point.intakeId}::uuid, ${point.tokenHash}, ${point.officerId}::uuid, ${point.officerName}, ${point.agencyCode},
      ${point.procedureCode}, ${point.expiresAt}::timestamptz)
    on conflict (intake_id) do update set token_hash = excluded.token_hash, expires_at = excluded.expires_at,
      procedure_code = excluded.procedure_code
    where intake_upload.officer_id = excluded.officer_id`.execute(tx)

export async function findUploadPoint(tx: Tx, tokenHash: string, now: Temporal.Instant): Promise<UploadPoint | undefined> {
  const { rows } = await sql<UploadPoint>`
    select intake_id as "intakeId", officer_id as "officerId", officer_name as "officerName", agency_code as "agencyCode",
      procedure_code as "procedureCode", files, bytes
    from intake_upload where token_hash = ${tokenHash} and expires_at > ${now}::timestamptz`.execute(tx)
  return rows[0]
}

export async function addPage(
  tx: Tx,
  page: { id: string; intakeId: string; officerId: string; paperCode: string; file: StoredFile; at: Temporal.Instant },
): Promise<void> {
  await sql`
    with counted as (
      update intake_upload set files = files + 1, bytes = bytes + ${page.file.size} where intake_id = ${page.intakeId}::uuid
    )
    insert into intake_page (id, intake_id, officer_id, paper_code, sha256, size, media_type, name, at)
    values (${page.id}::uuid, ${page.intakeId}::uuid, ${page.officerId}::uuid, ${page.paperCode}, ${page.file.sha256}, ${page.file.size},
      ${page.file.type}, ${page.file.name}, ${page.at}::timestamptz)`.execute(tx)
}

/** What came in for an intake of this officer, in order. */
export async function pagesOf(tx: Tx, intakeId: string, officerId: string): Promise<IntakePage[]> {
  const { rows } = await sql<IntakePage>`
    select id, paper_code as "paperCode", sha256, size, media_type as type, name from intake_page
    where intake_id = ${intakeId}::uuid and officer_id = ${officerId}::uuid order by at, id`.execute(tx)
  return rows
}

export const dropPage = (tx: Tx, id: string, intakeId: string, officerId: string): Promise<unknown> =>
  sql`delete from intake_page where id = ${id}::uuid and intake_id = ${intakeId}::uuid and officer_id = ${officerId}::uuid`.execute(tx)

/** The intake is received, or was left: its pictures are the dossier's by now, and its token is worth nothing. */
export const endUpload = (tx: Tx, intakeId: string, officerId: string): Promise<unknown> =>
  sql`
    with pages as (delete from intake_page where intake_id = ${intakeId}::uuid and officer_id = ${officerId}::uuid)
    delete from intake_upload where intake_id = ${intakeId}::uuid and officer_id = ${officerId}::uuid`.execute(tx)

/** What was left lying for more than a day. */
export const forgetUploads = (tx: Tx, now: Temporal.Instant): Promise<unknown> =>
  sql`
    with pages as (delete from intake_page where at < ${now}::timestamptz - interval '1 day')
    delete from intake_upload where expires_at < ${now}::timestamptz - interval '1 day'`.execute(tx)
