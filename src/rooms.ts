import type { Room } from './kernel/app.ts'
import { adminRoom } from './modules/admin/index.ts'
import { calendarRoom } from './modules/calendar/index.ts'
import { organisationRoom } from './modules/organisation/index.ts'

/** Every room of the house, floor by floor. */
export const rooms: readonly Room[] = [organisationRoom, calendarRoom, adminRoom]
