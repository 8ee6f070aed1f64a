import { type Text, t } from '../../../kernel/i18n/index.ts'
import type { Field } from './definition.ts'

/** Sentences at a field: what to do, never what went wrong inside. `{label}` is the field's own label. */
export const sentences = {
  text: { vi: 'Nhập {label}.', en: 'Enter: {label}.' },
  choice: { vi: 'Chọn {label}.', en: 'Choose: {label}.' },
  yesNo: { vi: 'Chọn Có hoặc Không.', en: 'Choose Yes or No.' },
  declaration: { vi: 'Đánh dấu vào ô cam đoan để tiếp tục.', en: 'Tick the declaration to go on.' },
  file: { vi: 'Tải lên {label}.', en: 'Upload: {label}.' },
  address: {
    vi: 'Chọn tỉnh, xã và ghi số nhà, đường hoặc ấp cho {label}.',
    en: 'Choose province and commune, and give the street or hamlet, for: {label}.',
  },
  addressUnit: { vi: 'Chọn tỉnh, thành phố và xã, phường cho {label}.', en: 'Choose a province and a commune for: {label}.' },
  addressLine: { vi: 'Ghi số nhà, đường hoặc ấp, khóm cho {label}.', en: 'Give the house number, street or hamlet for: {label}.' },
  tooLong: { vi: '{label} dài quá {max} ký tự. Viết ngắn lại.', en: '{label}: at most {max} characters. Please shorten it.' },
  tooShort: { vi: '{label} cần ít nhất {min} ký tự.', en: '{label}: at least {min} characters.' },
  pattern: { vi: 'Kiểm tra lại {label}: chưa đúng dạng.', en: 'Check: {label}. It is not in the expected form.' },
  number: { vi: 'Nhập {label} bằng số, ví dụ 12,5.', en: '{label}: enter a number, such as 12.5.' },
  integer: { vi: 'Nhập {label} bằng số nguyên, ví dụ 12.', en: '{label}: enter a whole number, such as 12.' },
  money: {
    vi: 'Nhập {label} bằng đồng, chỉ gồm chữ số, ví dụ 50.000.',
    en: '{label}: enter an amount in đồng, digits only, such as 50,000.',
  },
  tooSmall: { vi: '{label} phải từ {min} trở lên.', en: '{label} must be {min} or more.' },
  tooBig: { vi: '{label} phải từ {max} trở xuống.', en: '{label} must be {max} or less.' },
  date: {
    vi: 'Nhập ngày, tháng, năm có thật cho {label}, ví dụ 27 3 1990.',
    en: '{label}: enter a real day, month and year, such as 27 3 1990.',
  },
  datePast: { vi: '{label} phải trước hôm nay.', en: '{label} must be before today.' },
  datePastOrToday: { vi: '{label} không được sau hôm nay.', en: '{label} must not be after today.' },
  dateFuture: { vi: '{label} phải từ hôm nay trở đi.', en: '{label} must be today or later.' },
  dateEarliest: { vi: 'Kiểm tra lại năm của {label}.', en: 'Check the year of: {label}.' },
  personalNumber: {
    vi: 'Nhập đủ 12 chữ số của số định danh cá nhân (in trên thẻ căn cước).',
    en: 'Enter all 12 digits of the personal number (printed on the identity card).',
  },
  personalNumberDoubt: {
    vi: 'Kiểm tra lại số định danh: năm sinh trong số không khớp với ngày sinh đã nhập. Nếu số trên thẻ đúng như vậy thì cứ tiếp tục.',
    en: 'Check the personal number: the birth year in it differs from the birth date given. If the card says so, just go on.',
  },
  phone: { vi: 'Nhập số điện thoại gồm 10 chữ số, ví dụ 0912 345 678.', en: 'Enter a phone number of 10 digits, such as 0912 345 678.' },
  email: { vi: 'Nhập địa chỉ thư điện tử đầy đủ, ví dụ ten@example.com.', en: 'Enter a full e-mail address, such as name@example.com.' },
  groupMin: { vi: 'Thêm ít nhất {min} mục vào {label}.', en: '{label}: add at least {min}.' },
  groupMax: { vi: '{label} nhận nhiều nhất {max} mục.', en: '{label}: at most {max}.' },
  fileType: { vi: 'Chọn tệp {label} thuộc loại: {types}.', en: '{label}: choose a file of type {types}.' },
  fileSize: {
    vi: 'Tệp {name} lớn quá {max} MB. Chụp hoặc quét lại nhẹ hơn.',
    en: '{name} is larger than {max} MB. Scan it again, lighter.',
  },
  fileMany: { vi: '{label} nhận nhiều nhất {max} tệp.', en: '{label}: at most {max} files.' },
  unreadable: { vi: 'Nhập lại {label}.', en: 'Enter again: {label}.' },
} as const satisfies Record<string, Text>

export type SentenceKey = keyof typeof sentences

/** A sentence about a field; its label fills `{label}` with a small first letter, as inside a sentence. */
export function say(
  key: SentenceKey,
  field: Pick<Field, 'label' | 'called'>,
  values: Readonly<Record<string, string | number>> = {},
): Text {
  const lower = (label: string) => {
    const plain = label.replace(/[?:.]\s*$/, '')
    // "Sở", "UBND", "CCCD" keep their capitals: only a capital followed by a small letter is lowered.
    return /^\p{Lu}\p{Ll}/u.test(plain) ? plain.charAt(0).toLowerCase() + plain.slice(1) : plain
  }
  const sentence = sentences[key]
  const name = field.called ?? field.label
  const upper = (label: string) => label.replace(/[?:.]\s*$/, '').replace(/^\p{Ll}/u, (first) => first.toUpperCase())
  const placed = (text: string, label: string) => (text.startsWith('{label}') ? upper(label) : lower(label))
  const inVi = t('vi', sentence, { ...values, label: placed(sentence.vi, name.vi) })
  const inEn = t('en', sentence, { ...values, label: placed(sentence.en, name.en) })
  return { vi: inVi, en: inEn }
}

/** What to do at a field that was left empty. */
export function missing(field: Field): Text {
  switch (field.type) {
    case 'choice':
    case 'choices':
      return say('choice', field)
    case 'yesNo':
    case 'declaration':
    case 'file':
      return say(field.type, field)
    case 'address':
      return say(field.lineRequired ? 'address' : 'addressUnit', field)
    case 'group':
      return say('groupMin', field, { min: Math.max(1, field.min) })
    default:
      return say('text', field)
  }
}
