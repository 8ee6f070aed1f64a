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
  notClosable: {
    code: 'scheme.period-not-closable',
    status: 422,
    message: { vi: 'Chỉ chốt trọn một tháng, một quý hoặc một năm.', en: 'Only a whole month, quarter or year is closed.' },
    next: { vi: 'Chọn ngày đầu và ngày cuối của kỳ.', en: 'Choose the first and last day of one.' },
  },
  stillRunning: {
    code: 'scheme.period-running',
    status: 409,
    message: { vi: 'Kỳ này chưa kết thúc, nên chưa chốt được.', en: 'This period is not over, so it cannot be closed yet.' },
    next: { vi: 'Chốt từ 00:00 ngày hôm sau ngày cuối kỳ.', en: 'Close it from 00:00 of the day after its last.' },
  },
  unchanged: {
    code: 'scheme.closed-unchanged',
    status: 409,
    message: {
      vi: 'Kỳ này đã chốt và số liệu không đổi từ lần chốt gần nhất.',
      en: 'This period is closed and no figure has changed since.',
    },
    next: { vi: 'Không cần chốt lại.', en: 'There is nothing to close again.' },
  },
  reasonMissing: {
    code: 'scheme.reason-missing',
    status: 422,
    message: {
      vi: 'Kỳ này đã chốt, nay số liệu khác: cần lý do để ghi bản điều chỉnh.',
      en: 'This period is closed and its figures differ now: a revision needs its reason.',
    },
    next: { vi: 'Viết lý do rồi chốt lại.', en: 'Write the reason and close again.' },
    fields: [{ path: 'reason', message: { vi: 'Viết lý do điều chỉnh.', en: 'Write why it is revised.' } }],
  },
  notClosed: {
    code: 'scheme.not-closed',
    status: 404,
    message: { vi: 'Kỳ này chưa được chốt theo bộ chỉ số đã chọn.', en: 'This period has not been closed under this scheme.' },
    next: { vi: 'Chốt kỳ ở trang Chốt số liệu.', en: 'Close it on the page of closed periods.' },
  },
} as const satisfies Record<string, Refusal>
