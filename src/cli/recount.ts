import type { Command } from 'commander'
import { Temporal } from 'temporal-polyfill'
import { systemClock } from '../kernel/clock.ts'
import type { Tx } from '../kernel/database/index.ts'
import { Refused } from '../kernel/errors.ts'
import { StartupError } from '../kernel/startup-error.ts'
import { measureSources } from '../measure-sources.ts'
import { recountWork } from '../modules/dossier/index.ts'
import { groupFinder, measures, recount } from '../modules/indicator/index.ts'
import { loadDirectory } from '../modules/organisation/index.ts'
import { oneUnit } from '../modules/scheme/index.ts'
import { checkDay } from './check-day.ts'
import { Exit } from './command.ts'
import { getProvince, withDatabase } from './database.ts'

interface Options {
  asOf?: string
  from?: string
  to?: string
  unit?: string
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

/** Which cells the figures count: of some days, and of a unit with what is below it. Undefined: everything. */
async function wanted(tx: Tx, { from, to, unit }: Options): Promise<((key: { agencyCode: string; day: string }) => boolean) | undefined> {
  if (from === undefined && to === undefined && unit === undefined) return undefined
  if (from === undefined || to === undefined) throw new StartupError({ vi: 'cần cả --from và --to', en: '--from and --to are both needed' })
  const period = { from: checkDay('--from', from), to: checkDay('--to', to) }
  const inside = ({ day }: { day: string }): boolean => period.from <= day && day <= period.to
  if (unit === undefined) return inside
  const { group } = oneUnit(await loadDirectory(tx), period, unit)
  const find = groupFinder([group])
  return (key) => inside(key) && find(key.agencyCode, key.day) !== null
}

const codes = new Map(measures.map(({ id, code }) => [id, code]))

export function configure(command: Command): void {
  command
    .option('--as-of <instant>', 'cho biết số liệu tại thời điểm / also tell the figures as of an instant')
    .option('--from <date>', 'chỉ số liệu của các hồ sơ tiếp nhận từ ngày / figures of dossiers received from this day on')
    .option('--to <date>', 'đến ngày / up to this day')
    .option('--unit <code>', 'chỉ của một đơn vị và nơi trực thuộc / of one unit and what is below it')
    .option('--repair', 'dựng lại số liệu từ nhật ký khi lệch / rebuild the figures from the log when they differ')
    .option('--province <slug>', 'tỉnh / province')
    .option('--json', 'JSON')
    .action(async (options: Options) => {
      const asOf = options.asOf === undefined ? undefined : readInstant(options.asOf)
      const { report, work } = await withDatabase(async (opened) => {
        const province = await getProvince(opened, options.province)
        const repair = options.repair === true
        const only = await opened.db.read(province, (tx) => wanted(tx, options))
        return {
          report: await recount({ db: opened.db, clock: systemClock }, province, measureSources, { asOf, repair, only }),
          // Counts at the top of the work lists: of now, whatever instant the figures are asked for.
          work: await recountWork(opened.db, province, { repair }),
        }
      }).catch((error: unknown) => {
        throw error instanceof Refused ? new StartupError(error.refusal.message) : error
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
