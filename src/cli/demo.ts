import type { Command } from 'commander'
import { writeCaMau2022, YEAR_TOTAL } from '../demo/ca-mau-2022.ts'
import { progress } from './progress.ts'

interface Options {
  out: string
  json?: boolean
}

export function configure(command: Command): void {
  command
    .argument('<name>', 'ca-mau-2022')
    .option('--out <folder>', 'thư mục ghi ra / folder to write to', 'ca-mau-2022')
    .option('--json', 'JSON')
    .action(async (name: string, options: Options) => {
      if (name !== 'ca-mau-2022') command.error(`Lỗi: chỉ có ca-mau-2022 / Error: unknown data set "${name}"`, { exitCode: 1 })
      const bar = progress('Cà Mau 2022')
      const written = await writeCaMau2022(options.out, { onProgress: (rows) => bar.update(rows, YEAR_TOTAL) }).finally(() => bar.stop())
      if (options.json) console.log(JSON.stringify(written))
      else
        console.log(`${written.rows} hồ sơ mô phỏng / simulated dossiers: ${written.agencies}, ${written.procedures}, ${written.dossiers}`)
    })
}
