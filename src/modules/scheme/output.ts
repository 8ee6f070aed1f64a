import type { Temporal } from 'temporal-polyfill'
import type { Month } from '../../kernel/months.ts'
import * as exact from '../../kernel/rational.ts'
import type { Period } from '../indicator/index.ts'
import type { ScoredUnit } from './queries/amounts.ts'
import type { ChosenScheme, ScoredLine } from './queries/scores.ts'
import { type Quality, qualityOf } from './rules/quality.ts'
import { gapsAsked, oneGap } from './rules/reported-months.ts'
import { type IndicatorScore, type Standing, winBack } from './rules/score.ts'

/** Points are given with two decimals, shares with four; null where there is none, which is never 0. */
const points = (value: exact.Rational | null): number | null => value && Number(exact.written(value, 2))
const share = (value: exact.Rational | null): number | null => value && Number(exact.written(value, 4))

export interface IndicatorJson {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly group: string
  readonly numerator: number | null
  readonly denominator: number | null
  readonly ratio: number | null
  readonly score: number | null
  readonly max: number
  readonly standing: Standing
  /** Quantities that nobody counts or reported. */
  readonly missing: readonly string[]
  readonly certainty: string
  readonly basis: string
  /** What is to be known of the source: see rules/quality.ts. */
  readonly quality: readonly Quality[]
  /** Reported figures it asks for that some months of the period lack, though they are over: `2026-03`. */
  readonly missing_months: readonly { readonly quantity: string; readonly months: readonly Month[] }[]
}

export interface WinBackJson {
  readonly id: string
  readonly lost: number
  /** How many more must count; how many there still are to be turned; and what that many would win. */
  readonly more: number
  readonly available: number
  readonly winnable: number
}

/** A score as `cuaso index --json` and the API give it. */
export interface ScoreJson {
  readonly scheme: string
  readonly scheme_valid_from: string
  /** False: the period ends before the scheme began; it is only looked at by its rules. */
  readonly in_force: boolean
  readonly from: string
  readonly to: string
  readonly as_of: string
  readonly unit: { readonly code: string; readonly name: string; readonly level: string }
  readonly score: number
  readonly max: number
  /** Points of indicators nobody could score: how far the score may be from the truth. */
  readonly unknown: number
  readonly band: string
  /** Months that any of its indicators lacks a reported figure for: the score will change when they are given. */
  readonly missing_months: readonly Month[]
  readonly groups: readonly {
    readonly code: string
    readonly name: string
    readonly grouping: string
    readonly score: number
    readonly max: number
  }[]
  readonly indicators: readonly IndicatorJson[]
  readonly win_back: readonly WinBackJson[]
}

const indicatorJson = (one: IndicatorScore, group: string, line: ScoredLine): IndicatorJson => ({
  id: one.indicator.id,
  code: one.indicator.code,
  name: one.indicator.name.vi,
  group,
  numerator: one.numerator,
  denominator: one.denominator,
  ratio: share(one.share),
  score: points(one.points),
  max: points(one.max) ?? 0,
  standing: one.standing,
  missing: one.missing,
  certainty: one.indicator.certainty,
  basis: one.indicator.basis,
  quality: qualityOf(one.indicator, line),
  missing_months: gapsAsked([one.indicator], line).map(({ quantity, missing }) => ({ quantity, months: missing })),
})

const unitJson = ({ group, level }: ScoredUnit): ScoreJson['unit'] => ({ code: group.key, name: group.name, level })

/** Every month that some indicator of a unit lacks a reported figure for. */
export const missingMonths = (line: ScoredLine): readonly Month[] =>
  Object.keys(line.gaps).length === 0
    ? []
    : oneGap(
        gapsAsked(
          line.score.indicators.map(({ indicator }) => indicator),
          line,
        ),
      ).missing

export function scoreJson(
  line: ScoredLine,
  asked: Pick<ChosenScheme, 'scheme' | 'version' | 'inForce'> & { period: Period; asOf: Temporal.Instant },
): ScoreJson {
  const { unit, score } = line
  const [legal] = score.groupings
  const groupOf = (id: string): string =>
    legal?.groups.find(({ indicators }) => indicators.some((one) => one.indicator.id === id))?.code ?? ''
  return {
    scheme: asked.scheme.code,
    scheme_valid_from: asked.version.validFrom,
    in_force: asked.inForce,
    from: asked.period.from,
    to: asked.period.to,
    as_of: asked.asOf.toString(),
    unit: unitJson(unit),
    score: points(score.total) ?? 0,
    max: points(score.max) ?? 0,
    unknown: points(score.unknown) ?? 0,
    band: score.band.vi,
    missing_months: missingMonths(line),
    groups: score.groupings.flatMap(({ code: grouping, groups }) =>
      groups.map(({ code, name, points: got, max }) => ({ code, name: name.vi, grouping, score: points(got) ?? 0, max: points(max) ?? 0 })),
    ),
    indicators: score.indicators.map((one) => indicatorJson(one, groupOf(one.indicator.id), line)),
    win_back: winBack(score).map(({ indicator, lost, more, available, winnable }) => ({
      id: indicator.id,
      lost: points(lost) ?? 0,
      more,
      available,
      winnable: points(winnable) ?? 0,
    })),
  }
}
