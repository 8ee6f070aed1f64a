import type { App } from '../../../kernel/app.ts'
import { type Day, dayOf } from '../../../kernel/clock.ts'
import type { Actor } from '../../../kernel/context.ts'
import type { Province } from '../../../kernel/database/index.ts'
import { isUuid } from '../../../kernel/id.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { officerNames, officersOfUnits } from '../../identity/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import { unknownCampaign, unknownUnit } from '../errors.ts'
import { taskStanding } from '../rules/standing.ts'
import {
  allTargets,
  type Campaign,
  type CampaignTask,
  findCampaign,
  listCampaigns,
  type StoredTarget,
  targetsOfCampaign,
  tasksOf,
} from '../store.ts'
import { type CampaignStanding, readStanding, type UnitPlace } from './standing.ts'

/** Who asks, and where. */
export interface Asker {
  readonly province: Province
  readonly actor: Actor
}

type Host = Pick<App, 'db' | 'clock' | 'access'>

/** A campaign that is not published is seen only by those who lead campaigns. */
export const mayLead = (app: Host, { province, actor }: Asker): boolean => app.access(province).canAtRoot(actor, 'campaign.lead')

const isShown = (campaign: Campaign, lead: boolean): boolean => campaign.publishedAt !== null || lead

/** Every campaign the asker may see, the newest first. */
export async function campaigns(app: Host, asker: Asker): Promise<Campaign[]> {
  const all = await app.db.read(asker.province, listCampaigns)
  const lead = mayLead(app, asker)
  return all.filter((campaign) => isShown(campaign, lead))
}

/** One campaign with its targets. Refusals: campaign.unknown. */
export async function campaignById(
  app: Host,
  asker: Asker,
  id: string,
): Promise<Result<{ campaign: Campaign; targets: readonly StoredTarget[] }>> {
  if (!isUuid(id)) return refuse(unknownCampaign)
  const found = await app.db.read(asker.province, async (tx) => {
    const campaign = await findCampaign(tx, id)
    return campaign && { campaign, targets: await targetsOfCampaign(tx, id) }
  })
  return found && isShown(found.campaign, mayLead(app, asker)) ? ok(found) : refuse(unknownCampaign)
}

/** How a campaign stands now (or stood at the end of an earlier day). Refusals: campaign.unknown, campaign.unknown-unit. */
export async function campaignStanding(
  app: Host,
  asker: Asker,
  id: string,
  how: { day?: Day | undefined; unit?: string | undefined } = {},
): Promise<Result<CampaignStanding>> {
  const found = await campaignById(app, asker, id)
  if (!found.ok) return found
  const { campaign, targets } = found.value
  const now = app.clock()
  const today = dayOf(now)
  const look = { today: how.day && how.day < today ? how.day : today, now, only: how.unit }
  const directory = await directoryOf(app, asker.province)
  const standing = await app.db.snapshot(asker.province, (tx) => readStanding(tx, directory, campaign, targets, look))
  return how.unit !== undefined && standing.units.length === 0 ? refuse(unknownUnit) : ok(standing)
}

export interface TaskView extends CampaignTask {
  readonly unitName: string
  readonly officerName: string | null
  readonly standing: ReturnType<typeof taskStanding> | 'dropped'
  /** Whether the asker may say that it is done. */
  readonly mayFinish: boolean
}

/** Tasks of a campaign, the earliest deadline first. Refusals: campaign.unknown. */
export async function campaignTasks(app: Host, asker: Asker, id: string): Promise<Result<readonly TaskView[]>> {
  const found = await campaignById(app, asker, id)
  if (!found.ok) return found
  const today = dayOf(app.clock())
  const directory = await directoryOf(app, asker.province)
  const access = app.access(asker.province)
  const { tasks, names } = await app.db.read(asker.province, async (tx) => {
    const tasks = await tasksOf(tx, id)
    return {
      tasks,
      names: await officerNames(
        tx,
        tasks.flatMap(({ officerId }) => officerId ?? []),
      ),
    }
  })
  return ok(
    tasks.map((task) => ({
      ...task,
      unitName: directory.name(task.unitCode, today),
      officerName: task.officerId ? (names.get(task.officerId)?.name ?? null) : null,
      standing: task.droppedOn === null ? taskStanding(task, today) : 'dropped',
      mayFinish:
        task.doneOn === null &&
        task.droppedOn === null &&
        access.can(asker.actor, 'campaign.finish-task', { agencyCode: task.unitCode, assigneeId: task.officerId }),
    })),
  )
}

/** Heads and specialists of today's units, to choose who is responsible for a task. */
export async function taskOfficers(app: Host, { province }: Asker): Promise<readonly { id: string; name: string; unitName: string }[]> {
  const day = dayOf(app.clock())
  const directory = await directoryOf(app, province)
  const agencyCodes = directory.list(day).map(({ code }) => code)
  const rows = await app.db.read(province, (tx) => officersOfUnits(tx, { roles: ['unit_head', 'specialist'], agencyCodes, day }))
  return [...new Map(rows.map(({ id, name, unit }) => [id, { id, name, unitName: directory.name(unit, day) }])).values()]
}

/** The unit pages that are an officer's own: the units of a campaign where they hold a role. */
export function ownUnits(units: readonly UnitPlace[], actor: Actor): readonly UnitPlace[] {
  if (actor.kind !== 'officer') return []
  const codes = new Set(actor.grants.map(({ agencyCode }) => agencyCode))
  return units.filter(({ code }) => codes.has(code))
}

/** Every target that holds or held, the newest first. */
export const readTargets = allTargets
