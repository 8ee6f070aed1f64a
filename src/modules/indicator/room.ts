import type { Room } from '../../kernel/app.ts'
import { saveCheckResult } from '../../kernel/health/check-results.ts'
import { type MeasureSource, recount } from './commands/recount.ts'
import { foldWorker } from './fold-worker.ts'

/** What the indicator module does beside requests: folds, and every night counts everything again from the event log. */
export const indicatorRoom = (sources: readonly MeasureSource[]): Room => ({
  name: 'indicator',
  workers: (app) => [foldWorker(app)],
  jobs: (app) => [
    {
      queue: 'indicator.recount',
      owner: 'indicator',
      label: { vi: 'Đếm lại số liệu từ nhật ký', en: 'Recount the figures from the log' },
      schedule: '30 2 * * *',
      timeout: 3600,
      concurrency: 1,
      handler: async (_payload, { province }) => {
        const { difference, events } = await recount(app, province, sources)
        await saveCheckResult(app, province, { name: 'recount', ok: difference === 0, detail: { difference, events } })
        return { difference, events }
      },
    },
  ],
})
