import type { Text } from '../../../kernel/i18n/index.ts'
import type { QuantityName } from './quantities.ts'
import type { Expression, Grouping, Indicator, SchemeVersion, ScoringRule } from './scheme.ts'

/** One line of a sum as a form shows it: a quantity, added or taken away; not chosen yet: ''. */
export interface TermFields {
  readonly sign: 'plus' | 'minus'
  readonly quantity: string
}

/** Several sums of which the greatest counts; mostly one. */
export type SumFields = readonly (readonly TermFields[])[]

export const parts = ['numerator', 'denominator', 'factor.numerator', 'factor.denominator'] as const
/** A sum of a formula by its name in the form; those of the factor are empty where nothing is multiplied. */
export type Part = (typeof parts)[number]

/** An indicator as the form shows it, everything as it was typed. */
export interface IndicatorFields {
  readonly id: string
  /** Added here: its number is typed too. */
  readonly fresh: boolean
  readonly on: boolean
  /** The formula is shown in lines to be changed; else it is read out, and carried along. */
  readonly open: boolean
  readonly name: string
  readonly max: string
  readonly rule: string
  readonly threshold: string
  readonly steps: string
  readonly zero: string
  readonly levels: readonly string[]
  readonly otherwise: string
  readonly basis: string
  readonly formula: Readonly<Record<Part, SumFields>>
  /** The key of its group in each grouping; '' where none is chosen. */
  readonly groups: readonly string[]
}

/** A group: `key` is its place in the version that the form began with, or new. */
export interface GroupFields {
  readonly key: string
  readonly name: string
}

/** The form of a scheme's version: all that is shown. What is not stays with the version that the form began with. */
export interface SchemeFields {
  readonly name: string
  readonly code: string
  readonly basis: string
  /** A civil day; '' when what was typed is none. */
  readonly validFrom: string
  readonly change: string
  readonly rounding: string
  readonly roundingTotal: string
  readonly bands: string
  readonly lines: readonly IndicatorFields[]
  /** The groups of each grouping, in their order. */
  readonly groupings: readonly (readonly GroupFields[])[]
}

const comma = (value: number): string => String(value).replace('.', ',')
/** 0.07 is 7, not 7.000000000000001. */
const percent = (share: number): string => comma(Number((share * 100).toFixed(4)))

/** As one line of a form holds a text: letters in one spelling, no line breaks. */
export const shown = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\r\n]+/g, '')
    .trim()

export const stepsText = (rule: ScoringRule): string =>
  rule.kind === 'stepped' ? rule.steps.map(({ from, points }) => `${percent(from)}: ${comma(points)}`).join('\n') : ''

export const thresholdText = (rule: ScoringRule): string =>
  rule.kind === 'linear' ? percent(rule.full) : rule.kind === 'yes_no' ? percent(rule.from) : ''

export const bandsText = (bands: SchemeVersion['bands']): string =>
  bands.map(({ from, name }) => `${comma(from)}: ${shown(name.vi)}`).join('\n')

const sumsOf = (expression: Expression | undefined): SumFields =>
  expression?.greatest.map((sum) => sum.map(({ quantity, sign }) => ({ sign: sign < 0 ? 'minus' : 'plus', quantity }))) ?? []

/** The key of a group that came with the version, by its place there. */
const keyAt = (at: number): string => String(at)

function fieldsOf(indicator: Indicator, on: boolean, groups: readonly string[]): IndicatorFields {
  const { id, name, max, rule, zero, levels, otherwise, basis, factor } = indicator
  return {
    id,
    fresh: false,
    on,
    open: false,
    name: shown(name.vi),
    max: comma(max),
    rule: rule.kind,
    threshold: thresholdText(rule),
    steps: stepsText(rule),
    zero,
    levels,
    otherwise,
    basis: shown(basis),
    formula: {
      numerator: sumsOf(indicator.numerator),
      denominator: sumsOf(indicator.denominator),
      'factor.numerator': sumsOf(factor?.numerator),
      'factor.denominator': sumsOf(factor?.denominator),
    },
    groups,
  }
}

/** Where an indicator that is switched on again goes: the group it has in the scheme it comes from, else the first. */
function homeOf(id: string, grouping: Grouping, source: SchemeVersion): string {
  const known = source.groupings.find(({ code }) => code === grouping.code)?.groups.find(({ indicators }) => indicators.includes(id))
  const at = grouping.groups.findIndex(({ code }) => code === known?.code)
  return keyAt(Math.max(0, at))
}

/** What a form begins with: the version's indicators, then what the scheme it comes from has besides, switched off. */
export function beginFields(
  head: Pick<SchemeFields, 'name' | 'code' | 'basis' | 'validFrom' | 'change'>,
  base: SchemeVersion,
  source: SchemeVersion,
): SchemeFields {
  const ids = new Set(base.indicators.map(({ id }) => id))
  const groupOf = (id: string, { groups }: Grouping): string => keyAt(groups.findIndex(({ indicators }) => indicators.includes(id)))
  return {
    ...head,
    rounding: base.rounding.indicator === null ? '' : String(base.rounding.indicator),
    roundingTotal: String(base.rounding.total),
    bands: bandsText(base.bands),
    lines: [
      ...base.indicators.map((one) =>
        fieldsOf(
          one,
          true,
          base.groupings.map((grouping) => groupOf(one.id, grouping)),
        ),
      ),
      ...source.indicators
        .filter(({ id }) => !ids.has(id))
        .map((one) =>
          fieldsOf(
            one,
            false,
            base.groupings.map((grouping) => homeOf(one.id, grouping, source)),
          ),
        ),
    ],
    groupings: base.groupings.map(({ groups }) => groups.map(({ name }, at) => ({ key: keyAt(at), name: shown(name.vi) }))),
  }
}

/** A sum in one hidden value: `on_time open_in_time`, `received | national_received`, `received -late`. */
export const sumsText = (sums: SumFields): string =>
  sums.map((sum) => sum.map(({ sign, quantity }) => `${sign === 'minus' ? '-' : ''}${quantity}`).join(' ')).join(' | ')

const readSumsText = (text: string): SumFields =>
  text.trim() === ''
    ? []
    : text.split('|').map((sum) =>
        sum
          .trim()
          .split(' ')
          .filter((term) => term !== '')
          .map((term) => ({ sign: term.startsWith('-') ? 'minus' : 'plus', quantity: term.replace(/^-/, '') })),
      )

/** The numbers that stand after a prefix in a form's names, in order. */
function placesOf(names: readonly string[], prefix: string, suffix: string): number[] {
  const found = names.flatMap((name) => {
    if (!name.startsWith(prefix) || !name.endsWith(suffix)) return []
    const middle = name.slice(prefix.length, name.length - suffix.length)
    return /^\d{1,4}$/.test(middle) ? [Number(middle)] : []
  })
  return [...new Set(found)].sort((a, b) => a - b)
}

/** What was sent, as it was typed. Lines that a button added are there as far as they were filled in. */
export function readFields(values: URLSearchParams, validFrom: string, groupings: number): SchemeFields {
  const names = [...new Set(values.keys())]
  // Browsers send line breaks as \r\n.
  const text = (name: string): string => (values.get(name) ?? '').replaceAll('\r\n', '\n')
  const readSums = (prefix: string): SumFields => {
    if (values.has(prefix)) return readSumsText(text(prefix))
    const own = names.filter((name) => name.startsWith(`${prefix}.`))
    const sums = [...new Set(own.flatMap((name) => /^\d{1,4}/.exec(name.slice(prefix.length + 1))?.[0] ?? []))]
      .map(Number)
      .sort((a, b) => a - b)
    return sums.map((sum) =>
      placesOf(own, `${prefix}.${sum}.`, '.quantity').map((term) => ({
        sign: text(`${prefix}.${sum}.${term}.sign`) === 'minus' ? 'minus' : 'plus',
        quantity: text(`${prefix}.${sum}.${term}.quantity`),
      })),
    )
  }
  const line = (n: number): IndicatorFields => {
    const at = `indicators.${n}`
    const field = (name: string): string => text(`${at}.${name}`)
    return {
      id: field('id').trim(),
      fresh: values.has(`${at}.fresh`),
      on: values.has(`${at}.on`),
      open: values.has(`${at}.open`),
      name: field('name'),
      max: field('max'),
      rule: field('rule'),
      threshold: field('threshold'),
      steps: field('steps'),
      zero: field('zero'),
      levels: values.getAll(`${at}.levels`),
      otherwise: field('otherwise'),
      basis: field('basis'),
      formula: {
        numerator: readSums(`${at}.numerator`),
        denominator: readSums(`${at}.denominator`),
        'factor.numerator': readSums(`${at}.factor.numerator`),
        'factor.denominator': readSums(`${at}.factor.denominator`),
      },
      groups: Array.from({ length: groupings }, (_, g) => field(`group.${g}`)),
    }
  }
  return {
    name: text('name'),
    code: text('code').trim(),
    basis: text('basis'),
    validFrom,
    change: text('change'),
    rounding: text('rounding'),
    roundingTotal: text('roundingTotal'),
    bands: text('bands'),
    lines: placesOf(names, 'indicators.', '.id').map(line),
    groupings: Array.from({ length: groupings }, (_, g) =>
      placesOf(names, `groupings.${g}.groups.`, '.key').map((k) => ({
        key: text(`groupings.${g}.groups.${k}.key`),
        name: text(`groupings.${g}.groups.${k}.name`),
      })),
    ),
  }
}

/** Name of the first field of a part of a formula: where an error at it is shown. */
export const partField = (line: number, part: Part): string => `indicators.${line}.${part}.0.0.quantity`

export const chosenTerms = (sum: readonly TermFields[]): { quantity: QuantityName; sign: 1 | -1 }[] =>
  sum
    .filter(({ quantity }) => quantity !== '')
    .map(({ quantity, sign }) => ({ quantity: quantity as QuantityName, sign: sign === 'minus' ? -1 : 1 }))

/** A part of a formula without lines that nobody filled in. */
export const chosenSums = (sums: SumFields): Expression => ({ greatest: sums.map(chosenTerms).filter((sum) => sum.length > 0) })

/** A text whose Vietnamese was typed: all of what stood stays, the English too, as long as what is shown of it does. */
export const retold = (typed: string, before: Text | undefined): string | Text =>
  before && shown(typed) === shown(before.vi) ? before : typed.trim()
