import type { Random } from './random.ts'

/** An invented applicant. Nobody: the numbers lie in ranges that are given to no one. */
export interface DemoPerson {
  readonly name: string
  /** Twelve digits beginning with 096 (Cà Mau), or a ten-digit tax code of an invented company. */
  readonly number: string
  /** Begins with 0100, which no operator gives out. */
  readonly phone: string
}

// Kinh surnames by how common they are, and Khmer and Hoa surnames of the Cà Mau peninsula.
const families = [
  ...Array<string>(30).fill('Nguyễn'),
  ...Array<string>(11).fill('Trần'),
  ...Array<string>(10).fill('Lê'),
  ...Array<string>(8).fill('Phạm'),
  ...Array<string>(6).fill('Huỳnh'),
  ...Array<string>(5).fill('Võ'),
  ...'Phan Trương Bùi Đặng Đỗ Ngô Hồ Dương Đoàn Cao Châu Tô Lương Mai Lý Trịnh Quách Tạ Hứa Từ'.split(' '),
  ...'Danh Sơn Thạch Kim Lâm Tăng Hữu'.split(' '),
]
const middles = {
  male: 'Văn Văn Văn Văn Hữu Minh Quốc Hoàng Thanh Đức Công Phước Chí Tấn Trung Gia Thành Nhựt'.split(' '),
  female: 'Thị Thị Thị Thị Ngọc Kim Mỹ Thanh Bích Hồng Thu Cẩm Tuyết Diễm Như Thúy Yến Kiều'.split(' '),
}
const givens = {
  male: 'An Bình Cường Dũng Đạt Đông Giang Hải Hậu Hiếu Hòa Hưng Khánh Khoa Kiệt Lâm Linh Lộc Lợi Luân Mẫn Nam Nghĩa Nhân Phát Phong Phúc Phước Quân Quang Sang Sơn Tài Tâm Tân Thái Thắng Thiện Thuận Tín Toàn Trí Trọng Trung Tuấn Út Việt Vinh Vũ Vương'.split(
    ' ',
  ),
  female:
    'An Ánh Bé Chi Cúc Diễm Diệu Dung Duyên Đào Giang Hà Hạnh Hằng Hiền Hoa Hồng Huệ Hương Lan Lệ Liên Loan Mai My Nga Ngân Ngọc Nguyệt Nhi Nhung Oanh Phương Quyên Quỳnh Tâm Thảo Thơ Thủy Thư Tiên Trang Trâm Trinh Tú Tuyền Vân Xuân Ý Yến'.split(
      ' ',
    ),
}
const trades = ['Thủy sản', 'Vận tải', 'Xây dựng', 'Thương mại', 'Nông sản', 'Du lịch', 'Cơ khí', 'Chế biến tôm', 'Vật liệu', 'Dịch vụ']

const digits = (random: Random, n: number): string => Array.from({ length: n }, () => random.below(10)).join('')

export const demoPhone = (random: Random): string => `0100${digits(random, 6)}`

/** A company that does not exist, and says so in its name. */
export function demoCompany(random: Random): DemoPerson {
  const name = `Công ty TNHH ${random.pick(trades)} Giả Lập ${1 + random.below(900)}`
  return { name, number: `20${digits(random, 8)}`, phone: demoPhone(random) }
}

/** A person with a name as people here have, born between 1945 and 2003. */
export function demoPerson(random: Random): DemoPerson {
  const sex = random.chance(0.5) ? 'male' : 'female'
  const name = `${random.pick(families)} ${random.pick(middles[sex])} ${random.pick(givens[sex])}`
  const born = 1945 + random.below(59)
  // Third digit group: century and sex (0 male, 1 female before 2000; 2, 3 since), then year of birth.
  const century = (born >= 2000 ? 2 : 0) + (sex === 'female' ? 1 : 0)
  return { name, number: `096${century}${String(born % 100).padStart(2, '0')}${digits(random, 6)}`, phone: demoPhone(random) }
}
