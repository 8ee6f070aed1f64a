import { addDays, type Day } from '../../../kernel/clock.ts'
import type { Tx } from '../../../kernel/database/index.ts'
import { loadCalendar } from '../load-calendar.ts'
import { type CalendarDay, isWorkingDay, type WorkCalendar, weekdayOf } from '../rules/work-calendar.ts'
import { type LocalDay, listLocalDays } from '../store.ts'

export interface DayCell {
  readonly day: Day
  readonly works: boolean
  readonly special: CalendarDay | undefined
}

export interface MonthView {
  readonly month: number
  /** Empty cells before the 1st, which stands under its weekday (Monday first). */
  readonly offset: number
  readonly days: readonly DayCell[]
  readonly workingDays: number
}

export interface YearView {
  readonly year: number
  readonly firstYear: number
  readonly lastYear: number
  readonly months: readonly MonthView[]
  readonly workingDays: number
  readonly local: readonly LocalDay[]
}

/** The twelve months of a year. Pure. */
export function monthsOf(year: number, calendar: WorkCalendar): MonthView[] {
  return Array.from({ length: 12 }, (_, at) => {
    const first = `${year}-${String(at + 1).padStart(2, '0')}-01`
    const days: DayCell[] = []
    for (let day = first; day.startsWith(first.slice(0, 7)); day = addDays(day, 1)) {
      days.push({ day, works: isWorkingDay(day, calendar), special: calendar.special.get(day) })
    }
    return { month: at + 1, offset: weekdayOf(first) - 1, days, workingDays: days.filter((cell) => cell.works).length }
  })
}

/** A year of the province's (or an agency's) calendar; the nearest known year when that one is not. */
export async function findYear(tx: Tx, asked: number, agencyCode = ''): Promise<YearView> {
  const calendar = await loadCalendar(tx, agencyCode)
  const [firstYear, lastYear] = [calendar.from, calendar.to].map((day) => Number(day.slice(0, 4))) as [number, number]
  const year = Math.min(Math.max(asked, firstYear), lastYear)
  const months = monthsOf(year, calendar)
  const workingDays = months.reduce((sum, month) => sum + month.workingDays, 0)
  return { year, firstYear, lastYear, months, workingDays, local: await listLocalDays(tx, year) }
}
