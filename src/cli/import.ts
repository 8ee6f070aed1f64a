import type { Command } from 'commander'
import { systemClock } from '../kernel/clock.ts'
import type { ImportKind } from '../kernel/import.ts'
import { importFile } from '../kernel/import-file.ts'
import { calendarImport } from '../modules/calendar/index.ts'
import { procedureImport } from '../modules/catalogue/index.ts'
import { dossierImport } from '../modules/dossier/index.ts'
import { agencyImport } from '../modules/organisation/index.ts'
import { reportedImport } from '../modules/scheme/index.ts'
import { Exit } from './command.ts'
import { getProvince, withDatabase } from './database.ts'
import { progress } from './progress.ts'

/** Every kind of file a province can bring (shared/design/import-format.md). Rows of one kind never meet another's. */
const kinds = [agencyImport, procedureImport, dossierImport(), reportedImport, calendarImport] as unknown as readonly ImportKind<unknown>[]

interface Options {
  province?: string
  json?: boolean
}

const SOME_REJECTED = 3

async function load(kind: ImportKind<unknown>, file: string, options: Options): Promise<void> {
  const bar = progress(file)
  const begun = performance.now()
  const result = await withDatabase(async (opened) => {
    const province = await getProvince(opened, options.province)
    return importFile({ db: opened.db, clock: systemClock }, province, kind, file, {
      onProgress: ({ rows, bytes, totalBytes }) => {
        const rate = Math.round((1000 * rows) / Math.max(1, performance.now() - begun))
        bar.update(bytes, totalBytes, `${rows} dòng / rows, ${rate}/s`)
      },
    })
  }).finally(() => bar.stop())
  const { imported, unchanged, rejected, rejectsFile } = result
  if (rejectsFile) process.stderr.write(`Dòng không nạp được / rejected rows: ${rejectsFile}\n`)
  if (options.json) console.log(JSON.stringify({ imported, unchanged, rejected, rejects_file: rejectsFile ?? null }))
  else console.log(`${imported} imported, ${unchanged} unchanged, ${rejected} rejected`)
  if (rejected > 0) throw new Exit(SOME_REJECTED)
}

export function configure(command: Command): void {
  command
    .argument('<kind>', `loại / kind: ${kinds.map(({ kind }) => kind).join(', ')}`)
    .argument('<file>', 'tệp CSV, UTF-8 / CSV file in UTF-8')
    .option('--province <slug>', 'tỉnh / province')
    .option('--json', 'JSON')
    .action(async (name: string, file: string, options: Options) => {
      const kind = kinds.find((known) => known.kind === name)
      if (!kind)
        command.error(`Lỗi: loại phải là ${kinds.map((one) => one.kind).join(', ')} / Error: unknown kind "${name}"`, { exitCode: 1 })
      else await load(kind, file, options)
    })
}
