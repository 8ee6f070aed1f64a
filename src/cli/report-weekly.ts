import type { Command } from 'commander'
import { dayOf, systemClock } from '../kernel/clock.ts'
import type { Province } from '../kernel/database/index.ts'
import { StartupError } from '../kernel/startup-error.ts'
import { createAccessKeeper } from '../modules/identity/index.ts'
import { permissionTree, refreshDirectory } from '../modules/organisation/index.ts'
import { freezeWeekly } from '../modules/reporting/index.ts'
import { readAims } from '../report-aims.ts'
import { readGaps } from '../report-gaps.ts'
import { checkDay } from './check-day.ts'
import { getProvince, withDatabase } from './database.ts'

interface Options {
  asOf: string
  since?: string
  province?: string
  json?: boolean
}

export function configure(command: Command): void {
  command
    .requiredOption('--as-of <date>', 'ngày của báo cáo, như thứ Sáu 2023-03-03 / day of the report')
    .option('--since <date>', 'tính từ ngày, thay cho kỳ đã đặt / counted since')
    .option('--province <slug>', 'tỉnh / province')
    .option('--json', 'JSON')
    .action(async (options: Options) => {
      const day = checkDay('--as-of', options.asOf)
      const since = options.since ? checkDay('--since', options.since) : undefined
      const done = await withDatabase(async (opened) => {
        const province = await getProvince(opened, options.province)
        // Whom the report of this week is for, and who may read it, is looked up as the server would.
        await refreshDirectory(opened.db, province)
        const keeper = createAccessKeeper(opened.db, (one) => permissionTree(opened.db, one, () => dayOf(systemClock())))
        await keeper.refresh(province)
        const host = { db: opened.db, clock: systemClock, access: (one: Province) => keeper.access(one), aims: readAims, gaps: readGaps }
        return freezeWeekly(host, province, { day, made: 'from_log', since })
      })
      if (!done.ok) throw new StartupError(done.error.message)
      const { id, made } = done.value
      if (options.json) console.log(JSON.stringify(done.value))
      else
        console.log(
          made ? `Đã chốt / frozen: /dieu-hanh/bao-cao/${id}` : `Tuần này đã có báo cáo / already there: /dieu-hanh/bao-cao/${id}`,
        )
    })
}
