import type { Refusal } from '../../kernel/errors.ts'
import { fill } from '../../kernel/i18n/index.ts'

/** The calendar has no data for this year: a deadline is refused rather than guessed. */
export const yearUnknown = (year: string): Refusal => ({
  code: 'calendar.year-unknown',
  status: 422,
  message: fill(
    {
      vi: 'Chưa có lịch làm việc năm {year}, nên chưa tính được hạn.',
      en: 'There is no working calendar for {year}, so no deadline can be worked out.',
    },
    { year },
  ),
  next: { vi: 'Quản trị cần nạp lịch nghỉ của năm đó.', en: 'An administrator has to load the holidays of that year.' },
})

export const refusals = {
  limitInvalid: {
    code: 'calendar.limit-invalid',
    status: 422,
    message: {
      vi: 'Thời hạn phải là số nguyên từ 0 đến 3.650, đơn vị giờ, ngày, ngày làm việc hoặc tháng.',
      en: 'A time limit is a whole number from 0 to 3,650 in hours, days, working days or months.',
    },
  },
  pauseInvalid: {
    code: 'calendar.pause-invalid',
    status: 422,
    message: { vi: 'Khoảng tạm dừng phải kết thúc sau khi bắt đầu.', en: 'A pause must end after it begins.' },
  },
  ledgerInvalid: {
    code: 'calendar.ledger-invalid',
    status: 422,
    message: {
      vi: 'Diễn biến của thời hạn không hợp lệ: phải bắt đầu bằng lúc nhận, theo thứ tự thời gian, chỉ chạy tiếp khi đang tạm dừng.',
      en: 'The events of this deadline do not fit together: receipt comes first, in order of time, and only what is paused can go on.',
    },
  },
  dayInvalid: {
    code: 'calendar.day-invalid',
    status: 422,
    message: { vi: 'Có mục trong lịch chưa đúng.', en: 'Something in this calendar entry is not right.' },
  },
  dayNotFound: {
    code: 'calendar.day-not-found',
    status: 404,
    message: { vi: 'Ngày này không có trong lịch riêng.', en: 'This day is not in the local calendar.' },
  },
} as const satisfies Record<string, Refusal>
