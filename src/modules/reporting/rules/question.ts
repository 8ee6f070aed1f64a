import { addDays, type Day, isDay } from '../../../kernel/clock.ts'
import { type MeasureCode, measures, type Period, type RateCode, rates, type Tier } from '../../indicator/index.ts'

/** What one column of an answer holds: a measure counted, or a rate of two of them. */
export type Value = MeasureCode | RateCode

export type Step = 'none' | 'day' | 'week' | 'month' | 'quarter'
export type By = 'total' | 'tier' | 'unit'
export type Channel = 'online' | 'counter' | 'post'

/** A question of the report builder, as it stands in the address. */
export interface Question {
  readonly values: readonly Value[]
  readonly by: By
  readonly step: Step
  /** A period by name moves with today, so that a report sent every month asks about another month each time. */
  readonly period: { readonly name: PeriodName } | Period
  readonly tier: Tier | null
  readonly unit: string | null
  readonly procedure: string | null
  readonly byProcedure: boolean
  readonly channel: Channel | null
  readonly byChannel: boolean
}

export const periodNames = ['tuan-nay', 'tuan-truoc', 'thang-nay', 'thang-truoc', 'quy-nay', 'quy-truoc', 'nam-nay', 'nam-truoc'] as const
export type PeriodName = (typeof periodNames)[number]

export const steps: readonly Step[] = ['none', 'day', 'week', 'month', 'quarter']
export const bys: readonly By[] = ['total', 'tier', 'unit']
export const channels: readonly Channel[] = ['online', 'counter', 'post']
const tiers: readonly Tier[] = ['province', 'district', 'commune']

/** So many columns fit on a page. */
export const MOST_VALUES = 6

const codes = new Set<string>([...measures.map(({ code }) => code), ...rates.map(({ code }) => code)])
export const isRate = (value: Value): value is RateCode => rates.some(({ code }) => code === value)

const slugs = {
  step: { none: 'khong', day: 'ngay', week: 'tuan', month: 'thang', quarter: 'quy' },
  by: { total: 'tinh', tier: 'cap', unit: 'don-vi' },
  tier: { province: 'tinh', district: 'huyen', commune: 'xa' },
  channel: { online: 'truc-tuyen', counter: 'truc-tiep', post: 'buu-chinh' },
} as const

const named = <T extends string>(all: readonly T[], names: Readonly<Record<T, string>>, given: string | null): T | undefined =>
  all.find((one) => names[one] === given)

const dayOf = (text: string | null): Day | undefined => (isDay(text) ? text : undefined)

/** A date as three boxes send it: `tu-day`, `tu-month`, `tu-year`; or in one piece. */
function dayIn(query: URLSearchParams, name: string): Day | undefined {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => query.get(`${name}-${part}`)?.trim() ?? '')
  const parted = year && month && day ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : null
  return dayOf(query.get(name)) ?? dayOf(parted)
}

/** As an address says it (`theo-kenh=1`), or as the form's boxes send it (`chia=kenh`). */
const divides = (query: URLSearchParams, what: string): boolean => query.get(`theo-${what}`) === '1' || query.getAll('chia').includes(what)

/** Reads a question from an address. What makes no sense falls back to online filing by unit, this year. */
export function readQuestion(query: URLSearchParams): Question {
  const values = [...new Set(query.getAll('so').flatMap((text) => text.split(',')))].filter((one): one is Value => codes.has(one))
  const from = dayIn(query, 'tu')
  const to = dayIn(query, 'den')
  const name = periodNames.find((one) => one === query.get('ky'))
  const period = name ? { name } : from && to && from <= to ? { from, to } : ({ name: 'nam-nay' } as const)
  const code = (text: string | null): string | null => (text && /^[\w.-]{1,40}$/.test(text) ? text : null)
  return {
    values: values.length > 0 ? values.slice(0, MOST_VALUES) : ['online_rate'],
    by: named(bys, slugs.by, query.get('theo')) ?? 'unit',
    step: named(steps, slugs.step, query.get('buoc')) ?? 'none',
    period,
    tier: named(tiers, slugs.tier, query.get('cap')) ?? null,
    unit: code(query.get('don-vi')),
    procedure: code(query.get('thu-tuc')),
    byProcedure: divides(query, 'thu-tuc'),
    channel: named(channels, slugs.channel, query.get('kenh')) ?? null,
    byChannel: divides(query, 'kenh'),
  }
}

/** The query of a question: read again, it gives the same question. */
export function queryOf(question: Question): string {
  const query = new URLSearchParams({ so: question.values.join(','), theo: slugs.by[question.by], buoc: slugs.step[question.step] })
  if ('name' in question.period) query.set('ky', question.period.name)
  else {
    query.set('tu', question.period.from)
    query.set('den', question.period.to)
  }
  if (question.tier) query.set('cap', slugs.tier[question.tier])
  if (question.unit) query.set('don-vi', question.unit)
  if (question.procedure) query.set('thu-tuc', question.procedure)
  if (question.byProcedure) query.set('theo-thu-tuc', '1')
  if (question.channel) query.set('kenh', slugs.channel[question.channel])
  if (question.byChannel) query.set('theo-kenh', '1')
  return query.toString()
}

export const slugOf = {
  step: (step: Step): string => slugs.step[step],
  by: (by: By): string => slugs.by[by],
  tier: (tier: Tier): string => slugs.tier[tier],
  channel: (channel: Channel): string => slugs.channel[channel],
}

const two = (value: number): string => String(value).padStart(2, '0')
const monthsOn = (day: Day, months: number): Day => {
  const [year = 0, month = 0] = day.split('-').map(Number)
  const count = year * 12 + month - 1 + months
  return `${Math.floor(count / 12)}-${two((count % 12) + 1)}-01`
}
const weekStart = (day: Day): Day => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))

/** First day of the quarter a day is in. */
export const quarterStart = (day: Day): Day => monthsOn(`${day.slice(0, 7)}-01`, -((Number(day.slice(5, 7)) - 1) % 3))

/** The days a question is about, seen today; what is to come is left out. */
export function daysOf({ period }: Pick<Question, 'period'>, today: Day): Period {
  if (!('name' in period)) return { from: period.from, to: period.to }
  const month = `${today.slice(0, 7)}-01`
  const quarter = quarterStart(today)
  const year = `${today.slice(0, 4)}-01-01`
  const week = weekStart(today)
  switch (period.name) {
    case 'tuan-nay':
      return { from: week, to: today }
    case 'tuan-truoc':
      return { from: addDays(week, -7), to: addDays(week, -1) }
    case 'thang-nay':
      return { from: month, to: today }
    case 'thang-truoc':
      return { from: monthsOn(month, -1), to: addDays(month, -1) }
    case 'quy-nay':
      return { from: quarter, to: today }
    case 'quy-truoc':
      return { from: monthsOn(quarter, -3), to: addDays(quarter, -1) }
    case 'nam-truoc':
      return { from: monthsOn(year, -12), to: addDays(year, -1) }
    default:
      return { from: year, to: today }
  }
}

const dayCount = ({ from, to }: Period): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1

/** How many points of time an answer has at most. */
export function stepCount(step: Step, days: Period): number {
  const count = dayCount(days)
  return step === 'none'
    ? 1
    : step === 'day'
      ? count
      : step === 'week'
        ? Math.ceil(count / 7) + 1
        : step === 'month'
          ? Math.ceil(count / 28) + 1
          : Math.ceil(count / 90) + 1
}

/** More lines than this are no report. */
export const MOST_LINES = 20_000
/** Longer than this by day or week is asked by month. */
const LONGEST = { day: 366, week: 1100 } as const

/**
 * Whether a question is too wide to be asked at all, from what is known before counting: `units` it is about, `procedures` there are.
 * What comes out longer than `MOST_LINES` all the same is refused when it has been counted.
 */
export function isTooWide(question: Question, days: Period, size: { units: number; procedures: number }): boolean {
  if ((question.step === 'day' && dayCount(days) > LONGEST.day) || (question.step === 'week' && dayCount(days) > LONGEST.week)) return true
  const groups = question.by === 'unit' ? size.units : question.by === 'tier' ? 3 : 1
  const procedures = question.byProcedure && question.procedure === null ? Math.min(size.procedures, 60) : 1
  return groups * stepCount(question.step, days) * procedures * (question.byChannel && question.channel === null ? 3 : 1) > MOST_LINES * 20
}
