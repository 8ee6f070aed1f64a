import type { Tier } from '../../modules/indicator/index.ts'

/** What was published for Cà Mau in 2022 (docs/law and the newspapers it names). Rates are per cents as printed. */
export interface PublishedTier {
  readonly received: number
  readonly online: number
  readonly digitised: number
  /** Online payment, share of dossiers with a fee, as printed: 1, 0.97 and 0 %. */
  readonly payment: number
}

export const published2022: Readonly<Record<Tier, PublishedTier>> = {
  province: { received: 39_219, online: 24_965, digitised: 0.51, payment: 0.01 },
  district: { received: 23_487, online: 7_113, digitised: 0.4, payment: 0.0097 },
  commune: { received: 19_309, online: 10_761, digitised: 0.26, payment: 0 },
}

/** How busy a department was, relative to the others; one that is not named is quiet. Invented, believable. */
export const departmentWeights: Readonly<Record<string, number>> = {
  'H12.11': 300, // Tài nguyên và Môi trường
  'H12.05': 140, // Kế hoạch và Đầu tư
  'H12.13': 135, // Tư pháp
  'H12.04': 120, // Giao thông vận tải
  'H12.07': 80, // Lao động, Thương binh và Xã hội
  'H12.16': 60, // Y tế
  'H12.02': 45, // Công Thương
  'H12.09': 40, // Nông nghiệp
  'H12.03': 22, // Giáo dục và Đào tạo
  'H12.15': 20, // Xây dựng
  'H12.14': 14, // Văn hóa, Thể thao và Du lịch
  'H12.08': 10, // Nội vụ
  'H12.12': 7, // Thông tin và Truyền thông
  'H12.19': 4, // Ban Quản lý Khu kinh tế
  'H12.06': 4, // Khoa học và Công nghệ
  'H12.10': 3, // Tài chính
  'H12.01': 1.5, // Văn phòng Ủy ban
  'H12.18': 1, // Ban Dân tộc
  'H12.17': 0.5, // Thanh tra
}

/** Units that the article says stood at 0 % online: which ones is invented. */
export const zeroOnline: ReadonlySet<string> = new Set([
  'H12.17',
  'H12.18',
  'H12.32.07',
  'H12.33.04',
  'H12.34.09',
  'H12.35.02',
  'H12.36.05',
  'H12.38.03',
  'H12.39.06',
])

/** Busyness of the months: Tết lies in February, year's end is full. */
export const monthWeights = [0.92, 0.58, 1.06, 1.0, 0.98, 1.04, 1.02, 1.05, 1.0, 1.06, 1.1, 1.12] as const

/** Monday to Friday, and a worked Saturday. */
export const weekdayWeights = [1.25, 1.08, 1.0, 0.95, 0.85, 0.5] as const
