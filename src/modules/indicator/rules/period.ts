import { addDays, type Day } from '../../../kernel/clock.ts'

/** Civil days, both included. */
export interface Period {
  readonly from: Day
  readonly to: Day
}

export interface Span {
  readonly grain: 'quarter' | 'month' | 'day'
  readonly first: Day
  readonly last: Day
}

/** First day of the month that a day is in. */
export const monthStart = (day: Day): Day => `${day.slice(0, 7)}-01`

const firstOf = (year: number, month: number): Day => `${year}-${String(month).padStart(2, '0')}-01`

/** First day of the calendar quarter that a day is in. */
export function quarterStart(day: Day): Day {
  const [year = 0, month = 0] = day.split('-').map(Number)
  return firstOf(year, month - ((month - 1) % 3))
}

/** First day of the month that lies `months` after a day's. */
function monthsAfter(day: Day, months: number): Day {
  const [year = 0, month = 0] = day.split('-').map(Number)
  const count = year * 12 + month - 1 + months
  return firstOf(Math.floor(count / 12), (count % 12) + 1)
}

const lengths = { quarter: 3, month: 1 } as const

const following = ({ grain, last }: Span): Day => (grain === 'day' ? addDays(last, 1) : monthsAfter(last, lengths[grain]))

/** The quarters, months or days of a span one by one. */
export function partsOf({ grain, first, last }: Span): Span[] {
  const parts: Span[] = []
  for (let day = first; day <= last; day = following({ grain, first: day, last: day })) parts.push({ grain, first: day, last: day })
  return parts
}

/**
 * Cuts a period into stretches of whole quarters (where the question allows them), whole months and days. A quarter or month inside
 * which a unit changed (a day of `cuts` that is not its first) is counted by what is smaller, so that each day goes to the unit of
 * that day. Quarters and months are given by their first days.
 */
export function spansOf(period: Period, cuts: readonly Day[] = [], quarters = false): Span[] {
  if (period.from > period.to) return []
  const spans: Span[] = []
  const add = (span: Span): void => {
    const before = spans.at(-1)
    if (before?.grain === span.grain && following(before) === span.first) spans[spans.length - 1] = { ...before, last: span.last }
    else spans.push(span)
  }
  const whole = (first: Day, next: Day): boolean =>
    period.from <= first && next <= addDays(period.to, 1) && !cuts.some((cut) => first < cut && cut < next)
  for (let month = monthStart(period.from); month <= period.to; ) {
    const next = monthsAfter(month, 1)
    const quarterEnd = monthsAfter(month, 3)
    if (quarters && month === quarterStart(month) && whole(month, quarterEnd)) {
      add({ grain: 'quarter', first: month, last: month })
      month = quarterEnd
      continue
    }
    if (whole(month, next)) add({ grain: 'month', first: month, last: month })
    else {
      const end = addDays(next, -1)
      add({ grain: 'day', first: period.from > month ? period.from : month, last: period.to < end ? period.to : end })
    }
    month = next
  }
  return spans
}
