import type { Day } from '../../../kernel/clock.ts'

/**
 * How a column's values stand in a spreadsheet.
 * - `text`: as it is; a code or a number that is a name ("H12-…", "0961…") stays text
 * - `number`: a figure; `money`: whole dong with separators
 * - `day`: a civil day `YYYY-MM-DD`; `time`: an instant as ISO text, shown as the time on the wall in Vietnam
 */
export type CellKind = 'text' | 'number' | 'money' | 'day' | 'time'

/** A spreadsheet holds no more than this in one cell. */
const LONGEST = 32_767
// What XML cannot hold: control characters, halves of surrogate pairs, the two non-characters.
const UNWRITABLE = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu

/** A text a spreadsheet can hold. */
export const cellText = (text: string): string => text.replace(UNWRITABLE, '').slice(0, LONGEST)

/** A civil day as a spreadsheet's date. Undefined when it is none. */
export function cellDay(day: Day): Date | undefined {
  const date = new Date(`${day}T00:00:00Z`)
  return Number.isNaN(date.getTime()) ? undefined : date
}

const OFFSET_MS = 7 * 3_600_000

/** An instant as a spreadsheet's date and time, which knows no zone: the time on the wall in Vietnam (UTC+7). */
export function cellTime(instant: string): Date | undefined {
  const at = Date.parse(instant)
  return Number.isNaN(at) ? undefined : new Date(at + OFFSET_MS)
}
