import type { Text } from '../../kernel/i18n/index.ts'
import type { AnomalyKind } from '../scheme/index.ts'

export const anomalyTexts = {
  nav: { vi: 'Xem lại số liệu', en: 'Second look' },
  title: { vi: 'Số liệu cần xem lại', en: 'Figures worth a second look' },
  lead: {
    vi: 'Những chỗ số liệu khác thường theo ngưỡng đã đặt. Khác thường chưa phải là sai: thường có lý do chính đáng, như một điểm hỗ trợ nộp hộ cho cả ấp. Mở từng mục, xem hồ sơ, hỏi đơn vị, rồi ghi lại điều đã tìm hiểu.',
    en: 'Where figures are unusual by the thresholds set. Unusual is not wrong: there is often a good reason, such as a help point filing for a whole hamlet. Open a case, look at its dossiers, ask the unit, and write down what you found.',
  },
  none: { vi: 'Không có mục nào', en: 'Nothing to look at' },
  noneHint: { vi: 'Trong kỳ này không số liệu nào vượt ngưỡng.', en: 'No figure of this period passes a threshold.' },
  case: { vi: 'Mục cần xem lại', en: 'Case' },
  unit: { vi: 'Đơn vị', en: 'Unit' },
  what: { vi: 'Điều ghi nhận', en: 'What was seen' },
  standing: { vi: 'Tình trạng', en: 'Standing' },
  open: { vi: 'Chưa xem', en: 'Not looked into' },
  looked: { vi: 'Đã xem', en: 'Looked into' },
  thresholds: { vi: 'Ngưỡng đang dùng', en: 'Thresholds in use' },
  thresholdsFrom: { vi: 'Từ {day}. {basis}.', en: 'From {day}. {basis}.' },
  dossiers: { vi: 'Hồ sơ liên quan', en: 'Dossiers' },
  dossiersLead: {
    vi: 'Tối đa 200 hồ sơ. Số định danh và điện thoại chỉ hiện ba số cuối.',
    en: 'At most 200. Personal numbers and phones show their last three digits.',
  },
  code: { vi: 'Mã hồ sơ', en: 'Dossier' },
  procedure: { vi: 'Thủ tục', en: 'Procedure' },
  received: { vi: 'Tiếp nhận', en: 'Received' },
  number: { vi: 'Số định danh', en: 'Personal number' },
  phone: { vi: 'Điện thoại', en: 'Phone' },
  reviews: { vi: 'Đã tìm hiểu', en: 'What was found' },
  noReviews: { vi: 'Chưa ai ghi gì.', en: 'Nobody has written anything yet.' },
  note: { vi: 'Điều đã tìm hiểu được', en: 'What you found' },
  noteHint: {
    vi: 'Viết sự việc: đã hỏi ai, lý do là gì, có cần làm gì tiếp. Ghi chú được lưu trong nhật ký và không xóa được.',
    en: 'Write facts: whom you asked, what the reason is, whether anything is to be done. Notes stay in the log and cannot be removed.',
  },
  save: { vi: 'Ghi là đã xem', en: 'Mark as looked into' },
  saved: { vi: 'Đã ghi.', en: 'Noted.' },
  back: { vi: 'Về danh sách', en: 'Back to the list' },
  both: { vi: 'Điểm có và không có hồ sơ nộp hộ', en: 'The score with and without assisted filings' },
  bothLead: {
    vi: 'Bỏ ra {n} hồ sơ nộp trực tuyến có người nộp hộ khỏi mọi tử số và mẫu số đếm từ hồ sơ; số báo cáo từ ngoài và số thủ tục giữ nguyên.',
    en: '{n} dossiers filed online with help are taken out of every numerator and denominator counted from dossiers; what was reported from outside and counts of procedures stay.',
  },
  indicator: { vi: 'Chỉ số', en: 'Indicator' },
  with: { vi: 'Tất cả hồ sơ', en: 'All dossiers' },
  without: { vi: 'Không tính nộp hộ', en: 'Without assisted' },
  change: { vi: 'Chênh', en: 'Change' },
  total: { vi: 'Tổng điểm', en: 'Total' },
  period: { vi: 'Kỳ', en: 'Period' },
} as const satisfies Record<string, Text>

export const kindTexts: Readonly<Record<AnomalyKind, { readonly name: Text; readonly sentence: Text }>> = {
  'assisted-share': {
    name: { vi: 'Tỷ lệ nộp hộ cao', en: 'Much filed with help' },
    sentence: {
      vi: '{count} trong {of} hồ sơ trực tuyến có người nộp hộ.',
      en: '{count} of {of} online dossiers were filed with help.',
    },
  },
  'one-phone': {
    name: { vi: 'Một số điện thoại, nhiều người nộp', en: 'One phone, many people' },
    sentence: {
      vi: 'Số {masked}: {of} hồ sơ trực tuyến của {count} người khác nhau.',
      en: 'Number {masked}: {of} online dossiers of {count} different people.',
    },
  },
  'one-account': {
    name: { vi: 'Một tài khoản, nhiều người nộp', en: 'One account, many people' },
    sentence: {
      vi: 'Tài khoản …{masked}: {of} hồ sơ trực tuyến của {count} người khác nhau.',
      en: 'Account …{masked}: {of} online dossiers of {count} different people.',
    },
  },
  burst: {
    name: { vi: 'Nhận dồn cuối kỳ', en: 'A burst before the close' },
    sentence: {
      vi: 'Ngày {day} nhận {count} hồ sơ; ngày thường {of}.',
      en: '{count} dossiers received on {day}; {of} on a usual day.',
    },
  },
  'taken-back': {
    name: { vi: 'Trả sát hạn rồi mở lại', en: 'Issued just in time, then taken back' },
    sentence: {
      vi: '{count} hồ sơ ghi có kết quả trong những phút cuối trước hạn, sau đó kết quả được thu hồi hoặc bước đó được hoàn tác.',
      en: '{count} results were issued in the last minutes before they were due and then recalled or undone.',
    },
  },
  'stop-clock': {
    name: { vi: 'Yêu cầu bổ sung sát hạn', en: 'Supplements asked just before due' },
    sentence: {
      vi: '{officer} yêu cầu bổ sung {count} lần trong những giờ cuối trước hạn (tất cả {of} lần yêu cầu trong kỳ).',
      en: '{officer} asked for supplements {count} times in the last hours before due ({of} requests in the period).',
    },
  },
}
