import { allow } from '../../../kernel/access/index.ts'
import { dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { record } from '../../../kernel/events.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { loadDirectory } from '../../organisation/index.ts'
import { refusals } from '../errors.ts'
import { happened } from '../events.ts'
import { grantsOf, revokeGrants } from '../store/grants.ts'
import { lockOfficer, setDeactivated } from '../store/officers.ts'
import { deleteSessionsOf } from '../store/sessions.ts'
import { administers, leavesAdministrator } from './revoke-role.ts'

export interface DeactivateOfficer {
  readonly officerId: string
  readonly reason: string
}

/** Closes an account: no sign-in, no session, no role, nothing left of what it delegated. Its name stays in every history. */
export async function deactivateOfficer(cx: Context, input: DeactivateOfficer): Promise<Result<{ officerId: string }>> {
  const today = dayOf(cx.now)
  const directory = await loadDirectory(cx.tx)
  const grantsBefore = await grantsOf(cx.tx, input.officerId, today)
  const ids = grantsBefore.map((grant) => grant.id)
  const left = await leavesAdministrator(cx, ids, directory.root(today)?.code ?? '', today)
  const officer = await lockOfficer(cx.tx, input.officerId)
  const actor = allow(cx, 'identity.deactivate-officer', officer ? { agencyCode: officer.agencyCode } : undefined)
  if (!officer) return refuse(refusals.unknownOfficer)
  if (officer.deactivatedAt) return refuse(refusals.deactivated)
  if (!(await administers(cx, actor, grantsBefore, directory, today))) return refuse(refusals.moreThanHeld)
  if (!left) return refuse(refusals.lastAdministrator)
  await setDeactivated(cx.tx, officer.id, cx.now)
  const ended = await revokeGrants(cx.tx, ids, actor.kind === 'officer' ? actor.officerId : null, cx.now)
  for (const officerId of new Set([officer.id, ...ended.map((row) => row.officerId)])) await deleteSessionsOf(cx.tx, 'officer', officerId)
  const view = { officerId: officer.id }
  await record(cx, {
    events: [
      happened('identity.officer-deactivated', officer.id, { username: officer.username, reason: input.reason }, officer.agencyCode),
      ...ended.map(({ id, officerId, role, agencyCode }) =>
        happened('identity.role-revoked', officerId, { grantId: id, role, agencyCode, reason: input.reason }, agencyCode),
      ),
    ],
    result: view,
  })
  return ok(view)
}

/** Opens a closed account again. Roles are granted anew, one by one. */
export async function reactivateOfficer(cx: Context, input: { officerId: string }): Promise<Result<{ officerId: string }>> {
  const officer = await lockOfficer(cx.tx, input.officerId)
  allow(cx, 'identity.deactivate-officer', officer ? { agencyCode: officer.agencyCode } : undefined)
  if (!officer) return refuse(refusals.unknownOfficer)
  const view = { officerId: officer.id }
  if (!officer.deactivatedAt) return ok(view)
  await setDeactivated(cx.tx, officer.id, null)
  await record(cx, {
    events: [happened('identity.officer-reactivated', officer.id, { username: officer.username }, officer.agencyCode)],
    result: view,
  })
  return ok(view)
}
