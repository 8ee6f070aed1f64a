import { createAccess } from '../../kernel/access/index.ts'
import { systemClock } from '../../kernel/clock.ts'
import { type CommandHost, run } from '../../kernel/command.ts'
import type { Actor, Grant } from '../../kernel/context.ts'
import type { Database, Province } from '../../kernel/database/index.ts'
import { parse } from '../../kernel/http/form.ts'
import { type Result, refuse } from '../../kernel/result.ts'
import { createOfficerWithRole } from './commands/create-officer.ts'
import { resetFactor } from './commands/remove-factor.ts'
import { resetPassword } from './commands/reset-password.ts'
import { refusals } from './errors.ts'
import { officerInput } from './input.ts'
import { normaliseUsername } from './rules/username.ts'
import { findCredentials } from './store/officers.ts'

/** Whoever may run commands on the server reads its whole database, so no role is asked of them; the log says where it came from. */
const operator: Actor = { kind: 'system', name: 'cuaso officer' }

const hostOf = (db: Database): CommandHost => ({
  db,
  clock: systemClock,
  access: () => createAccess([], { isWithin: () => false }),
})

export interface OpenAccount {
  readonly username: string
  readonly name: string
  readonly position: string
  readonly agencyCode: string
  readonly role: Grant['role']
  readonly subtree: boolean
  readonly temporaryPassword: string
}

export interface OpenedAccount {
  readonly officerId: string
  readonly username: string
  readonly name: string
  /** ISO instant after which the temporary password opens nothing. */
  readonly temporaryUntil: string
}

/**
 * Makes an account with a role, asked for on the server itself. This is how a province gets its first administrator. Refused like the
 * page: `input.invalid`, `identity.unknown-agency`, `identity.username-taken`, `identity.weak-password`.
 */
export async function openAccount(db: Database, province: Province, input: OpenAccount): Promise<Result<OpenedAccount>> {
  const typed = parse(officerInput, input)
  if (!typed.ok) return typed
  const { role, subtree } = input
  const reason = 'cuaso officer create'
  const made = await run(hostOf(db), { province, actor: operator, name: 'identity.open-account' }, (cx) =>
    createOfficerWithRole(cx, { ...typed.value, role, subtree, reason }),
  )
  if (!made.ok) return made
  const { username, name } = typed.value
  const { officerId, temporaryUntil } = made.value
  return { ok: true, value: { officerId, username, name, temporaryUntil } }
}

/** Gives an account a temporary password, ends its sessions and lifts its lock, asked for on the server itself. */
export async function resetAccount(
  db: Database,
  province: Province,
  input: { readonly username: string; readonly temporaryPassword: string },
): Promise<Result<OpenedAccount>> {
  const username = normaliseUsername(input.username)
  const officer = await db.read(province, (tx) => findCredentials(tx, username))
  if (!officer) return refuse(refusals.unknownOfficer)
  const { temporaryPassword } = input
  const done = await run(hostOf(db), { province, actor: operator, name: 'identity.reset-password' }, (cx) =>
    resetPassword(cx, { officerId: officer.id, temporaryPassword }),
  )
  return done.ok ? { ok: true, value: { ...done.value, username, name: officer.name } } : done
}

/** Takes an officer's second factors away, asked for on the server itself: for the last administrator, whom nobody else can help. */
export async function resetAccountFactor(
  db: Database,
  province: Province,
  input: { readonly username: string; readonly reason: string },
): Promise<Result<{ officerId: string; username: string; name: string; removed: number }>> {
  const username = normaliseUsername(input.username)
  const officer = await db.read(province, (tx) => findCredentials(tx, username))
  if (!officer) return refuse(refusals.unknownOfficer)
  const done = await run(hostOf(db), { province, actor: operator, name: 'identity.reset-factor' }, (cx) =>
    resetFactor(cx, { officerId: officer.id, reason: input.reason }),
  )
  return done.ok ? { ok: true, value: { ...done.value, officerId: officer.id, username, name: officer.name } } : done
}
