import type { Text } from './i18n/index.ts'

export type RefusalStatus = 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 429 | 503

/** One answer that needs mending. `path` is the input's name (`applicant.phone`, `children.0.name`). */
export interface FieldError {
  readonly path: string
  readonly message: Text
}

/** An expected "no": a stable code, an HTTP status, what happened, and what the person can do next. */
export interface Refusal {
  readonly code: string
  readonly status: RefusalStatus
  readonly message: Text
  readonly next?: Text
  readonly fields?: readonly FieldError[]
}

/** Carries a refusal through code that cannot return one (permission in the first line, `get` that must succeed). */
export class Refused extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.code)
    this.name = 'Refused'
    this.refusal = refusal
  }
}

export const refusals = {
  signInNeeded: {
    code: 'access.sign-in-needed',
    status: 401,
    message: { vi: 'Bạn cần đăng nhập để xem trang này.', en: 'Please sign in to see this page.' },
    next: { vi: 'Đăng nhập rồi thử lại.', en: 'Sign in and try again.' },
  },
  denied: {
    code: 'access.denied',
    status: 403,
    message: { vi: 'Bạn không có quyền làm việc này.', en: 'You may not do this.' },
    next: {
      vi: 'Nếu đây là việc của bạn, hãy nhờ quản trị của đơn vị cấp quyền.',
      en: 'If this is your work, ask your unit’s administrator for the right.',
    },
  },
  notFound: {
    code: 'not-found',
    status: 404,
    message: { vi: 'Không tìm thấy trang hoặc mục này.', en: 'This page or item does not exist.' },
    next: { vi: 'Kiểm tra lại địa chỉ hoặc quay về trang đầu.', en: 'Check the address or go back to the first page.' },
  },
  badRequest: {
    code: 'input.unreadable',
    status: 400,
    message: { vi: 'Không đọc được dữ liệu gửi lên.', en: 'What was sent could not be read.' },
    next: { vi: 'Quay lại, kiểm tra và gửi lại.', en: 'Go back, check and send again.' },
  },
  invalid: {
    code: 'input.invalid',
    status: 422,
    message: { vi: 'Có mục cần sửa.', en: 'Some answers need mending.' },
  },
  tooLarge: {
    code: 'input.too-large',
    status: 413,
    message: { vi: 'Nội dung gửi lên quá lớn.', en: 'What was sent is too large.' },
    next: { vi: 'Giảm dung lượng tệp rồi gửi lại.', en: 'Make the file smaller and send again.' },
  },
  notText: {
    code: 'input.not-text',
    status: 422,
    message: { vi: 'Tệp này không phải văn bản mã UTF-8.', en: 'This file is not text in UTF-8.' },
    next: {
      vi: 'Trong Excel, chọn Lưu thành, kiểu “CSV UTF-8”, rồi gửi tệp đó.',
      en: 'In Excel choose Save as, type “CSV UTF-8”, and send that file.',
    },
  },
  forged: {
    code: 'access.stale-form',
    status: 403,
    message: { vi: 'Trang này đã mở quá lâu hoặc được gửi từ nơi khác.', en: 'This page was open too long or was sent from elsewhere.' },
    next: { vi: 'Quay lại, tải lại trang rồi gửi lại.', en: 'Go back, reload the page and send again.' },
  },
  tooMany: {
    code: 'access.too-many-requests',
    status: 429,
    message: { vi: 'Bạn thao tác quá nhanh.', en: 'Too many requests.' },
    next: { vi: 'Đợi một phút rồi thử lại.', en: 'Wait a minute and try again.' },
  },
  requestReused: {
    code: 'request.reused',
    status: 409,
    message: { vi: 'Mã yêu cầu này đã được dùng cho một việc khác.', en: 'This request id was already used for something else.' },
    next: { vi: 'Tải lại trang rồi làm lại.', en: 'Reload the page and do it again.' },
  },
  busy: {
    code: 'service.busy',
    status: 503,
    message: { vi: 'Hệ thống đang bận.', en: 'The system is busy.' },
    next: { vi: 'Những gì bạn đã lưu vẫn còn. Thử lại sau ít giây.', en: 'What you saved is safe. Try again in a few seconds.' },
  },
} as const satisfies Record<string, Refusal>

/** A copy of a refusal with the answers that need mending. */
export const withFields = (refusal: Refusal, fields: readonly FieldError[]): Refusal => ({ ...refusal, fields })
