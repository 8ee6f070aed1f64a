import { type Locale, type Text, t } from '../../../kernel/i18n/index.ts'
import { type AddressAnswer, type Answer, type Answers, type FileAnswer, type GroupItem, isEmpty } from './answers.ts'
import { visibleAnswers, visibleFields, visibleItemFields, visiblePages } from './condition.ts'
import type { Field, FormDefinition, SimpleField } from './definition.ts'

export interface SummaryRow {
  readonly fieldId: string
  /** Dotted path, with the item's place inside a repeated group. */
  readonly path: string
  readonly label: Text
  /** Lines to show; empty when nothing was answered. */
  readonly lines: readonly string[]
  readonly files?: readonly FileAnswer[] | undefined
  /** Title of the group item this row belongs to: "Bản sao 2". */
  readonly item?: Text | undefined
}

export interface SummarySection {
  readonly pageId: string
  readonly title: Text
  readonly rows: readonly SummaryRow[]
}

const YES_NO = { yes: { vi: 'Có', en: 'Yes' }, no: { vi: 'Không', en: 'No' } } as const
const AGREED: Text = { vi: 'Đã cam đoan', en: 'Declared' }

const thousands = (value: number): string => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, '.')

/** A number as Vietnamese write it: 1.234,5. */
export function numberText(value: number): string {
  const [whole = '0', part] = String(value).split('.')
  return part ? `${thousands(Number(whole))},${part}` : thousands(Number(whole))
}

/** `2026-11-27` → `27/11/2026`. */
export const dayText = (day: string): string => day.split('-').reverse().join('/')

/** "Số 5, ấp Lô 2, Xã Trần Văn Thời, Tỉnh Cà Mau": the label stored when it was picked. */
export const addressText = (address: AddressAnswer): string =>
  address.label ?? [address.line, address.commune, address.province].filter(Boolean).join(', ')

/** The lines that show one answer. */
export function answerLines(field: SimpleField, value: Answer | undefined, locale: Locale): string[] {
  if (value === undefined || isEmpty(value)) return []
  switch (field.type) {
    case 'yesNo':
      return [t(locale, value === true ? YES_NO.yes : YES_NO.no)]
    case 'declaration':
      return value === true ? [t(locale, AGREED)] : []
    case 'choice':
    case 'choices': {
      const chosen = Array.isArray(value) ? (value as readonly string[]) : [String(value)]
      return chosen.map((one) => {
        const option = field.options.find((option) => option.value === one)
        return option ? t(locale, option.label) : one
      })
    }
    case 'date':
      return [dayText(String(value))]
    case 'money':
      return [`${thousands(Number(value))} đ`]
    case 'number':
      return [`${numberText(Number(value))}${field.unit ? ` ${t(locale, field.unit)}` : ''}`]
    case 'address':
      return [addressText(value as AddressAnswer)]
    case 'file':
      return (value as readonly FileAnswer[]).map(({ name }) => name)
    case 'longText':
      return String(value).split('\n')
    default:
      return [String(value)]
  }
}

function rowsOf(field: Field, answers: Answers, locale: Locale): SummaryRow[] {
  const value = answers[field.id]
  if (field.type !== 'group') {
    return [
      {
        fieldId: field.id,
        path: field.id,
        label: field.label,
        lines: answerLines(field, value, locale),
        files: field.type === 'file' ? ((value ?? []) as readonly FileAnswer[]) : undefined,
      },
    ]
  }
  const items = (value ?? []) as readonly GroupItem[]
  if (items.length === 0) return [{ fieldId: field.id, path: field.id, label: field.label, lines: [] }]
  return items.flatMap((item, place) =>
    visibleItemFields(field.fields, answers, item).map((part) => ({
      fieldId: field.id,
      path: `${field.id}.${place}.${part.id}`,
      label: part.label,
      lines: answerLines(part, item[part.id], locale),
      item: { vi: `${field.itemLabel.vi} ${place + 1}`, en: `${field.itemLabel.en} ${place + 1}` },
    })),
  )
}

/** Rows to check before sending, and what the officer reads: every question that was asked, answered or not. */
export function summary(definition: FormDefinition, answers: Answers, locale: Locale = 'vi'): SummarySection[] {
  const counted = visibleAnswers(definition, answers)
  return visiblePages(definition, answers).map((page) => ({
    pageId: page.id,
    title: page.title,
    rows: visibleFields(definition, page, answers).flatMap((field) => rowsOf(field, counted, locale)),
  }))
}

/** Who applies, as the form names it: for lists, receipts and messages. */
export function applicantOf(
  definition: FormDefinition,
  answers: Answers,
): { name: string; personalNumber?: string | undefined; phone?: string | undefined; email?: string | undefined } {
  const counted = visibleAnswers(definition, answers)
  const read = (id: string | undefined) => (id && typeof counted[id] === 'string' ? (counted[id] as string) : undefined)
  const { name, personalNumber, phone, email } = definition.applicant
  return { name: read(name) ?? '', personalNumber: read(personalNumber), phone: read(phone), email: read(email) }
}

/** The place whose people's committee resolves, when the procedure's resolver follows a place. */
export function placeOf(definition: FormDefinition, answers: Answers): AddressAnswer | undefined {
  const value = definition.placeField ? visibleAnswers(definition, answers)[definition.placeField] : undefined
  return value && !isEmpty(value) ? (value as AddressAnswer) : undefined
}

/** Uploaded files with the component each stands for. */
export function filesOf(
  definition: FormDefinition,
  answers: Answers,
): { fieldId: string; component: string | undefined; files: readonly FileAnswer[] }[] {
  const counted = visibleAnswers(definition, answers)
  return definition.pages
    .flatMap(({ fields }) => fields)
    .filter((field) => field.type === 'file' && !isEmpty(counted[field.id]))
    .map((field) => ({
      fieldId: field.id,
      component: field.type === 'file' ? field.component : undefined,
      files: counted[field.id] as readonly FileAnswer[],
    }))
}
