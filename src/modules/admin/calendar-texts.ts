import type { Text } from '../../kernel/i18n/index.ts'

/** Words of the page that shows what a change of the calendar moves. */
export const calendarTexts = {
  job: { vi: 'Dời hạn trả theo lịch làm việc mới', en: 'Move due times to the changed calendar' },
  title: { vi: 'Xem trước thay đổi lịch', en: 'What this change would move' },
  appliedTitle: { vi: 'Thay đổi lịch đã áp dụng', en: 'A change that was applied' },
  droppedTitle: { vi: 'Thay đổi lịch đã bỏ', en: 'A change that was dropped' },
  moves: {
    vi: 'Áp dụng sẽ dời hạn trả của {n} hồ sơ đang giải quyết: {later} muộn hơn, {earlier} sớm hơn.',
    en: 'It moves the due times of {n} open dossiers: {later} later, {earlier} earlier.',
  },
  movesNone: { vi: 'Không hồ sơ đang giải quyết nào bị dời hạn.', en: 'No open dossier’s due time moves.' },
  kept: { vi: '{n} hồ sơ giữ nguyên hạn vì hạn đã qua.', en: '{n} dossiers keep their due time, which has passed.' },
  unknown: { vi: '{n} hồ sơ không tính lại được nên giữ nguyên hạn.', en: '{n} dossiers cannot be worked out again and keep theirs.' },
  pastWarning: {
    vi: '{n} hồ sơ sẽ có hạn mới sớm hơn lúc này, tức thành quá hạn ngay. Mặc định các hồ sơ đó giữ hạn đã hẹn.',
    en: '{n} dossiers would be due before now, so overdue at once. Unless you say so they keep the promised time.',
  },
  movePast: { vi: 'Vẫn dời cả những hồ sơ này', en: 'Move these as well' },
  movePastHint: { vi: 'Người nộp đã được hẹn muộn hơn.', en: 'The applicants were promised a later time.' },
  past: { vi: 'sớm hơn lúc này', en: 'before now' },
  apply: { vi: 'Áp dụng', en: 'Apply' },
  drop: { vi: 'Bỏ bản nháp', en: 'Drop this draft' },
  list: { vi: 'Hạn trả thay đổi', en: 'Due times that move' },
  nothing: { vi: 'Không có hạn nào thay đổi', en: 'Nothing moves' },
  nothingHint: { vi: 'Lịch mới tính cho hồ sơ nhận từ nay.', en: 'The new calendar counts for what is received from now on.' },
  code: { vi: 'Mã hồ sơ', en: 'Code' },
  procedure: { vi: 'Thủ tục', en: 'Procedure' },
  agency: { vi: 'Cơ quan giải quyết', en: 'Agency' },
  from: { vi: 'Hạn đang hẹn', en: 'Due now' },
  to: { vi: 'Hạn mới', en: 'New due time' },
  state: { vi: 'Ghi chú', en: 'Note' },
  waiting: { vi: 'chờ dời', en: 'waits' },
  outcomes: {
    moved: { vi: 'đã dời', en: 'moved' },
    'changed-meanwhile': { vi: 'đã có hạn khác', en: 'due time set meanwhile' },
    closed: { vi: 'đã xong trước đó', en: 'finished before' },
  },
  appliedBy: { vi: '{who} áp dụng lúc {at}.', en: 'Applied by {who} at {at}.' },
  droppedBy: { vi: '{who} bỏ lúc {at}.', en: 'Dropped by {who} at {at}.' },
  progress: { vi: 'Đã xử lý {done} trong {n} hồ sơ', en: '{done} of {n} dossiers done' },
  others: {
    vi: '{n} hồ sơ không dời vì vừa kết thúc hoặc vừa có hạn khác.',
    en: '{n} dossiers were left alone: finished, or given another due time meanwhile.',
  },
} as const satisfies Record<string, Text | Record<string, Text>>
