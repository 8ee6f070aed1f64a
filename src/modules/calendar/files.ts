import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { dataFolder } from '../../kernel/paths.ts'
import { buildCalendar, type CalendarDay, type CalendarSource, type WorkCalendar } from './rules/work-calendar.ts'

const row = z.object({
  date: z.iso.date(),
  kind: z.enum(['holiday', 'compensatory', 'working_saturday']),
  name: z.string().min(1),
  name_en: z.string(),
  source: z.string(),
  certainty: z.enum(['official', 'recalled', 'computed']),
})

/** Where the national calendar files lie in a checkout. */
export const nationalFolder = join(dataFolder, 'calendar')

/** Reads every `vn-YYYY.csv` of a folder. Throws, naming the file, when one cannot be read. */
export async function readNationalDays(folder = nationalFolder): Promise<CalendarDay[]> {
  const names = (await readdir(folder)).filter((name) => /^vn-\d{4}\.csv$/.test(name)).sort()
  const files = await Promise.all(
    names.map(async (name) => {
      const parsed = z.array(row).safeParse(parse(await readFile(join(folder, name)), { columns: true, bom: true }))
      if (!parsed.success) throw new Error(`${name}: ${z.prettifyError(parsed.error)}`)
      const wrong = parsed.data.find((entry) => entry.date.slice(0, 4) !== name.slice(3, 7))
      if (wrong) throw new Error(`${name}: ${wrong.date} is another year`)
      return parsed.data
    }),
  )
  return files.flat().map(({ date, name_en, ...rest }) => ({ ...rest, day: date, nameEn: name_en, layer: 'national' as const }))
}

/** The whole years that a set of national days covers, without a gap. */
export function coverage(days: readonly { day: string; layer: string }[]): Pick<CalendarSource, 'from' | 'to'> {
  const years = [...new Set(days.filter(({ layer }) => layer === 'national').map(({ day }) => Number(day.slice(0, 4))))].sort(
    (a, b) => a - b,
  )
  const gap = years.findIndex((year, at) => at > 0 && year !== (years[at - 1] ?? 0) + 1)
  const known = gap < 0 ? years : years.slice(gap)
  return { from: `${known[0] ?? 1}-01-01`.padStart(10, '0'), to: `${known.at(-1) ?? 1}-12-31`.padStart(10, '0') }
}

/** The national calendar straight from the files: no database, no local days off. */
export async function readNationalCalendar(folder = nationalFolder): Promise<WorkCalendar> {
  const days = await readNationalDays(folder)
  return buildCalendar({ ...coverage(days), days })
}
