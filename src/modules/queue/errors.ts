import { type Refusal, refusals, withFields } from '../../kernel/errors.ts'
import type { Text } from '../../kernel/i18n/index.ts'
import type { Ticket, TicketStep } from './rules/ticket.ts'
import { stageTexts, stepTexts } from './texts.ts'

const look: Text = { vi: 'Xem lại bảng hàng chờ: tình trạng mới nhất ở đó.', en: 'Look at the panel: it shows how things stand now.' }

export const unknownCounter: Refusal = {
  code: 'queue.unknown-counter',
  status: 404,
  message: { vi: 'Không có quầy một cửa nào ở địa chỉ này.', en: 'There is no counter at this address.' },
}
export const unknownTicket: Refusal = {
  code: 'queue.unknown-ticket',
  status: 404,
  message: { vi: 'Không tìm thấy số thứ tự này.', en: 'This ticket does not exist.' },
  next: { vi: 'Quét lại mã trên phiếu, hoặc lấy số mới.', en: 'Scan the code on the ticket again, or take a new number.' },
}
export const unknownCategory: Refusal = withFields(refusals.invalid, [
  { path: 'loai', message: { vi: 'Chọn một lĩnh vực.', en: 'Choose a category.' } },
])
export const takenTooOften: Refusal = {
  code: 'queue.taken-too-often',
  status: 429,
  message: { vi: 'Máy này vừa lấy quá nhiều số.', en: 'Too many numbers were taken here.' },
  next: { vi: 'Đợi vài phút, hoặc nhờ cán bộ hướng dẫn.', en: 'Wait some minutes, or ask the staff.' },
}
export const dayFull = (name: Text): Refusal => ({
  code: 'queue.day-full',
  status: 409,
  message: { vi: `Hôm nay đã hết số cho "${name.vi}".`, en: `There are no more numbers today for "${name.en}".` },
  next: { vi: 'Nộp trực tuyến, hoặc đến vào ngày làm việc sau.', en: 'File online, or come on the next working day.' },
})
export const noPoint: Refusal = {
  code: 'queue.no-point',
  status: 409,
  message: { vi: 'Bạn chưa chọn quầy ngồi.', en: 'You have not chosen a service point.' },
  next: { vi: 'Chọn quầy trước khi gọi số.', en: 'Choose a point before calling.' },
}
export const unknownPoint: Refusal = withFields(refusals.invalid, [
  { path: 'quay', message: { vi: 'Chọn một quầy trong danh sách.', en: 'Choose a point from the list.' } },
])
export const pointTaken = (number: number, name: string): Refusal => ({
  code: 'queue.point-taken',
  status: 409,
  message: { vi: `Quầy ${number} đang do ${name} ngồi.`, en: `${name} is at point ${number}.` },
  next: { vi: 'Chọn quầy khác, hoặc đánh dấu "thay người đang ngồi".', en: 'Choose another point, or tick "take over".' },
})
export const pointBusy = (code: string): Refusal => ({
  code: 'queue.point-busy',
  status: 409,
  message: { vi: `Quầy của bạn đang có số ${code}.`, en: `Your point has ticket ${code}.` },
  next: { vi: 'Ghi xong, vắng mặt hoặc chuyển số này trước.', en: 'Finish it, mark it absent or send it on first.' },
})
export const pointPaused: Refusal = {
  code: 'queue.point-paused',
  status: 409,
  message: { vi: 'Quầy đang tạm dừng.', en: 'The point is paused.' },
  next: { vi: 'Bấm "Mở lại quầy" rồi gọi.', en: 'Press "Resume", then call.' },
}
export const nobodyWaiting: Refusal = {
  code: 'queue.nobody-waiting',
  status: 409,
  message: { vi: 'Chưa có ai chờ lĩnh vực của quầy này.', en: 'Nobody is waiting for this point.' },
}
export const noTicket: Refusal = {
  code: 'queue.no-ticket',
  status: 409,
  message: { vi: 'Quầy của bạn không giữ số này nữa.', en: 'Your point no longer has this ticket.' },
  next: look,
}
export const notPossible = (step: TicketStep, { code, stage }: Ticket): Refusal => ({
  code: 'queue.not-possible',
  status: 409,
  message: {
    vi: `Không thể "${stepTexts[step].vi}" với số ${code}: số này ${stageTexts[stage].vi.toLowerCase()}.`,
    en: `"${stepTexts[step].en}" is not possible with ${code}: it is ${stageTexts[stage].en.toLowerCase()}.`,
  },
  next: look,
})
export const cameBackBefore = (code: string): Refusal => ({
  code: 'queue.came-back-before',
  status: 409,
  message: { vi: `Số ${code} đã được xếp lại một lần.`, en: `Ticket ${code} was put back once already.` },
  next: { vi: 'Lấy số mới.', en: 'Take a new number.' },
})
export const cameTooLate = (code: string, minutes: number): Refusal => ({
  code: 'queue.came-too-late',
  status: 409,
  message: { vi: `Số ${code} đã qua hơn ${minutes} phút.`, en: `Ticket ${code} was called more than ${minutes} minutes ago.` },
  next: { vi: 'Lấy số mới.', en: 'Take a new number.' },
})
export const badSettings = (faults: readonly Text[]): Refusal =>
  withFields(
    refusals.invalid,
    faults.map((message) => ({ path: 'diem', message })),
  )
export const uploadOver: Refusal = {
  code: 'intake.upload-over',
  status: 410,
  message: { vi: 'Mã chụp giấy tờ này đã hết hạn hoặc đã dùng xong.', en: 'This code for taking pictures has expired or was used up.' },
  next: { vi: 'Nhờ cán bộ tại quầy tạo mã mới.', en: 'Ask the clerk for a new code.' },
}
