import type { Text } from '../../../../kernel/i18n/index.ts'
import type { Field, FieldType, PrefillSourceName, SimpleField } from '../definition.ts'
import { numberText } from '../summary.ts'

/** Kinds of question in plain words, with what each is for. */
export const typeNames: Readonly<Record<FieldType, Text>> = {
  text: { vi: 'Chữ ngắn (một dòng)', en: 'Short text (one line)' },
  longText: { vi: 'Chữ dài (nhiều dòng)', en: 'Long text (several lines)' },
  number: { vi: 'Số', en: 'Number' },
  money: { vi: 'Số tiền (đồng)', en: 'Amount (đồng)' },
  date: { vi: 'Ngày tháng năm', en: 'Date' },
  choice: { vi: 'Chọn một', en: 'Choose one' },
  choices: { vi: 'Chọn nhiều', en: 'Choose several' },
  yesNo: { vi: 'Có hoặc Không', en: 'Yes or no' },
  address: { vi: 'Địa chỉ', en: 'Address' },
  personalNumber: { vi: 'Số định danh cá nhân', en: 'Personal number' },
  phone: { vi: 'Số điện thoại', en: 'Phone number' },
  email: { vi: 'Thư điện tử', en: 'E-mail' },
  file: { vi: 'Tệp đính kèm', en: 'Upload' },
  declaration: { vi: 'Lời cam đoan', en: 'Declaration' },
  group: { vi: 'Nhóm lặp lại (nhiều người, nhiều giấy tờ)', en: 'Repeated group (several people, papers)' },
}

export const prefillNames: Readonly<Record<PrefillSourceName, Text>> = {
  'person.fullName': { vi: 'Họ tên trong tài khoản', en: 'Name in the account' },
  'person.personalNumber': { vi: 'Số định danh trong tài khoản', en: 'Personal number in the account' },
  'person.birthDate': { vi: 'Ngày sinh trong tài khoản', en: 'Date of birth in the account' },
  'person.sex': { vi: 'Giới tính trong tài khoản', en: 'Sex in the account' },
  'person.phone': { vi: 'Số điện thoại trong tài khoản', en: 'Phone in the account' },
  'person.email': { vi: 'Thư điện tử trong tài khoản', en: 'E-mail in the account' },
  'person.address': { vi: 'Nơi cư trú trong tài khoản', en: 'Address in the account' },
}

export const whenNames: Readonly<Record<'past' | 'past-or-today' | 'today-or-future' | 'any', Text>> = {
  any: { vi: 'Ngày nào cũng được', en: 'Any day' },
  past: { vi: 'Trước hôm nay', en: 'Before today' },
  'past-or-today': { vi: 'Hôm nay hoặc trước đó', en: 'Today or before' },
  'today-or-future': { vi: 'Hôm nay hoặc sau đó', en: 'Today or later' },
}

/** Kinds of file that an upload may take. */
export const mediaNames: Readonly<Record<string, Text>> = {
  'application/pdf': { vi: 'PDF', en: 'PDF' },
  'image/jpeg': { vi: 'Ảnh JPG', en: 'JPG picture' },
  'image/png': { vi: 'Ảnh PNG', en: 'PNG picture' },
}

const between = (min: number | undefined, max: number | undefined): Text | undefined => {
  if (min === undefined && max === undefined) return undefined
  const [low, high] = [min === undefined ? '' : numberText(min), max === undefined ? '' : numberText(max)]
  if (max === undefined) return { vi: `từ ${low}`, en: `from ${low}` }
  if (min === undefined) return { vi: `đến ${high}`, en: `up to ${high}` }
  return { vi: `từ ${low} đến ${high}`, en: `from ${low} to ${high}` }
}

/** The limits of a question, one phrase each: "tối đa 200 ký tự". */
export function limitsOf(field: Field | SimpleField): Text[] {
  switch (field.type) {
    case 'text':
    case 'longText':
      return [{ vi: `tối đa ${field.maxLength} ký tự`, en: `at most ${field.maxLength} characters` }]
    case 'number':
    case 'money': {
      const range = between(field.min, field.type === 'money' && field.max >= 1e13 ? undefined : field.max)
      const whole: Text[] = field.type === 'number' && field.integer ? [{ vi: 'số nguyên', en: 'whole number' }] : []
      return range ? [...whole, range] : whole
    }
    case 'date':
      return field.when === 'any' ? [] : [{ vi: whenNames[field.when].vi.toLowerCase(), en: whenNames[field.when].en.toLowerCase() }]
    case 'choice':
    case 'choices':
      return [{ vi: field.options.map(({ label }) => label.vi).join(' · '), en: field.options.map(({ label }) => label.en).join(' · ') }]
    case 'file':
      return [
        {
          vi: `tối đa ${field.maxFiles} tệp, mỗi tệp ${Math.round(field.maxBytes / 1e6)} MB`,
          en: `at most ${field.maxFiles} files of ${Math.round(field.maxBytes / 1e6)} MB`,
        },
      ]
    case 'group':
      return [
        { vi: `từ ${field.min} đến ${field.max} mục`, en: `from ${field.min} to ${field.max} items` },
        { vi: `${field.fields.length} câu hỏi mỗi mục`, en: `${field.fields.length} questions an item` },
      ]
    default:
      return []
  }
}
