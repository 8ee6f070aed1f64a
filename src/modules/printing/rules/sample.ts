import type { Facts, HandOver, RegisterRow } from './facts.ts'
import type { FormKind } from './form-set.ts'

/** Invented data to look at a form with: `usual`, or `hard` (names of 300 characters, signs no typeface has, lists over pages). */
export type SampleSize = 'usual' | 'hard'

const LONG_NAME =
  `Công ty trách nhiệm hữu hạn một thành viên đầu tư, xây dựng, thương mại và dịch vụ nuôi trồng thủy sản công nghệ cao ${'Đất Mũi Ngọc Hiển '.repeat(
    10,
  )}`.slice(0, 299)
const NO_SPACES = 'Nguyễn'.repeat(50)

const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index))

const minutesAfter = (at: string, minutes: number): string => new Date(Date.parse(at) + minutes * 60_000).toISOString()

function common(at: string, size: SampleSize) {
  const hard = size === 'hard'
  return {
    at,
    issuer: {
      code: 'H12.05',
      superior: 'Ủy ban nhân dân tỉnh Cà Mau',
      name: hard
        ? 'Sở Nông nghiệp và Môi trường, Trung tâm Phục vụ hành chính công tỉnh, Bộ phận tiếp nhận và trả kết quả số 2'
        : 'Sở Xây dựng',
      place: 'Cà Mau',
    },
    code: `H12.05-${at.slice(2, 10).replaceAll('-', '')}-0007`,
    reference: 'MAU7-2K9F-XQ3D',
    trackingUrl: 'https://dichvucong.example.vn/tra-cuu?ma=MAU7-2K9F-XQ3D',
    procedure: hard
      ? `Cấp giấy phép xây dựng mới đối với công trình cấp đặc biệt, cấp I, cấp II, cấp III, cấp IV (${LONG_NAME})`
      : 'Cấp giấy phép xây dựng mới đối với nhà ở riêng lẻ',
    applicant: {
      name: hard ? `${LONG_NAME} 😀 #include("x") *_$ ${NO_SPACES}` : 'Nguyễn Thị Ánh Tuyết',
      phone: '0912 000 345',
      email: hard ? `${'rat-dai.'.repeat(30)}@vidu.example.vn` : 'anhtuyet@vidu.example.vn',
    },
    resolving: 'Sở Xây dựng tỉnh Cà Mau',
    reception: 'Trung tâm Phục vụ hành chính công tỉnh Cà Mau',
    officer: hard ? 'Tôn Nữ Hoàng Thị Phương Thảo Nguyên Bảo Châu' : 'Trần Minh Khôi',
  }
}

const steps = ['Tiếp nhận', 'Phân công', 'Trình ký', 'Trả lại để làm lại', 'Ban hành kết quả', 'Trả kết quả'] as const

const handOver = (at: string, index: number, size: SampleSize): HandOver => ({
  giver: index === 0 ? 'Nguyễn Thị Ánh Tuyết' : 'Trần Minh Khôi, Bộ phận tiếp nhận',
  taker: 'Lê Hoài Nam, Phòng Quản lý xây dựng',
  at: minutesAfter(at, index * 95),
  what: steps[index % steps.length] ?? '',
  note: size === 'hard' ? `Ghi chú số ${index + 1}: ${LONG_NAME}` : index === 2 ? 'Đủ điều kiện, trình lãnh đạo.' : null,
})

const registerRow = (at: string, index: number, size: SampleSize): RegisterRow => ({
  code: `H12.05-${at.slice(2, 10).replaceAll('-', '')}-${String(index + 1).padStart(4, '0')}`,
  procedure: 'Cấp giấy phép xây dựng mới đối với nhà ở riêng lẻ',
  applicant: size === 'hard' && index % 7 === 0 ? `${LONG_NAME} ${NO_SPACES}` : 'Nguyễn Thị Ánh Tuyết',
  phone: '0912 000 345',
  agency: 'Sở Xây dựng',
  received: at.slice(0, 10),
  due: minutesAfter(at, 20_000).slice(0, 10),
  completed: index % 3 === 0 ? null : minutesAfter(at, 15_000).slice(0, 10),
  returned: index % 3 === 2 ? minutesAfter(at, 17_000).slice(0, 10) : null,
  channel: (['online', 'counter', 'post'] as const)[index % 3] ?? 'counter',
  note: index % 3 === 2 ? 'Đã trả kết quả' : 'Đang xử lý',
})

/** Facts nobody is behind, as of an instant (ISO text). */
export function sampleFacts(kind: FormKind, at: string, size: SampleSize = 'usual'): Facts {
  const dossier = common(at, size)
  const hard = size === 'hard'
  const reason = hard
    ? `${LONG_NAME}. ${'Hồ sơ còn thiếu và có nội dung chưa thống nhất giữa các giấy tờ. '.repeat(20)}`
    : 'Bản vẽ mặt bằng chưa thể hiện khoảng lùi so với lộ giới.'
  switch (kind) {
    case 'receipt':
      return {
        ...dossier,
        kind,
        issue: 1,
        receivedAt: at,
        papers: times(hard ? 60 : 3, (index) => ({
          name:
            ['Đơn đề nghị cấp giấy phép xây dựng', 'Bản vẽ thiết kế xây dựng', hard ? LONG_NAME : 'Giấy chứng nhận quyền sử dụng đất'][
              index % 3
            ] ?? '',
          how: (['paper', 'digital', 'reused'] as const)[index % 3] ?? 'paper',
        })),
        channel: 'counter',
        feeVnd: 75_000,
        paidVnd: 75_000,
        dueAt: minutesAfter(at, 20_160),
        why: ['Thời hạn 10 ngày làm việc, tính từ ngày làm việc tiếp theo.'],
      }
    case 'supplement':
      return {
        ...dossier,
        kind,
        round: hard ? 2 : 1,
        reason,
        items: times(
          hard ? 70 : 3,
          (index) => `Bản vẽ mặt cắt số ${index + 1}${hard ? `: ${LONG_NAME}` : ', có chữ ký của người thiết kế'}`,
        ),
      }
    case 'refusal':
      return { ...dossier, code: null, kind, reason, ground: 'Khoản 1 Điều 94 Luật Xây dựng năm 2014 (đã sửa đổi, bổ sung)' }
    case 'extension':
      return {
        ...dossier,
        kind,
        reason,
        receivedAt: minutesAfter(at, -12_000),
        dueBefore: minutesAfter(at, 1440),
        dueAfter: minutesAfter(at, 8640),
      }
    case 'stop':
      return { ...dossier, kind, reason, receivedAt: minutesAfter(at, -6000), requestedAt: minutesAfter(at, -60) }
    case 'control-slip':
      return {
        ...dossier,
        kind,
        receivedAt: at,
        dueAt: minutesAfter(at, 20_160),
        lines: times(hard ? 40 : 5, (index) => handOver(at, index, size)),
      }
    case 'register':
      return {
        kind,
        at,
        issuer: dossier.issuer,
        from: `${at.slice(0, 8)}01`,
        to: at.slice(0, 10),
        rows: times(hard ? 45 : 40, (index) => registerRow(at, index, size)),
        first: 1,
        total: hard ? 1250 : 40,
      }
  }
}
