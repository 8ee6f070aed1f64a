import { allow, type Scope } from '../../../kernel/access/index.ts'
import { dayOf } from '../../../kernel/clock.ts'
import type { Context, Role } from '../../../kernel/context.ts'
import { record } from '../../../kernel/events.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { loadDirectory } from '../../organisation/index.ts'
import { refusals } from '../errors.ts'
import { happened } from '../events.ts'
import { lockRule, replaceRule } from '../store/permissions.ts'

export interface ChangePermission {
  readonly role: Role
  readonly action: string
  readonly scope: Scope | 'none'
}

/** Rights without which nobody could repair the table any more. */
const NEEDED = ['identity.change-permissions', 'identity.see-permissions', 'identity.grant-role']

/**
 * Changes how far a role reaches with an action, from now on. Only an administrator of the whole province: rules hold everywhere.
 * `known` are the actions the modules ask for. Callers refresh their judge after it.
 */
export async function changePermission(
  cx: Context,
  input: ChangePermission,
  known: readonly string[],
): Promise<Result<{ changed: boolean }>> {
  const root = (await loadDirectory(cx.tx)).root(dayOf(cx.now))?.code ?? null
  const actor = allow(cx, 'identity.change-permissions', { agencyCode: root })
  if (actor.kind !== 'officer') return refuse(refusals.moreThanHeld)
  const provincial = actor.grants.some((grant) => grant.role === 'administrator' && grant.agencyCode === root && grant.subtree)
  if (!provincial) return refuse(refusals.moreThanHeld)
  if (!known.includes(input.action)) return refuse(refusals.unknownAction)
  if (input.role === 'administrator' && NEEDED.includes(input.action) && input.scope !== 'unit' && input.scope !== 'province') {
    return refuse(refusals.rightNeeded)
  }
  const before = await lockRule(cx.tx, input.role, input.action)
  const view = { changed: before !== input.scope }
  if (!view.changed) return ok(view)
  const id = cx.id()
  await replaceRule(cx.tx, { id, ...input }, cx.now, actor.officerId)
  const facts = { role: input.role, action: input.action, from: before, to: input.scope }
  await record(cx, { events: [happened('identity.permission-changed', id, facts)], result: view })
  return ok(view)
}
