import type { Text } from '../../kernel/i18n/index.ts'

export const screenTexts = {
  nav: { vi: 'Màn hình lớn', en: 'Big screen' },
  title: { vi: 'Màn hình điều hành', en: 'Operations screen' },
  rates: { vi: 'Bốn tỷ lệ chính', en: 'Four main rates' },
  course: { vi: 'Ba cấp và diễn biến', en: 'Tiers and course' },
  behind: { vi: 'Đơn vị cần quan tâm', en: 'Units that need attention' },
  ahead: { vi: 'Đơn vị dẫn đầu', en: 'Units ahead' },
  score: { vi: 'Điểm bộ chỉ số 766', en: 'Index points (766)' },
  slides: { vi: 'Các trang', en: 'Slides' },
  pause: { vi: 'Dừng chuyển trang', en: 'Stop turning' },
  play: { vi: 'Tự chuyển trang', en: 'Turn by itself' },
  leave: { vi: 'Về bảng điều hành', en: 'Back to the board' },
  of: { vi: 'trên {max} điểm', en: 'of {max} points' },
  unknown: { vi: 'Chưa chấm được {points} điểm vì thiếu số liệu', en: '{points} points not scored for want of data' },
  least: { vi: 'Chỉ kể đơn vị có từ {n} hồ sơ', en: 'Units with {n} dossiers or more' },
  nothing: { vi: 'Chưa có số liệu', en: 'No figures yet' },
  asOf: { vi: 'Số liệu lúc {time}', en: 'As of {time}' },
} as const satisfies Record<string, Text>
