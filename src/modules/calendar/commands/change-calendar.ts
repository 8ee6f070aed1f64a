import type { Context } from '../../../kernel/context.ts'
import { withFields } from '../../../kernel/errors.ts'
import type { NewEvent } from '../../../kernel/events.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { noHolidays, refusals } from '../errors.ts'
import * as events from '../events.ts'
import type { CalendarChange, SetDay } from '../input.ts'
import { loadCalendar } from '../load-calendar.ts'
import type { ClockRules } from '../rules/ledger.ts'
import { isWorkingDay } from '../rules/work-calendar.ts'
import { incompleteYears } from '../rules/year.ts'
import * as store from '../store.ts'
import { allowEdit } from './allow-edit.ts'

type Of<Kind extends CalendarChange['kind']> = Extract<CalendarChange, { kind: Kind }>['value']

/** Whose calendar a change touches; '' is everyone's. */
export const agencyOf = (change: CalendarChange): string => (change.kind === 'set-years' ? '' : change.value.agencyCode)

async function setDay(cx: Context, input: SetDay): Promise<Result<NewEvent>> {
  const calendar = await loadCalendar(cx.tx, input.agencyCode, input.day, input.day)
  if (isWorkingDay(input.day, calendar) === (input.kind === 'open')) {
    const message =
      input.kind === 'open'
        ? { vi: 'Ngày này vốn là ngày làm việc.', en: 'This is a working day already.' }
        : { vi: 'Ngày này vốn là ngày nghỉ.', en: 'This is a day off already.' }
    return refuse(withFields(refusals.dayInvalid, [{ path: 'day', message }]))
  }
  await store.saveDay(cx.tx, input)
  return ok(events.daySet(input))
}

async function setYears(cx: Context, { days }: Of<'set-years'>): Promise<Result<NewEvent>> {
  const missing = incompleteYears(days)[0]
  if (missing) return refuse(noHolidays(missing))
  const years = [...new Set(days.map(({ day }) => Number(day.slice(0, 4))))]
  await store.replaceNationalYears(cx.tx, years, days)
  return ok(events.yearsSet(years, days.length))
}

/**
 * Permission, lock, and the change itself in the tables; gives the event to record with whatever else the command does. A change of one
 * agency needs that agency in reach, one of everyone's the role at the province's top. Refusals: access.denied, calendar.day-invalid,
 * calendar.day-not-found, calendar.setting-not-found, calendar.year-incomplete, calendar.year-unknown.
 */
export async function changeCalendar(cx: Context, change: CalendarChange): Promise<Result<NewEvent>> {
  const agencyCode = agencyOf(change)
  allowEdit(cx, agencyCode)
  await store.lockCalendar(cx.tx)
  switch (change.kind) {
    case 'set-day':
      return setDay(cx, change.value)
    case 'remove-day': {
      const { day } = change.value
      return (await store.removeDay(cx.tx, day, agencyCode)) ? ok(events.dayRemoved(day, agencyCode)) : refuse(refusals.dayNotFound)
    }
    case 'set-hours': {
      const { validFrom } = change.value
      await store.saveSchedule(cx.tx, { ...change.value, hours: change.value.hours.map((row) => ({ ...row, validFrom })) })
      return ok(events.hoursSet(change.value))
    }
    case 'remove-hours': {
      const { validFrom } = change.value
      if (agencyCode === '' && validFrom <= '1900-01-01') return refuse(refusals.settingNotFound)
      const there = await store.removeSchedule(cx.tx, agencyCode, validFrom)
      return there ? ok(events.settingRemoved('hours', agencyCode, validFrom)) : refuse(refusals.settingNotFound)
    }
    case 'set-rules':
      await store.saveRules(cx.tx, { ...change.value, ...(change.value as Pick<ClockRules, 'pauses' | 'restarts'>) })
      return ok(events.rulesSet(change.value))
    case 'remove-rules': {
      const { validFrom } = change.value
      const there = await store.removeRules(cx.tx, agencyCode, validFrom)
      return there ? ok(events.settingRemoved('rules', agencyCode, validFrom)) : refuse(refusals.settingNotFound)
    }
    case 'set-years':
      return setYears(cx, change.value)
  }
}
