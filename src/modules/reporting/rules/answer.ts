import type { Day } from '../../../kernel/clock.ts'
import { type Counts, type Period, ratesOn, ratio } from '../../indicator/index.ts'
import { type Channel, isRate, type Question, quarterStart, type Step, type Value } from './question.ts'

/** One line of what was counted, before it is put together. */
export interface CountedLine {
  readonly key: string
  readonly name: string
  readonly validFrom: Day | null
  readonly day: Day | null
  readonly procedure: string | null
  readonly channel: Channel | null
  readonly counts: Counts
}

/** A figure: a count (no denominator), or a rate as its two counts. */
export interface Figure {
  readonly n: number
  readonly d: number | null
}

export interface AnswerRow {
  readonly key: string
  readonly name: string
  readonly validFrom: Day | null
  readonly procedure: string | null
  readonly procedureName: string | null
  readonly channel: Channel | null
  /** First day of the step; null: the whole period. */
  readonly day: Day | null
  readonly figures: readonly Figure[]
}

/** The answer to a question: everything its table, chart and files are made from. */
export interface Answer {
  readonly format: 1
  readonly question: string
  readonly days: Period
  readonly step: Step
  readonly asOf: string
  readonly values: readonly { readonly code: Value; readonly name: string; readonly kind: 'count' | 'rate' }[]
  readonly byProcedure: boolean
  readonly byChannel: boolean
  readonly rows: readonly AnswerRow[]
}

/** What a figure is of these counts; a rate by the definition in force on the period's last day. */
export function figureOf(value: Value, counts: Counts, to: Day): Figure {
  if (!isRate(value)) return { n: counts[value], d: null }
  const rate = ratesOn(to).find(({ code }) => code === value)
  return rate ? { n: counts[rate.numerator], d: counts[rate.denominator] } : { n: 0, d: 0 }
}

/** A figure as a plain number: a count, or a share of four places; null when there was nothing to divide by. */
export function numberOf({ n, d }: Figure): number | null {
  if (d === null) return n
  const exact = ratio(n, d)
  return exact === null ? null : Number(exact)
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * Puts counted lines together: months of one quarter become one, units stand in the order they are given in, then procedure, channel and
 * time. `order` names the units in that order.
 */
export function rowsOf(
  question: Pick<Question, 'values' | 'step'>,
  lines: readonly CountedLine[],
  to: Day,
  order: readonly string[],
  nameOf: (procedure: string) => string,
): AnswerRow[] {
  const places = new Map(order.map((key, at) => [key, at]))
  const sums = new Map<string, CountedLine & { all: Figure[] }>()
  for (const line of lines) {
    const day = question.step === 'quarter' && line.day ? quarterStart(line.day) : line.day
    const key = [line.key, line.validFrom, line.procedure, line.channel, day].join('\u0000')
    const figures = question.values.map((value) => figureOf(value, line.counts, to))
    const known = sums.get(key)
    if (!known) sums.set(key, { ...line, day, all: figures })
    else
      known.all = known.all.map((one, at) => ({
        n: one.n + (figures[at]?.n ?? 0),
        d: one.d === null ? null : one.d + (figures[at]?.d ?? 0),
      }))
  }
  const placeOf = (row: { key: string; validFrom: Day | null }): number => places.get(`${row.key} ${row.validFrom}`) ?? order.length
  return [...sums.values()]
    .map(({ key, name, validFrom, procedure, channel, day, all }) => ({
      key,
      name,
      validFrom,
      procedure,
      procedureName: procedure === null ? null : nameOf(procedure),
      channel,
      day,
      figures: all,
    }))
    .sort(
      (a, b) =>
        placeOf(a) - placeOf(b) ||
        compare(a.procedure ?? '', b.procedure ?? '') ||
        compare(a.channel ?? '', b.channel ?? '') ||
        compare(a.day ?? '', b.day ?? ''),
    )
}
