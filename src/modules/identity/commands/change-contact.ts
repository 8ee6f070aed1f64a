import type { Context } from '../../../kernel/context.ts'
import { refusals as common, Refused } from '../../../kernel/errors.ts'
import { record } from '../../../kernel/events.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import { happened } from '../events.ts'
import { type Contact, findPerson, setContact } from '../store/people.ts'

/** A citizen says how to be reached. Name, number and birth date come from the identity service and are not changed here. */
export async function changeContact(cx: Context, input: Contact): Promise<Result<{ changed: string[] }>> {
  if (cx.actor.kind !== 'citizen') throw new Refused(cx.actor.kind === 'anonymous' ? common.signInNeeded : common.denied)
  const before = await findPerson(cx.tx, cx.actor.personId)
  const changed = (['phone', 'email', 'address'] as const).filter((key) => JSON.stringify(before?.[key]) !== JSON.stringify(input[key]))
  await setContact(cx.tx, cx.actor.personId, input, cx.now)
  const view = { changed }
  await record(cx, { events: [happened('identity.profile-changed', cx.actor.personId, view)], result: view })
  return ok(view)
}
