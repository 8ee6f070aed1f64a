import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Day } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/database/index.ts'
import type { AnswerFile, Schedule } from './rules/schedule.ts'

/** A question somebody keeps under a name. */
export interface SavedReport {
  readonly id: string
  readonly ownerId: string
  readonly ownerName: string
  readonly name: string
  readonly question: string
  readonly shared: boolean
  readonly schedule: Schedule
  /** 1 Monday … 7 Sunday; for weekly ones. */
  readonly weekday: number
  /** On the wall in Vietnam: `06:30`. */
  readonly time: string
  readonly file: AnswerFile
  readonly scheduledAt: Temporal.Instant
}

const columns = sql`s.id, s.owner_id as "ownerId", s.owner_name as "ownerName", s.name, s.question, s.shared, s.schedule, s.weekday, s.time,
  s.file, s.scheduled_at as "scheduledAt"`

/** Somebody is a reader of a kept question when it is theirs, shared, or its answers are sent to them. */
const readable = (officerId: string) => sql`(s.owner_id = ${officerId}::uuid or s.shared
  or exists (select from saved_report_recipient r where r.saved_id = s.id and r.officer_id = ${officerId}::uuid))`

/** A kept question in somebody's list. */
export interface ListedReport extends SavedReport {
  /** Whether its answers are sent to them. */
  readonly sent: boolean
}

/** What somebody kept themselves, and what others share with them; their own first. */
export async function listSaved(tx: Tx, officerId: string): Promise<ListedReport[]> {
  const { rows } = await sql<ListedReport>`
    select ${columns}, exists (select from saved_report_recipient r
      where r.saved_id = s.id and r.officer_id = ${officerId}::uuid and r.stopped_at is null) as sent
    from saved_report s where ${readable(officerId)}
    order by (s.owner_id = ${officerId}::uuid) desc, s.name, s.id limit 500`.execute(tx)
  return rows
}

/** A kept question that somebody may read. */
export async function savedFor(tx: Tx, id: string, officerId: string): Promise<SavedReport | undefined> {
  const { rows } = await sql<SavedReport>`
    select ${columns} from saved_report s where s.id = ${id}::uuid and ${readable(officerId)}`.execute(tx)
  return rows[0]
}

/** The same, held until the transaction ends. */
export async function lockSaved(tx: Tx, id: string, officerId: string): Promise<SavedReport | undefined> {
  const { rows } = await sql<SavedReport>`
    select ${columns} from saved_report s where s.id = ${id}::uuid and ${readable(officerId)} for update of s`.execute(tx)
  return rows[0]
}

export async function countSaved(tx: Tx, ownerId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from saved_report where owner_id = ${ownerId}::uuid`.execute(tx)
  return rows[0]?.n ?? 0
}

export async function insertSaved(tx: Tx, row: Omit<SavedReport, 'scheduledAt'>, at: Temporal.Instant): Promise<void> {
  await sql`
    insert into saved_report (id, owner_id, owner_name, name, question, shared, schedule, weekday, time, file, saved_at, scheduled_at)
    values (${row.id}::uuid, ${row.ownerId}::uuid, ${row.ownerName}, ${row.name}, ${row.question}, ${row.shared}, ${row.schedule},
      ${row.weekday}, ${row.time}, ${row.file}, ${at}::timestamptz, ${at}::timestamptz)`.execute(tx)
}

/** Writes down what an owner changed. A slot from before a change of the schedule is not owed. */
export async function updateSaved(
  tx: Tx,
  row: Pick<SavedReport, 'id' | 'name' | 'shared' | 'schedule' | 'weekday' | 'time' | 'file' | 'scheduledAt'>,
): Promise<void> {
  await sql`
    update saved_report set name = ${row.name}, shared = ${row.shared}, schedule = ${row.schedule}, weekday = ${row.weekday},
      time = ${row.time}, file = ${row.file}, scheduled_at = ${row.scheduledAt}::timestamptz
    where id = ${row.id}::uuid`.execute(tx)
}

/** False when it is not theirs, or gone. Its answers of the past stay. */
export async function deleteSaved(tx: Tx, id: string, ownerId: string): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from saved_report where id = ${id}::uuid and owner_id = ${ownerId}::uuid`.execute(tx)
  return numAffectedRows === 1n
}

/** Every kept question that is answered by itself, with the last slot that was looked at. */
export async function scheduledReports(tx: Tx): Promise<(SavedReport & { triedSlot: Day | null })[]> {
  const { rows } = await sql<SavedReport & { triedSlot: Day | null }>`
    select ${columns}, s.tried_slot as "triedSlot" from saved_report s where s.schedule <> 'none' order by s.id`.execute(tx)
  return rows
}

/** Notes that a slot was looked at. False when somebody else did, or the question is gone. */
export async function takeSavedSlot(tx: Tx, id: string, slot: Day): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update saved_report set tried_slot = ${slot}::date
    where id = ${id}::uuid and schedule <> 'none' and tried_slot is distinct from ${slot}::date`.execute(tx)
  return numAffectedRows === 1n
}

/** Somebody to whom answers go, or went. */
export interface ReportRecipient {
  readonly officerId: string
  /** Nothing more is sent to them: they said so themselves (`self`), or the owner took them off the list (`owner`). */
  readonly stopped: 'self' | 'owner' | null
}

/** To whom the answers go, by when they were added. */
export async function recipientsOf(tx: Tx, savedId: string): Promise<ReportRecipient[]> {
  const { rows } = await sql<ReportRecipient>`
    select officer_id as "officerId",
      case when stopped_at is null then null when stopped_by = officer_id then 'self' else 'owner' end as stopped
    from saved_report_recipient
    where saved_id = ${savedId}::uuid order by added_at, officer_id`.execute(tx)
  return rows
}

export async function addRecipients(tx: Tx, savedId: string, officerIds: readonly string[], at: Temporal.Instant): Promise<void> {
  await sql`
    insert into saved_report_recipient (saved_id, officer_id, added_at)
    select ${savedId}::uuid, officer_id, ${at}::timestamptz from unnest(${[...officerIds]}::uuid[]) as officer_id
    on conflict (saved_id, officer_id) do update set stopped_at = null, stopped_by = null`.execute(tx)
}

/**
 * They are sent nothing more; what they were sent they may still read. Who had stopped by themselves is off by whoever says so now: an owner
 * who takes them off, or they again.
 */
export async function stopRecipients(
  tx: Tx,
  savedId: string,
  officerIds: readonly string[],
  { by, at }: { readonly by: string; readonly at: Temporal.Instant },
): Promise<void> {
  await sql`
    update saved_report_recipient set stopped_at = coalesce(stopped_at, ${at}::timestamptz), stopped_by = ${by}::uuid
    where saved_id = ${savedId}::uuid and officer_id = any(${[...officerIds]}::uuid[])
      and (stopped_at is null or stopped_by = officer_id)`.execute(tx)
}

export interface RunRow {
  readonly id: string
  readonly savedId: string
  readonly slot: Day
  readonly name: string
  readonly producedAt: Temporal.Instant
  readonly digest: string
}

/** False when that slot has its answer already. */
export async function insertRun(tx: Tx, row: RunRow & { ownerId: string; body: string }): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into saved_report_run (id, saved_id, owner_id, slot, name, produced_at, body, digest)
    values (${row.id}::uuid, ${row.savedId}::uuid, ${row.ownerId}::uuid, ${row.slot}::date, ${row.name}, ${row.producedAt}::timestamptz,
      ${row.body}, ${row.digest})
    on conflict (saved_id, slot) do nothing`.execute(tx)
  return numAffectedRows === 1n
}

const runColumns = sql`id, saved_id as "savedId", slot, name, produced_at as "producedAt", digest`

/** Answers somebody may read: of their own questions, of those that are shared, and what was sent to them: not what came after they were sent no more. */
const ofReader = (officerId: string) => sql`(run.owner_id = ${officerId}::uuid
  or exists (select from saved_report_recipient r where r.saved_id = run.saved_id and r.officer_id = ${officerId}::uuid
    and (r.stopped_at is null or run.produced_at <= r.stopped_at))
  or exists (select from saved_report s where s.id = run.saved_id and s.shared))`

/** The answers somebody may read, the newest first; of one question, or of all. */
export async function listRuns(tx: Tx, officerId: string, savedId: string | null = null): Promise<RunRow[]> {
  const { rows } = await sql<RunRow>`
    select ${runColumns} from saved_report_run run
    where ${ofReader(officerId)} and (${savedId}::uuid is null or saved_id = ${savedId}::uuid)
    order by produced_at desc, id limit 100`.execute(tx)
  return rows
}

export async function runById(tx: Tx, id: string, officerId: string): Promise<(RunRow & { body: string }) | undefined> {
  const { rows } = await sql<RunRow & { body: string }>`
    select ${runColumns}, body from saved_report_run run where id = ${id}::uuid and ${ofReader(officerId)}`.execute(tx)
  return rows[0]
}
