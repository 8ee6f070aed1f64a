import type { Command } from 'commander'
import { measureSources } from '../measure-sources.ts'
import { checkSnapshots, type SnapshotCheck } from '../modules/scheme/index.ts'
import { Exit } from './command.ts'
import { getProvince, withDatabase } from './database.ts'

const BROKEN = {
  digest: 'nội dung không khớp mã băm / the text no longer has its digest',
  columns: 'người chốt, giờ chốt hoặc lý do không như trong nội dung / who closed it, when or why is not as its text says',
  chain: 'không còn bản trước / the snapshot before it is gone',
  missing: 'nhật ký có chốt mà không còn bản này / the log closed it and it is gone',
  unrecorded: 'nhật ký không có lần chốt này / the log never closed it so',
} as const

const isWhole = ({ broken, misscored, difference }: SnapshotCheck): boolean => broken === null && misscored.length === 0 && difference === 0

function describe(check: SnapshotCheck): string {
  const name = `${check.from} – ${check.to} (${check.scheme}, bản/revision ${check.revision}) ${check.digest.slice(0, 12)}`
  if (check.broken) return `${name}: ${BROKEN[check.broken]}`
  const lines = [
    `${name}: difference ${check.difference}`,
    ...check.differing.map(
      ({ unit, quantity, closed, counted }) => `  ${unit}  ${quantity}: đã chốt / closed ${closed ?? '–'}, nhật ký / log ${counted}`,
    ),
    ...(check.misscored.length > 0 ? [`  điểm không khớp số liệu / points do not follow: ${check.misscored.join(', ')}`] : []),
  ]
  return lines.join('\n')
}

export function configure(command: Command): void {
  command
    .option('--province <slug>', 'tỉnh / province')
    .option('--json', 'JSON')
    .action(async (options: { province?: string; json?: boolean }) => {
      const checks = await withDatabase(async (opened) =>
        opened.db.snapshot(await getProvince(opened, options.province), (tx) => checkSnapshots(tx, measureSources)),
      )
      if (options.json) console.log(JSON.stringify(checks))
      else console.log(checks.length === 0 ? 'Chưa chốt kỳ nào / No period is closed yet' : checks.map(describe).join('\n'))
      if (!checks.every(isWhole)) throw new Exit(2)
    })
}
