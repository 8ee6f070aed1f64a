import type { FieldError } from '../../../kernel/errors.ts'
import {
  type GroupFields,
  type IndicatorFields,
  type Part,
  partField,
  parts,
  type SchemeFields,
  type SumFields,
  type TermFields,
} from './scheme-fields.ts'

/** What a button of the form does; `Action` is written into its value. */
export type Action =
  | { readonly does: 'open' | 'close' | 'remove'; readonly line: number }
  | { readonly does: 'add' | 'read' | 'try' }
  | { readonly does: 'add-sum' | 'remove-part'; readonly line: number; readonly part: Part }
  | { readonly does: 'add-term'; readonly line: number; readonly part: Part; readonly sum: number }
  | { readonly does: 'remove-term'; readonly line: number; readonly part: Part; readonly sum: number; readonly term: number }
  | { readonly does: 'add-group'; readonly grouping: number }
  | { readonly does: 'remove-group' | 'raise-group' | 'lower-group'; readonly grouping: number; readonly group: number }

const NUMBERS = { line: 1, sum: 1, term: 1, grouping: 1, group: 1 } as const

/** `does=add-term line=3 part=numerator sum=0`. */
export const actionText = (action: Action): string =>
  Object.entries(action)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')

/** The action of a button that was pressed; undefined for anything that no button of ours says. */
export function readAction(text: string): Action | undefined {
  const said = Object.fromEntries(text.split(' ').map((one) => one.split('=') as [string, string]))
  const action = Object.fromEntries(
    Object.entries(said).map(([name, value]) => [
      name,
      Object.hasOwn(NUMBERS, name) ? (/^\d{1,4}$/.test(value ?? '') ? Number(value) : undefined) : value,
    ]),
  )
  const needs: Readonly<Record<string, readonly string[]>> = {
    open: ['line'],
    close: ['line'],
    remove: ['line'],
    add: [],
    read: [],
    try: [],
    'add-sum': ['line', 'part'],
    'remove-part': ['line', 'part'],
    'add-term': ['line', 'part', 'sum'],
    'remove-term': ['line', 'part', 'sum', 'term'],
    'add-group': ['grouping'],
    'remove-group': ['grouping', 'group'],
    'raise-group': ['grouping', 'group'],
    'lower-group': ['grouping', 'group'],
  }
  const does = String(action.does)
  const wanted = Object.hasOwn(needs, does) ? needs[does] : undefined
  if (!wanted?.every((name) => action[name] !== undefined)) return undefined
  if (wanted.includes('part') && !parts.includes(action.part as Part)) return undefined
  return action as unknown as Action
}

const blank: TermFields = { sign: 'plus', quantity: '' }
const changed = <T>(list: readonly T[], at: number, change: (one: T) => T): T[] => list.map((one, i) => (i === at ? change(one) : one))
const without = <T>(list: readonly T[], at: number): T[] => list.filter((_, i) => i !== at)

const moved = <T>(list: readonly T[], from: number, to: number): T[] => {
  const one = list[from]
  if (one === undefined || to < 0 || to >= list.length) return [...list]
  const rest = without(list, from)
  return [...rest.slice(0, to), one, ...rest.slice(to)]
}

const newLine = (fields: SchemeFields): IndicatorFields => ({
  id: '',
  fresh: true,
  on: true,
  open: true,
  name: '',
  max: '',
  rule: 'linear',
  threshold: '100',
  steps: '',
  zero: 'none',
  levels: ['province', 'department', 'district', 'commune'],
  otherwise: 'left_out',
  basis: '',
  formula: { numerator: [[blank]], denominator: [[blank]], 'factor.numerator': [], 'factor.denominator': [] },
  groups: fields.groupings.map(() => ''),
})

/** The formula in lines to be changed, at least one for each sum. */
const inLines = (line: IndicatorFields): IndicatorFields => {
  const some = (sums: SumFields): SumFields => {
    const filled = sums.filter((sum) => sum.length > 0)
    return filled.length > 0 ? filled : [[blank]]
  }
  const { numerator, denominator, ...factor } = line.formula
  const asked = factor['factor.numerator'].length > 0 || factor['factor.denominator'].length > 0
  const multiplied = asked
    ? { 'factor.numerator': some(factor['factor.numerator']), 'factor.denominator': some(factor['factor.denominator']) }
    : factor
  return { ...line, open: true, formula: { numerator: some(numerator), denominator: some(denominator), ...multiplied } }
}

/** Lines whose formulas must be open for their errors to be seen. */
export const opened = (fields: SchemeFields, faults: readonly FieldError[]): SchemeFields => ({
  ...fields,
  lines: fields.lines.map((line, n) => {
    const wrong = (part: Part): boolean => faults.some(({ path }) => path === partField(n, part))
    return !line.open && parts.some(wrong) ? inLines(line) : line
  }),
})

const newGroup = (groups: readonly GroupFields[]): GroupFields => {
  let number = 1
  while (groups.some(({ key }) => key === `moi-${number}`)) number += 1
  return { key: `moi-${number}`, name: '' }
}

/** What a button does to the form; everything that was typed stays. A place that is not there changes nothing. */
export function edited(fields: SchemeFields, action: Action): SchemeFields {
  const inLine = (n: number, change: (line: IndicatorFields) => IndicatorFields): SchemeFields => ({
    ...fields,
    lines: changed(fields.lines, n, change),
  })
  const inPart = (n: number, part: Part, change: (sums: SumFields) => SumFields): SchemeFields =>
    inLine(n, (line) => ({ ...line, formula: { ...line.formula, [part]: change(line.formula[part]) } }))
  const inGrouping = (g: number, change: (groups: readonly GroupFields[]) => readonly GroupFields[]): SchemeFields => ({
    ...fields,
    groupings: changed(fields.groupings, g, change),
  })
  switch (action.does) {
    case 'open':
      return inLine(action.line, inLines)
    case 'close':
      return inLine(action.line, (line) => ({ ...line, open: false }))
    case 'remove':
      return fields.lines[action.line]?.fresh ? { ...fields, lines: without(fields.lines, action.line) } : fields
    case 'add':
      return { ...fields, lines: [...fields.lines, newLine(fields)] }
    case 'add-sum': {
      // What is multiplied by is a share: both its parts begin together.
      if (action.part === 'factor.numerator' && fields.lines[action.line]?.formula[action.part].length === 0)
        return inLine(action.line, (line) => ({
          ...line,
          formula: { ...line.formula, 'factor.numerator': [[blank]], 'factor.denominator': [[blank]] },
        }))
      return inPart(action.line, action.part, (sums) => [...sums, [blank]])
    }
    case 'remove-part':
      return inLine(action.line, (line) => ({ ...line, formula: { ...line.formula, 'factor.numerator': [], 'factor.denominator': [] } }))
    case 'add-term':
      return inPart(action.line, action.part, (sums) =>
        sums.length === 0 ? [[blank]] : changed(sums, action.sum, (sum) => [...sum, blank]),
      )
    case 'remove-term':
      return inPart(action.line, action.part, (sums) => {
        const left = changed(sums, action.sum, (sum) => without(sum, action.term)).filter((sum) => sum.length > 0)
        return left.length > 0 ? left : [[blank]]
      })
    case 'add-group':
      return inGrouping(action.grouping, (groups) => [...groups, newGroup(groups)])
    case 'remove-group': {
      // Whoever was in it is in none: it is asked for, not guessed.
      const gone = fields.groupings[action.grouping]?.[action.group]?.key
      const left = inGrouping(action.grouping, (groups) => without(groups, action.group))
      const leave = (line: IndicatorFields) => ({
        ...line,
        groups: changed(line.groups, action.grouping, (key) => (key === gone ? '' : key)),
      })
      return { ...left, lines: left.lines.map(leave) }
    }
    case 'raise-group':
      return inGrouping(action.grouping, (groups) => moved(groups, action.group, action.group - 1))
    case 'lower-group':
      return inGrouping(action.grouping, (groups) => moved(groups, action.group, action.group + 1))
    case 'read':
    case 'try':
      return fields
  }
}

/** The place of the page that a button leads back to, as the page will be after it. */
export function anchorOf(fields: SchemeFields, action: Action): string {
  switch (action.does) {
    case 'open':
    case 'close':
      return `indicators.${action.line}`
    case 'remove':
      return 'indicators'
    case 'add':
      return `indicators.${fields.lines.length}`
    case 'add-sum':
      return `indicators.${action.line}.${action.part}.${fields.lines[action.line]?.formula[action.part].length ?? 0}.0.quantity`
    case 'remove-part':
      return `indicators.${action.line}.formula`
    case 'add-term':
      return `indicators.${action.line}.${action.part}.${action.sum}.${fields.lines[action.line]?.formula[action.part][action.sum]?.length ?? 0}.quantity`
    case 'remove-term':
      return partField(action.line, action.part)
    case 'add-group':
      return `groupings.${action.grouping}.groups.${fields.groupings[action.grouping]?.length ?? 0}.name`
    case 'remove-group':
      return `groupings.${action.grouping}`
    case 'raise-group':
      return `groupings.${action.grouping}.groups.${Math.max(0, action.group - 1)}.name`
    case 'lower-group':
      return `groupings.${action.grouping}.groups.${action.group + 1}.name`
    case 'try':
      return 'cham-thu'
    case 'read':
      return ''
  }
}
