import type { Day } from '../../kernel/clock.ts'
import type { NewEvent } from '../../kernel/events.ts'
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
