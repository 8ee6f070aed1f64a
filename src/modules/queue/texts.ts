import type { Text } from '../../kernel/i18n/index.ts'
import type { TicketStage, TicketStep } from './rules/ticket.ts'

export const stageTexts: Readonly<Record<TicketStage, Text>> = {
  waiting: { vi: 'Đang chờ', en: 'Waiting' },
  called: { vi: 'Đang được gọi', en: 'Being called' },
  serving: { vi: 'Đang phục vụ', en: 'Being served' },
  served: { vi: 'Đã phục vụ', en: 'Served' },
  absent: { vi: 'Vắng mặt khi gọi', en: 'Absent when called' },
  expired: { vi: 'Hết hạn', en: 'Expired' },
}

export const stepTexts: Readonly<Record<TicketStep, Text>> = {
  taken: { vi: 'Lấy số', en: 'Take a number' },
  called: { vi: 'Gọi', en: 'Call' },
  recalled: { vi: 'Gọi lại', en: 'Call again' },
  started: { vi: 'Bắt đầu phục vụ', en: 'Start serving' },
  served: { vi: 'Xong', en: 'Done' },
  absent: { vi: 'Vắng mặt', en: 'Absent' },
  'came-back': { vi: 'Đã đến, xếp lại', en: 'Came back' },
  transferred: { vi: 'Chuyển lĩnh vực', en: 'Send on' },
  expired: { vi: 'Hết ngày', en: 'End of the day' },
}
