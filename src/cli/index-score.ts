import type { Command } from 'commander'
import { systemClock } from '../kernel/clock.ts'
import { Refused } from '../kernel/errors.ts'
import { monthsText } from '../kernel/months.ts'
import { StartupError } from '../kernel/startup-error.ts'
import { loadDirectory } from '../modules/organisation/index.ts'
import { NATIONAL, oneUnit, provinceUnit, readClosed, type ScoreJson, scoreJson, scoreUnits } from '../modules/scheme/index.ts'
import { checkDay } from './check-day.ts'
import { getProvince, withDatabase } from './database.ts'

interface Options {
  from: string
  to: string
  unit?: string
  scheme: string
  province?: string
  json?: boolean
  closed?: boolean
  procedure?: string
}

/** The score for a person at a terminal: groups, then indicators with what they were counted from. */
function table(json: ScoreJson): string {
  const number = (value: number | null, places: number): string => (value === null ? '–' : value.toFixed(places))
  const rows = json.indicators.map((one) => [
    one.id,
    one.name,
    one.numerator === null ? '–' : String(one.numerator),
    one.denominator === null ? '–' : String(one.denominator),
    number(one.ratio, 4),
    number(one.score, 2),
    number(one.max, 2),
    [
      ...(one.missing.length > 0 ? [`thiếu / missing: ${one.missing.join(', ')}`] : []),
      ...one.missing_months.map(({ quantity, months }) => `thiếu tháng / months missing: ${quantity} ${monthsText(months)}`),
    ].join('; '),
  ])
  const heads = ['id', 'indicator', 'numerator', 'denominator', 'ratio', 'score', 'max', '']
  const widths = heads.map((head, i) => Math.max(head.length, ...rows.map((row) => [...(row[i] ?? '')].length)))
  const line = (row: readonly string[]): string =>
    row
      .map((text, i) => {
        const space = ' '.repeat((widths[i] ?? 0) - [...text].length)
        return i < 2 || i === 7 ? text + space : space + text
      })
      .join('  ')
      .trimEnd()
  const groups = json.groups.filter(({ grouping }) => grouping === json.groups[0]?.grouping)
  return [
    `${json.unit.code} ${json.unit.name}: ${json.score.toFixed(2)} / ${json.max.toFixed(2)} (${json.band})`,
    ...(json.unknown > 0 ? [`Chưa chấm được / not scored for want of data: ${json.unknown.toFixed(2)}`] : []),
    ...(json.missing_months.length > 0
      ? [`Thiếu số báo cáo tháng / reported figures missing for: ${monthsText(json.missing_months)}`]
      : []),
    ...(json.in_force ? [] : [`Bộ chỉ số có hiệu lực từ / in force from ${json.scheme_valid_from}`]),
    ...groups.map(({ code, name, score, max }) => `  ${code} ${name}: ${score.toFixed(2)} / ${max.toFixed(2)}`),
    '',
    ...[heads, ...rows].map(line),
  ].join('\n')
}

export function configure(command: Command): void {
  command
    .requiredOption('--from <date>', 'từ ngày, như 2023-01-01 / first day')
    .requiredOption('--to <date>', 'đến ngày / last day')
    .option('--unit <code>', 'mã đơn vị; không có: toàn tỉnh / unit code; without: the province')
    .option('--scheme <name>', 'bộ chỉ số / index scheme', NATIONAL)
    .option('--province <slug>', 'tỉnh / province')
    .option('--procedure <code>', 'thêm thời gian giải quyết trung bình của một thủ tục (2.2) / also the average time of one procedure')
    .option('--closed', 'số liệu đã chốt của kỳ / the closed figures of the period')
    .option('--json', 'JSON')
    .action(async (options: Options) => {
      const period = { from: checkDay('--from', options.from), to: checkDay('--to', options.to) }
      if (period.to < period.from)
        throw new StartupError({ vi: '--to: ngày cuối ở trước ngày đầu', en: '--to: the last day is before the first' })
      const now = systemClock()
      const json = await withDatabase(async (opened) => {
        const province = await getProvince(opened, options.province)
        return opened.db.snapshot(province, async (tx) => {
          if (options.closed) {
            const { line, snapshot, ...chosen } = await readClosed(tx, { period, scheme: options.scheme }, options.unit)
            const closed = { revision: snapshot.revision, digest: snapshot.digest, closed_at: snapshot.closedAt.toString() }
            return { ...scoreJson(line, { ...chosen, period, asOf: snapshot.closedAt }), closed }
          }
          const directory = await loadDirectory(tx)
          const unit = options.unit === undefined ? provinceUnit(directory, period) : oneUnit(directory, period, options.unit)
          const { lines, ...chosen } = await scoreUnits(tx, { period, scheme: options.scheme, procedure: options.procedure }, [unit], now)
          const [line] = lines
          return line && scoreJson(line, { ...chosen, period, asOf: now })
        })
      }).catch((error: unknown) => {
        throw error instanceof Refused ? new StartupError(error.refusal.message) : error
      })
      if (!json) return
      console.log(options.json ? JSON.stringify(json, null, 2) : table(json))
    })
}
