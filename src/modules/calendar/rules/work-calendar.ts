import { addDays, type Day } from '../../../kernel/clock.ts'
import { Refused } from '../../../kernel/errors.ts'
import { yearUnknown } from '../errors.ts'

/**
 * What a dated entry does to a day.
 * - `holiday`: public holiday (Labour Code 2019 Art. 112)
 * - `compensatory`: weekday off in lieu of a holiday on a weekend (Art. 111(3)), or swapped with a Saturday
 * - `working_saturday`: the Saturday worked for a swapped weekday
 * - `closed`: this province or agency only: the office does not work (storm, move)
 * - `open`: this province or agency only: works although others are off
 */
export type DayKind = 'holiday' | 'compensatory' | 'working_saturday' | 'closed' | 'open'
export type Layer = 'national' | 'province' | 'agency'

export interface CalendarDay {
  readonly day: Day
  readonly kind: DayKind
  readonly layer: Layer
  readonly name: string
  readonly nameEn: string
  readonly source: string
  readonly certainty: string
}

/** One stretch of opening hours. Minutes after midnight, Vietnam time; weekday 1 = Monday … 7 = Sunday. */
export interface WorkingHours {
  readonly validFrom: Day
  readonly weekday: number
  readonly opens: number
  readonly closes: number
}

/** Monday to Friday 07:30–11:30 and 13:30–17:30. */
export const defaultHours: readonly WorkingHours[] = [1, 2, 3, 4, 5].flatMap((weekday) => [
  { validFrom: '1900-01-01', weekday, opens: 7 * 60 + 30, closes: 11 * 60 + 30 },
  { validFrom: '1900-01-01', weekday, opens: 13 * 60 + 30, closes: 17 * 60 + 30 },
])

/** From this minute on, work promised for the same day is due the next working day (practice of one-stop centres, NĐ 61/2018 Art. 18). */
export const defaultCutOff = 15 * 60

/** A calendar ready for counting. Built once, asked often. */
export interface WorkCalendar {
  readonly from: Day
  readonly to: Day
  /** The entry that decides each special day: agency before province before national. */
  readonly special: ReadonlyMap<Day, CalendarDay>
  readonly hours: readonly WorkingHours[]
  /** Minutes after midnight. */
  readonly cutOff: number
  /** Every working day, in order. */
  readonly working: readonly Day[]
  /** For each day of the calendar, how many working days lie on it or before it. */
  readonly countTo: ReadonlyMap<Day, number>
}

export interface CalendarSource {
  readonly from: Day
  readonly to: Day
  readonly days: readonly CalendarDay[]
  readonly hours?: readonly WorkingHours[]
  readonly cutOff?: number
}

const RANK: Record<Layer, number> = { national: 0, province: 1, agency: 2 }

/** ISO weekday: 1 = Monday … 7 = Sunday. */
export const weekdayOf = (day: Day): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7

const works = (day: Day, entry: CalendarDay | undefined): boolean =>
  entry ? entry.kind === 'working_saturday' || entry.kind === 'open' : weekdayOf(day) <= 5

export function buildCalendar({ from, to, days, hours = defaultHours, cutOff = defaultCutOff }: CalendarSource): WorkCalendar {
  const special = new Map<Day, CalendarDay>()
  for (const entry of days) {
    const known = special.get(entry.day)
    if (!known || RANK[entry.layer] >= RANK[known.layer]) special.set(entry.day, entry)
  }
  const working: Day[] = []
  const countTo = new Map<Day, number>()
  for (let day = from; day <= to; day = addDays(day, 1)) {
    if (works(day, special.get(day))) working.push(day)
    countTo.set(day, working.length)
  }
  return { from, to, special, hours: hours.length > 0 ? hours : defaultHours, cutOff, working, countTo }
}

const counted = (calendar: WorkCalendar, day: Day): number => {
  const count = calendar.countTo.get(day)
  if (count === undefined) throw new Refused(yearUnknown(day.slice(0, 4)))
  return count
}

/** Whether offices work on this day. Throws `Refused` calendar.year-unknown outside the calendar. */
export function isWorkingDay(day: Day, calendar: WorkCalendar): boolean {
  counted(calendar, day)
  return works(day, calendar.special.get(day))
}

/**
 * The n-th working day after a day; the day itself is not counted (Civil Code 2015 Art. 147). `n` = 0 gives the day itself when it
 * is worked, else the next working day.
 */
export function workingDayAfter(day: Day, n: number, calendar: WorkCalendar): Day {
  if (n === 0 && isWorkingDay(day, calendar)) return day
  const found = calendar.working[counted(calendar, day) + Math.max(n, 1) - 1]
  if (found === undefined) throw new Refused(yearUnknown(String(Number(calendar.to.slice(0, 4)) + 1)))
  return found
}

/** How many working days lie after `from`, up to and including `to`. Negative when `to` is earlier. */
export const workingDaysBetween = (from: Day, to: Day, calendar: WorkCalendar): number => counted(calendar, to) - counted(calendar, from)

/** The opening hours of a day, in order; none on a day off. A Saturday worked in exchange keeps Monday's hours. */
export function hoursOn(day: Day, calendar: WorkCalendar): readonly WorkingHours[] {
  if (!isWorkingDay(day, calendar)) return []
  const weekday = weekdayOf(day) > 5 ? 1 : weekdayOf(day)
  const inForce = calendar.hours.filter((row) => row.validFrom <= day)
  const latest = inForce.reduce((max, row) => (row.validFrom > max ? row.validFrom : max), '')
  const own = inForce.filter((row) => row.validFrom === latest && row.weekday === weekday)
  // An office that lists hours only for some weekdays still owes its deadlines on the others: the ordinary hours count there.
  const rows = own.length > 0 ? own : defaultHours.filter((row) => row.weekday === weekday)
  return [...rows].sort((a, b) => a.opens - b.opens)
}
