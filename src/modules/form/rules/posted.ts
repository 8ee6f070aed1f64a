import type { AddressAnswer, Answer, Answers, GroupItem } from './answers.ts'
import { visibleFields, visibleItemFields } from './condition.ts'
import type { FormDefinition, Page, SimpleField } from './definition.ts'

/** The value of a place in the picker: `96/32014@2025-07-01`. */
export const placeValue = ({ province, commune, validFrom }: Pick<AddressAnswer, 'province' | 'commune' | 'validFrom'>): string =>
  province ? `${province}/${commune}${validFrom ? `@${validFrom}` : ''}` : ''

/** The strings an input shows for an answer: number 1234.5 → "1234,5", a date in three parts, an address in three. */
export function inputValues(field: SimpleField, path: string, value: Answer | undefined): [name: string, value: string][] {
  if (value === undefined || value === null) return []
  switch (field.type) {
    case 'date': {
      const [year = '', month = '', day = ''] = String(value).split('-')
      return [
        [`${path}-day`, day.replace(/^0/, '')],
        [`${path}-month`, month.replace(/^0/, '')],
        [`${path}-year`, year],
      ]
    }
    case 'number':
      return [[path, String(value).replace('.', ',')]]
    case 'yesNo':
      return [[path, value === true ? 'yes' : 'no']]
    case 'declaration':
      return value === true ? [[path, 'yes']] : []
    case 'choices':
      return (value as readonly string[]).map((one) => [path, one])
    case 'address': {
      const address = value as AddressAnswer
      return [
        [`${path}.commune`, placeValue(address)],
        [`${path}.line`, address.line],
      ]
    }
    case 'file':
      return []
    default:
      return [[path, String(value)]]
  }
}

/** A page as a browser would post it with these answers: the inverse of `parsePageInput`. */
export function toPostedPage(definition: FormDefinition, page: Page, answers: Answers): URLSearchParams {
  const posted = new URLSearchParams()
  for (const field of visibleFields(definition, page, answers)) {
    if (field.type !== 'group') {
      for (const [name, value] of inputValues(field, field.id, answers[field.id])) posted.append(name, value)
      continue
    }
    const items = (answers[field.id] ?? []) as readonly GroupItem[]
    items.forEach((item, place) => {
      for (const part of visibleItemFields(field.fields, answers, item))
        for (const [name, value] of inputValues(part, `${field.id}.${place}.${part.id}`, item[part.id])) posted.append(name, value)
    })
  }
  return posted
}
