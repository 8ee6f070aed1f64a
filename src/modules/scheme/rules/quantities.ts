import type { Text } from '../../../kernel/i18n/index.ts'

/**
 * What a formula may speak of. `dossiers`, `petitions`: added up from the deltas of the period; `distinct`: how many procedures have at
 * least one such dossier; `now`: dossiers still open, compared with the clock; `procedures`: the catalogue as it stands at the end of
 * the period; `reported`: given from outside with its provenance, and unknown (never 0) until somebody gives it; `chosen`: asked only
 * when one procedure is chosen.
 */
export type Source = 'dossiers' | 'petitions' | 'distinct' | 'now' | 'procedures' | 'reported' | 'chosen'

export interface Quantity {
  readonly source: Source
  readonly name: Text
  /** What one of it is called when somebody is asked to win points back. */
  readonly one?: Text
}

const dossiers = (vi: string, en: string): Quantity => ({ source: 'dossiers', name: { vi, en } })
const reported = (vi: string, en: string): Quantity => ({ source: 'reported', name: { vi, en } })
const procedures = (vi: string, en: string): Quantity => ({ source: 'procedures', name: { vi, en } })
const distinct = (vi: string, en: string): Quantity => ({ source: 'distinct', name: { vi, en } })
const petitions = (vi: string, en: string): Quantity => ({ source: 'petitions', name: { vi, en } })

/** Every quantity a scheme may use, by the name it has in a scheme's file. */
export const quantities = {
  received: dossiers('hồ sơ tiếp nhận', 'dossiers received'),
  on_time: dossiers('hồ sơ đã xong đúng hạn', 'dossiers finished on time'),
  open_in_time: { source: 'now', name: { vi: 'hồ sơ đang giải quyết còn trong hạn', en: 'open dossiers still in time' } },
  worked_days: {
    source: 'chosen',
    name: { vi: 'số ngày làm việc đã giải quyết (khi chọn một thủ tục)', en: 'working days spent (of one procedure)' },
  },
  completed: { source: 'chosen', name: { vi: 'hồ sơ đã xử lý xong (khi chọn một thủ tục)', en: 'dossiers done (of one procedure)' } },
  online: dossiers('hồ sơ nộp trực tuyến', 'dossiers filed online'),
  assisted: dossiers('hồ sơ nộp hộ', 'dossiers filed with help'),
  online_complete: dossiers(
    'hồ sơ nộp trực tuyến đã có kết quả điện tử (hoặc không phải trả giấy tờ)',
    'dossiers filed online that have their electronic result, or owe no document',
  ),
  fee_due: dossiers('hồ sơ có nghĩa vụ tài chính', 'dossiers with something to pay'),
  paid_online: dossiers('hồ sơ đã thanh toán trực tuyến', 'dossiers paid online'),
  result_due: dossiers('hồ sơ đã xong phải trả giấy tờ kết quả', 'finished dossiers that owe a document'),
  result_given: dossiers('hồ sơ phải trả giấy tờ đã có kết quả điện tử', 'dossiers owing a document that have it electronically'),
  digitised_complete: dossiers(
    'hồ sơ đã số hóa thành phần và kết quả (nếu phải trả)',
    'dossiers with papers digitised, and the result where one is owed',
  ),
  reused: dossiers('hồ sơ có giấy tờ dùng lại', 'dossiers with a reused paper'),
  from_vault: reported('hồ sơ có giấy tờ lấy từ kho dữ liệu cá nhân', 'dossiers with a paper taken from the personal store'),
  population_data: dossiers('hồ sơ dùng dữ liệu dân cư', 'dossiers that used population data'),
  complained: dossiers('hồ sơ có phản ánh hoặc không hài lòng', 'dossiers with a petition or a dislike'),
  late: { source: 'now', name: { vi: 'hồ sơ trễ hạn (đã xong hoặc đang giải quyết)', en: 'dossiers late, finished or still open' } },
  petitions_received: petitions('phản ánh, kiến nghị tiếp nhận', 'petitions received'),
  petitions_procedure: petitions('phản ánh, kiến nghị về thủ tục, quy định', 'petitions about procedures'),
  petitions_staff: petitions('phản ánh, kiến nghị về cán bộ, công chức', 'petitions about staff'),
  petitions: petitions('phản ánh, kiến nghị đã đến lúc tính hạn', 'petitions whose time is judged'),
  petitions_on_time: petitions('phản ánh, kiến nghị xử lý đúng hạn', 'petitions handled on time'),
  petitions_unsatisfied: petitions('phản ánh, kiến nghị chưa hài lòng, trễ hạn hoặc gửi lại', 'petitions disliked, late or raised again'),
  procedures_online_filed: distinct('dịch vụ trực tuyến có phát sinh hồ sơ', 'online services with at least one dossier'),
  procedures_paid_online: distinct('thủ tục có giao dịch thanh toán trực tuyến', 'procedures with an online payment'),
  // The second reading of 3.5b's denominator: read only for a scheme that asks (queries/fee-filed.ts).
  procedures_fee_filed: distinct('thủ tục có phát sinh hồ sơ phải nộp tiền', 'procedures with a dossier that had something to pay'),
  procedures: procedures('thủ tục đang áp dụng', 'procedures in force'),
  procedures_complete: procedures('thủ tục công khai đủ bộ phận tạo thành', 'procedures published with every part'),
  procedures_online: procedures('thủ tục cung cấp trực tuyến (một phần, toàn trình)', 'procedures offered online, partly or wholly'),
  procedures_with_fee: procedures('thủ tục có nghĩa vụ tài chính', 'procedures with something to pay'),
  procedures_payable_online: procedures('thủ tục có thể thanh toán trực tuyến', 'procedures payable online'),
  procedures_for_persons: procedures('thủ tục có đối tượng là cá nhân', 'procedures for persons'),
  procedures_population_data: procedures('thủ tục kết nối dữ liệu dân cư', 'procedures connected to population data'),
  decisions: reported('thủ tục công bố trong kỳ', 'procedures announced in the period'),
  decisions_on_time: reported('thủ tục công bố đúng hạn', 'procedures announced on time'),
  publications: reported('thủ tục phải công khai trong kỳ', 'procedures due to be made public'),
  publications_on_time: reported('thủ tục công khai đúng hạn', 'procedures made public on time'),
  synced: reported('hồ sơ đã đồng bộ lên Cổng DVCQG', 'dossiers synced to the National Portal'),
  national_received: reported('hồ sơ trong hệ thống báo cáo quốc gia', 'dossiers in the national reporting system'),
  certified_copies_due: reported('yêu cầu chứng thực bản sao', 'requests for certified copies'),
  certified_copies_electronic: reported('bản sao chứng thực điện tử', 'electronic certified copies'),
} as const satisfies Record<string, Quantity>

export type QuantityName = keyof typeof quantities
export const quantityNames = Object.keys(quantities) as QuantityName[]

/** How many of each there are for one unit and period; null or absent: nobody has said, which is not 0. */
export type Amounts = Readonly<Partial<Record<QuantityName, number | null>>>
