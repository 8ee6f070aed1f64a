import type { Text } from '../../kernel/i18n/index.ts'

export const texts = {
  title: { vi: 'Thông báo', en: 'Notices' },
  unread: { vi: '{count} chưa đọc', en: '{count} unread' },
  allRead: { vi: 'Đã đọc hết.', en: 'All read.' },
  open: { vi: 'Mở', en: 'Open' },
  markRead: { vi: 'Đánh dấu đã đọc', en: 'Mark as read' },
  markAll: { vi: 'Đánh dấu đã đọc tất cả', en: 'Mark all as read' },
  new: { vi: 'Mới', en: 'New' },
  none: { vi: 'Chưa có thông báo nào', en: 'No notices yet' },
  noneNext: {
    vi: 'Nhắc việc của chiến dịch và những việc cần bạn biết sẽ nằm ở đây.',
    en: 'Reminders of campaigns and what you should know will be here.',
  },
  newest: { vi: 'Hiện {count} thông báo mới nhất.', en: 'The newest {count} notices are shown.' },
} as const satisfies Record<string, Text>
