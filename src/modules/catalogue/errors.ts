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
  editNotFound: {
    code: 'catalogue.edit-not-found',
    status: 404,
    message: { vi: 'Thủ tục này không có bản đang soạn.', en: 'Nobody is writing on this procedure.' },
    next: {
      vi: 'Bản soạn có thể vừa được ban hành hoặc bỏ đi. Mở thủ tục để xem các phiên bản.',
      en: 'It may just have been published or discarded. Open the procedure to see its versions.',
    },
  },
  editExists: {
    code: 'catalogue.edit-exists',
    status: 409,
    message: { vi: 'Thủ tục này đang có bản soạn dở.', en: 'This procedure is being written on already.' },
    next: { vi: 'Mở bản đang soạn, hoặc bỏ nó rồi làm lại.', en: 'Open that draft, or discard it first.' },
  },
  editChangedElsewhere: {
    code: 'catalogue.edit-changed-elsewhere',
    status: 409,
    message: {
      vi: '{by} vừa sửa phần này ở một cửa sổ khác. Chưa mất gì: bản của bạn ở dưới đây, bản đã lưu ghi bên cạnh.',
      en: '{by} just changed this part in another window. Nothing is lost: yours is below, theirs is told beside it.',
    },
    next: { vi: 'Xem lại rồi lưu lần nữa để lấy bản của bạn.', en: 'Look at both, then save again to keep yours.' },
  },
  notReady: {
    code: 'catalogue.edit-not-ready',
    status: 422,
    message: { vi: 'Thủ tục còn chỗ phải sửa nên chưa ban hành.', en: 'The procedure cannot be published yet.' },
    next: { vi: 'Sửa từng chỗ trong danh sách rồi ban hành lại.', en: 'Mend what is listed, then publish again.' },
  },
  wrongFile: {
    code: 'catalogue.wrong-file',
    status: 422,
    message: {
      vi: 'Tệp này chưa đọc được thành thủ tục. Chưa có gì được lưu.',
      en: 'This file is not a procedure yet. Nothing was saved.',
    },
    next: { vi: 'Sửa những chỗ dưới đây rồi gửi lại.', en: 'Mend the places below and send again.' },
  },
  notInForce: {
    code: 'catalogue.not-in-force',
    status: 422,
    message: {
      vi: 'Vào ngày đó thủ tục không còn hiệu lực nên không có gì để bãi bỏ.',
      en: 'The procedure is not in force on that day; there is nothing to end.',
    },
    next: { vi: 'Chọn ngày khác.', en: 'Choose another day.' },
  },
} as const satisfies Record<string, Refusal>
