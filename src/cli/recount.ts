import type { Command } from 'commander'
import { Temporal } from 'temporal-polyfill'
import { systemClock } from '../kernel/clock.ts'
import { StartupError } from '../kernel/startup-error.ts'
import { measureSources } from '../measure-sources.ts'
import { recountWork } from '../modules/dossier/index.ts'
import { measures, recount } from '../modules/indicator/index.ts'
import { Exit } from './command.ts'
import { getProvince, withDatabase } from './database.ts'

interface Options {
  asOf?: string
  repair?: boolean
  province?: string
  json?: boolean
}

const DIFFERS = 2

function readInstant(text: string): Temporal.Instant {
  try {
    return Temporal.Instant.from(text)
  } catch {
    throw new StartupError({
      vi: `--as-of: "${text}" không phải thời điểm có múi giờ, như 2026-11-20T13:30:00+07:00`,
      en: `--as-of: "${text}" is not an instant with a zone, such as 2026-11-20T13:30:00+07:00`,
    })
  }
}

const codes = new Map(measures.map(({ id, code }) => [id, code]))

export function configure(command: Command): void {
  command
    .option('--as-of <instant>', 'cho biết số liệu tại thời điểm / also tell the figures as of an instant')
    .option('--repair', 'dựng lại số liệu từ nhật ký khi lệch / rebuild the figures from the log when they differ')
    .option('--province <slug>', 'tỉnh / province')
    .option('--json', 'JSON')
    .action(async (options: Options) => {
      const asOf = options.asOf === undefined ? undefined : readInstant(options.asOf)
      const { report, work } = await withDatabase(async (opened) => {
        const province = await getProvince(opened, options.province)
        const repair = options.repair === true
        return {
          report: await recount({ db: opened.db, clock: systemClock }, province, measureSources, { asOf, repair }),
          // Counts at the top of the work lists: of now, whatever instant the figures are asked for.
          work: await recountWork(opened.db, province, { repair }),
        }
      })
      const differing = report.differing.map(({ measure, ...where }) => ({ ...where, measure: codes.get(measure) ?? measure }))
      if (options.json) {
        const { difference, events, figures, repaired } = report
        console.log(JSON.stringify({ difference, as_of: report.asOf, events, figures, differing, repaired, open_work: work }))
      } else {
        console.log(
          `difference ${report.difference} (${report.events} sự kiện / events)${report.repaired ? ', đã dựng lại / rebuilt' : ''}`,
        )
        for (const { agencyCode, day, procedureCode, channel, measure, counted, shown } of differing)
          console.log(
            `  ${agencyCode}  ${day}  ${procedureCode || '*'}  ${channel || '*'}  ${measure}: nhật ký / log ${counted}, đang hiện / shown ${shown}`,
          )
      }
      if (!options.json && work.difference > 0) {
        console.log(`hồ sơ đang mở / open work: difference ${work.difference}${work.repaired ? ', đã dựng lại / rebuilt' : ''}`)
        for (const { stage, held, dueDay, counted, shown } of work.differing)
          console.log(`  ${stage || '*'}  ${held}  ${dueDay}: đếm được / counted ${counted}, đang hiện / shown ${shown}`)
      }
      if (report.difference > 0 || work.difference > 0) throw new Exit(DIFFERS)
    })
}
