import type { Command } from 'commander'
import { systemClock } from '../kernel/clock.ts'
import { schemaOf } from '../kernel/database/index.ts'
import { createProvince } from '../kernel/database/migrate.ts'
import { StartupError } from '../kernel/startup-error.ts'
import { loadForms } from '../modules/form/index.ts'
import { findProvince, withDatabase } from './database.ts'

interface Options {
  province: string
  name: string
  code: string
  json?: boolean
}

function check({ province, name, code }: Options): void {
  try {
    schemaOf(province)
  } catch (error) {
    throw new StartupError({
      vi: `--province: "${province}" chỉ được có chữ thường, số và gạch nối`,
      en: `--province: ${(error as Error).message}`,
    })
  }
  if (!/^\d{2}$/.test(code))
    throw new StartupError({ vi: '--code là mã tỉnh gồm hai chữ số', en: '--code is the two-digit code of the province' })
  if (!name.trim()) throw new StartupError({ vi: '--name không được để trống', en: '--name must not be empty' })
}

export function configure(command: Command): void {
  command
    .requiredOption('--province <slug>', 'tên ngắn, như can-tho / short name, such as can-tho')
    .requiredOption('--name <name>', 'tên đầy đủ, như "Thành phố Cần Thơ" / full name')
    .requiredOption('--code <code>', 'mã tỉnh hai chữ số, như 92 / two-digit code')
    .option('--empty', 'không có dữ liệu mẫu / without demo data', true)
    .option('--json', 'JSON')
    .action(async (options: Options) => {
      check(options)
      const { existed, province } = await withDatabase(async (opened) => {
        const existed = (await findProvince(opened, options.province)) !== undefined
        const input = { slug: options.province, name: options.name.normalize('NFC').trim(), code: options.code }
        const province = await createProvince(opened.migration, input)
        // E-forms are the country's, not demo data: without them an imported procedure could not be filed online.
        await loadForms({ db: opened.db, clock: systemClock }, province)
        return { existed, province }
      })
      if (options.json) console.log(JSON.stringify({ ...province, created: !existed }))
      else console.log(existed ? `${province.name}: đã có / already there` : `${province.name}: đã tạo / made (${province.schema})`)
    })
}
