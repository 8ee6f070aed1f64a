import { headOf, printSheet, type XlsxColumn, xlsx } from '../printing/index.ts'
import { moved, percentText, type Share } from './rules/share.ts'
import type { UnitLine, WeeklyRate, WeeklyReport } from './rules/weekly.ts'
import { aimText, gapText, lateOf, momentText, periodText, provenanceText, sheetOf, titleOf } from './rules/weekly-words.ts'

/** A frozen report with its digest, which has been compared. */
export interface KeptReport {
  readonly report: WeeklyReport
  readonly digest: string
}

/** The two pages for reading: the same bytes for the same frozen report. `svg`: a picture of them. */
export const weeklyPdf = ({ report, digest }: KeptReport, as: 'pdf' | 'svg' = 'pdf'): Promise<Uint8Array<ArrayBuffer>> =>
  printSheet('weekly-report.typ', { ...headOf(report.issuer, report.producedAt), ...sheetOf(report, digest) }, { as })

const tierNames = { province: 'Cấp tỉnh', district: 'Cấp huyện', commune: 'Cấp xã' } as const

const percent = ({ n, d }: Share): number | null => (d === 0 ? null : Math.round((n / d) * 10_000) / 100)

/** Every unit with every count: what is filtered and added up elsewhere. The same bytes for the same frozen report. */
export function weeklyXlsx({ report, digest }: KeptReport): Promise<Uint8Array<ArrayBuffer>> {
  const ofRate = (code: WeeklyRate, name: string): XlsxColumn<UnitLine>[] => [
    { header: `${name}: đạt`, kind: 'number', width: 11, value: (unit) => unit.cells[code].now.n },
    { header: `${name}: tổng`, kind: 'number', width: 11, value: (unit) => unit.cells[code].now.d },
    { header: `${name}, %`, kind: 'number', width: 11, value: (unit) => percent(unit.cells[code].now) },
    {
      header: `${name}: so tuần trước, điểm`,
      kind: 'number',
      width: 12,
      value: (unit) => points(unit.cells[code].now, unit.cells[code].before),
    },
    { header: `${name}: riêng tuần này, %`, kind: 'number', width: 12, value: (unit) => percent(unit.cells[code].week) },
    {
      header: `${name}: mức cần đạt`,
      width: 11,
      value: ({ cells }) => (cells[code].aim ? aimText(cells[code].aim?.value ?? 0) : 'chưa đặt'),
    },
    { header: `${name}: còn thiếu, hồ sơ`, width: 12, value: ({ cells }) => gapText(cells[code].gap, cells[code].aim) },
  ]
  return xlsx<UnitLine>(
    report.units,
    [
      { header: 'Mã đơn vị', width: 12, value: (unit) => unit.key },
      { header: 'Đơn vị', width: 40, wrap: true, value: (unit) => unit.name },
      { header: 'Cấp', width: 10, value: (unit) => tierNames[unit.tier] },
      { header: 'Đến hết ngày', kind: 'day', width: 12, value: (unit) => unit.until },
      { header: 'Tiếp nhận cả kỳ', kind: 'number', width: 12, value: (unit) => unit.received.now },
      { header: 'Tiếp nhận tuần này', kind: 'number', width: 12, value: (unit) => unit.received.week },
      { header: 'Tiếp nhận lần cuối', kind: 'day', width: 12, value: (unit) => unit.lastReceived },
      ...report.rates.flatMap(({ code, name }) => ofRate(code, name)),
    ],
    {
      sheet: `Tuần ${report.day}`,
      title: [
        titleOf(report),
        `${periodText(report)}. Số liệu lúc ${momentText(report.producedAt)}.`,
        provenanceText(report) ?? 'Lập đúng giờ.',
        ...lateOf(report),
        `Cả ${report.tiers.length === 0 ? 'tỉnh' : 'phạm vi'}: ${report.rates.map(({ code, name }) => `${name} ${percentText(report.lines[0]?.cells[code].now ?? { n: 0, d: 0 })}`).join('; ')}.`,
        `Mã kiểm SHA-256: ${digest}`,
      ],
    },
  )
}

function points(now: Share, before: Share | null): number | null {
  const change = moved(now, before)
  return change === null ? null : change / 100
}
