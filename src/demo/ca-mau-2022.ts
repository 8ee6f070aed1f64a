import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { stringify } from 'csv-stringify/sync'
import { explainDisk } from '../kernel/startup-error.ts'
import { isWorkingDay, readNationalCalendar } from '../modules/calendar/index.ts'
import { knownFee, readCatalogue, returnsResult, inForce as versionInForce } from '../modules/catalogue/index.ts'
import { type Agency, compareCodes, inForce, readOrganisation } from '../modules/organisation/index.ts'
import { calendarSpan, type DemoDossier, dossiers2022, type Year2022 } from './rules/ca-mau-2022.ts'
import { published2022 } from './rules/published-2022.ts'
import { type DemoProcedure, simulatedProcedures } from './rules/simulated-procedures.ts'
import { WorkDays } from './rules/working-days.ts'

/** The middle of the year: units and procedures are those in force on it (none of Cà Mau's changed during 2022). */
const MID_YEAR = '2022-07-01'
export const SEED = 'cà mau 2022'
export const YEAR_TOTAL: number = Object.values(published2022).reduce((sum, { received }) => sum + received, 0)

/** Agencies of the Cà Mau of 2022; Bạc Liêu was another province. */
async function agencies2022(): Promise<Agency[]> {
  const { agencies } = await readOrganisation()
  const mine = agencies.filter((agency) => inForce(agency, MID_YEAR) && (agency.code === 'H12' || agency.code.startsWith('H12.')))
  return mine.sort((a, b) => compareCodes(a.code, b.code))
}

/** Procedures of the shipped catalogue as they were in 2022, and the made-up ones that fill the year. */
async function procedures2022(): Promise<DemoProcedure[]> {
  const { procedures, fields } = await readCatalogue()
  const real = procedures.flatMap(({ code, versions }): DemoProcedure[] => {
    const body = versionInForce(
      versions.map((version, i) => ({ ...version, version: i })),
      '2022-01-01',
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

/** Everything the generator works from. */
export async function year2022(seed = SEED): Promise<Year2022> {
  const [agencies, procedures, calendar] = await Promise.all([agencies2022(), procedures2022(), readNationalCalendar()])
  const days = new WorkDays(calendarSpan.first, calendarSpan.days, (day) => day >= '2022-01-01' && isWorkingDay(day, calendar))
  return { seed, units: agencies, procedures, days }
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

const readme = (seed: string): string => `# Cà Mau 2022 (mô phỏng / simulated)

Mọi hồ sơ, người nộp, số định danh, số điện thoại và mã hồ sơ trong thư mục này đều do chương trình đặt ra (hạt giống "${seed}"); không của ai.
Chỉ các số tổng hợp là số đã công bố: hồ sơ trực tuyến 24.965/39.219 cấp tỉnh, 7.113/23.487 cấp huyện, 10.761/19.309 cấp xã;
số hóa 51/40/26 %; thanh toán trực tuyến 1/0,97/0 %. Đơn vị nào ở 0 % là đặt ra. Thủ tục có mã bắt đầu bằng 9 là mô phỏng.

Every dossier, applicant, number and code here was made up by a program (seed "${seed}") and belongs to nobody. Only the totals are the
published ones; which units stand at 0 % is invented. Procedures whose code begins with 9 are simulated.

    cuaso import agencies agencies.csv
    cuaso import procedures procedures.csv
    cuaso import dossiers dossiers.csv
    cuaso report rates --from 2022-01-01 --to 2022-12-31 --by tier
`

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

/**
 * Writes agencies.csv, procedures.csv, dossiers.csv and a README saying that they are simulated. The same seed writes the same bytes.
 * Throws StartupError when the folder cannot be written to.
 */
export async function writeCaMau2022(folder: string, options: WriteOptions = {}): Promise<Written> {
  const input = await year2022(options.seed)
  const path = (name: string): string => join(folder, name)
  const procedures = input.procedures.filter(({ simulated }) => simulated || !options.onlySimulated)
  let rows = 0
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(path('README.md'), readme(input.seed))
    await writeFile(path('agencies.csv'), stringify([agencyColumns, ...(input.units as readonly Agency[]).map(agencyRow)]))
    await writeFile(path('procedures.csv'), stringify([procedureColumns, ...procedures.map(procedureRow)]))
    const out = createWriteStream(path('dossiers.csv'))
    const done = finished(out)
    let text = `${dossierColumns.join(',')}\n`
    for (const dossier of dossiers2022(input)) {
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
