import type { App } from '../../kernel/app.ts'
import { dayOf } from '../../kernel/clock.ts'
import type { JobDefinition } from '../../kernel/jobs/index.ts'
import { citizenRule } from './citizen-law.ts'
import { clearMarks } from './device-store.ts'

/** Every night: forgets from which device dossiers were sent, once the days for which that is kept are over. */
export const clearDevices = (app: Pick<App, 'db' | 'clock'>): JobDefinition => ({
  queue: 'dossier.clear-devices',
  owner: 'dossier',
  label: { vi: 'Xóa dấu thiết bị quá hạn lưu', en: 'Forget devices of dossiers' },
  schedule: '20 2 * * *',
  timeout: 900,
  concurrency: 1,
  handler: async (_payload, { province }) => {
    const now = app.clock()
    const before = now.subtract({ hours: 24 * citizenRule(dayOf(now)).deviceDays })
    return { cleared: await app.db.write(province, (tx) => clearMarks(tx, before)) }
  },
})
