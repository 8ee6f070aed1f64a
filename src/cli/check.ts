import type { Command } from 'commander'
import { type Break, checkLog, type LogCheck } from '../kernel/seal/index.ts'
import { Exit } from './command.ts'
import { getProvince, withDatabase } from './database.ts'

const WHAT: Record<Break['kind'], string> = {
  'event-altered': 'sự kiện bị sửa / event altered',
  'event-missing': 'sự kiện bị mất / event missing',
  'event-inserted': 'sự kiện bị chèn / event inserted',
  'seal-altered': 'niêm phong bị sửa / seal altered',
  'seal-missing': 'niêm phong bị mất / seal missing',
}

/** One line a person can act on. */
function describe(check: LogCheck): string {
  const counts = `${check.events} sự kiện trong ${check.seals} lô niêm phong, ${check.unsealed} chưa niêm phong / ${check.events} events in ${check.seals} sealed batches, ${check.unsealed} not sealed yet`
  if (!check.broken) return `Nhật ký nguyên vẹn / The log is whole: ${counts}${check.head ? `\n${check.head}` : ''}`
  const { kind, batch, position, type, at } = check.broken
  const where = [`lô/batch ${batch}`, position && `vị trí/position ${position}`, type, at].filter(Boolean).join(', ')
  return `Nhật ký KHÔNG còn nguyên vẹn / The log is NOT whole: ${WHAT[kind]}: ${where}\nTới đó còn nguyên / Whole up to there: ${check.events} sự kiện / events, ${check.seals} lô / batches`
}

export function configure(command: Command): void {
  command
    .option('--province <slug>', 'tỉnh, mặc định theo cấu hình / province, by default the configured one')
    .option('--json', 'JSON')
    .action(async (options: { province?: string; json?: boolean }) => {
      const check = await withDatabase(async (opened) => checkLog(opened.db, await getProvince(opened, options.province)))
      console.log(options.json ? JSON.stringify(check) : describe(check))
      if (!check.ok) throw new Exit(2)
    })
}
