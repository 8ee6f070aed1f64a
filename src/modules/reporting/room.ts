import type { Room } from '../../kernel/app.ts'
import type { ReadAims } from './aims.ts'
import { permissions } from './permissions.ts'
import { weeklyCheck, weeklyJob } from './weekly-job.ts'

/** What reports bring to the house: rights, the hour of the weekly report, and whether it came. Their screens are the board's. */
export const reportingRoom = (aims: ReadAims): Room => ({
  name: 'reporting',
  permissions,
  jobs: (app) => [weeklyJob(app, aims)],
  checks: (app) => [weeklyCheck(app)],
})
