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
import { insertOfficer } from '../store/officers.ts'

/** How long a password chosen by somebody else opens an account, in hours. */
export const TEMPORARY_HOURS = 72

export interface CreateOfficer {
  readonly username: string
  readonly name: string
  readonly position: string
  readonly agencyCode: string
  readonly phone: string | null
  readonly email: string | null
  /** Handed over by the administrator; must be changed at the first sign-in, within `TEMPORARY_HOURS`. */
  readonly temporaryPassword: string
}

/** Makes an account for an officer of an agency. It holds no role yet. */
export async function createOfficer(cx: Context, input: CreateOfficer): Promise<Result<{ officerId: string }>> {
  const actor = allow(cx, 'identity.create-officer', { agencyCode: input.agencyCode })
  const today = dayOf(cx.now)
  if (!(await loadDirectory(cx.tx)).find(input.agencyCode, today)) return refuse(refusals.unknownAgency)
  const weak = checkPassword(input.temporaryPassword, input, 'temporaryPassword')
  if (weak.length > 0) return refuse(withFields(refusals.weakPassword, weak))
  const officerId = cx.id()
  const { username, name, position, agencyCode } = input
  const added = await insertOfficer(
    cx.tx,
    {
      ...{ id: officerId, username, name, position, agencyCode, phone: input.phone, email: input.email },
      passwordHash: await hashPassword(input.temporaryPassword),
      mustChangePassword: true,
      temporaryUntil: cx.now.add({ hours: TEMPORARY_HOURS }),
    },
    cx.now,
    actor.kind === 'officer' ? actor.officerId : null,
  )
  if (!added) return refuse(withFields(refusals.usernameTaken, [{ path: 'username', message: refusals.usernameTaken.message }]))
  const view = { officerId }
  await record(cx, {
    events: [happened('identity.officer-created', officerId, { username, name, position, agencyCode }, agencyCode)],
    result: view,
  })
  return ok(view)
}
