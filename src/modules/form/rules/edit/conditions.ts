import type { Text } from '../../../../kernel/i18n/index.ts'
import type { Condition, Field, FormDefinition, SimpleField } from '../definition.ts'
import { findField } from './apply.ts'

type Comparison = Extract<Condition, { field: string }>

/** One line of the condition builder: what is asked about, whether it holds or not, and a number where one is needed. */
export interface ConditionRow {
  /** `hasChildren=is=true`, `copies=from=`, `reason=is=marry`, `papers=includes=id`, `email=filled=`. */
  readonly about: string
  readonly not: boolean
  readonly amount?: number | undefined
}

export interface ConditionRows {
  readonly join: 'all' | 'any'
  readonly rows: readonly ConditionRow[]
}

/** Everything that can be asked about a question, as the builder lists it. */
export interface ConditionSubject {
  readonly field: Field
  readonly answers: readonly { readonly about: string; readonly text: Text }[]
}

const quoted = ({ vi, en }: Text): Text => ({ vi: `“${vi}”`, en: `“${en}”` })
const yes: Text = { vi: 'Có', en: 'Yes' }
const no: Text = { vi: 'Không', en: 'No' }
const FILLED: Text = { vi: 'đã trả lời', en: 'is answered' }

const is = ({ vi, en }: Text): Text => ({ vi: `là ${vi}`, en: `is ${en}` })

/** What can be asked about one earlier question. */
export function subjectOf(field: Field): ConditionSubject {
  const about = (kind: string, value = '') => `${field.id}=${kind}=${value}`
  switch (field.type) {
    case 'yesNo':
    case 'declaration':
      return { field, answers: [yes, no].map((text, at) => ({ about: about('is', at === 0 ? 'true' : 'false'), text: is(text) })) }
    case 'choice':
      return { field, answers: field.options.map(({ value, label }) => ({ about: about('is', value), text: is(quoted(label)) })) }
    case 'choices':
      return {
        field,
        answers: field.options.map(({ value, label }) => ({
          about: about('includes', value),
          text: { vi: `có chọn ${quoted(label).vi}`, en: `includes ${quoted(label).en}` },
        })),
      }
    case 'number':
    case 'money':
      return {
        field,
        answers: [
          { about: about('from'), text: { vi: 'từ số bên dưới trở lên', en: 'is at least the number below' } },
          { about: about('exactly'), text: { vi: 'đúng bằng số bên dưới', en: 'is exactly the number below' } },
          { about: about('filled'), text: FILLED },
        ],
      }
    default:
      return { field, answers: [{ about: about('filled'), text: FILLED }] }
  }
}

/** Questions that a condition may ask about: those answered before. For a page: on earlier pages. For a path: up to that question. */
export function askable(definition: FormDefinition, at: { readonly pageId: string } | { readonly path: string }): Field[] {
  const place = 'path' in at ? findField(definition, at.path) : undefined
  const pageAt = 'path' in at ? (place?.pageAt ?? 0) : definition.pages.findIndex(({ id }) => id === at.pageId)
  const before = definition.pages.slice(0, Math.max(0, pageAt)).flatMap(({ fields }) => fields)
  if (!place) return before
  const outer = place.group ? place.page.fields.findIndex(({ id }) => id === place.group?.id) : place.at
  return [...before, ...place.page.fields.slice(0, outer), ...(place.group?.fields.slice(0, place.at) ?? [])]
}

function rowOf(condition: Condition, not = false): ConditionRow | undefined {
  if ('not' in condition) return not ? undefined : rowOf(condition.not, true)
  if (!('field' in condition)) return undefined
  const about = (kind: string, value: string | number | boolean = '') => `${condition.field}=${kind}=${value}`
  if ('includes' in condition) return { about: about('includes', condition.includes), not }
  if ('atLeast' in condition) return { about: about('from'), not, amount: condition.atLeast }
  if ('notEmpty' in condition) return { about: about('filled'), not }
  if ('in' in condition) return undefined
  if (typeof condition.equals === 'number') return { about: about('exactly'), not, amount: condition.equals }
  return { about: about('is', condition.equals), not }
}

/** A condition as lines of the builder; `undefined` when it is more tangled than the builder can show (it is kept as it is). */
export function rowsOf(condition: Condition | undefined): ConditionRows | undefined {
  if (condition === undefined) return { join: 'all', rows: [] }
  if ('in' in condition)
    return { join: 'any', rows: condition.in.map((value) => ({ about: `${condition.field}=is=${value}`, not: false })) }
  const join = 'any' in condition ? 'any' : 'all'
  const parts = 'all' in condition ? condition.all : 'any' in condition ? condition.any : [condition]
  const rows = parts.map((part) => rowOf(part))
  return rows.every((row) => row !== undefined) ? { join, rows: rows as ConditionRow[] } : undefined
}

function comparisonOf({ about, amount }: ConditionRow): Comparison | undefined {
  const [field = '', kind = '', ...rest] = about.split('=')
  const value = rest.join('=')
  switch (kind) {
    case 'is':
      return { field, equals: value === 'true' ? true : value === 'false' ? false : value }
    case 'includes':
      return { field, includes: value }
    case 'from':
      return amount === undefined ? undefined : { field, atLeast: amount }
    case 'exactly':
      return amount === undefined ? undefined : { field, equals: amount }
    case 'filled':
      return { field, notEmpty: true }
    default:
      return undefined
  }
}

/** Several answers to one question are one comparison. */
function oneOf(parts: readonly Condition[]): Condition | undefined {
  const [first] = parts
  if (!first || !('equals' in first)) return undefined
  const values = parts.flatMap((part) =>
    'equals' in part && part.field === first.field && typeof part.equals === 'string' ? [part.equals] : [],
  )
  return values.length === parts.length ? { field: first.field, in: values } : undefined
}

/** Lines of the builder as a condition; none: always shown. */
export function conditionOf({ join, rows }: ConditionRows): Condition | undefined {
  const parts = rows.flatMap((row): Condition[] => {
    const comparison = comparisonOf(row)
    return comparison ? [row.not ? { not: comparison } : comparison] : []
  })
  if (parts.length <= 1) return parts[0]
  const asked = oneOf(parts)
  if (join === 'any' && asked) return asked
  return join === 'any' ? { any: parts } : { all: parts }
}

const findAny = (definition: FormDefinition, id: string): Field | SimpleField | undefined =>
  findField(definition, id)?.field ??
  definition.pages
    .flatMap(({ fields }) => fields)
    .flatMap((field) => (field.type === 'group' ? field.fields : []))
    .find((part) => part.id === id)

function comparisonWords(definition: FormDefinition, condition: Comparison): Text {
  const field = findAny(definition, condition.field)
  const name = quoted(field?.label ?? { vi: condition.field, en: condition.field })
  const options = field && 'options' in field ? field.options : []
  const said = (value: unknown): Text => {
    if (typeof value === 'boolean') return value ? yes : no
    return quoted(options.find((option) => option.value === value)?.label ?? { vi: String(value), en: String(value) })
  }
  if ('equals' in condition) return { vi: `${name.vi} là ${said(condition.equals).vi}`, en: `${name.en} is ${said(condition.equals).en}` }
  if ('in' in condition) {
    const list = condition.in.map(said)
    return {
      vi: `${name.vi} là ${list.map(({ vi }) => vi).join(' hoặc ')}`,
      en: `${name.en} is ${list.map(({ en }) => en).join(' or ')}`,
    }
  }
  if ('includes' in condition)
    return { vi: `${name.vi} có chọn ${said(condition.includes).vi}`, en: `${name.en} includes ${said(condition.includes).en}` }
  if ('atLeast' in condition) return { vi: `${name.vi} từ ${condition.atLeast} trở lên`, en: `${name.en} is at least ${condition.atLeast}` }
  return { vi: `${name.vi} ${FILLED.vi}`, en: `${name.en} ${FILLED.en}` }
}

/** A condition as a sentence: “Bạn đã có con?” là Có, và …. */
export function conditionWords(definition: FormDefinition, condition: Condition): Text {
  const joined = (parts: readonly Condition[], vi: string, en: string): Text => {
    const words = parts.map((part) => {
      const one = conditionWords(definition, part)
      return parts.length > 1 && ('all' in part || 'any' in part) ? { vi: `(${one.vi})`, en: `(${one.en})` } : one
    })
    return { vi: words.map((one) => one.vi).join(vi), en: words.map((one) => one.en).join(en) }
  }
  if ('all' in condition) return joined(condition.all, ' và ', ' and ')
  if ('any' in condition) return joined(condition.any, ' hoặc ', ' or ')
  if ('not' in condition) {
    const inner = conditionWords(definition, condition.not)
    return { vi: `không phải ${inner.vi}`, en: `not ${inner.en}` }
  }
  return comparisonWords(definition, condition)
}
