import type { App, SelfCheck } from '../../kernel/app.ts'
import { latestCheckResults, saveCheckResult } from '../../kernel/health/index.ts'
import type { JobDefinition } from '../../kernel/jobs/index.ts'
import type { ReadAims } from './aims.ts'
import { freezeWeekly } from './commands/freeze-weekly.ts'
import { raiseAlarm } from './commands/raise-alarm.ts'
import type { ReadGaps } from './gaps.ts'
import { watchWeekly } from './queries/weekly-reports.ts'

export const CHECK = 'weekly-report'

/** So long may making a report take before it counts as failed, in milliseconds. */
const PATIENCE_MS = 180_000

const inTime = <T>(work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`the weekly report took longer than ${PATIENCE_MS / 1000} s`)), PATIENCE_MS)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/**
 * Every five minutes: makes the weekly report whose hour has come. A server that was not running then makes it at its next start, because
 * a missed slot is made up; the report says that it is late. Whether it is there is kept as a check, and who looks after reports is told
 * when it is not, whatever went wrong in making it.
 */
export const weeklyJob = (app: App, aims: ReadAims, gaps: ReadGaps): JobDefinition => ({
  queue: 'reporting.weekly',
  owner: 'reporting',
  label: { vi: 'Lập báo cáo tuần', en: 'Make the weekly report' },
  schedule: '*/5 * * * *',
  retryLimit: 3,
  timeout: 240,
  concurrency: 1,
  handler: async (_payload, { province }) => {
    const due = await watchWeekly(app.db, province, app.clock())
    let failure: unknown
    if (due.state === 'waiting' || due.state === 'missing') {
      const host = { ...app, access: app.access, aims, gaps }
      try {
        const made = await inTime(freezeWeekly(host, province, { day: due.slot.day, made: 'by_clock' }))
        if (!made.ok) failure = new Error(`the weekly report of ${due.slot.day} was refused: ${made.error.code}`)
      } catch (error) {
        failure = error
      }
    }
    const after = await watchWeekly(app.db, province, app.clock())
    const ok = after.state !== 'missing'
    // One line a change, not one every five minutes.
    const known = (await app.db.read(province, latestCheckResults)).find(({ name }) => name === CHECK)
    if (known?.ok !== ok) await saveCheckResult(app, province, { name: CHECK, ok, detail: { day: after.slot.day } })
    if (!ok) await raiseAlarm(app, province, after.slot)
    if (failure !== undefined) throw failure
    return { day: after.slot.day, state: after.state }
  },
})

/** What `cuaso doctor` asks: looked up now, whether or not the job has run. */
export const weeklyCheck = (app: App): SelfCheck => ({
  name: 'weekly report',
  run: async () => {
    const { slot, state } = await watchWeekly(app.db, app.province, app.clock())
    return {
      ok: state !== 'missing',
      detail: state === 'missing' ? `the report of ${slot.day} ${slot.settings.time} has not been produced` : '',
    }
  },
})
