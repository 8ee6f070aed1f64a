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
import { reportedImport } from '../modules/scheme/index.ts'
import { writeCaMau2022, YEAR_TOTAL } from './ca-mau-2022.ts'
import { TOTAL_2023, writeCaMau2023 } from './ca-mau-2023.ts'
import { seedReports2023 } from './reports.ts'
import type { WriteOptions, Written } from './year-files.ts'

export interface YearHost extends CommandHost {
  readonly db: Database
  readonly clock: Clock
}

/** A simulated year that can be loaded. */
interface SimulatedYear {
  /** Written on every dossier of the year, and shown on its page. */
  readonly source: string
  readonly total: number
  /** Says in the request log that the year is whole, so that a start looks in one place and not through all its rows. */
  readonly done: string
  write(folder: string, options: WriteOptions): Promise<Written & { readonly reported?: string }>
}

const year2022: SimulatedYear = {
  source: 'Cà Mau 2022',
  total: YEAR_TOTAL,
  done: '0193cafe-2022-7000-8000-000000082015',
  write: writeCaMau2022,
}
const year2023: SimulatedYear = {
  source: 'Cà Mau 2023',
  total: TOTAL_2023,
  done: '0193cafe-2023-7000-8000-000000120000',
  write: writeCaMau2023,
}

async function isLoaded(db: Database, province: Province, { done }: SimulatedYear): Promise<boolean> {
  const { rows } = await db.read(province, (tx) => sql`select from request_log where request_id = ${done}::uuid`.execute(tx))
  return rows.length > 0
}

export type YearProgress = (done: number, total: number) => void

async function load(
  host: YearHost,
  province: Province,
  year: SimulatedYear,
  onProgress: YearProgress,
  signal?: AbortSignal,
): Promise<void> {
  if (await isLoaded(host.db, province, year)) return
  onProgress(0, year.total)
  const folder = await mkdtemp(join(tmpdir(), 'cuaso-year-'))
  try {
    const files = await year.write(folder, { onlySimulated: true })
    const procedures = await importFile(host, province, procedureImport, files.procedures)
    const dossiers = await importFile(host, province, dossierImport(year.source), files.dossiers, {
      onProgress: ({ rows }) => onProgress(rows, year.total),
      signal,
    })
    const reported = files.reported ? await importFile(host, province, reportedImport, files.reported) : undefined
    signal?.throwIfAborted()
    if (procedures.rejected + dossiers.rejected + (reported?.rejected ?? 0) > 0)
      throw new Error(`${year.source} was not taken whole: ${dossiers.rejected} dossiers rejected`)
    await run(host, { province, actor: { kind: 'system', name: 'demo' }, requestId: year.done, name: 'demo.load-year' }, async (cx) => {
      await record(cx, { events: [{ type: 'demo.year-loaded', subject: year.done, data: { dossiers: files.rows } }], result: files.rows })
      return ok(files.rows)
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export const isYearLoaded = (db: Database, province: Province): Promise<boolean> => isLoaded(db, province, year2022)
export const is2023Loaded = (db: Database, province: Province): Promise<boolean> => isLoaded(db, province, year2023)

/**
 * Loads the simulated year 2022 through the same import as a province's own past. One that was interrupted goes on: rows already there
 * are unchanged. `onProgress` hears how many of the rows are done.
 */
export const loadYear = (host: YearHost, province: Province, onProgress: YearProgress): Promise<void> =>
  load(host, province, year2022, onProgress)

/**
 * Loads the simulated year 2023 and what was reported of it in the same way, then freezes the ten Friday reports of its campaign: on
 * demand, it is no part of the first start. May run again; what is there stays.
 */
export async function load2023(host: YearHost, province: Province, onProgress: YearProgress, signal?: AbortSignal): Promise<void> {
  await load(host, province, year2023, onProgress, signal)
  await seedReports2023(host, province)
}

/** How many dossiers were received in 2023: how far a load that runs elsewhere has come. */
export async function progressOf2023(db: Database, province: Province): Promise<{ done: number; total: number }> {
  const { rows } = await db.read(province, (tx) =>
    sql<{ n: number }>`select count(*) as n from dossier where received_day between '2023-01-01' and '2023-12-31'`.execute(tx),
  )
  return { done: Math.min(rows[0]?.n ?? 0, TOTAL_2023), total: TOTAL_2023 }
}
