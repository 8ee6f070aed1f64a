import { allow, type Scope } from '../../../kernel/access/index.ts'
import { dayOf } from '../../../kernel/clock.ts'
import type { Context, Role } from '../../../kernel/context.ts'
import { record } from '../../../kernel/events.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { loadDirectory } from '../../organisation/index.ts'
import { refusals } from '../errors.ts'
import { happened } from '../events.ts'
import { isKnownAction, lockRule, replaceRule } from '../store/permissions.ts'

export interface ChangePermissions {
  readonly action: string
  /** How far each role is to reach with the action; roles left out stay as they are. */
  readonly scopes: Partial<Record<Role, Scope | 'none'>>
}

/** Rights without which nobody could repair the table any more. */
const NEEDED = ['identity.change-permissions', 'identity.see-permissions', 'identity.grant-role']

/**
 * Changes how far roles reach with an action, from now on. Only an administrator of the whole province: rules hold everywhere.
 * Callers refresh their judge after it (refreshAccess).
 */
export async function changePermissions(cx: Context, input: ChangePermissions): Promise<Result<{ changed: number }>> {
  const root = (await loadDirectory(cx.tx)).root(dayOf(cx.now))?.code ?? null
  const actor = allow(cx, 'identity.change-permissions', { agencyCode: root })
  if (actor.kind !== 'officer') return refuse(refusals.moreThanHeld)
  const provincial = actor.grants.some((grant) => grant.role === 'administrator' && grant.agencyCode === root && grant.subtree)
  if (!provincial) return refuse(refusals.moreThanHeld)
  if (!(await isKnownAction(cx.tx, input.action))) return refuse(refusals.unknownAction)
  const administrators = input.scopes.administrator
  if (NEEDED.includes(input.action) && administrators && !['unit', 'province'].includes(administrators)) return refuse(refusals.rightNeeded)
  const events = []
  for (const [role, scope] of Object.entries(input.scopes) as [Role, Scope | 'none'][]) {
    const before = await lockRule(cx.tx, role, input.action)
    if (before === scope) continue
    const id = cx.id()
    await replaceRule(cx.tx, { id, role, action: input.action, scope }, cx.now, actor.officerId)
    events.push(happened('identity.permission-changed', id, { role, action: input.action, from: before, to: scope }))
  }
  const view = { changed: events.length }
  if (events.length > 0) await record(cx, { events, result: view })
  return ok(view)
}
