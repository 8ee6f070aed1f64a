import type { Temporal } from 'temporal-polyfill'
import type { App } from '../../../kernel/app.ts'
import { run } from '../../../kernel/command.ts'
import type { Officer } from '../../../kernel/context.ts'
import { withFields } from '../../../kernel/errors.ts'
import { record } from '../../../kernel/events.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { refusals } from '../errors.ts'
import { happened } from '../events.ts'
import { hashPassword, verifyPassword } from '../password.ts'
import { checkPassword } from '../rules/password-policy.ts'
import { newToken, openSession, type Place } from '../sessions.ts'
import { type Credentials, findCredentialsById, lockOfficer, setPassword } from '../store/officers.ts'
import { deleteSessionsOf } from '../store/sessions.ts'
import { clearAccount } from '../store/sign-in.ts'
import { countForAccount } from './sign-in-officer.ts'

export interface ChangePassword {
  readonly current: string
  readonly next: string
  readonly repeat: string
  readonly place: Place
  /** When the session proved a second factor; the one that takes its place keeps it. */
  readonly factorAt: Temporal.Instant | null
}

type Host = Pick<App, 'db' | 'clock' | 'access' | 'province'>

const wrongCurrent = withFields(refusals.weakPassword, [
  { path: 'current', message: { vi: 'Mật khẩu hiện nay chưa đúng.', en: 'The present password is not right.' } },
])

function check(officer: Pick<Credentials, 'username' | 'name'>, input: ChangePassword): Result<void> {
  const fields = checkPassword(input.next, officer, 'next')
  if (input.next === input.current) {
    fields.push({
      path: 'next',
      message: { vi: 'Mật khẩu mới phải khác mật khẩu hiện nay.', en: 'The new password must differ from the present one.' },
    })
  }
  if (fields.length === 0 && input.next !== input.repeat) {
    fields.push({
      path: 'repeat',
      message: { vi: 'Hai lần nhập mật khẩu mới chưa giống nhau.', en: 'The two new passwords are not the same.' },
    })
  }
  return fields.length > 0 ? refuse(withFields(refusals.weakPassword, fields)) : ok(undefined)
}

/**
 * An officer chooses a new password, proving the present one again. Every session ends, here and elsewhere; the answer is the token of a
 * new one. ASVS 5.0 6.2.2, 6.2.3, 7.4.3.
 */
export async function changePassword(host: Host, actor: Officer, input: ChangePassword): Promise<Result<{ token: string }>> {
  const { db, province } = host
  const token = newToken()
  const officer = await db.read(province, (tx) => findCredentialsById(tx, actor.officerId))
  if (!officer) return refuse(refusals.unknownOfficer)
  const { refused } = await countForAccount(host, officer.username, input.place.address)
  if (refused) return refuse(refused)
  if (!(await verifyPassword(input.current, officer.passwordHash))) return refuse(wrongCurrent)
  const checked = check(officer, input)
  if (!checked.ok) {
    // The present password was right: the new one being weak is no wrong try.
    await db.read(province, (tx) => clearAccount(tx, officer.username))
    return checked
  }
  const passwordHash = await hashPassword(input.next)
  const done = await run(host, { province, actor, name: 'identity.change-password' }, async (cx) => {
    const held = await lockOfficer(cx.tx, officer.id)
    if (held?.passwordHash !== officer.passwordHash) return refuse(wrongCurrent)
    await setPassword(cx.tx, officer.id, passwordHash, null, cx.now)
    await deleteSessionsOf(cx.tx, 'officer', officer.id)
    await openSession(
      cx.tx,
      { token, subject: { subjectKind: 'officer', subjectId: officer.id }, place: input.place, replaces: null, factorAt: input.factorAt },
      cx.now,
    )
    await clearAccount(cx.tx, officer.username)
    await record(cx, { events: [happened('identity.password-changed', officer.id, {}, officer.agencyCode)] })
    return ok(null)
  })
  return done.ok ? ok({ token }) : done
}
