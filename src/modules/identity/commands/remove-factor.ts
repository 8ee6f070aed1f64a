import { allow } from '../../../kernel/access/index.ts'
import { dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'

import { record } from '../../../kernel/events.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { loadDirectory } from '../../organisation/index.ts'
import { refusals } from '../errors.ts'
import { happened } from '../events.ts'
import { levelFor, policyOn } from '../rules/factor-policy.ts'
import { deleteFactor, deleteFactors, factorDecisions, factorsOf, lockFactorsOf, rolesOn } from '../store/factors.ts'
import { grantsOf } from '../store/grants.ts'
import { lockOfficer, type OfficerRow } from '../store/officers.ts'
import { deleteSessionsOf } from '../store/sessions.ts'
import { toldOf } from '../told.ts'
import { clearProofs } from './prove-factor.ts'
import { administers } from './revoke-role.ts'

/**
 * Removes one of one's own factors; the last one only while no role requires one, and then the recovery codes go with it. Other sessions
 * end. The page asks for a fresh proof first.
 */
export async function removeFactor(
  cx: Context,
  owner: Pick<OfficerRow, 'id' | 'agencyCode'>,
  factorId: string,
  keep: Uint8Array | null,
): Promise<Result<{ left: number }>> {
  await lockFactorsOf(cx.tx, owner.id)
  const left = (await factorsOf(cx.tx, owner.id)).filter(({ id }) => id !== factorId).length
  const day = dayOf(cx.now)
  const level = levelFor(await rolesOn(cx.tx, owner.id, day), policyOn(await factorDecisions(cx.tx), day))
  if (left === 0 && level === 'required') return refuse(refusals.factorRequired)
  const removed = await deleteFactor(cx.tx, owner.id, factorId)
  if (!removed) return refuse(refusals.unknownFactor)
  if (left === 0) await deleteFactors(cx.tx, owner.id)
  await deleteSessionsOf(cx.tx, 'officer', owner.id, keep)
  const view = { left }
  const { kind, name } = removed
  const events = [
    happened('identity.factor-removed', owner.id, { kind, name }, owner.agencyCode),
    toldOf('removed', cx.id(), owner, { name }),
  ]
  await record(cx, { events, result: view })
  return ok(view)
}

export interface ResetFactor {
  readonly officerId: string
  readonly reason: string
}

const REASON_MAX = 300

/**
 * Takes every factor of a colleague away who lost them, ends their sessions and tells them. Only over officers whose every role lies within
 * one's own reach, like a new password; never one's own (that needs a proof, at one's own page).
 */
export async function resetFactor(cx: Context, input: ResetFactor): Promise<Result<{ removed: number }>> {
  const officer = await lockOfficer(cx.tx, input.officerId)
  const actor = allow(cx, 'identity.reset-factor', officer ? { agencyCode: officer.agencyCode } : undefined)
  if (!officer) return refuse(refusals.unknownOfficer)
  if (actor.kind === 'officer' && actor.officerId === officer.id) return refuse(refusals.ownFactor)
  const today = dayOf(cx.now)
  const held = await grantsOf(cx.tx, officer.id, today)
  if (!(await administers(cx, actor, held, await loadDirectory(cx.tx), today))) return refuse(refusals.moreThanHeld)
  const reason = input.reason.normalize('NFC').replace(/\s+/g, ' ').trim().slice(0, REASON_MAX)
  if (reason.length < 5) return refuse(refusals.reasonNeeded)
  const removed = await deleteFactors(cx.tx, officer.id)
  if (removed === 0) return refuse(refusals.noFactor)
  await deleteSessionsOf(cx.tx, 'officer', officer.id)
  await clearProofs(cx.tx, officer.id)
  const view = { removed }
  const by = actor.kind === 'officer' ? actor.name : 'Người vận hành hệ thống'
  const events = [
    happened('identity.factor-reset', officer.id, { removed, reason }, officer.agencyCode),
    toldOf('reset', cx.id(), officer, { by, reason }),
  ]
  await record(cx, { events, result: view })
  return ok(view)
}
