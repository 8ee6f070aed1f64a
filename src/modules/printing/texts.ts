import type { Text } from '../../kernel/i18n/index.ts'

export const texts = {
  title: { vi: 'Mẫu in', en: 'Printed forms' },
  lead: {
    vi: 'Mẫu giấy tờ của cơ chế một cửa theo từng thời kỳ. Mẫu được chọn theo ngày của bước mà giấy ghi nhận, nên giấy in lại của năm trước vẫn theo mẫu năm trước.',
    en: 'Forms of the one-stop mechanism by period. A form is chosen by the day of the step it documents, so a paper of an earlier year keeps that year’s form.',
  },
  from: { vi: 'Áp dụng từ {day}', en: 'From {day}' },
  inForce: { vi: 'Đang áp dụng', en: 'In force' },
  source: { vi: 'Nguồn', en: 'Source' },
  certainty: { vi: 'Mức chắc chắn', en: 'Certainty' },
  number: { vi: 'Mẫu số', en: 'Form' },
  name: { vi: 'Tên giấy', en: 'Title' },
  symbol: { vi: 'Ký hiệu', en: 'Symbol' },
  preview: { vi: 'Xem thử', en: 'Preview' },
  hard: { vi: 'tên dài, nhiều trang', en: 'long names, many pages' },
  invented: { vi: 'Bản xem thử dùng dữ liệu bịa.', en: 'Previews use invented data.' },
} as const satisfies Record<string, Text>

export const paperTexts = {
  a4: { vi: 'A4', en: 'A4' },
  a5: { vi: 'A5', en: 'A5' },
  roll: { vi: 'giấy cuộn 80 mm', en: '80 mm roll' },
} as const satisfies Record<string, Text>

export const certaintyTexts = {
  official: { vi: 'đối chiếu văn bản gốc', en: 'read in the original' },
  derived: { vi: 'theo nguồn thứ cấp', en: 'from a secondary source' },
  recalled: { vi: 'theo trí nhớ, cần đối chiếu', en: 'from memory, to be checked' },
  local: { vi: 'do tỉnh quy định', en: 'set by the province' },
} as const satisfies Record<string, Text>
