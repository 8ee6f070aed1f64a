import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { PermissionRule, Scope } from '../../../kernel/access/index.ts'
import type { Role } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/database/index.ts'

/** The rules in force; what was taken away is left out. */
export async function presentRules(tx: Tx): Promise<readonly PermissionRule[]> {
  const { rows } = await sql<PermissionRule>`
    select role, action, scope from permission_rule where valid_to is null and scope <> 'none' order by action, role`.execute(tx)
  return rows
}

/** Grows with every change: whoever keeps rules in memory looks here. */
export async function rulesVersion(tx: Tx): Promise<string> {
  const { rows } = await sql<{ version: string }>`
    select concat(count(*), ' ', max(valid_from)) as version from permission_rule`.execute(tx)
  return rows[0]?.version ?? ''
}

/** Adds rules for pairs of role and action that were never in the table. Returns how many were new. */
export async function addMissingRules(tx: Tx, rules: readonly (PermissionRule & { id: string })[], now: Temporal.Instant): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into permission_rule (id, role, action, scope, valid_from)
    select r.id, r.role, r.action, r.scope, ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rules)}::jsonb) as r(id uuid, role text, action text, scope text)
    where not exists (select from permission_rule known where known.role = r.role and known.action = r.action)
    on conflict do nothing`.execute(tx)
  return Number(numAffectedRows)
}

/** Whether any module asks for this action. */
export async function isKnownAction(tx: Tx, action: string): Promise<boolean> {
  const { rows } = await sql`select from permission_rule where action = ${action} limit 1`.execute(tx)
  return rows.length > 0
}

/** Every action that any module asks for, and how far each role reaches with it now. */
export async function permissionMatrix(tx: Tx): Promise<ReadonlyMap<string, Partial<Record<Role, Scope>>>> {
  const { rows } = await sql<{ action: string; scopes: Partial<Record<Role, Scope>> | null }>`
    select action, jsonb_object_agg(role, scope) filter (where valid_to is null and scope <> 'none') as scopes
    from permission_rule group by action order by action`.execute(tx)
  return new Map(rows.map((row) => [row.action, row.scopes ?? {}]))
}

/** The rule of a role and action, held until the transaction ends. `none` when there is none. */
export async function lockRule(tx: Tx, role: Role, action: string): Promise<Scope | 'none'> {
  const { rows } = await sql<{ scope: Scope | 'none' }>`
    select scope from permission_rule where role = ${role} and action = ${action} and valid_to is null for update`.execute(tx)
  return rows[0]?.scope ?? 'none'
}

/** Closes the present row and opens another. */
export async function replaceRule(
  tx: Tx,
  rule: { id: string; role: Role; action: string; scope: Scope | 'none' },
  now: Temporal.Instant,
  by: string,
): Promise<void> {
  await sql`
    update permission_rule set valid_to = ${now}::timestamptz
    where role = ${rule.role} and action = ${rule.action} and valid_to is null`.execute(tx)
  await sql`
    insert into permission_rule (id, role, action, scope, valid_from, set_by)
    values (${rule.id}::uuid, ${rule.role}, ${rule.action}, ${rule.scope}, ${now}::timestamptz, ${by}::uuid)`.execute(tx)
}

export interface RuleChange {
  readonly role: Role
  readonly action: string
  readonly scope: Scope | 'none'
  readonly validFrom: Temporal.Instant
  readonly setBy: string | null
  readonly setByName: string | null
}

/** The last changes that people made, newest first. */
export async function latestRuleChanges(tx: Tx, limit: number): Promise<readonly RuleChange[]> {
  const { rows } = await sql<RuleChange>`
    select r.role, r.action, r.scope, r.valid_from as "validFrom", r.set_by as "setBy", o.name as "setByName"
    from permission_rule r join officer o on o.id = r.set_by
    order by r.valid_from desc, r.id limit ${limit}`.execute(tx)
  return rows
}
