import { CompiledQuery, sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Tx } from '../database/index.ts'
import { deadQueueOf, type JobData } from './definition.ts'

/** How a person sees a job. `stuck`: failed for the last time, waits for someone. */
export type JobView = 'stuck' | 'retry' | 'waiting' | 'running' | 'done' | 'cancelled'
export const jobViews: readonly JobView[] = ['stuck', 'retry', 'waiting', 'running', 'done', 'cancelled']

export interface JobRow {
  readonly id: string
  /** The queue, without the dead letter's ending. */
  readonly queue: string
  readonly view: JobView
  readonly retryCount: number
  readonly retryLimit: number
  /** When it is tried next; only when it waits. */
  readonly startAfter: Temporal.Instant
  readonly createdAt: Temporal.Instant
  readonly startedAt: Temporal.Instant | null
  readonly completedAt: Temporal.Instant | null
  readonly data: JobData
  readonly output: Readonly<Record<string, unknown>> | null
}

// A job that failed for the last time is kept twice by pg-boss: as `failed` in its queue and as a new job in the dead-letter queue.
// The second is the one that a person deals with, so the first is not shown.
const view = sql.raw(`case
  when name like '%.dead' then case state when 'created' then 'stuck' when 'completed' then 'done' when 'cancelled' then 'cancelled' else 'running' end
  else case state when 'created' then 'waiting' when 'retry' then 'retry' when 'active' then 'running' when 'completed' then 'done' when 'cancelled' then 'cancelled' end
end`)

const columns = sql.raw(`id, regexp_replace(name, '[.]dead$', '') as queue, retry_count as "retryCount", retry_limit as "retryLimit",
  start_after as "startAfter", created_on as "createdAt", started_on as "startedAt", completed_on as "completedAt", data, output`)

const ours = (province: string) => sql`name !~ '^__pgboss' and data->>'province' = ${province}::text`

/** pg-boss statements inside our transaction. */
export function bossDb(tx: Tx) {
  return {
    affected: 0,
    async executeSql(text: string, values: unknown[]): Promise<{ rows: never[] }> {
      const result = await tx.executeQuery<never>(CompiledQuery.raw(text, values))
      this.affected += Number(result.numAffectedRows ?? 0n)
      return { rows: [...result.rows] }
    },
  }
}

export async function listJobs(
  tx: Tx,
  filter: { province: string; view?: JobView | undefined; queues?: readonly string[] | undefined; limit: number; offset: number },
): Promise<JobRow[]> {
  const { rows } = await sql<JobRow>`
    select * from (select ${columns}, ${view} as view from pgboss.job where ${ours(filter.province)} and state <> 'failed') j
    where (${filter.view ?? null}::text is null or view = ${filter.view ?? null}::text)
      and (${filter.queues ?? null}::text[] is null or queue = any(${filter.queues ?? null}::text[]))
    order by "createdAt" desc, id limit ${filter.limit} offset ${filter.offset}`.execute(tx)
  return rows
}

export async function findJob(tx: Tx, province: string, id: string): Promise<JobRow | undefined> {
  const { rows } = await sql<JobRow>`
    select ${columns}, ${view} as view from pgboss.job where ${ours(province)} and state <> 'failed' and id = ${id}::uuid`.execute(tx)
  return rows[0]
}

/** Takes a job that waits for a person or for its next try; nothing when someone else has dealt with it. */
export async function lockJob(tx: Tx, province: string, id: string): Promise<JobRow | undefined> {
  const { rows } = await sql<JobRow>`
    select ${columns}, ${view} as view from pgboss.job
    where ${ours(province)} and id = ${id}::uuid and ((name like '%.dead' and state = 'created') or (name not like '%.dead' and state = 'retry'))
    for update`.execute(tx)
  return rows[0]
}

/** Closes a job of the dead-letter queue with what was done about it. */
export async function closeDead(tx: Tx, id: string, output: object, at: Temporal.Instant): Promise<void> {
  await sql`
    update pgboss.job set state = 'completed', completed_on = ${at}::timestamptz, output = ${JSON.stringify(output)}::jsonb
    where name like '%.dead' and id = ${id}::uuid and state = 'created'`.execute(tx)
}

/** Closes the jobs of a queue's dead letters that were to do this very work: what became of it stands elsewhere. */
export async function closeDeadWith(tx: Tx, queue: string, data: JobData, output: object, at: Temporal.Instant): Promise<void> {
  await sql`
    update pgboss.job set state = 'completed', completed_on = ${at}::timestamptz, output = ${JSON.stringify(output)}::jsonb
    where name = ${deadQueueOf(queue)} and state = 'created' and data = ${JSON.stringify(data)}::jsonb`.execute(tx)
}

/** Which of these jobs of a queue are still to be done or being done. */
export async function jobsAlive(tx: Tx, queue: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select id::text as id from pgboss.job where name = ${queue} and id = any(${[...ids]}::uuid[]) and state in ('created', 'retry', 'active')`.execute(
    tx,
  )
  return new Set(rows.map(({ id }) => id))
}

/** Makes a job that waits for its next try due now. */
export async function startNow(tx: Tx, id: string): Promise<void> {
  await sql`update pgboss.job set start_after = now() - interval '1 second' where name not like '%.dead' and id = ${id}::uuid and state = 'retry'`.execute(
    tx,
  )
}

export interface JobCount {
  readonly queue: string
  readonly view: JobView
  readonly count: number
}

export async function countJobs(tx: Tx, province: string): Promise<JobCount[]> {
  const { rows } = await sql<JobCount>`
    select queue, view, count(*) as count
    from (select regexp_replace(name, '[.]dead$', '') as queue, ${view} as view from pgboss.job where ${ours(province)} and state <> 'failed') j
    group by queue, view order by queue, view`.execute(tx)
  return rows
}

/** Queues of these that have something due. */
export async function findDue(tx: Tx, queues: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from unnest(${queues}::text[]) as q(name)
    where exists (select from pgboss.job j where j.name = q.name and j.state < 'active' and j.start_after < now())`.execute(tx)
  return rows.map((row) => row.name)
}

export async function findQueues(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from pgboss.queue`.execute(tx)
  return rows.map((row) => row.name)
}

/**
 * Notes that a schedule's slot begins. `first`: seen for the first time ever, nothing to make up; `next`: start it;
 * `known`: another server process, or an earlier look, has started it.
 */
export async function takeSlot(tx: Tx, queue: string, slot: Temporal.Instant): Promise<'first' | 'next' | 'known'> {
  const { rows } = await sql<{ first: boolean }>`
    with before as (select slot from schedule_slot where queue = ${queue})
    insert into schedule_slot (queue, slot) values (${queue}, ${slot}::timestamptz)
    on conflict (queue) do update set slot = excluded.slot where schedule_slot.slot < excluded.slot
    returning not exists (select from before) as first`.execute(tx)
  if (!rows[0]) return 'known'
  return rows[0].first ? 'first' : 'next'
}
