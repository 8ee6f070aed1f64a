import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Day } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/database/index.ts'
import type { SnapshotBody } from './rules/snapshot.ts'

/** A closed period as a list shows it. */
export interface SnapshotHead {
  readonly scheme: string
  readonly from: Day
  readonly to: Day
  readonly revision: number
  readonly closedAt: Temporal.Instant
  readonly closedBy: string
  readonly reason: string
  readonly position: number
  readonly digest: string
  readonly previous: string | null
}

export interface StoredSnapshot extends SnapshotHead {
  readonly body: string
}

const head = sql`scheme, first as "from", last as "to", revision, closed_at as "closedAt", closed_by as "closedBy", reason, position, digest, previous`

/** Every closed period, the latest first, without what they say. */
export async function listSnapshots(tx: Tx): Promise<SnapshotHead[]> {
  const { rows } = await sql<SnapshotHead>`
    select ${head} from index_snapshot order by first desc, last desc, scheme, revision desc`.execute(tx)
  return rows
}

/** One closed period: a revision, or the latest one. */
export async function findSnapshot(
  tx: Tx,
  { scheme, from, to, revision = null }: { scheme: string; from: Day; to: Day; revision?: number | null },
): Promise<StoredSnapshot | undefined> {
  const { rows } = await sql<StoredSnapshot>`
    select ${head}, body from index_snapshot
    where scheme = ${scheme} and first = ${from}::date and last = ${to}::date and (${revision}::int is null or revision = ${revision}::int)
    order by revision desc limit 1`.execute(tx)
  return rows[0]
}

/** Digest of what a new snapshot follows: the revision before it, else the latest snapshot there is. */
export async function digestBefore(tx: Tx, { scheme, from, to }: { scheme: string; from: Day; to: Day }): Promise<string | null> {
  const { rows } = await sql<{ digest: string }>`
    select digest from index_snapshot
    order by (scheme = ${scheme} and first = ${from}::date and last = ${to}::date) desc, closed_at desc, revision desc, scheme, first, last
    limit 1`.execute(tx)
  return rows[0]?.digest ?? null
}

/** What the event log says was closed, in the order it happened. */
export async function listClosings(tx: Tx): Promise<Pick<SnapshotHead, 'scheme' | 'from' | 'to' | 'revision' | 'digest' | 'previous'>[]> {
  const { rows } = await sql<{ data: Pick<SnapshotHead, 'scheme' | 'from' | 'to' | 'revision' | 'digest' | 'previous'> }>`
    select data from event where type = 'index.closed' order by position`.execute(tx)
  return rows.map(({ data: { scheme, from, to, revision, digest, previous } }) => ({ scheme, from, to, revision, digest, previous }))
}

/**
 * Keeps a closed period. Of two officers who close it at once the second one's transaction cannot be serialized and runs again (40001),
 * and then finds what the first one closed.
 */
export async function insertSnapshot(
  tx: Tx,
  body: SnapshotBody,
  kept: { readonly text: string; readonly digest: string; readonly previous: string | null },
): Promise<void> {
  await sql`
    insert into index_snapshot (scheme, first, last, revision, closed_at, closed_by, reason, position, body, digest, previous)
    values (${body.scheme.code}, ${body.from}::date, ${body.to}::date, ${body.revision}, ${body.closedAt}::timestamptz, ${body.closedBy},
      ${body.reason}, ${body.log.position}, ${kept.text}, ${kept.digest}, ${kept.previous})
    on conflict do nothing`.execute(tx)
}
