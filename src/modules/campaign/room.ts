import type { App, Room } from '../../kernel/app.ts'
import { dayOf } from '../../kernel/clock.ts'
import { run } from '../../kernel/command.ts'
import type { Province } from '../../kernel/database/index.ts'
import { derivedUuid } from '../../kernel/id.ts'
import { campaignApi } from './api.ts'
import { remindUnits } from './commands/remind-units.ts'
import { permissions } from './permissions.ts'
import { seedCampaigns } from './seed.ts'
import { listCampaigns } from './store.ts'

/** Reminds the units behind in every campaign that is running. A second attempt of the same job does nothing twice. */
export async function remindAll(app: App, province: Province, jobId: string): Promise<{ campaigns: number; officers: number }> {
  const today = dayOf(app.clock())
  const running = (await app.db.read(province, listCampaigns)).filter(
    ({ publishedAt, begins, ends }) => publishedAt !== null && begins <= today && today <= ends,
  )
  let officers = 0
  for (const { id } of running) {
    const actor = { kind: 'system', name: 'campaign.weekly' } as const
    const call = { province, actor, requestId: derivedUuid(jobId, id), name: 'campaign.remind' }
    const done = await run(app, call, (cx) => remindUnits(cx, { campaignId: id }))
    if (!done.ok) throw new Error(done.error.code)
    officers += done.value.officers
  }
  return { campaigns: running.length, officers }
}

/** Targets and campaigns: rights, JSON, the seed of data/targets, the Monday reminder. Their screens are the board's. */
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
      schedule: '0 8 * * 1',
      retryLimit: 3,
      handler: (_payload, { id, province }) => remindAll(app, province, id),
    },
  ],
}
