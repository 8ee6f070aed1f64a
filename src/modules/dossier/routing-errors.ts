import type { Refusal } from '../../kernel/errors.ts'
import type { Text } from '../../kernel/i18n/index.ts'
import type { Stage } from './rules/dossier.ts'

/** Stages in which the office itself has the dossier. */
export const openClockStages: readonly Stage[] = ['received', 'processing', 'signing']

const reload: Text = { vi: 'Tải lại trang để xem tình trạng mới nhất.', en: 'Reload the page to see where it stands now.' }
const at = (path: string, vi: string, en: string) => ({ fields: [{ path, message: { vi, en } }] })

export const opinionRefusals = {
  notNow: {
    code: 'dossier.opinion-not-now',
    status: 409,
    message: { vi: 'Chỉ xin ý kiến khi hồ sơ đang được giải quyết.', en: 'Opinions are asked while the dossier is being worked on.' },
    next: reload,
  },
  questionMissing: {
    code: 'dossier.opinion-question-missing',
    status: 422,
    message: { vi: 'Chưa ghi cần hỏi điều gì.', en: 'The question is missing.' },
    next: { vi: 'Viết câu hỏi để cơ quan được hỏi trả lời được ngay.', en: 'Write it so that the other agency can answer at once.' },
    ...at('question', 'Viết nội dung cần hỏi.', 'Write the question.'),
  },
  nobodyAsked: {
    code: 'dossier.opinion-nobody-asked',
    status: 422,
    message: { vi: 'Chưa chọn cơ quan nào để hỏi.', en: 'No agency is chosen.' },
    ...at('agencies', 'Chọn ít nhất một cơ quan.', 'Choose at least one agency.'),
  },
  tooMany: {
    code: 'dossier.opinion-too-many',
    status: 422,
    message: { vi: 'Mỗi lần hỏi tối đa 10 cơ quan.', en: 'At most 10 agencies are asked at once.' },
    ...at('agencies', 'Bỏ bớt cơ quan.', 'Choose fewer.'),
  },
  asksItself: {
    code: 'dossier.opinion-asks-itself',
    status: 422,
    message: { vi: 'Cơ quan giải quyết không xin ý kiến chính mình.', en: 'The resolving agency does not ask itself.' },
    ...at('agencies', 'Bỏ chọn cơ quan của bạn.', 'Untick your own agency.'),
  },
  unknownAgency: {
    code: 'dossier.opinion-unknown-agency',
    status: 422,
    message: { vi: 'Có cơ quan không còn hoạt động.', en: 'An agency is no longer there.' },
    ...at('agencies', 'Chọn lại cơ quan.', 'Choose again.'),
  },
  noSuchPaper: {
    code: 'dossier.opinion-no-such-paper',
    status: 422,
    message: { vi: 'Có giấy tờ không thuộc hồ sơ này.', en: 'A paper is not of this dossier.' },
    next: reload,
  },
  notAsked: {
    code: 'dossier.opinion-not-asked',
    status: 404,
    message: { vi: 'Không tìm thấy yêu cầu xin ý kiến này.', en: 'There is no such question.' },
    next: reload,
  },
  cancelled: {
    code: 'dossier.opinion-cancelled',
    status: 409,
    message: { vi: 'Yêu cầu xin ý kiến này đã được rút lại.', en: 'This question was withdrawn.' },
    next: reload,
  },
  alreadyAnswered: {
    code: 'dossier.opinion-already-answered',
    status: 409,
    message: { vi: 'Cơ quan này đã trả lời rồi.', en: 'This agency has already answered.' },
    next: reload,
  },
  answerMissing: {
    code: 'dossier.opinion-answer-missing',
    status: 422,
    message: { vi: 'Chưa ghi ý kiến.', en: 'The answer is missing.' },
    ...at('answer', 'Viết ý kiến, nêu rõ lý do nếu không đồng ý.', 'Write it; say why when you do not agree.'),
  },
  verdictMissing: {
    code: 'dossier.opinion-verdict-missing',
    status: 422,
    message: { vi: 'Chưa chọn đồng ý hay không.', en: 'Agreement is not said.' },
    ...at('verdict', 'Chọn một mục.', 'Choose one.'),
  },
} as const satisfies Record<string, Refusal>

export const stepRefusals = {
  notOpen: {
    code: 'dossier.step-not-open',
    status: 409,
    message: {
      vi: 'Bước này không còn mở: đã xong hoặc chưa đến lượt.',
      en: 'This step is not open: it is done, or its turn has not come.',
    },
    next: reload,
  },
  noteMissing: {
    code: 'dossier.step-note-missing',
    status: 422,
    message: { vi: 'Cần ghi kết quả của bước.', en: 'What came of the step must be said.' },
    ...at('note', 'Viết ngắn gọn kết quả hoặc lý do.', 'Write in short what came of it, or why.'),
  },
} as const satisfies Record<string, Refusal>

/** The head cannot sign yet: named steps of other agencies are not done. */
export const othersFirst = (names: readonly Text[]): Refusal => ({
  code: 'dossier.others-first',
  status: 409,
  message: {
    vi: `Chưa trình ký được: còn bước ${names.map(({ vi }) => `"${vi}"`).join(', ')} ở cơ quan khác chưa xong.`,
    en: `Not to be signed yet: ${names.map(({ en }) => `“${en}”`).join(', ')} at another agency is not done.`,
  },
  next: {
    vi: 'Nhắc cơ quan đó, hoặc trưởng đơn vị kết thúc bước ấy và ghi lý do.',
    en: 'Remind that agency, or have the unit head end the step and say why.',
  },
})

export const linkRefusals = {
  notWaiting: {
    code: 'dossier.link-not-waiting',
    status: 409,
    message: { vi: 'Hồ sơ liên thông này đã mở rồi.', en: 'This linked dossier has already begun.' },
    next: reload,
  },
  wrongAgency: {
    code: 'dossier.link-wrong-agency',
    status: 422,
    message: { vi: 'Cơ quan này không giải quyết thủ tục liên thông.', en: 'This agency does not resolve the linked procedure.' },
    ...at('agencyCode', 'Chọn cơ quan khác.', 'Choose another agency.'),
  },
} as const satisfies Record<string, Refusal>
