import type { FieldError } from '../../../../kernel/errors.ts'
import type { Text } from '../../../../kernel/i18n/index.ts'
import { type Field, type FieldOf, type PrefillSourceName, prefillSources } from '../definition.ts'
import { readMoney, readNumber } from '../input.ts'
import { type ConditionRow, conditionOf } from './conditions.ts'
import { codeFrom } from './names.ts'
import { autocompleteOf } from './new-field.ts'

/** What a page of the editor posts. */
export interface Typed {
  get(name: string): string
  all(name: string): readonly string[]
}

export interface ReadField {
  readonly field: Field
  /** What could not be read; the rest is in `field`, and what was typed is shown again. */
  readonly errors: readonly FieldError[]
}

const mistakes = {
  number: {
    vi: 'Nhập một số, ví dụ 10 hoặc 0,5; bỏ trống nếu không giới hạn.',
    en: 'Enter a number, such as 10 or 0.5; leave empty for no limit.',
  },
  count: { vi: 'Nhập một số nguyên từ {min} đến {max}.', en: 'Enter a whole number from {min} to {max}.' },
  day: { vi: 'Nhập ngày có thật, ví dụ 01/01/1900.', en: 'Enter a real day, such as 01/01/1900.' },
  id: {
    vi: 'Mã gồm chữ không dấu và số, bắt đầu bằng chữ thường, ví dụ soBanSao.',
    en: 'A code is plain letters and digits, starting with a small letter, such as copies.',
  },
  amount: { vi: 'Ghi con số cho điều kiện này.', en: 'Give the number of this condition.' },
} as const satisfies Record<string, Text>

/** Words in both languages: English that nobody typed is the Vietnamese. `undefined` when nothing was typed at all. */
export function textFrom(vi: string, en: string): Text | undefined {
  const [first, second] = [vi.trim(), en.trim()]
  return first || second ? { vi: first || second, en: second || first } : undefined
}

/** English as it is shown for changing: empty when it only repeats the Vietnamese. */
export const ownEnglish = (text: Text | undefined): string => (text && text.en !== text.vi ? text.en : '')

/** The lines of the condition builder on a page of the editor. */
export function readCondition(typed: Typed, prefix: string, errors: FieldError[]): Field['condition'] {
  const rows: ConditionRow[] = []
  for (let n = 0; n < 12; n += 1) {
    const about = typed.get(`${prefix}.${n}.about`)
    if (!about) continue
    const needsNumber = /=(?:from|exactly)=$/.test(about)
    const amount = readNumber(typed.get(`${prefix}.${n}.amount`).trim())
    if (needsNumber && typeof amount !== 'number') errors.push({ path: `${prefix}.${n}.amount`, message: mistakes.amount })
    rows.push({ about, not: typed.get(`${prefix}.${n}.not`) === 'not', ...(typeof amount === 'number' && needsNumber ? { amount } : {}) })
  }
  return conditionOf({ join: typed.get(`${prefix}.join`) === 'any' ? 'any' : 'all', rows })
}

function readOptions(typed: Typed): FieldOf<'choice'>['options'] {
  const used = new Set<string>()
  const options: FieldOf<'choice'>['options'] = []
  for (let n = 0; n < 200; n += 1) {
    const label = textFrom(typed.get(`q.options.${n}.label`), typed.get(`q.options.${n}.labelEn`))
    if (!label) continue
    // A value once given stays: earlier answers and conditions are kept by it.
    const value = typed.get(`q.options.${n}.value`) || codeFrom(label.vi, used, 'chon')
    used.add(value)
    const hint = textFrom(typed.get(`q.options.${n}.hint`), typed.get(`q.options.${n}.hintEn`))
    options.push({ value, label, ...(hint ? { hint } : {}) })
  }
  return options
}

function readDay(typed: string): string | undefined {
  const parts = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(typed.trim())
  const day = parts ? `${parts[3]}-${parts[2]?.padStart(2, '0')}-${parts[1]?.padStart(2, '0')}` : typed.trim()
  const at = new Date(`${day}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) ? day : undefined
}

/** Reads the page of one question over the question it showed. The kind decides which limits are read. */
export function readField(typed: Typed, before: Field): ReadField {
  const errors: FieldError[] = []
  const wrong = (path: string, text: Text, values: Record<string, number> = {}): void => {
    const filled = (words: string) => words.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]))
    errors.push({ path, message: { vi: filled(text.vi), en: filled(text.en) } })
  }
  const count = (name: string, otherwise: number, min: number, max: number): number => {
    const text = typed.get(name).trim()
    if (text === '') return otherwise
    const value = readNumber(text)
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value
    wrong(name, mistakes.count, { min, max })
    return otherwise
  }
  const limit = (name: string, read: (text: string) => number | string): number | undefined => {
    const text = typed.get(name).trim()
    if (text === '') return undefined
    const value = read(text)
    if (typeof value === 'number') return value
    wrong(name, mistakes.number)
    return undefined
  }
  const own = (name: string): Text | undefined => textFrom(typed.get(`q.${name}`), typed.get(`q.${name}En`))

  const id = typed.get('q.id').trim() || before.id
  if (!/^[a-z][A-Za-z0-9]{0,59}$/.test(id)) wrong('q.id', mistakes.id)
  const prefill = prefillSources.find((source): source is PrefillSourceName => source === typed.get('q.prefill'))
  const condition = typed.get('q.condition.keep') === '1' ? before.condition : readCondition(typed, 'q.condition', errors)
  const [called, hint] = [own('called'), own('hint')]
  const common = {
    id: /^[a-z][A-Za-z0-9]{0,59}$/.test(id) ? id : before.id,
    label: own('label') ?? { vi: '', en: '' },
    ...(called ? { called } : {}),
    ...(hint ? { hint } : {}),
    required: typed.get('q.required') === '1',
    ...(condition ? { condition } : {}),
    ...(prefill ? { prefill } : {}),
    ...(typed.get('q.reuse') === '1' ? { reuse: true } : {}),
    ...autocompleted(before, prefill),
  }
  const field = ((): Field => {
    switch (before.type) {
      case 'text': {
        const pattern = typed.get('q.pattern').trim()
        const patternMessage = own('patternMessage')
        const minLength = limit('q.minLength', readNumber)
        return {
          ...common,
          type: 'text',
          maxLength: count('q.maxLength', 200, 1, 1000),
          ...(minLength && minLength > 0 && Number.isInteger(minLength) ? { minLength } : {}),
          ...(pattern ? { pattern } : {}),
          ...(patternMessage ? { patternMessage } : {}),
        }
      }
      case 'longText':
        return { ...common, type: 'longText', maxLength: count('q.maxLength', 2000, 1, 20_000) }
      case 'number': {
        const [min, max, unit] = [limit('q.min', readNumber), limit('q.max', readNumber), own('unit')]
        return {
          ...common,
          type: 'number',
          integer: typed.get('q.integer') === '1',
          ...(min === undefined ? {} : { min }),
          ...(max === undefined ? {} : { max }),
          ...(unit ? { unit } : {}),
        }
      }
      case 'money':
        return { ...common, type: 'money', min: limit('q.min', readMoney) ?? 0, max: limit('q.max', readMoney) ?? 1e13 }
      case 'date': {
        const typedDay = typed.get('q.earliest').trim()
        const earliest = typedDay === '' ? '1900-01-01' : readDay(typedDay)
        if (!earliest) wrong('q.earliest', mistakes.day)
        const when = (['past', 'past-or-today', 'today-or-future'] as const).find((one) => one === typed.get('q.when')) ?? 'any'
        return { ...common, type: 'date', when, earliest: earliest ?? before.earliest }
      }
      case 'choice':
        return { ...common, type: 'choice', options: readOptions(typed), asSelect: typed.get('q.asSelect') === '1' }
      case 'choices':
        return { ...common, type: 'choices', options: readOptions(typed) }
      case 'address':
        return { ...common, type: 'address', lineRequired: typed.get('q.lineRequired') === '1' }
      case 'personalNumber': {
        const birthDate = typed.get('q.birthDate')
        return { ...common, type: 'personalNumber', ...(birthDate ? { birthDate } : {}) }
      }
      case 'file': {
        const component = typed.get('q.component').trim()
        const accept = typed.all('q.accept').filter((type) => /^[a-z]+\/[a-z0-9.+-]+$/.test(type))
        return {
          ...common,
          type: 'file',
          ...(component ? { component } : {}),
          accept: accept.length > 0 ? [...accept] : before.accept,
          maxBytes: count('q.maxMb', 10, 1, 200) * 1_000_000,
          maxFiles: count('q.maxFiles', 3, 1, 20),
        }
      }
      case 'group':
        return {
          ...common,
          type: 'group',
          itemLabel: own('itemLabel') ?? { vi: '', en: '' },
          min: count('q.min', 0, 0, 100),
          max: count('q.max', 10, 1, 100),
          fields: before.fields,
        }
      default:
        return { ...common, type: before.type }
    }
  })()
  return { field, errors }
}

const autocompleted = (before: Field, prefill: PrefillSourceName | undefined): { autocomplete?: string } => {
  if (prefill === before.prefill) return before.autocomplete ? { autocomplete: before.autocomplete } : {}
  const autocomplete = prefill && autocompleteOf[prefill]
  return autocomplete ? { autocomplete } : {}
}
