import type { Room } from '../../kernel/app.ts'
import type { ReadAims } from './aims.ts'
import { answerSaved } from './commands/answer-saved.ts'
import type { ReadGaps } from './gaps.ts'
import { permissions } from './permissions.ts'
import { weeklyCheck, weeklyJob } from './weekly-job.ts'

/** What reports bring to the house: rights, the hour of the weekly report, and whether it came. Their screens are the board's. */
export const reportingRoom = (aims: ReadAims, gaps: ReadGaps): Room => ({
  name: 'reporting',
  permissions,
  jobs: (app) => [
    weeklyJob(app, aims, gaps),
    {
      queue: 'reporting.saved',
      owner: 'reporting',
      label: { vi: 'Trả lời báo cáo đặt lịch', en: 'Answer scheduled reports' },
      schedule: '*/5 * * * *',
      retryLimit: 3,
      concurrency: 1,
      timeout: 240,
      handler: (_payload, { province }) => answerSaved(app, province),
    },
  ],
  checks: (app) => [weeklyCheck(app)],
})
