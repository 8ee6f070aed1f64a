import type { App } from '../../../kernel/app.ts'
import { zoned } from '../../../kernel/clock.ts'
import { run } from '../../../kernel/command.ts'
import type { Actor } from '../../../kernel/context.ts'
import type { Refusal } from '../../../kernel/errors.ts'
import { record } from '../../../kernel/events.ts'
import { networkOf } from '../../../kernel/http/network.ts'
import { fill } from '../../../kernel/i18n/index.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { refusals } from '../errors.ts'
import { happened } from '../events.ts'
import { hashPassword, needsUpgrade, verifyPassword } from '../password.ts'
import { accountLimit, addressLimit } from '../rules/throttle.ts'
import { normaliseUsername } from '../rules/username.ts'
import { newToken, openSession, type Place } from '../sessions.ts'
import { type Credentials, findCredentials, upgradeHash } from '../store/officers.ts'
import { clearTries, countTry, type Tries } from '../store/sign-in.ts'

type Host = Pick<App, 'db' | 'clock' | 'access' | 'province' | 'log'>

export interface SignIn {
  readonly username: string
  readonly password: string
  readonly place: Place
  /** The session the browser held before, if any; it ends. */
  readonly replaces: Uint8Array | null
}

export interface SignedIn {
  readonly token: string
  readonly mustChangePassword: boolean
}

const clockTime = (at: Tries['until']): string => zoned(at).toPlainTime().toString({ smallestUnit: 'minute', roundingMode: 'ceil' })

export const lockedOut = (tries: Tries): Refusal => ({
  ...refusals.lockedOut,
  message: fill(refusals.lockedOut.message, { tries: accountLimit.tries, until: clockTime(tries.until) }),
})

const blocked = (tries: Tries): Refusal => ({
  ...refusals.addressBlocked,
  message: fill(refusals.addressBlocked.message, { until: clockTime(tries.until) }),
})

/** An officer as an actor without rights: enough to say who did it. */
export const asActor = (officer: Pick<Credentials, 'id' | 'name'>): Actor => ({
  kind: 'officer',
  officerId: officer.id,
  name: officer.name,
  grants: [],
})

/**
 * Signs an officer in by user name and password. Every try is counted first, for the account (whether it exists or not) and for the
 * address; a right password clears the account's count. What is refused says the same for a wrong name and a wrong password.
 * ASVS 5.0 6.2, 6.3, 7.2.
 */
export async function signInOfficer(host: Host, input: SignIn): Promise<Result<SignedIn>> {
  const now = host.clock()
  const username = normaliseUsername(input.username)
  const { db, province } = host
  const fromAddress = await db.read(province, (tx) => countTry(tx, 'address', networkOf(input.place.address), addressLimit, now))
  if (fromAddress.tries > addressLimit.tries) return refuse(blocked(fromAddress))
  const forAccount = await db.read(province, (tx) => countTry(tx, 'account', username, accountLimit, now))
  if (forAccount.tries > accountLimit.tries) return refuse(lockedOut(forAccount))

  const officer = await db.read(province, (tx) => findCredentials(tx, username))
  const right = await verifyPassword(input.password, officer?.passwordHash)
  if (!officer || !right || officer.deactivatedAt) {
    host.log.info({ officerId: officer?.id, tries: forAccount.tries }, 'sign-in refused')
    return forAccount.tries === accountLimit.tries
      ? refuse(await lock(host, officer, forAccount, input.place))
      : refuse(refusals.wrongPassword)
  }
  if (officer.temporaryUntil && officer.temporaryUntil.epochMilliseconds <= now.epochMilliseconds) return refuse(refusals.temporaryExpired)
  return enter(host, officer, input)
}

/** The account is locked from this try on: the log keeps it when the account exists. */
async function lock(host: Host, officer: Credentials | undefined, tries: Tries, place: Place): Promise<Refusal> {
  if (officer) {
    await run(host, { province: host.province, actor: { kind: 'system', name: 'sign-in' }, name: 'identity.lock-out' }, async (cx) => {
      await record(cx, { events: [happened('identity.locked-out', officer.id, { address: place.address }, officer.agencyCode)] })
      return ok(null)
    })
  }
  return lockedOut(tries)
}

async function enter(host: Host, officer: Credentials, input: SignIn): Promise<Result<SignedIn>> {
  const token = newToken()
  const upgraded = needsUpgrade(officer.passwordHash) ? await hashPassword(input.password) : undefined
  const call = { province: host.province, actor: asActor(officer), name: 'identity.sign-in' }
  const opened = await run(host, call, async (cx) => {
    await openSession(
      cx.tx,
      { token, subject: { subjectKind: 'officer', subjectId: officer.id }, place: input.place, replaces: input.replaces },
      cx.now,
    )
    if (upgraded) await upgradeHash(cx.tx, officer.id, officer.passwordHash, upgraded)
    await clearTries(cx.tx, officer.username, networkOf(input.place.address))
    await record(cx, { events: [happened('identity.signed-in', officer.id, { way: 'password', ...input.place }, officer.agencyCode)] })
    return ok(null)
  })
  return opened.ok ? ok({ token, mustChangePassword: officer.mustChangePassword }) : opened
}
