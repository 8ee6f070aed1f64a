import { refusals as common, type Refusal, withFields } from '../../kernel/errors.ts'
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

/** A year that would lose its holidays. */
export const noHolidays = ({ year, holidays }: { year: number; holidays: number }): Refusal => ({
  code: 'calendar.year-incomplete',
  status: 422,
  message: fill(
    {
      vi: 'Năm {year} trong tệp chỉ có {n} ngày nghỉ lễ; cần đủ 11 ngày theo Điều 112 Bộ luật Lao động.',
      en: 'The file has only {n} holidays for {year}; the Labour Code (Art. 112) has 11.',
    },
    { year: String(year), n: holidays },
  ),
  next: {
    vi: 'Đưa vào tệp đủ mọi ngày nghỉ của năm, vì cả năm được thay mới.',
    en: 'Put every day off of the year into the file: the whole year is replaced.',
  },
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
  settingNotFound: {
    code: 'calendar.setting-not-found',
    status: 404,
    message: {
      vi: 'Không có thiết lập riêng từ ngày này, hoặc không bỏ được.',
      en: 'There is nothing of its own from this day, or it must stay.',
    },
  },
  changeNotFound: {
    code: 'calendar.change-not-found',
    status: 404,
    message: { vi: 'Không tìm thấy thay đổi lịch này.', en: 'This change of the calendar does not exist.' },
  },
  changeSettled: {
    code: 'calendar.change-settled',
    status: 409,
    message: { vi: 'Thay đổi này đã được áp dụng hoặc đã bỏ.', en: 'This change was applied or dropped already.' },
    next: { vi: 'Mở lại trang để xem kết quả.', en: 'Open the page again to see how it stands.' },
  },
  dayNotFound: {
    code: 'calendar.day-not-found',
    status: 404,
    message: { vi: 'Ngày này không có trong lịch riêng.', en: 'This day is not in the local calendar.' },
  },
} as const satisfies Record<string, Refusal>

/** A mistyped agency code. */
export function noSuchAgency(code: string): Refusal {
  const message = fill({ vi: 'Không có cơ quan nào mang mã {code}.', en: 'No agency has the code {code}.' }, { code })
  return withFields(common.invalid, [{ path: 'agencyCode', message }])
}
