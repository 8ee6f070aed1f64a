import { addDays, type Day, isDay } from '../../../kernel/clock.ts'
import type { Locale } from '../../../kernel/i18n/index.ts'
import type { RateCode, Tier } from '../../indicator/index.ts'

/** What a board shows, as it stands in the address. Days are both included. */
export interface BoardQuestion {
  readonly from: Day
  readonly to: Day
  /** Which tier is ranked; null: all units. */
  readonly tier: Tier | null
  /** Which rate ranks them. */
  readonly rate: BoardRate
}

export type BoardRate = Extract<RateCode, 'online_rate' | 'on_time_rate' | 'digitised_rate' | 'payment_rate'>

export const boardRates: readonly BoardRate[] = ['online_rate', 'on_time_rate', 'digitised_rate', 'payment_rate']

/** Rates as they stand in an address. */
const rateSlugs: Readonly<Record<BoardRate, string>> = {
  online_rate: 'truc-tuyen',
  on_time_rate: 'dung-han',
  digitised_rate: 'so-hoa',
  payment_rate: 'thanh-toan',
}

const tierSlugs: Readonly<Record<Tier, string>> = { province: 'tinh', district: 'huyen', commune: 'xa' }

const two = (value: number): string => String(value).padStart(2, '0')
const lastDayOfMonth = (year: number, month: number): Day => `${year}-${two(month)}-${new Date(Date.UTC(year, month, 0)).getUTCDate()}`

/** `2022`, `2022-q3`, `2022-07` as first and last day; undefined for anything else. */
export function periodOf(name: string): { from: Day; to: Day } | undefined {
  const match = /^(\d{4})(?:-(?:q([1-4])|(0[1-9]|1[0-2])))?$/.exec(name)
  if (!match) return undefined
  const year = Number(match[1])
  if (year < 2000 || year > 2100) return undefined
  if (match[2]) {
    const first = (Number(match[2]) - 1) * 3 + 1
    return { from: `${year}-${two(first)}-01`, to: lastDayOfMonth(year, first + 2) }
  }
  if (match[3]) return { from: `${year}-${match[3]}-01`, to: lastDayOfMonth(year, Number(match[3])) }
  return { from: `${year}-01-01`, to: `${year}-12-31` }
}

/** Reads a board's address. What makes no sense falls back to this year so far, all units, online filing. */
export function readQuestion(query: Readonly<Record<string, string | undefined>>, today: Day): BoardQuestion {
  const named = query.ky ? periodOf(query.ky) : undefined
  const given = isDay(query.tu) && isDay(query.den) && query.tu <= query.den ? { from: query.tu, to: query.den } : undefined
  const period = named ?? given ?? { from: `${today.slice(0, 4)}-01-01`, to: today }
  const tier = (Object.keys(tierSlugs) as Tier[]).find((one) => tierSlugs[one] === query.cap) ?? null
  const rate = boardRates.find((one) => rateSlugs[one] === query['chi-so']) ?? 'online_rate'
  return { from: period.from, to: period.to, tier, rate }
}

/** The address of a question: read again, it gives the same question. */
export function addressOf(question: BoardQuestion, path = '/dieu-hanh'): string {
  const query = new URLSearchParams({ tu: question.from, den: question.to })
  if (question.tier) query.set('cap', tierSlugs[question.tier])
  query.set('chi-so', rateSlugs[question.rate])
  return `${path}?${query}`
}

export const slugOfRate = (rate: BoardRate): string => rateSlugs[rate]

/** Years that are offered beside the running one: more would be a list. */
const MOST_YEARS = 4

/** Periods offered beside free dates: this month, quarter, year, and the latest other years of which there are figures. */
export function offeredPeriods(
  today: Day,
  years: readonly number[] = [Number(today.slice(0, 4)) - 1, 2022],
): { name: string; from: Day; to: Day }[] {
  const year = Number(today.slice(0, 4))
  const quarter = Math.ceil(Number(today.slice(5, 7)) / 3)
  const earlier = years.filter((one) => one < year).slice(0, MOST_YEARS)
  const names = [today.slice(0, 7), `${year}-q${quarter}`, String(year), ...earlier.map(String)]
  return [...new Set(names)].flatMap((name) => {
    const period = periodOf(name)
    return period ? [{ name, ...period }] : []
  })
}

/** The same stretch of days seen a week earlier: what "since last week" is compared with. Undefined when it would be empty. */
export function weekBefore(question: Pick<BoardQuestion, 'from' | 'to'>, today: Day): { from: Day; to: Day } | undefined {
  const end = question.to < today ? question.to : today
  const to = addDays(end, -7)
  return to >= question.from ? { from: question.from, to } : undefined
}

/** The last twelve weeks of a period: what a heat map holds. */
export function heatPeriod(question: Pick<BoardQuestion, 'from' | 'to'>, today: Day): { from: Day; to: Day } {
  const to = question.to < today ? question.to : today
  const twelve = addDays(to, -7 * 12 + 1)
  return { from: twelve > question.from ? twelve : question.from, to }
}

/** The months, quarters and years that are over, the latest first: two years of them, and every year since 2021. */
export function endedPeriods(today: Day): string[] {
  const year = Number(today.slice(0, 4))
  const recent = [year, year - 1].flatMap((one) => [
    ...Array.from({ length: 12 }, (_, i) => `${one}-${two(12 - i)}`),
    ...[4, 3, 2, 1].map((quarter) => `${one}-q${quarter}`),
  ])
  const years = Array.from({ length: year - 2020 }, (_, i) => String(year - i))
  const older = years
    .slice(2)
    .flatMap((one) => [
      ...[4, 3, 2, 1].map((quarter) => `${one}-q${quarter}`),
      ...Array.from({ length: 12 }, (_, i) => `${one}-${two(12 - i)}`),
    ])
  return [...recent, ...years, ...older].filter((name) => (periodOf(name)?.to ?? today) < today)
}

/** `2022`, `Quý 4/2026`, `Tháng 11/2026`. */
export function periodName(name: string, locale: Locale): string {
  const [year, part] = name.split('-')
  if (!part) return locale === 'vi' ? `Năm ${year}` : `${year}`
  if (part.startsWith('q')) return locale === 'vi' ? `Quý ${part.slice(1)}/${year}` : `Q${part.slice(1)} ${year}`
  return locale === 'vi' ? `Tháng ${part}/${year}` : `${part}/${year}`
}
