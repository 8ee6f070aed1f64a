import type { Text } from '../../../kernel/i18n/index.ts'
import type { Indicator, Level, Scheme, SchemeVersion, ScoringRule } from './scheme.ts'
import { levels } from './scheme.ts'

/** A line of the form: an indicator as its fields show it. */
export interface IndicatorFields {
  readonly on: boolean
  readonly indicator: Indicator
}

const comma = (value: number): string => String(value).replace('.', ',')

/** `0,8` or `0.8`; anything else is not a number, and the schema says so. */
export const readDecimal = (typed: string): number =>
  /^\d+([.,]\d+)?$/.test(typed.trim()) ? Number(typed.trim().replace(',', '.')) : Number.NaN

/** The indicators a form offers: those of the version, then what the scheme it comes from has besides, switched off. */
export function offered(version: Pick<SchemeVersion, 'indicators'>, source?: Pick<SchemeVersion, 'indicators'>): IndicatorFields[] {
  const ids = new Set(version.indicators.map(({ id }) => id))
  return [
    ...version.indicators.map((indicator) => ({ on: true, indicator })),
    ...(source?.indicators ?? []).filter(({ id }) => !ids.has(id)).map((indicator) => ({ on: false, indicator })),
  ]
}

export const stepsText = (rule: ScoringRule): string =>
  rule.kind === 'stepped' ? rule.steps.map(({ from, points }) => `${comma(from * 100)}: ${comma(points)}`).join('\n') : ''

export const thresholdText = (rule: ScoringRule): string =>
  rule.kind === 'linear' ? comma(rule.full * 100) : rule.kind === 'yes_no' ? comma(rule.from * 100) : ''

export const bandsText = (bands: SchemeVersion['bands']): string => bands.map(({ from, name }) => `${comma(from)}: ${name.vi}`).join('\n')

const pairs = (typed: string): [number, string][] =>
  typed
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const at = line.indexOf(':')
      return at < 0 ? [Number.NaN, ''] : [readDecimal(line.slice(0, at)), line.slice(at + 1).trim()]
    })

/** A whole number of thousandths, so that 30 % is 0.3 and not a binary neighbour. */
const hundredth = (value: number): number => Number((value / 100).toFixed(6))

const ruleOf = (kind: string, threshold: string, steps: string): unknown => {
  switch (kind) {
    case 'linear':
      return { kind, full: hundredth(readDecimal(threshold)) }
    case 'yes_no':
      return { kind, from: hundredth(readDecimal(threshold)) }
    case 'stepped':
      return { kind, steps: pairs(steps).map(([from, points]) => ({ from: hundredth(from), points: readDecimal(points) })) }
    default:
      return { kind }
  }
}

const written = (terms: Indicator['numerator']): unknown => {
  const sums = terms.greatest.map((sum) => sum.map(({ quantity, sign }) => (sign < 0 ? `-${quantity}` : quantity)))
  return sums.length === 1 ? sums[0] : { greatest: sums }
}

/** A text whose Vietnamese was typed: the English stays as long as the Vietnamese does. */
const retold = (typed: string, before: Text): unknown => (typed === before.vi ? before : typed)

export interface SchemeForm {
  /** As `publishSchemeInput` takes it; nothing is checked yet. */
  readonly input: unknown
  /** Which line of the form the n-th indicator of the input is. */
  readonly lines: readonly number[]
}

/**
 * What a form says as a scheme's file would: the fields of each line take the place of what its indicator had; what is switched off
 * leaves the groups too. `offeredLines` are the lines the form was made with.
 */
export function readSchemeForm(
  values: URLSearchParams,
  offeredLines: readonly IndicatorFields[],
  base: SchemeVersion,
  source: SchemeVersion,
): SchemeForm {
  const text = (name: string): string => (values.get(name) ?? '').trim()
  const lines = offeredLines.flatMap((_, n) => (values.has(`indicators.${n}.on`) ? [n] : []))
  const indicators = lines.map((n) => {
    const { indicator } = offeredLines[n] as IndicatorFields
    const field = (name: string): string => text(`indicators.${n}.${name}`)
    const asked = values.getAll(`indicators.${n}.levels`) as Level[]
    return {
      ...indicator,
      name: retold(field('name'), indicator.name),
      max: readDecimal(field('max')),
      numerator: written(indicator.numerator),
      denominator: written(indicator.denominator),
      ...(indicator.factor
        ? { factor: { numerator: written(indicator.factor.numerator), denominator: written(indicator.factor.denominator) } }
        : {}),
      rule: ruleOf(field('rule'), field('threshold'), values.get(`indicators.${n}.steps`) ?? ''),
      zero: field('zero'),
      levels: levels.filter((level) => asked.includes(level)),
      otherwise: field('otherwise'),
      basis: field('basis'),
      certainty: 'provincial',
    }
  })
  const ids = new Set(indicators.map(({ id }) => id))
  const groupings = base.groupings.map((grouping) => {
    const placed = new Set(grouping.groups.flatMap((group) => group.indicators))
    const home = source.groupings.find(({ code }) => code === grouping.code)
    const groups = grouping.groups.map((group) => {
      // What is switched on again goes to the group it has in the scheme it comes from, else to the first.
      const back = [...ids].filter((id) => {
        if (placed.has(id)) return false
        const known = home?.groups.find((one) => one.indicators.includes(id))
        const place = known && grouping.groups.some(({ code }) => code === known.code) ? known.code : grouping.groups[0]?.code
        return place === group.code
      })
      return { ...group, indicators: [...group.indicators.filter((id) => ids.has(id)), ...back] }
    })
    return { ...grouping, groups: groups.filter((group) => group.indicators.length > 0) }
  })
  const rounding = text('rounding')
  const bands = pairs(values.get('bands') ?? '').map(([from, name]) => ({
    from,
    name: retold(name, base.bands.find((band) => band.name.vi === name)?.name ?? { vi: '', en: '' }),
  }))
  return {
    lines,
    input: {
      code: text('code'),
      name: text('name'),
      basis: text('basis'),
      version: {
        validFrom: text('validFrom'),
        change: text('change'),
        certainty: 'provincial',
        rounding: { indicator: rounding === '' ? null : Number(rounding), total: Number(text('roundingTotal')) },
        indicators,
        groupings,
        bands,
      },
    },
  }
}

/** A scheme as its file is written. */
export const schemeFile = (scheme: Scheme, written: (version: SchemeVersion) => unknown): unknown => ({
  code: scheme.code,
  name: scheme.name,
  basis: scheme.basis,
  versions: [...scheme.versions].sort((a, b) => a.validFrom.localeCompare(b.validFrom)).map(written),
})
