import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { App } from '../../../kernel/app.ts'
import { run } from '../../../kernel/command.ts'
import type { Context } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/database/index.ts'
import { type Refusal, withFields } from '../../../kernel/errors.ts'
import { type NewEvent, record } from '../../../kernel/events.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { refusals } from '../errors.ts'
import { happened, type ProofKind } from '../events.ts'
import { credentialIn, type RelyingParty, readChallenge, verifyPasskey } from '../passkey.ts'
import { hashRecoveryCode } from '../recovery.ts'
import { normaliseRecoveryCode } from '../rules/recovery-code.ts'
import { factorDayLimit, factorLimit } from '../rules/throttle.ts'
import { judgeSteps, normaliseCode } from '../rules/totp-step.ts'
import { unseal } from '../seal.ts'
import type { Place } from '../sessions.ts'
import { type FactorRow, factorsOf, recoverySet, takeChallenge, takeRecoveryCode, takeStep, usePasskey } from '../store/factors.ts'
import type { OfficerRow } from '../store/officers.ts'
import { clearAccount, countTry } from '../store/sign-in.ts'
import { toldOf } from '../told.ts'
import { asActor, type Lock, says } from './sign-in-officer.ts'

/** What somebody shows, one of three; empty ones were not used. */
export interface Proof {
  /** Six digits of an app. */
  readonly code: string
  /** One of the recovery codes. */
  readonly recovery: string
  /** A passkey's answer as JSON, and the question it answers, signed by us. */
  readonly passkey: string
  readonly challenge: string
}

export type FactorHost = Pick<App, 'db' | 'clock' | 'access' | 'province' | 'log' | 'secret'>

export interface Proving {
  readonly officer: Pick<OfficerRow, 'id' | 'name' | 'agencyCode'>
  readonly proof: Proof
  readonly place: Place
  readonly party: RelyingParty
}

/** Purpose under which secrets of apps are sealed. */
export const TOTP_SEAL = 'second-factor'

/** Every answer takes so long, in milliseconds: how long it took tells nothing about how nearly right it was. */
const FLOOR_MS = 250

/** The counts wrong proofs of an officer are kept in. No user name looks like these. */
const locksOf = (officerId: string): readonly (Lock & { account: string })[] =>
  [factorLimit, factorDayLimit].map((limit) => {
    const account = `second factor of ${officerId} in ${limit.minutes} minutes`
    return { account, counted: { account }, limit, refusal: refusals.factorLocked }
  })

/** Counts a try before it is looked at. `refused`: it is locked already. `locks`: it will be if this one is wrong. */
async function countProof(host: FactorHost, officerId: string): Promise<{ refused?: Refusal; locks?: Refusal }> {
  let locks: Refusal | undefined
  for (const lock of locksOf(officerId)) {
    const counted = await host.db.read(host.province, (tx) => countTry(tx, lock.counted, lock.limit, host.clock()))
    if (counted.tries > lock.limit.tries) return { refused: says(lock, counted) }
    if (counted.tries === lock.limit.tries) locks = says(lock, counted)
  }
  return { locks }
}

/** Lifts the lock: after a right proof, and after a colleague reset the factor. */
export async function clearProofs(tx: Tx, officerId: string): Promise<void> {
  for (const { account } of locksOf(officerId)) await clearAccount(tx, account)
}

export const kindOf = ({ passkey, recovery }: Proof): ProofKind => (passkey ? 'passkey' : recovery ? 'recovery' : 'totp')

const refusalOf: Readonly<Record<ProofKind, Refusal>> = {
  totp: withFields(refusals.wrongFactor, [{ path: '_ma', message: refusals.wrongFactor.message }]),
  passkey: refusals.wrongPasskey,
  recovery: withFields(refusals.wrongRecovery, [{ path: '_du-phong', message: refusals.wrongRecovery.message }]),
}
const used = withFields(refusals.usedFactor, [{ path: '_ma', message: refusals.usedFactor.message }])

type Judged = { take: (cx: Context) => Promise<boolean>; events?: (cx: Context) => Promise<NewEvent[]> } | 'used' | 'wrong'

/** All apps are looked at, whichever the code is of. */
async function judgeCode(host: FactorHost, { officer, proof }: Proving, factors: readonly FactorRow[]): Promise<Judged> {
  const code = normaliseCode(proof.code)
  const seconds = host.clock().epochMilliseconds / 1000
  // Those who use an app only; the library is not loaded for the others.
  const { matchingSteps } = await import('../totp.ts')
  const judged: { id: string; verdict: ReturnType<typeof judgeSteps> }[] = []
  for (const { id, sealedSecret, lastStep } of factors) {
    if (!sealedSecret) continue
    const secret = unseal(host.secret, TOTP_SEAL, officer.id, sealedSecret)
    if (!secret) host.log.error({ officerId: officer.id, factorId: id }, 'the installation secret does not open this factor')
    const steps = secret && code ? await matchingSteps(secret, code, seconds) : []
    judged.push({ id, verdict: judgeSteps(steps, lastStep) })
  }
  const right = judged.find(({ verdict }) => typeof verdict === 'object')
  if (right && typeof right.verdict === 'object') {
    const { step } = right.verdict
    return { take: (cx) => takeStep(cx.tx, right.id, step, cx.now) }
  }
  return judged.some(({ verdict }) => verdict === 'used') ? 'used' : 'wrong'
}

async function judgePasskey(host: FactorHost, { officer, proof, party }: Proving, factors: readonly FactorRow[]): Promise<Judged> {
  const challenge = readChallenge(host.secret, officer.id, proof.challenge, host.clock().epochMilliseconds)
  const factor = factors.find(({ credentialId }) => credentialId !== null && credentialId === credentialIn(proof.passkey))
  const right = challenge && factor ? await verifyPasskey(party, challenge, proof.passkey, factor) : undefined
  if (!challenge || !factor || !right) return 'wrong'
  return {
    take: async (cx) => {
      await usePasskey(cx.tx, factor.id, right.signCount, cx.now)
      return takeChallenge(cx.tx, createHash('sha256').update(challenge).digest(), cx.now.add({ hours: 1 }))
    },
  }
}

async function judgeRecovery(host: FactorHost, { officer, proof }: Proving): Promise<Judged> {
  const code = normaliseRecoveryCode(proof.recovery)
  const set = await host.db.read(host.province, (tx) => recoverySet(tx, officer.id))
  if (!code || !set) return 'wrong'
  const hash = await hashRecoveryCode(code, set.salt)
  let left = 0
  return {
    take: async (cx) => {
      const remaining = await takeRecoveryCode(cx.tx, officer.id, hash, cx.now)
      left = remaining ?? 0
      return remaining !== undefined
    },
    events: async (cx) => [
      happened('identity.recovery-code-used', officer.id, { left }, officer.agencyCode),
      toldOf('recovery-used', cx.id(), officer, { left }),
    ],
  }
}

async function judge(host: FactorHost, proving: Proving): Promise<Judged> {
  const kind = kindOf(proving.proof)
  if (kind === 'recovery') return judgeRecovery(host, proving)
  const factors = await host.db.read(host.province, (tx) => factorsOf(tx, proving.officer.id))
  return kind === 'passkey' ? judgePasskey(host, proving, factors) : judgeCode(host, proving, factors)
}

/** The log keeps every wrong proof; at the last one allowed the officer is told, because somebody knows their password. */
async function noteWrong(host: FactorHost, { officer, proof, place }: Proving, wasUsed: boolean, locks: boolean): Promise<void> {
  const call = { province: host.province, actor: { kind: 'system', name: 'sign-in' }, name: 'identity.factor-refused' } as const
  await run(host, call, async (cx) => {
    const facts = { kind: kindOf(proof), used: wasUsed, address: place.address }
    const events: NewEvent[] = [happened('identity.factor-refused', officer.id, facts, officer.agencyCode)]
    if (locks) {
      events.push(happened('identity.factor-locked', officer.id, { address: place.address }, officer.agencyCode))
      events.push(toldOf('locked', cx.id(), officer, { address: place.address }))
    }
    await record(cx, { events })
    return ok(null)
  })
}

async function prove<T>(
  host: FactorHost,
  proving: Proving,
  then: (cx: Context, kind: ProofKind) => Promise<Result<Proved<T>>>,
): Promise<Result<T>> {
  const { officer, proof } = proving
  const { refused, locks } = await countProof(host, officer.id)
  if (refused) return refuse(refused)
  const judged = await judge(host, proving)
  const kind = kindOf(proof)
  let wasUsed = judged === 'used'
  if (typeof judged === 'object') {
    const call = { province: host.province, actor: asActor(officer), name: 'identity.prove-factor' }
    const done = await run(host, call, async (cx): Promise<Result<T>> => {
      if (!(await judged.take(cx))) return refuse(kind === 'totp' ? used : refusalOf[kind])
      const next = await then(cx, kind)
      if (!next.ok) return next
      await clearProofs(cx.tx, officer.id)
      await record(cx, { events: [...((await judged.events?.(cx)) ?? []), ...next.value.events] })
      return ok(next.value.value)
    })
    if (done.ok || (done.error !== used && done.error !== refusalOf[kind])) return done
    wasUsed = true
  }
  await noteWrong(host, proving, wasUsed, locks !== undefined)
  return refuse(locks ?? (wasUsed && kind === 'totp' ? used : refusalOf[kind]))
}

/** What a right proof leads to: its own events are recorded with the proof, in one transaction. */
export interface Proved<T> {
  readonly value: T
  readonly events: readonly NewEvent[]
}

/**
 * Checks a second factor and, when it is right, does what it was asked for in the same transaction. Every try is counted first, for the
 * officer wherever they are; a right one clears the count. A code, a recovery code and an answer of a passkey count once, in whichever
 * process. Right or wrong, the answer takes the same time. ASVS 5.0 6.3.1, 6.5.1, 6.6.3.
 */
export async function proveFactor<T>(
  host: FactorHost,
  proving: Proving,
  then: (cx: Context, kind: ProofKind) => Promise<Result<Proved<T>>>,
): Promise<Result<T>> {
  const [result] = await Promise.all([prove(host, proving, then), wait(FLOOR_MS)])
  return result
}
