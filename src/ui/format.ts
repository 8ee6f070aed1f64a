import type { Temporal } from 'temporal-polyfill'
import { type Day, dayOf, ZONE } from '../kernel/clock.ts'
import type { Locale } from '../kernel/i18n/index.ts'

// A full stop groups and a comma divides in Vietnamese, the other way round in English. Written by hand rather than by Intl:
// the result must be the same on every machine, whatever language data its Node carries.
const group = (digits: string, locale: Locale): string => digits.replace(/\B(?=(\d{3})+$)/g, locale === 'vi' ? '.' : ',')

/** Figures and their unit stay on one line. */
export const NBSP = '\u00a0'
const MINUS = '−'

/** A number: 82015 → `82.015` (vi), `82,015` (en). `decimals` is exact; halves round away from zero. */
export function formatNumber(value: number | bigint, locale: Locale = 'vi', decimals = 0): string {
  if (typeof value === 'number' && !Number.isFinite(value)) return '–'
  return formatWritten(typeof value === 'bigint' ? value.toString() : roundHalfAway(value, decimals), locale)
}

/** A number as a program writes it, `-1234.50` → `−1.234,50` (vi): nothing is rounded. */
export function formatWritten(text: string, locale: Locale = 'vi'): string {
  const negative = text.startsWith('-')
  const [whole = '0', part] = (negative ? text.slice(1) : text).split('.')
  const digits = group(whole, locale) + (part ? (locale === 'vi' ? ',' : '.') + part : '')
  return negative && /[1-9]/.test(digits) ? MINUS + digits : digits
}

// 1.005 is stored as 1.00499…; rounding its shortest decimal text gives what a person adding up on paper expects.
function roundHalfAway(value: number, decimals: number): string {
  if (Number.isSafeInteger(value)) return value.toFixed(decimals)
  const [mantissa = '0', exponent = '0'] = value.toString().split('e')
  const shifted = Number(`${mantissa}e${Number(exponent) + decimals}`)
  const rounded = Math.sign(shifted) * Math.round(Math.abs(shifted))
  return Number.isSafeInteger(rounded) ? Number(`${rounded}e${-decimals}`).toFixed(decimals) : value.toFixed(decimals)
}

/** What a target asks for, with the decimals it has and no others: 90 %, 92,5 %. */
export const formatLevel = (value: number, locale: Locale = 'vi'): string =>
  formatPercent(value, locale, [0, 1].find((places) => Number.isInteger(Number((value * 100 * 10 ** places).toPrecision(12)))) ?? 2)

/** A share between 0 and 1: 0.9731 → `97,3 %` (vi), `97.3%` (en); exactly none or all is `0 %`, `100 %`. `null` (nothing to divide by) → `–`. */
export function formatPercent(ratio: number | null, locale: Locale = 'vi', decimals = 1): string {
  if (ratio === null || !Number.isFinite(ratio)) return '–'
  const exact = ratio === 0 || ratio === 1
  return formatNumber(Number((ratio * 100).toPrecision(15)), locale, exact ? 0 : decimals) + (locale === 'vi' ? `${NBSP}%` : '%')
}

/** A change in percentage points with its sign: 0.012 → `+1,2 điểm`. */
export function formatPoints(change: number, locale: Locale = 'vi', decimals = 1): string {
  const points = formatNumber(Number((change * 100).toPrecision(15)), locale, decimals)
  const sign = /[1-9]/.test(points) && change > 0 ? '+' : ''
  return `${sign}${points}${NBSP}${locale === 'vi' ? 'điểm' : 'pts'}`
}

/** Vietnamese dong, which has no smaller coin: 50000 → `50.000 đ` (vi), `50,000 VND` (en). */
export const formatMoney = (dong: number | bigint, locale: Locale = 'vi'): string =>
  formatNumber(dong, locale) + NBSP + (locale === 'vi' ? 'đ' : 'VND')

/** A civil day `YYYY-MM-DD` → `27/11/2026`, the order used in Vietnam, in both languages. */
export function formatDay(day: Day): string {
  const [year, month, date] = day.split('-')
  return `${date}/${month}/${year}`
}

/** An instant as its civil day in Vietnam: `27/11/2026`. */
export const formatDate = (instant: Temporal.Instant): string => formatDay(dayOf(instant))

/** An instant as the time on the wall in Vietnam: `14:30`. */
export function formatTime(instant: Temporal.Instant): string {
  const at = instant.toZonedDateTimeISO(ZONE)
  return `${String(at.hour).padStart(2, '0')}:${String(at.minute).padStart(2, '0')}`
}

/** `14:30, 27/11/2026`. */
export const formatInstant = (instant: Temporal.Instant): string => `${formatTime(instant)}, ${formatDate(instant)}`

const weekdays = {
  vi: ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
} as const

/** A civil day with its weekday: `thứ Sáu, 27/11/2026`. */
export function formatWeekday(day: Day, locale: Locale = 'vi'): string {
  const name = weekdays[locale][new Date(`${day}T00:00:00Z`).getUTCDay()]
  return `${name}, ${formatDay(day)}`
}

/** When something is promised: `trước 17:00 thứ Sáu, 27/11/2026` / `before 17:00 on Friday, 27/11/2026`. */
export function formatDue(instant: Temporal.Instant, locale: Locale = 'vi'): string {
  const day = formatWeekday(dayOf(instant), locale)
  return locale === 'vi' ? `trước ${formatTime(instant)} ${day}` : `before ${formatTime(instant)} on ${day}`
}

/** File size as people say it: 1536000 → `1,5 MB`. */
export function formatBytes(bytes: number, locale: Locale = 'vi'): string {
  if (bytes < 1000) return `${formatNumber(bytes, locale)}${NBSP}B`
  const units = ['kB', 'MB', 'GB', 'TB']
  let value = bytes / 1000
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${formatNumber(value, locale, value < 10 ? 1 : 0)}${NBSP}${units[unit]}`
}

/** `3 ngày làm việc` / `1 working day`, `3 working days`. */
export function formatWorkingDays(days: number, locale: Locale = 'vi'): string {
  const decimals = Number.isInteger(days) ? 0 : 1
  const figure = formatNumber(days, locale, decimals)
  if (locale === 'vi') return `${figure}${NBSP}ngày làm việc`
  return `${figure}${NBSP}working day${days === 1 ? '' : 's'}`
}
