import { addDays, type Day } from '../../../kernel/clock.ts'
import { monthsText } from '../../../kernel/months.ts'
import { countText, moved, movedText, percentText, type Share } from './share.ts'
import {
  type Cell,
  findUnit,
  type Highlights,
  type Line,
  type Mention,
  type ReportedGap,
  type UnitLine,
  type WeeklyRate,
  type WeeklyReport,
} from './weekly.ts'

const two = (value: number): string => String(value).padStart(2, '0')

/** `27/11/2026`. */
export const dayText = (day: Day): string => day.split('-').reverse().join('/')

/** `15:00, 27/11/2026` on the wall in Vietnam. */
export function momentText(instant: string): string {
  const at = new Date(Date.parse(instant) + 7 * 3_600_000)
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}, ${dayText(at.toISOString().slice(0, 10))}`
}

const rateName = (report: WeeklyReport, code: WeeklyRate): string => report.rates.find((one) => one.code === code)?.name ?? code
const lower = (text: string): string => text.charAt(0).toLocaleLowerCase('vi') + text.slice(1)
/** Inside sentences a committee is called as people call it. */
const short = (name: string): string => name.replace(/^Ủy ban nhân dân /u, 'UBND ')
const nameOf = (report: WeeklyReport, mention: Mention): string => short(findUnit(report, mention)?.name ?? mention.key)

/** `a, b và 3 đơn vị khác`. */
function listed(names: readonly string[], most: number, what = 'đơn vị'): string {
  if (names.length <= most) return names.join('; ')
  return `${names.slice(0, most).join('; ')} và ${countText(names.length - most)} ${what} khác`
}

/** `80 %`, `62,5 %`. */
export const aimText = (value: number): string => `${String(Math.round(value * 10_000) / 100).replace('.', ',')} %`

/** A gap in words: met, so many dossiers, or nothing to say. */
export const gapText = (gap: number | null, aim: unknown): string =>
  aim === null ? 'chưa đặt' : gap === null ? 'N/A' : gap === 0 ? 'đạt' : countText(gap)

const changeOf = (now: Share, before: Share | null): string => movedText(moved(now, before))

const row = (line: Line, rate: WeeklyRate): object => {
  const cell = line.cells[rate]
  return {
    name: line.name,
    now: percentText(cell.now),
    change: changeOf(cell.now, cell.before),
    week: percentText(cell.week),
    aim: aimOf(cell),
    gap: gapText(cell.gap, cell.aim),
  }
}

/** `80 %`; with a star where nobody here has set it. */
export const aimOf = ({ aim }: Pick<Cell, 'aim'>): string => (aim ? `${aimText(aim.value)}${aim.threshold ? ' *' : ''}` : '–')

/** The title of a report: `Báo cáo tuần đến ngày 20/11/2026`. */
export const titleOf = (report: Pick<WeeklyReport, 'day'>): string => `Báo cáo tuần đến ngày ${dayText(report.day)}`

/** When and from what it was made, in one sentence; null when it was made at its hour. */
export function provenanceText(report: Pick<WeeklyReport, 'provenance' | 'producedAt' | 'dueAt' | 'day'>): string | null {
  if (report.provenance === 'late')
    return `Lập muộn: hẹn ${momentText(report.dueAt)}, hệ thống không chạy vào giờ đó, lập lúc ${momentText(report.producedAt)}.`
  if (report.provenance === 'later')
    return `Lập sau từ nhật ký, lúc ${momentText(report.producedAt)}: hồ sơ tiếp nhận đến hết ${dayText(report.day)}, kết quả tính như lúc lập.`
  return null
}

/** What changed since the report before, one sentence a line. */
export function changesOf(report: WeeklyReport): string[] {
  const overall = report.lines[0]
  const arrived = [
    ...(overall ? [`Tuần này tiếp nhận ${countText(overall.received.week)} hồ sơ, cả kỳ ${countText(overall.received.now)}.`] : []),
    ...endedOf(report),
  ]
  if (report.before === null) return [...arrived, `Kỳ tính bắt đầu ngày ${dayText(report.period.from)}, chưa có tuần trước để so.`]
  const mostly = report.highlights.flatMap((highlights) => {
    const sentence = moversOf(report, highlights)
    return sentence === null ? [] : [sentence]
  })
  const basis =
    report.before.basis === 'frozen'
      ? `So với báo cáo ngày ${dayText(report.before.day)} như đã chốt.`
      : `So với hồ sơ tiếp nhận đến hết ${dayText(report.before.day)}, tính lại lúc lập báo cáo này.`
  return [...arrived, ...mostly, basis]
}

/** What the year, quarter or month that ended this week came to. */
function endedOf({ ended, rates }: WeeklyReport): string[] {
  if (!ended) return []
  const shares = rates.map(({ code, name }) => `${lower(name)} ${percentText(ended.shares[code])}`)
  const days = `${dayText(ended.from)} đến ${dayText(ended.to)}`
  return [`Kỳ trước, ${days}, đã khép: tiếp nhận ${countText(ended.received)} hồ sơ; ${shares.join('; ')}.`]
}

function moversOf(report: WeeklyReport, { rate, up, down }: Highlights): string | null {
  const say = (list: Highlights['up']): string => list.map((one) => `${nameOf(report, one)} (${movedText(one.change)})`).join('; ')
  const parts = [up.length > 0 ? `tăng nhiều: ${say(up)}` : '', down.length > 0 ? `giảm nhiều: ${say(down)}` : ''].filter(Boolean)
  return parts.length === 0 ? null : `${rateName(report, rate)}: ${parts.join('. ')}.`.replace('. giảm', '. Giảm')
}

/** Who stands at 0 %, one sentence a rate. */
export function zeroOf(report: WeeklyReport, most = 8): string[] {
  const lines = report.highlights.flatMap(({ rate, zero }) => {
    const names = zero.map((one) => `${nameOf(report, one)} (${countText(findUnit(report, one)?.cells[rate].now.d ?? 0)} hồ sơ)`)
    return zero.length === 0 ? [] : [`${rateName(report, rate)} (${zero.length} đơn vị): ${listed(names, most)}.`]
  })
  return lines.length > 0 ? lines : ['Không đơn vị nào có hồ sơ mà ở 0 %.']
}

/**
 * What would reach an aim, said so that it can be done: what is received by hand or is late cannot be made otherwise afterwards, what is not
 * digitised can.
 */
function needText(name: string, code: WeeklyRate, { gap, aim, ahead }: Cell): { text: string; possible: boolean } | undefined {
  if (!gap || !aim) return undefined
  const to = aimText(aim.value)
  const said = (text: string, possible = true) => ({ text: `${name}: ${text}`, possible })
  if (code === 'digitised_rate') return said(`số hóa thêm ${countText(gap)} hồ sơ đã nhận để đạt ${to}`)
  if (ahead === undefined) return said(`thiếu ${countText(gap)} hồ sơ so với mức ${to}`)
  if (code === 'online_rate') {
    if (ahead === null) return said(`đã có hồ sơ không nộp trực tuyến nên kỳ này không còn đạt được ${to}`, false)
    return said(`cần ${countText(ahead)} hồ sơ nữa đều nộp trực tuyến để đạt ${to}`)
  }
  if (code === 'on_time_rate') {
    if (ahead === null) return said(`${countText(gap)} hồ sơ đã trễ nên kỳ này không còn đạt được ${to}; đừng để trễ thêm`, false)
    return said(`cần ${countText(ahead)} hồ sơ nữa đều đúng hạn để đạt ${to}`)
  }
  if (ahead === null) return said(`thiếu ${countText(gap)} hồ sơ có phí trả trực tuyến so với mức ${to}`)
  return said(`cần ${countText(ahead)} lượt có phí nữa đều trả trực tuyến để đạt ${to}`)
}

/** What is needed: how many dossiers to the aim, and whose move it is. What the province has set comes first, what can no longer be reached last. */
export function needsOf(report: WeeklyReport): string[] {
  const needs = report.lines.flatMap((line) =>
    report.rates.flatMap(({ code }) => {
      const cell = line.cells[code]
      if (line.key === 'total' && report.lines.length > 2) return []
      const need = needText(line.name, code, cell)
      if (!need) return []
      const behind = behindOf(report, code).filter(({ tier }) => line.tier === null || tier === line.tier)
      const most = behind.slice(0, 3).map((unit) => short(unit.name))
      const where = most.length > 0 ? `; trước hết ở ${most.join(', ')}` : ''
      const rank = (need.possible ? 0 : 2) + (cell.aim?.threshold ? 1 : 0)
      return [{ rank, gap: cell.gap ?? 0, text: `${need.text}${where}.` }]
    }),
  )
  if (report.lines.every((line) => report.rates.every(({ code }) => line.cells[code].aim === null)))
    return ['Chưa đặt mức cần đạt nào cho kỳ này: đặt ở trang chỉ tiêu thì báo cáo sau nói được còn thiếu bao nhiêu.']
  const sentences = needs.sort((a, b) => a.rank - b.rank || b.gap - a.gap).map(({ text }) => text)
  return sentences.length > 0 ? sentences.slice(0, 5) : ['Các cấp đều đạt mức đã đặt; giữ vững.']
}

/**
 * How many units meet everything the province has set for them, tier by tier; undefined where it has set nothing. A unit with nothing to
 * measure neither meets nor misses.
 */
export function metAllOf(report: WeeklyReport): string | undefined {
  const tiers = report.lines.flatMap(({ tier, name }) => {
    const measured = report.units.filter((unit) => unit.tier === tier && unit.until === null && setCells(unit).length > 0)
    if (tier === null || measured.length === 0) return []
    const met = measured.filter((unit) => setCells(unit).every(({ gap }) => gap === 0)).length
    return [`${countText(met)} trên ${countText(measured.length)} đơn vị ${lower(name)}`]
  })
  return tiers.length === 0 ? undefined : `Đạt mọi mức tỉnh đặt: ${tiers.join('; ')}.`
}

const setCells = (unit: UnitLine): Cell[] =>
  Object.values(unit.cells).filter(({ aim, gap }) => aim !== null && !aim.threshold && gap !== null)

/** Where the aims come from, each document once. */
export const sourcesOf = (report: WeeklyReport): string[] => [
  ...new Set(report.lines.flatMap((line) => report.rates.flatMap(({ code }) => line.cells[code].aim?.source ?? []))),
]

/** The units furthest behind in one rate, as the report names them. */
export const behindOf = (report: WeeklyReport, rate: WeeklyRate): UnitLine[] =>
  (report.highlights.find((one) => one.rate === rate)?.behind ?? []).flatMap((one) => findUnit(report, one) ?? [])

/** `UBND tỉnh Cà Mau, hồ sơ đã đồng bộ lên Cổng DVCQG: tháng 3/2026`; figures of a unit that lack the same months together. */
function missingOf(gaps: readonly ReportedGap[]): string[] {
  const figures = new Map<string, { unit: string; months: string; names: string[] }>()
  for (const { unit, figure, months } of gaps) {
    const text = monthsText(months)
    const known = figures.get(`${unit} ${text}`)
    if (known) known.names.push(figure)
    else figures.set(`${unit} ${text}`, { unit: short(unit), months: text, names: [figure] })
  }
  return [...figures.values()].map(({ unit, months, names }) => `${unit}, ${names.join(', ')}: tháng ${months}`)
}

/** Late or doubtful data by name. */
export function lateOf(report: WeeklyReport, most = 6): string[] {
  const { silent, silentDays, unfolded, recount, reported = [] } = report.late
  const quiet = silent.map((one) => ({ ...one, unit: findUnit(report, one) }))
  const since = addDays(report.day, -silentDays)
  const stopped = quiet
    .filter(({ unit }) => (unit?.received.now ?? 0) > 0)
    .map(
      ({ key, unit, lastReceived }) =>
        `${short(unit?.name ?? key)} (lần cuối ${lastReceived ? dayText(lastReceived) : `trước ${dayText(since)}`})`,
    )
  const never = quiet.filter(({ unit }) => (unit?.received.now ?? 0) === 0).map(({ key, unit }) => short(unit?.name ?? key))
  return [
    ...(stopped.length > 0 ? [`${stopped.length} đơn vị đã ${silentDays} ngày không có hồ sơ mới: ${listed(stopped, most)}.`] : []),
    ...(never.length > 0 ? [`${never.length} đơn vị chưa có hồ sơ nào cả kỳ: ${listed(never, most)}.`] : []),
    ...(quiet.length === 0 ? [`Đơn vị nào cũng có hồ sơ tiếp nhận trong ${silentDays} ngày qua.`] : []),
    ...(reported.length > 0 ? [`Số báo cáo từ ngoài hệ thống còn thiếu tháng. ${listed(missingOf(reported), most, 'mục')}.`] : []),
    recount === null
      ? 'Số liệu chưa lần nào được đếm lại từ nhật ký.'
      : recount.difference === 0
        ? `Đếm lại từ nhật ký lúc ${momentText(recount.at)}: không lệch.`
        : `Đếm lại từ nhật ký lúc ${momentText(recount.at)}: LỆCH ${countText(recount.difference)}, cần xem lại trước khi dùng số.`,
    ...(unfolded > 5000 ? [`${countText(unfolded)} thay đổi chưa gộp vào bảng số; số trong báo cáo vẫn tính đủ.`] : []),
  ]
}

/** The report in a few lines: what a recipient reads before opening it. */
export function noticeOf(report: WeeklyReport): { title: string; body: string } {
  const remark = provenanceText(report)
  const overall = report.lines[0]
  const figures = overall
    ? report.rates.map(({ code, name }) => {
        const { now, before } = overall.cells[code]
        const change = moved(now, before)
        return `${lower(name)} ${percentText(now)}${change === null ? '' : ` (${movedText(change)} điểm)`}`
      })
    : []
  const [first] = needsOf(report)
  return {
    title: titleOf(report),
    body: [
      ...(remark ? [remark] : []),
      `${periodText(report)}.`,
      ...(overall ? [`${overall.name}: ${figures.join('; ')}.`] : []),
      ...(first ? [`Cần làm trước: ${first.replace(/^(Cấp \S+): /u, (_all, tier: string) => `${lower(tier)} `)}`] : []),
    ].join('\n'),
  }
}

/** The alarm: what is missing and what to do about it. */
export const missingNotice = (day: Day, time: string): { title: string; body: string } => ({
  title: `Chưa có báo cáo tuần ngày ${dayText(day)}`,
  body: [
    `Báo cáo hẹn lúc ${time} ngày ${dayText(day)} chưa lập được. Hệ thống vẫn thử lại 5 phút một lần và sẽ báo nơi nhận khi có.`,
    'Quản trị hệ thống: xem Công việc nền, việc “Lập báo cáo tuần”, để biết vì sao. Số liệu trên bảng điều hành vẫn đúng.',
  ].join('\n'),
})

const kinds = { year: 'từ đầu năm, ', quarter: 'từ đầu quý, ', month: 'từ đầu tháng, ', since: 'từ ' } as const
const roleNames: Readonly<Record<string, string>> = {
  leader: 'lãnh đạo tỉnh',
  reform_officer: 'cán bộ cải cách hành chính',
  unit_head: 'lãnh đạo đơn vị',
  administrator: 'quản trị hệ thống',
}

/** Whom it is for, in one line. */
export const recipientsOf = ({ recipients }: Pick<WeeklyReport, 'recipients'>): string =>
  [
    ...recipients.roles.map((role) => roleNames[role] ?? role),
    ...recipients.officers.slice(0, 8),
    ...(recipients.officers.length > 8 ? [`và ${recipients.officers.length - 8} người khác`] : []),
  ].join('; ') || 'chưa chọn'

/** The period in words. */
export const periodText = ({ period }: Pick<WeeklyReport, 'period'>): string =>
  `Hồ sơ tiếp nhận ${kinds[period.kind]}${dayText(period.from)} đến ${dayText(period.to)}`

/** How the figures are to be read. */
export const METHOD =
  'Mỗi hồ sơ tính cho đơn vị của ngày tiếp nhận. “Còn thiếu” là số hồ sơ, trong số đã tính, phải đạt thêm để tới mức cần đạt. * tỉnh chưa đặt mức: lấy ngưỡng đủ điểm của bộ chỉ số quốc gia. N/A: chưa có hồ sơ để tính.'

/** The two pages as their template reads them: texts only. */
export function sheetOf(report: WeeklyReport, digest: string): Readonly<Record<string, unknown>> {
  const shown = report.lines
  return {
    title: titleOf(report),
    heading: 'BÁO CÁO TUẦN VỀ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH',
    period: periodText(report),
    asOf: `Số liệu lúc ${momentText(report.producedAt)}, đã chốt.`,
    remark: provenanceText(report),
    rates: report.rates.map(({ code, name }) => ({ name, rows: shown.map((line) => row(line, code)) })),
    met: metAllOf(report) ?? null,
    changes: changesOf(report),
    behind: report.rates.flatMap(({ code, name }) => {
      const units = behindOf(report, code)
      const count = report.highlights.find((one) => one.rate === code)?.behindCount ?? 0
      if (units.length === 0) return []
      return [
        {
          name: `${name}: ${countText(count)} đơn vị chưa đạt`,
          rows: units.map((unit) => ({
            name: short(unit.name),
            now: percentText(unit.cells[code].now),
            change: changeOf(unit.cells[code].now, unit.cells[code].before),
            week: percentText(unit.cells[code].week),
            counts: `${countText(unit.cells[code].now.n)} / ${countText(unit.cells[code].now.d)}`,
            gap: countText(unit.cells[code].gap ?? 0),
          })),
        },
      ]
    }),
    zero: zeroOf(report, 5),
    needs: needsOf(report),
    late: lateOf(report),
    recipients: recipientsOf(report),
    sources: sourcesOf(report).slice(0, 6).join('; ') || null,
    method: METHOD,
    foot: `Mã kiểm ${digest.slice(0, 16)}… · bảng đủ mọi đơn vị ở tệp XLSX`,
  }
}
