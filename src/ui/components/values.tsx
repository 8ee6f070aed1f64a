import type { Temporal } from 'temporal-polyfill'
import type { Day } from '../../kernel/clock.ts'
import { dayOf } from '../../kernel/clock.ts'
import type { Locale } from '../../kernel/i18n/index.ts'
import { formatDay, formatMoney, formatNumber, formatPercent, formatTime, formatWeekday } from '../format.ts'

/** A number in a page: grouped; its figures line up inside a table. */
export const NumberText = ({ value, decimals = 0, locale = 'vi' }: { value: number | bigint; decimals?: number; locale?: Locale }) => (
  <span class="cs-number">{formatNumber(value, locale, decimals)}</span>
)

/** A share of 0 to 1 as a percentage; `null` as a dash. */
export const PercentText = ({ ratio, decimals = 1, locale = 'vi' }: { ratio: number | null; decimals?: number; locale?: Locale }) => (
  <span class="cs-number">{formatPercent(ratio, locale, decimals)}</span>
)

export const MoneyText = ({ dong, locale = 'vi' }: { dong: number | bigint; locale?: Locale }) => (
  <span class="cs-number">{formatMoney(dong, locale)}</span>
)

interface DateTextProps {
  /** An instant, or a civil day `YYYY-MM-DD`. */
  readonly value: Temporal.Instant | Day
  /** Adds the time of day; only for an instant. */
  readonly time?: boolean
  readonly weekday?: boolean
  readonly locale?: Locale
}

/** A date or moment, machine-readable too. */
export const DateText = ({ value, time, weekday, locale = 'vi' }: DateTextProps) => {
  const day = typeof value === 'string' ? value : dayOf(value)
  const date = weekday ? formatWeekday(day, locale) : formatDay(day)
  return (
    <time class="cs-number" datetime={typeof value === 'string' ? value : value.toString({ smallestUnit: 'second' })}>
      {time && typeof value !== 'string' ? `${formatTime(value)} ${date}` : date}
    </time>
  )
}
