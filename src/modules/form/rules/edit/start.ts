import type { Condition, Field } from '../definition.ts'
import { numberText } from '../summary.ts'
import { rowsOf } from './conditions.ts'
import { ownEnglish } from './read-field.ts'

/** The inputs of a condition as a page posts them. */
export function conditionStart(prefix: string, condition: Condition | undefined): [string, string][] {
  const rows = rowsOf(condition)
  if (!rows) return [[`${prefix}.keep`, '1']]
  return [
    [`${prefix}.join`, rows.join],
    ...rows.rows.flatMap((row, n): [string, string][] => [
      [`${prefix}.${n}.about`, row.about],
      [`${prefix}.${n}.not`, row.not ? 'not' : 'is'],
      [`${prefix}.${n}.amount`, row.amount === undefined ? '' : numberText(row.amount)],
    ]),
  ]
}

const tick = (value: boolean | undefined): string => (value ? '1' : '')
const said = (value: number | undefined): string => (value === undefined ? '' : numberText(value))

/** A question as its page posts it: the inverse of `readField`. */
export function startOfField(field: Field): URLSearchParams {
  const typed = new URLSearchParams()
  const set = (name: string, value: string | undefined): void => void (value && typed.append(`q.${name}`, value))
  const text = (name: string, value: { vi: string; en: string } | undefined): void => {
    set(name, value?.vi)
    set(`${name}En`, ownEnglish(value))
  }
  text('label', field.label)
  text('called', field.called)
  text('hint', field.hint)
  set('required', tick(field.required))
  set('reuse', tick(field.reuse))
  set('prefill', field.prefill)
  set('id', field.id)
  for (const [name, value] of conditionStart('q.condition', field.condition)) typed.append(name, value)
  switch (field.type) {
    case 'text':
      set('maxLength', String(field.maxLength))
      set('minLength', said(field.minLength))
      set('pattern', field.pattern)
      text('patternMessage', field.patternMessage)
      break
    case 'longText':
      set('maxLength', String(field.maxLength))
      break
    case 'number':
      set('min', said(field.min))
      set('max', said(field.max))
      set('integer', tick(field.integer))
      text('unit', field.unit)
      break
    case 'money':
      set('min', said(field.min))
      set('max', field.max >= 1e13 ? '' : said(field.max))
      break
    case 'date':
      set('when', field.when)
      set('earliest', field.earliest.split('-').reverse().join('/'))
      break
    case 'choice':
    case 'choices':
      for (const [n, option] of field.options.entries()) {
        set(`options.${n}.value`, option.value)
        text(`options.${n}.label`, option.label)
        text(`options.${n}.hint`, option.hint)
      }
      if (field.type === 'choice') set('asSelect', tick(field.asSelect))
      break
    case 'address':
      set('lineRequired', tick(field.lineRequired))
      break
    case 'personalNumber':
      set('birthDate', field.birthDate)
      break
    case 'file':
      set('component', field.component)
      for (const type of field.accept) set('accept', type)
      set('maxMb', String(Math.max(1, Math.round(field.maxBytes / 1e6))))
      set('maxFiles', String(field.maxFiles))
      break
    case 'group':
      text('itemLabel', field.itemLabel)
      set('min', String(field.min))
      set('max', String(field.max))
      break
    default:
  }
  return typed
}
