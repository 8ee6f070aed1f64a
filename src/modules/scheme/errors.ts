import type { Refusal } from '../../kernel/errors.ts'
import type { Text } from '../../kernel/i18n/index.ts'

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
  noCase: {
    code: 'scheme.no-anomaly',
    status: 404,
    message: { vi: 'Trong kỳ này không có mục cần xem lại như vậy.', en: 'There is no such case in this period.' },
    next: { vi: 'Mở lại danh sách; số liệu có thể đã đổi.', en: 'Open the list again; the figures may have changed.' },
  },
  national: {
    code: 'scheme.national',
    status: 409,
    message: { vi: 'Mã này là của bộ chỉ số quốc gia.', en: 'This code is the national scheme’s.' },
    next: { vi: 'Đặt mã khác cho bộ chỉ số của tỉnh.', en: 'Give the province’s scheme another one.' },
    fields: [{ path: 'code', message: { vi: 'Đặt mã khác.', en: 'Choose another code.' } }],
  },
  codeTaken: {
    code: 'scheme.code-taken',
    status: 409,
    message: { vi: 'Đã có bộ chỉ số mang mã này.', en: 'There is a scheme with this code already.' },
    next: { vi: 'Đặt mã khác, hoặc mở bộ đó để soạn bản mới.', en: 'Choose another code, or open that scheme to write a new version.' },
    fields: [
      {
        path: 'code',
        message: {
          vi: 'Đã có bộ chỉ số mang mã này. Đặt mã khác, hoặc mở bộ đó để soạn bản mới.',
          en: 'There is a scheme with this code already. Choose another, or open that one to write a new version.',
        },
      },
    ],
  },
  versionUnchanged: {
    code: 'scheme.version-unchanged',
    status: 409,
    message: { vi: 'Bản này giống hệt bản đang có.', en: 'This version is the same as the one there is.' },
    next: { vi: 'Sửa một điểm rồi công bố.', en: 'Change something, then publish.' },
  },
  linesWrong: {
    code: 'scheme.lines-wrong',
    status: 422,
    message: { vi: 'Có dòng chưa đúng, nên chưa ghi số nào.', en: 'Some lines are wrong, so nothing was saved.' },
    next: { vi: 'Sửa các dòng bên dưới rồi nạp lại.', en: 'Correct the lines below and load again.' },
  },
} as const satisfies Record<string, Refusal>

export const PUBLISHED_MEANWHILE = 'scheme.published-meanwhile'

/** Somebody published of this scheme since it was opened: nothing is written over unseen. */
export const publishedMeanwhile = (who: string, when: Text): Refusal => ({
  code: PUBLISHED_MEANWHILE,
  status: 409,
  message: {
    vi: `${who} đã công bố bộ chỉ số này lúc ${when.vi}, sau khi bạn mở trang. Chưa công bố gì của bạn.`,
    en: `${who} published this scheme at ${when.en}, after your page was opened. Nothing of yours is published.`,
  },
  next: { vi: 'Xem phần vừa được công bố rồi gửi lại.', en: 'Look at what was published, then send yours again.' },
})
