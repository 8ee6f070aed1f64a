import type { Context } from '../../../kernel/context.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { refusals } from '../errors.ts'
import { happened, type ProofKind } from '../events.ts'
import type { RelyingParty } from '../passkey.ts'
import { newToken, openSession, type Place, tokenHashOf } from '../sessions.ts'
import { findPending, type PendingRow, takePending } from '../store/factors.ts'
import { type Credentials, findCredentialsById } from '../store/officers.ts'
import { type FactorHost, type Proof, type Proved, proveFactor } from './prove-factor.ts'

/** Somebody whose password was right a moment ago. */
export interface HalfIn extends PendingRow {
  readonly officer: Credentials
  readonly tokenHash: Uint8Array
}

/** Who stands between the password and the second step under this token; nobody after five minutes. */
export async function halfIn(
  { db, province, clock }: Pick<FactorHost, 'db' | 'province' | 'clock'>,
  token: string,
): Promise<HalfIn | undefined> {
  const tokenHash = tokenHashOf(token)
  return db.snapshot(province, async (tx) => {
    const pending = await findPending(tx, tokenHash, clock())
    const officer = pending && (await findCredentialsById(tx, pending.officerId))
    return pending && officer ? { ...pending, officer, tokenHash } : undefined
  })
}

/** A session, opened in the transaction that proves the second factor. The half-open sign-in is worth one. */
export async function openProved(
  cx: Context,
  half: HalfIn,
  kind: ProofKind,
  input: { readonly place: Place; readonly replaces: Uint8Array | null },
): Promise<Result<Proved<{ token: string; mustChangePassword: boolean }>>> {
  if (!(await takePending(cx.tx, half.tokenHash, cx.now))) return refuse(refusals.secondStepExpired)
  const token = newToken()
  const { officer } = half
  const subject = { subjectKind: 'officer', subjectId: officer.id } as const
  await openSession(cx.tx, { token, subject, ...input, factorAt: cx.now }, cx.now)
  const facts = { way: 'password', factor: kind, ...input.place } as const
  const events = [happened('identity.signed-in', officer.id, facts, officer.agencyCode)]
  return ok({ value: { token, mustChangePassword: officer.mustChangePassword }, events })
}

/** Ends a sign-in whose password was right by proving the second factor. */
export function finishSignIn(
  host: FactorHost,
  half: HalfIn,
  input: { readonly proof: Proof; readonly place: Place; readonly replaces: Uint8Array | null; readonly party: RelyingParty },
): Promise<Result<{ token: string; mustChangePassword: boolean }>> {
  const { proof, place, party, replaces } = input
  return proveFactor(host, { officer: half.officer, proof, place, party }, (cx, kind) => openProved(cx, half, kind, { place, replaces }))
}
