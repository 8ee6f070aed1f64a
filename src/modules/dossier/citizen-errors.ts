import type { Refusal } from '../../kernel/errors.ts'

export const citizenRefusals = {
  messageEmpty: {
    code: 'message.empty',
    status: 422,
    message: { vi: 'Tin nhắn chưa có nội dung.', en: 'The message is empty.' },
    fields: [{ path: 'text', message: { vi: 'Viết tin nhắn, hoặc chọn một tệp.', en: 'Write a message, or choose a file.' } }],
  },
  messagesClosed: {
    code: 'message.closed',
    status: 409,
    message: {
      vi: 'Hồ sơ đã kết thúc từ lâu nên không nhắn tin được nữa.',
      en: 'This dossier ended long ago; no more messages can be sent.',
    },
    next: {
      vi: 'Cần hỏi thêm, mời bạn gửi phản ánh, kiến nghị hoặc đến bộ phận một cửa.',
      en: 'To ask something, send a petition or come to the counter.',
    },
  },
  trialUnknown: {
    code: 'trial.unknown',
    status: 404,
    message: { vi: 'Không còn bản xem trước này.', en: 'This draft is no longer here.' },
    next: { vi: 'Người dân đã nộp hồ sơ hoặc đã xoá bản nháp.', en: 'It was filed, or discarded, in the meantime.' },
  },
  trialNeedsWords: {
    code: 'trial.needs-words',
    status: 422,
    message: { vi: 'Chưa ghi cần sửa chỗ nào.', en: 'It is not said what needs mending.' },
    fields: [
      {
        path: 'note',
        message: {
          vi: 'Ghi ít nhất một chỗ cần sửa, hoặc viết lời dặn chung.',
          en: 'Say at least one thing to mend, or write a general note.',
        },
      },
    ],
  },
  draftChanged: {
    code: 'supplement.draft-changed',
    status: 409,
    message: { vi: 'Cơ quan vừa thay đổi yêu cầu bổ sung.', en: 'The office has just changed what it asks for.' },
    next: { vi: 'Xem lại danh sách dưới đây rồi gửi.', en: 'Look through the list below and send again.' },
  },
  nothingPrepared: {
    code: 'supplement.nothing-prepared',
    status: 422,
    message: { vi: 'Bạn chưa chọn tệp và chưa viết gì.', en: 'You have neither chosen a file nor written anything.' },
    next: { vi: 'Chọn tệp cho từng mục, hoặc viết vì sao chưa có.', en: 'Choose a file for each item, or say why there is none.' },
  },
  tooLateToChoose: {
    code: 'collection.too-late',
    status: 409,
    message: {
      vi: 'Hồ sơ đã trả kết quả hoặc đã kết thúc nên không đổi cách nhận được nữa.',
      en: 'The result was handed over or the dossier ended, so the way to collect it can no longer be changed.',
    },
  },
  noResult: {
    code: 'collection.no-result',
    status: 409,
    message: { vi: 'Thủ tục này không có giấy tờ kết quả để nhận.', en: 'This procedure gives no paper to collect.' },
  },
} as const satisfies Record<string, Refusal>

export const messageTooLong = (max: number): Refusal => ({
  code: 'message.too-long',
  status: 422,
  message: { vi: 'Tin nhắn quá dài.', en: 'The message is too long.' },
  fields: [
    {
      path: 'text',
      message: {
        vi: `Viết ngắn lại: nhiều nhất ${max.toLocaleString('vi-VN')} ký tự.`,
        en: `Make it shorter: ${max.toLocaleString('en')} characters at most.`,
      },
    },
  ],
})

export const tooManyFiles = (max: number): Refusal => ({
  code: 'message.too-many-files',
  status: 422,
  message: { vi: 'Quá nhiều tệp.', en: 'Too many files.' },
  fields: [{ path: 'files', message: { vi: `Mỗi tin gửi nhiều nhất ${max} tệp.`, en: `At most ${max} files with a message.` } }],
})

export const messagesTooOften = (perHour: number): Refusal => ({
  code: 'message.too-often',
  status: 429,
  message: { vi: `Bạn đã gửi ${perHour} tin trong một giờ.`, en: `You sent ${perHour} messages within an hour.` },
  next: {
    vi: 'Tin bạn vừa viết còn ở dưới. Đợi một lúc rồi gửi lại, hoặc gọi cho cơ quan nếu gấp.',
    en: 'What you wrote is still below. Wait a while and send it again, or call the office if it is urgent.',
  },
})

/** Somebody else at the desk was quicker. */
export const trialAnswered = (who: string): Refusal => ({
  code: 'trial.answered',
  status: 409,
  message: { vi: `${who} đã trả lời bản này rồi.`, en: `${who} has already answered this one.` },
  next: { vi: 'Tải lại trang để xem câu trả lời.', en: 'Reload the page to see the answer.' },
})
