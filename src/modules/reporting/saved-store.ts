import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Day } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/database/index.ts'

export type Schedule = 'none' | 'weekly' | 'monthly'

/** A question somebody keeps under a name. */
export interface SavedReport {
  readonly id: string
  readonly ownerId: string
  readonly ownerName: string
  readonly name: string
  readonly question: string
  readonly shared: boolean
  readonly schedule: Schedule
}

const columns = sql`id, owner_id as "ownerId", owner_name as "ownerName", name, question, shared, schedule`

/** What somebody kept themselves, and what others share; their own first. */
export async function listSaved(tx: Tx, ownerId: string): Promise<SavedReport[]> {
  const { rows } = await sql<SavedReport>`
    select ${columns} from saved_report where owner_id = ${ownerId}::uuid or shared
    order by (owner_id = ${ownerId}::uuid) desc, name, id limit 500`.execute(tx)
  return rows
}

export async function countSaved(tx: Tx, ownerId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from saved_report where owner_id = ${ownerId}::uuid`.execute(tx)
  return rows[0]?.n ?? 0
}

export async function insertSaved(tx: Tx, row: SavedReport, at: Temporal.Instant): Promise<void> {
  await sql`
    insert into saved_report (id, owner_id, owner_name, name, question, shared, schedule, saved_at)
    values (${row.id}::uuid, ${row.ownerId}::uuid, ${row.ownerName}, ${row.name}, ${row.question}, ${row.shared}, ${row.schedule},
      ${at}::timestamptz)`.execute(tx)
}

/** False when it is not theirs, or gone. Its answers of the past stay. */
export async function deleteSaved(tx: Tx, id: string, ownerId: string): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from saved_report where id = ${id}::uuid and owner_id = ${ownerId}::uuid`.execute(tx)
  return numAffectedRows === 1n
}

/** Kept questions of a schedule that have no answer of a slot yet. */
export async function dueSaved(tx: Tx, schedule: Schedule, slot: Day): Promise<SavedReport[]> {
  const { rows } = await sql<SavedReport>`
    select ${columns} from saved_report s
    where schedule = ${schedule} and saved_at < (${slot}::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh'
      and not exists (select 1 from saved_report_run r where r.saved_id = s.id and r.slot = ${slot}::date)
    order by id`.execute(tx)
  return rows
}

export interface RunRow {
  readonly id: string
  readonly savedId: string
  readonly slot: Day
  readonly name: string
  readonly producedAt: Temporal.Instant
  readonly digest: string
}

export async function insertRun(tx: Tx, row: RunRow & { ownerId: string; body: string }): Promise<void> {
  await sql`
    insert into saved_report_run (id, saved_id, owner_id, slot, name, produced_at, body, digest)
    values (${row.id}::uuid, ${row.savedId}::uuid, ${row.ownerId}::uuid, ${row.slot}::date, ${row.name}, ${row.producedAt}::timestamptz,
      ${row.body}, ${row.digest})
    on conflict (saved_id, slot) do nothing`.execute(tx)
}

const runColumns = sql`id, saved_id as "savedId", slot, name, produced_at as "producedAt", digest`

/** The answers somebody was sent, the newest first. */
export async function listRuns(tx: Tx, ownerId: string): Promise<RunRow[]> {
  const { rows } = await sql<RunRow>`
    select ${runColumns} from saved_report_run where owner_id = ${ownerId}::uuid order by produced_at desc, id limit 100`.execute(tx)
  return rows
}

export async function runById(tx: Tx, id: string, ownerId: string): Promise<(RunRow & { body: string }) | undefined> {
  const { rows } = await sql<RunRow & { body: string }>`
    select ${runColumns}, body from saved_report_run where id = ${id}::uuid and owner_id = ${ownerId}::uuid`.execute(tx)
  return rows[0]
}
