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

export const unknownProvince: Refusal = {
  code: 'board.unknown-province',
  status: 404,
  message: { vi: 'Không có tỉnh, thành phố này trong hệ thống.', en: 'There is no such province in this installation.' },
  next: {
    vi: 'Mở trang Toàn quốc và chọn một tỉnh, thành phố trong bảng.',
    en: 'Open the page Provinces and choose one from the table.',
  },
}
