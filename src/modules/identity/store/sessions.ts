import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Day } from '../../../kernel/clock.ts'
import type { Grant } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/database/index.ts'

export interface SessionRow {
  readonly subjectKind: 'citizen' | 'officer'
  readonly subjectId: string
  readonly csrf: string
  readonly seenAt: Temporal.Instant
  readonly name: string
  readonly personalNumber: string | null
  readonly phone: string | null
  readonly mustChangePassword: boolean
  /** When this session last proved a second factor. */
  readonly factorAt: Temporal.Instant | null
  readonly grants: readonly Grant[]
}

/**
 * A live session with whoever it belongs to and the roles of this day: one statement, read by keys only. A session that never proved a
 * second factor is none from the day on which one of the officer's roles requires it.
 */
export async function findSession(tx: Tx, tokenHash: Uint8Array, now: Temporal.Instant, day: Day): Promise<SessionRow | undefined> {
  const { rows } = await sql<SessionRow>`
    select s.subject_kind as "subjectKind", s.subject_id as "subjectId", s.csrf, s.seen_at as "seenAt",
      s.factor_at as "factorAt", coalesce(p.name, o.name) as name, p.personal_number as "personalNumber", p.phone,
      coalesce(o.must_change_password, false) as "mustChangePassword",
      case when o.id is null or o.must_change_password then '[]'::jsonb else coalesce((
        select jsonb_agg(jsonb_build_object('role', g.role, 'agencyCode', g.agency_code, 'subtree', g.subtree)
          || case when absent.id is null then '{}'::jsonb
            else jsonb_build_object('onBehalfOf', jsonb_build_object('officerId', absent.id, 'name', absent.name)) end order by g.granted_at, g.id)
        from role_grant g
        left join role_grant source on source.id = g.delegated_from
        left join officer absent on absent.id = source.officer_id
        where g.officer_id = o.id and g.revoked_at is null and ${day}::date between g.valid_from and coalesce(g.valid_to, 'infinity')
      ), '[]'::jsonb) end as grants
    from session s
    join lateral (
      select idle_minutes from session_policy
      where subject_kind = s.subject_kind and valid_from <= ${now}::timestamptz
      order by valid_from desc limit 1
    ) policy on true
    left join person p on s.subject_kind = 'citizen' and p.id = s.subject_id
    left join officer o on s.subject_kind = 'officer' and o.id = s.subject_id and o.deactivated_at is null
    where s.token_hash = ${tokenHash}
      and s.expires_at > ${now}::timestamptz
      and s.seen_at > ${now}::timestamptz - make_interval(mins => policy.idle_minutes)
      and (p.id is not null or o.id is not null)
      and (o.id is null or s.factor_at is not null or not exists (
        select from role_grant g
        join lateral (
          select level from factor_policy where role = g.role and valid_from <= ${day}::date order by position desc limit 1
        ) asked on asked.level = 'required'
        where g.officer_id = o.id and g.revoked_at is null and ${day}::date between g.valid_from and coalesce(g.valid_to, 'infinity')))`.execute(
    tx,
  )
  return rows[0]
}

/** Notes that the session was used, unless somebody noted it within the last minute. */
export async function touchSession(tx: Tx, tokenHash: Uint8Array, now: Temporal.Instant): Promise<void> {
  await sql`
    update session set seen_at = ${now}::timestamptz
    where token_hash = ${tokenHash} and seen_at < ${now}::timestamptz - interval '1 minute'`.execute(tx)
}

export interface NewSession {
  readonly tokenHash: Uint8Array
  readonly subjectKind: 'citizen' | 'officer'
  readonly subjectId: string
  readonly csrf: string
  readonly address: string
  readonly device: string
  /** When the second factor was proved, if it was. */
  readonly factorAt: Temporal.Instant | null
}

/** Opens a session for as long as the policy of now allows; the one it takes the place of ends in the same statement. */
export async function insertSession(tx: Tx, session: NewSession, replaces: Uint8Array | null, now: Temporal.Instant): Promise<void> {
  await sql`
    with ended as (delete from session where token_hash = ${replaces}::bytea)
    insert into session (token_hash, subject_kind, subject_id, csrf, created_at, seen_at, expires_at, address, device,
      factor_at)
    select ${session.tokenHash}, ${session.subjectKind}, ${session.subjectId}::uuid, ${session.csrf}, ${now}::timestamptz, ${now}::timestamptz,
      ${now}::timestamptz + make_interval(mins => absolute_minutes), ${session.address}, ${session.device},
      ${session.factorAt}::timestamptz
    from session_policy where subject_kind = ${session.subjectKind} and valid_from <= ${now}::timestamptz
    order by valid_from desc limit 1`.execute(tx)
}

export async function deleteSession(tx: Tx, tokenHash: Uint8Array): Promise<void> {
  await sql`delete from session where token_hash = ${tokenHash}`.execute(tx)
}

/** Ends one of somebody's sessions, named by its hash; never anybody else's. */
export async function deleteOwnSession(tx: Tx, subjectKind: string, subjectId: string, tokenHash: Uint8Array): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from session where token_hash = ${tokenHash} and subject_kind = ${subjectKind} and subject_id = ${subjectId}::uuid`.execute(tx)
  return numAffectedRows === 1n
}

/** Ends all sessions of somebody, but for one when it is named; and what is half open of them. Returns how many ended. */
export async function deleteSessionsOf(tx: Tx, subjectKind: string, subjectId: string, keep: Uint8Array | null = null): Promise<number> {
  const { numAffectedRows } = await sql`
    with half as (delete from sign_in_pending where ${subjectKind} = 'officer' and officer_id = ${subjectId}::uuid)
    delete from session where subject_kind = ${subjectKind} and subject_id = ${subjectId}::uuid
      and token_hash is distinct from ${keep}::bytea`.execute(tx)
  return Number(numAffectedRows)
}

export interface SessionLine {
  readonly tokenHash: Uint8Array
  readonly createdAt: Temporal.Instant
  readonly seenAt: Temporal.Instant
  readonly expiresAt: Temporal.Instant
  readonly address: string | null
  readonly device: string | null
}

export async function listSessions(tx: Tx, subjectKind: string, subjectId: string, now: Temporal.Instant): Promise<readonly SessionLine[]> {
  const { rows } = await sql<SessionLine>`
    select token_hash as "tokenHash", created_at as "createdAt", seen_at as "seenAt", expires_at as "expiresAt", address, device
    from session s
    join lateral (
      select idle_minutes from session_policy where subject_kind = s.subject_kind and valid_from <= ${now}::timestamptz
      order by valid_from desc limit 1
    ) policy on true
    where subject_kind = ${subjectKind} and subject_id = ${subjectId}::uuid and expires_at > ${now}::timestamptz
      and seen_at > ${now}::timestamptz - make_interval(mins => policy.idle_minutes)
    order by seen_at desc, token_hash`.execute(tx)
  return rows
}

/** Removes sessions past their end or idle too long, ways to the identity service not taken, and old counts of tries. */
export async function purge(tx: Tx, now: Temporal.Instant): Promise<{ sessions: number; attempts: number; throttles: number }> {
  const sessions = await sql`
    delete from session s where expires_at <= ${now}::timestamptz or seen_at <= ${now}::timestamptz - make_interval(mins => (
      select idle_minutes from session_policy where subject_kind = s.subject_kind and valid_from <= ${now}::timestamptz
      order by valid_from desc limit 1))`.execute(tx)
  const attempts = await sql`delete from sign_in_attempt where expires_at <= ${now}::timestamptz`.execute(tx)
  await sql`delete from sign_in_pending where expires_at <= ${now}::timestamptz`.execute(tx)
  await sql`delete from spent_challenge where expires_at <= ${now}::timestamptz`.execute(tx)
  const throttles = await sql`delete from sign_in_throttle where window_ends_at <= ${now}::timestamptz`.execute(tx)
  return {
    sessions: Number(sessions.numAffectedRows),
    attempts: Number(attempts.numAffectedRows),
    throttles: Number(throttles.numAffectedRows),
  }
}

export interface SessionPolicy {
  readonly subjectKind: 'citizen' | 'officer'
  readonly idleMinutes: number
  readonly absoluteMinutes: number
  readonly validFrom: Temporal.Instant
}

export async function sessionPolicies(tx: Tx, now: Temporal.Instant): Promise<readonly SessionPolicy[]> {
  const { rows } = await sql<SessionPolicy>`
    select distinct on (subject_kind) subject_kind as "subjectKind", idle_minutes as "idleMinutes", absolute_minutes as "absoluteMinutes",
      valid_from as "validFrom"
    from session_policy where valid_from <= ${now}::timestamptz
    order by subject_kind, valid_from desc`.execute(tx)
  return rows
}

export async function insertSessionPolicy(
  tx: Tx,
  policy: Omit<SessionPolicy, 'validFrom'>,
  now: Temporal.Instant,
  by: string,
): Promise<void> {
  await sql`
    insert into session_policy (subject_kind, valid_from, idle_minutes, absolute_minutes, set_by)
    values (${policy.subjectKind}, ${now}::timestamptz, ${policy.idleMinutes}, ${policy.absoluteMinutes}, ${by}::uuid)`.execute(tx)
}
