import type { Refusal } from '../../kernel/errors.ts'
import { formatDay } from '../../ui/format.ts'

export const reportRefusals = {
  unknown: {
    code: 'report.unknown',
    status: 404,
    message: { vi: 'Không có báo cáo này.', en: 'There is no such report.' },
    next: { vi: 'Mở danh sách báo cáo để tìm.', en: 'Look for it in the list of reports.' },
  },
  altered: {
    code: 'report.altered',
    status: 409,
    message: {
      vi: 'Nội dung đã lưu không còn khớp với mã kiểm của nó, nên không in ra hay xuất ra được.',
      en: 'What was kept no longer matches its digest, so it can be neither printed nor exported.',
    },
    next: { vi: 'Báo người quản trị hệ thống.', en: 'Tell the administrator.' },
  },
  tooWide: {
    code: 'report.too-wide',
    status: 422,
    message: { vi: 'Câu hỏi này cho quá nhiều dòng.', en: 'This question has too many lines.' },
    next: {
      vi: 'Rút ngắn kỳ, chọn bước thời gian dài hơn, chọn một cấp hoặc một thủ tục.',
      en: 'Shorten the period, take longer steps, or choose one tier or one procedure.',
    },
  },
  tooLongForPaper: {
    code: 'report.too-long-for-paper',
    status: 422,
    message: { vi: 'Bảng dài quá 1.500 dòng, không in ra PDF.', en: 'More than 1,500 lines are not printed as PDF.' },
    next: { vi: 'Tải XLSX hoặc CSV, hoặc thu hẹp câu hỏi.', en: 'Take the XLSX or CSV file, or narrow the question.' },
  },
  pastSetting: {
    code: 'report.past-setting',
    status: 422,
    message: { vi: 'Cách làm báo cáo chỉ đổi được từ hôm nay trở đi.', en: 'How the report is made can be changed from today on only.' },
  },
  notAReader: {
    code: 'report.not-a-reader',
    status: 422,
    message: { vi: 'Có người được chọn không xem được báo cáo.', en: 'Somebody who was chosen may not read reports.' },
    next: { vi: 'Bỏ chọn người đó, hoặc nhờ quản trị cấp quyền.', en: 'Leave them out, or ask an administrator.' },
  },
  takenOff: {
    code: 'report.taken-off',
    status: 409,
    message: {
      vi: 'Người lập báo cáo đã bỏ bạn khỏi danh sách nhận.',
      en: 'Whoever keeps this report has taken you off its list.',
    },
    next: { vi: 'Muốn nhận lại, nhờ người lập thêm bạn vào.', en: 'Ask them to put you back.' },
  },
  tooManySaved: {
    code: 'report.too-many-saved',
    status: 422,
    message: { vi: 'Mỗi người lưu nhiều nhất 100 báo cáo.', en: 'Everybody keeps at most 100 reports.' },
    next: { vi: 'Bỏ những báo cáo không dùng nữa.', en: 'Remove those no longer used.' },
  },
} as const satisfies Record<string, Refusal>

/** The day asked for is not the one on which that week's report is made. */
export const wrongDay = (asked: string, right: string): Refusal => ({
  code: 'report.wrong-day',
  status: 422,
  message: {
    vi: `Báo cáo tuần có ngày ${formatDay(asked)} là báo cáo ngày ${formatDay(right)}.`,
    en: `The report of the week of ${formatDay(asked)} is that of ${formatDay(right)}.`,
  },
})

/** That week's hour has not come. */
export const notYet = (day: string, time: string): Refusal => ({
  code: 'report.not-yet',
  status: 422,
  message: { vi: `Chưa đến ${time} ngày ${formatDay(day)}.`, en: `It is not yet ${time} on ${formatDay(day)}.` },
})
