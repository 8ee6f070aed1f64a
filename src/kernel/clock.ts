import { Temporal } from 'temporal-polyfill'

/** Civil time of every office in the country. */
export const ZONE = 'Asia/Ho_Chi_Minh'

/** A civil date in Vietnam, `YYYY-MM-DD`. */
export type Day = string

export type Clock = () => Temporal.Instant

export const systemClock: Clock = () => Temporal.Now.instant()

// Vietnam has kept UTC+7 without summer time since 1975-06-13, so the civil day needs no zone database.
const OFFSET_MS = 7 * 3_600_000

/** From the first to the last of these lies everything offices mean; a day beyond is a slip of the pen, and no calendar or database counts on it. */
const [FIRST, LAST] = ['1900-01-01', '2199-12-31'] as const

/** Whether a text is a real civil day that somebody can mean: `2024-02-29`, not `2023-02-29`, `0000-01-01` or `9999-12-31`. */
export function isDay(text: string | null | undefined): text is Day {
  if (!text || !/^\d{4}-\d\d-\d\d$/.test(text) || text < FIRST || text > LAST) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text
}

/** The civil day in Vietnam on which an instant falls: 17:00 UTC is already tomorrow. */
export function dayOf(instant: { readonly epochMilliseconds: number }): Day {
  return new Date(instant.epochMilliseconds + OFFSET_MS).toISOString().slice(0, 10)
}

/** The instant at which a civil day begins in Vietnam. */
export const startOfDay = (day: Day): Temporal.Instant => Temporal.Instant.from(`${day}T00:00:00+07:00`)

/** Adds whole days to a civil day; negative goes back. */
export function addDays(day: Day, days: number): Day {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}

export const zoned = (instant: Temporal.Instant): Temporal.ZonedDateTime => instant.toZonedDateTimeISO(ZONE)
