import { allow } from '../../../kernel/access/index.ts'
import { type Day, dayOf } from '../../../kernel/clock.ts'
import type { Context, Grant } from '../../../kernel/context.ts'
import { record } from '../../../kernel/events.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { loadDirectory } from '../../organisation/index.ts'
import { refusals } from '../errors.ts'
import { happened } from '../events.ts'
import type { FactorLevel } from '../rules/factor-policy.ts'
import { insertFactorDecision, insertFreshMinutes } from '../store/factors.ts'

const decider = async (cx: Context) =>
  allow(cx, 'identity.change-permissions', { agencyCode: (await loadDirectory(cx.tx)).root(dayOf(cx.now))?.code ?? null })

export interface ChangeFactorPolicy {
  readonly role: Grant['role']
  readonly level: FactorLevel
  /** Civil day from which it counts: today or later. */
  readonly validFrom: Day
}

/** Decides what a role asks for from a day on. Earlier decisions stay as history; the last one made counts from its day. */
export async function changeFactorPolicy(cx: Context, input: ChangeFactorPolicy): Promise<Result<ChangeFactorPolicy>> {
  const actor = await decider(cx)
  if (actor.kind !== 'officer') return refuse(refusals.moreThanHeld)
  if (input.validFrom < dayOf(cx.now)) return refuse(refusals.policyPast)
  const id = cx.id()
  await insertFactorDecision(cx.tx, { ...input, id }, cx.now, actor.officerId)
  await record(cx, { events: [happened('identity.factor-policy-changed', id, { ...input })], result: input })
  return ok(input)
}

/** Sets for how many minutes (1–720) a proof counts when something that matters is done. */
export async function changeFreshMinutes(cx: Context, input: { freshMinutes: number }): Promise<Result<{ freshMinutes: number }>> {
  const actor = await decider(cx)
  if (actor.kind !== 'officer') return refuse(refusals.moreThanHeld)
  await insertFreshMinutes(cx.tx, input.freshMinutes, cx.now, actor.officerId)
  await record(cx, { events: [happened('identity.factor-setting-changed', cx.id(), { ...input })], result: input })
  return ok(input)
}
