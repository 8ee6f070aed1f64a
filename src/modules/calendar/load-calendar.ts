import type { Day } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/database/index.ts'
import { Refused } from '../../kernel/errors.ts'
import { yearUnknown } from './errors.ts'
import { coverage, readNationalDays } from './files.ts'
import { buildCalendar, type CalendarDay, type WorkCalendar } from './rules/work-calendar.ts'
import { loadDays, loadHours, readStamp } from './store.ts'

let national: Promise<readonly CalendarDay[]> | undefined

/** The country's days off, read from data/calendar once. */
function nationalDays(): Promise<readonly CalendarDay[]> {
  national ??= readNationalDays()
  return national
}

const KEPT = 500
const built = new Map<string, WorkCalendar>()

/**
 * The calendar of an agency as this transaction sees it: the country's days off, then the province's own, then the agency's own.
 * One small statement when nothing changed since the last time. Without an agency: what holds for the whole province.
 * With `from` and `to`, throws `Refused` calendar.year-unknown when the calendar does not reach so far.
 */
export async function loadCalendar(tx: Tx, agencyCode = '', from?: Day, to?: Day): Promise<WorkCalendar> {
  const { place, version, cutOff } = await readStamp(tx)
  const key = `${place} ${version} ${agencyCode}`
  let calendar = built.get(key)
  if (!calendar) {
    const days = [...(await nationalDays()), ...(await loadDays(tx, agencyCode))]
    calendar = buildCalendar({ ...coverage(days), days, hours: await loadHours(tx, agencyCode), cutOff })
    if (built.size >= KEPT) built.clear()
    built.set(key, calendar)
  }
  for (const day of [from, to]) {
    if (day !== undefined && (day < calendar.from || day > calendar.to)) throw new Refused(yearUnknown(day.slice(0, 4)))
  }
  return calendar
}
