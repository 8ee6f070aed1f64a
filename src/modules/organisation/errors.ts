import { type FieldError, type Refusal, withFields } from '../../kernel/errors.ts'
import { fill } from '../../kernel/i18n/index.ts'

export const refusals = {
  agencyNotFound: {
    code: 'organisation.agency-not-found',
    status: 404,
    message: { vi: 'Không có cơ quan mang mã này vào ngày này.', en: 'No agency has this code on this day.' },
    next: { vi: 'Kiểm tra mã và ngày, hoặc tìm theo tên.', en: 'Check the code and the day, or search by name.' },
  },
  codeInUse: {
    code: 'organisation.code-in-use',
    status: 409,
    message: { vi: 'Mã này đang thuộc về một cơ quan khác trong thời gian đó.', en: 'Another agency has this code at that time.' },
    next: { vi: 'Chọn mã khác, hoặc thay đổi cơ quan đang mang mã này.', en: 'Choose another code, or change the agency that has it.' },
  },
  laterVersion: {
    code: 'organisation.later-version',
    status: 409,
    message: {
      vi: 'Cơ quan này đã có phiên bản bắt đầu từ ngày đó hoặc sau đó.',
      en: 'This agency already has a version that begins on or after that day.',
    },
    next: { vi: 'Chọn ngày muộn hơn.', en: 'Choose a later day.' },
  },
  hasChildren: {
    code: 'organisation.has-children',
    status: 409,
    message: { vi: 'Cơ quan này còn đơn vị trực thuộc đang hoạt động.', en: 'This agency still has agencies below it.' },
    next: { vi: 'Chuyển hoặc kết thúc các đơn vị trực thuộc trước.', en: 'Move or close those first.' },
  },
  impossible: {
    code: 'organisation.impossible',
    status: 422,
    message: { vi: 'Thay đổi này không thực hiện được.', en: 'This change cannot be made.' },
  },
  nothingChanges: {
    code: 'organisation.nothing-changes',
    status: 422,
    message: { vi: 'Không có gì khác so với phiên bản hiện tại.', en: 'Nothing differs from the present version.' },
  },
} as const satisfies Record<string, Refusal>

/** A refusal that names the agency it is about. */
export const about = (refusal: Refusal, code: string): Refusal => ({
  ...refusal,
  message: fill({ vi: `${refusal.message.vi} ({code})`, en: `${refusal.message.en} ({code})` }, { code }),
})

export const impossible = (fields: readonly FieldError[]): Refusal => withFields(refusals.impossible, fields)
