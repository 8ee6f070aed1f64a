import { createHash } from 'node:crypto'
import type { App } from '../../../kernel/app.ts'
import type { Context } from '../../../kernel/context.ts'
import { withFields } from '../../../kernel/errors.ts'
import type { NewEvent } from '../../../kernel/events.ts'
import { networkOf } from '../../../kernel/http/network.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { refusals } from '../errors.ts'
import { happened } from '../events.ts'
import { type RelyingParty, readChallenge, verifyNewPasskey } from '../passkey.ts'
import { verifyPassword } from '../password.ts'
import { hashRecoveryCode, newRecoveryCodes, newSalt } from '../recovery.ts'
import { normaliseRecoveryCode } from '../rules/recovery-code.ts'
import { normaliseCode } from '../rules/totp-step.ts'
import { readSigned, seal, sign, unseal } from '../seal.ts'
import type { Place } from '../sessions.ts'
import { factorsOf, insertFactor, lockFactorsOf, type NewFactor, replaceRecoveryCodes, takeChallenge } from '../store/factors.ts'
import { findCredentialsById, type OfficerRow } from '../store/officers.ts'
import { deleteSessionsOf } from '../store/sessions.ts'
import { clearTries } from '../store/sign-in.ts'
import { toldOf } from '../told.ts'
import { matchingSteps, SECRET_BYTES } from '../totp.ts'
import { type Proved, TOTP_SEAL } from './prove-factor.ts'
import { countForAccount } from './sign-in-officer.ts'

type Host = Pick<App, 'secret' | 'clock'>
type Owner = Pick<OfficerRow, 'id' | 'agencyCode'>

/** Minutes an enrolment page may stay open. */
export const ENROLMENT_MINUTES = 15
const ENROLMENT = 'totp-enrolment'

/** A secret for a new app, and the sealed text by which the form brings it back; nothing of it is stored before the app has shown a code. */
export function beginTotp(host: Host, officerId: string, random: (bytes: number) => Uint8Array): { secret: Uint8Array; sealed: string } {
  const secret = random(SECRET_BYTES)
  const text = Buffer.from(seal(host.secret, ENROLMENT, officerId, secret)).toString('base64url')
  const until = host.clock().epochMilliseconds + ENROLMENT_MINUTES * 60_000
  return { secret, sealed: sign(host.secret, ENROLMENT, officerId, text, until) }
}

/** The secret of an enrolment under way, so that the same QR code is shown again after a mistyped code. */
export function enrolmentSecret(host: Host, officerId: string, sealed: string): Uint8Array | undefined {
  const text = readSigned(host.secret, ENROLMENT, officerId, sealed, host.clock().epochMilliseconds)
  return text ? unseal(host.secret, ENROLMENT, officerId, Buffer.from(text, 'base64url')) : undefined
}

const NAME_MAX = 60
const nameOf = (typed: string, otherwise: string): string =>
  typed.normalize('NFC').replace(/\s+/g, ' ').trim().slice(0, NAME_MAX) || otherwise

/** What an officer shows to set a factor up: the code of an app, or the answer of a new passkey. */
export type Enrolment =
  | { readonly kind: 'totp'; readonly sealed: string; readonly code: string; readonly name: string }
  | { readonly kind: 'passkey'; readonly challenge: string; readonly answer: string; readonly name: string; readonly party: RelyingParty }

interface Ready extends Omit<NewFactor, 'id' | 'officerId'> {
  /** Hash of the question a passkey answered. */
  readonly challengeHash?: Uint8Array
}

/** Checks what was shown. No transaction yet: this may take a while. */
export async function checkEnrolment(host: Host, officerId: string, shown: Enrolment): Promise<Result<Ready>> {
  if (shown.kind === 'totp') {
    const secret = enrolmentSecret(host, officerId, shown.sealed)
    if (!secret) return refuse(refusals.enrolmentExpired)
    const code = normaliseCode(shown.code)
    const steps = code ? await matchingSteps(secret, code, host.clock().epochMilliseconds / 1000) : []
    const lastStep = steps.at(-1)
    if (lastStep === undefined) return refuse(withFields(refusals.wrongFactor, [{ path: 'code', message: refusals.wrongFactor.message }]))
    const sealedSecret = seal(host.secret, TOTP_SEAL, officerId, secret)
    return ok({ kind: 'totp', name: nameOf(shown.name, 'Ứng dụng tạo mã'), sealedSecret, lastStep })
  }
  const challenge = readChallenge(host.secret, officerId, shown.challenge, host.clock().epochMilliseconds)
  if (!challenge) return refuse(refusals.enrolmentExpired)
  const key = await verifyNewPasskey(shown.party, challenge, shown.answer)
  if (!key) return refuse(refusals.wrongPasskey)
  const challengeHash = createHash('sha256').update(challenge).digest()
  return ok({ kind: 'passkey', name: nameOf(shown.name, 'Khóa truy cập'), ...key, challengeHash })
}

const wrongPassword = withFields(refusals.wrongPassword, [
  { path: 'current', message: { vi: 'Mật khẩu hiện nay chưa đúng.', en: 'The present password is not right.' } },
])

/** Before the first factor: the present password once more, counted like at the sign-in. Who has a factor proves that instead. */
export async function provePassword(
  host: Pick<App, 'db' | 'clock' | 'province'>,
  officerId: string,
  password: string,
  place: Place,
): Promise<Result<null>> {
  const { db, province } = host
  const { officer, factors } = await db.snapshot(province, async (tx) => ({
    officer: await findCredentialsById(tx, officerId),
    factors: await factorsOf(tx, officerId),
  }))
  if (!officer) return refuse(refusals.unknownOfficer)
  if (factors.length > 0) return ok(null)
  const { refused } = await countForAccount(host, officer.username, place.address)
  if (refused) return refuse(refused)
  if (!(await verifyPassword(password, officer.passwordHash))) return refuse(wrongPassword)
  await db.read(province, (tx) => clearTries(tx, officer.username, networkOf(place.address)))
  return ok(null)
}

/** Makes a set of recovery codes in the place of the one before. The codes are in the answer only; nothing stored or logged can give them back. */
export async function makeRecoveryCodes(cx: Context, owner: Owner): Promise<{ codes: readonly string[]; event: NewEvent }> {
  const [codes, salt] = [newRecoveryCodes(), newSalt()]
  const hashes = await Promise.all(codes.map((code) => hashRecoveryCode(normaliseRecoveryCode(code), salt)))
  await replaceRecoveryCodes(cx.tx, owner.id, hashes, salt, cx.now)
  return { codes, event: happened('identity.recovery-codes-made', owner.id, { count: codes.length }, owner.agencyCode) }
}

/** What was made: with the first factor also recovery codes. */
export interface AddedFactor {
  readonly codes: readonly string[]
}

/**
 * Stores a factor that was just proved, and ends the officer's other sessions. `first`: only while there is none, which is how somebody
 * who has not yet come in sets one up. ASVS 5.0 7.4.3.
 */
export async function addFactor(
  cx: Context,
  owner: Owner,
  ready: Ready,
  more: { keep: Uint8Array | null; first?: boolean },
): Promise<Result<Proved<AddedFactor>>> {
  await lockFactorsOf(cx.tx, owner.id)
  const known = await factorsOf(cx.tx, owner.id)
  if (more.first && known.length > 0) return refuse(refusals.secondStepExpired)
  const { challengeHash, ...factor } = ready
  if (challengeHash && !(await takeChallenge(cx.tx, challengeHash, cx.now.add({ hours: 1 })))) return refuse(refusals.enrolmentExpired)
  if (!(await insertFactor(cx.tx, { ...factor, id: cx.id(), officerId: owner.id }, cx.now))) return refuse(refusals.passkeyTaken)
  await deleteSessionsOf(cx.tx, 'officer', owner.id, more.keep)
  const { kind, name } = factor
  const events = [happened('identity.factor-added', owner.id, { kind, name }, owner.agencyCode), toldOf('added', cx.id(), owner, { name })]
  if (known.length > 0) return ok({ value: { codes: [] }, events })
  const { codes, event } = await makeRecoveryCodes(cx, owner)
  return ok({ value: { codes }, events: [...events, event] })
}
