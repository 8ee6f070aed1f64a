import type { Temporal } from 'temporal-polyfill'
import type { App } from '../../../kernel/app.ts'
import type { Day } from '../../../kernel/clock.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import type { Wanted } from '../rules/change.ts'
import { type CampaignEvent, eventsOfCampaign } from '../store.ts'
import { type Asker, campaignById } from './campaigns.ts'

interface Said {
  readonly name: string
  readonly decision: string
  readonly begins: Day
  readonly ends: Day
}

interface TaskSaid {
  readonly what: string
  readonly unitCode: string
  readonly officerId: string | null
  readonly due: Day
}

interface Why {
  readonly reason: string | null
}

type What =
  | { readonly kind: 'created' | 'published' }
  | ({ readonly kind: 'changed'; readonly before: Said; readonly after: Said } & Why)
  | ({ readonly kind: 'targets-changed'; readonly from: Day; readonly added: readonly Wanted[]; readonly ended: readonly Wanted[] } & Why)
  | ({ readonly kind: 'units-changed'; readonly added: readonly string[]; readonly removed: readonly string[] } & Why)
  | ({ readonly kind: 'ended'; readonly ends: Day; readonly before: Day } & Why)
  | ({ readonly kind: 'cancelled' } & Why)
  | ({ readonly kind: 'target-ended'; readonly ends: Day; readonly before: Day } & Partial<Wanted>)
  | { readonly kind: 'reminded'; readonly units: number; readonly officers: number }
  | { readonly kind: 'task-given'; readonly what: string; readonly due: Day }
  | { readonly kind: 'task-changed'; readonly before: TaskSaid; readonly after: TaskSaid }
  | ({ readonly kind: 'task-dropped'; readonly what: string } & Why)
  | { readonly kind: 'task-done'; readonly note: string }

/** One thing that was done to a campaign, and by whom. */
export type CampaignAct = What & {
  readonly at: Temporal.Instant
  readonly who: string
  readonly unitCode: string | null
  /** What was written: the campaign or one of its targets, or one of its tasks. */
  readonly subject: string
  /** Which version of the campaign, or of the task, it made; none: it changed nothing a form shows. */
  readonly version?: number | undefined
}

const kinds: ReadonlySet<string> = new Set<What['kind']>([
  ...(['created', 'published', 'changed', 'targets-changed', 'units-changed', 'ended', 'cancelled', 'reminded', 'target-ended'] as const),
  ...(['task-given', 'task-changed', 'task-dropped', 'task-done'] as const),
])

/** What a command wrote down is what is read: the shapes of `data` are those of the commands beside this. */
function actOf({ at, type, subject, actor, agencyCode, data }: CampaignEvent): CampaignAct[] {
  const kind = type.replace(/^campaign\./, '').replace('.', '-')
  return kinds.has(kind)
    ? [{ ...(data as unknown as What), kind, at, who: actor.name ?? '', unitCode: agencyCode, subject } as CampaignAct]
    : []
}

/** Everything that was done to a campaign and its tasks, the newest first. Refusals: campaign.unknown. */
export async function campaignHistory(
  app: Pick<App, 'db' | 'clock' | 'access'>,
  asker: Asker,
  id: string,
): Promise<Result<readonly CampaignAct[]>> {
  const found = await campaignById(app, asker, id)
  if (!found.ok) return found
  const events = await app.db.read(asker.province, (tx) => eventsOfCampaign(tx, id))
  return ok(events.flatMap(actOf))
}

/** What was written since a page was shown, the newest first: about the campaign and its targets, or about one task. Refusals: campaign.unknown. */
export async function actsSince(
  app: Pick<App, 'db' | 'clock' | 'access'>,
  asker: Asker,
  { id, task, version }: { readonly id: string; readonly task?: string | undefined; readonly version: number },
): Promise<Result<readonly CampaignAct[]>> {
  const all = await campaignHistory(app, asker, id)
  if (!all.ok) return all
  const ofTask = ({ kind }: CampaignAct): boolean => kind.startsWith('task-')
  return ok(
    all.value.filter(
      (act) => (task === undefined ? !ofTask(act) : act.subject === task) && act.version !== undefined && act.version > version,
    ),
  )
}
