import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Tx } from '../../kernel/database/index.ts'
import type { Asked } from './notices.ts'

export interface Notice {
  readonly id: string
  readonly title: string
  readonly body: string
  /** Where what it speaks of is. A path of ours. */
  readonly href: string
  readonly at: Temporal.Instant
  readonly readAt: Temporal.Instant | null
}

export interface Told {
  readonly noticeId: string
  readonly officerId: string
}

/** Writes one notice down for each officer; who was told the same before is not told again. Returns those that are new. */
export async function insertNotices(tx: Tx, { officerIds, key, title, body, href }: Asked, at: Temporal.Instant): Promise<Told[]> {
  const { rows } = await sql<Told>`
    insert into notice (id, officer_id, key, title, body, href, at)
    select gen_random_uuid(), officer_id, ${key}, ${title}, ${body}, ${href}, ${at}::timestamptz
    from (select distinct unnest(${[...officerIds]}::uuid[]) as officer_id) asked
    on conflict (officer_id, key) do nothing
    returning id as "noticeId", officer_id as "officerId"`.execute(tx)
  return rows
}

export async function newestNotices(tx: Tx, officerId: string, limit: number): Promise<Notice[]> {
  const { rows } = await sql<Notice>`
    select id, title, body, href, at, read_at as "readAt" from notice where officer_id = ${officerId}::uuid
    order by at desc, id limit ${limit}`.execute(tx)
  return rows
}

/** Marks an officer's notices as read: one, or all of them. Returns how many were not before. */
export async function markRead(tx: Tx, officerId: string, id: string | null, at: Temporal.Instant): Promise<number> {
  const { numAffectedRows } = await sql`
    update notice set read_at = ${at}::timestamptz
    where officer_id = ${officerId}::uuid and read_at is null and (${id}::uuid is null or id = ${id}::uuid)`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

export async function countUnread(tx: Tx, officerId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from notice where officer_id = ${officerId}::uuid and read_at is null`.execute(tx)
  return rows[0]?.n ?? 0
}

/** Which officers were told for a reason already, reason by reason. */
export async function toldBefore(tx: Tx, keys: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { rows } = await sql<{ key: string; officers: string[] }>`
    select key, array_agg(officer_id::text) as officers from notice where key = any(${[...keys]}::text[]) group by key`.execute(tx)
  return new Map(rows.map(({ key, officers }) => [key, new Set(officers)]))
}
