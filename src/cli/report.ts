import { type Command, Option } from 'commander'
import { StartupError } from '../kernel/startup-error.ts'
import { type RateLine, rateFields, rateJson, reportRates, type Tier } from '../modules/indicator/index.ts'
import { compareCodes, loadDirectory } from '../modules/organisation/index.ts'
import { checkDay } from './check-day.ts'
import { getProvince, withDatabase } from './database.ts'

interface Options {
  from: string
  to: string
  by: 'total' | 'tier' | 'agency'
  tier?: Tier
  province?: string
  json?: boolean
}

/** The lines as a table: texts to the left, numbers to the right, no rate as a dash. */
function table(lines: readonly RateLine[]): string {
  const heads = ['group', 'name', ...rateFields]
  const rows = lines.map((line) => {
    const cell = (field: (typeof rateFields)[number]): string =>
      field in line.counts ? String(line.counts[field as keyof RateLine['counts']]) : (line.rates[field as keyof RateLine['rates']] ?? '–')
    return [line.group, line.name, ...rateFields.map(cell)]
  })
  const widths = heads.map((head, i) => Math.max(head.length, ...rows.map((row) => [...(row[i] ?? '')].length)))
  const pad = (text: string, i: number): string => {
    const space = ' '.repeat((widths[i] ?? 0) - [...text].length)
    return i < 2 ? text + space : space + text
  }
  return [heads, ...rows].map((row) => row.map(pad).join('  ').trimEnd()).join('\n')
}

export function configure(command: Command): void {
  command
    .requiredOption('--from <date>', 'từ ngày, như 2022-01-01 / first day')
    .requiredOption('--to <date>', 'đến ngày / last day')
    .addOption(new Option('--by <group>', 'theo / by').choices(['total', 'tier', 'agency']).makeOptionMandatory())
    .addOption(new Option('--tier <tier>', 'chỉ một cấp / only one tier').choices(['province', 'district', 'commune']))
    .option('--province <slug>', 'tỉnh / province')
    .option('--json', 'JSON')
    .action(async (options: Options) => {
      const period = { from: checkDay('--from', options.from), to: checkDay('--to', options.to) }
      if (period.to < period.from)
        throw new StartupError({ vi: '--to: ngày cuối ở trước ngày đầu', en: '--to: the last day is before the first' })
      const lines = await withDatabase(async (opened) => {
        const province = await getProvince(opened, options.province)
        return opened.db.read(province, async (tx) => {
          const { agencies } = await loadDirectory(tx)
          const versions = [...agencies].sort((a, b) => compareCodes(a.code, b.code) || a.validFrom.localeCompare(b.validFrom))
          return reportRates(tx, versions, { period, by: options.by, tier: options.tier })
        })
      })
      console.log(options.json ? `[${lines.map(rateJson).join(',\n')}]` : table(lines))
    })
}
