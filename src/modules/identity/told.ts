import type { NewEvent } from '../../kernel/events.ts'

/**
 * The event by which the room of notices hears that an officer is to be told something. It stands on this floor, so it is known by the name
 * of the event alone.
 */
const NOTICE_ASKED = 'notice.asked'

const HREF = '/tai-khoan/hai-lop'

/** What an officer is told at home about their second factor. ASVS 5.0 6.3.7. */
const said = {
  added: {
    title: 'Tài khoản của bạn có thêm lớp bảo vệ',
    body: 'Đã thêm “{name}”. Nếu không phải bạn thêm, hãy đổi mật khẩu ngay và báo quản trị của đơn vị.',
  },
  removed: {
    title: 'Tài khoản của bạn bớt một lớp bảo vệ',
    body: 'Đã bỏ “{name}”. Nếu không phải bạn bỏ, hãy đổi mật khẩu ngay và báo quản trị của đơn vị.',
  },
  reset: {
    title: 'Lớp bảo vệ thứ hai của bạn đã được đặt lại',
    body: '{by} đã bỏ mọi cách xác thực của bạn. Lý do: {reason}. Hãy thiết lập lại. Nếu bạn không nhờ việc này, báo ngay quản trị của đơn vị.',
  },
  'recovery-used': {
    title: 'Một mã dự phòng của bạn vừa được dùng',
    body: 'Còn {left} mã. Nếu không phải bạn dùng, hãy đổi mật khẩu ngay và báo quản trị của đơn vị.',
  },
  locked: {
    title: 'Có người nhập sai mã xác thực của bạn nhiều lần',
    body: 'Họ đã biết mật khẩu của bạn (từ địa chỉ mạng {address}). Nếu không phải bạn, hãy đổi mật khẩu ngay và báo quản trị của đơn vị.',
  },
} as const

/** Asks for a notice to the officer whose factor it is about; recorded among the events of what happened. `key` makes it one notice. */
export function toldOf(
  what: keyof typeof said,
  key: string,
  officer: { readonly id: string; readonly agencyCode: string },
  facts: Readonly<Record<string, string | number>>,
): NewEvent {
  const { title, body } = said[what]
  return {
    type: NOTICE_ASKED,
    subject: officer.id,
    agencyCode: officer.agencyCode,
    data: {
      officerIds: [officer.id],
      key: `identity.factor ${what} ${key}`,
      title,
      body: body.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? '')),
      href: HREF,
    },
  }
}
