import { allow } from '../../../kernel/access/index.ts'
import { dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { record } from '../../../kernel/events.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { loadDirectory } from '../../organisation/index.ts'
import { refusals } from '../errors.ts'
import { happened } from '../events.ts'
import { insertSessionPolicy } from '../store/sessions.ts'

export interface ChangeSessionPolicy {
  readonly subjectKind: 'citizen' | 'officer'
  /** Minutes without a request after which a session ends, 5–1440. */
  readonly idleMinutes: number
  /** Minutes after which it ends in any case, 15–10080; counts for sessions opened from now on. */
  readonly absoluteMinutes: number
}

/** Sets how long sessions last, from now on. The old row stays as history. */
export async function changeSessionPolicy(cx: Context, input: ChangeSessionPolicy): Promise<Result<ChangeSessionPolicy>> {
  const root = (await loadDirectory(cx.tx)).root(dayOf(cx.now))?.code ?? null
  const actor = allow(cx, 'identity.change-permissions', { agencyCode: root })
  if (actor.kind !== 'officer') return refuse(refusals.moreThanHeld)
  await insertSessionPolicy(cx.tx, input, cx.now, actor.officerId)
  await record(cx, { events: [happened('identity.session-policy-changed', cx.id(), { ...input })], result: input })
  return ok(input)
}
