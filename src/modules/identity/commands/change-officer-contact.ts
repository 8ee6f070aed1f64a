import { allow } from '../../../kernel/access/index.ts'
import type { Context } from '../../../kernel/context.ts'
import { record } from '../../../kernel/events.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { refusals } from '../errors.ts'
import { happened } from '../events.ts'
import { lockOfficer, setOfficerContact } from '../store/officers.ts'

/** Where an officer is reached. The log keeps what was changed, never the number or the address. */
export async function changeOfficerContact(
  cx: Context,
  input: { officerId: string; phone: string | null; email: string | null },
): Promise<Result<{ changed: string[] }>> {
  const officer = await lockOfficer(cx.tx, input.officerId)
  allow(cx, 'identity.create-officer', officer ? { agencyCode: officer.agencyCode } : undefined)
  if (!officer) return refuse(refusals.unknownOfficer)
  const changed = (['phone', 'email'] as const).filter((key) => officer[key] !== input[key])
  await setOfficerContact(cx.tx, officer.id, input)
  const view = { changed }
  await record(cx, { events: [happened('identity.officer-contact-changed', officer.id, view, officer.agencyCode)], result: view })
  return ok(view)
}
