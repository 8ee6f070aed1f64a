import type { Day } from '../../kernel/clock.ts'
import type { Text } from '../../kernel/i18n/index.ts'

/** A thing that is counted. The id is stored in deltas and cells and never changes its meaning. */
export interface Measure {
  readonly id: number
  readonly code: MeasureCode
  readonly name: Text
  readonly definition: Text
  readonly basis: string
  readonly unit: 'dossier' | 'petition' | 'rating'
}

export type MeasureCode =
  | 'received'
  | 'online'
  | 'assisted'
  | 'finished'
  | 'on_time'
  | 'fee_due'
  | 'paid_online'
  | 'digitised'
  | 'reused'
  | 'electronic_result'
  | 'reappointed'
  | 'supplement_late'
  | 'waiting_on_time'
  | 'waiting'
  | 'online_complete'
  | 'result_due'
  | 'result_given'
  | 'digitised_complete'
  | 'population_data'
  | 'petition_received'
  | 'petition_procedure'
  | 'petition_staff'
  | 'petition_finished'
  | 'petition_judged'
  | 'petition_on_time'
  | 'petition_unsatisfied'
  | 'rating_given'
  | 'rating_disliked'
  | 'dossier_complained'

const INDEX_766 = 'Quyết định 766/QĐ-TTg ngày 23/06/2022'

/** Every measure. A dossier is counted on the civil day of its `received_at`, at the agency that resolves it. */
export const measures: readonly Measure[] = [
  {
    id: 1,
    code: 'received',
    name: { vi: 'Hồ sơ tiếp nhận', en: 'Dossiers received' },
    definition: {
      vi: 'Hồ sơ được tiếp nhận trong kỳ, theo ngày tiếp nhận.',
      en: 'Dossiers received in the period, by their day of reception.',
    },
    basis: 'Nghị định 118/2025/NĐ-CP; Thông tư 03/2025/TT-VPCP, Điều 13',
    unit: 'dossier',
  },
  {
    id: 2,
    code: 'online',
    name: { vi: 'Nộp trực tuyến', en: 'Filed online' },
    definition: {
      vi: 'Hồ sơ tiếp nhận có kênh nộp trực tuyến, kể cả hồ sơ cán bộ nộp hộ.',
      en: 'Received dossiers filed over the online channel, assisted filing included.',
    },
    basis: `${INDEX_766}, chỉ số 3.3`,
    unit: 'dossier',
  },
  {
    id: 3,
    code: 'assisted',
    name: { vi: 'Nộp hộ', en: 'Filed with help' },
    definition: {
      vi: 'Hồ sơ trực tuyến do cán bộ một cửa hoặc tổ công nghệ số nộp giúp người dân.',
      en: 'Online dossiers that a clerk or community team filed for the person.',
    },
    basis: 'Nghị định 118/2025/NĐ-CP',
    unit: 'dossier',
  },
  {
    id: 4,
    code: 'finished',
    name: { vi: 'Đã giải quyết', en: 'Finished' },
    definition: { vi: 'Hồ sơ tiếp nhận trong kỳ đã xử lý xong.', en: 'Dossiers of the period whose processing has ended.' },
    basis: `${INDEX_766}, chỉ số 2.1`,
    unit: 'dossier',
  },
  {
    id: 5,
    code: 'on_time',
    name: { vi: 'Đúng hạn', en: 'On time' },
    definition: {
      vi: 'Hồ sơ đã xử lý xong trước hoặc đúng ngày hẹn trả.',
      en: 'Finished dossiers whose processing ended no later than the due date.',
    },
    basis: `${INDEX_766}, chỉ số 2.1`,
    unit: 'dossier',
  },
  {
    id: 6,
    code: 'fee_due',
    name: { vi: 'Có nghĩa vụ tài chính', en: 'With a fee' },
    definition: {
      vi: 'Hồ sơ tiếp nhận có phí, lệ phí hoặc thuế lớn hơn 0 đồng.',
      en: 'Received dossiers with a fee, charge or tax above 0 đồng.',
    },
    basis: `${INDEX_766}, chỉ số 3.6`,
    unit: 'dossier',
  },
  {
    id: 7,
    code: 'paid_online',
    name: { vi: 'Thanh toán trực tuyến', en: 'Paid online' },
    definition: { vi: 'Hồ sơ có nghĩa vụ tài chính đã được thanh toán trực tuyến.', en: 'Dossiers with a fee that was paid online.' },
    basis: `${INDEX_766}, chỉ số 3.6`,
    unit: 'dossier',
  },
  {
    id: 8,
    code: 'digitised',
    name: { vi: 'Đã số hóa', en: 'Digitised' },
    definition: {
      vi: 'Hồ sơ tiếp nhận có giấy tờ và mọi giấy tờ đều đã số hóa.',
      en: 'Received dossiers that have papers, all of them digitised.',
    },
    basis: `${INDEX_766}, chỉ số 4.2; Thông tư 01/2023/TT-VPCP`,
    unit: 'dossier',
  },
  {
    id: 9,
    code: 'reused',
    name: { vi: 'Có dùng lại dữ liệu', en: 'With reused papers' },
    definition: {
      vi: 'Hồ sơ tiếp nhận có ít nhất một giấy tờ được dùng lại từ kho.',
      en: 'Received dossiers with at least one paper reused from the vault.',
    },
    basis: `${INDEX_766}, chỉ số 4.3`,
    unit: 'dossier',
  },
  {
    id: 10,
    code: 'electronic_result',
    name: { vi: 'Có kết quả điện tử', en: 'With an electronic result' },
    definition: { vi: 'Hồ sơ đã giải quyết có kết quả bản điện tử.', en: 'Finished dossiers whose result exists electronically.' },
    basis: `${INDEX_766}, chỉ số 4.1`,
    unit: 'dossier',
  },
  {
    id: 11,
    code: 'reappointed',
    name: { vi: 'Hẹn lại', en: 'Re-appointed' },
    definition: {
      vi: 'Hồ sơ được xin lỗi và hẹn lại ngày trả kết quả ít nhất một lần.',
      en: 'Dossiers whose due time was put off with an apology at least once.',
    },
    basis: 'Thông tư 03/2025/TT-VPCP, Mẫu số 04',
    unit: 'dossier',
  },
  {
    id: 12,
    code: 'supplement_late',
    name: { vi: 'Bổ sung quá một lần', en: 'More than one supplement' },
    definition: {
      vi: 'Hồ sơ bị yêu cầu bổ sung từ hai lần trở lên sau khi tiếp nhận.',
      en: 'Dossiers with more than one list of missing papers after reception.',
    },
    basis: `${INDEX_766}, chỉ số 2.1`,
    unit: 'dossier',
  },
  {
    id: 13,
    code: 'waiting_on_time',
    name: { vi: 'Đang chờ bổ sung, trong hạn', en: 'Waiting for papers, in time' },
    definition: {
      vi: 'Hồ sơ đang chờ người nộp bổ sung lần đầu, yêu cầu gửi trước hoặc đúng ngày hẹn trả.',
      en: 'Dossiers waiting for their first supplement that was asked for no later than the due date.',
    },
    basis: `${INDEX_766}, chỉ số 2.1`,
    unit: 'dossier',
  },
  {
    id: 14,
    code: 'online_complete',
    name: { vi: 'Trực tuyến đến kết quả', en: 'Online to the result' },
    definition: {
      vi: 'Hồ sơ nộp trực tuyến đã có kết quả điện tử, hoặc thủ tục không phải trả giấy tờ.',
      en: 'Dossiers filed online that have their electronic result, or owe no document.',
    },
    basis: `${INDEX_766}, chỉ số 3.3`,
    unit: 'dossier',
  },
  {
    id: 15,
    code: 'result_due',
    name: { vi: 'Phải trả giấy tờ kết quả', en: 'Owing a document' },
    definition: { vi: 'Hồ sơ đã xử lý xong của thủ tục phải trả giấy tờ.', en: 'Finished dossiers of procedures that end in a document.' },
    basis: `${INDEX_766}, chỉ số 4.1`,
    unit: 'dossier',
  },
  {
    id: 16,
    code: 'result_given',
    name: { vi: 'Đã trả kết quả điện tử', en: 'Document given electronically' },
    definition: {
      vi: 'Hồ sơ phải trả giấy tờ đã có kết quả bản điện tử.',
      en: 'Dossiers owing a document whose result exists electronically.',
    },
    basis: `${INDEX_766}, chỉ số 4.1`,
    unit: 'dossier',
  },
  {
    id: 17,
    code: 'digitised_complete',
    name: { vi: 'Số hóa thành phần và kết quả', en: 'Papers and result digitised' },
    definition: {
      vi: 'Hồ sơ đã số hóa mọi giấy tờ và có kết quả điện tử nếu phải trả giấy tờ.',
      en: 'Dossiers with every paper digitised, and an electronic result where a document is owed.',
    },
    basis: `${INDEX_766}, chỉ số 4.2`,
    unit: 'dossier',
  },
  {
    id: 18,
    code: 'population_data',
    name: { vi: 'Dùng dữ liệu dân cư', en: 'Used population data' },
    definition: {
      vi: 'Hồ sơ nộp từ tài khoản của người dân đã xác thực qua VNeID.',
      en: "Dossiers filed from a person's account verified by VNeID.",
    },
    basis: `${INDEX_766}, chỉ số 4.5`,
    unit: 'dossier',
  },
  {
    id: 19,
    code: 'waiting',
    name: { vi: 'Đang chờ bổ sung', en: 'Waiting for papers' },
    definition: { vi: 'Hồ sơ tiếp nhận trong kỳ đang chờ người nộp bổ sung.', en: 'Dossiers of the period that wait for the applicant.' },
    basis: `${INDEX_766}, chỉ số 2.1`,
    unit: 'dossier',
  },
  {
    id: 20,
    code: 'petition_received',
    name: { vi: 'Phản ánh tiếp nhận', en: 'Petitions received' },
    definition: {
      vi: 'Phản ánh, kiến nghị gửi trong kỳ, theo ngày gửi, tại đơn vị đang giữ; phản ánh đã rút không tính.',
      en: 'Petitions filed in the period, by their day of filing, at the unit that has them; withdrawn ones do not count.',
    },
    basis: `${INDEX_766}, chỉ số 5.1`,
    unit: 'petition',
  },
  {
    id: 21,
    code: 'petition_procedure',
    name: { vi: 'Phản ánh về thủ tục', en: 'Petitions about procedures' },
    definition: {
      vi: 'Phản ánh được phân loại về thủ tục, quy định.',
      en: 'Petitions classified as about a procedure or rule.',
    },
    basis: `${INDEX_766}, chỉ số 5.1`,
    unit: 'petition',
  },
  {
    id: 22,
    code: 'petition_staff',
    name: { vi: 'Phản ánh về cán bộ', en: 'Petitions about staff' },
    definition: {
      vi: 'Phản ánh được phân loại về cán bộ, công chức.',
      en: 'Petitions classified as about staff.',
    },
    basis: `${INDEX_766}, chỉ số 5.1`,
    unit: 'petition',
  },
  {
    id: 23,
    code: 'petition_finished',
    name: { vi: 'Phản ánh đã giải quyết', en: 'Petitions finished' },
    definition: {
      vi: 'Phản ánh đã từ chối có lý do, đã trả lời riêng hoặc đã công khai.',
      en: 'Petitions refused with a reason, answered in private, or published.',
    },
    basis: `${INDEX_766}, chỉ số 5.2`,
    unit: 'petition',
  },
  {
    id: 24,
    code: 'petition_judged',
    name: { vi: 'Phản ánh đã đến lúc tính hạn', en: 'Petitions whose time is judged' },
    definition: {
      vi: 'Phản ánh đã giải quyết, hoặc chưa giải quyết mà đã quá hạn: mẫu số của chỉ số 5.2 và 5.3.',
      en: 'Petitions finished, or not finished and already late: the denominator of 5.2 and 5.3.',
    },
    basis: `${INDEX_766}, chỉ số 5.2, 5.3`,
    unit: 'petition',
  },
  {
    id: 25,
    code: 'petition_on_time',
    name: { vi: 'Phản ánh đúng hạn', en: 'Petitions on time' },
    definition: {
      vi: 'Phản ánh đã giải quyết, không bước nào quá hạn (từ chối 2, hỏi thêm 5, trả lời 15, công khai 2 ngày làm việc).',
      en: 'Petitions finished with no step late (refuse 2, ask 5, resolve 15, publish 2 working days).',
    },
    basis: `${INDEX_766}, chỉ số 5.2`,
    unit: 'petition',
  },
  {
    id: 26,
    code: 'petition_unsatisfied',
    name: { vi: 'Phản ánh chưa hài lòng', en: 'Petitions not satisfied' },
    definition: {
      vi: 'Phản ánh quá hạn, bị yêu cầu xem lại, hoặc nhiều lượt không thích hơn thích; mỗi phản ánh tính một lần.',
      en: 'Petitions late, raised again, or with more dislikes than likes; each counts once.',
    },
    basis: `${INDEX_766}, chỉ số 5.3`,
    unit: 'petition',
  },
  {
    id: 27,
    code: 'rating_given',
    name: { vi: 'Lượt đánh giá', en: 'Ratings' },
    definition: {
      vi: 'Hồ sơ được người dân đánh giá trong kỳ, theo ngày đánh giá.',
      en: 'Dossiers that their applicants rated in the period, by the day of the rating.',
    },
    basis: `${INDEX_766}, chỉ số 5.4`,
    unit: 'rating',
  },
  {
    id: 28,
    code: 'rating_disliked',
    name: { vi: 'Lượt không hài lòng', en: 'Dislikes' },
    definition: {
      vi: 'Lượt đánh giá "Không hài lòng".',
      en: 'Ratings that say "not satisfied".',
    },
    basis: `${INDEX_766}, chỉ số 5.4`,
    unit: 'rating',
  },
  {
    id: 29,
    code: 'dossier_complained',
    name: { vi: 'Hồ sơ có phản ánh hoặc không hài lòng', en: 'Dossiers with a petition or a dislike' },
    definition: {
      vi: 'Hồ sơ tiếp nhận trong kỳ có phản ánh hoặc lượt không hài lòng; mỗi hồ sơ tính một lần.',
      en: 'Dossiers of the period with a petition or a dislike; each counts once.',
    },
    basis: `${INDEX_766}, chỉ số 5.4`,
    unit: 'dossier',
  },
]

/** Longest array a cell holds: the greatest measure id. */
export const MEASURES: number = Math.max(...measures.map(({ id }) => id))

/** Measure ids by code, for modules that write deltas. */
export const measureId = Object.fromEntries(measures.map(({ code, id }) => [code, id])) as Readonly<Record<MeasureCode, number>>

export type RateCode =
  | 'online_rate'
  | 'assisted_rate'
  | 'on_time_rate'
  | 'payment_rate'
  | 'digitised_rate'
  | 'reused_rate'
  | 'electronic_result_rate'

/** A share of two measures. What the law changes later is a new version with its own first day, never an edit. */
export interface Rate {
  readonly code: RateCode
  readonly validFrom: Day
  readonly numerator: MeasureCode
  readonly denominator: MeasureCode
  readonly name: Text
  readonly definition: Text
  readonly basis: string
}

const FIRST = '2021-01-01'

/** Every version of every rate, oldest first. A denominator of 0 gives no rate (N/A), never 0 %. */
export const rates: readonly Rate[] = [
  {
    code: 'online_rate',
    validFrom: FIRST,
    numerator: 'online',
    denominator: 'received',
    name: { vi: 'Tỷ lệ hồ sơ trực tuyến', en: 'Online filing' },
    definition: { vi: 'Hồ sơ nộp trực tuyến trên tổng hồ sơ tiếp nhận.', en: 'Dossiers filed online over all received.' },
    basis: `${INDEX_766}, chỉ số 3.3`,
  },
  {
    code: 'assisted_rate',
    validFrom: FIRST,
    numerator: 'assisted',
    denominator: 'online',
    name: { vi: 'Tỷ lệ nộp hộ', en: 'Assisted filing' },
    definition: { vi: 'Hồ sơ nộp hộ trên tổng hồ sơ trực tuyến.', en: 'Dossiers filed with help over all filed online.' },
    basis: 'Nghị định 118/2025/NĐ-CP',
  },
  {
    code: 'on_time_rate',
    validFrom: FIRST,
    numerator: 'on_time',
    denominator: 'finished',
    name: { vi: 'Tỷ lệ đúng hạn', en: 'On time' },
    definition: { vi: 'Hồ sơ đúng hạn trên tổng hồ sơ đã giải quyết.', en: 'Dossiers finished on time over all finished.' },
    basis: `${INDEX_766}, chỉ số 2.1`,
  },
  {
    code: 'payment_rate',
    validFrom: FIRST,
    numerator: 'paid_online',
    denominator: 'fee_due',
    name: { vi: 'Tỷ lệ thanh toán trực tuyến', en: 'Online payment' },
    definition: {
      vi: 'Hồ sơ thanh toán trực tuyến trên tổng hồ sơ có nghĩa vụ tài chính.',
      en: 'Dossiers paid online over all with a fee.',
    },
    basis: `${INDEX_766}, chỉ số 3.6`,
  },
  {
    code: 'digitised_rate',
    validFrom: FIRST,
    numerator: 'digitised',
    denominator: 'received',
    name: { vi: 'Tỷ lệ số hóa hồ sơ', en: 'Digitisation' },
    definition: { vi: 'Hồ sơ đã số hóa toàn bộ giấy tờ trên tổng hồ sơ tiếp nhận.', en: 'Fully digitised dossiers over all received.' },
    basis: `${INDEX_766}, chỉ số 4.2`,
  },
  {
    code: 'reused_rate',
    validFrom: FIRST,
    numerator: 'reused',
    denominator: 'received',
    name: { vi: 'Tỷ lệ dùng lại dữ liệu', en: 'Reuse' },
    definition: { vi: 'Hồ sơ có giấy tờ dùng lại trên tổng hồ sơ tiếp nhận.', en: 'Dossiers with a reused paper over all received.' },
    basis: `${INDEX_766}, chỉ số 4.3`,
  },
  {
    code: 'electronic_result_rate',
    validFrom: FIRST,
    numerator: 'electronic_result',
    denominator: 'finished',
    name: { vi: 'Tỷ lệ kết quả điện tử', en: 'Electronic results' },
    definition: {
      vi: 'Hồ sơ có kết quả điện tử trên tổng hồ sơ đã giải quyết.',
      en: 'Dossiers with an electronic result over all finished.',
    },
    basis: `${INDEX_766}, chỉ số 4.1`,
  },
]
