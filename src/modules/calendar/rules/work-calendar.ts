import { addDays, type Day } from '../../../kernel/clock.ts'
import { Refused } from '../../../kernel/errors.ts'
import { yearUnknown } from '../errors.ts'
import type { ClockRules } from './ledger.ts'

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

/** Opening hours from a date on. */
export interface Schedule {
  readonly validFrom: Day
  readonly hours: readonly WorkingHours[]
  /** A Saturday with opening hours counts as a working day; no unless ruled locally: a counter open on Saturday moves no deadline. */
  readonly saturdayCounts: boolean
}

/** Monday to Friday 07:30–11:30 and 13:30–17:30. */
export const defaultHours: readonly WorkingHours[] = [1, 2, 3, 4, 5].flatMap((weekday) => [
  { validFrom: '1900-01-01', weekday, opens: 7 * 60 + 30, closes: 11 * 60 + 30 },
  { validFrom: '1900-01-01', weekday, opens: 13 * 60 + 30, closes: 17 * 60 + 30 },
])

/** Received after this minute, work promised for the same day is due the next working day (practice of one-stop centres, NĐ 61/2018 Art. 18). */
const CUT_OFF = 15 * 60

/** How days are counted unless a province, an agency or a procedure says otherwise. */
export const defaultRules: ClockRules = {
  startDay: 'next',
  lateReceipt: 'same_day',
  cutOff: CUT_OFF,
  endDay: 'next',
  endTime: 'closing',
  pauses: ['supplement', 'payment', 'withdrawal', 'other'],
  restarts: [],
}

/** Rules in force from a date on. */
export interface DatedRules extends ClockRules {
  readonly validFrom: Day
}

/** A calendar ready for counting. Built once, asked often. */
export interface WorkCalendar {
  readonly from: Day
  readonly to: Day
  /** The entry that decides each special day: agency before province before national. */
  readonly special: ReadonlyMap<Day, CalendarDay>
  /** In order of their first day. */
  readonly schedules: readonly Schedule[]
  /** In order of their first day. */
  readonly rules: readonly DatedRules[]
  /** Every working day, in order. */
  readonly working: readonly Day[]
  /** For each day of the calendar, how many working days lie on it or before it. */
  readonly countTo: ReadonlyMap<Day, number>
}

export interface CalendarSource {
  readonly from: Day
  readonly to: Day
  readonly days: readonly CalendarDay[]
  /** Opening hours, told either as rows with their first day or as whole schedules. */
  readonly hours?: readonly WorkingHours[]
  readonly schedules?: readonly Schedule[]
  readonly rules?: readonly DatedRules[]
  /** Cut-off before the first dated rules, minutes after midnight. */
  readonly cutOff?: number
}

const RANK: Record<Layer, number> = { national: 0, province: 1, agency: 2 }

/** ISO weekday: 1 = Monday … 7 = Sunday. */
export const weekdayOf = (day: Day): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7

const byFirstDay = (a: { validFrom: Day }, b: { validFrom: Day }): number =>
  a.validFrom < b.validFrom ? -1 : a.validFrom > b.validFrom ? 1 : 0

/** Of entries in order of their first day, the one in force on a day. */
export function inForceOn<T extends { readonly validFrom: Day }>(entries: readonly T[], day: Day): T | undefined {
  for (let at = entries.length - 1; at >= 0; at -= 1) {
    const entry = entries[at]
    if (entry && entry.validFrom <= day) return entry
  }
  return undefined
}

/** Rows of hours with their first days, as schedules. */
function schedulesOf(rows: readonly WorkingHours[]): Schedule[] {
  const days = [...new Set(rows.map((row) => row.validFrom))]
  return days.map((validFrom) => ({ validFrom, saturdayCounts: false, hours: rows.filter((row) => row.validFrom === validFrom) }))
}

const SATURDAY = 6

const worksOn = (day: Day, entry: CalendarDay | undefined, schedules: readonly Schedule[]): boolean => {
  if (entry) return entry.kind === 'working_saturday' || entry.kind === 'open'
  const weekday = weekdayOf(day)
  if (weekday !== SATURDAY) return weekday < SATURDAY
  const schedule = inForceOn(schedules, day)
  return schedule?.saturdayCounts === true && schedule.hours.some((row) => row.weekday === SATURDAY)
}

const works = (day: Day, calendar: WorkCalendar): boolean => worksOn(day, calendar.special.get(day), calendar.schedules)

/** Two entries of one layer for one day: the later kind by name, so that the order of entries never matters. */
const decides = (entry: CalendarDay, known: CalendarDay): boolean =>
  RANK[entry.layer] > RANK[known.layer] ||
  (RANK[entry.layer] === RANK[known.layer] && `${entry.kind} ${entry.name}` > `${known.kind} ${known.name}`)

export function buildCalendar({
  from,
  to,
  days,
  hours = [],
  schedules = schedulesOf(hours),
  rules = [],
  cutOff,
}: CalendarSource): WorkCalendar {
  const special = new Map<Day, CalendarDay>()
  for (const entry of days) {
    const known = special.get(entry.day)
    if (!known || decides(entry, known)) special.set(entry.day, entry)
  }
  const dated = [...schedules].sort(byFirstDay)
  const first: DatedRules = { ...defaultRules, ...(cutOff === undefined ? {} : { cutOff }), validFrom: '0001-01-01' }
  const working: Day[] = []
  const countTo = new Map<Day, number>()
  for (let day = from; day <= to; day = addDays(day, 1)) {
    if (worksOn(day, special.get(day), dated)) working.push(day)
    countTo.set(day, working.length)
  }
  return { from, to, special, schedules: dated, rules: [first, ...[...rules].sort(byFirstDay)], working, countTo }
}

/** How days are counted from this day on. */
export const rulesOn = (day: Day, calendar: WorkCalendar): ClockRules => inForceOn(calendar.rules, day) ?? defaultRules

const counted = (calendar: WorkCalendar, day: Day): number => {
  const count = calendar.countTo.get(day)
  if (count === undefined) throw new Refused(yearUnknown(day.slice(0, 4)))
  return count
}

/** Whether offices work on this day. Throws `Refused` calendar.year-unknown outside the calendar. */
export function isWorkingDay(day: Day, calendar: WorkCalendar): boolean {
  counted(calendar, day)
  return works(day, calendar)
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
  const schedule = inForceOn(calendar.schedules, day)
  const counts = !calendar.special.has(day) && weekdayOf(day) === SATURDAY
  const weekday = weekdayOf(day) > 5 && !counts ? 1 : weekdayOf(day)
  const own = schedule?.hours.filter((row) => row.weekday === weekday) ?? []
  // An office that lists hours only for some weekdays still owes its deadlines on the others: the ordinary hours count there.
  const rows = own.length > 0 ? own : defaultHours.filter((row) => row.weekday === weekday)
  return [...rows].sort((a, b) => a.opens - b.opens)
}

/** When the doors are open on a day, whether or not it counts: a Saturday counter is, a holiday is not. */
export function doorsOn(day: Day, calendar: WorkCalendar): readonly WorkingHours[] {
  if (isWorkingDay(day, calendar)) return hoursOn(day, calendar)
  if (calendar.special.has(day)) return []
  const schedule = inForceOn(calendar.schedules, day)
  return (schedule?.hours.filter((row) => row.weekday === weekdayOf(day)) ?? []).toSorted((a, b) => a.opens - b.opens)
}
