import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Tx } from '../../kernel/database/index.ts'
import type { AttachedFile } from './rules/message-rule.ts'

/** Whose reading mark: a citizen has their own, the office one together. */
export const OFFICE = 'office'

export interface MessageRow {
  readonly id: string
  readonly fromOffice: boolean
  readonly authorId: string
  readonly authorName: string
  readonly agencyCode: string | null
  readonly body: string
  readonly files: readonly AttachedFile[]
  /** ISO text. */
  readonly at: string
}

/** A thread from its beginning, at most the last 200 words of it, and up to when this reader has read. */
export async function findThread(tx: Tx, dossierId: string, reader: string): Promise<{ messages: MessageRow[]; seenUpTo: string | null }> {
  const { rows } = await sql<{ messages: MessageRow[]; seenUpTo: string | null }>`
    select coalesce((
      select jsonb_agg(jsonb_build_object('id', m.id, 'fromOffice', m.from_office, 'authorId', m.author_id, 'authorName', m.author_name,
        'agencyCode', m.agency_code, 'body', m.body, 'files', m.files, 'at', m.at) order by m.at, m.id)
      from (select * from dossier_message where dossier_id = ${dossierId}::uuid order by at desc, id desc limit 200) m), '[]'::jsonb) as messages,
      (select to_jsonb(up_to) #>> '{}' from dossier_message_seen where dossier_id = ${dossierId}::uuid and reader = ${reader}) as "seenUpTo"`.execute(
    tx,
  )
  return rows[0] ?? { messages: [], seenUpTo: null }
}

export async function insertMessage(
  tx: Tx,
  dossierId: string,
  row: Omit<MessageRow, 'at'> & { readonly at: Temporal.Instant },
): Promise<void> {
  await sql`
    insert into dossier_message (id, dossier_id, from_office, author_id, author_name, agency_code, body, files, at)
    values (${row.id}::uuid, ${dossierId}::uuid, ${row.fromOffice}, ${row.authorId}::uuid, ${row.authorName}, ${row.agencyCode}, ${row.body},
      ${JSON.stringify(row.files)}::jsonb, ${row.at}::timestamptz)`.execute(tx)
}

export async function countSince(tx: Tx, authorId: string, since: Temporal.Instant): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from dossier_message where author_id = ${authorId}::uuid and at > ${since}::timestamptz`.execute(tx)
  return rows[0]?.n ?? 0
}

export async function markSeen(tx: Tx, dossierId: string, reader: string, at: Temporal.Instant): Promise<void> {
  await sql`
    insert into dossier_message_seen as s (dossier_id, reader, up_to) values (${dossierId}::uuid, ${reader}, ${at}::timestamptz)
    on conflict (dossier_id, reader) do update set up_to = greatest(s.up_to, excluded.up_to)`.execute(tx)
}

/** How many messages of the other side nobody of this side has read, by dossier. Dossiers without any are left out. */
export async function unreadIn(
  tx: Tx,
  dossierIds: readonly string[],
  { reader, fromOffice }: { reader: string; fromOffice: boolean },
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ id: string; n: number }>`
    select m.dossier_id as id, count(*) as n from dossier_message m
    left join dossier_message_seen s on s.dossier_id = m.dossier_id and s.reader = ${reader}
    where m.dossier_id = any(${[...dossierIds]}::uuid[]) and m.from_office = ${fromOffice} and (s.up_to is null or m.at > s.up_to)
    group by 1`.execute(tx)
  return new Map(rows.map(({ id, n }) => [id, n]))
}
