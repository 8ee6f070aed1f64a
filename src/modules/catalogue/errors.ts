import type { Refusal } from '../../kernel/errors.ts'

export const refusals = {
  procedureNotFound: {
    code: 'catalogue.procedure-not-found',
    status: 404,
    message: { vi: 'Không có thủ tục mang mã này vào ngày này.', en: 'No procedure has this code on this day.' },
    next: { vi: 'Kiểm tra mã, hoặc tìm thủ tục theo tên.', en: 'Check the code, or search by name.' },
  },
  startsInThePast: {
    code: 'catalogue.starts-in-the-past',
    status: 422,
    message: { vi: 'Phiên bản mới phải có hiệu lực từ hôm nay trở đi.', en: 'A new version must begin today or later.' },
    next: { vi: 'Chọn ngày hôm nay hoặc muộn hơn.', en: 'Choose today or a later day.' },
  },
  nothingChanges: {
    code: 'catalogue.nothing-changes',
    status: 422,
    message: {
      vi: 'Không có gì khác so với phiên bản có hiệu lực vào ngày đó.',
      en: 'Nothing differs from the version in force on that day.',
    },
  },
  unknownField: {
    code: 'catalogue.unknown-field',
    status: 422,
    message: { vi: 'Lĩnh vực này chưa có trong danh mục.', en: 'This field is not in the catalogue.' },
    next: { vi: 'Chọn một lĩnh vực trong danh sách.', en: 'Choose a field from the list.' },
  },
  stepsDoNotAddUp: {
    code: 'catalogue.steps-do-not-add-up',
    status: 422,
    message: { vi: 'Tổng thời gian các bước phải bằng thời hạn của thủ tục.', en: 'The steps together must take the whole time limit.' },
    next: { vi: 'Sửa thời gian từng bước rồi gửi lại.', en: 'Change the time of the steps and send again.' },
  },
  processIsWrong: {
    code: 'catalogue.process-is-wrong',
    status: 422,
    message: { vi: 'Quy trình nội bộ chưa dùng được.', en: 'The internal process cannot be used yet.' },
    next: {
      vi: 'Sửa các chỗ được nêu trong trang Quy trình rồi gửi lại.',
      en: 'Mend what is named, on the page of the process, and send again.',
    },
  },
  alreadyExists: {
    code: 'catalogue.already-exists',
    status: 409,
    message: { vi: 'Mã thủ tục này đã có.', en: 'This procedure code is already in use.' },
    next: { vi: 'Mở thủ tục đó và tạo phiên bản mới.', en: 'Open that procedure and make a new version.' },
  },
} as const satisfies Record<string, Refusal>
