import type { Refusal } from '../../kernel/errors.ts'

export const tooManyStreams: Refusal = {
  code: 'board.too-many-streams',
  status: 429,
  message: { vi: 'Đang mở quá nhiều bảng tự cập nhật cùng lúc.', en: 'Too many live boards are open at once.' },
  next: {
    vi: 'Đóng bớt thẻ hoặc màn hình không dùng, rồi tải lại trang.',
    en: 'Close tabs or screens you do not need, then reload the page.',
  },
}
