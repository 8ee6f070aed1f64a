import { Refused } from '../../../kernel/errors.ts'
import { refusals } from '../errors.ts'

export type TimeUnit = 'hour' | 'day' | 'working_day' | 'month'
export const timeUnits: readonly TimeUnit[] = ['hour', 'day', 'working_day', 'month']

/** A legal time limit: `hour` counts opening hours, `day` and `month` count the calendar, `working_day` counts days worked. */
export interface TimeLimit {
  readonly limit: number
  readonly unit: TimeUnit
}

/** Throws `Refused` calendar.limit-invalid unless it is a whole number from 0 to 3,650 in a known unit. */
export function checkLimit({ limit, unit }: TimeLimit): void {
  if (!Number.isInteger(limit) || limit < 0 || limit > 3650 || !timeUnits.includes(unit)) throw new Refused(refusals.limitInvalid)
}
