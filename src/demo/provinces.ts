import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import { sql } from 'kysely'
import { addDays, type Clock, dayOf } from '../kernel/clock.ts'
import type { Database, Province } from '../kernel/database/index.ts'
import { createProvince, type MigrateOptions } from '../kernel/database/migrate.ts'
import { importFile } from '../kernel/import-file.ts'
import { procedureImport } from '../modules/catalogue/index.ts'
import { dossierImport } from '../modules/dossier/index.ts'
import { foldAll } from '../modules/indicator/index.ts'
import { agencyImport, refreshDirectory } from '../modules/organisation/index.ts'
import { reportedImport } from '../modules/scheme/index.ts'
import {
  provinceDossiers,
  provinceFigures,
  provinceProcedures,
  provinceUnits,
  type SimulatedProvince,
  simulatedProvinces,
} from './rules/provinces.ts'

export interface ProvincesHost {
  readonly db: Database
  readonly clock: Clock
  readonly migration: MigrateOptions
}

const SOURCE = 'Tỉnh mô phỏng'

/** Says that a province is made up; one of the same slug under another name is somebody's own and never touched. */
const nameOf = ({ name }: SimulatedProvince): string => `${name} (mô phỏng)`

async function isFilled(db: Database, province: Province): Promise<boolean> {
  const { rows } = await db.read(province, (tx) => sql`select from dossier limit 1`.execute(tx))
  return rows.length > 0
}

/** Whether every simulated province is there with its dossiers, or its place is taken by a province that is not simulated. */
export async function areProvincesLoaded(db: Database): Promise<boolean> {
  const there = await db.shared((tx) => tx.selectFrom('province').select(['slug', 'schema', 'name', 'code']).execute())
  for (const simulated of simulatedProvinces) {
    const province = there.find(({ slug }) => slug === simulated.slug)
    if (!province || (province.name === nameOf(simulated) && !(await isFilled(db, province)))) return false
  }
  return true
}

async function fillProvince(host: ProvincesHost, province: Province, simulated: SimulatedProvince, folder: string): Promise<number> {
  const yesterday = addDays(dayOf(host.clock()), -1)
  const dossiers = provinceDossiers(simulated, yesterday)
  const file = async (name: string, rows: readonly Readonly<Record<string, string>>[]): Promise<string> => {
    const path = join(folder, `${simulated.slug}-${name}.csv`)
    await writeFile(path, stringify([...rows], { header: true }))
    return path
  }
  const results = [
    await importFile(host, province, agencyImport, await file('agencies', provinceUnits(simulated))),
    await importFile(host, province, procedureImport, await file('procedures', provinceProcedures)),
  ]
  await refreshDirectory(host.db, province)
  results.push(
    await importFile(host, province, reportedImport, await file('reported', provinceFigures(simulated, yesterday, dossiers))),
    await importFile(host, province, dossierImport(SOURCE), await file('dossiers', dossiers)),
  )
  if (results.some(({ rejected }) => rejected > 0)) throw new Error(`${simulated.name} was not taken whole: ${JSON.stringify(results)}`)
  await foldAll(host.db, province)
  return dossiers.length
}

/**
 * Makes the simulated provinces in this installation, each a schema of its own filled through the real import. One that has dossiers
 * already, or is not a simulated one, is left alone. Returns how many dossiers were loaded in how many provinces.
 */
export async function loadProvinces(
  host: ProvincesHost,
  onProgress: (done: number, total: number) => void = () => undefined,
  wanted: readonly SimulatedProvince[] = simulatedProvinces,
): Promise<{ provinces: number; dossiers: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'cuaso-provinces-'))
  const loaded = { provinces: 0, dossiers: 0 }
  try {
    for (const [i, simulated] of wanted.entries()) {
      onProgress(i, wanted.length)
      const province = await createProvince(host.migration, { ...simulated, name: nameOf(simulated) })
      if (province.name !== nameOf(simulated) || (await isFilled(host.db, province))) continue
      loaded.dossiers += await fillProvince(host, province, simulated, folder)
      loaded.provinces += 1
    }
    onProgress(wanted.length, wanted.length)
    return loaded
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
