import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Day } from '../../../kernel/clock.ts'
import type { Grant } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/database/index.ts'
import type { FactorDecision } from '../rules/factor-policy.ts'

export type FactorKind = 'totp' | 'passkey'

export interface FactorRow {
  readonly id: string
  readonly officerId: string
  readonly kind: FactorKind
  readonly name: string
  readonly createdAt: Temporal.Instant
  readonly lastUsedAt: Temporal.Instant | null
  readonly sealedSecret: Uint8Array | null
  readonly lastStep: number | null
  readonly credentialId: string | null
  readonly publicKey: Uint8Array | null
  readonly signCount: number | null
  readonly transports: readonly string[]
}

const columns = sql`id, officer_id as "officerId", kind, name, created_at as "createdAt", last_used_at as "lastUsedAt",
  sealed_secret as "sealedSecret", last_step as "lastStep", credential_id as "credentialId", public_key as "publicKey",
  sign_count as "signCount", transports`

/** An officer's factors, oldest first. */
export async function factorsOf(tx: Tx, officerId: string): Promise<readonly FactorRow[]> {
  const { rows } = await sql<FactorRow>`
    select ${columns} from second_factor where officer_id = ${officerId}::uuid order by created_at, id`.execute(tx)
  return rows
}

/** Whoever changes an officer's factors takes turns: holds the officer until the transaction ends. */
export async function lockFactorsOf(tx: Tx, officerId: string): Promise<void> {
  await sql`select id from officer where id = ${officerId}::uuid for update`.execute(tx)
}

export type NewFactor = Pick<FactorRow, 'id' | 'officerId' | 'kind' | 'name'> &
  Partial<Pick<FactorRow, 'sealedSecret' | 'lastStep' | 'credentialId' | 'publicKey' | 'signCount' | 'transports'>>

/** Stores a factor that has just been proved. False when this passkey is somebody's already. */
export async function insertFactor(tx: Tx, factor: NewFactor, now: Temporal.Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into second_factor (id, officer_id, kind, name, sealed_secret, last_step, credential_id, public_key, sign_count, transports,
      created_at, last_used_at)
    values (${factor.id}::uuid, ${factor.officerId}::uuid, ${factor.kind}, ${factor.name}, ${factor.sealedSecret ?? null}::bytea,
      ${factor.lastStep ?? null}, ${factor.credentialId ?? null}, ${factor.publicKey ?? null}::bytea, ${factor.signCount ?? null},
      ${[...(factor.transports ?? [])]}::text[], ${now}::timestamptz, ${now}::timestamptz)
    on conflict (credential_id) do nothing`.execute(tx)
  return numAffectedRows === 1n
}

/** Takes a step of an app for good. False when it, or a later one, was taken before: by anybody, in any process. */
export async function takeStep(tx: Tx, factorId: string, step: number, now: Temporal.Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update second_factor set last_step = ${step}, last_used_at = ${now}::timestamptz
    where id = ${factorId}::uuid and kind = 'totp' and (last_step is null or last_step < ${step})`.execute(tx)
  return numAffectedRows === 1n
}

/** Notes that a passkey was used, with the count it gave. */
export async function usePasskey(tx: Tx, factorId: string, signCount: number, now: Temporal.Instant): Promise<void> {
  await sql`
    update second_factor set sign_count = ${signCount}, last_used_at = ${now}::timestamptz
    where id = ${factorId}::uuid and kind = 'passkey'`.execute(tx)
}

/** Takes a question to a passkey for good. False when it was answered before. */
export async function takeChallenge(tx: Tx, hash: Uint8Array, expiresAt: Temporal.Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into spent_challenge (challenge_hash, expires_at) values (${hash}, ${expiresAt}::timestamptz)
    on conflict do nothing`.execute(tx)
  return numAffectedRows === 1n
}

/** Removes one of an officer's factors, never anybody else's. Returns what it was. */
export async function deleteFactor(tx: Tx, officerId: string, id: string): Promise<Pick<FactorRow, 'kind' | 'name'> | undefined> {
  const { rows } = await sql<Pick<FactorRow, 'kind' | 'name'>>`
    delete from second_factor where id = ${id}::uuid and officer_id = ${officerId}::uuid returning kind, name`.execute(tx)
  return rows[0]
}

/** Removes all of them, with the recovery codes and the half-open sign-ins. Returns how many factors there were. */
export async function deleteFactors(tx: Tx, officerId: string): Promise<number> {
  const { numAffectedRows } = await sql`delete from second_factor where officer_id = ${officerId}::uuid`.execute(tx)
  await sql`delete from recovery_code where officer_id = ${officerId}::uuid`.execute(tx)
  await sql`delete from sign_in_pending where officer_id = ${officerId}::uuid`.execute(tx)
  return Number(numAffectedRows)
}

/** Puts a new set of recovery codes in the place of the old one. */
export async function replaceRecoveryCodes(
  tx: Tx,
  officerId: string,
  hashes: readonly Uint8Array[],
  salt: Uint8Array,
  now: Temporal.Instant,
): Promise<void> {
  await sql`delete from recovery_code where officer_id = ${officerId}::uuid`.execute(tx)
  await sql`
    insert into recovery_code (officer_id, code_hash, salt, created_at)
    select ${officerId}::uuid, hash, ${salt}::bytea, ${now}::timestamptz from unnest(${[...hashes]}::bytea[]) as hash`.execute(tx)
}

/** The salt of an officer's set, and how many of its codes are left. */
export async function recoverySet(tx: Tx, officerId: string): Promise<{ salt: Uint8Array; left: number } | undefined> {
  const { rows } = await sql<{ salt: Uint8Array; left: number }>`
    select salt, count(*) filter (where used_at is null) as left from recovery_code
    where officer_id = ${officerId}::uuid group by salt`.execute(tx)
  return rows[0]
}

/** Uses a recovery code up. Returns how many are left, or nothing when it is none or was used. */
export async function takeRecoveryCode(tx: Tx, officerId: string, hash: Uint8Array, now: Temporal.Instant): Promise<number | undefined> {
  const { numAffectedRows } = await sql`
    update recovery_code set used_at = ${now}::timestamptz
    where officer_id = ${officerId}::uuid and code_hash = ${hash}::bytea and used_at is null`.execute(tx)
  if (numAffectedRows !== 1n) return undefined
  return (await recoverySet(tx, officerId))?.left ?? 0
}

export interface PendingRow {
  readonly officerId: string
  readonly awaits: 'code' | 'enrol'
}

/** Remembers that somebody's password was right. */
export async function insertPending(tx: Tx, tokenHash: Uint8Array, pending: PendingRow, expiresAt: Temporal.Instant): Promise<void> {
  await sql`
    insert into sign_in_pending (token_hash, officer_id, awaits, expires_at)
    values (${tokenHash}, ${pending.officerId}::uuid, ${pending.awaits}, ${expiresAt}::timestamptz)`.execute(tx)
}

/** A half-open sign-in in time, of an officer who may still come in. */
export async function findPending(tx: Tx, tokenHash: Uint8Array, now: Temporal.Instant): Promise<PendingRow | undefined> {
  const { rows } = await sql<PendingRow>`
    select p.officer_id as "officerId", p.awaits from sign_in_pending p
    join officer o on o.id = p.officer_id and o.deactivated_at is null
    where p.token_hash = ${tokenHash} and p.expires_at > ${now}::timestamptz`.execute(tx)
  return rows[0]
}

/** Takes a half-open sign-in out: it opens one session. */
export async function takePending(tx: Tx, tokenHash: Uint8Array, now: Temporal.Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from sign_in_pending where token_hash = ${tokenHash} and expires_at > ${now}::timestamptz`.execute(tx)
  return numAffectedRows === 1n
}

/** Notes that this session has just proved a factor. */
export async function markProved(tx: Tx, tokenHash: Uint8Array, now: Temporal.Instant): Promise<void> {
  await sql`update session set factor_at = ${now}::timestamptz where token_hash = ${tokenHash}`.execute(tx)
}

/** Every decision about what roles ask for, in the order in which they were made. */
export async function factorDecisions(tx: Tx): Promise<readonly FactorDecision[]> {
  const { rows } = await sql<FactorDecision>`
    select role, level, valid_from as "validFrom" from factor_policy order by position`.execute(tx)
  return rows
}

export async function insertFactorDecision(
  tx: Tx,
  decision: FactorDecision & { id: string },
  now: Temporal.Instant,
  by: string,
): Promise<void> {
  await sql`
    insert into factor_policy (id, role, level, valid_from, set_at, set_by)
    values (${decision.id}::uuid, ${decision.role}, ${decision.level}, ${decision.validFrom}::date, ${now}::timestamptz, ${by}::uuid)`.execute(
    tx,
  )
}

/** For how many minutes a proof counts. */
export async function freshMinutes(tx: Tx, now: Temporal.Instant): Promise<number> {
  const { rows } = await sql<{ minutes: number }>`
    select fresh_minutes as minutes from factor_setting where valid_from <= ${now}::timestamptz order by valid_from desc limit 1`.execute(
    tx,
  )
  return rows[0]?.minutes ?? 15
}

export async function insertFreshMinutes(tx: Tx, minutes: number, now: Temporal.Instant, by: string): Promise<void> {
  await sql`insert into factor_setting (valid_from, fresh_minutes, set_by) values (${now}::timestamptz, ${minutes}, ${by}::uuid)`.execute(
    tx,
  )
}

/** Roles an officer holds on a day. */
export async function rolesOn(tx: Tx, officerId: string, day: Day): Promise<readonly Grant['role'][]> {
  const { rows } = await sql<{ role: Grant['role'] }>`
    select distinct role from role_grant
    where officer_id = ${officerId}::uuid and revoked_at is null
      and ${day}::date between valid_from and coalesce(valid_to, 'infinity')`.execute(tx)
  return rows.map(({ role }) => role)
}

/** Active officers who hold one of these roles on a day and have no factor, by user name. */
export async function withoutFactor(
  tx: Tx,
  roles: readonly Grant['role'][],
  day: Day,
): Promise<readonly { username: string; role: Grant['role'] }[]> {
  const { rows } = await sql<{ username: string; role: Grant['role'] }>`
    select distinct on (o.username) o.username, g.role from officer o join role_grant g on g.officer_id = o.id
    where o.deactivated_at is null and g.revoked_at is null and g.role = any(${[...roles]}::text[])
      and ${day}::date between g.valid_from and coalesce(g.valid_to, 'infinity')
      and not exists (select from second_factor f where f.officer_id = o.id)
    order by o.username`.execute(tx)
  return rows
}

/** One secret of an app with its owner, for a look whether the installation's key still opens it. */
export async function someSecret(tx: Tx): Promise<{ officerId: string; sealedSecret: Uint8Array } | undefined> {
  const { rows } = await sql<{ officerId: string; sealedSecret: Uint8Array }>`
    select officer_id as "officerId", sealed_secret as "sealedSecret" from second_factor
    where kind = 'totp' order by created_at desc limit 1`.execute(tx)
  return rows[0]
}
