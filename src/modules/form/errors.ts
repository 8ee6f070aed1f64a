import type { Refusal } from '../../kernel/errors.ts'

export const refusals = {
  formNotFound: {
    code: 'form.not-found',
    status: 404,
    message: { vi: 'Thủ tục này chưa có biểu mẫu điện tử.', en: 'This procedure has no e-form.' },
    next: { vi: 'Nộp tại quầy một cửa gần bạn.', en: 'File it at a counter near you.' },
  },
  pageNotFound: {
    code: 'form.page-not-found',
    status: 404,
    message: { vi: 'Biểu mẫu không có bước này.', en: 'The form has no such step.' },
    next: { vi: 'Quay lại danh sách các bước.', en: 'Go back to the list of steps.' },
  },
  draftNotFound: {
    code: 'form.draft-not-found',
    status: 404,
    message: { vi: 'Không có bản nháp nào cho thủ tục này.', en: 'There is no draft for this procedure.' },
    next: {
      vi: 'Hồ sơ có thể đã được gửi hoặc bản nháp đã xóa. Bắt đầu lại từ trang thủ tục.',
      en: 'It may have been sent or discarded. Start again from the procedure page.',
    },
  },
  changedElsewhere: {
    code: 'form.draft-changed-elsewhere',
    status: 409,
    message: {
      vi: 'Bước này vừa được sửa ở một cửa sổ khác. Chưa mất gì: xem cả hai câu trả lời rồi lưu lại.',
      en: 'This step was changed in another window. Nothing is lost: look at both answers, then save again.',
    },
    next: { vi: 'Kiểm tra các mục bên dưới rồi bấm lưu.', en: 'Check the answers below and save.' },
  },
  incomplete: {
    code: 'form.incomplete',
    status: 422,
    message: { vi: 'Còn mục chưa xong, chưa gửi được.', en: 'Some answers are still missing; it cannot be sent yet.' },
    next: { vi: 'Mở từng bước còn thiếu, điền rồi gửi lại.', en: 'Open each unfinished step, fill it in, and send again.' },
  },
} as const satisfies Record<string, Refusal>
