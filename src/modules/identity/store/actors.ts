import { sql } from 'kysely'
import type { Grant } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/database/index.ts'

/** An active officer as they may act on a day, and where mail reaches them. */
export interface ActiveOfficer {
  readonly id: string
  readonly name: string
  readonly position: string
  readonly email: string | null
  readonly grants: readonly Grant[]
}

/** Active officers of these with the roles they hold on a day, by name. For work that is done for them while they are not here. */
export async function activeOfficers(tx: Tx, ids: readonly string[], day: string): Promise<readonly ActiveOfficer[]> {
  const { rows } = await sql<ActiveOfficer>`
    select o.id, o.name, o.position, o.email, coalesce((
      select jsonb_agg(jsonb_build_object('role', g.role, 'agencyCode', g.agency_code, 'subtree', g.subtree) order by g.granted_at, g.id)
      from role_grant g
      where g.officer_id = o.id and g.revoked_at is null and ${day}::date between g.valid_from and coalesce(g.valid_to, 'infinity')
    ), '[]'::jsonb) as grants
    from officer o where o.id = any(${[...ids]}::uuid[]) and o.deactivated_at is null
    order by o.search, o.id`.execute(tx)
  return rows
}

/** Active officers who hold one of some roles anywhere on a day. */
export async function officersWithRole(tx: Tx, roles: readonly string[], day: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct o.id from officer o join role_grant g on g.officer_id = o.id
    where o.deactivated_at is null and g.revoked_at is null and g.role = any(${[...roles]}::text[])
      and ${day}::date between g.valid_from and coalesce(g.valid_to, 'infinity')
    order by o.id`.execute(tx)
  return rows.map(({ id }) => id)
}
