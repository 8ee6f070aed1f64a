import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { stringify } from 'csv-stringify/sync'
import type { Day } from '../kernel/clock.ts'
import { explainDisk } from '../kernel/startup-error.ts'
import { knownFee, readCatalogue, returnsResult, inForce as versionInForce } from '../modules/catalogue/index.ts'
import { type Agency, compareCodes, inForce, readOrganisation } from '../modules/organisation/index.ts'
import { type DemoProcedure, simulatedProcedures } from './rules/simulated-procedures.ts'
import type { DemoDossier } from './rules/year.ts'

/** Agencies of the Cà Mau of a day before July 2025; Bạc Liêu was another province. */
export async function agenciesOn(day: Day): Promise<Agency[]> {
  const { agencies } = await readOrganisation()
  const mine = agencies.filter((agency) => inForce(agency, day) && (agency.code === 'H12' || agency.code.startsWith('H12.')))
  return mine.sort((a, b) => compareCodes(a.code, b.code))
}

/** Procedures of the shipped catalogue as they were on a day, and the made-up ones that fill the year. */
export async function proceduresOn(day: Day): Promise<DemoProcedure[]> {
  const { procedures, fields } = await readCatalogue()
  const real = procedures.flatMap(({ code, versions }): DemoProcedure[] => {
    const body = versionInForce(
      versions.map((version, i) => ({ ...version, version: i })),
      day,
    )
    if (!body) return []
    const { resolver, timeLimit } = body
    const whole = Number.isInteger(timeLimit.amount)
    return [
      {
        code,
        name: body.name.vi,
        field: fields.find((field) => field.code === body.field)?.vi ?? body.field,
        tier: resolver.kind === 'agency' ? 'province' : resolver.tier,
        serviceLevel: body.serviceLevel,
        timeLimit: whole ? timeLimit.amount : Math.ceil(timeLimit.amount * 8),
        timeUnit: whole ? timeLimit.unit : 'hour',
        feeVnd: knownFee(body.fees),
        returnsResult: returnsResult(body),
        agencyCode: resolver.kind === 'agency' ? resolver.agencyCode : null,
        tiers: resolver.kind === 'agency' ? ['province'] : [resolver.tier],
        simulated: false,
      },
    ]
  })
  return [...real, ...simulatedProcedures()]
}

const agencyColumns = ['code', 'name', 'tier', 'kind', 'parent_code', 'valid_from', 'valid_to'] as const
const procedureColumns = ['code', 'name', 'field', 'tier', 'service_level', 'time_limit', 'time_unit', 'fee_vnd', 'returns_result'] as const
const dossierColumns: readonly (keyof DemoDossier)[] = [
  'code',
  'procedure_code',
  'agency_code',
  'channel',
  'assisted',
  'submitted_at',
  'received_at',
  'due_at',
  'completed_at',
  'returned_at',
  'status',
  'fee_vnd',
  'paid_vnd',
  'paid_online',
  'papers_total',
  'papers_digitised',
  'papers_reused',
  'result_electronic',
  'supplement_requests',
  'supplement_working_days',
  'applicant_name',
  'applicant_id',
  'applicant_phone',
]

const agencyRow = (agency: Agency): (string | null)[] => [
  agency.code,
  agency.name,
  agency.tier,
  agency.kind,
  agency.parentCode,
  agency.validFrom,
  agency.validTo,
]

const procedureRow = (one: DemoProcedure): (string | number)[] => [
  one.code,
  one.name,
  one.field,
  one.tier,
  one.serviceLevel,
  one.timeLimit,
  one.timeUnit,
  one.feeVnd,
  String(one.returnsResult),
]

/** A dossier as a line of CSV. Nothing the generator makes holds a comma, quote or line break. */
const line = (dossier: DemoDossier): string => dossierColumns.map((column) => String(dossier[column])).join(',')

export interface Written {
  readonly agencies: string
  readonly procedures: string
  readonly dossiers: string
  readonly rows: number
}

export interface WriteOptions {
  readonly seed?: string
  /** Leave the procedures of the shipped catalogue out of procedures.csv: they are loaded with everything the catalogue knows of them. */
  readonly onlySimulated?: boolean
  readonly onProgress?: (rows: number) => void
}

export interface YearFiles {
  readonly readme: string
  readonly units: readonly Agency[]
  readonly procedures: readonly DemoProcedure[]
  readonly dossiers: Iterable<DemoDossier>
}

/** Writes README.md, agencies.csv, procedures.csv and dossiers.csv into a folder. Throws StartupError when it cannot be written to. */
export async function writeYear(folder: string, year: YearFiles, options: WriteOptions): Promise<Written> {
  const path = (name: string): string => join(folder, name)
  const procedures = year.procedures.filter(({ simulated }) => simulated || !options.onlySimulated)
  let rows = 0
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(path('README.md'), year.readme)
    await writeFile(path('agencies.csv'), stringify([agencyColumns, ...year.units.map(agencyRow)]))
    await writeFile(path('procedures.csv'), stringify([procedureColumns, ...procedures.map(procedureRow)]))
    const out = createWriteStream(path('dossiers.csv'))
    const done = finished(out)
    let text = `${dossierColumns.join(',')}\n`
    for (const dossier of year.dossiers) {
      text += `${line(dossier)}\n`
      rows += 1
      if (rows % 2000 !== 0) continue
      if (!out.write(text)) await Promise.race([once(out, 'drain'), done])
      text = ''
      options.onProgress?.(rows)
    }
    out.end(text)
    await done
  } catch (error) {
    throw explainDisk(error, folder)
  }
  return { agencies: path('agencies.csv'), procedures: path('procedures.csv'), dossiers: path('dossiers.csv'), rows }
}
