import type { Text } from '../../kernel/i18n/index.ts'

export const printTexts = {
  papers: { vi: 'Giấy tờ in', en: 'Papers to print' },
  printNow: { vi: 'In {title}', en: 'Print: {title}' },
  round: { vi: '{title}, lần {n}', en: '{title}, no. {n}' },
  undone: { vi: 'bước đã hủy, không giao giấy này', en: 'step taken back, not to be handed out' },
  imported: { vi: 'in lại từ dữ liệu cũ, không có số', en: 'from earlier data, without a number' },
  slip: { vi: 'Phiếu kiểm soát quá trình giải quyết', en: 'Slip of hand-overs' },
  sent: { vi: 'Giấy tờ cơ quan gửi bạn', en: 'Papers from the office' },
} as const satisfies Record<string, Text>
