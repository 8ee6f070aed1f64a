import { type Refusal, refusals, withFields } from '../../kernel/errors.ts'
import type { Text } from '../../kernel/i18n/index.ts'
import type { PetitionStage } from './rules/petition.ts'
import type { PetitionAction } from './rules/petition-transitions.ts'
import { actionTexts, stageTexts } from './texts.ts'

const reload: Text = { vi: 'Tải lại trang để xem tình trạng mới nhất.', en: 'Reload the page to see where it stands now.' }

export const unknownPetition: Refusal = {
  code: 'petition.unknown',
  status: 404,
  message: { vi: 'Không tìm thấy phản ánh này.', en: 'This petition does not exist.' },
  next: { vi: 'Kiểm tra lại mã, hoặc tìm trong danh sách.', en: 'Check the reference, or search the list.' },
}

/** One answer for a wrong reference, a wrong proof and somebody else's petition: nothing can be learnt from it. */
export const notTracked: Refusal = {
  code: 'petition.not-tracked',
  status: 404,
  message: {
    vi: 'Không có phản ánh nào khớp với cả mã và số điện thoại này.',
    en: 'No petition matches both this reference and this phone number.',
  },
  next: {
    vi: 'Xem lại mã bắt đầu bằng PA và 6 số cuối của điện thoại đã ghi khi gửi.',
    en: 'Check the reference that begins with PA and the last 6 digits of the phone number you gave.',
  },
}

export const trackedTooOften: Refusal = {
  code: 'petition.tracked-too-often',
  status: 429,
  message: { vi: 'Đã thử quá nhiều lần.', en: 'There were too many tries.' },
  next: { vi: 'Đợi 15 phút rồi thử lại.', en: 'Wait 15 minutes and try again.' },
}

export const filedTooOften: Refusal = {
  code: 'petition.filed-too-often',
  status: 429,
  message: { vi: 'Hôm nay bạn đã gửi nhiều phản ánh.', en: 'You have sent many petitions today.' },
  next: {
    vi: 'Gộp các việc còn lại vào một phản ánh, hoặc gửi tiếp vào ngày mai. Việc gấp: gọi bộ phận một cửa.',
    en: 'Put what is left into one petition, or send it tomorrow. If it is urgent, call the one-stop desk.',
  },
}

export const contactNeeded: Refusal = withFields(refusals.invalid, [
  { path: 'phone', message: { vi: 'Cho số điện thoại để cơ quan trả lời bạn.', en: 'Give a phone number so that you can be answered.' } },
])

export const unknownUnit: Refusal = withFields(refusals.invalid, [
  { path: 'agencyCode', message: { vi: 'Chọn cơ quan trong danh sách.', en: 'Choose an agency from the list.' } },
])

export const unknownClass: Refusal = withFields(refusals.invalid, [
  { path: 'classCode', message: { vi: 'Chọn một loại.', en: 'Choose a class.' } },
])

export const unknownAssignee: Refusal = withFields(refusals.invalid, [
  { path: 'assigneeId', message: { vi: 'Chọn một người của đơn vị.', en: 'Choose somebody of the unit.' } },
])

/** The petition moved since the officer's page was rendered. */
export const changedMeanwhile = (who: string, what: Text, when: Text): Refusal => ({
  code: 'petition.changed-meanwhile',
  status: 409,
  message: {
    vi: `Phản ánh đã thay đổi trong lúc bạn mở trang: ${who} đã làm "${what.vi}" lúc ${when.vi}.`,
    en: `The petition changed while your page was open: ${who} did "${what.en}" at ${when.en}.`,
  },
  next: reload,
})

export const notPossibleNow = (action: PetitionAction, stage: PetitionStage): Refusal => ({
  code: 'petition.not-possible-now',
  status: 409,
  message: {
    vi: `Không thể "${actionTexts[action].vi}" khi phản ánh đang ở bước "${stageTexts[stage].vi}".`,
    en: `"${actionTexts[action].en}" is not possible while the petition is at "${stageTexts[stage].en}".`,
  },
  next: reload,
})

export const wordsNeeded = (action: PetitionAction): Refusal => ({
  ...withFields(refusals.invalid, [
    {
      path: action === 'draft' ? 'answer' : 'note',
      message: { vi: 'Viết vài lời: sẽ có người đọc.', en: 'Write a few words: somebody will read them.' },
    },
  ]),
  code: 'petition.words-needed',
})

export const notClassified: Refusal = {
  code: 'petition.not-classified',
  status: 409,
  message: { vi: 'Phản ánh chưa được phân loại.', en: 'The petition has not been classified.' },
  next: { vi: 'Phân loại trước: về thủ tục hay về cán bộ.', en: 'Classify it first: about a procedure, or about staff.' },
}

export const alreadyReraised: Refusal = {
  code: 'petition.already-reraised',
  status: 409,
  message: { vi: 'Bạn đã yêu cầu xem lại một lần.', en: 'You have already asked for it to be looked at again.' },
  next: { vi: 'Có việc mới, hãy gửi một phản ánh mới.', en: 'For anything new, send a new petition.' },
}

export const sameUnit: Refusal = withFields(refusals.invalid, [
  { path: 'agencyCode', message: { vi: 'Phản ánh đang ở đơn vị này. Chọn đơn vị khác.', en: 'It is with this unit. Choose another.' } },
])

export const alreadyTheirs = (name: string): Refusal => ({
  code: 'petition.already-theirs',
  status: 409,
  message: { vi: `${name} đang giữ phản ánh này.`, en: `${name} has it already.` },
})

/** Publication would show personal data. */
export const personalDataLeft = (found: readonly string[]): Refusal => ({
  code: 'petition.personal-data-left',
  status: 422,
  message: {
    vi: `Còn thông tin cá nhân trong phần công khai: ${found.join('; ')}.`,
    en: `There is personal data left in what would be published: ${found.join('; ')}.`,
  },
  next: { vi: 'Xóa hoặc viết lại chỗ đó rồi công khai.', en: 'Take it out or write it another way, then publish.' },
})

export const signOwnAnswer: Refusal = {
  code: 'petition.own-answer',
  status: 403,
  message: { vi: 'Người soạn không tự ký câu trả lời của mình.', en: 'Whoever wrote the answer does not sign it.' },
  next: { vi: 'Nhờ lãnh đạo khác của đơn vị ký.', en: 'Ask another head of the unit.' },
}

export const notRatable: Refusal = {
  code: 'rating.not-open',
  status: 409,
  message: { vi: 'Hồ sơ này chưa hoặc không còn đánh giá được.', en: 'This dossier cannot be rated yet, or no longer.' },
  next: {
    vi: 'Đánh giá được sau khi nhận kết quả, trong 30 ngày. Việc khác, hãy gửi phản ánh.',
    en: 'It can be rated after the result was returned, for 30 days. For anything else, send a petition.',
  },
}

export const ratingSettled: Refusal = {
  code: 'rating.settled',
  status: 409,
  message: { vi: 'Đã qua thời gian sửa đánh giá.', en: 'The time to change the rating is over.' },
  next: { vi: 'Có điều chưa hài lòng, hãy gửi phản ánh.', en: 'If something is wrong, send a petition.' },
}

export const ratedAtCounter: Refusal = {
  code: 'rating.already-given',
  status: 409,
  message: { vi: 'Hồ sơ này đã được đánh giá.', en: 'This dossier has been rated.' },
}
