import type { Temporal } from 'temporal-polyfill'
import { type Day, dayOf, zoned } from '../../../kernel/clock.ts'

/** `09/05/2023`. */
export const shortDay = (day: Day): string => day.split('-').reverse().join('/')

const two = (part: number): string => String(part).padStart(2, '0')

/**
 * Up to when figures count: to the end of a day that is over, else to the moment at which they were read.
 * `tính đến hết ngày 09/05/2023`, `tính đến 14 giờ 05 phút ngày 22/11/2026`.
 */
export function untilText({ asOf, at }: { readonly asOf: Day; readonly at: Temporal.Instant }): string {
  const today = dayOf(at)
  const day = shortDay(asOf < today ? asOf : today)
  if (asOf < today) return `tính đến hết ngày ${day}`
  const { hour, minute } = zoned(at)
  return `tính đến ${two(hour)} giờ ${two(minute)} phút ngày ${day}`
}
