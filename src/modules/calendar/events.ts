import type { Day } from '../../kernel/clock.ts'
import type { NewEvent } from '../../kernel/events.ts'
import type { CalendarChange, SetHours, SetRules } from './input.ts'
import type { LocalDay } from './store.ts'

/** The calendar as a subject of events: one a province. */
const SUBJECT = '00000000-0000-8000-8000-00000ca1e4da'

export const daySet = (local: LocalDay): NewEvent => ({
  type: 'calendar.day-set',
  subject: SUBJECT,
  agencyCode: local.agencyCode || null,
  data: local,
})

export const dayRemoved = (day: Day, agencyCode: string): NewEvent => ({
  type: 'calendar.day-removed',
  subject: SUBJECT,
  agencyCode: agencyCode || null,
  data: { day, agencyCode },
})

export const hoursSet = (hours: SetHours): NewEvent => ({
  type: 'calendar.hours-set',
  subject: SUBJECT,
  agencyCode: hours.agencyCode || null,
  data: hours,
})

export const rulesSet = (rules: SetRules): NewEvent => ({
  type: 'calendar.rules-set',
  subject: SUBJECT,
  agencyCode: rules.agencyCode || null,
  data: rules,
})

export const settingRemoved = (what: 'hours' | 'rules', agencyCode: string, validFrom: Day): NewEvent => ({
  type: `calendar.${what}-removed`,
  subject: SUBJECT,
  agencyCode: agencyCode || null,
  data: { agencyCode, validFrom },
})

export const yearsSet = (years: readonly number[], days: number): NewEvent => ({
  type: 'calendar.years-set',
  subject: SUBJECT,
  data: { years, days },
})

export const changeDrafted = (id: string, change: CalendarChange): NewEvent => ({
  type: 'calendar.change-drafted',
  subject: id,
  data: { change },
})

export const changeDropped = (id: string): NewEvent => ({ type: 'calendar.change-dropped', subject: id, data: {} })

/** After this the calendar counts differently, and `moves` due times follow, each with an event of its own. */
export const changeApplied = (id: string, change: CalendarChange, { moves, kept }: { moves: number; kept: number }): NewEvent => ({
  type: 'calendar.changed',
  subject: id,
  data: { kind: change.kind, moves, kept },
})
