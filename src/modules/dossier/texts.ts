import type { Text } from '../../kernel/i18n/index.ts'
import type { Correction, DossierEventType } from './events.ts'
import type { Stage, Status } from './rules/dossier.ts'
import { type Action, transitions } from './rules/transitions.ts'

/** National names of the status codes (domain notes, section 2.7). */
export const statusTexts: Readonly<Record<Status, Text>> = {
  1: { vi: 'Mới đăng ký', en: 'New' },
  2: { vi: 'Được tiếp nhận', en: 'Received' },
  3: { vi: 'Không được tiếp nhận', en: 'Not accepted' },
  4: { vi: 'Đang xử lý', en: 'Being processed' },
  5: { vi: 'Yêu cầu bổ sung giấy tờ', en: 'More papers asked for' },
  6: { vi: 'Yêu cầu thực hiện nghĩa vụ tài chính', en: 'Payment asked for' },
  7: { vi: 'Công dân yêu cầu rút hồ sơ', en: 'Applicant withdraws' },
  8: { vi: 'Dừng xử lý', en: 'Stopped' },
  9: { vi: 'Đã xử lý xong', en: 'Result ready' },
  10: { vi: 'Đã trả kết quả', en: 'Result returned' },
}

export const stageTexts: Readonly<Record<Stage, Text>> = {
  submitted: { vi: 'Chờ tiếp nhận', en: 'Waiting to be received' },
  received: { vi: 'Chờ phân công', en: 'Waiting for a specialist' },
  processing: { vi: 'Đang thụ lý', en: 'Being processed' },
  signing: { vi: 'Chờ ký', en: 'Waiting for signature' },
  supplement: { vi: 'Chờ người nộp bổ sung', en: 'Waiting for the applicant' },
  payment: { vi: 'Chờ người nộp tiền', en: 'Waiting for payment' },
  withdrawn: { vi: 'Người nộp xin rút', en: 'Withdrawn by the applicant' },
  ready: { vi: 'Chờ trả kết quả', en: 'Result ready' },
  closed: { vi: 'Đã kết thúc', en: 'Closed' },
}

export const actionTexts: Readonly<Record<Action, Text>> = {
  receive: { vi: 'Tiếp nhận', en: 'Receive' },
  refuse: { vi: 'Từ chối tiếp nhận', en: 'Refuse' },
  assign: { vi: 'Phân công', en: 'Assign' },
  note: { vi: 'Ghi chú', en: 'Add a note' },
  'request-supplement': { vi: 'Yêu cầu bổ sung', en: 'Ask for more papers' },
  'answer-supplement': { vi: 'Nộp bổ sung', en: 'Hand in what was asked for' },
  'submit-for-signature': { vi: 'Trình ký', en: 'Submit for signature' },
  'send-back': { vi: 'Trả lại để làm lại', en: 'Send back' },
  issue: { vi: 'Ký và ban hành', en: 'Sign and issue' },
  return: { vi: 'Trả kết quả', en: 'Return the result' },
  withdraw: { vi: 'Rút hồ sơ', en: 'Withdraw' },
  stop: { vi: 'Dừng giải quyết', en: 'Stop' },
  pay: { vi: 'Ghi nhận nộp tiền', en: 'Record a payment' },
  digitise: { vi: 'Số hóa giấy tờ', en: 'Digitise a paper' },
  'request-payment': { vi: 'Yêu cầu nộp tiền', en: 'Ask for payment' },
  'settle-payment': { vi: 'Xác nhận đã nộp đủ', en: 'Confirm the payment' },
  extend: { vi: 'Xin lỗi và gia hạn', en: 'Apologise and extend' },
  reschedule: { vi: 'Tính lại hạn theo lịch mới', en: 'Move the due time to a changed calendar' },
  recall: { vi: 'Thu hồi kết quả', en: 'Take the result back' },
  'mark-uncollected': { vi: 'Ghi nhận chưa đến nhận kết quả', en: 'Record an uncollected result' },
  resume: { vi: 'Tiếp tục giải quyết', en: 'Go on with it' },
  transfer: { vi: 'Chuyển cơ quan giải quyết', en: 'Transfer to another agency' },
  correct: { vi: 'Sửa thông tin ghi nhầm', en: 'Correct a mistake' },
  undo: { vi: 'Lùi bước vừa làm nhầm', en: 'Take back the last step' },
}

/** What happened, as officers read it. */
export const eventTexts: Readonly<Record<DossierEventType, Text>> = {
  'dossier.submitted': { vi: 'Nộp hồ sơ', en: 'Submitted' },
  'dossier.received': { vi: 'Tiếp nhận', en: 'Received' },
  'dossier.refused': { vi: 'Từ chối tiếp nhận', en: 'Refused' },
  'dossier.assigned': { vi: 'Phân công cho {assignee}', en: 'Assigned to {assignee}' },
  'dossier.noted': { vi: 'Ghi chú', en: 'Note' },
  'dossier.supplement-requested': { vi: 'Yêu cầu bổ sung, tạm dừng thời hạn', en: 'More papers asked for; the clock stands still' },
  'dossier.supplement-answered': { vi: 'Nhận bổ sung, tính tiếp thời hạn', en: 'Supplement received; the clock goes on' },
  'dossier.submitted-for-signature': { vi: 'Trình ký', en: 'Submitted for signature' },
  'dossier.sent-back': { vi: 'Trả lại chuyên viên', en: 'Sent back to the specialist' },
  'dossier.issued': { vi: 'Ban hành kết quả', en: 'Result issued' },
  'dossier.returned': { vi: 'Trả kết quả', en: 'Result returned' },
  'dossier.withdrawn': { vi: 'Người nộp xin rút hồ sơ', en: 'Withdrawn by the applicant' },
  'dossier.stopped': { vi: 'Dừng giải quyết', en: 'Stopped' },
  'dossier.paid': { vi: 'Đã nộp {amount} đ', en: 'Paid {amount} VND' },
  'dossier.paper-digitised': { vi: 'Số hóa giấy tờ', en: 'Paper digitised' },
  'dossier.payment-requested': { vi: 'Yêu cầu nộp {amount} đ', en: 'Asked for {amount} VND' },
  'dossier.payment-settled': { vi: 'Xác nhận đã thực hiện nghĩa vụ tài chính', en: 'Payment confirmed' },
  'dossier.extended': { vi: 'Xin lỗi và hẹn lại: {due}', en: 'Apologised; new due time: {due}' },
  'dossier.rescheduled': { vi: 'Lịch làm việc thay đổi, hạn mới: {due}', en: 'The calendar changed; new due time: {due}' },
  'dossier.recalled': {
    vi: 'Thu hồi kết quả theo quyết định {decision}',
    en: 'Result taken back by decision {decision}',
  },
  'dossier.uncollected': { vi: 'Chưa đến nhận kết quả sau {days} ngày', en: 'Result not collected after {days} days' },
  'dossier.resumed': { vi: 'Người nộp tiếp tục yêu cầu giải quyết', en: 'The applicant wants it to go on' },
  'dossier.transferred': { vi: 'Chuyển đến {agency}', en: 'Transferred to {agency}' },
  'dossier.details-corrected': { vi: 'Sửa thông tin ghi nhầm', en: 'Mistake corrected' },
  'dossier.undone': { vi: 'Lùi bước làm nhầm: {steps}', en: 'Taken back: {steps}' },
  'dossier.imported': { vi: 'Nhập từ dữ liệu cũ', en: 'Imported from earlier data' },
  'dossier.corrected': { vi: 'Sửa theo dữ liệu nhập lại', en: 'Corrected by a later import' },
}

/** A step by its short name, where another sentence speaks of it. */
export const stepNames: Readonly<Partial<Record<DossierEventType, Text>>> = Object.fromEntries(
  Object.entries(transitions).map(([action, { event }]) => [event, actionTexts[action as Action]]),
)

/** What happened, in plain words for the applicant. Kinds that are the office's own business are not here. */
export const citizenTexts: Readonly<Partial<Record<DossierEventType, Text>>> = {
  'dossier.submitted': { vi: 'Bạn đã nộp hồ sơ.', en: 'You sent your dossier.' },
  'dossier.received': {
    vi: 'Cơ quan đã nhận hồ sơ. Bạn sẽ có kết quả trước {due}.',
    en: 'The office received your dossier. You will have a result by {due}.',
  },
  'dossier.refused': { vi: 'Cơ quan không tiếp nhận hồ sơ này: {note}', en: 'The office could not accept this dossier: {note}' },
  'dossier.assigned': { vi: 'Một chuyên viên đang xem hồ sơ của bạn.', en: 'A specialist is looking at your dossier.' },
  'dossier.supplement-requested': {
    vi: 'Cơ quan cần bạn bổ sung: {note} Thời hạn tạm dừng cho đến khi bạn gửi.',
    en: 'The office needs more from you: {note} The clock stands still until you send it.',
  },
  'dossier.supplement-answered': {
    vi: 'Cơ quan đã nhận phần bổ sung. Hạn mới: {due}.',
    en: 'The office has what you sent. New due time: {due}.',
  },
  'dossier.submitted-for-signature': { vi: 'Kết quả đang chờ lãnh đạo ký.', en: 'The result is waiting for signature.' },
  'dossier.issued': { vi: 'Đã có kết quả. Mời bạn đến nhận hoặc tải về.', en: 'The result is ready. Please collect or download it.' },
  'dossier.returned': { vi: 'Bạn đã nhận kết quả.', en: 'You have the result.' },
  'dossier.withdrawn': { vi: 'Bạn đã xin rút hồ sơ.', en: 'You asked to withdraw the dossier.' },
  'dossier.stopped': { vi: 'Cơ quan đã dừng giải quyết: {note}', en: 'The office stopped working on it: {note}' },
  'dossier.paid': { vi: 'Đã nhận {amount} đ.', en: '{amount} VND received.' },
  'dossier.payment-requested': {
    vi: 'Bạn cần nộp {amount} đ: {note}',
    en: 'Please pay {amount} VND: {note}',
  },
  'dossier.payment-settled': { vi: 'Cơ quan đã ghi nhận bạn nộp đủ tiền.', en: 'The office has your payment.' },
  'dossier.extended': {
    vi: 'Cơ quan xin lỗi vì chưa kịp trả kết quả và hẹn lại: {due}. Lý do: {note}',
    en: 'The office apologises for the delay. New due time: {due}. Reason: {note}',
  },
  'dossier.rescheduled': { vi: 'Lịch làm việc thay đổi, hạn mới là {due}.', en: 'The calendar changed; the new due time is {due}.' },
  'dossier.recalled': {
    vi: 'Cơ quan thu hồi kết quả để giải quyết lại, theo quyết định {decision}: {note}',
    en: 'The office took the result back to decide again, by decision {decision}: {note}',
  },
  'dossier.uncollected': {
    vi: 'Kết quả đã có từ {days} ngày trước mà bạn chưa đến nhận. Kết quả vẫn được giữ cho bạn.',
    en: 'Your result has been ready for {days} days. It is kept for you.',
  },
  'dossier.resumed': {
    vi: 'Bạn muốn tiếp tục; cơ quan giải quyết tiếp. Hạn mới: {due}.',
    en: 'You want it to go on. New due time: {due}.',
  },
  'dossier.transferred': {
    vi: 'Hồ sơ được chuyển đến {agency}, là cơ quan có thẩm quyền: {note}',
    en: 'The dossier went to {agency}, the competent agency: {note}',
  },
  'dossier.details-corrected': { vi: 'Cơ quan đã sửa thông tin ghi nhầm: {note}', en: 'The office corrected a mistake: {note}' },
  'dossier.undone': {
    vi: 'Cơ quan đã ghi nhầm bước "{steps}" và đã sửa lại: {note}',
    en: 'The office had recorded "{steps}" by mistake and took it back: {note}',
  },
  'dossier.sent-back': { vi: 'Kết quả được xem lại trước khi ký.', en: 'The result is looked at again before it is signed.' },
  'dossier.paper-digitised': {
    vi: 'Cơ quan đã chụp lại giấy tờ của bạn để lưu bản điện tử.',
    en: 'The office made a digital copy of your paper.',
  },
  'dossier.corrected': { vi: 'Cơ quan đã cập nhật dữ liệu của hồ sơ cũ này.', en: 'The office updated the data of this earlier dossier.' },
  'dossier.imported': { vi: 'Hồ sơ nộp trước khi dùng hệ thống này.', en: 'This dossier was filed before this system was in use.' },
}

/** What a correction can put right, as the history names it. */
export const correctedNames: Readonly<Record<Correction['field'], Text>> = {
  name: { vi: 'họ tên', en: 'name' },
  number: { vi: 'số định danh', en: 'personal number' },
  phone: { vi: 'điện thoại', en: 'phone' },
  email: { vi: 'thư điện tử', en: 'e-mail' },
  channel: { vi: 'kênh nộp', en: 'channel' },
  assisted: { vi: 'cán bộ nộp hộ:', en: 'filed with help:' },
  fee: { vi: 'phí, lệ phí', en: 'fee' },
  'paper-name': { vi: 'tên giấy số {paper}', en: 'name of paper {paper}' },
  'paper-reused': { vi: 'dùng lại giấy số {paper}:', en: 'paper {paper} reused:' },
  'paper-voided': { vi: 'bỏ giấy số {paper} ghi nhầm:', en: 'paper {paper} struck out:' },
}

export const channelNames = {
  online: { vi: 'trực tuyến', en: 'online' },
  counter: { vi: 'trực tiếp', en: 'counter' },
  post: { vi: 'bưu chính', en: 'post' },
} as const satisfies Record<string, Text>
