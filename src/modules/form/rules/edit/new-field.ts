import type { Text } from '../../../../kernel/i18n/index.ts'
import type { Field, FieldType, FormDefinition, PrefillSourceName, SimpleField } from '../definition.ts'

/** The kinds of question in the order in which they are offered. */
export const fieldTypes = [
  'text',
  'longText',
  'choice',
  'choices',
  'yesNo',
  'number',
  'money',
  'date',
  'address',
  'personalNumber',
  'phone',
  'email',
  'file',
  'declaration',
  'group',
] as const satisfies readonly FieldType[]

export const isFieldType = (value: string): value is FieldType => (fieldTypes as readonly string[]).includes(value)

/** A question of a kind with nothing said yet but its words. */
export function newField(type: FieldType, id: string, label: Text): Field {
  const common = { id, label, required: true }
  switch (type) {
    case 'text':
      return { ...common, type, maxLength: 200 }
    case 'longText':
      return { ...common, type, maxLength: 2000 }
    case 'number':
      return { ...common, type, integer: true, min: 0 }
    case 'money':
      return { ...common, type, min: 0, max: 1e13 }
    case 'date':
      return { ...common, type, when: 'any', earliest: '1900-01-01' }
    case 'choice':
      return { ...common, type, options: [], asSelect: false }
    case 'choices':
      return { ...common, type, options: [] }
    case 'address':
      return { ...common, type, lineRequired: true }
    case 'file':
      return { ...common, type, accept: ['application/pdf', 'image/jpeg', 'image/png'], maxBytes: 10_000_000, maxFiles: 3 }
    case 'group':
      return { ...common, type, itemLabel: { vi: 'Mục', en: 'Item' }, min: 1, max: 10, fields: [] }
    default:
      return { ...common, type }
  }
}

/** The same question of another kind: words, condition and whether it must be answered stay, limits begin anew. */
export function ofType(field: Field, type: FieldType): Field {
  if (field.type === type) return field
  const fresh = newField(type, field.id, field.label)
  const options = 'options' in field && 'options' in fresh ? { options: field.options } : {}
  const { called, hint, required, condition } = field
  return {
    ...fresh,
    ...options,
    required,
    ...(called ? { called } : {}),
    ...(hint ? { hint } : {}),
    ...(condition ? { condition } : {}),
  } as Field
}

/** What browsers are told about a question whose first answer comes from the account. */
export const autocompleteOf: Partial<Record<PrefillSourceName, string>> = {
  'person.fullName': 'name',
  'person.birthDate': 'bday',
  'person.phone': 'tel',
  'person.email': 'email',
  'person.address': 'street-address',
  'person.personalNumber': 'off',
}

/** Which kinds of question an account can answer first, by source. */
export const prefillTypes: Readonly<Record<PrefillSourceName, readonly FieldType[]>> = {
  'person.fullName': ['text'],
  'person.personalNumber': ['personalNumber'],
  'person.birthDate': ['date'],
  'person.sex': ['choice'],
  'person.phone': ['phone'],
  'person.email': ['email'],
  'person.address': ['address'],
}

const known = (
  type: 'text' | 'personalNumber' | 'phone' | 'email',
  id: string,
  vi: string,
  en: string,
  from: PrefillSourceName,
): SimpleField =>
  ({
    ...newField(type, id, { vi, en }),
    ...(type === 'text' ? { maxLength: 120 } : {}),
    ...(type === 'email' ? { required: false } : {}),
    prefill: from,
    autocomplete: autocompleteOf[from],
  }) as SimpleField

/** A form to begin with: who applies, filled from the account, and the declaration that every form ends with. */
export const blankForm = (code: string, title: Text): FormDefinition => ({
  code,
  version: 1,
  validFrom: '2000-01-01',
  title,
  legalBasis: [],
  applicant: { name: 'fullName', personalNumber: 'personalNumber', phone: 'phone', email: 'email' },
  pages: [
    {
      id: 'nguoi-nop',
      title: { vi: 'Về bạn', en: 'About you' },
      fields: [
        known('text', 'fullName', 'Họ, chữ đệm, tên của bạn', 'Your full name', 'person.fullName'),
        known('personalNumber', 'personalNumber', 'Số định danh cá nhân của bạn', 'Your personal number', 'person.personalNumber'),
        known('phone', 'phone', 'Số điện thoại', 'Phone number', 'person.phone'),
        known('email', 'email', 'Thư điện tử', 'E-mail', 'person.email'),
      ],
    },
    {
      id: 'cam-doan',
      title: { vi: 'Cam đoan', en: 'Declaration' },
      fields: [
        newField('declaration', 'declaration', {
          vi: 'Tôi cam đoan những điều đã khai là đúng và chịu trách nhiệm trước pháp luật',
          en: 'I declare that what I have stated is true and answer for it before the law',
        }),
      ],
    },
  ],
})
