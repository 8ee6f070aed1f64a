import type { App } from '../../../kernel/app.ts'
import { run } from '../../../kernel/command.ts'
import { record } from '../../../kernel/events.ts'
import { uuidv7 } from '../../../kernel/id.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { refusals } from '../errors.ts'
import { happened } from '../events.ts'
import type { IdentityProvider } from '../port.ts'
import { readClaims } from '../rules/claims.ts'
import { newToken, openSession, type Place } from '../sessions.ts'
import { rememberPerson } from '../store/people.ts'
import { insertAttempt, takeAttempt } from '../store/sign-in.ts'

type Host = Pick<App, 'db' | 'clock' | 'access' | 'province' | 'log'>

/** How long the way to the identity service and back may take, in minutes. */
export const ATTEMPT_MINUTES = 10

/** Begins a sign-in: remembers it for this browser and returns the identity service's address to go to. */
export async function beginCitizenSignIn(
  host: Host,
  provider: IdentityProvider,
  input: { origin: string; browser: string; returnPath: string },
): Promise<Result<{ url: string }>> {
  const begun = await provider.begin(input.origin).catch((error: unknown) => {
    host.log.warn({ err: error }, 'identity service does not answer')
    return undefined
  })
  if (!begun) return refuse(refusals.providerAway)
  const { state, nonce, verifier } = begun
  const expiresAt = host.clock().add({ minutes: ATTEMPT_MINUTES })
  await host.db.read(host.province, (tx) =>
    insertAttempt(tx, { state, nonce, verifier, browser: input.browser, returnPath: input.returnPath, expiresAt }),
  )
  return ok({ url: begun.url })
}

/**
 * Ends a sign-in: the attempt is taken out first (so nothing can be played twice), then the code is exchanged and checked, then the person
 * is linked by issuer and subject. Returns the token of a new session and where the person wanted to go.
 */
export async function finishCitizenSignIn(
  host: Host,
  provider: IdentityProvider,
  input: { origin: string; answer: URL; browser: string | undefined; place: Place; replaces: Uint8Array | null },
): Promise<Result<{ token: string; returnPath: string }>> {
  const state = input.answer.searchParams.get('state')
  if (!state || !input.browser) return refuse(refusals.signInExpired)
  const { browser } = input
  const attempt = await host.db.read(host.province, (tx) => takeAttempt(tx, state, browser, host.clock()))
  if (!attempt) return refuse(refusals.signInExpired)
  const answered = await provider.finish(input.origin, input.answer, { state, ...attempt })
  if (!answered.ok) {
    host.log.info({ reason: answered.error }, 'identity service answer refused')
    return refuse(answered.error === 'away' ? refusals.providerAway : refusals.signInRefused)
  }
  const identity = readClaims(provider.issuer, answered.value)
  if (!identity.ok) return identity

  const token = newToken()
  const newId = uuidv7(host.clock().epochMilliseconds)
  // Who they are is only known inside: the person is made or found in this very transaction.
  const call = { province: host.province, actor: { kind: 'system', name: 'sign-in' }, name: 'identity.sign-in' } as const
  const opened = await run(host, call, async (cx) => {
    const person = await rememberPerson(cx.tx, identity.value, newId, cx.now)
    const subject = { subjectKind: 'citizen', subjectId: person.id } as const
    await openSession(cx.tx, { token, subject, place: input.place, replaces: input.replaces }, cx.now)
    await record(cx, {
      events: [
        ...(person.isNew ? [happened('identity.person-first-seen', person.id, { issuer: provider.issuer, name: person.name })] : []),
        happened('identity.signed-in', person.id, { way: 'electronic-identity', ...input.place }),
      ],
    })
    return ok(null)
  })
  return opened.ok ? ok({ token, returnPath: attempt.returnPath }) : opened
}
