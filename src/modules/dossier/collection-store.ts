import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Tx } from '../../kernel/database/index.ts'

export const collectionWays = ['electronic', 'counter', 'post'] as const
export type CollectionWay = (typeof collectionWays)[number]

/** How the applicant wants the result. `address` is a form's address answer with its label. */
export interface Collection {
  readonly way: CollectionWay
  readonly receiver: string | null
  readonly phone: string | null
  readonly address: Readonly<Record<string, unknown>> | null
  /** ISO text. */
  readonly chosenAt: string
}

export async function findCollection(tx: Tx, dossierId: string): Promise<Collection | undefined> {
  const { rows } = await sql<Collection>`
    select way, receiver, phone, address, to_jsonb(chosen_at) #>> '{}' as "chosenAt"
    from dossier_collection where dossier_id = ${dossierId}::uuid`.execute(tx)
  return rows[0]
}

export async function putCollection(
  tx: Tx,
  dossierId: string,
  one: Omit<Collection, 'chosenAt'>,
  at: Temporal.Instant,
  by: string,
): Promise<void> {
  await sql`
    insert into dossier_collection (dossier_id, way, receiver, phone, address, chosen_at, chosen_by)
    values (${dossierId}::uuid, ${one.way}, ${one.receiver}, ${one.phone}, ${one.address && JSON.stringify(one.address)}::jsonb,
      ${at}::timestamptz, ${by})
    on conflict (dossier_id) do update set way = excluded.way, receiver = excluded.receiver, phone = excluded.phone,
      address = excluded.address, chosen_at = excluded.chosen_at, chosen_by = excluded.chosen_by`.execute(tx)
}

/** What is prepared for one item of a list of missing papers. */
export interface PreparedItem {
  readonly files: readonly { readonly name: string; readonly sha256: string; readonly size: number; readonly type: string }[]
  readonly note: string
}

export interface SupplementDraft {
  readonly items: readonly PreparedItem[]
  readonly note: string
}

/** The person's answer to the list asked at that time; one to an earlier list is another matter. */
export async function findSupplementDraft(
  tx: Tx,
  dossierId: string,
  personId: string,
  askedAt: string,
): Promise<SupplementDraft | undefined> {
  const { rows } = await sql<SupplementDraft>`
    select items, note from supplement_draft
    where dossier_id = ${dossierId}::uuid and person_id = ${personId}::uuid and asked_at = ${askedAt}::timestamptz`.execute(tx)
  return rows[0]
}

export async function putSupplementDraft(
  tx: Tx,
  dossierId: string,
  personId: string,
  askedAt: string,
  draft: SupplementDraft,
  at: Temporal.Instant,
): Promise<void> {
  await sql`
    insert into supplement_draft (dossier_id, person_id, asked_at, items, note, updated_at)
    values (${dossierId}::uuid, ${personId}::uuid, ${askedAt}::timestamptz, ${JSON.stringify(draft.items)}::jsonb, ${draft.note},
      ${at}::timestamptz)
    on conflict (dossier_id, person_id) do update set asked_at = excluded.asked_at, items = excluded.items, note = excluded.note,
      updated_at = excluded.updated_at`.execute(tx)
}

export async function deleteSupplementDraft(tx: Tx, dossierId: string): Promise<void> {
  await sql`delete from supplement_draft where dossier_id = ${dossierId}::uuid`.execute(tx)
}
