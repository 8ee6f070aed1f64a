import type { Text } from '../../kernel/i18n/index.ts'
import type { AnomalyKind, Outcome } from '../scheme/index.ts'

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
  thresholds: { vi: 'Ngưỡng đang dùng', en: 'Thresholds in use' },
  thresholdsFrom: { vi: 'Từ {day}. {basis}.', en: 'From {day}. {basis}.' },
  dossiers: { vi: 'Hồ sơ liên quan', en: 'Dossiers' },
  dossiersLead: {
    vi: 'Số định danh và điện thoại chỉ hiện ba số cuối. Bấm mã để mở hồ sơ; mỗi lần mở đều được ghi lại.',
    en: 'Personal numbers and phones show their last three digits. Press a code to open a dossier; every look is recorded.',
  },
  dossiersNow: {
    vi: 'Đọc lúc mở trang, nên có thể nhiều hoặc ít hơn con số ở trên nếu hồ sơ vừa thay đổi. Số định danh và điện thoại chỉ hiện ba số cuối. Bấm mã để mở hồ sơ; mỗi lần mở đều được ghi lại.',
    en: 'Read as this page opened, so there may be more or fewer than above when dossiers have just changed. Personal numbers and phones show their last three digits. Press a code to open a dossier; every look is recorded.',
  },
  csv: { vi: 'Tải danh sách (CSV)', en: 'Download the list (CSV)' },
  link: { vi: 'Địa chỉ', en: 'Address' },
  assisted: { vi: 'Nộp hộ', en: 'With help' },
  yes: { vi: 'Có', en: 'Yes' },
  no: { vi: 'Không', en: 'No' },
  ofThemAssisted: { vi: '{n} hồ sơ ghi là nộp hộ.', en: '{n} recorded as filed with help.' },
  machineNamed: { vi: 'Máy hỗ trợ “{name}” của {agency}.', en: 'Helping machine “{name}” of {agency}.' },
  machineSeen: { vi: 'Máy mà cán bộ {agency} đã dùng để nộp hộ.', en: 'A machine officers of {agency} filed from for others.' },
  machine: { vi: 'Máy', en: 'Machine' },
  unnamed: { vi: 'Máy của quầy', en: 'A counter’s machine' },
  helping: { vi: 'Máy hỗ trợ', en: 'Helping machines' },
  helpingLead: {
    vi: 'Máy của quầy và của tổ công nghệ số cộng đồng nộp cho nhiều người là việc của máy ấy; ghi ở đây để biết, không phải để xem lại.',
    en: 'Machines of counters and community teams file for many because that is what they are for; they stand here for information, not for a second look.',
  },
  known: {
    vi: 'Biết thiết bị của {marked} trong {online} hồ sơ trực tuyến của kỳ. Hồ sơ nộp qua hệ thống khác, hồ sơ nhập từ tệp và dấu đã hết hạn lưu thì không biết.',
    en: 'The device is known of {marked} of {online} online dossiers of the period; not of those filed through other systems, imported, or older than marks are kept.',
  },
  computed: { vi: 'Tính lúc {time}.', en: 'Worked out at {time}.' },
  computedRenewing: {
    vi: 'Tính lúc {time}; đang tính lại, tải lại trang để xem số mới.',
    en: 'Worked out at {time}; newer figures are on their way, reload to see them.',
  },
  again: { vi: 'Tính lại ngay', en: 'Work out again' },
  stillOpen: {
    vi: 'Kỳ này chưa hết nên chưa xét nhận dồn cuối kỳ.',
    en: 'This period is not over yet, so bursts before its close are not looked at.',
  },
  kind: { vi: 'Loại', en: 'Kind' },
  allKinds: { vi: 'Tất cả', en: 'All' },
  outcome: { vi: 'Kết quả tìm hiểu', en: 'What came of it' },
  by: { vi: 'Người ghi', en: 'By' },
  gone: { vi: 'Đã xem, nay không còn vượt ngưỡng', en: 'Looked into, no longer above a threshold' },
  goneLead: { vi: 'Ghi chú về những mục mà số liệu mới không còn nêu ra.', en: 'Notes about cases that the newer figures no longer show.' },
  show: { vi: 'Xem', en: 'Show' },
  sameBoth: { vi: 'Không chỉ số nào thay đổi.', en: 'No indicator changes.' },
  code: { vi: 'Mã hồ sơ', en: 'Dossier' },
  procedure: { vi: 'Thủ tục', en: 'Procedure' },
  received: { vi: 'Tiếp nhận', en: 'Received' },
  number: { vi: 'Số định danh', en: 'Personal number' },
  phone: { vi: 'Điện thoại', en: 'Phone' },
  reviews: { vi: 'Đã tìm hiểu', en: 'Looked into' },
  noReviews: { vi: 'Chưa ai ghi gì.', en: 'Nobody has written anything yet.' },
  note: { vi: 'Điều đã tìm hiểu được', en: 'What you found' },
  noteHint: {
    vi: 'Viết sự việc: đã hỏi ai, lý do là gì, có cần làm gì tiếp. Ghi chú được lưu trong nhật ký và không xóa được.',
    en: 'Write facts: whom you asked, what the reason is, whether anything is to be done. Notes stay in the log and cannot be removed.',
  },
  save: { vi: 'Ghi kết quả', en: 'Note it' },
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

export const outcomeTexts: Readonly<Record<Outcome, Text>> = {
  explained: { vi: 'Đã giải thích được', en: 'Explained' },
  real: { vi: 'Số liệu cần chỉnh lại', en: 'Figures to put right' },
  follow: { vi: 'Theo dõi tiếp', en: 'To follow' },
}

/** What each kind is called, what was seen in facts, and what to ask the unit. */
export const kindTexts: Readonly<Record<AnomalyKind, { readonly name: Text; readonly sentence: Text; readonly ask: Text }>> = {
  'assisted-share': {
    name: { vi: 'Tỷ lệ nộp hộ cao', en: 'Much filed with help' },
    sentence: {
      vi: '{count} trong {of} hồ sơ trực tuyến có người nộp hộ.',
      en: '{count} of {of} online dossiers were filed with help.',
    },
    ask: {
      vi: 'Nên hỏi: ai nộp hộ, ở đâu, vì sao người dân chưa tự nộp; có điểm hỗ trợ hoặc đợt lưu động trong kỳ không.',
      en: 'Worth asking: who filed for people, where, and why they did not themselves; whether there was a help point or a mobile team.',
    },
  },
  'one-phone': {
    name: { vi: 'Một số điện thoại, nhiều người nộp', en: 'One phone, many people' },
    sentence: {
      vi: 'Số {masked}: {of} hồ sơ trực tuyến của {count} người khác nhau.',
      en: 'Number {masked}: {of} online dossiers of {count} different people.',
    },
    ask: {
      vi: 'Nên hỏi: số này của ai (gia đình, điểm hỗ trợ, dịch vụ, cán bộ) và người dân có nhận được thông báo về hồ sơ của mình không.',
      en: 'Worth asking: whose number it is (a family, a help point, a shop, an officer) and whether people get the notices about their dossiers.',
    },
  },
  'one-account': {
    name: { vi: 'Một tài khoản, nhiều người nộp', en: 'One account, many people' },
    sentence: {
      vi: 'Tài khoản …{masked}: {of} hồ sơ trực tuyến của {count} người khác nhau.',
      en: 'Account …{masked}: {of} online dossiers of {count} different people.',
    },
    ask: {
      vi: 'Nên hỏi: người đứng tài khoản nộp thay theo ủy quyền hay giúp bà con; giấy ủy quyền có trong hồ sơ không.',
      en: 'Worth asking: whether the account’s owner acts by power of attorney or helps neighbours; whether the papers are in the dossiers.',
    },
  },
  'one-device': {
    name: { vi: 'Một thiết bị, nhiều người nộp', en: 'One device, many people' },
    sentence: {
      vi: 'Một thiết bị: {of} hồ sơ trực tuyến của {count} người khác nhau.',
      en: 'One device: {of} online dossiers of {count} different people.',
    },
    ask: {
      vi: 'Nên hỏi: có phải máy của quầy, tổ công nghệ số hoặc điểm dịch vụ không. Nếu là máy hỗ trợ thì đơn vị đăng ký ở mục Máy hỗ trợ nộp trực tuyến.',
      en: 'Worth asking: whether it belongs to a counter, a community team or a shop. A helping machine can be registered by its unit.',
    },
  },
  burst: {
    name: { vi: 'Nhận dồn cuối kỳ', en: 'A burst before the close' },
    sentence: {
      vi: 'Ngày {day} nhận {count} hồ sơ; ngày thường của đơn vị là {of}.',
      en: '{count} dossiers received on {day}; {of} on a usual day.',
    },
    ask: {
      vi: 'Nên hỏi: có đợt cấp giấy tập trung, ngày lưu động hay dồn hồ sơ giấy đã nhận từ trước không.',
      en: 'Worth asking: whether there was a campaign day, or paper dossiers taken in earlier were entered together.',
    },
  },
  'taken-back': {
    name: { vi: 'Kết thúc sát hạn rồi mở lại', en: 'Ended just in time, then opened again' },
    sentence: {
      vi: '{count} hồ sơ ghi là xong (có kết quả, dừng hoặc rút) trong những phút làm việc cuối trước hạn, sau đó được mở lại.',
      en: '{count} dossiers were ended (result, stop or withdrawal) in the last working minutes before they were due, and then opened again.',
    },
    ask: {
      vi: 'Nên hỏi: vì sao mở lại, người dân có được báo không, kết quả đầu tiên đã trả hay mới ghi trên hệ thống.',
      en: 'Worth asking: why it was opened again, whether the applicant was told, whether the first result had been handed over.',
    },
  },
  'stop-clock': {
    name: { vi: 'Yêu cầu bổ sung sát hạn', en: 'Supplements asked just before due' },
    sentence: {
      vi: '{officer} yêu cầu bổ sung {count} lần trong những giờ làm việc cuối trước hạn (tất cả {of} lần yêu cầu trong kỳ).',
      en: '{officer} asked for supplements {count} times in the last working hours before due ({of} requests in the period).',
    },
    ask: {
      vi: 'Nên hỏi: vì sao đến lúc đó mới thấy thiếu giấy; danh sách cần bổ sung có đúng với thành phần hồ sơ không.',
      en: 'Worth asking: why the papers were found missing only then; whether the list matches what the procedure asks for.',
    },
  },
}
