import { Temporal } from 'temporal-polyfill'

/** Civil time of every office in the country. */
export const ZONE = 'Asia/Ho_Chi_Minh'

/** A civil date in Vietnam, `YYYY-MM-DD`. */
export type Day = string

export type Clock = () => Temporal.Instant

export const systemClock: Clock = () => Temporal.Now.instant()

// Vietnam has kept UTC+7 without summer time since 1975-06-13, so the civil day needs no zone database.
const OFFSET_MS = 7 * 3_600_000

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
