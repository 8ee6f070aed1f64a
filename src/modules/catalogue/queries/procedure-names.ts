import { sql } from 'kysely'
import type { Tx } from '../../../kernel/database/index.ts'

/** What procedures are called in their latest version, by code. Unknown codes are left out. */
export async function procedureNames(tx: Tx, codes: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ code: string; name: string }>`
    select distinct on (code) code, body -> 'name' ->> 'vi' as name from procedure_version
    where code = any (${codes}::text[]) order by code, valid_from desc, version desc`.execute(tx)
  return new Map(rows.map(({ code, name }) => [code, name]))
}
