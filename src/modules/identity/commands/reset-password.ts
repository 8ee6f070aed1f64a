import { allow } from '../../../kernel/access/index.ts'
import { dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { withFields } from '../../../kernel/errors.ts'
import { record } from '../../../kernel/events.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { loadDirectory } from '../../organisation/index.ts'
import { refusals } from '../errors.ts'
import { happened } from '../events.ts'
import { hashPassword } from '../password.ts'
import { checkPassword } from '../rules/password-policy.ts'
import { grantsOf } from '../store/grants.ts'
import { lockOfficer, setPassword } from '../store/officers.ts'
import { deleteSessionsOf } from '../store/sessions.ts'
import { clearAccount } from '../store/sign-in.ts'
import { TEMPORARY_HOURS } from './create-officer.ts'
import { administers } from './revoke-role.ts'

export interface ResetPassword {
  readonly officerId: string
  readonly temporaryPassword: string
}

/**
 * Gives an account a temporary password, ends its sessions and lifts its lock. Only over officers whose every role lies within one's own
 * reach: whoever sets a password could act as its owner.
 */
export async function resetPassword(cx: Context, input: ResetPassword): Promise<Result<{ officerId: string; temporaryUntil: string }>> {
  const today = dayOf(cx.now)
  const officer = await lockOfficer(cx.tx, input.officerId)
  const actor = allow(cx, 'identity.reset-password', officer ? { agencyCode: officer.agencyCode } : undefined)
  if (!officer) return refuse(refusals.unknownOfficer)
  if (officer.deactivatedAt) return refuse(refusals.deactivated)
  const held = await grantsOf(cx.tx, officer.id, today)
  if (!(await administers(cx, actor, held, await loadDirectory(cx.tx), today))) return refuse(refusals.moreThanHeld)
  const weak = checkPassword(input.temporaryPassword, officer, 'temporaryPassword')
  if (weak.length > 0) return refuse(withFields(refusals.weakPassword, weak))
  const temporaryUntil = cx.now.add({ hours: TEMPORARY_HOURS })
  await setPassword(cx.tx, officer.id, await hashPassword(input.temporaryPassword), temporaryUntil, cx.now)
  await deleteSessionsOf(cx.tx, 'officer', officer.id)
  await clearAccount(cx.tx, officer.username)
  const view = { officerId: officer.id, temporaryUntil: temporaryUntil.toString() }
  const facts = { temporaryUntil: view.temporaryUntil }
  await record(cx, { events: [happened('identity.password-reset', officer.id, facts, officer.agencyCode)], result: view })
  return ok(view)
}
