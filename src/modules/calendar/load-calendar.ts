import type { Day } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/database/index.ts'
import { Refused } from '../../kernel/errors.ts'
import { yearUnknown } from './errors.ts'
import { coverage, readNationalDays } from './files.ts'
import { chainOf, inForceFor } from './rules/inherit.ts'
import { buildCalendar, type CalendarDay, type CalendarSource, type WorkCalendar } from './rules/work-calendar.ts'
import { loadDays, loadRules, loadSchedules, readStamp } from './store.ts'

let national: Promise<readonly CalendarDay[]> | undefined

/** The country's days off, read from data/calendar once. */
function nationalDays(): Promise<readonly CalendarDay[]> {
  national ??= readNationalDays()
  return national
}

const KEPT = 500
const built = new Map<string, WorkCalendar>()

const keep = (key: string, calendar: WorkCalendar): WorkCalendar => {
  if (built.size >= KEPT) built.clear()
  built.set(key, calendar)
  return calendar
}

/** Calendars of several agencies at once, in three statements whatever their number; agencies that differ in nothing share one. */
async function build(tx: Tx, agencyCodes: readonly string[], cutOff: number): Promise<Map<string, WorkCalendar>> {
  const chains = [...new Set(agencyCodes.flatMap(chainOf))]
  const shipped = await nationalDays()
  const kept = await loadDays(tx, agencyCodes)
  const schedules = await loadSchedules(tx, chains)
  const rules = await loadRules(tx, chains)
  // A year that was imported stands in place of the one that came with the program.
  const imported = new Set(kept.filter(({ layer }) => layer === 'national').map(({ day }) => day.slice(0, 4)))
  const country = shipped.filter(({ day }) => !imported.has(day.slice(0, 4)))
  const range = coverage([...country, ...kept])
  const alike = new Map<string, WorkCalendar>()
  const calendars = new Map<string, WorkCalendar>()
  for (const code of agencyCodes) {
    const local = kept.filter((entry) => entry.agencyCode === '' || entry.agencyCode === code)
    const own: Omit<CalendarSource, 'from' | 'to'> = { days: local, schedules: inForceFor(code, schedules), rules: inForceFor(code, rules) }
    const likeness = JSON.stringify(own)
    const calendar = alike.get(likeness) ?? buildCalendar({ ...own, ...range, days: [...country, ...local], cutOff })
    alike.set(likeness, calendar)
    calendars.set(code, calendar)
  }
  return calendars
}

/**
 * The calendar of an agency as this transaction sees it: the country's days off, then the province's own, then the agency's own; opening
 * hours and rules of counting from the agency or the nearest one above it. One small statement when nothing changed since the last time.
 * Without an agency: what holds for the whole province. With `from` and `to`, throws `Refused` calendar.year-unknown when the calendar
 * does not reach so far.
 */
export async function loadCalendar(tx: Tx, agencyCode = '', from?: Day, to?: Day): Promise<WorkCalendar> {
  const { place, version, cutOff } = await readStamp(tx)
  const key = `${place} ${version} ${agencyCode}`
  const calendar = built.get(key) ?? keep(key, (await build(tx, [agencyCode], cutOff)).get(agencyCode) as WorkCalendar)
  for (const day of [from, to]) {
    if (day !== undefined && (day < calendar.from || day > calendar.to)) throw new Refused(yearUnknown(day.slice(0, 4)))
  }
  return calendar
}

/** As `loadCalendar`, for many agencies: never more than four statements. Ask the answer for an agency by its code. */
export async function loadCalendars(tx: Tx, agencyCodes: readonly string[]): Promise<(agencyCode: string) => WorkCalendar> {
  const { place, version, cutOff } = await readStamp(tx)
  const key = (code: string): string => `${place} ${version} ${code}`
  const codes = [...new Set(['', ...agencyCodes])]
  const found = new Map(codes.flatMap((code) => (built.has(key(code)) ? [[code, built.get(key(code)) as WorkCalendar] as const] : [])))
  const missing = codes.filter((code) => !found.has(code))
  if (missing.length > 0) {
    for (const [code, calendar] of await build(tx, missing, cutOff)) found.set(code, keep(key(code), calendar))
  }
  return (agencyCode) => {
    const calendar = found.get(agencyCode)
    if (!calendar) throw new RangeError(`The calendar of ${agencyCode} was not asked for`)
    return calendar
  }
}
