import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Tx } from '../database/index.ts'

/** An event as a subscriber gets it. */
export interface LoggedEvent {
  /** Place in the log; later events do not always have larger positions, but each has its own. */
  readonly position: number
  readonly at: Temporal.Instant
  readonly type: string
  readonly subject: string
  readonly agencyCode: string | null
  readonly actor: Readonly<Record<string, unknown>>
  readonly requestId: string | null
  readonly data: Readonly<Record<string, unknown>>
}

export interface Cursor {
  readonly tx: string
  readonly position: number
}

export interface OutboxRow extends LoggedEvent {
  readonly tx: string
  /** False for events that this subscriber did not ask for; their data is not read. */
  readonly wanted: boolean
}

/**
 * Makes a cursor before the first event (`start`), or after everything settled by now (`end`): at the oldest running transaction, whose
 * events are still to come. An existing cursor stays where it is.
 */
export async function addCursor(tx: Tx, name: string, from: 'start' | 'end'): Promise<void> {
  await sql`
    insert into relay_cursor (name, tx, position)
    select ${name}::text, case when ${from}::text = 'end' then pg_snapshot_xmin(pg_current_snapshot()) else '0'::xid8 end, 0
    on conflict (name) do nothing`.execute(tx)
}

/** Names of the cursors that have something to read. One statement, cheap when there is nothing. */
export async function findBehind(tx: Tx, names: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from relay_cursor c where name = any(${names}::text[]) and exists (
      select from event e where (e.tx, e.position) > (c.tx, c.position) and e.tx < pg_snapshot_xmin(pg_current_snapshot()))`.execute(tx)
  return rows.map((row) => row.name)
}

/** Takes the cursor for this transaction; nothing when another relay has it. */
export async function takeCursor(tx: Tx, name: string): Promise<Cursor | undefined> {
  const { rows } = await sql<Cursor>`
    select tx::text as tx, position from relay_cursor where name = ${name} for update skip locked`.execute(tx)
  return rows[0]
}

/** The next events after a cursor, none of which a running transaction can still come before. */
export async function readOutbox(tx: Tx, after: Cursor, types: readonly string[], limit: number): Promise<OutboxRow[]> {
  const { rows } = await sql<OutboxRow>`
    select e.tx::text as tx, e.position, e.at, e.type, e.subject, e.agency_code as "agencyCode", e.request_id as "requestId",
      wanted, case when wanted then e.actor end as actor, case when wanted then e.data end as data
    from event e cross join lateral (select e.type = any(${types}::text[]) as wanted) w
    where (e.tx, e.position) > (${after.tx}::xid8, ${after.position}::bigint) and e.tx < pg_snapshot_xmin(pg_current_snapshot())
    order by e.tx, e.position limit ${limit}`.execute(tx)
  return rows
}

export async function findEvent(tx: Tx, position: number): Promise<LoggedEvent | undefined> {
  const { rows } = await sql<LoggedEvent>`
    select position, at, type, subject, agency_code as "agencyCode", request_id as "requestId", actor, data
    from event where position = ${position}`.execute(tx)
  return rows[0]
}

export async function moveCursor(tx: Tx, name: string, to: Cursor, at: Temporal.Instant): Promise<void> {
  await sql`update relay_cursor set tx = ${to.tx}::xid8, position = ${to.position}, updated_at = ${at}::timestamptz where name = ${name}`.execute(
    tx,
  )
}

/** Events waiting, counted over all cursors from the one furthest behind; and the age of the oldest in seconds. */
export async function measureLag(tx: Tx): Promise<{ events: number; seconds: number }> {
  const { rows } = await sql<{ events: number; seconds: number }>`
    with behind as (select tx, position from relay_cursor order by tx, position limit 1)
    select count(*) as events, coalesce(extract(epoch from now() - min(e.at)), 0)::float8 as seconds
    from event e, behind b where (e.tx, e.position) > (b.tx, b.position)`.execute(tx)
  return rows[0] ?? { events: 0, seconds: 0 }
}
