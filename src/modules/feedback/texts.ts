import type { Text } from '../../kernel/i18n/index.ts'
import type { PetitionStage } from './rules/petition.ts'
import type { PetitionAction, PetitionEventType } from './rules/petition-transitions.ts'
import type { Level } from './rules/rating.ts'
import type { PetitionKind } from './rules/settings.ts'

export const stageTexts: Readonly<Record<PetitionStage, Text>> = {
  received: { vi: 'Chờ xem xét', en: 'Waiting to be read' },
  clarifying: { vi: 'Chờ người gửi bổ sung', en: 'Waiting for the petitioner' },
  processing: { vi: 'Đang giải quyết', en: 'Being worked on' },
  signing: { vi: 'Chờ ký trả lời', en: 'Answer waits for signature' },
  publishing: { vi: 'Chờ công khai', en: 'Waiting for publication' },
  published: { vi: 'Đã công khai', en: 'Published' },
  answered: { vi: 'Đã trả lời riêng', en: 'Answered in private' },
  refused: { vi: 'Từ chối', en: 'Refused' },
  withdrawn: { vi: 'Đã rút', en: 'Withdrawn' },
}

export const actionTexts: Readonly<Record<PetitionAction, Text>> = {
  classify: { vi: 'Phân loại', en: 'Classify' },
  assign: { vi: 'Giao việc', en: 'Assign' },
  refuse: { vi: 'Từ chối', en: 'Refuse' },
  ask: { vi: 'Hỏi thêm người gửi', en: 'Ask the petitioner for more' },
  supply: { vi: 'Bổ sung', en: 'Give more' },
  accept: { vi: 'Tiếp nhận giải quyết', en: 'Accept' },
  transfer: { vi: 'Chuyển đơn vị khác', en: 'Transfer to another unit' },
  draft: { vi: 'Trình câu trả lời', en: 'Submit the answer' },
  'send-back': { vi: 'Trả lại để viết lại', en: 'Send back' },
  sign: { vi: 'Ký trả lời', en: 'Sign the answer' },
  publish: { vi: 'Công khai', en: 'Publish' },
  unpublish: { vi: 'Gỡ công khai', en: 'Take down' },
  vote: { vi: 'Bày tỏ ý kiến', en: 'Vote' },
  reraise: { vi: 'Yêu cầu xem lại', en: 'Raise again' },
  withdraw: { vi: 'Rút phản ánh', en: 'Withdraw' },
  note: { vi: 'Ghi chú nội bộ', en: 'Internal note' },
  'fall-late': { vi: 'Quá hạn', en: 'Became overdue' },
}

/** What a history says, to officers. */
export const eventTexts: Readonly<Record<PetitionEventType, Text>> = {
  'petition.filed': { vi: 'Gửi phản ánh', en: 'Filed' },
  'petition.classified': { vi: 'Phân loại', en: 'Classified' },
  'petition.assigned': { vi: 'Giao cho {assignee}', en: 'Assigned to {assignee}' },
  'petition.refused': { vi: 'Từ chối', en: 'Refused' },
  'petition.asked': { vi: 'Hỏi thêm người gửi', en: 'Asked the petitioner for more' },
  'petition.supplied': { vi: 'Người gửi bổ sung', en: 'The petitioner gave more' },
  'petition.accepted': { vi: 'Tiếp nhận giải quyết', en: 'Accepted' },
  'petition.transferred': { vi: 'Chuyển đến {agency}', en: 'Transferred to {agency}' },
  'petition.drafted': { vi: 'Trình câu trả lời', en: 'Answer submitted' },
  'petition.sent-back': { vi: 'Trả lại câu trả lời', en: 'Answer sent back' },
  'petition.signed': { vi: 'Ký trả lời', en: 'Answer signed' },
  'petition.published': { vi: 'Công khai', en: 'Published' },
  'petition.unpublished': { vi: 'Gỡ công khai', en: 'Taken down' },
  'petition.voted': { vi: 'Có ý kiến về câu trả lời', en: 'Somebody voted on the answer' },
  'petition.reraised': { vi: 'Người gửi yêu cầu xem lại', en: 'Raised again by the petitioner' },
  'petition.withdrawn': { vi: 'Người gửi rút', en: 'Withdrawn by the petitioner' },
  'petition.noted': { vi: 'Ghi chú', en: 'Note' },
  'petition.fell-late': { vi: 'Quá hạn', en: 'Became overdue' },
}

/** The same for the petitioner; what is not here is the office's own matter. */
export const plainTexts: Readonly<Partial<Record<PetitionEventType, Text>>> = {
  'petition.filed': { vi: 'Bạn gửi phản ánh.', en: 'You sent the petition.' },
  'petition.refused': { vi: '{agency} từ chối giải quyết.', en: '{agency} refused it.' },
  'petition.asked': { vi: '{agency} hỏi thêm bạn.', en: '{agency} asked you for more.' },
  'petition.supplied': { vi: 'Bạn gửi bổ sung.', en: 'You gave more.' },
  'petition.accepted': { vi: '{agency} nhận giải quyết.', en: '{agency} took it on.' },
  'petition.transferred': { vi: 'Phản ánh được chuyển đến {agency}.', en: 'It went on to {agency}.' },
  'petition.signed': { vi: '{agency} đã ký câu trả lời.', en: '{agency} signed the answer.' },
  'petition.published': { vi: 'Câu trả lời được công khai, không nêu tên bạn.', en: 'The answer was published, without your name.' },
  'petition.unpublished': { vi: 'Câu trả lời không còn công khai.', en: 'The answer is no longer public.' },
  'petition.reraised': { vi: 'Bạn yêu cầu xem lại.', en: 'You asked for another look.' },
  'petition.withdrawn': { vi: 'Bạn rút phản ánh.', en: 'You withdrew it.' },
}

/** One sentence for the petitioner: where it stands and whose turn it is. */
export const standTexts: Readonly<Record<PetitionStage, Text>> = {
  received: { vi: '{agency} đang đọc phản ánh của bạn.', en: '{agency} is reading your petition.' },
  clarifying: { vi: '{agency} cần bạn cho biết thêm. Thời hạn tạm dừng.', en: '{agency} needs more from you. The clock stands still.' },
  processing: { vi: '{agency} đang giải quyết.', en: '{agency} is working on it.' },
  signing: { vi: '{agency} đã soạn câu trả lời, chờ ký.', en: '{agency} has written an answer; it waits for signature.' },
  publishing: { vi: '{agency} đã trả lời. Câu trả lời sắp được công khai.', en: '{agency} has answered. The answer will soon be public.' },
  published: { vi: '{agency} đã trả lời.', en: '{agency} has answered.' },
  answered: { vi: '{agency} đã trả lời riêng cho bạn.', en: '{agency} has answered you.' },
  refused: { vi: '{agency} không giải quyết phản ánh này.', en: '{agency} will not deal with this petition.' },
  withdrawn: { vi: 'Bạn đã rút phản ánh.', en: 'You withdrew it.' },
}

export const kindTexts: Readonly<Record<PetitionKind, Text>> = {
  procedure: { vi: 'Về thủ tục, quy định', en: 'About a procedure or rule' },
  staff: { vi: 'Về cán bộ, công chức', en: 'About an officer' },
}

export const levelTexts: Readonly<Record<Level, Text>> = {
  good: { vi: 'Hài lòng', en: 'Satisfied' },
  fair: { vi: 'Bình thường', en: 'In between' },
  poor: { vi: 'Không hài lòng', en: 'Not satisfied' },
}
