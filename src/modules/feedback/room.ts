import type { Room } from '../../kernel/app.ts'
import { feedbackApi } from './api.ts'
import { markLate } from './commands/mark-late.ts'
import { permissions } from './permissions.ts'
import { dossierNews } from './subscriber.ts'

/** What petitions and ratings bring to the house: rights, JSON routes, a watch over deadlines. Their screens are the doors' own. */
export const feedbackRoom: Room = {
  name: 'feedback',
  permissions,
  api: feedbackApi,
  subscribers: (app) => [dossierNews(app)],
  jobs: (app) => [
    {
      queue: 'feedback.mark-late',
      owner: 'feedback',
      label: { vi: 'Đếm phản ánh quá hạn', en: 'Count overdue petitions' },
      schedule: '*/15 * * * *',
      retryLimit: 2,
      handler: async (_payload, { province }) => ({ late: await markLate(app, province) }),
    },
  ],
}
