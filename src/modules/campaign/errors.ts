import { type Refusal, refusals, withFields } from '../../kernel/errors.ts'
import type { Text } from '../../kernel/i18n/index.ts'

const field = (path: string, vi: string, en: string): Refusal => withFields(refusals.invalid, [{ path, message: { vi, en } }])
const back: Text = { vi: 'Mở lại danh sách để xem tình trạng mới nhất.', en: 'Open the list again to see how things stand.' }

export const CHANGED_MEANWHILE = 'campaign.changed-meanwhile'

/** Somebody wrote since the page was shown: nothing is written over unseen. */
export const changedMeanwhile = (who: string | null, when: Text): Refusal => ({
  code: CHANGED_MEANWHILE,
  status: 409,
  message: {
    vi: `${who ?? 'Có người'} đã sửa lúc ${when.vi}, sau khi bạn mở trang. Chưa lưu gì của bạn.`,
    en: `${who ?? 'Somebody'} changed this at ${when.en}, after your page was opened. Nothing of yours is saved.`,
  },
  next: { vi: 'Xem phần vừa được sửa rồi gửi lại.', en: 'Look at what was changed, then send yours again.' },
})

export const unknownCampaign: Refusal = {
  code: 'campaign.unknown',
  status: 404,
  message: { vi: 'Không tìm thấy chiến dịch này.', en: 'This campaign does not exist.' },
  next: { vi: 'Chọn trong danh sách chiến dịch.', en: 'Choose one from the list.' },
}
export const unknownUnit: Refusal = {
  code: 'campaign.unknown-unit',
  status: 404,
  message: { vi: 'Đơn vị này không tham gia chiến dịch.', en: 'This unit does not take part in the campaign.' },
  next: { vi: 'Chọn đơn vị trên bảng chiến dịch.', en: 'Choose a unit on the campaign’s board.' },
}
export const published: Refusal = {
  code: 'campaign.published',
  status: 409,
  message: { vi: 'Chiến dịch đã được công bố.', en: 'The campaign was published already.' },
  next: back,
}
export const notRunning: Refusal = {
  code: 'campaign.not-running',
  status: 409,
  message: {
    vi: 'Chỉ nhắc được khi chiến dịch đã công bố và đang diễn ra.',
    en: 'Reminders go out only while a published campaign is running.',
  },
}
export const cancelled: Refusal = {
  code: 'campaign.cancelled',
  status: 409,
  message: { vi: 'Chiến dịch này đã bị hủy.', en: 'This campaign was cancelled.' },
  next: { vi: 'Lập chiến dịch mới nếu cần.', en: 'Begin a new one if need be.' },
}
export const taskDropped: Refusal = {
  code: 'campaign.task-dropped',
  status: 409,
  message: { vi: 'Việc này đã được bỏ.', en: 'This task was dropped.' },
  next: back,
}
/** It was theirs when the page was shown, and is no more. */
export const taskMoved: Refusal = {
  code: 'campaign.task-moved',
  status: 409,
  message: {
    vi: 'Việc này đã được sửa sau khi bạn mở trang và không còn giao cho bạn. Chưa lưu gì của bạn.',
    en: 'This task was changed after your page was opened and is no longer yours. Nothing of yours is saved.',
  },
  next: back,
}
export const unknownTask: Refusal = {
  code: 'campaign.unknown-task',
  status: 404,
  message: { vi: 'Không tìm thấy việc này.', en: 'This task does not exist.' },
  next: back,
}
export const taskDone: Refusal = {
  code: 'campaign.task-done',
  status: 409,
  message: { vi: 'Việc này đã được ghi là xong.', en: 'This task is done already.' },
  next: back,
}
export const unknownTarget: Refusal = {
  code: 'target.unknown',
  status: 404,
  message: { vi: 'Không tìm thấy chỉ tiêu này.', en: 'This target does not exist.' },
  next: back,
}
export const targetEnded: Refusal = {
  code: 'target.ended',
  status: 409,
  message: { vi: 'Chỉ tiêu này đã kết thúc.', en: 'This target has ended.' },
  next: back,
}
export const wrongAim = field('aim', 'Chọn một tỷ lệ hoặc bộ chỉ số.', 'Choose a rate or an index.')
export const wrongUnit = field('unitCode', 'Không có đơn vị nào mang mã này vào ngày bắt đầu.', 'No unit had this code on the first day.')
export const wrongValue = field('value', 'Tỷ lệ từ 0 đến 100 %.', 'A rate lies between 0 and 100 %.')
export const endsBeforeBegin = field('ends', 'Ngày cuối không trước ngày đầu.', 'The last day is not before the first.')
export const endsTooLate = field('ends', 'Chỉ tiêu đã có ngày cuối sớm hơn.', 'The target ends earlier already.')
export const wrongTaskUnit = field('unitCode', 'Chọn một đơn vị đang hoạt động.', 'Choose a unit in force.')
export const wrongTaskOfficer = field('officerId', 'Chọn một cán bộ trong danh sách.', 'Choose an officer from the list.')
export const dueOutside = field('due', 'Hạn nằm trong thời gian chiến dịch.', 'The deadline lies within the campaign.')
export const reasonNeeded = field(
  'reason',
  'Chiến dịch đã công bố: ghi vì sao thay đổi.',
  'The campaign is published: say why it is changed.',
)
export const tasksOutside = field(
  'ends',
  'Có việc đang làm với hạn nằm ngoài những ngày này. Đổi hạn hoặc bỏ việc đó trước.',
  'A task in progress is due outside these days. Change or drop it first.',
)
export const endsNotEarlier = field(
  'ends',
  'Chọn một ngày của chiến dịch, sớm hơn ngày cuối hiện nay.',
  'Choose a day of the campaign before its present last day.',
)
export const unknownUnits = field(
  'units',
  'Có đơn vị không tồn tại trong những ngày của chiến dịch.',
  'A unit does not exist during the campaign.',
)
