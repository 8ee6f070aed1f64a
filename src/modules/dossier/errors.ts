import type { Temporal } from 'temporal-polyfill'
import type { Day } from '../../kernel/clock.ts'
import type { Refusal } from '../../kernel/errors.ts'
import type { Text } from '../../kernel/i18n/index.ts'
import { moment } from '../calendar/index.ts'
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

export const unknownMachine: Refusal = {
  code: 'machine.unknown',
  status: 404,
  message: { vi: 'Máy này không còn trong danh sách.', en: 'This machine is no longer on the list.' },
  next: { vi: 'Tải lại trang để xem danh sách mới nhất.', en: 'Reload the page to see the list.' },
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

/** `max`: how many rounds the rule of that day allows. */
export const supplementRoundsUsed = (max: number): Refusal => ({
  code: 'dossier.supplement-rounds-used',
  status: 409,
  message: {
    vi: `Hồ sơ này đã được yêu cầu bổ sung ${max} lần, là số lần nhiều nhất được phép.`,
    en: `More papers were asked for ${max} ${max === 1 ? 'time' : 'times'} already, as often as is allowed.`,
  },
  next: {
    vi: 'Giải quyết theo giấy tờ đang có, hoặc liên hệ trực tiếp người nộp.',
    en: 'Decide on what is there, or speak with the applicant.',
  },
})

export const supplementNeedsConfirmation = (round: number): Refusal => ({
  code: 'dossier.supplement-needs-confirmation',
  status: 409,
  message: {
    vi: `Đây là lần yêu cầu bổ sung thứ ${round}. Bộ chỉ số 766 tính hồ sơ này là trễ hạn khi yêu cầu bổ sung từ hai lần trở lên.`,
    en: `This is supplement round ${round}. The 766 index counts a dossier with more than one round as late.`,
  },
  next: {
    vi: 'Nếu vẫn cần, đánh dấu xác nhận rồi gửi lại. Gom hết giấy tờ còn thiếu vào một lần.',
    en: 'If it is still needed, tick the confirmation and send again. Put everything that is missing into one list.',
  },
  fields: [{ path: 'confirmed', message: { vi: 'Xác nhận để yêu cầu thêm lần nữa.', en: 'Confirm to ask once more.' } }],
})

export const groundNeeded: Refusal = {
  code: 'dossier.ground-needed',
  status: 422,
  message: { vi: 'Từ chối cần nêu căn cứ.', en: 'A refusal needs its legal ground.' },
  next: { vi: 'Chọn một căn cứ trong danh sách đang có hiệu lực.', en: 'Choose one from the list in force.' },
  fields: [{ path: 'ground', message: { vi: 'Chọn căn cứ.', en: 'Choose the ground.' } }],
}

export const amountNeeded: Refusal = {
  code: 'dossier.amount-needed',
  status: 422,
  message: { vi: 'Số tiền cần nộp phải lớn hơn 0.', en: 'The amount asked for must be more than 0.' },
  next: { vi: 'Nhập số tiền theo thông báo.', en: 'Enter the amount of the notice.' },
  fields: [{ path: 'amountVnd', message: { vi: 'Nhập số tiền.', en: 'Enter the amount.' } }],
}

const money = (amount: number): Text => ({ vi: `${amount.toLocaleString('vi-VN')} đ`, en: `${amount.toLocaleString('en')} VND` })

export const stillOwed = (owed: number): Refusal => ({
  code: 'dossier.still-owed',
  status: 409,
  message: { vi: `Người nộp còn thiếu ${money(owed).vi}.`, en: `${money(owed).en} is still owed.` },
  next: {
    vi: 'Ghi nhận số tiền đã nộp; hoặc chọn "nộp ở nơi khác" khi đã xem chứng từ, hoặc "không yêu cầu nữa".',
    en: 'Record what was paid; or choose "paid elsewhere" once you have seen the proof, or "no longer asked for".',
  },
  fields: [{ path: 'amountVnd', message: { vi: 'Nhập số tiền đã nộp.', en: 'Enter what was paid.' } }],
})

export const noDueTime: Refusal = {
  code: 'dossier.no-due-time',
  status: 409,
  message: { vi: 'Hồ sơ này chưa có hạn trả.', en: 'This dossier has no due time.' },
  next: { vi: 'Hạn trả được tính khi tiếp nhận.', en: 'It gets one when it is received.' },
}

export const extendTooLate = (latest: Temporal.Instant): Refusal => ({
  code: 'dossier.extend-too-late',
  status: 409,
  message: {
    vi: `Chỉ được xin lỗi và gia hạn trước ${moment(latest).vi}; lúc này đã muộn.`,
    en: `The due time can be put off only before ${moment(latest).en}; it is too late now.`,
  },
  next: {
    vi: 'Trả kết quả sớm nhất có thể; hồ sơ được tính là trễ hạn.',
    en: 'Return the result as soon as you can; the dossier counts as late.',
  },
})

export const newDueNotLater = (due: Temporal.Instant): Refusal => ({
  code: 'dossier.new-due-not-later',
  status: 422,
  message: { vi: `Hạn mới phải sau hạn cũ: ${moment(due).vi}.`, en: `The new due time must be after the old one: ${moment(due).en}.` },
  next: { vi: 'Chọn một ngày làm việc muộn hơn.', en: 'Choose a later working day.' },
  fields: [{ path: 'day', message: { vi: 'Chọn ngày muộn hơn.', en: 'Choose a later day.' } }],
})

/** `next` is the first working day after the one that was chosen. */
export const notAWorkingDay = (next: Day): Refusal => ({
  code: 'dossier.not-a-working-day',
  status: 422,
  message: { vi: 'Cơ quan không làm việc ngày này.', en: 'The office does not work on this day.' },
  next: {
    vi: `Ngày làm việc tiếp theo là ${next.split('-').reverse().join('/')}.`,
    en: `The next working day is ${next.split('-').reverse().join('/')}.`,
  },
  fields: [{ path: 'day', message: { vi: 'Chọn ngày làm việc.', en: 'Choose a working day.' } }],
})

export const extensionsUsed = (max: number): Refusal => ({
  code: 'dossier.extensions-used',
  status: 409,
  message: {
    vi: `Hồ sơ này đã được hẹn lại ${max} lần, là số lần nhiều nhất được phép.`,
    en: `This dossier was already put off ${max} ${max === 1 ? 'time' : 'times'}, as often as is allowed.`,
  },
  next: { vi: 'Trả kết quả theo hạn đang có.', en: 'Keep to the due time it has.' },
})

export const dueUnchanged: Refusal = {
  code: 'dossier.due-unchanged',
  status: 409,
  message: { vi: 'Lịch mới không làm thay đổi hạn của hồ sơ này.', en: 'The calendar does not move this due time.' },
  next: reload,
}

export const decisionNeeded: Refusal = {
  code: 'dossier.decision-needed',
  status: 422,
  message: { vi: 'Thu hồi kết quả cần có quyết định.', en: 'A result is taken back only by a decision.' },
  next: { vi: 'Ghi số và ngày của quyết định thu hồi.', en: 'Give the number and the day of the decision.' },
  fields: [{ path: 'decisionNumber', message: { vi: 'Ghi số quyết định.', en: 'Give its number.' } }],
}

export const decisionDayWrong: Refusal = {
  code: 'dossier.decision-day-wrong',
  status: 422,
  message: {
    vi: 'Ngày quyết định thu hồi phải từ ngày có kết quả đến hôm nay.',
    en: 'The decision’s day must lie between the day of the result and today.',
  },
  next: { vi: 'Xem lại ngày trên quyết định.', en: 'Check the day on the decision.' },
  fields: [{ path: 'decisionDay', message: { vi: 'Sửa ngày quyết định.', en: 'Correct the day.' } }],
}

export const alreadyUncollected: Refusal = {
  code: 'dossier.already-uncollected',
  status: 409,
  message: { vi: 'Đã ghi nhận là chưa đến nhận kết quả.', en: 'It is already recorded as not collected.' },
  next: { vi: 'Khi người nộp đến, trả kết quả như thường lệ.', en: 'When the applicant comes, return the result as usual.' },
}

export const notYetUncollected = (after: number, days: number): Refusal => ({
  code: 'dossier.not-yet-uncollected',
  status: 409,
  message: {
    vi: `Chỉ ghi nhận khi kết quả đã có ${after} ngày; hiện mới ${days} ngày.`,
    en: `This is recorded ${after} days after the result is ready; it has been ${days}.`,
  },
  next: { vi: 'Nhắc người nộp đến nhận.', en: 'Remind the applicant.' },
})

export const sameAgency = (name: string): Refusal => ({
  code: 'dossier.same-agency',
  status: 422,
  message: { vi: `${name} đang giải quyết hồ sơ này rồi.`, en: `${name} already resolves this dossier.` },
  next: { vi: 'Chọn cơ quan khác.', en: 'Choose another agency.' },
  fields: [{ path: 'agencyCode', message: { vi: 'Chọn cơ quan khác.', en: 'Choose another agency.' } }],
})

export const nameNeeded: Refusal = {
  code: 'dossier.name-needed',
  status: 422,
  message: { vi: 'Họ tên người nộp không được để trống.', en: 'The applicant’s name cannot be empty.' },
  next: { vi: 'Nhập họ tên đúng.', en: 'Enter the right name.' },
  fields: [{ path: 'name', message: { vi: 'Nhập họ tên.', en: 'Enter the name.' } }],
}

export const feeBelowPaid = (paid: number): Refusal => ({
  code: 'dossier.fee-below-paid',
  status: 422,
  message: {
    vi: `Phí không thể thấp hơn số đã nộp (${money(paid).vi}).`,
    en: `The fee cannot be less than what was paid (${money(paid).en}).`,
  },
  next: { vi: 'Hoàn tiền theo quy định trước khi sửa phí.', en: 'Give the money back first.' },
  fields: [{ path: 'feeVnd', message: { vi: 'Sửa số tiền.', en: 'Change the amount.' } }],
})

export const nothingToCorrect: Refusal = {
  code: 'dossier.nothing-to-correct',
  status: 422,
  message: { vi: 'Chưa có gì khác với thông tin đang ghi.', en: 'Nothing differs from what is recorded.' },
  next: { vi: 'Sửa ít nhất một mục rồi gửi lại.', en: 'Change at least one thing and send again.' },
}

export const nothingToUndo: Refusal = {
  code: 'dossier.nothing-to-undo',
  status: 409,
  message: { vi: 'Không có bước nào để lùi.', en: 'There is no step to take back.' },
  next: reload,
}

export const undoNotOurs: Refusal = {
  code: 'dossier.undo-not-ours',
  status: 409,
  message: {
    vi: 'Bước này do người nộp làm, cơ quan không lùi được.',
    en: 'The applicant took this step; the office cannot take it back.',
  },
  next: {
    vi: 'Nếu người nộp muốn tiếp tục, dùng bước "Tiếp tục giải quyết".',
    en: 'If the applicant wants it to go on, use "Go on with it".',
  },
}

export const undoNotYours: Refusal = {
  code: 'dossier.undo-not-yours',
  status: 403,
  message: {
    vi: 'Chỉ người vừa làm bước này được lùi, trong cùng ngày; sau đó cần lãnh đạo đơn vị.',
    en: 'Only who took the step can take it back, on the same day; later the unit’s head can.',
  },
  next: { vi: 'Nhờ lãnh đạo đơn vị lùi bước này.', en: 'Ask the unit’s head.' },
}

export const undoOvertaken: Refusal = {
  code: 'dossier.undo-overtaken',
  status: 409,
  message: {
    vi: 'Sau bước này hồ sơ đã có thay đổi khác dựa trên nó, nên không lùi được nữa.',
    en: 'Something else has changed since because of this step, so it cannot be taken back.',
  },
  next: { vi: 'Dùng bước tiếp theo phù hợp, hoặc "Sửa thông tin ghi nhầm".', en: 'Use the step that fits, or "Correct a mistake".' },
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
  groundNeeded,
  amountNeeded,
  noDueTime,
  dueUnchanged,
  decisionNeeded,
  decisionDayWrong,
  alreadyUncollected,
  nameNeeded,
  nothingToCorrect,
  nothingToUndo,
  undoNotOurs,
  undoNotYours,
  undoOvertaken,
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
