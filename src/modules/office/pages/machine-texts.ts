import type { Text } from '../../../kernel/i18n/index.ts'

export const machineTexts = {
  nav: { vi: 'Máy hỗ trợ nộp trực tuyến', en: 'Machines for helping people' },
  title: { vi: 'Máy hỗ trợ nộp hồ sơ trực tuyến', en: 'Machines for helping people file online' },
  lead: {
    vi: 'Đăng ký máy mà quầy hoặc tổ công nghệ số cộng đồng dùng để giúp người dân nộp trực tuyến. Hồ sơ gửi từ máy đã đăng ký được ghi là nộp có người hỗ trợ, nên không bị xem là một máy lạ nộp cho nhiều người.',
    en: 'Register the machines a counter or a community team uses to help people file online. What is sent from a registered machine is recorded as filed with help, so it never looks like an unknown device filing for many.',
  },
  here: { vi: 'Máy này', en: 'This machine' },
  hereKnown: { vi: 'Máy này đã đăng ký: “{name}”, {agency}.', en: 'This machine is registered: “{name}”, {agency}.' },
  hereUnknown: { vi: 'Máy này chưa đăng ký.', en: 'This machine is not registered.' },
  name: { vi: 'Tên máy', en: 'Name of the machine' },
  nameHint: { vi: 'Ví dụ: Máy tính bảng tổ công nghệ số ấp 3.', en: 'Such as: tablet of the digital team, hamlet 3.' },
  unit: { vi: 'Đơn vị hỗ trợ', en: 'Who helps with it' },
  save: { vi: 'Đăng ký máy này', en: 'Register this machine' },
  rename: { vi: 'Lưu tên mới', en: 'Save the new name' },
  saved: { vi: 'Đã đăng ký máy này.', en: 'This machine is registered.' },
  removed: { vi: 'Đã bỏ máy khỏi danh sách.', en: 'The machine was taken off the list.' },
  list: { vi: 'Máy của đơn vị', en: 'Machines of your unit' },
  none: { vi: 'Chưa đăng ký máy nào.', en: 'No machine is registered.' },
  since: { vi: 'Từ', en: 'Since' },
  by: { vi: 'Người đăng ký', en: 'Registered by' },
  remove: { vi: 'Bỏ', en: 'Remove' },
  removeHidden: { vi: '{name} khỏi danh sách', en: '{name} from the list' },
  note: {
    vi: 'Máy được nhận ra nhờ một cookie của trình duyệt. Đổi trình duyệt, xóa cookie hoặc không dùng máy trong {days} ngày thì đăng ký lại. Đăng xuất trước khi đưa máy cho người dân.',
    en: 'A machine is recognised by a cookie of its browser. After changing browsers, deleting cookies or {days} days without use, register it again. Sign out before handing it to people.',
  },
} as const satisfies Record<string, Text>
