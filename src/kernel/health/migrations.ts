import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Database, Province } from '../database/index.ts'

export interface MigrationState {
  /** Files of this program that the database has not seen. */
  readonly missing: readonly string[]
  /** Files that the database has seen and this program does not know: the program is older than the data. */
  readonly unknown: readonly string[]
}

const filesOf = async (folder: string, scope: string): Promise<string[]> =>
  (await readdir(join(folder, scope))).filter((name) => /^\d{4}_.+\.sql$/.test(name)).map((name) => `${scope}/${name}`)

/** Compares the migrations of this program with those of a province's database. */
export async function migrationState(db: Database, province: Province, folder: string): Promise<MigrationState> {
  const files = [...(await filesOf(folder, 'shared')), ...(await filesOf(folder, 'province'))]
  const applied = await db.read(province, async (tx) => {
    const { rows } = await sql<{ name: string }>`
      select 'shared/' || name as name from shared.migration union all select 'province/' || name from migration`.execute(tx)
    return rows.map((row) => row.name)
  })
  return { missing: files.filter((name) => !applied.includes(name)), unknown: applied.filter((name) => !files.includes(name)) }
}
