import type { Refusal } from '../../kernel/errors.ts'

export const refusals = {
  unknown: {
    code: 'scheme.unknown',
    status: 404,
    message: { vi: 'Không có bộ chỉ số này.', en: 'There is no such index scheme.' },
    next: { vi: 'Chọn một bộ chỉ số trong danh sách.', en: 'Choose one of the list.' },
  },
  unitUnknown: {
    code: 'scheme.unit-unknown',
    status: 404,
    message: { vi: 'Không có đơn vị mang mã này trong kỳ đã chọn.', en: 'No unit had this code in the period.' },
    next: { vi: 'Kiểm tra mã và ngày: mã đổi khi đơn vị sáp nhập.', en: 'Check code and days: codes change when units merge.' },
  },
  noProvince: {
    code: 'scheme.no-province',
    status: 422,
    message: {
      vi: 'Chưa có cơ quan đứng đầu tỉnh vào ngày cuối của kỳ.',
      en: 'The province has no top agency on the last day of the period.',
    },
    next: { vi: 'Nạp danh sách cơ quan trước.', en: 'Load the agencies first.' },
  },
} as const satisfies Record<string, Refusal>
