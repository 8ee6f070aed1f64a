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
  type TimeLimit,
  type TimeUnit,
  timeUnits,
  type WorkCalendar,
} from '../modules/calendar/index.ts'
import { loadDirectory } from '../modules/organisation/index.ts'
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

/** The country's calendar needs no database; a province's or an agency's own days, hours and rules do. */
async function findCalendar({ agency, province }: Options): Promise<WorkCalendar> {
  if (agency === undefined && province === undefined) return readNationalCalendar()
  return withDatabase(async (opened) =>
    opened.db.read(await getProvince(opened, province), async (tx) => {
      if (agency !== undefined && !(await loadDirectory(tx)).agencies.some(({ code }) => code === agency)) {
        throw wrong('--agency', `không có cơ quan mã "${agency}"`, `there is no agency "${agency}"`)
      }
      return loadCalendar(tx, agency ?? '')
    }),
  )
}

/** What was asked, read before anything is opened: a mistyped option costs no database. */
interface Question {
  readonly received: Temporal.Instant
  readonly limit: TimeLimit
  readonly pauses: readonly Pause[]
  readonly locale: Locale
}

function readQuestion(options: Options): Question {
  if (options.locale !== 'vi' && options.locale !== 'en') throw wrong('--locale', 'phải là vi hoặc en', 'must be vi or en')
  if (!/^\d{1,5}$/.test(options.limit))
    throw wrong('--limit', `"${options.limit}" không phải số nguyên`, `"${options.limit}" is not a whole number`)
  return {
    received: readInstant('--received', options.received),
    limit: { limit: Number(options.limit), unit: readUnit(options.unit) },
    pauses: options.pause.map(readPause),
    locale: options.locale,
  }
}

function compute({ received, limit, pauses }: Question, calendar: WorkCalendar): Due {
  try {
    return dueAt(received, limit, calendar, pauses)
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
      const question = readQuestion(options)
      const { due, explanation } = compute(question, await findCalendar(options))
      const sentences = explanation.map((sentence) => t(question.locale, sentence))
      if (options.json) console.log(JSON.stringify({ due: due.toString({ timeZone: ZONE }), explanation: sentences }))
      else console.log(sentences.join('\n'))
    })
}
