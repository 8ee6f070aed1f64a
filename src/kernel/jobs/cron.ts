import { Temporal } from 'temporal-polyfill'
import { ZONE } from '../clock.ts'

/** Minutes, hours, days of the month, months, days of the week (0 or 7 = Sunday) on which something is due. */
export interface Cron {
  readonly minutes: ReadonlySet<number>
  readonly hours: ReadonlySet<number>
  readonly days: ReadonlySet<number>
  readonly months: ReadonlySet<number>
  readonly weekdays: ReadonlySet<number>
  /** As in every cron: when both days are restricted, either is enough. */
  readonly eitherDay: boolean
}

function readField(text: string, low: number, high: number): Set<number> {
  const values = new Set<number>()
  for (const part of text.split(',')) {
    const match = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part)
    if (!match) throw new RangeError(`"${part}" is not a cron field`)
    const step = Number(match[3] ?? 1)
    const from = match[1] === undefined ? low : Number(match[1])
    const to = match[1] === undefined ? high : Number(match[2] ?? (match[3] ? high : match[1]))
    if (step < 1 || from < low || to > high || from > to) throw new RangeError(`"${part}" is out of ${low}–${high}`)
    for (let value = from; value <= to; value += step) values.add(value)
  }
  return values
}

/** Reads five fields: minute hour day month weekday, with `*`, lists, ranges and steps. Throws RangeError on anything else. */
export function parseCron(text: string): Cron {
  const fields = text.trim().split(/\s+/)
  if (fields.length !== 5) throw new RangeError(`"${text}" must have five fields`)
  const [minute, hour, day, month, weekday] = fields as [string, string, string, string, string]
  return {
    minutes: readField(minute, 0, 59),
    hours: readField(hour, 0, 23),
    days: readField(day, 1, 31),
    months: readField(month, 1, 12),
    weekdays: new Set([...readField(weekday, 0, 7)].map((value) => value % 7)),
    eitherDay: !day.startsWith('*') && !weekday.startsWith('*'),
  }
}

function dayMatches(cron: Cron, date: Temporal.PlainDate): boolean {
  if (!cron.months.has(date.month)) return false
  const day = cron.days.has(date.day)
  const weekday = cron.weekdays.has(date.dayOfWeek % 7)
  return cron.eitherDay ? day || weekday : day && weekday
}

const latest = (values: ReadonlySet<number>, upTo: number): number | undefined => {
  for (let value = upTo; value >= 0; value -= 1) if (values.has(value)) return value
  return undefined
}

/** Longest gap of a real calendar date: 29 February, eight years around 2100. */
const DAYS_BACK = 366 * 8

/** The last instant, not after `now`, at which the cron was due in Vietnam. Undefined for a date that never comes (30 February). */
export function latestSlot(cron: Cron, now: Temporal.Instant): Temporal.Instant | undefined {
  const local = now.toZonedDateTimeISO(ZONE)
  let date = local.toPlainDate()
  for (let back = 0; back <= DAYS_BACK; back += 1) {
    if (dayMatches(cron, date)) {
      const sameDay = back === 0
      for (let hour = sameDay ? local.hour : 23; hour >= 0; hour -= 1) {
        if (!cron.hours.has(hour)) continue
        const minute = latest(cron.minutes, sameDay && hour === local.hour ? local.minute : 59)
        if (minute !== undefined)
          return date.toZonedDateTime({ timeZone: ZONE, plainTime: Temporal.PlainTime.from({ hour, minute }) }).toInstant()
      }
    }
    date = date.subtract({ days: 1 })
  }
  return undefined
}
