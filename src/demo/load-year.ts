import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Clock } from '../kernel/clock.ts'
import { type CommandHost, run } from '../kernel/command.ts'
import type { Database, Province } from '../kernel/database/index.ts'
import { record } from '../kernel/events.ts'
import { importFile } from '../kernel/import-file.ts'
import { ok } from '../kernel/result.ts'
import { procedureImport } from '../modules/catalogue/index.ts'
import { dossierImport } from '../modules/dossier/index.ts'
import { writeCaMau2022, YEAR_TOTAL } from './ca-mau-2022.ts'

export interface YearHost extends CommandHost {
  readonly db: Database
  readonly clock: Clock
}

/** Written on every dossier of the year, and shown on its page. */
export const YEAR = 'Cà Mau 2022'

// Says in the request log that the year is whole, so that a start looks in one place and not through 82,015 rows.
const DONE = '0193cafe-2022-7000-8000-000000082015'

export async function isYearLoaded(db: Database, province: Province): Promise<boolean> {
  const { rows } = await db.read(province, (tx) => sql`select from request_log where request_id = ${DONE}::uuid`.execute(tx))
  return rows.length > 0
}

/**
 * Loads the simulated year 2022 through the same import as a province's own past. One that was interrupted goes on: rows already there
 * are unchanged. `onProgress` hears how many of the rows are done.
 */
export async function loadYear(host: YearHost, province: Province, onProgress: (done: number, total: number) => void): Promise<void> {
  if (await isYearLoaded(host.db, province)) return
  onProgress(0, YEAR_TOTAL)
  const folder = await mkdtemp(join(tmpdir(), 'cuaso-2022-'))
  try {
    const files = await writeCaMau2022(folder, { onlySimulated: true })
    const procedures = await importFile(host, province, procedureImport, files.procedures)
    const dossiers = await importFile(host, province, dossierImport(YEAR), files.dossiers, {
      onProgress: ({ rows }) => onProgress(rows, YEAR_TOTAL),
    })
    if (procedures.rejected + dossiers.rejected > 0)
      throw new Error(`the demo year was not taken whole: ${dossiers.rejected} dossiers rejected`)
    await run(host, { province, actor: { kind: 'system', name: 'demo' }, requestId: DONE, name: 'demo.load-year' }, async (cx) => {
      await record(cx, { events: [{ type: 'demo.year-loaded', subject: DONE, data: { dossiers: files.rows } }], result: files.rows })
      return ok(files.rows)
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
