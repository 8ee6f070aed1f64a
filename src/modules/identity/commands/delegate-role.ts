import { allow } from '../../../kernel/access/index.ts'
import { type Day, dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { record } from '../../../kernel/events.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { loadDirectory } from '../../organisation/index.ts'
import { refusals } from '../errors.ts'
import { happened } from '../events.ts'
import { decideDelegation } from '../rules/granting.ts'
import { grantsOf, insertGrant, lockGrant } from '../store/grants.ts'
import { lockOfficer } from '../store/officers.ts'
import { deleteSessionsOf } from '../store/sessions.ts'

export interface DelegateRole {
  /** One's own grant that is handed on. */
  readonly grantId: string
  readonly delegateId: string
  readonly agencyCode: string
  readonly subtree: boolean
  /** Civil days, both included. */
  readonly validFrom: Day
  readonly validTo: Day
  readonly reason: string
}

/** Hands on one's own role, to a unit or its subtree, for a period: no further, no longer, not twice. It ends with the role it came from. */
export async function delegateRole(cx: Context, input: DelegateRole): Promise<Result<{ grantId: string }>> {
  const actor = allow(cx, 'identity.delegate', { agencyCode: input.agencyCode })
  const today = dayOf(cx.now)
  const directory = await loadDirectory(cx.tx)
  const source = await lockGrant(cx.tx, input.grantId)
  if (!source || actor.kind !== 'officer' || source.officerId !== actor.officerId) return refuse(refusals.unknownGrant)
  const delegate = await lockOfficer(cx.tx, input.delegateId)
  if (!delegate) return refuse(refusals.unknownOfficer)
  if (delegate.deactivatedAt) return refuse(refusals.deactivated)
  if (!directory.find(input.agencyCode, today)) return refuse(refusals.unknownAgency)
  const { agencyCode, subtree, validFrom, validTo, reason } = input
  const wanted = { role: source.role, agencyCode, subtree, validFrom, validTo }
  const decision = decideDelegation({
    source,
    delegateId: delegate.id,
    delegateGrants: await grantsOf(cx.tx, delegate.id, today),
    wanted,
    today,
    isWithin: (code, ancestor) => directory.within(code, ancestor, today),
  })
  if (!decision.ok) return decision
  const grantId = cx.id()
  await insertGrant(
    cx.tx,
    { ...wanted, id: grantId, officerId: delegate.id, grantedBy: actor.officerId, delegatedFrom: source.id, reason },
    cx.now,
  )
  // A role that begins later is picked up by then; one that begins now asks the delegate to sign in again.
  if (validFrom <= today) await deleteSessionsOf(cx.tx, 'officer', delegate.id)
  const view = { grantId }
  const facts = { grantId, ...wanted, reason, delegatedFrom: source.id }
  await record(cx, { events: [happened('identity.role-delegated', delegate.id, facts, agencyCode)], result: view })
  return ok(view)
}
