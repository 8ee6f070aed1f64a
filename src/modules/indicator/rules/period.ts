import { addDays, type Day } from '../../../kernel/clock.ts'

/** Civil days, both included. */
export interface Period {
  readonly from: Day
  readonly to: Day
}

export interface Span {
  readonly grain: 'month' | 'day'
  readonly first: Day
  readonly last: Day
}

const monthStart = (day: Day): Day => `${day.slice(0, 7)}-01`

function nextMonth(day: Day): Day {
  const [year = 0, month = 0] = day.split('-').map(Number)
  return month === 12 ? `${year + 1}-01-01` : `${day.slice(0, 4)}-${String(month + 1).padStart(2, '0')}-01`
}

/**
 * Cuts a period into stretches of whole months and of days. A month in which a unit changed (a day of `cuts` that is not its
 * first) is counted by days, so that each day goes to the unit of that day. Month stretches are given by the months' first days.
 */
export function spansOf(period: Period, cuts: readonly Day[] = []): Span[] {
  if (period.from > period.to) return []
  const broken = new Set(cuts.filter((day) => !day.endsWith('-01')).map(monthStart))
  const spans: Span[] = []
  const add = (span: Span): void => {
    const before = spans.at(-1)
    const touches =
      before?.grain === span.grain && (span.grain === 'month' ? nextMonth(before.last) : addDays(before.last, 1)) === span.first
    if (before && touches) spans[spans.length - 1] = { ...before, last: span.last }
    else spans.push(span)
  }
  for (let month = monthStart(period.from); month <= period.to; month = nextMonth(month)) {
    const end = addDays(nextMonth(month), -1)
    const first = period.from > month ? period.from : month
    const last = period.to < end ? period.to : end
    if (first === month && last === end && !broken.has(month)) add({ grain: 'month', first: month, last: month })
    else add({ grain: 'day', first, last })
  }
  return spans
}
