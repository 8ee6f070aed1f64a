import type { Temporal } from 'temporal-polyfill'
import { allow } from '../../../kernel/access/index.ts'
import { dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { withFields } from '../../../kernel/errors.ts'
import { type NewEvent, record } from '../../../kernel/events.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { loadDirectory } from '../../organisation/index.ts'
import { refusals } from '../errors.ts'
import { happened } from '../events.ts'
import { hashPassword } from '../password.ts'
import { checkPassword } from '../rules/password-policy.ts'
import { insertOfficer } from '../store/officers.ts'
import { type GrantRole, giveRole } from './grant-role.ts'

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

/** An account that was made, and what the log is to be told. */
interface Added {
  readonly officerId: string
  readonly temporaryUntil: Temporal.Instant
  readonly events: readonly NewEvent[]
}

/** Checks and stores an account; the command that asked for it records its event. */
async function addOfficer(cx: Context, input: CreateOfficer): Promise<Result<Added>> {
  const actor = allow(cx, 'identity.create-officer', { agencyCode: input.agencyCode })
  const today = dayOf(cx.now)
  if (!(await loadDirectory(cx.tx)).find(input.agencyCode, today)) return refuse(refusals.unknownAgency)
  const weak = checkPassword(input.temporaryPassword, input, 'temporaryPassword')
  if (weak.length > 0) return refuse(withFields(refusals.weakPassword, weak))
  const officerId = cx.id()
  const { username, name, position, agencyCode } = input
  const temporaryUntil = cx.now.add({ hours: TEMPORARY_HOURS })
  const added = await insertOfficer(
    cx.tx,
    {
      ...{ id: officerId, username, name, position, agencyCode, phone: input.phone, email: input.email },
      passwordHash: await hashPassword(input.temporaryPassword),
      mustChangePassword: true,
      temporaryUntil,
    },
    cx.now,
    actor.kind === 'officer' ? actor.officerId : null,
  )
  if (!added) return refuse(withFields(refusals.usernameTaken, [{ path: 'username', message: refusals.usernameTaken.message }]))
  const event = happened('identity.officer-created', officerId, { username, name, position, agencyCode }, agencyCode)
  return ok({ officerId, temporaryUntil, events: [event] })
}

/** Makes an account for an officer of an agency. It holds no role yet. */
export async function createOfficer(cx: Context, input: CreateOfficer): Promise<Result<{ officerId: string }>> {
  const added = await addOfficer(cx, input)
  if (!added.ok) return added
  const view = { officerId: added.value.officerId }
  await record(cx, { events: added.value.events, result: view })
  return ok(view)
}

/**
 * Makes an account together with a role at its agency from today on, both or neither: a province's first administrator has nobody who
 * could give them the role afterwards.
 */
export async function createOfficerWithRole(
  cx: Context,
  input: CreateOfficer & Pick<GrantRole, 'role' | 'subtree' | 'reason'>,
): Promise<Result<{ officerId: string; grantId: string; temporaryUntil: string }>> {
  const added = await addOfficer(cx, input)
  if (!added.ok) return added
  const { officerId, temporaryUntil } = added.value
  const { agencyCode, role, subtree, reason } = input
  const given = await giveRole(cx, { officerId, agencyCode, role, subtree, reason, validFrom: dayOf(cx.now), validTo: null })
  if (!given.ok) return given
  const view = { officerId, grantId: given.value.grantId, temporaryUntil: temporaryUntil.toString() }
  await record(cx, { events: [...added.value.events, ...given.value.events], result: view })
  return ok(view)
}
