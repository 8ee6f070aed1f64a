import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Day } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/database/index.ts'
import type { StoredFile } from '../../kernel/files/index.ts'
import type { Scope, Target, Tier } from './rules/target.ts'
import { NO_END } from './rules/target.ts'

/** A target as it is kept. `to` is the last day, or a day nobody sees when none was set. */
export interface StoredTarget extends Target {
  readonly certainty: 'confirmed' | 'threshold'
  readonly campaignId: string | null
  readonly setBy: string
  readonly setAt: Temporal.Instant
  readonly endedBy: string | null
  /** Counts what was written: a form that was shown with an earlier one is refused. */
  readonly version: number
}

interface TargetRow {
  id: string
  aim_kind: 'rate' | 'score'
  aim_code: string
  scope_kind: 'all' | 'tier' | 'unit'
  tier: Tier | null
  unit_code: string | null
  unit_valid_from: Day | null
  begins: Day
  ends: Day | null
  comparator: 'at_least' | 'at_most'
  value: string
  source: string
  certainty: 'confirmed' | 'threshold'
  campaign_id: string | null
  set_by: string
  set_at: Temporal.Instant
  ended_by: string | null
  version: number
}

function scopeOf(row: TargetRow): Scope {
  if (row.scope_kind === 'tier' && row.tier) return { kind: 'tier', tier: row.tier }
  if (row.scope_kind === 'unit' && row.unit_code && row.unit_valid_from)
    return { kind: 'unit', code: row.unit_code, validFrom: row.unit_valid_from }
  return { kind: 'all' }
}

const targetOf = (row: TargetRow): StoredTarget => ({
  id: row.id,
  aim: { kind: row.aim_kind, code: row.aim_code },
  scope: scopeOf(row),
  from: row.begins,
  to: row.ends ?? NO_END,
  comparator: row.comparator,
  value: Number(row.value),
  source: row.source,
  certainty: row.certainty,
  campaignId: row.campaign_id,
  setBy: row.set_by,
  setAt: row.set_at,
  endedBy: row.ended_by,
  version: row.version,
})

/** Every target of the province, the newest first; those of campaigns that are not published are known only to their makers. */
export async function allTargets(tx: Tx): Promise<StoredTarget[]> {
  const { rows } = await sql<TargetRow>`
    select t.* from target t left join campaign c on c.id = t.campaign_id
    where t.withdrawn_at is null and (t.campaign_id is null or c.published_at is not null)
    order by t.begins desc, t.id`.execute(tx)
  return rows.map(targetOf)
}

export async function targetsOfCampaign(tx: Tx, campaignId: string): Promise<StoredTarget[]> {
  const { rows } = await sql<TargetRow>`
    select * from target where campaign_id = ${campaignId}::uuid and withdrawn_at is null order by id`.execute(tx)
  return rows.map(targetOf)
}

export async function lockTarget(tx: Tx, id: string): Promise<StoredTarget | undefined> {
  const { rows } = await sql<TargetRow>`select * from target where id = ${id}::uuid and withdrawn_at is null for update`.execute(tx)
  return rows[0] && targetOf(rows[0])
}

export type NewTarget = Omit<StoredTarget, 'endedBy' | 'setAt' | 'version'>

/** Writes targets down; one whose id is there already is left alone. Returns how many were new. */
export async function insertTargets(tx: Tx, targets: readonly NewTarget[], now: Temporal.Instant): Promise<number> {
  const rows = targets.map(({ aim, scope, to, ...target }) => ({
    id: target.id,
    aim_kind: aim.kind,
    aim_code: aim.code,
    scope_kind: scope.kind,
    tier: scope.kind === 'tier' ? scope.tier : null,
    unit_code: scope.kind === 'unit' ? scope.code : null,
    unit_valid_from: scope.kind === 'unit' ? scope.validFrom : null,
    begins: target.from,
    ends: to === NO_END ? null : to,
    comparator: target.comparator,
    value: target.value,
    source: target.source,
    certainty: target.certainty,
    campaign_id: target.campaignId,
    set_by: target.setBy,
    set_at: now.toString(),
    version: 1,
  }))
  const { numAffectedRows } = await sql`
    insert into target select r.* from jsonb_populate_recordset(null::target, ${JSON.stringify(rows)}::jsonb) r
    on conflict (id) do nothing`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

export async function endTargetRow(tx: Tx, id: string, ends: Day, by: string, now: Temporal.Instant): Promise<void> {
  await sql`
    update target set ends = ${ends}::date, ended_by = ${by}, ended_at = ${now}::timestamptz, version = version + 1
    where id = ${id}::uuid`.execute(tx)
}

/** A target that never held for a day: it is kept, and counts nowhere. */
export async function withdrawTargets(tx: Tx, ids: readonly string[], by: string, now: Temporal.Instant): Promise<void> {
  await sql`
    update target set withdrawn_at = ${now}::timestamptz, ended_by = ${by}, ended_at = ${now}::timestamptz, version = version + 1
    where id = any(${[...ids]}::uuid[])`.execute(tx)
}

export async function setTargetDays(tx: Tx, days: readonly { readonly id: string; readonly from: Day; readonly to: Day }[]): Promise<void> {
  await sql`
    update target t set begins = d.begins, ends = d.ends, version = version + 1
    from jsonb_to_recordset(${JSON.stringify(days.map(({ id, from, to }) => ({ id, begins: from, ends: to })))}::jsonb)
      as d (id uuid, begins date, ends date)
    where t.id = d.id`.execute(tx)
}

export interface Campaign {
  readonly id: string
  readonly name: string
  readonly decision: string
  readonly begins: Day
  readonly ends: Day
  /** What is measured (`online_rate`, `score:766`), in the order in which it is shown. */
  readonly aims: readonly string[]
  /** The units that take part, as they were on a day (`H12.144@2025-07-01`); empty: every unit of a tier that has a target. */
  readonly units: readonly string[]
  readonly publishedAt: Temporal.Instant | null
  readonly cancelledOn: Day | null
  readonly cancelledReason: string | null
  /** Counts what was written about the campaign, its targets and units; not its tasks. */
  readonly version: number
}

const campaignColumns = sql`id, name, decision, begins, ends, aims, units, published_at as "publishedAt", cancelled_on as "cancelledOn",
  cancelled_reason as "cancelledReason", version`

export async function listCampaigns(tx: Tx): Promise<Campaign[]> {
  const { rows } = await sql<Campaign>`select ${campaignColumns} from campaign order by begins desc, id`.execute(tx)
  return rows
}

export async function findCampaign(tx: Tx, id: string): Promise<Campaign | undefined> {
  const { rows } = await sql<Campaign>`select ${campaignColumns} from campaign where id = ${id}::uuid`.execute(tx)
  return rows[0]
}

export async function lockCampaign(tx: Tx, id: string): Promise<Campaign | undefined> {
  const { rows } = await sql<Campaign>`select ${campaignColumns} from campaign where id = ${id}::uuid for update`.execute(tx)
  return rows[0]
}

type Changes = Pick<Campaign, 'name' | 'decision' | 'begins' | 'ends' | 'aims' | 'units'>

export async function updateCampaign(tx: Tx, id: string, to: Changes): Promise<void> {
  await sql`
    update campaign set name = ${to.name}, decision = ${to.decision}, begins = ${to.begins}::date, ends = ${to.ends}::date,
      aims = ${[...to.aims]}::text[], units = ${[...to.units]}::text[], version = version + 1
    where id = ${id}::uuid`.execute(tx)
}

export async function markCancelled(tx: Tx, id: string, on: Day, reason: string): Promise<void> {
  await sql`
    update campaign set cancelled_on = ${on}::date, cancelled_reason = ${reason}, version = version + 1 where id = ${id}::uuid`.execute(tx)
}

/** One of its targets was written: what it aims at is no longer what a form showed. */
export async function touchCampaign(tx: Tx, id: string): Promise<void> {
  await sql`update campaign set version = version + 1 where id = ${id}::uuid`.execute(tx)
}

/** What was done to a campaign, its targets and its tasks, the newest first: from the event log. */
export interface CampaignEvent {
  readonly at: Temporal.Instant
  readonly type: string
  readonly subject: string
  readonly agencyCode: string | null
  readonly actor: { readonly name?: string }
  readonly data: Readonly<Record<string, unknown>>
}

export async function eventsOfCampaign(tx: Tx, id: string): Promise<CampaignEvent[]> {
  const { rows } = await sql<CampaignEvent>`
    select at, type, subject, agency_code as "agencyCode", actor, data from event
    where (subject = any(array(select t.id from campaign_task t where t.campaign_id = ${id}::uuid) || ${id}::uuid) and type like 'campaign.%')
      or (subject = any(array(select t.id from target t where t.campaign_id = ${id}::uuid)) and type = 'target.ended')
    order by at desc, position desc`.execute(tx)
  return rows
}

/** Who wrote last about one of these, and when. */
export async function lastWriter(
  tx: Tx,
  subjects: readonly string[],
): Promise<{ readonly at: Temporal.Instant; readonly name: string | null } | undefined> {
  const { rows } = await sql<{ at: Temporal.Instant; name: string | null }>`
    select at, actor ->> 'name' as name from event
    where subject = any(${[...subjects]}::uuid[]) and type <> 'campaign.reminded' and (type like 'campaign.%' or type like 'target.%')
    order by position desc limit 1`.execute(tx)
  return rows[0]
}

/** The campaign that a target belongs to. */
export async function campaignOfTarget(tx: Tx, targetId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`select campaign_id as id from target where id = ${targetId}::uuid`.execute(tx)
  return rows[0]?.id ?? null
}

/** Whether a campaign is there and was published. */
export async function campaignExists(tx: Tx, id: string): Promise<boolean> {
  return (await findCampaign(tx, id))?.publishedAt != null
}

type NewCampaign = Omit<Campaign, 'publishedAt' | 'cancelledOn' | 'cancelledReason' | 'version'>

export async function insertCampaign(tx: Tx, campaign: NewCampaign, by: string, now: Temporal.Instant): Promise<void> {
  const { id, name, decision, begins, ends, aims, units } = campaign
  await sql`
    insert into campaign (id, name, decision, begins, ends, aims, units, created_by, created_at)
    values (${id}::uuid, ${name}, ${decision}, ${begins}::date, ${ends}::date, ${[...aims]}::text[], ${[...units]}::text[], ${by},
      ${now}::timestamptz)`.execute(tx)
}

/** False when it was published before. */
export async function markPublished(tx: Tx, id: string, now: Temporal.Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update campaign set published_at = ${now}::timestamptz, version = version + 1
    where id = ${id}::uuid and published_at is null and cancelled_on is null`.execute(tx)
  return numAffectedRows === 1n
}

export interface CampaignTask {
  readonly id: string
  readonly campaignId: string
  readonly what: string
  readonly unitCode: string
  readonly officerId: string | null
  readonly due: Day
  readonly doneOn: Day | null
  readonly doneBy: string | null
  readonly doneNote: string | null
  readonly evidence: StoredFile | null
  readonly droppedOn: Day | null
  readonly droppedReason: string | null
  readonly version: number
}

const taskColumns = sql`id, campaign_id as "campaignId", what, unit_code as "unitCode", officer_id as "officerId", due, done_on as "doneOn",
  done_by as "doneBy", done_note as "doneNote", evidence, dropped_on as "droppedOn", dropped_reason as "droppedReason", version`

export async function tasksOf(tx: Tx, campaignId: string): Promise<CampaignTask[]> {
  const { rows } = await sql<CampaignTask>`
    select ${taskColumns} from campaign_task where campaign_id = ${campaignId}::uuid order by due, created_at, id`.execute(tx)
  return rows
}

export async function lockTask(tx: Tx, id: string): Promise<CampaignTask | undefined> {
  const { rows } = await sql<CampaignTask>`select ${taskColumns} from campaign_task where id = ${id}::uuid for update`.execute(tx)
  return rows[0]
}

type NewTask = Pick<CampaignTask, 'id' | 'campaignId' | 'what' | 'unitCode' | 'officerId' | 'due'>

export async function insertTask(tx: Tx, task: NewTask, now: Temporal.Instant): Promise<void> {
  await sql`
    insert into campaign_task (id, campaign_id, what, unit_code, officer_id, due, created_at)
    values (${task.id}::uuid, ${task.campaignId}::uuid, ${task.what}, ${task.unitCode}, ${task.officerId}::uuid, ${task.due}::date,
      ${now}::timestamptz)`.execute(tx)
}

export async function updateTask(tx: Tx, task: Omit<NewTask, 'campaignId'>): Promise<void> {
  await sql`
    update campaign_task set what = ${task.what}, unit_code = ${task.unitCode}, officer_id = ${task.officerId}::uuid, due = ${task.due}::date,
      version = version + 1
    where id = ${task.id}::uuid`.execute(tx)
}

export async function dropTaskRow(tx: Tx, id: string, on: Day, reason: string): Promise<void> {
  await sql`
    update campaign_task set dropped_on = ${on}::date, dropped_reason = ${reason}, version = version + 1 where id = ${id}::uuid`.execute(tx)
}

export async function finishTaskRow(
  tx: Tx,
  id: string,
  done: { on: Day; by: string; note: string; evidence: StoredFile | null },
): Promise<void> {
  await sql`
    update campaign_task set done_on = ${done.on}::date, done_by = ${done.by}, done_note = ${done.note},
      evidence = ${done.evidence && JSON.stringify(done.evidence)}::jsonb, version = version + 1
    where id = ${id}::uuid`.execute(tx)
}
