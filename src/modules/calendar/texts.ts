import type { Text } from '../../kernel/i18n/index.ts'
import type { DayKind } from './rules/work-calendar.ts'

export const kindNames: Readonly<Record<DayKind, Text>> = {
  holiday: { vi: 'Nghỉ lễ', en: 'Holiday' },
  compensatory: { vi: 'Nghỉ bù, hoán đổi', en: 'Day in lieu or swapped' },
  working_saturday: { vi: 'Làm bù', en: 'Working Saturday' },
  closed: { vi: 'Nghỉ riêng', en: 'Closed here' },
  open: { vi: 'Làm việc riêng', en: 'Open here' },
}

export const certaintyNames: Readonly<Record<string, Text>> = {
  recalled: { vi: 'chưa đối chiếu', en: 'not confirmed' },
  computed: { vi: 'tính theo luật, chưa đối chiếu thông báo', en: 'computed from the law, no notice read' },
}

export const texts = {
  title: { vi: 'Lịch làm việc', en: 'Working calendar' },
  year: { vi: 'Lịch làm việc năm {year}', en: 'Working calendar {year}' },
  total: { vi: '{n} ngày làm việc trong năm.', en: '{n} working days this year.' },
  purpose: {
    vi: 'Hạn trả hồ sơ tính theo lịch này. Ô có dấu × là ngày nghỉ, dấu + là thứ Bảy làm bù.',
    en: 'Deadlines follow this calendar. × marks a day off, + a Saturday worked in exchange.',
  },
  before: { vi: 'Năm {year}', en: '{year}' },
  years: { vi: 'Chọn năm', en: 'Years' },
  month: { vi: 'Tháng {n}', en: 'Month {n}' },
  monthCount: { vi: '{n} ngày làm việc', en: '{n} working days' },
  today: { vi: 'hôm nay', en: 'today' },
  local: { vi: 'Ngày riêng của tỉnh và cơ quan', en: 'Local days' },
  noLocal: { vi: 'Năm này chưa có ngày riêng nào.', en: 'No local days this year.' },
  day: { vi: 'Ngày', en: 'Day' },
  kind: { vi: 'Nghỉ hay làm việc', en: 'Closed or open' },
  closed: { vi: 'Nghỉ, dù cả nước làm việc', en: 'Closed although others work' },
  open: { vi: 'Làm việc, dù cả nước nghỉ', en: 'Open although others are off' },
  reason: { vi: 'Lý do', en: 'Reason' },
  reasonHint: { vi: 'Ví dụ: Nghỉ tránh bão số 9', en: 'For example: closed for the storm' },
  source: { vi: 'Theo văn bản nào', en: 'By which document' },
  agency: { vi: 'Mã cơ quan', en: 'Agency code' },
  agencyHint: { vi: 'Để trống nếu áp dụng cho cả tỉnh.', en: 'Leave empty for the whole province.' },
  agencyNeeded: { vi: 'Cơ quan nghỉ hoặc làm việc riêng, thuộc phạm vi của bạn.', en: 'The agency it is for, within your reach.' },
  wholeProvince: { vi: 'Cả tỉnh', en: 'Whole province' },
  add: { vi: 'Thêm ngày riêng', en: 'Add a local day' },
  look: { vi: 'Xem thay đổi', en: 'Look at the change' },
  remove: { vi: 'Bỏ', en: 'Remove' },
  removeDay: { vi: 'Bỏ ngày {day}', en: 'Remove {day}' },
  keeps: {
    vi: 'Trước khi áp dụng, bạn xem được hạn của những hồ sơ đang giải quyết sẽ dời đến đâu. Hạn đã qua giữ nguyên.',
    en: 'Before it is applied you see which open dossiers’ due times it would move. Those that have passed stay.',
  },
  estimated: {
    vi: 'Chưa có thông báo lịch nghỉ năm {year}. Các ngày nghỉ dưới đây tính theo luật và lịch âm; khi có thông báo, quản trị nạp lịch mới.',
    en: 'No notice for {year} yet. The days off below follow from the law and the lunar calendar; an administrator loads the year once it is announced.',
  },
  legendOff: { vi: 'Nghỉ lễ, nghỉ bù, nghỉ riêng', en: 'Holiday, day in lieu, closed here' },
  legendWorked: { vi: 'Làm bù hoặc làm việc riêng', en: 'Worked in exchange, or open here' },
  legendWeekend: { vi: 'Nghỉ cuối tuần', en: 'Weekend' },
  legendToday: { vi: 'Hôm nay', en: 'Today' },
  sources: { vi: 'Nguồn của từng ngày', en: 'Where each day comes from' },
  certainty: { vi: 'Độ chắc chắn', en: 'Certainty' },
  confirmed: { vi: 'đã đối chiếu', en: 'confirmed' },
  changes: { vi: 'Thay đổi gần đây', en: 'Recent changes' },
  waits: { vi: '· bản nháp của {who}, chưa áp dụng', en: '· drafted by {who}, not applied yet' },
  applied: { vi: '· {who} đã áp dụng, dời hạn {n} hồ sơ', en: '· applied by {who}, {n} due times moved' },
  hoursLink: { vi: 'Giờ làm việc và cách tính hạn của từng cơ quan', en: 'Opening hours and rules of counting of each agency' },
  importLink: { vi: 'Nạp lịch nghỉ của một năm', en: 'Load the days off of a year' },
  weekdays: { vi: 'T2 T3 T4 T5 T6 T7 CN', en: 'Mo Tu We Th Fr Sa Su' },
} as const satisfies Record<string, Text>
