import { sql } from 'kysely'
import type { Tx } from '../../../kernel/database/index.ts'

/** Dossiers not closed yet by version of the form they were filed on. Reads only what is open. */
export async function openByFormVersion(tx: Tx, formCode: string): Promise<ReadonlyMap<number, number>> {
  const { rows } = await sql<{ version: number; open: number }>`
    select form_version as version, count(*)::int as open from dossier
    where stage <> 'closed' and form_code = ${formCode} and form_version is not null group by form_version`.execute(tx)
  return new Map(rows.map(({ version, open }) => [version, open]))
}

/** Dossiers not closed yet by version of the procedure they are resolved under. */
export async function openByProcedureVersion(tx: Tx, procedureCode: string): Promise<ReadonlyMap<number, number>> {
  const { rows } = await sql<{ version: number; open: number }>`
    select procedure_version as version, count(*)::int as open from dossier
    where stage <> 'closed' and procedure_code = ${procedureCode} group by procedure_version`.execute(tx)
  return new Map(rows.map(({ version, open }) => [version, open]))
}
