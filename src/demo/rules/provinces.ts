import { addDays, type Day } from '../../kernel/clock.ts'

/** A province that stands beside the demo's own on the national board. Its name and code are real, everything in it is made up. */
export interface SimulatedProvince {
  readonly slug: string
  readonly name: string
  /** Administrative code since 01/07/2025 (QĐ 19/2025/QĐ-TTg). */
  readonly code: string
  /** How well it does, from 0 to 1: what tells the simulated provinces apart. */
  readonly strength: number
}

export const simulatedProvinces: readonly SimulatedProvince[] = [
  { slug: 'can-tho', name: 'Thành phố Cần Thơ', code: '92', strength: 0.86 },
  { slug: 'vinh-long', name: 'Tỉnh Vĩnh Long', code: '86', strength: 0.78 },
  { slug: 'dong-thap', name: 'Tỉnh Đồng Tháp', code: '82', strength: 0.9 },
  { slug: 'an-giang', name: 'Tỉnh An Giang', code: '91', strength: 0.72 },
  { slug: 'tay-ninh', name: 'Tỉnh Tây Ninh', code: '80', strength: 0.82 },
  { slug: 'dong-nai', name: 'Tỉnh Đồng Nai', code: '75', strength: 0.69 },
  { slug: 'lam-dong', name: 'Tỉnh Lâm Đồng', code: '68', strength: 0.75 },
  { slug: 'khanh-hoa', name: 'Tỉnh Khánh Hòa', code: '56', strength: 0.8 },
  { slug: 'da-nang', name: 'Thành phố Đà Nẵng', code: '48', strength: 0.93 },
]

type Row = Readonly<Record<string, string>>

/** The same numbers for the same name, whatever the day (mulberry32). */
function numbersOf(name: string): () => number {
  let state = [...name].reduce((sum, letter) => Math.imul(sum ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0, 0x811c9dc5)
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Root of a simulated province's agencies: not its real identifier, which only the province itself knows. */
export const rootOf = ({ code }: SimulatedProvince): string => `M${code}`

const COMMUNES = 5
const departments = ['Sở Tư pháp', 'Sở Xây dựng', 'Sở Nông nghiệp và Môi trường']

export function provinceUnits(province: SimulatedProvince): Row[] {
  const root = rootOf(province)
  const unit = (code: string, name: string, tier: string, kind: string, parent: string): Row => ({
    code,
    name,
    tier,
    kind,
    parent_code: parent,
    valid_from: '2025-07-01',
  })
  return [
    unit(root, `Ủy ban nhân dân ${province.name}`, 'province', 'people_committee', ''),
    ...departments.map((name, i) => unit(`${root}.0${i + 1}`, `${name} (mô phỏng)`, 'province', 'department', root)),
    ...Array.from({ length: COMMUNES }, (_, i) =>
      unit(`${root}.10${i + 1}`, `Ủy ban nhân dân xã Mô phỏng ${i + 1}`, 'commune', 'people_committee', root),
    ),
  ]
}

const procedure = (n: number, name: string, tier: string, level: string, fee: number): Row => ({
  code: `9.99900${n}`,
  name: `${name} (mô phỏng)`,
  field: 'Mô phỏng',
  tier,
  service_level: level,
  time_limit: '5',
  time_unit: 'working_day',
  fee_vnd: String(fee),
  returns_result: 'true',
})

export const provinceProcedures: readonly Row[] = [
  procedure(1, 'Cấp phiếu thông tin', 'province', 'full', 200_000),
  procedure(2, 'Cấp giấy phép xây dựng', 'province', 'partial', 100_000),
  procedure(3, 'Cung cấp dữ liệu đất đai', 'province', 'full', 50_000),
  procedure(4, 'Xác nhận tình trạng', 'commune', 'full', 8000),
  procedure(5, 'Đăng ký thay đổi', 'commune', 'partial', 15_000),
  procedure(6, 'Chứng thực bản sao', 'commune', 'none', 0),
]

const DOSSIERS = 420

/** Dossiers from 1 January, or of the 60 days before while the year is young, up to a day. */
export function provinceDossiers(province: SimulatedProvince, until: Day): Row[] {
  const chance = numbersOf(province.slug)
  const root = rootOf(province)
  const newYear = `${until.slice(0, 4)}-01-01`
  const first = newYear < addDays(until, -60) ? newYear : addDays(until, -60)
  const days = Math.round((Date.parse(until) - Date.parse(first)) / 86_400_000)
  const rows: Row[] = []
  for (let n = 0; n < DOSSIERS; n += 1) {
    const day = addDays(first, Math.floor((n / DOSSIERS) * (days + 1)))
    const commune = chance() < 0.7
    const number = 1 + Math.floor(chance() * 3)
    const agency = commune ? `${root}.10${1 + Math.floor(chance() * COMMUNES)}` : `${root}.0${number}`
    const chosen = provinceProcedures[commune ? 2 + number : number - 1] as Row
    const online = chosen.service_level !== 'none' && chance() < province.strength
    const fee = Number(chosen.fee_vnd)
    const paidOnline = fee > 0 && chance() < province.strength
    const late = chance() > 0.6 + province.strength * 0.39
    const due = addDays(day, 7)
    const ended = addDays(day, late ? 9 : 4)
    const done = ended <= until
    const digitised = chance() < province.strength
    rows.push({
      code: `${agency}-${day.slice(2).replaceAll('-', '')}-${String(n).padStart(4, '0')}`,
      procedure_code: chosen.code ?? '',
      agency_code: agency,
      channel: online ? 'online' : 'counter',
      assisted: 'false',
      submitted_at: `${day}T08:${String(n % 60).padStart(2, '0')}:00+07:00`,
      received_at: `${day}T09:${String(n % 60).padStart(2, '0')}:00+07:00`,
      due_at: `${due}T17:00:00+07:00`,
      completed_at: done ? `${ended}T15:00:00+07:00` : '',
      returned_at: done ? `${ended}T16:00:00+07:00` : '',
      status: done ? '10' : '4',
      fee_vnd: String(fee),
      paid_vnd: String(fee),
      paid_online: String(paidOnline),
      papers_total: '2',
      papers_digitised: digitised ? '2' : '1',
      papers_reused: chance() < province.strength * 0.6 ? '1' : '0',
      result_electronic: String(done && chance() < province.strength),
      supplement_requests: '0',
      supplement_working_days: '0',
      applicant_name: 'Người Mô Phỏng',
      applicant_id: '',
      applicant_phone: '',
    })
  }
  return rows
}

/** What a province would report for each month: announcements, publications, and how much went on to the National Portal. */
export function provinceFigures(province: SimulatedProvince, until: Day, dossiers: readonly Row[]): Row[] {
  const source = `Số liệu mô phỏng đến ${until}`
  const months = [...new Set(dossiers.map((row) => (row.received_at ?? '').slice(0, 7)))].sort()
  return months.flatMap((month) => {
    const received = dossiers.filter((row) => row.received_at?.startsWith(month)).length
    const told = { decisions: 10, publications: 10, synced: received, national_received: received }
    const good = Math.round(10 * province.strength)
    return Object.entries({
      ...told,
      decisions_on_time: good,
      publications_on_time: good,
      synced: Math.round(received * (0.8 + province.strength / 5)),
    }).map(([quantity, value]): Row => ({ quantity, agency_code: rootOf(province), month, value: String(value), source }))
  })
}
