import type { App, Room } from '../../kernel/app.ts'
import { dayOf } from '../../kernel/clock.ts'
import { run } from '../../kernel/command.ts'
import type { Province } from '../../kernel/database/index.ts'
import { derivedUuid } from '../../kernel/id.ts'
import { isWorkingDay, loadCalendar } from '../calendar/index.ts'
import { campaignApi } from './api.ts'
import { remindUnits } from './commands/remind-units.ts'
import { permissions } from './permissions.ts'
import { weekOf } from './queries/reminders.ts'
import { isRunning } from './rules/running.ts'
import { seedCampaigns } from './seed.ts'
import { listCampaigns } from './store.ts'

/**
 * Reminds the units behind in every campaign that is running, on the first working day of a week on which the server runs. The week is the
 * request: a job that was killed, tried again or replayed goes on where it stopped and tells nobody twice.
 */
export async function remindAll(
  app: Pick<App, 'db' | 'clock' | 'access'>,
  province: Province,
): Promise<{ campaigns: number; officers: number }> {
  const today = dayOf(app.clock())
  const { all, calendar } = await app.db.read(province, async (tx) => ({ all: await listCampaigns(tx), calendar: await loadCalendar(tx) }))
  const running = isWorkingDay(today, calendar) ? all.filter((campaign) => isRunning(campaign, today)) : []
  let officers = 0
  for (const { id } of running) {
    const actor = { kind: 'system', name: 'campaign.weekly' } as const
    const call = { province, actor, requestId: derivedUuid('campaign.weekly', id, weekOf(today)), name: 'campaign.remind' }
    const done = await run(app, call, (cx) => remindUnits(cx, { campaignId: id }))
    if (!done.ok) throw new Error(done.error.code)
    officers += done.value.officers
  }
  return { campaigns: running.length, officers }
}

/** Targets and campaigns: rights, JSON, the seed of data/targets, the weekly reminder. Their screens are the board's. */
export const campaignRoom: Room = {
  name: 'campaign',
  permissions,
  api: campaignApi,
  workers: (app) => [
    { name: 'campaign-seed', start: async () => void (await seedCampaigns(app, app.province)), stop: async () => undefined },
  ],
  jobs: (app) => [
    {
      queue: 'campaign.remind',
      owner: 'campaign',
      label: { vi: 'Nhắc đơn vị chậm trong chiến dịch', en: 'Remind units behind in a campaign' },
      // On Monday; later in the week when Monday is a holiday or the server was not running.
      schedule: '0 8 * * *',
      retryLimit: 3,
      handler: (_payload, { province }) => remindAll(app, province),
    },
  ],
}
