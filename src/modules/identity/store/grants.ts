import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Tx } from '../../../kernel/database/index.ts'
import type { HeldGrant, WantedGrant } from '../rules/granting.ts'

export interface GrantRow extends HeldGrant {
  readonly reason: string
  readonly grantedBy: string | null
  readonly grantedAt: Temporal.Instant
}

const columns = sql`id, officer_id as "officerId", role, agency_code as "agencyCode", subtree, valid_from as "validFrom",
  valid_to as "validTo", delegated_from as "delegatedFrom", reason, granted_by as "grantedBy", granted_at as "grantedAt"`

/** What an officer holds on a day or will hold later, newest last. */
export async function grantsOf(tx: Tx, officerId: string, day: string): Promise<readonly GrantRow[]> {
  const { rows } = await sql<GrantRow>`
    select ${columns} from role_grant
    where officer_id = ${officerId}::uuid and revoked_at is null and coalesce(valid_to, 'infinity') >= ${day}::date
    order by granted_at, id`.execute(tx)
  return rows
}

/** What an officer has handed on and is still in force or to come. */
export async function delegatedBy(tx: Tx, officerId: string, day: string): Promise<readonly (GrantRow & { delegateName: string })[]> {
  const { rows } = await sql<GrantRow & { delegateName: string }>`
    select g.*, o.name as "delegateName" from (select ${columns}, revoked_at from role_grant) g
    join role_grant source on source.id = g."delegatedFrom" and source.officer_id = ${officerId}::uuid
    join officer o on o.id = g."officerId"
    where g.revoked_at is null and coalesce(g."validTo", 'infinity') >= ${day}::date
    order by g."grantedAt", g.id`.execute(tx)
  return rows
}

/** The grant while it stands, held until the transaction ends. */
export async function lockGrant(tx: Tx, id: string): Promise<GrantRow | undefined> {
  const { rows } = await sql<GrantRow>`
    select ${columns} from role_grant where id = ${id}::uuid and revoked_at is null for update`.execute(tx)
  return rows[0]
}

/** Every standing administrator grant of active officers, in one order, held: two administrators removing each other take turns. */
export async function lockAdministratorGrants(tx: Tx): Promise<readonly GrantRow[]> {
  const { rows } = await sql<GrantRow>`
    select ${columns} from role_grant
    where role = 'administrator' and revoked_at is null
      and exists (select from officer o where o.id = role_grant.officer_id and o.deactivated_at is null)
    order by id for update`.execute(tx)
  return rows
}

export async function insertGrant(
  tx: Tx,
  grant: WantedGrant & { id: string; officerId: string; grantedBy: string | null; delegatedFrom: string | null; reason: string },
  now: Temporal.Instant,
): Promise<void> {
  await sql`
    insert into role_grant (id, officer_id, role, agency_code, subtree, valid_from, valid_to, granted_by, granted_at, delegated_from, reason)
    values (${grant.id}::uuid, ${grant.officerId}::uuid, ${grant.role}, ${grant.agencyCode}, ${grant.subtree}, ${grant.validFrom}::date,
      ${grant.validTo}::date, ${grant.grantedBy}::uuid, ${now}::timestamptz, ${grant.delegatedFrom}::uuid, ${grant.reason})
    on conflict (id) do nothing`.execute(tx)
}

/** Ends grants and everything delegated from them. Returns all that ended. */
export async function revokeGrants(tx: Tx, ids: readonly string[], by: string | null, now: Temporal.Instant): Promise<readonly GrantRow[]> {
  const { rows } = await sql<GrantRow>`
    update role_grant set revoked_at = ${now}::timestamptz, revoked_by = ${by}::uuid
    where revoked_at is null and (id = any(${[...ids]}::uuid[]) or delegated_from = any(${[...ids]}::uuid[]))
    returning ${columns}`.execute(tx)
  return rows
}
