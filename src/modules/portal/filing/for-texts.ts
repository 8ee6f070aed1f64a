import type { Text } from '../../../kernel/i18n/index.ts'
import type { RepresentationKind } from '../../dossier/index.ts'

export const forTexts = {
  question: { vi: 'Bạn nộp hồ sơ này cho ai?', en: 'For whom do you file?' },
  self: { vi: 'Cho tôi', en: 'For myself' },
  child: { vi: 'Cho con tôi', en: 'For my child' },
  childHint: { vi: 'Con chưa đủ 18 tuổi, hoặc người bạn giám hộ.', en: 'A child under 18, or somebody you are guardian of.' },
  other: { vi: 'Cho người khác theo uỷ quyền', en: 'For somebody who asked me to' },
  otherHint: { vi: 'Cần giấy uỷ quyền.', en: 'A power of attorney is needed.' },
  organisation: { vi: 'Cho công ty, tổ chức', en: 'For a company or organisation' },
  organisationHint: { vi: 'Cần giấy giới thiệu hoặc giấy uỷ quyền.', en: 'A letter of introduction or power of attorney is needed.' },
  title: { vi: 'Người bạn nộp thay', en: 'Who you file for' },
  lead: {
    vi: 'Hồ sơ đứng tên người này; bạn là người nộp. Cơ quan thấy cả hai và giấy tờ chứng minh.',
    en: 'The dossier is in their name; you file it. The office sees both, and the proof.',
  },
  before: { vi: 'Bạn đã nộp thay trước đây, bấm để điền sẵn:', en: 'You filed for them before; press to fill in:' },
  childName: { vi: 'Họ, chữ đệm, tên của con', en: 'Full name of the child' },
  otherName: { vi: 'Họ, chữ đệm, tên người uỷ quyền', en: 'Full name of the person' },
  birthDate: { vi: 'Ngày sinh', en: 'Date of birth' },
  number: { vi: 'Số định danh cá nhân', en: 'Personal number' },
  numberChild: { vi: 'Trẻ chưa có số thì bỏ trống.', en: 'Leave it empty when the child has none yet.' },
  organisationName: { vi: 'Tên công ty, tổ chức', en: 'Name of the company or organisation' },
  taxCode: { vi: 'Mã số thuế hoặc mã số doanh nghiệp', en: 'Tax or business code' },
  taxCodeWrong: {
    vi: 'Mã số thuế có 10 chữ số, hoặc 10 chữ số, dấu gạch và 3 chữ số.',
    en: 'A tax code has 10 digits, or 10 digits, a dash and 3 digits.',
  },
  role: {
    child: { vi: 'Bạn là gì của con?', en: 'What are you to the child?' },
    other: { vi: 'Bạn là gì của người này?', en: 'What are you to this person?' },
    organisation: { vi: 'Chức vụ của bạn', en: 'Your position' },
  } satisfies Record<RepresentationKind, Text>,
  roleHint: {
    child: { vi: 'Ví dụ: mẹ, cha, người giám hộ.', en: 'For example: mother, father, guardian.' },
    other: { vi: 'Ví dụ: con, anh em, hàng xóm.', en: 'For example: child, brother, neighbour.' },
    organisation: { vi: 'Ví dụ: kế toán, giám đốc.', en: 'For example: accountant, director.' },
  } satisfies Record<RepresentationKind, Text>,
  whose: { vi: 'Hồ sơ của', en: 'In the name of' },
  filer: { vi: 'Người nộp', en: 'Filed by' },
  change: { vi: 'người bạn nộp thay', en: 'who you file for' },
  incomplete: { vi: 'Còn thiếu thông tin hoặc giấy tờ', en: 'Something is still missing' },
} as const

export const trialTexts = {
  ask: { vi: 'Nhờ quầy xem trước', en: 'Ask the desk to look first' },
  askTitle: { vi: 'Chưa chắc đã đủ?', en: 'Not sure it is complete?' },
  askLead: {
    vi: 'Gửi bản nháp cho quầy xem trước. Họ trả lời "đủ" hay "cần sửa" trong {n} ngày làm việc. Đây chưa phải là nộp hồ sơ: bạn vẫn sửa được và phải bấm gửi sau đó.',
    en: 'Show the draft to the desk. They say “complete” or “to be mended” within {n} working days. This is not filing: you can still change it, and have to send it afterwards.',
  },
  asked: { vi: 'Đã gửi bản nháp cho quầy xem trước.', en: 'The draft was sent to the desk.' },
  waiting: { vi: 'Quầy đang xem bản nháp của bạn', en: 'The desk is looking at your draft' },
  waitingLead: {
    vi: '{agency} hẹn trả lời trước {when}. Bạn vẫn sửa được; sửa xong thì gửi lại bản mới cho quầy.',
    en: '{agency} promised an answer by {when}. You can still change it; then send the new one.',
  },
  desk: { vi: 'Quầy xem giúp', en: 'Which desk' },
  again: { vi: 'Gửi lại bản mới cho quầy', en: 'Send the new draft to the desk' },
  enough: { vi: 'Quầy đã xem: đủ, bạn nộp được rồi', en: 'The desk looked: it is complete, you can file it' },
  mend: { vi: 'Quầy đã xem: cần sửa mấy chỗ', en: 'The desk looked: some things to mend' },
  by: { vi: '{who}, {agency}', en: '{who}, {agency}' },
  fileNow: { vi: 'Nộp hồ sơ', en: 'File it' },
  mended: { vi: 'Sửa xong thì nộp luôn ở bước "Xem lại và gửi".', en: 'Once mended, file it at “Check and send”.' },
} as const satisfies Record<string, Text>
