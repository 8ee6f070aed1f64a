import { allow } from '../../../kernel/access/index.ts'
import { type Day, dayOf } from '../../../kernel/clock.ts'
import type { Context, Grant } from '../../../kernel/context.ts'
import { type NewEvent, record } from '../../../kernel/events.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { loadDirectory } from '../../organisation/index.ts'
import { refusals } from '../errors.ts'
import { happened } from '../events.ts'
import { decideGrant } from '../rules/granting.ts'
import { grantsOf, insertGrant } from '../store/grants.ts'
import { lockOfficer } from '../store/officers.ts'
import { deleteSessionsOf } from '../store/sessions.ts'

export interface GrantRole {
  readonly officerId: string
  readonly role: Grant['role']
  readonly agencyCode: string
  readonly subtree: boolean
  /** Civil days, both included; `validTo` null is without an end. */
  readonly validFrom: Day
  readonly validTo: Day | null
  readonly reason: string
}

/** A grant that was made, and what the log is to be told. */
export interface Given {
  readonly grantId: string
  readonly events: readonly NewEvent[]
}

/** Decides and stores a grant; the command that asked for it records its event. */
export async function giveRole(cx: Context, input: GrantRole): Promise<Result<Given>> {
  const actor = allow(cx, 'identity.grant-role', { agencyCode: input.agencyCode })
  const today = dayOf(cx.now)
  const directory = await loadDirectory(cx.tx)
  const officer = await lockOfficer(cx.tx, input.officerId)
  if (!officer) return refuse(refusals.unknownOfficer)
  if (officer.deactivatedAt) return refuse(refusals.deactivated)
  if (!directory.find(input.agencyCode, today)) return refuse(refusals.unknownAgency)
  const by = actor.kind === 'officer' ? actor.officerId : null
  if (by) {
    const decision = decideGrant({
      administrator: { id: by, grants: await grantsOf(cx.tx, by, today) },
      officerId: officer.id,
      officerGrants: await grantsOf(cx.tx, officer.id, today),
      wanted: input,
      rules: cx.access.rules,
      root: directory.root(today)?.code ?? '',
      today,
      isWithin: (code, ancestor) => directory.within(code, ancestor, today),
    })
    if (!decision.ok) return decision
  }
  const grantId = cx.id()
  await insertGrant(cx.tx, { ...input, id: grantId, grantedBy: by, delegatedFrom: null }, cx.now)
  await deleteSessionsOf(cx.tx, 'officer', officer.id)
  const { officerId: _officer, ...facts } = input
  return ok({ grantId, events: [happened('identity.role-granted', officer.id, { grantId, ...facts }, input.agencyCode)] })
}

/**
 * Gives an officer a role at an agency for a period. An administrator gives no more, and for no longer, than they themselves administer.
 * The officer signs in again: sessions from before never carry new rights.
 */
export async function grantRole(cx: Context, input: GrantRole): Promise<Result<{ grantId: string }>> {
  const given = await giveRole(cx, input)
  if (!given.ok) return given
  const view = { grantId: given.value.grantId }
  await record(cx, { events: given.value.events, result: view })
  return ok(view)
}
