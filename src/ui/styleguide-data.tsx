import type { Locale } from '../kernel/i18n/index.ts'
import {
  BarRanking,
  ClockBar,
  type ClockState,
  type Column,
  DateText,
  EmptyState,
  FilterChips,
  HeatMap,
  KeyboardHints,
  MoneyText,
  NumberText,
  Pagination,
  PercentText,
  StatCard,
  Table,
  ThreePane,
  TrendLine,
} from './index.ts'
import { Sample } from './styleguide-sample.tsx'

interface Line {
  readonly code: string
  readonly procedure: string
  readonly applicant: string
  readonly fee: number
  readonly clock: { readonly state: ClockState; readonly used: number; readonly text: string; readonly due: string }
}

const lines: readonly Line[] = [
  {
    code: 'H12.101-261118-0042',
    procedure: 'Đăng ký biến động quyền sử dụng đất trong trường hợp chuyển nhượng, thừa kế, tặng cho',
    applicant: 'Huỳnh Thị Ngọc Bích Trâm',
    fee: 28_000,
    clock: { state: 'on-time', used: 0.3, text: 'còn 5 ngày làm việc', due: '17:00 27/11/2026' },
  },
  {
    code: 'H12.101-261112-0007',
    procedure: 'Cấp giấy xác nhận tình trạng hôn nhân',
    applicant: 'Công ty TNHH Một thành viên Thủy sản Năm Căn – Đất Mũi',
    fee: 0,
    clock: { state: 'soon', used: 0.9, text: 'còn 3 giờ', due: '17:00 23/11/2026' },
  },
  {
    code: 'H12.101-261030-0113',
    procedure: 'Cấp giấy phép xây dựng nhà ở riêng lẻ',
    applicant: 'Trần Văn Út',
    fee: 75_000,
    clock: { state: 'overdue', used: 1.4, text: 'quá hạn 3 ngày', due: '17:00 17/11/2026' },
  },
  {
    code: 'H12.101-261020-0021',
    procedure: 'Đăng ký hộ kinh doanh',
    applicant: 'Lý A Sáng',
    fee: 100_000,
    clock: { state: 'paused', used: 0.6, text: 'tạm dừng, chờ bổ sung', due: 'tính tiếp khi nhận' },
  },
]

const columns: readonly Column<Line>[] = [
  {
    key: 'pick',
    label: 'Chọn',
    labelHidden: true,
    cell: (line) => <input type="checkbox" name="pick" value={line.code} aria-label={line.code} />,
  },
  {
    key: 'code',
    label: 'Mã hồ sơ',
    header: true,
    nowrap: true,
    sortHref: '?sort=code',
    cell: (line) => (
      <a class="govuk-link" href={`/mot-cua/ho-so/${line.code}`}>
        {line.code}
      </a>
    ),
  },
  { key: 'procedure', label: 'Thủ tục', cell: (line) => line.procedure },
  { key: 'applicant', label: 'Người nộp', cell: (line) => line.applicant },
  {
    key: 'fee',
    label: 'Lệ phí',
    numeric: true,
    nowrap: true,
    sortHref: '?sort=fee',
    sorted: 'descending',
    cell: (line) => <MoneyText dong={line.fee} />,
  },
  { key: 'clock', label: 'Thời hạn', cell: (line) => <ClockBar {...line.clock} /> },
]

const units = [
  {
    code: 'H12.04',
    name: 'Sở Nông nghiệp và Môi trường',
    ratio: 0.9731,
    numerator: 12_402,
    denominator: 12_745,
    href: '/dieu-hanh/H12.04',
  },
  { code: 'H12.101', name: 'Ủy ban nhân dân xã Nguyễn Phích', ratio: 0.612, numerator: 612, denominator: 1000, href: '/dieu-hanh/H12.101' },
  { code: 'H12.140', name: 'Ủy ban nhân dân xã Khánh Bình Tây Bắc', ratio: 0, numerator: 0, denominator: 318, href: '/dieu-hanh/H12.140' },
  { code: 'H12.164', name: 'Ủy ban nhân dân phường Hiệp Thành', ratio: null },
]

const weeks = ['T40', 'T41', 'T42', 'T43', 'T44', 'T45', 'T46', 'T47']
const trend = [0.61, 0.64, 0.6, null, 0.72, 0.75, 0.81, 0.79]

const onPhone: Readonly<Record<string, Pick<Column<Line>, 'phone'>>> = {
  ...{ procedure: { phone: 'line' }, applicant: { phone: 'half' }, clock: { phone: 'half' }, fee: { phone: 'keep' } },
}

/** Lists, clocks, rates and charts. */
export const DataSamples = ({ locale }: { locale: Locale }) => (
  <>
    <Sample name="FilterChips, Table, Pagination">
      <FilterChips
        label="Trạng thái"
        clearHref="?"
        chips={[
          { text: 'Mới gửi', href: '?s=1', count: 14 },
          { text: 'Đang xử lý', href: '?', on: true, count: 1203 },
          { text: 'Quá hạn', href: '?s=9', count: 3 },
        ]}
        locale={locale}
      />
      <Table
        caption="Việc của tôi"
        columns={columns}
        rows={lines}
        keys
        dense
        rowHref={(line) => `/mot-cua/ho-so/${line.code}`}
        footer={{ code: 'Cộng', fee: <MoneyText dong={203_000} /> }}
        locale={locale}
      />
      <Table
        caption="Việc của tôi, trên điện thoại vài dòng một hồ sơ"
        columns={columns.slice(1).map((column) => ({ ...column, ...onPhone[column.key] }))}
        rows={lines}
        footer={{ code: 'Cộng', fee: <MoneyText dong={203_000} /> }}
        locale={locale}
      />
      <Pagination page={7} pageSize={50} total={82_015} href={(n) => `?page=${n}`} locale={locale} />
      <Table
        caption="Chờ bổ sung"
        columns={columns}
        rows={[]}
        empty={
          <EmptyState title="Không có hồ sơ nào chờ bổ sung" action={{ href: '/mot-cua', text: 'Về việc của tôi' }}>
            <p class="govuk-body">Hồ sơ vào đây khi bạn yêu cầu người nộp bổ sung giấy tờ.</p>
          </EmptyState>
        }
        locale={locale}
      />
    </Sample>
    <Sample name="StatCard">
      <div class="cs-stats">
        <StatCard
          label="Nộp trực tuyến"
          ratio={0.6366}
          numerator={24_965}
          denominator={39_219}
          target={0.6}
          change={0.012}
          href="?m=online"
          locale={locale}
        />
        <StatCard
          label="Giải quyết đúng hạn"
          ratio={0.9731}
          numerator={79_804}
          denominator={82_015}
          target={0.98}
          change={-0.004}
          href="?m=on-time"
          locale={locale}
        />
        <StatCard
          label="Thanh toán trực tuyến"
          ratio={0}
          numerator={0}
          denominator={19_309}
          target={0.4}
          change={0}
          href="?m=paid"
          locale={locale}
        />
        <StatCard label="Số hóa hồ sơ" ratio={null} target={0.8} locale={locale} />
      </div>
    </Sample>
    <Sample name="TrendLine">
      <TrendLine
        id="trend-guide"
        title="Tỷ lệ nộp trực tuyến theo tuần"
        summary="Tăng từ 61 % lên 79 % trong tám tuần, vượt chỉ tiêu 70 % từ tuần 44."
        points={weeks.map((label, at) => ({ label, value: trend[at] ?? null }))}
        unit="percent"
        target={0.7}
        locale={locale}
      />
    </Sample>
    <Sample name="BarRanking">
      <BarRanking caption="Xếp hạng đơn vị" unitLabel="Đơn vị" ratioLabel="Nộp trực tuyến" units={units} target={0.6} locale={locale} />
    </Sample>
    <Sample name="HeatMap">
      <HeatMap
        caption="Nộp trực tuyến theo tuần"
        rowLabel="Đơn vị"
        columns={weeks}
        rows={[
          { name: 'Sở Nông nghiệp và Môi trường', href: '#main', values: [0.91, 0.95, 0.97, 1, 0.88, 0.93, 0.96, 0.97] },
          { name: 'Ủy ban nhân dân xã Khánh Bình Tây Bắc', href: '#main', values: [0, 0, 0.05, 0.18, 0.26, 0.41, 0.55, 0.72] },
          { name: 'Ủy ban nhân dân phường Hiệp Thành', values: [null, null, null, 0.3, 0.2, 0, 0.5, 0.6] },
        ]}
        locale={locale}
      />
    </Sample>
    <Sample name="ThreePane, KeyboardHints">
      <KeyboardHints
        hints={[
          { keys: '/', does: 'tìm' },
          { keys: 'j k', does: 'xuống, lên' },
          { keys: 'Enter', does: 'mở' },
          { keys: 'x', does: 'chọn' },
          { keys: '.', does: 'việc tiếp theo' },
        ]}
        locale={locale}
      />
      <ThreePane
        labels={['Hồ sơ', 'Bước hiện tại', 'Thời hạn và lịch sử']}
        left={<p class="govuk-body">Người nộp, câu trả lời, giấy tờ.</p>}
        middle={<p class="govuk-body">Thẩm định điều kiện cấp giấy phép xây dựng nhà ở riêng lẻ tại đô thị.</p>}
        right={<ClockBar state="soon" used={0.82} text="còn 1 ngày làm việc" due="17:00 23/11/2026" />}
      />
    </Sample>
    <Sample name="DateText, NumberText, PercentText, MoneyText">
      <p class="govuk-body">
        <DateText value="2026-11-27" weekday locale={locale} /> · <NumberText value={82_015} locale={locale} /> ·{' '}
        <PercentText ratio={0.973} locale={locale} /> · <MoneyText dong={50_000} locale={locale} />
      </p>
    </Sample>
  </>
)
