import type { App } from '../../../kernel/app.ts'
import { dayOf, zoned } from '../../../kernel/clock.ts'
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
import { type FactorLevel, levelFor, policyOn } from '../rules/factor-policy.ts'
import { accountLimit, addressLimit, type ThrottleLimit, wideLimit } from '../rules/throttle.ts'
import { normaliseUsername } from '../rules/username.ts'
import { newToken, openSession, type Place, tokenHashOf } from '../sessions.ts'
import { factorDecisions, factorsOf, insertPending, rolesOn } from '../store/factors.ts'
import { type Credentials, findCredentials, upgradeHash } from '../store/officers.ts'
import { type Counted, clearTries, countTry, type Tries } from '../store/sign-in.ts'

type Host = Pick<App, 'db' | 'clock' | 'access' | 'province' | 'log'>

export interface SignIn {
  readonly username: string
  readonly password: string
  readonly place: Place
  /** The session the browser held before, if any; it ends. */
  readonly replaces: Uint8Array | null
}

export interface SignedIn {
  /** The session's; or, while a second step is awaited, the half-open sign-in's. */
  readonly token: string
  /** What is still missing: a proof of the second factor, or the setting up of one. Until then there is no session. */
  readonly awaits?: 'code' | 'enrol'
  readonly mustChangePassword: boolean
}

/** How long the second step may take after the password, in minutes. */
export const SECOND_STEP_MINUTES = 5

/** "14:05", with the day when it is not soon: "14:05 23/11". */
function clockTime(at: Tries['until'], { minutes }: ThrottleLimit): string {
  const local = zoned(at)
  const time = local.toPlainTime().toString({ smallestUnit: 'minute', roundingMode: 'ceil' })
  return minutes > 60 ? `${time} ${local.day}/${local.month}` : time
}

export interface Lock {
  readonly counted: Counted
  readonly limit: ThrottleLimit
  readonly refusal: Refusal
}

export const says = ({ refusal, limit }: Lock, { until }: Tries): Refusal => ({
  ...refusal,
  message: fill(refusal.message, { tries: limit.tries, until: clockTime(until, limit) }),
})

/** The counts a wrong password for an account is kept in. The narrow one comes first: what it stops does not count for the wide one. */
const locksOf = (account: string, network: string): readonly Lock[] => [
  { counted: { account, network }, limit: accountLimit, refusal: refusals.lockedOut },
  { counted: { account }, limit: wideLimit, refusal: refusals.lockedEverywhere },
]

/**
 * Counts a try for an account (whether it exists or not), before the password is looked at. `refused`: it is locked already. `locks`:
 * it will be if this password is wrong.
 */
export async function countForAccount(
  host: Pick<Host, 'db' | 'clock' | 'province'>,
  account: string,
  address: string,
): Promise<{ refused?: Refusal; locks?: Refusal }> {
  let locks: Refusal | undefined
  for (const lock of locksOf(account, networkOf(address))) {
    const counted = await host.db.read(host.province, (tx) => countTry(tx, lock.counted, lock.limit, host.clock()))
    if (counted.tries > lock.limit.tries) return { refused: says(lock, counted) }
    if (counted.tries === lock.limit.tries) locks = says(lock, counted)
  }
  return { locks }
}

/** An officer as an actor without rights: enough to say who did it. */
export const asActor = (officer: Pick<Credentials, 'id' | 'name'>): Actor => ({
  kind: 'officer',
  officerId: officer.id,
  name: officer.name,
  grants: [],
})

/**
 * Signs an officer in by user name and password. Every try is counted first: for the network, for the account from that network, and for
 * the account from everywhere. What is refused says the same for a wrong name and a wrong password. ASVS 5.0 6.2, 6.3, 7.2.
 */
export async function signInOfficer(host: Host, input: SignIn): Promise<Result<SignedIn>> {
  const now = host.clock()
  const username = normaliseUsername(input.username)
  const { db, province } = host
  const busy: Lock = { counted: { network: networkOf(input.place.address) }, limit: addressLimit, refusal: refusals.addressBlocked }
  const fromAddress = await db.read(province, (tx) => countTry(tx, busy.counted, busy.limit, now))
  if (fromAddress.tries > busy.limit.tries) return refuse(says(busy, fromAddress))
  const { refused, locks } = await countForAccount(host, username, input.place.address)
  if (refused) return refuse(refused)

  const officer = await db.read(province, (tx) => findCredentials(tx, username))
  const right = await verifyPassword(input.password, officer?.passwordHash)
  if (!officer || !right || officer.deactivatedAt) {
    host.log.info({ officerId: officer?.id, locks: locks?.code }, 'sign-in refused')
    if (locks && officer) await noteLock(host, officer, input.place)
    return refuse(locks ?? refusals.wrongPassword)
  }
  if (officer.temporaryUntil && officer.temporaryUntil.epochMilliseconds <= now.epochMilliseconds) return refuse(refusals.temporaryExpired)
  const { has, level } = await factorStateOf(host, officer.id)
  if (has || level === 'required') return enterHalf(host, officer, input, has ? 'code' : 'enrol')
  return enter(host, officer, input)
}

/** Whether an officer has a second factor, and what their roles ask today. */
async function factorStateOf({ db, province, clock }: Host, officerId: string): Promise<{ has: boolean; level: FactorLevel }> {
  const day = dayOf(clock())
  return db.snapshot(province, async (tx) => ({
    has: (await factorsOf(tx, officerId)).length > 0,
    level: levelFor(await rolesOn(tx, officerId, day), policyOn(await factorDecisions(tx), day)),
  }))
}

/** The password was right and there is more to show: no session yet, only a token that the page of the second step knows. */
async function enterHalf(host: Host, officer: Credentials, input: SignIn, awaits: 'code' | 'enrol'): Promise<Result<SignedIn>> {
  const token = newToken()
  const expiresAt = host.clock().add({ minutes: SECOND_STEP_MINUTES })
  await host.db.write(host.province, async (tx) => {
    await insertPending(tx, tokenHashOf(token), { officerId: officer.id, awaits }, expiresAt)
    await clearTries(tx, officer.username, networkOf(input.place.address))
  })
  return ok({ token, awaits, mustChangePassword: officer.mustChangePassword })
}

/** The account is locked from this try on: the log keeps it. */
async function noteLock(host: Host, officer: Credentials, place: Place): Promise<void> {
  await run(host, { province: host.province, actor: { kind: 'system', name: 'sign-in' }, name: 'identity.lock-out' }, async (cx) => {
    await record(cx, { events: [happened('identity.locked-out', officer.id, { address: place.address }, officer.agencyCode)] })
    return ok(null)
  })
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
