import { isWorkingDay, readNationalCalendar } from '../modules/calendar/index.ts'
import type { Agency } from '../modules/organisation/index.ts'
import { calendarSpan, dossiers2022, type Year2022 } from './rules/ca-mau-2022.ts'
import { published2022 } from './rules/published-2022.ts'
import { WorkDays } from './rules/working-days.ts'
import { agenciesOn, proceduresOn, type WriteOptions, type Written, writeYear } from './year-files.ts'

/** The middle of the year: units are those in force on it (none of Cà Mau's changed during 2022). */
const MID_YEAR = '2022-07-01'
const SEED = 'cà mau 2022'
export const YEAR_TOTAL: number = Object.values(published2022).reduce((sum, { received }) => sum + received, 0)

/** Everything the generator works from. */
export async function year2022(seed = SEED): Promise<Year2022> {
  const [agencies, procedures, calendar] = await Promise.all([agenciesOn(MID_YEAR), proceduresOn('2022-01-01'), readNationalCalendar()])
  const days = new WorkDays(calendarSpan.first, calendarSpan.days, (day) => day >= '2022-01-01' && isWorkingDay(day, calendar))
  return { seed, units: agencies, procedures, days }
}

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

/**
 * Writes agencies.csv, procedures.csv, dossiers.csv and a README saying that they are simulated. The same seed writes the same bytes.
 * Throws StartupError when the folder cannot be written to.
 */
export async function writeCaMau2022(folder: string, options: WriteOptions = {}): Promise<Written> {
  const input = await year2022(options.seed)
  const { units, procedures } = input
  return writeYear(
    folder,
    { readme: readme(input.seed), units: units as readonly Agency[], procedures, dossiers: dossiers2022(input) },
    options,
  )
}
