import type { Command } from 'commander'
import { Temporal } from 'temporal-polyfill'
import { ZONE } from '../kernel/clock.ts'
import { Refused } from '../kernel/errors.ts'
import { type Locale, t } from '../kernel/i18n/index.ts'
import { StartupError } from '../kernel/startup-error.ts'
import {
  type Due,
  dueAt,
  loadCalendar,
  type Pause,
  readNationalCalendar,
  type TimeUnit,
  timeUnits,
  type WorkCalendar,
} from '../modules/calendar/index.ts'
import { getProvince, withDatabase } from './database.ts'

interface Options {
  received: string
  limit: string
  unit: string
  pause: string[]
  agency?: string
  province?: string
  locale: string
  json?: boolean
}

const wrong = (option: string, vi: string, en: string): StartupError => new StartupError({ vi: `${option}: ${vi}`, en: `${option}: ${en}` })

function readInstant(option: string, text: string): Temporal.Instant {
  try {
    return Temporal.Instant.from(text)
  } catch {
    throw wrong(
      option,
      `"${text}" không phải thời điểm có múi giờ, như 2026-11-20T13:30:00+07:00`,
      `"${text}" is not an instant with a zone, such as 2026-11-20T13:30:00+07:00`,
    )
  }
}

function readPause(text: string): Pause {
  const [from, to, ...more] = text.split('/')
  if (!from || !to || more.length > 0) throw wrong('--pause', `"${text}" phải có dạng <từ>/<đến>`, `"${text}" must look like <from>/<to>`)
  return { from: readInstant('--pause', from), to: readInstant('--pause', to) }
}

function readUnit(text: string): TimeUnit {
  const unit = timeUnits.find((known) => known === text)
  if (!unit) throw wrong('--unit', `phải là ${timeUnits.join(', ')}`, `must be one of ${timeUnits.join(', ')}`)
  return unit
}

/** The country's calendar needs no database; a province's or an agency's own days do. */
async function findCalendar({ agency, province }: Options): Promise<WorkCalendar> {
  if (agency === undefined && province === undefined) return readNationalCalendar()
  return withDatabase(async (opened) => opened.db.read(await getProvince(opened, province), (tx) => loadCalendar(tx, agency ?? '')))
}

function compute(options: Options, calendar: WorkCalendar): Due {
  const limit = /^\d+$/.test(options.limit) ? Number(options.limit) : Number.NaN
  try {
    return dueAt(
      readInstant('--received', options.received),
      { limit, unit: readUnit(options.unit) },
      calendar,
      options.pause.map(readPause),
    )
  } catch (error) {
    if (error instanceof Refused) throw new StartupError(error.refusal.message)
    throw error
  }
}

export function configure(command: Command): void {
  command
    .requiredOption('--received <instant>', 'lúc nhận, như 2026-11-20T13:30:00+07:00 / when it was received')
    .requiredOption('--limit <n>', 'thời hạn / the time limit')
    .requiredOption('--unit <unit>', timeUnits.join(' | '))
    .option(
      '--pause <from/to>',
      'tạm dừng, lặp lại được / a pause, may be repeated',
      (text: string, all: string[]) => [...all, text],
      [] as string[],
    )
    .option('--agency <code>', 'theo lịch riêng của cơ quan / by an agency’s own calendar')
    .option('--province <slug>', 'theo lịch riêng của tỉnh / by a province’s own calendar')
    .option('--locale <vi|en>', 'lời giải thích / language of the explanation', 'vi')
    .option('--json', 'JSON')
    .action(async (options: Options) => {
      const { due, explanation } = compute(options, await findCalendar(options))
      const locale: Locale = options.locale === 'en' ? 'en' : 'vi'
      const sentences = explanation.map((sentence) => t(locale, sentence))
      if (options.json) console.log(JSON.stringify({ due: due.toString({ timeZone: ZONE }), explanation: sentences }))
      else console.log(sentences.join('\n'))
    })
}
