import { allow } from '../../../kernel/access/index.ts'
import { type Day, dayOf } from '../../../kernel/clock.ts'
import type { Actor, Context } from '../../../kernel/context.ts'
import { record } from '../../../kernel/events.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { loadDirectory, type OrganisationDirectory } from '../../organisation/index.ts'
import { refusals } from '../errors.ts'
import { happened } from '../events.ts'
import { isLastingAdministrator, reaches } from '../rules/granting.ts'
import { type GrantRow, grantsOf, lockAdministratorGrants, lockGrant, revokeGrants } from '../store/grants.ts'
import { deleteSessionsOf } from '../store/sessions.ts'

export interface RevokeRole {
  readonly grantId: string
  readonly reason: string
}

/** Whether somebody else would still administer the whole province, for good, without these grants. Holds the rows it looked at. */
export async function leavesAdministrator(cx: Context, without: readonly string[], root: string, today: Day): Promise<boolean> {
  const standing = await lockAdministratorGrants(cx.tx)
  const lasting = standing.filter((grant) => isLastingAdministrator(grant, root, today))
  return !lasting.some((grant) => without.includes(grant.id)) || lasting.some((grant) => !without.includes(grant.id))
}

/** Whether an administrator's own reach covers what is to be taken away: a unit's administrator cannot take a role held for the province. */
export async function administers(
  cx: Context,
  actor: Actor,
  grants: readonly Pick<GrantRow, 'agencyCode' | 'subtree'>[],
  directory: OrganisationDirectory,
  today: Day,
): Promise<boolean> {
  if (actor.kind !== 'officer') return actor.kind === 'system'
  const held = (await grantsOf(cx.tx, actor.officerId, today)).filter((grant) => grant.role === 'administrator')
  // A unit that is gone has no place in today's tree: its grants are reached as its former dossiers are.
  const isWithin = (code: string, ancestor: string): boolean => directory.reaches(code, ancestor, today)
  return grants.every((grant) => held.some((own) => reaches(own, grant, isWithin)))
}

async function mayRevoke(cx: Context, grant: GrantRow, directory: OrganisationDirectory, today: Day): Promise<Actor | undefined> {
  // What one has handed on, one may take back.
  if (cx.actor.kind === 'officer' && grant.delegatedFrom !== null && grant.grantedBy === cx.actor.officerId) return cx.actor
  const actor = allow(cx, 'identity.revoke-role', { agencyCode: grant.agencyCode })
  return (await administers(cx, actor, [grant], directory, today)) ? actor : undefined
}

/** Ends a role at once, and everything delegated from it. The last administrator of the province stays. */
export async function revokeRole(cx: Context, input: RevokeRole): Promise<Result<{ revoked: number }>> {
  const today = dayOf(cx.now)
  const directory = await loadDirectory(cx.tx)
  // Administrator grants are always taken in one order, so that two revocations at once wait for each other instead of locking up.
  const left = await leavesAdministrator(cx, [input.grantId], directory.root(today)?.code ?? '', today)
  const grant = await lockGrant(cx.tx, input.grantId)
  if (!grant) {
    allow(cx, 'identity.revoke-role')
    return refuse(refusals.unknownGrant)
  }
  const actor = await mayRevoke(cx, grant, directory, today)
  if (!actor) return refuse(refusals.moreThanHeld)
  if (!left) return refuse(refusals.lastAdministrator)
  const ended = await revokeGrants(cx.tx, [grant.id], actor.kind === 'officer' ? actor.officerId : null, cx.now)
  for (const officerId of new Set(ended.map((row) => row.officerId))) await deleteSessionsOf(cx.tx, 'officer', officerId)
  const events = ended.map(({ id, officerId, role, agencyCode }) =>
    happened('identity.role-revoked', officerId, { grantId: id, role, agencyCode, reason: input.reason }, agencyCode),
  )
  const view = { revoked: ended.length }
  await record(cx, { events, result: view })
  return ok(view)
}
