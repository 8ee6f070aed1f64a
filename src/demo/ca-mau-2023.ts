import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import { explainDisk } from '../kernel/startup-error.ts'
import { isWorkingDay, readNationalCalendar } from '../modules/calendar/index.ts'
import { readCatalogue, type VersionBody, inForce as versionInForce } from '../modules/catalogue/index.ts'
import type { Agency } from '../modules/organisation/index.ts'
import { NATIONAL, nationalSchemes, type SchemeVersion, versionOn } from '../modules/scheme/index.ts'
import { type CatalogueAmounts, reported2023, YearCount } from './rules/amounts-2023.ts'
import { calendarSpan2023, dossiers2023, type Year2023 } from './rules/ca-mau-2023.ts'
import { volumes2023 } from './rules/published-2023.ts'
import type { DemoProcedure } from './rules/simulated-procedures.ts'
import { WorkDays } from './rules/working-days.ts'
import type { DemoDossier } from './rules/year.ts'
import { agenciesOn, proceduresOn, type WriteOptions, type Written, writeYear } from './year-files.ts'

/** The campaign's first day: units are those in force on it (none of Cà Mau's changed during 2023). */
const UNITS_ON = '2023-03-01'
const LAST_DAY = '2023-12-31'
const SEED = 'cà mau 2023'
export const TOTAL_2023: number = volumes2023.total

/** Everything the generator works from. */
export async function year2023(seed = SEED): Promise<Year2023> {
  const [units, procedures, calendar] = await Promise.all([agenciesOn(UNITS_ON), proceduresOn('2023-01-01'), readNationalCalendar()])
  const days = new WorkDays(calendarSpan2023.first, calendarSpan2023.days, (day) => isWorkingDay(day, calendar))
  return { seed, units, procedures, days }
}

/** The shipped catalogue, with the made-up procedures, on the year's last day, counted as the house counts it (`countProcedures`). */
export async function catalogue2023(simulated: readonly DemoProcedure[]): Promise<CatalogueAmounts> {
  const { procedures } = await readCatalogue()
  const bodies = procedures.flatMap(({ versions }): VersionBody[] => {
    const body = versionInForce(
      versions.map((version, i) => ({ ...version, version: i })),
      LAST_DAY,
    )
    return body ? [body] : []
  })
  const made = simulated.filter((one) => one.simulated)
  const withFee = bodies.filter(({ fees }) => fees.some(({ amount, when }) => when === 'assessed' || amount > 0))
  const madeWithFee = made.filter(({ feeVnd }) => feeVnd > 0)
  const persons = bodies.filter(({ lifeEvents }) => lifeEvents.length > 0)
  const online = (list: readonly { readonly serviceLevel: string }[]): number =>
    list.filter(({ serviceLevel }) => serviceLevel !== 'none').length
  const full = bodies.filter(
    ({ description, components, results, steps, legalBasis }) =>
      description && [components, results, steps, legalBasis].every((part) => part.length > 0),
  )
  return {
    procedures: bodies.length + made.length,
    procedures_complete: full.length,
    procedures_online: online(bodies) + online(made),
    procedures_with_fee: withFee.length + madeWithFee.length,
    procedures_payable_online: online(withFee) + online(madeWithFee),
    procedures_for_persons: persons.length,
    procedures_population_data: persons.filter(({ form }) => form !== null).length,
  }
}

/** The national scheme as it stood at the end of 2023. */
export function scheme2023(): SchemeVersion {
  const scheme = nationalSchemes().find(({ code }) => code === NATIONAL)
  if (!scheme) throw new Error('the national scheme is missing')
  return versionOn(scheme, LAST_DAY).version
}

const readme = (seed: string): string => `# Cà Mau 2023 (mô phỏng / simulated)

Mọi hồ sơ, người nộp, số định danh, số điện thoại, mã hồ sơ và số báo cáo trong thư mục này đều do chương trình đặt ra (hạt giống
"${seed}"); không của ai. Chỉ các số tổng hợp là số đã công bố: đợt cao điểm 01/03–09/05/2023 (trực tuyến cao nhất 92,79 %, số hóa cao
nhất 92,28 % ở cấp tỉnh, thanh toán trực tuyến cao nhất 90,14 % ở cấp xã; 9 đơn vị cấp tỉnh, 7 cấp huyện, 84 cấp xã đạt cả ba chỉ tiêu);
cả năm trực tuyến 97,3 %, số hóa 97,29 %, thanh toán trực tuyến 62,58 %; điểm 89,06 theo Quyết định 766/QĐ-TTg với danh mục thủ tục
của tỉnh mẫu. Số lượng hồ sơ, đơn vị nào đạt và từng số trong reported.csv là đặt ra. Thủ tục có mã bắt đầu bằng 9 là mô phỏng.

Every dossier, applicant, number, code and reported figure here was made up by a program (seed "${seed}") and belongs to nobody. Only
the totals are the published ones: the campaign of 1 March – 9 May 2023 and the rates and score of the year (89.06 with the catalogue of
the demo province). How many dossiers there were, which units met their targets and every line of reported.csv is invented. Procedures
whose code begins with 9 are simulated.

    cuaso import agencies agencies.csv
    cuaso import procedures procedures.csv
    cuaso import dossiers dossiers.csv
    cuaso import reported reported.csv
    cuaso report rates --from 2023-03-01 --to 2023-05-09 --by agency
    cuaso index --from 2023-01-01 --to 2023-12-31
`

function* counting(dossiers: Iterable<DemoDossier>, year: YearCount): Generator<DemoDossier> {
  for (const dossier of dossiers) {
    year.add(dossier)
    yield dossier
  }
}

const reportedColumns = ['quantity', 'agency_code', 'month', 'value', 'source'] as const

export interface Written2023 extends Written {
  readonly reported: string
}

/**
 * Writes agencies.csv, procedures.csv, dossiers.csv, reported.csv and a README saying that they are simulated. The same seed writes
 * the same bytes. Throws StartupError when the folder cannot be written to.
 */
export async function writeCaMau2023(folder: string, options: WriteOptions = {}): Promise<Written2023> {
  const input = await year2023(options.seed)
  const year = new YearCount(input.procedures, input.days)
  const files = {
    readme: readme(input.seed),
    units: input.units as readonly Agency[],
    procedures: input.procedures,
    dossiers: counting(dossiers2023(input), year),
  }
  const written = await writeYear(folder, files, options)
  const lines = reported2023(input.seed, year, await catalogue2023(input.procedures), scheme2023())
  const reported = join(folder, 'reported.csv')
  try {
    await writeFile(reported, stringify([reportedColumns, ...lines.map((line) => reportedColumns.map((column) => line[column]))]))
  } catch (error) {
    throw explainDisk(error, folder)
  }
  return { ...written, reported }
}
