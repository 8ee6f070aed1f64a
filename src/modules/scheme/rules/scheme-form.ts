import type { FieldError } from '../../../kernel/errors.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import type { Indicator, Scheme, SchemeVersion } from './scheme.ts'
import { levels } from './scheme.ts'
import { chosenSums, type IndicatorFields, partField, parts, retold, type SchemeFields, type SumFields, shown } from './scheme-fields.ts'
import { writtenExpression, writtenIndicator } from './written.ts'

/** `0,8` or `0.8`; anything else is not a number, and the schema says so. */
export const readDecimal = (typed: string): number =>
  /^\d+([.,]\d+)?$/.test(typed.trim()) ? Number(typed.trim().replace(',', '.')) : Number.NaN

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

export function ruleOf({ rule: kind, threshold, steps }: Pick<IndicatorFields, 'rule' | 'threshold' | 'steps'>): unknown {
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

/** What the form began with. */
export interface Beginning {
  readonly scheme: Pick<Scheme, 'name' | 'basis'>
  readonly base: SchemeVersion
  /** The scheme that offers more indicators. */
  readonly source: SchemeVersion
  /** The province's own: what was not touched keeps how sure it is. A copy of another scheme is what the province decided. */
  readonly own: boolean
}

export interface SchemeForm {
  /** As `publishSchemeInput` takes it; nothing is checked yet but `faults`. */
  readonly input: unknown
  /** What only the form can get wrong, at its fields. */
  readonly faults: readonly FieldError[]
  /** The form's field for a path of the input. */
  fieldOf(path: string): string
}

const hasFactor = ({ formula }: IndicatorFields): boolean =>
  formula['factor.numerator'].length > 0 || formula['factor.denominator'].length > 0

const expressionOf = (sums: SumFields): unknown => writtenExpression(chosenSums(sums)) ?? []

/** An indicator as a file writes it: the fields take the place of what it had, what the form does not show stays. */
export function indicatorInput(line: IndicatorFields, before: Indicator | undefined, own: boolean): Record<string, unknown> {
  const { factor: had, ...known } = before ? writtenIndicator(before) : ({} as ReturnType<typeof writtenIndicator>)
  const factor = hasFactor(line)
    ? { numerator: expressionOf(line.formula['factor.numerator']), denominator: expressionOf(line.formula['factor.denominator']) }
    : undefined
  const asked = new Set(line.levels)
  const sameLevels = before && asked.size === new Set(before.levels).size && before.levels.every((level) => asked.has(level))
  const written = {
    ...known,
    id: before?.id ?? line.id,
    code: before?.code ?? line.id,
    name: retold(line.name, before?.name),
    max: readDecimal(line.max),
    numerator: expressionOf(line.formula.numerator),
    denominator: expressionOf(line.formula.denominator),
    rule: ruleOf(line),
    zero: line.zero,
    levels: sameLevels ? before.levels : levels.filter((level) => asked.has(level)),
    otherwise: line.otherwise,
    basis: before && shown(line.basis) === shown(before.basis) ? before.basis : line.basis.trim(),
    ...(factor ? { factor } : {}),
  }
  const untouched = own && before && sameWords({ ...written, certainty: before.certainty }, writtenIndicator(before))
  return { ...written, certainty: untouched ? before.certainty : 'provincial' }
}

/** Equal whatever the order of their names. */
const sameWords = (a: unknown, b: unknown): boolean => sorted(a) === sorted(b)
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_key, item: unknown) =>
    item && typeof item === 'object' && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  )

const say = (path: string, vi: string, en: string): FieldError => ({ path, message: { vi, en } })

/** Where an indicator's error is shown. */
function indicatorField(n: number, rest: string): string {
  const at = `indicators.${n}`
  if (rest.startsWith('rule.steps') || rest === 'steps') return `${at}.steps`
  if (rest.startsWith('rule.')) return rest === 'rule.kind' ? `${at}.rule` : `${at}.threshold`
  const part = parts.find((one) => rest === one || rest.startsWith(`${one}.`))
  if (part) return partField(n, part)
  return `${at}.${rest.split('.')[0] || 'max'}`
}

/**
 * What a form says as a scheme's file would: what is switched off leaves the groups too; the order of a group's indicators stays as it
 * was, what comes to it is added behind.
 */
export function readSchemeForm(fields: SchemeFields, { scheme, base, source, own }: Beginning): SchemeForm {
  const on = fields.lines.flatMap((line, n) => (line.on ? [{ line, n }] : []))
  const beforeOf = ({ id, fresh }: IndicatorFields): Indicator | undefined =>
    fresh ? undefined : (base.indicators.find((one) => one.id === id) ?? source.indicators.find((one) => one.id === id))
  const indicators = on.map(({ line }) => indicatorInput(line, beforeOf(line), own && base.indicators.some(({ id }) => id === line.id)))
  const faults: FieldError[] = []
  for (const [i, { line, n }] of on.entries()) {
    if (on.some((other, j) => j < i && other.line.id === line.id))
      faults.push(
        say(
          `indicators.${n}.id`,
          `Đã có chỉ số ${line.id}; đặt số hiệu khác.`,
          `There is an indicator ${line.id} already; give another number.`,
        ),
      )
    for (const part of parts) {
      const wanted = !part.startsWith('factor') || hasFactor(line)
      if (wanted && chosenSums(line.formula[part]).greatest.length === 0)
        faults.push(say(partField(n, part), 'Chọn ít nhất một số liệu.', 'Choose at least one figure.'))
    }
  }
  const groupings = base.groupings.map((grouping, g) => {
    const rows = fields.groupings[g] ?? []
    const keyOf = new Map(on.map(({ line }) => [line.id, line.groups[g] ?? '']))
    for (const { line, n } of on)
      if (!rows.some(({ key }) => key === line.groups[g]))
        faults.push(say(`indicators.${n}.group.${g}`, 'Chọn một nhóm.', 'Choose a group.'))
    const taken = new Set(grouping.groups.map(({ code }) => code))
    const newCode = (): string => {
      let number = rows.length
      while (taken.has(`N${number}`)) number += 1
      taken.add(`N${number}`)
      return `N${number}`
    }
    const groups = rows.map(({ key, name }, k) => {
      const before = grouping.groups[/^\d+$/.test(key) ? Number(key) : -1]
      const mine = on.map(({ line }) => line.id).filter((id) => keyOf.get(id) === key)
      const stayed = before?.indicators.filter((id) => mine.includes(id)) ?? []
      const all = [...stayed, ...mine.filter((id) => !stayed.includes(id))]
      if (all.length === 0)
        faults.push(
          say(
            `groupings.${g}.groups.${k}.name`,
            'Nhóm này chưa có chỉ số nào. Chọn nhóm này ở một chỉ số, hoặc bỏ nhóm.',
            'No indicator is in this group. Choose it at an indicator, or remove it.',
          ),
        )
      return { code: before?.code ?? newCode(), name: retold(name, before?.name), indicators: all }
    })
    return { ...grouping, groups }
  })
  const bands = pairs(fields.bands).map(([from, name]) => {
    const known = base.bands.filter((band) => shown(band.name.vi) === shown(name))
    return { from, name: (known.find((band) => band.from === from) ?? known[0])?.name ?? name }
  })
  const rounding = { indicator: fields.rounding === '' ? null : Number(fields.rounding), total: Number(fields.roundingTotal) }
  const rules = { rounding, indicators, groupings, bands }
  const was = { rounding: base.rounding, indicators: base.indicators.map(writtenIndicator), groupings: base.groupings, bands: base.bands }
  const before = (text: Text): Text | undefined => (own ? text : undefined)
  return {
    faults,
    input: {
      code: fields.code,
      name: retold(fields.name, before(scheme.name)),
      basis: own && shown(fields.basis) === shown(scheme.basis) ? scheme.basis : fields.basis.trim(),
      version: {
        validFrom: fields.validFrom,
        change: retold(fields.change, before(base.change)),
        certainty: own && sameWords(rules, was) ? base.certainty : 'provincial',
        ...rules,
      },
    },
    fieldOf: (path) => {
      const bare = path.replace(/^version\./, '')
      const match = /^indicators\.(\d+)(?:\.(.*))?$/.exec(bare)
      if (match) return indicatorField(on[Number(match[1])]?.n ?? 0, match[2] ?? '')
      if (bare.startsWith('bands')) return 'bands'
      if (bare.startsWith('rounding.total')) return 'roundingTotal'
      const group = /^groupings\.\d+\.groups\.\d+\./.exec(bare)
      return group ? `${group[0]}name` : (bare.split('.')[0] ?? bare)
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
