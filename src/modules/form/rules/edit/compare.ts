import type { Text } from '../../../../kernel/i18n/index.ts'
import type { Condition, Field, FormDefinition, Page, SimpleField } from '../definition.ts'
import { conditionWords } from './conditions.ts'
import { limitsOf, prefillNames, typeNames } from './words.ts'

export interface FormChange {
  readonly kind: 'added' | 'removed' | 'changed'
  /** "Bước “Về bạn”", "Câu “Số bản sao”". */
  readonly what: Text
  /** What exactly, in sentences; empty for what is new or gone. */
  readonly details: readonly Text[]
}

/** Keys in order: the database gives them back in another one. */
const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).filter(([, part]) => part !== undefined)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => [key, ordered(part)]))
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(ordered(a ?? null)) === JSON.stringify(ordered(b ?? null))
const quoted = (text: Text | undefined): Text => (text ? { vi: `“${text.vi}”`, en: `“${text.en}”` } : { vi: 'trống', en: 'empty' })

const fromTo = (vi: string, en: string, before: Text, after: Text): Text => ({
  vi: `${vi}: ${before.vi} → ${after.vi}`,
  en: `${en}: ${before.en} → ${after.en}`,
})

interface Shown {
  readonly field: Field | SimpleField
  readonly page: Page
  readonly group?: Field | undefined
}

function questions(definition: FormDefinition): Map<string, Shown> {
  const all = new Map<string, Shown>()
  for (const page of definition.pages)
    for (const field of page.fields) {
      all.set(field.id, { field, page })
      if (field.type === 'group') for (const part of field.fields) all.set(`${field.id}.${part.id}`, { field: part, page, group: field })
    }
  return all
}

const conditionText = (definition: FormDefinition, condition: Condition | undefined): Text =>
  condition ? conditionWords(definition, condition) : { vi: 'luôn hiện', en: 'always shown' }

function optionDetails(before: Field | SimpleField, after: Field | SimpleField): Text[] {
  if (!('options' in before) || !('options' in after)) return []
  const [old, now] = [before.options, after.options]
  const details: Text[] = []
  for (const option of now) {
    const was = old.find(({ value }) => value === option.value)
    if (!was) details.push({ vi: `Thêm lựa chọn ${quoted(option.label).vi}`, en: `New answer ${quoted(option.label).en}` })
    else if (!same(was.label, option.label))
      details.push(fromTo('Lời lựa chọn', 'Words of an answer', quoted(was.label), quoted(option.label)))
    else if (!same(was, option))
      details.push({ vi: `Sửa gợi ý của lựa chọn ${quoted(option.label).vi}`, en: `Other hint at answer ${quoted(option.label).en}` })
  }
  for (const option of old)
    if (!now.some(({ value }) => value === option.value))
      details.push({ vi: `Bỏ lựa chọn ${quoted(option.label).vi}`, en: `Answer ${quoted(option.label).en} is gone` })
  const order = (list: typeof old, other: typeof old) =>
    list.map(({ value }) => value).filter((value) => other.some((one) => one.value === value))
  if (!same(order(old, now), order(now, old))) details.push({ vi: 'Đổi thứ tự lựa chọn', en: 'Other order of answers' })
  return details
}

/** Keys told one by one; whatever else differs is told as a whole. */
const TOLD = new Set(['id', 'label', 'hint', 'type', 'required', 'condition', 'options', 'prefill', 'fields', 'called', 'autocomplete'])

function fieldDetails(from: FormDefinition, to: FormDefinition, before: Shown, after: Shown): Text[] {
  const [a, b] = [before.field, after.field]
  const details: Text[] = []
  if (!same(a.label, b.label)) details.push(fromTo('Lời câu hỏi', 'Words', quoted(a.label), quoted(b.label)))
  if (a.type !== b.type) details.push(fromTo('Kiểu', 'Kind', typeNames[a.type], typeNames[b.type]))
  if (a.required !== b.required)
    details.push(b.required ? { vi: 'Thành bắt buộc', en: 'Now required' } : { vi: 'Thành không bắt buộc', en: 'No longer required' })
  if (!same(a.hint, b.hint)) details.push(fromTo('Gợi ý', 'Hint', quoted(a.hint), quoted(b.hint)))
  if (!same(a.called, b.called)) details.push(fromTo('Cách gọi trong câu báo lỗi', 'Name in sentences', quoted(a.called), quoted(b.called)))
  if (!same(a.condition, b.condition))
    details.push(fromTo('Khi nào hiện', 'Shown when', conditionText(from, a.condition), conditionText(to, b.condition)))
  if (a.prefill !== b.prefill) {
    const name = (source: typeof a.prefill): Text => (source ? prefillNames[source] : { vi: 'không', en: 'none' })
    details.push(fromTo('Điền sẵn', 'Filled from', name(a.prefill), name(b.prefill)))
  }
  details.push(...optionDetails(a, b))
  const rest = (field: object) => Object.entries(field).filter(([key, value]) => !TOLD.has(key) && value !== undefined)
  if (a.type === b.type && !same(rest(a).sort(), rest(b).sort())) {
    const words = (list: Text[]): Text => ({
      vi: list.map(({ vi }) => vi).join(', ') || '—',
      en: list.map(({ en }) => en).join(', ') || '—',
    })
    const [old, now] = [words(limitsOf(a)), words(limitsOf(b))]
    details.push(
      same(old, now) ? { vi: 'Sửa giới hạn hoặc cách hiện', en: 'Other limits or look' } : fromTo('Giới hạn', 'Limits', old, now),
    )
  }
  if (before.page.id !== after.page.id)
    details.push(fromTo('Chuyển bước', 'Moved to step', quoted(before.page.title), quoted(after.page.title)))
  return details
}

function formDetails(a: FormDefinition, b: FormDefinition): Text[] {
  const details: Text[] = []
  if (!same(a.title, b.title)) details.push(fromTo('Tên', 'Title', quoted(a.title), quoted(b.title)))
  if (!same(a.legalBasis, b.legalBasis)) details.push({ vi: 'Sửa căn cứ pháp lý', en: 'Other legal basis' })
  if (!same(a.sourceNote, b.sourceNote)) details.push({ vi: 'Sửa ghi chú nguồn', en: 'Other source note' })
  if (!same(a.placeField, b.placeField))
    details.push({ vi: 'Đổi câu hỏi quyết định cơ quan giải quyết', en: 'Another question decides who resolves' })
  if (!same(a.applicant, b.applicant)) details.push({ vi: 'Đổi câu hỏi cho biết người nộp', en: 'Other questions name the applicant' })
  const order = (one: FormDefinition, other: FormDefinition) =>
    one.pages.map(({ id }) => id).filter((id) => other.pages.some((page) => page.id === id))
  if (!same(order(a, b), order(b, a))) details.push({ vi: 'Đổi thứ tự các bước', en: 'Other order of steps' })
  return details
}

const labelled = (kind: 'page' | 'field', text: Text): Text =>
  kind === 'page' ? { vi: `Bước “${text.vi}”`, en: `Step “${text.en}”` } : { vi: `Câu “${text.vi}”`, en: `Question “${text.en}”` }

/** What differs between two versions of a form, in words and in the order of the newer one. */
export function compareForms(from: FormDefinition, to: FormDefinition): FormChange[] {
  const changes: FormChange[] = []
  const whole = formDetails(from, to)
  if (whole.length > 0) changes.push({ kind: 'changed', what: { vi: 'Biểu mẫu', en: 'Form' }, details: whole })
  const [old, now] = [questions(from), questions(to)]
  for (const page of to.pages) {
    const was = from.pages.find(({ id }) => id === page.id)
    if (!was) changes.push({ kind: 'added', what: labelled('page', page.title), details: [] })
    else {
      const details: Text[] = []
      if (!same(was.title, page.title)) details.push(fromTo('Tên bước', 'Title', quoted(was.title), quoted(page.title)))
      if (!same(was.hint, page.hint)) details.push(fromTo('Lời dẫn', 'Lead', quoted(was.hint), quoted(page.hint)))
      if (!same(was.condition, page.condition))
        details.push(fromTo('Khi nào hiện', 'Shown when', conditionText(from, was.condition), conditionText(to, page.condition)))
      const order = (one: Page, other: Page) => one.fields.map(({ id }) => id).filter((id) => other.fields.some((field) => field.id === id))
      if (!same(order(was, page), order(page, was))) details.push({ vi: 'Đổi thứ tự câu hỏi', en: 'Other order of questions' })
      if (details.length > 0) changes.push({ kind: 'changed', what: labelled('page', page.title), details })
    }
    for (const [path, shown] of now) {
      if (shown.page.id !== page.id) continue
      const before = old.get(path)
      if (!before) changes.push({ kind: 'added', what: labelled('field', shown.field.label), details: [] })
      else {
        const details = fieldDetails(from, to, before, shown)
        if (details.length > 0) changes.push({ kind: 'changed', what: labelled('field', shown.field.label), details })
      }
    }
  }
  for (const [path, { field }] of old)
    if (!now.has(path)) changes.push({ kind: 'removed', what: labelled('field', field.label), details: [] })
  for (const page of from.pages)
    if (!to.pages.some(({ id }) => id === page.id)) changes.push({ kind: 'removed', what: labelled('page', page.title), details: [] })
  return changes
}
