import type { Tier } from '../../modules/indicator/index.ts'
import { random } from './random.ts'

/** A procedure as the generator needs it; `simulated` ones were made up to fill the year. */
export interface DemoProcedure {
  readonly code: string
  readonly name: string
  readonly field: string
  readonly tier: Tier
  readonly serviceLevel: 'full' | 'partial' | 'none'
  readonly timeLimit: number
  readonly timeUnit: 'hour' | 'day' | 'working_day' | 'month'
  readonly feeVnd: number
  readonly returnsResult: boolean
  /** Who resolves it: an agency code, or any agency of these tiers. */
  readonly agencyCode: string | null
  readonly tiers: readonly Tier[]
  readonly simulated: boolean
}

/** What a department licenses. Written here; not the province's list. */
const departments: Readonly<Record<string, { field: string; subjects: readonly string[] }>> = {
  'H12.01': { field: 'Nội vụ', subjects: ['đón tiếp đoàn công tác nước ngoài', 'hội nghị, hội thảo quốc tế'] },
  'H12.02': {
    field: 'Công Thương',
    subjects: [
      'hoạt động bán buôn xăng dầu',
      'sử dụng vật liệu nổ công nghiệp',
      'hội chợ, triển lãm thương mại',
      'khuyến mại mang tính may rủi',
    ],
  },
  'H12.03': { field: 'Giáo dục', subjects: ['hoạt động trung tâm ngoại ngữ, tin học', 'tư vấn du học', 'chỉnh sửa văn bằng tốt nghiệp'] },
  'H12.04': {
    field: 'Giao thông',
    subjects: [
      'giấy phép lái xe',
      'phù hiệu xe hợp đồng',
      'giấy phép kinh doanh vận tải',
      'đăng ký phương tiện thủy nội địa',
      'chứng chỉ chuyên môn thuyền viên',
    ],
  },
  'H12.05': {
    field: 'Doanh nghiệp',
    subjects: [
      'thay đổi nội dung đăng ký doanh nghiệp',
      'chi nhánh, văn phòng đại diện',
      'tạm ngừng kinh doanh của doanh nghiệp',
      'chủ trương đầu tư',
    ],
  },
  'H12.06': { field: 'Khoa học và Công nghệ', subjects: ['hoạt động khoa học và công nghệ', 'sử dụng thiết bị X-quang chẩn đoán'] },
  'H12.07': {
    field: 'Việc làm',
    subjects: [
      'hưởng trợ cấp thất nghiệp',
      'giấy phép lao động cho người nước ngoài',
      'chế độ người có công',
      'huấn luyện an toàn lao động',
    ],
  },
  'H12.08': { field: 'Nội vụ', subjects: ['thành lập hội', 'khen thưởng thành tích', 'sử dụng tài liệu lưu trữ lịch sử'] },
  'H12.09': {
    field: 'Nông nghiệp',
    subjects: [
      'giấy phép khai thác thủy sản',
      'đăng kiểm tàu cá',
      'chứng chỉ hành nghề thú y',
      'cơ sở nuôi tôm nước lợ',
      'buôn bán thuốc bảo vệ thực vật',
    ],
  },
  'H12.10': { field: 'Tài chính', subjects: ['mã số đơn vị quan hệ ngân sách', 'thanh toán chi phí xử lý tài sản công'] },
  'H12.11': {
    field: 'Đất đai',
    subjects: [
      'biến động quyền sử dụng đất',
      'tách thửa, hợp thửa',
      'đăng ký thế chấp quyền sử dụng đất',
      'xóa đăng ký thế chấp',
      'trích lục bản đồ địa chính',
      'khai thác nước dưới đất',
    ],
  },
  'H12.12': { field: 'Thông tin và Truyền thông', subjects: ['xuất bản bản tin', 'hoạt động cơ sở in', 'điểm trò chơi điện tử công cộng'] },
  'H12.13': {
    field: 'Lý lịch tư pháp',
    subjects: ['phiếu lý lịch tư pháp số 1', 'phiếu lý lịch tư pháp số 2', 'thẻ công chứng viên', 'đăng ký hành nghề luật sư'],
  },
  'H12.14': { field: 'Văn hóa, Du lịch', subjects: ['quảng cáo trên băng rôn', 'thẻ hướng dẫn viên du lịch', 'biểu diễn nghệ thuật'] },
  'H12.15': { field: 'Xây dựng', subjects: ['chứng chỉ hành nghề xây dựng', 'chứng chỉ năng lực xây dựng', 'thẩm định thiết kế xây dựng'] },
  'H12.16': {
    field: 'Y tế',
    subjects: ['chứng chỉ hành nghề khám bệnh, chữa bệnh', 'chứng chỉ hành nghề dược', 'điều kiện kinh doanh thuốc', 'công bố mỹ phẩm'],
  },
  'H12.17': { field: 'Thanh tra', subjects: ['giải quyết khiếu nại lần đầu'] },
  'H12.18': { field: 'Dân tộc', subjects: ['công nhận người có uy tín'] },
  'H12.19': { field: 'Khu kinh tế', subjects: ['giấy phép xây dựng trong khu kinh tế', 'đăng ký đầu tư trong khu kinh tế'] },
}

const districtSubjects = [
  ['Đất đai', 'giấy chứng nhận quyền sử dụng đất lần đầu'],
  ['Đất đai', 'gia hạn sử dụng đất nông nghiệp'],
  ['Đất đai', 'đính chính giấy chứng nhận'],
  ['Xây dựng', 'giấy phép sửa chữa, cải tạo nhà ở'],
  ['Xây dựng', 'gia hạn giấy phép xây dựng'],
  ['Giáo dục', 'hoạt động nhóm trẻ độc lập'],
  ['Bảo trợ xã hội', 'trợ cấp xã hội hằng tháng'],
  ['Bảo trợ xã hội', 'hỗ trợ chi phí mai táng'],
  ['Nông nghiệp', 'hỗ trợ sản xuất vùng bị thiên tai'],
  ['Môi trường', 'đăng ký môi trường'],
] as const

const communeSubjects = [
  ['Bảo trợ xã hội', 'xác định mức độ khuyết tật'],
  ['Bảo trợ xã hội', 'đổi, cấp lại giấy xác nhận khuyết tật'],
  ['Giảm nghèo', 'công nhận hộ nghèo, hộ cận nghèo'],
  ['Người có công', 'giấy giới thiệu thăm viếng mộ liệt sĩ'],
  ['Đất đai', 'hòa giải tranh chấp đất đai'],
  ['Nông nghiệp', 'đăng ký kê khai chăn nuôi'],
  ['Tôn giáo', 'thông báo danh mục hoạt động tôn giáo'],
  ['Thể dục thể thao', 'công nhận câu lạc bộ thể thao cơ sở'],
] as const

const verbs = ['Cấp', 'Cấp lại', 'Gia hạn, điều chỉnh'] as const
const limits = [3, 5, 5, 7, 10, 15, 20] as const
const fees = [0, 0, 0, 0, 30_000, 50_000, 135_000, 200_000, 500_000] as const

/** Made-up procedures that fill a year of every department, district and commune. Their codes begin with 9 and their names say so. */
export function simulatedProcedures(): DemoProcedure[] {
  const chance = random('thủ tục mô phỏng')
  const made: DemoProcedure[] = []
  const add = (subject: string, field: string, tier: Tier, agencyCode: string | null): void => {
    for (const verb of verbs.slice(0, tier === 'province' ? 3 : 1)) {
      const code = `9.${String(made.length + 1).padStart(6, '0')}`
      made.push({
        code,
        name: `${verb} ${subject} (mô phỏng)`,
        field,
        tier,
        serviceLevel: chance.chance(0.7) ? 'full' : 'partial',
        timeLimit: chance.pick(limits),
        timeUnit: 'working_day',
        feeVnd: chance.pick(fees),
        returnsResult: true,
        agencyCode,
        tiers: [tier],
        simulated: true,
      })
    }
  }
  for (const [agencyCode, { field, subjects }] of Object.entries(departments)) {
    for (const subject of subjects) add(subject, field, 'province', agencyCode)
  }
  for (const [field, subject] of districtSubjects) add(subject, field, 'district', null)
  for (const [field, subject] of communeSubjects) add(subject, field, 'commune', null)
  return made
}

/** Real procedures that people ask for most, busiest first. Others follow in a seeded order. */
export const popular: readonly string[] = [
  '2.000815', // chứng thực bản sao
  '1.001193', // khai sinh
  '2.000635', // trích lục hộ tịch
  '2.000884', // chứng thực chữ ký
  '1.004873', // xác nhận tình trạng hôn nhân
  '1.000656', // khai tử
  '2.000889', // biến động đất đai
  '1.001612', // hộ kinh doanh
  '2.000986', // liên thông khai sinh
  '1.000894', // kết hôn
]
