import type { Room } from '../../kernel/app.ts'
import { saveCheckResult } from '../../kernel/health/check-results.ts'
import { dossierApi } from './api.ts'
import { clearDevices } from './device-job.ts'
import { permissions } from './permissions.ts'
import { routingJobs } from './routing-jobs.ts'
import { recountWork, workFold } from './work-counts.ts'

/** What dossiers bring to the house: rights, JSON routes, and counts of open work that are kept and checked. Their screens are the doors' own. */
export const dossierRoom: Room = {
  name: 'dossier',
  permissions,
  api: dossierApi,
  workers: (app) => [workFold(app)],
  jobs: (app) => [
    {
      queue: 'dossier.recount-work',
      owner: 'dossier',
      label: { vi: 'Đếm lại hồ sơ đang mở', en: 'Recount open dossiers' },
      schedule: '45 2 * * *',
      timeout: 3600,
      concurrency: 1,
      handler: async (_payload, { province }) => {
        const { difference } = await recountWork(app.db, province, { repair: true })
        await saveCheckResult(app, province, { name: 'work-counts', ok: difference === 0, detail: { difference } })
        return { difference }
      },
    },
    clearDevices(app),
    ...routingJobs(app),
  ],
}
