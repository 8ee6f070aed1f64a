import type { Command } from 'commander'
import { writeCaMau2022, YEAR_TOTAL } from '../demo/ca-mau-2022.ts'
import { TOTAL_2023, writeCaMau2023 } from '../demo/ca-mau-2023.ts'
import { load2023, loadYear } from '../demo/load-year.ts'
import { loadProvinces } from '../demo/provinces.ts'
import { createAccess } from '../kernel/access/index.ts'
import { systemClock } from '../kernel/clock.ts'
import { foldAll } from '../modules/indicator/index.ts'
import { getProvince, withDatabase } from './database.ts'
import { progress } from './progress.ts'

interface Options {
  out?: string
  load?: boolean
  province?: string
  json?: boolean
}

const years = {
  'ca-mau-2022': { name: 'Cà Mau 2022', total: YEAR_TOTAL, write: writeCaMau2022, load: loadYear },
  'ca-mau-2023': { name: 'Cà Mau 2023', total: TOTAL_2023, write: writeCaMau2023, load: load2023 },
} as const
const PROVINCES = 'provinces'
const names = [...Object.keys(years), PROVINCES].join(', ')

/** Makes the simulated provinces beside the demo's own, for the national board. */
async function provinces(options: Options): Promise<void> {
  const bar = progress('Các tỉnh mô phỏng / simulated provinces')
  const loaded = await withDatabase((opened) =>
    loadProvinces({ db: opened.db, clock: systemClock, migration: opened.migration }, (done, total) => bar.update(done, total)),
  ).finally(() => bar.stop())
  if (options.json) console.log(JSON.stringify(loaded))
  else console.log(`${loaded.provinces} tỉnh, ${loaded.dossiers} hồ sơ mô phỏng đã nạp / simulated provinces and dossiers loaded`)
}

/** Loads a year into the province through the import, and folds its counts so that pages are quick at once. */
async function load(year: (typeof years)[keyof typeof years], options: Options): Promise<void> {
  const bar = progress(year.name)
  await withDatabase(async (opened) => {
    const province = await getProvince(opened, options.province)
    const host = { db: opened.db, clock: systemClock, access: () => createAccess([], { isWithin: () => false }) }
    await year.load(host, province, (done, total) => bar.update(done, total))
    await foldAll(opened.db, province)
  }).finally(() => bar.stop())
  if (options.json) console.log(JSON.stringify({ loaded: year.name, rows: year.total }))
  else console.log(`${year.name}: ${year.total} hồ sơ mô phỏng đã nạp / simulated dossiers loaded`)
}

async function write(year: (typeof years)[keyof typeof years], folder: string, json: boolean | undefined): Promise<void> {
  const bar = progress(year.name)
  const written = await year.write(folder, { onProgress: (rows) => bar.update(rows, year.total) }).finally(() => bar.stop())
  const { rows, ...files } = written
  if (json) console.log(JSON.stringify(written))
  else console.log(`${rows} hồ sơ mô phỏng / simulated dossiers: ${Object.values(files).join(', ')}`)
}

export function configure(command: Command): void {
  command
    .argument('<name>', names)
    .option('--out <folder>', 'thư mục ghi ra (mặc định: tên bộ dữ liệu) / folder to write to')
    .option('--load', 'nạp thẳng vào tỉnh mẫu / load it into the demo province')
    .option('--province <slug>', 'tỉnh / province')
    .option('--json', 'JSON')
    .action(async (name: string, options: Options) => {
      if (name === PROVINCES) return provinces(options)
      const year = Object.entries(years).find(([known]) => known === name)?.[1]
      if (!year) command.error(`Lỗi: chỉ có ${names} / Error: unknown data set "${name}"`, { exitCode: 1 })
      else {
        if (options.out !== undefined || !options.load) await write(year, options.out ?? name, options.json)
        if (options.load) await load(year, options)
      }
    })
}
