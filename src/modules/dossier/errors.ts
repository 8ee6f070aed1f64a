import type { Refusal } from '../../kernel/errors.ts'
import type { Text } from '../../kernel/i18n/index.ts'
import type { Stage } from './rules/dossier.ts'
import type { Action } from './rules/transitions.ts'
import { actionTexts, stageTexts } from './texts.ts'

const reload: Text = { vi: 'Tải lại trang để xem tình trạng mới nhất.', en: 'Reload the page to see where it stands now.' }

export const unknown: Refusal = {
  code: 'dossier.unknown',
  status: 404,
  message: { vi: 'Không tìm thấy hồ sơ này.', en: 'This dossier does not exist.' },
  next: { vi: 'Kiểm tra lại mã hồ sơ, hoặc tìm theo tên trong danh sách.', en: 'Check the code, or search the list by name.' },
}

/** One answer for a wrong code, a wrong proof and a dossier of somebody else: nothing can be learnt from it. */
export const notTracked: Refusal = {
  code: 'dossier.not-tracked',
  status: 404,
  message: {
    vi: 'Không có hồ sơ nào khớp với cả mã và số điện thoại này.',
    en: 'No dossier matches both this code and this phone number.',
  },
  next: {
    vi: 'Xem lại mã trên giấy tiếp nhận và 6 số cuối của điện thoại đã ghi khi nộp, hoặc đăng nhập để xem hồ sơ của bạn.',
    en: 'Check the code on your receipt and the last 6 digits of the phone number you gave, or sign in to see your dossiers.',
  },
}

export const trackedTooOften: Refusal = {
  code: 'dossier.tracked-too-often',
  status: 429,
  message: { vi: 'Đã thử quá nhiều lần.', en: 'There were too many tries.' },
  next: {
    vi: 'Đợi 15 phút rồi thử lại, hoặc đăng nhập để xem hồ sơ của bạn.',
    en: 'Wait 15 minutes and try again, or sign in to see your dossiers.',
  },
}

/** The dossier moved since the officer's page was rendered. `who` did `what` at `when` (in words). */
export const changedMeanwhile = (who: string, what: Text, when: Text): Refusal => ({
  code: 'dossier.changed-meanwhile',
  status: 409,
  message: {
    vi: `Hồ sơ đã thay đổi trong lúc bạn mở trang: ${who} đã làm "${what.vi}" lúc ${when.vi}.`,
    en: `The dossier changed while your page was open: ${who} did "${what.en}" at ${when.en}.`,
  },
  next: reload,
})

export const notPossibleNow = (action: Action, stage: Stage): Refusal => ({
  code: 'dossier.not-possible-now',
  status: 409,
  message: {
    vi: `Không thể "${actionTexts[action].vi}" khi hồ sơ đang ở bước "${stageTexts[stage].vi}".`,
    en: `"${actionTexts[action].en}" is not possible while the dossier is at "${stageTexts[stage].en}".`,
  },
  next: reload,
})

export const reasonNeeded: Refusal = {
  code: 'dossier.reason-needed',
  status: 422,
  message: { vi: 'Bước này cần ghi rõ lý do.', en: 'This step needs a reason.' },
  next: { vi: 'Viết lý do bằng lời dễ hiểu, người nộp sẽ đọc được.', en: 'Write it in plain words: the applicant will read it.' },
  fields: [{ path: 'note', message: { vi: 'Viết lý do.', en: 'Give the reason.' } }],
}

export const supplementAlreadyAsked: Refusal = {
  code: 'dossier.supplement-already-asked',
  status: 409,
  message: {
    vi: 'Hồ sơ này đã được yêu cầu bổ sung một lần; mỗi hồ sơ chỉ yêu cầu một lần.',
    en: 'More papers were already asked for once; a dossier is asked only once.',
  },
  next: {
    vi: 'Giải quyết theo giấy tờ đang có, hoặc liên hệ trực tiếp người nộp.',
    en: 'Decide on what is there, or speak with the applicant.',
  },
}

export const emptySupplement: Refusal = {
  code: 'dossier.supplement-empty',
  status: 422,
  message: { vi: 'Chưa có giấy tờ hoặc lời giải thích nào để gửi.', en: 'There is no paper and no explanation to send.' },
  next: { vi: 'Thêm giấy tờ được yêu cầu hoặc viết lời giải thích.', en: 'Add what was asked for, or write an explanation.' },
  fields: [
    { path: 'papers', message: { vi: 'Thêm ít nhất một giấy tờ hoặc lời giải thích.', en: 'Add at least one paper or an explanation.' } },
  ],
}

export const alreadyTheirs = (name: string): Refusal => ({
  code: 'dossier.already-assigned',
  status: 409,
  message: { vi: `${name} đang giữ hồ sơ này rồi.`, en: `${name} already holds this dossier.` },
  next: { vi: 'Chọn người khác nếu muốn chuyển.', en: 'Choose somebody else to move it.' },
})

export const electronicResultNeedsFile: Refusal = {
  code: 'dossier.electronic-result-needs-file',
  status: 422,
  message: { vi: 'Kết quả điện tử cần có tệp kết quả.', en: 'An electronic result needs its file.' },
  next: { vi: 'Đính kèm tệp kết quả đã ký, hoặc bỏ chọn "kết quả điện tử".', en: 'Attach the signed file, or untick "electronic result".' },
  fields: [{ path: 'results', message: { vi: 'Đính kèm tệp kết quả.', en: 'Attach the result file.' } }],
}

export const amountNotOwed = (owed: number): Refusal => ({
  code: 'dossier.amount-not-owed',
  status: 422,
  message:
    owed <= 0
      ? { vi: 'Hồ sơ này không còn khoản nào phải nộp.', en: 'Nothing is owed for this dossier.' }
      : {
          vi: `Số tiền phải từ 1 đến ${owed.toLocaleString('vi-VN')} đ.`,
          en: `The amount must be between 1 and ${owed.toLocaleString('en')} VND.`,
        },
  next: { vi: 'Kiểm tra lại số tiền phải nộp.', en: 'Check what is owed.' },
  fields: [{ path: 'amountVnd', message: { vi: 'Sửa số tiền.', en: 'Change the amount.' } }],
})

export const noSuchPaper: Refusal = {
  code: 'dossier.no-such-paper',
  status: 404,
  message: { vi: 'Hồ sơ không có giấy tờ này.', en: 'The dossier has no such paper.' },
  next: reload,
}

export const alreadyDigitised: Refusal = {
  code: 'dossier.already-digitised',
  status: 409,
  message: { vi: 'Giấy tờ này đã có bản số.', en: 'This paper already has a digital copy.' },
  next: reload,
}

export const unknownProcedure: Refusal = {
  code: 'dossier.unknown-procedure',
  status: 422,
  message: { vi: 'Thủ tục này không còn hiệu lực hôm nay.', en: 'This procedure is not in force today.' },
  next: { vi: 'Tìm thủ tục thay thế trong danh mục.', en: 'Look for its successor in the catalogue.' },
}

export const notOnline: Refusal = {
  code: 'dossier.not-online',
  status: 422,
  message: { vi: 'Thủ tục này chưa nộp trực tuyến được.', en: 'This procedure cannot be filed online yet.' },
  next: { vi: 'Nộp tại bộ phận một cửa gần bạn.', en: 'File it at a counter near you.' },
}

export const wrongAgency: Refusal = {
  code: 'dossier.wrong-agency',
  status: 422,
  message: { vi: 'Cơ quan này không giải quyết thủ tục đã chọn hôm nay.', en: 'This agency does not resolve the chosen procedure today.' },
  next: { vi: 'Chọn cơ quan trong danh sách của thủ tục.', en: 'Choose an agency from the procedure’s list.' },
  fields: [{ path: 'agencyCode', message: { vi: 'Chọn lại cơ quan.', en: 'Choose the agency again.' } }],
}

export const unknownForm: Refusal = {
  code: 'dossier.unknown-form',
  status: 422,
  message: { vi: 'Không có tờ khai này ở phiên bản đã gửi.', en: 'There is no such version of the form.' },
  next: { vi: 'Mở lại tờ khai của thủ tục rồi gửi lại.', en: 'Open the procedure’s form again and send it.' },
}

export const wrongForm: Refusal = {
  code: 'dossier.wrong-form',
  status: 422,
  message: {
    vi: 'Thủ tục này nộp bằng tờ khai riêng của nó; tờ khai gửi kèm còn thiếu hoặc không đúng.',
    en: 'This procedure is filed with its own form; the form sent is missing or another one.',
  },
  next: {
    vi: 'Mở thủ tục trong danh mục, điền tờ khai ở đó rồi gửi lại.',
    en: 'Open the procedure in the catalogue, fill in its form and send it again.',
  },
}

export const unknownAssignee: Refusal = {
  code: 'dossier.unknown-assignee',
  status: 422,
  message: {
    vi: 'Người này không thụ lý hồ sơ ở cơ quan giải quyết.',
    en: 'This person does not process dossiers at the resolving agency.',
  },
  next: { vi: 'Chọn chuyên viên trong danh sách.', en: 'Choose a specialist from the list.' },
  fields: [{ path: 'assigneeId', message: { vi: 'Chọn lại người thụ lý.', en: 'Choose again.' } }],
}

export const unknownFile: Refusal = {
  code: 'dossier.unknown-file',
  status: 422,
  message: { vi: 'Có tệp chưa được tải lên.', en: 'A file was not uploaded.' },
  next: { vi: 'Tải tệp lên rồi gửi lại.', en: 'Upload the file and send again.' },
  fields: [{ path: 'papers', message: { vi: 'Tải lại tệp.', en: 'Upload the file again.' } }],
}

/** Every refusal that is one fixed sentence, for the reference page of the API. */
export const refusals = {
  unknown,
  notTracked,
  trackedTooOften,
  reasonNeeded,
  supplementAlreadyAsked,
  emptySupplement,
  electronicResultNeedsFile,
  noSuchPaper,
  alreadyDigitised,
  unknownProcedure,
  notOnline,
  wrongAgency,
  unknownForm,
  wrongForm,
  unknownAssignee,
  unknownFile,
} as const satisfies Record<string, Refusal>
