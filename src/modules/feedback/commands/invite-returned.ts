import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Tx } from '../../../kernel/database/index.ts'
import { inviteFor } from '../subscriber.ts'

/**
 * Invitations for dossiers returned since an instant that nobody was asked about: for a province whose dossiers are older than this room,
 * and for the demo. Returns the dossiers, the latest return first.
 */
export async function inviteReturned(
  tx: Tx,
  since: Temporal.Instant,
  most: number,
): Promise<{ dossierId: string; at: Temporal.Instant }[]> {
  const { rows } = await sql<{ dossierId: string; at: Temporal.Instant }>`
    select subject as "dossierId", at from event where type = 'dossier.returned' and at >= ${since}::timestamptz
    order by at desc limit ${most}`.execute(tx)
  for (const { dossierId } of rows) await inviteFor(tx, dossierId)
  return rows
}
