import type { AddressAnswer, Answer, Answers, FileAnswer, GroupItem, SimpleAnswer } from './answers.ts'
import { visibleFields, visibleItemFields } from './condition.ts'
import type { Field, FormDefinition, Page, SimpleField } from './definition.ts'

/** What a browser posts: `URLSearchParams` and `FormData` both fit. Names are paths: `birthDate-day`, `children.0.name`. */
export interface PostedForm {
  get(name: string): unknown
  getAll(name: string): unknown[]
  has(name: string): boolean
  keys(): Iterable<string>
}

export interface PageInput {
  /** Answers as typed, for every field shown on the page; `undefined` clears one. Checked only by `check`. */
  readonly answers: Answers
  /** The raw strings by input name, to show again what was typed when it could not be read. */
  readonly raw: Readonly<Record<string, string>>
}

const stringAt = (form: PostedForm, name: string): string => {
  const value = form.get(name)
  return typeof value === 'string' ? value.normalize('NFC') : ''
}

/** "12.345,5" and "12345.5" are both read; a point followed by three digits groups thousands, as Vietnamese write. */
export function readNumber(text: string): number | string {
  const plain = text.replace(/[\s\u00a0]/g, '')
  const standard = plain.includes(',')
    ? plain.replaceAll('.', '').replace(',', '.')
    : /^\d{1,3}(\.\d{3})+$/.test(plain)
      ? plain.replaceAll('.', '')
      : plain
  return /^-?\d+(\.\d+)?$/.test(standard) ? Number(standard) : text
}

/** "50.000 đ", "50,000" and "50000" are all fifty thousand đồng. */
export function readMoney(text: string): number | string {
  const plain = text.replace(/(?:đồng|vnđ|vnd|đ)\s*$/iu, '').replace(/[\s\u00a0.,]/g, '')
  return /^\d+$/.test(plain) ? Number(plain) : text
}

function readDate(form: PostedForm, path: string): string | undefined {
  const whole = stringAt(form, path).trim()
  const typed = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(whole)
  const [day, month, year] = typed
    ? [typed[1] ?? '', typed[2] ?? '', typed[3] ?? '']
    : (['day', 'month', 'year'] as const).map((part) => stringAt(form, `${path}-${part}`).trim())
  if (!typed && whole) return whole
  if (!day && !month && !year) return undefined
  return `${(year ?? '').padStart(4, '0')}-${(month ?? '').padStart(2, '0')}-${(day ?? '').padStart(2, '0')}`
}

function readAddress(form: PostedForm, path: string): AddressAnswer {
  // One picker says province, commune and the day the unit began (`96/32014@2025-07-01`): a bare code can be another place later.
  const [place = '', validFrom] = stringAt(form, `${path}.commune`).split('@')
  const [province = '', commune = ''] = place.split('/')
  return { province, commune, ...(validFrom ? { validFrom } : {}), line: stringAt(form, `${path}.line`).trim() }
}

function readField(field: SimpleField, path: string, form: PostedForm, before: Answer | undefined): SimpleAnswer | undefined {
  const text = stringAt(form, path).trim()
  switch (field.type) {
    case 'number':
      return text === '' ? undefined : readNumber(text)
    case 'money':
      return text === '' ? undefined : readMoney(text)
    case 'date':
      return readDate(form, path)
    case 'yesNo':
      return text === 'yes' ? true : text === 'no' ? false : undefined
    case 'declaration':
      return text === 'yes'
    case 'choices':
      return form.getAll(path).filter((value): value is string => typeof value === 'string' && value !== '')
    case 'address':
      return readAddress(form, path)
    case 'personalNumber':
    case 'phone':
      return text.replace(/[\s.-]/g, '') || undefined
    case 'file':
      // Files arrive by their own upload step; a saved page keeps the references it had.
      return before as readonly FileAnswer[] | undefined
    case 'longText':
      return text.replace(/\r\n?/g, '\n') || undefined
    default:
      return text || undefined
  }
}

function readGroup(field: Extract<Field, { type: 'group' }>, form: PostedForm, answers: Answers): GroupItem[] {
  const places = new Set<number>()
  const prefix = `${field.id}.`
  for (const name of form.keys()) {
    const place = name.startsWith(prefix) ? /^(\d{1,3})(?:\.|$)/.exec(name.slice(prefix.length)) : null
    if (place) places.add(Number(place[1]))
  }
  const before = (answers[field.id] ?? []) as readonly GroupItem[]
  return [...places]
    .sort((a, b) => a - b)
    .map((place) => {
      const all = Object.fromEntries(
        field.fields.map((part) => [part.id, readField(part, `${prefix}${place}.${part.id}`, form, before[place]?.[part.id])]),
      )
      const shown = new Set(visibleItemFields(field.fields, answers, all).map(({ id }) => id))
      return Object.fromEntries(Object.entries(all).filter(([id, value]) => shown.has(id) && value !== undefined))
    })
}

/**
 * Reads one page out of a posted form. Conditions are settled with the answers just given, so a question that this very
 * page opens or closes is read or dropped at once.
 */
export function parsePageInput(definition: FormDefinition, page: Page, form: PostedForm, before: Answers = {}): PageInput {
  const raw: Record<string, string> = {}
  for (const name of form.keys()) {
    const value = form.get(name)
    if (typeof value === 'string') raw[name] = value
  }
  const given: Record<string, Answer | undefined> = {}
  for (const field of page.fields) {
    given[field.id] =
      field.type === 'group' ? readGroup(field, form, { ...before, ...given }) : readField(field, field.id, form, before[field.id])
  }
  const merged: Answers = { ...before, ...given }
  const shown = new Set(visibleFields(definition, page, merged).map(({ id }) => id))
  return { answers: Object.fromEntries(Object.entries(given).map(([id, value]) => [id, shown.has(id) ? value : undefined])), raw }
}

/** What a person pressed on a page of a form. */
export type PageAction =
  | { readonly kind: 'continue' | 'later' }
  | { readonly kind: 'add'; readonly fieldId: string }
  | { readonly kind: 'remove'; readonly fieldId: string; readonly place: number }
  | { readonly kind: 'drop-file'; readonly fieldId: string; readonly sha256: string }

/** Name of every button of a form page; its value is written by `actionValue`. */
export const ACTION_FIELD = '_do'

export function actionValue(action: PageAction): string {
  switch (action.kind) {
    case 'add':
      return `add:${action.fieldId}`
    case 'remove':
      return `remove:${action.fieldId}:${action.place}`
    case 'drop-file':
      return `drop-file:${action.fieldId}:${action.sha256}`
    default:
      return action.kind
  }
}

/** Reads which button was pressed; anything unknown means to go on. */
export function readAction(form: PostedForm): PageAction {
  const [kind, fieldId = '', rest = ''] = stringAt(form, ACTION_FIELD).split(':')
  if (kind === 'later') return { kind }
  if (kind === 'add' && fieldId) return { kind, fieldId }
  if (kind === 'remove' && fieldId && /^\d{1,3}$/.test(rest)) return { kind, fieldId, place: Number(rest) }
  if (kind === 'drop-file' && fieldId && /^[0-9a-f]{64}$/.test(rest)) return { kind, fieldId, sha256: rest }
  return { kind: 'continue' }
}
