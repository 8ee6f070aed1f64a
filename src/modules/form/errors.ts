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
  editNotFound: {
    code: 'form.edit-not-found',
    status: 404,
    message: { vi: 'Biểu mẫu này không có bản đang soạn.', en: 'Nobody is writing on this form.' },
    next: {
      vi: 'Bản soạn có thể vừa được ban hành hoặc bỏ đi. Mở biểu mẫu để xem các phiên bản.',
      en: 'It may just have been published or discarded. Open the form to see its versions.',
    },
  },
  editExists: {
    code: 'form.edit-exists',
    status: 409,
    message: { vi: 'Biểu mẫu này đang có bản soạn dở.', en: 'This form is being written on already.' },
    next: { vi: 'Mở bản đang soạn, hoặc bỏ nó rồi làm lại.', en: 'Open that draft, or discard it first.' },
  },
  codeTaken: {
    code: 'form.code-taken',
    status: 409,
    message: { vi: 'Mã biểu mẫu này đã có.', en: 'This form code is in use.' },
    next: { vi: 'Chọn mã khác, hoặc bỏ trống để hệ thống tự đặt.', en: 'Choose another, or leave it empty.' },
  },
  partGone: {
    code: 'form.edit-part-gone',
    status: 409,
    message: {
      vi: 'Phần này vừa được bỏ ở một cửa sổ khác. Điều bạn vừa ghi vẫn ở dưới đây.',
      en: 'This part was just removed in another window. What you wrote is below.',
    },
    next: { vi: 'Lưu lần nữa để đưa câu hỏi trở lại, hoặc quay về bản soạn.', en: 'Save again to bring it back, or return to the draft.' },
  },
  editChangedElsewhere: {
    code: 'form.edit-changed-elsewhere',
    status: 409,
    message: {
      vi: '{by} vừa sửa phần này ở một cửa sổ khác. Chưa mất gì: bản của bạn ở dưới đây, bản đã lưu ghi bên cạnh.',
      en: '{by} just changed this part in another window. Nothing is lost: yours is below, theirs is told beside it.',
    },
    next: { vi: 'Xem lại rồi lưu lần nữa để lấy bản của bạn.', en: 'Look at both, then save again to keep yours.' },
  },
  notReady: {
    code: 'form.edit-not-ready',
    status: 422,
    message: { vi: 'Biểu mẫu còn chỗ chưa dùng được nên chưa ban hành.', en: 'The form cannot be published yet.' },
    next: { vi: 'Sửa từng chỗ trong danh sách rồi ban hành lại.', en: 'Mend what is listed, then publish again.' },
  },
  nothingChanges: {
    code: 'form.nothing-changes',
    status: 422,
    message: {
      vi: 'Bản soạn không khác gì phiên bản có hiệu lực vào ngày đó.',
      en: 'Nothing differs from the version in force on that day.',
    },
    next: { vi: 'Sửa biểu mẫu, hoặc bỏ bản soạn.', en: 'Change the form, or discard the draft.' },
  },
  startsInThePast: {
    code: 'form.starts-in-the-past',
    status: 422,
    message: { vi: 'Phiên bản mới phải có hiệu lực từ hôm nay trở đi.', en: 'A new version must begin today or later.' },
    next: { vi: 'Chọn ngày hôm nay hoặc muộn hơn.', en: 'Choose today or a later day.' },
  },
  wrongFile: {
    code: 'form.wrong-file',
    status: 422,
    message: { vi: 'Tệp này chưa đọc được thành biểu mẫu. Chưa có gì được lưu.', en: 'This file is not a form yet. Nothing was saved.' },
    next: { vi: 'Sửa những chỗ dưới đây rồi gửi lại.', en: 'Mend the places below and send again.' },
  },
} as const satisfies Record<string, Refusal>
