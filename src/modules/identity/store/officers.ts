import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Tx } from '../../../kernel/database/index.ts'
import { fold } from '../../../kernel/text.ts'

export interface OfficerRow {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly position: string
  readonly agencyCode: string
  readonly phone: string | null
  readonly email: string | null
  readonly mustChangePassword: boolean
  readonly createdAt: Temporal.Instant
  readonly passwordChangedAt: Temporal.Instant
  readonly deactivatedAt: Temporal.Instant | null
}

export interface Credentials extends OfficerRow {
  readonly passwordHash: string
  readonly temporaryUntil: Temporal.Instant | null
}

const columns = sql`id, username, name, position, agency_code as "agencyCode", phone, email, must_change_password as "mustChangePassword",
  created_at as "createdAt", password_changed_at as "passwordChangedAt", deactivated_at as "deactivatedAt"`

export async function findOfficer(tx: Tx, id: string): Promise<OfficerRow | undefined> {
  const { rows } = await sql<OfficerRow>`select ${columns} from officer where id = ${id}::uuid`.execute(tx)
  return rows[0]
}

/** The officer, held until the transaction ends: two administrators acting on one account take turns. */
export async function lockOfficer(tx: Tx, id: string): Promise<Credentials | undefined> {
  const { rows } = await sql<Credentials>`
    select ${columns}, password_hash as "passwordHash", temporary_until as "temporaryUntil"
    from officer where id = ${id}::uuid for update`.execute(tx)
  return rows[0]
}

export async function findCredentials(tx: Tx, username: string): Promise<Credentials | undefined> {
  const { rows } = await sql<Credentials>`
    select ${columns}, password_hash as "passwordHash", temporary_until as "temporaryUntil"
    from officer where username = ${username}`.execute(tx)
  return rows[0]
}

export async function findCredentialsById(tx: Tx, id: string): Promise<Credentials | undefined> {
  const { rows } = await sql<Credentials>`
    select ${columns}, password_hash as "passwordHash", temporary_until as "temporaryUntil"
    from officer where id = ${id}::uuid`.execute(tx)
  return rows[0]
}

export interface NewOfficer {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly position: string
  readonly agencyCode: string
  readonly phone: string | null
  readonly email: string | null
  readonly passwordHash: string
  readonly mustChangePassword: boolean
  readonly temporaryUntil: Temporal.Instant | null
}

/** False when the user name (or id) is taken. */
export async function insertOfficer(tx: Tx, officer: NewOfficer, now: Temporal.Instant, by: string | null): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into officer (id, username, name, position, agency_code, phone, email, password_hash, password_changed_at,
      must_change_password, temporary_until, search, created_at, created_by)
    values (${officer.id}::uuid, ${officer.username}, ${officer.name}, ${officer.position}, ${officer.agencyCode}, ${officer.phone},
      ${officer.email}, ${officer.passwordHash}, ${now}::timestamptz, ${officer.mustChangePassword}, ${officer.temporaryUntil}::timestamptz,
      ${fold(`${officer.name} ${officer.username} ${officer.position}`)}, ${now}::timestamptz, ${by}::uuid)
    on conflict do nothing`.execute(tx)
  return numAffectedRows === 1n
}

/** Sets a password. `temporaryUntil` marks one that somebody else chose: it must be changed, and stops working then. */
export async function setPassword(
  tx: Tx,
  id: string,
  passwordHash: string,
  temporaryUntil: Temporal.Instant | null,
  now: Temporal.Instant,
): Promise<void> {
  await sql`
    update officer set password_hash = ${passwordHash}, password_changed_at = ${now}::timestamptz,
      must_change_password = ${temporaryUntil !== null}, temporary_until = ${temporaryUntil}::timestamptz
    where id = ${id}::uuid`.execute(tx)
}

/** Stores the same password under newer parameters. Only while the old hash is still there: a password changed meanwhile wins. */
export async function upgradeHash(tx: Tx, id: string, from: string, to: string): Promise<void> {
  await sql`update officer set password_hash = ${to} where id = ${id}::uuid and password_hash = ${from}`.execute(tx)
}

/** Where an officer is reached. */
export async function setOfficerContact(tx: Tx, id: string, contact: { phone: string | null; email: string | null }): Promise<void> {
  await sql`update officer set phone = ${contact.phone}, email = ${contact.email} where id = ${id}::uuid`.execute(tx)
}

export async function setDeactivated(tx: Tx, id: string, at: Temporal.Instant | null): Promise<void> {
  await sql`update officer set deactivated_at = ${at}::timestamptz where id = ${id}::uuid`.execute(tx)
}

export interface OfficerFilter {
  /** Words of name, user name or position, as typed. */
  readonly search?: string
  /** Agencies to show; undefined = all. */
  readonly agencyCodes?: readonly string[] | undefined
  readonly deactivated?: boolean
  /** Only those without a second factor. */
  readonly withoutFactor?: boolean
  readonly limit: number
  readonly offset: number
}

export interface OfficerLine extends OfficerRow {
  /** Roles in force, as `role@agency`. */
  readonly roles: readonly { role: string; agencyCode: string }[]
  /** Has a second factor. */
  readonly factor: boolean
  readonly total: number
}

/** One page of the list of officers, with their roles of `day` and how many there are in all. */
export async function listOfficers(tx: Tx, filter: OfficerFilter, day: string): Promise<readonly OfficerLine[]> {
  const words = fold(filter.search ?? '')
  const { rows } = await sql<OfficerLine>`
    select ${columns}, count(*) over () as total, coalesce((
        select jsonb_agg(jsonb_build_object('role', g.role, 'agencyCode', g.agency_code) order by g.granted_at, g.id)
        from role_grant g where g.officer_id = officer.id and g.revoked_at is null
          and ${day}::date between g.valid_from and coalesce(g.valid_to, 'infinity')), '[]') as roles,
      exists (select from second_factor f where f.officer_id = officer.id) as factor
    from officer
    where (deactivated_at is not null) = ${filter.deactivated ?? false}
      and (${words} = '' or not exists (
        select from unnest(string_to_array(${words}, ' ')) as word where officer.search not like '%' || word || '%'))
      and (not ${filter.withoutFactor ?? false} or not exists (select from second_factor f where f.officer_id = officer.id))
      and (${filter.agencyCodes === undefined} or agency_code = any(${filter.agencyCodes ?? []}::text[]))
    order by search, id
    limit ${filter.limit} offset ${filter.offset}`.execute(tx)
  return rows
}

export interface OfficerName {
  readonly id: string
  readonly name: string
  readonly position: string
  readonly agencyCode: string
}

/** Active officers who hold a role at an agency on a day, directly or through a subtree grant at one of `agencyCodes`. */
export async function officersAt(
  tx: Tx,
  input: { role: string; agencyCode: string; ancestors: readonly string[]; day: string },
): Promise<readonly OfficerName[]> {
  const { rows } = await sql<OfficerName>`
    select o.id, o.name, o.position, o.agency_code as "agencyCode"
    from officer o
    where o.deactivated_at is null and exists (
      select from role_grant g where g.officer_id = o.id and g.role = ${input.role} and g.revoked_at is null
        and ${input.day}::date between g.valid_from and coalesce(g.valid_to, 'infinity')
        and (g.agency_code = ${input.agencyCode} or (g.subtree and g.agency_code = any(${[...input.ancestors]}::text[]))))
    order by o.search, o.id`.execute(tx)
  return rows
}

/** Names of officers by id, for histories and lists. Deactivated ones keep theirs. */
export async function officerNames(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, OfficerName>> {
  const { rows } = await sql<OfficerName>`
    select id, name, position, agency_code as "agencyCode" from officer where id = any(${[...ids]}::uuid[])`.execute(tx)
  return new Map(rows.map((row) => [row.id, row]))
}

/** How many officers have an account that is not deactivated. */
export async function countOfficers(tx: Tx): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from officer where deactivated_at is null`.execute(tx)
  return rows[0]?.count ?? 0
}

/** Active officers who hold one of some roles at an agency itself (not from above) on a day, agency by agency. */
export async function officersOfUnits(
  tx: Tx,
  input: { roles: readonly string[]; agencyCodes: readonly string[]; day: string },
): Promise<readonly (OfficerName & { unit: string; role: string })[]> {
  const { rows } = await sql<OfficerName & { unit: string; role: string }>`
    select o.id, o.name, o.position, o.agency_code as "agencyCode", g.agency_code as unit, g.role
    from role_grant g join officer o on o.id = g.officer_id
    where o.deactivated_at is null and g.revoked_at is null and g.role = any(${[...input.roles]}::text[])
      and g.agency_code = any(${[...input.agencyCodes]}::text[])
      and ${input.day}::date between g.valid_from and coalesce(g.valid_to, 'infinity')
    order by g.agency_code, o.search, o.id`.execute(tx)
  return rows
}
