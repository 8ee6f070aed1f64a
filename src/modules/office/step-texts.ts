import type { Text } from '../../kernel/i18n/index.ts'

/** Words of the steps of a dossier's legal life. */
export const stepTexts = {
  ground: { vi: 'Căn cứ từ chối', en: 'Legal ground' },
  chooseGround: { vi: 'Chọn căn cứ', en: 'Choose the ground' },
  secondRound: {
    vi: 'Đây là lần yêu cầu bổ sung thứ {round}. Bộ chỉ số 766 tính hồ sơ này là trễ hạn khi yêu cầu bổ sung từ hai lần trở lên.',
    en: 'This is supplement round {round}. The 766 index counts a dossier with more than one round as late.',
  },
  confirmRound: { vi: 'Tôi biết và vẫn cần yêu cầu thêm', en: 'I know, and it is still needed' },
  roundHint: {
    vi: 'Ghi đủ mọi thứ còn thiếu vào một danh sách. Thời hạn tạm dừng cho đến khi nhận bổ sung.',
    en: 'Put everything that is missing into one list. The clock stands still until it arrives.',
  },
  roundHintBefore: {
    vi: 'Ghi đủ mọi thứ còn thiếu vào một danh sách. Hồ sơ chưa tiếp nhận nên thời hạn chưa chạy.',
    en: 'Put everything that is missing into one list. It is not received yet, so no clock runs.',
  },
  whatToPay: { vi: 'Nộp khoản gì, nộp ở đâu', en: 'What is to be paid, and where' },
  payHint: {
    vi: 'Thời hạn tạm dừng từ lúc thông báo đến khi nộp đủ, nếu quy định của cơ quan cho phép.',
    en: 'The clock stands still from the notice until it is paid, where the agency’s rule says so.',
  },
  settleHow: { vi: 'Người nộp đã', en: 'The applicant' },
  settlePaidHere: { vi: 'nộp đủ tại cơ quan', en: 'paid here in full' },
  settleElsewhere: { vi: 'nộp ở nơi khác, tôi đã xem chứng từ', en: 'paid elsewhere; I have seen the proof' },
  settleCancelled: { vi: 'không phải nộp nữa', en: 'need not pay any more' },
  settleNote: { vi: 'Chứng từ hoặc lý do', en: 'Proof or reason' },
  newDay: { vi: 'Ngày hẹn trả mới', en: 'New due day' },
  dayHint: { vi: 'Ngày làm việc, ví dụ 09/12/2026', en: 'A working day, such as 09/12/2026' },
  dayWrong: { vi: 'Viết ngày như 09/12/2026.', en: 'Write the day like 09/12/2026.' },
  apology: { vi: 'Lý do chậm, viết cho người nộp đọc', en: 'Why it takes longer, written for the applicant' },
  extendHint: {
    vi: 'Chỉ trước khi đến hạn, và chỉ một lần theo quy định. Hồ sơ được tính là hẹn lại.',
    en: 'Only before the due time, and only as often as the rule allows. The dossier counts as re-appointed.',
  },
  seeNewDue: { vi: 'Xem hạn mới', en: 'Show the new due time' },
  newDue: { vi: 'Hạn mới: {due}', en: 'New due time: {due}' },
  confirmExtend: { vi: 'Xin lỗi và gia hạn đến {day}', en: 'Apologise and extend to {day}' },
  decisionNumber: { vi: 'Số quyết định thu hồi', en: 'Number of the decision' },
  decisionDay: { vi: 'Ngày quyết định', en: 'Day of the decision' },
  recallHint: {
    vi: 'Kết quả đã ban hành không còn giá trị; hồ sơ được giải quyết lại.',
    en: 'The result no longer stands; the dossier is processed again.',
  },
  uncollectedHint: {
    vi: 'Kết quả vẫn được giữ, khi người nộp đến thì trả như thường.',
    en: 'The result is kept; it is returned as usual when the applicant comes.',
  },
  toAgency: { vi: 'Cơ quan có thẩm quyền', en: 'Competent agency' },
  chooseAgency: { vi: 'Chọn cơ quan', en: 'Choose the agency' },
  moveReception: { vi: 'Trả kết quả tại cơ quan đó', en: 'The result is handed over there' },
  transferHint: {
    vi: 'Thời gian còn lại tính theo lịch làm việc của cơ quan nhận. Mã hồ sơ giữ nguyên.',
    en: 'What is left of the time counts on that agency’s calendar. The code stays.',
  },
  correctHint: {
    vi: 'Chỉ sửa điều ghi nhầm. Lịch sử giữ nguyên cả nội dung cũ và mới; số liệu thống kê thay đổi theo.',
    en: 'Only for what was recorded wrongly. The history keeps both old and new; the counts follow.',
  },
  correctWhy: { vi: 'Nhầm ở đâu', en: 'What was wrong' },
  assistedYes: { vi: 'Cán bộ nộp hộ', en: 'Filed with help' },
  feeRight: { vi: 'Phí, lệ phí đúng (đồng)', en: 'The right fee (VND)' },
  voidPapers: { vi: 'Giấy tờ ghi nhầm, không tính', en: 'Papers recorded by mistake; they do not count' },
  undoWhat: {
    vi: 'Bước sẽ lùi: {step}. Hồ sơ trở lại đúng như trước bước đó; lịch sử ghi cả hai.',
    en: 'This takes back: {step}. The dossier stands as before it; the history keeps both.',
  },
  undoWhy: { vi: 'Nhầm thế nào, viết cho người nộp đọc', en: 'What went wrong, written for the applicant' },
  dueChanges: { vi: 'Các lần thay đổi hạn', en: 'Changes of the due time' },
  formerCode: { vi: 'Mã cũ', en: 'Former code' },
  voided: { vi: 'không còn giá trị', en: 'no longer stands' },
  uncollected: { vi: 'Chưa đến nhận kết quả', en: 'Result not collected' },
} as const satisfies Record<string, Text>

/** Why a due time moved, in a word. */
export const dueChangeTexts = {
  supplement: { vi: 'Chờ bổ sung', en: 'Waited for papers' },
  payment: { vi: 'Chờ nộp tiền', en: 'Waited for payment' },
  withdrawal: { vi: 'Người nộp xin rút rồi tiếp tục', en: 'Withdrawn and taken up again' },
  extension: { vi: 'Xin lỗi và hẹn lại', en: 'Apology and new date' },
  transfer: { vi: 'Chuyển cơ quan', en: 'Transferred' },
  recall: { vi: 'Thu hồi kết quả', en: 'Result taken back' },
  calendar: { vi: 'Lịch làm việc thay đổi', en: 'The calendar changed' },
  undo: { vi: 'Lùi bước làm nhầm', en: 'A step taken back' },
} as const satisfies Record<string, Text>
