import type { Room } from '../../kernel/app.ts'
import { expireTickets } from './commands/expire.ts'
import { permissions } from './permissions.ts'

/** The line at the counter: rights, and what happens to a day's tickets when the day is over. Its screens are the doors' own. */
export const queueRoom: Room = {
  name: 'queue',
  permissions,
  jobs: (app) => [
    {
      queue: 'queue.expire',
      owner: 'queue',
      label: { vi: 'Kết thúc số thứ tự của ngày trước', en: 'End tickets of days gone by' },
      schedule: '7 0 * * *',
      retryLimit: 3,
      handler: async (_payload, { province }) => ({ expired: await expireTickets(app, province) }),
    },
  ],
}
