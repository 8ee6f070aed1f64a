import { randomBytes } from 'node:crypto'
import { readSigned, sign } from './seal.ts'
import type { FactorRow } from './store/factors.ts'

/** Whose pages a passkey belongs to: the host people type, and how its name is shown. */
export interface RelyingParty {
  /** Origin such as `https://dichvucong.camau.gov.vn`. */
  readonly origin: string
  readonly name: string
}

/** Minutes a question to a passkey may stay unanswered. */
const MINUTES = 10
const PURPOSE = 'passkey-challenge'

const idOf = ({ origin }: RelyingParty): string => new URL(origin).hostname

/** ES256 (what nearly every key does), EdDSA and RS256 (Windows Hello). */
const ALGORITHMS = [-7, -8, -257]

/** A question for one officer, and the proof that it was ours, for the form to bring back. */
export function newChallenge(secret: string, owner: string, now: number): { challenge: string; signed: string } {
  const challenge = randomBytes(32).toString('base64url')
  return { challenge, signed: sign(secret, PURPOSE, owner, challenge, now + MINUTES * 60_000) }
}

/** The question, when it was ours, this officer's and in time. */
export const readChallenge = (secret: string, owner: string, signed: string, now: number): string | undefined =>
  readSigned(secret, PURPOSE, owner, signed, now)

const descriptor = ({ credentialId, transports }: Pick<FactorRow, 'credentialId' | 'transports'>) => ({
  type: 'public-key' as const,
  id: credentialId ?? '',
  ...(transports.length > 0 ? { transports: [...transports] } : {}),
})

/** What the browser is given to make a key with (PublicKeyCredentialCreationOptions as JSON). */
export const creationOptions = (
  party: RelyingParty,
  officer: { id: string; username: string; name: string },
  challenge: string,
  known: readonly FactorRow[],
) => ({
  challenge,
  rp: { id: idOf(party), name: party.name },
  user: {
    id: Buffer.from(officer.id.replaceAll('-', ''), 'hex').toString('base64url'),
    name: officer.username,
    displayName: officer.name,
  },
  pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key' as const, alg })),
  timeout: 120_000,
  attestation: 'none' as const,
  excludeCredentials: known.filter(({ kind }) => kind === 'passkey').map(descriptor),
  authenticatorSelection: { residentKey: 'discouraged' as const, requireResidentKey: false, userVerification: 'preferred' as const },
})

/** What the browser is given to ask one of these keys with. */
export const requestOptions = (party: RelyingParty, challenge: string, known: readonly FactorRow[]) => ({
  challenge,
  rpId: idOf(party),
  timeout: 120_000,
  userVerification: 'preferred' as const,
  allowCredentials: known.filter(({ kind }) => kind === 'passkey').map(descriptor),
})

// Only those who use a passkey pay for the library (22 MB of memory).
const library = () => import('@simplewebauthn/server')

const read = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

type Registration = Parameters<Awaited<ReturnType<typeof library>>['verifyRegistrationResponse']>[0]['response']
type Assertion = Parameters<Awaited<ReturnType<typeof library>>['verifyAuthenticationResponse']>[0]['response']

/** The public half of a new key, when the browser's answer is right in every part; else nothing. */
export async function verifyNewPasskey(
  party: RelyingParty,
  challenge: string,
  answer: string,
): Promise<{ credentialId: string; publicKey: Uint8Array; signCount: number; transports: readonly string[] } | undefined> {
  const response = read(answer)
  if (!response) return undefined
  const { verifyRegistrationResponse } = await library()
  const checked = await verifyRegistrationResponse({
    response: response as Registration,
    expectedChallenge: challenge,
    expectedOrigin: party.origin,
    expectedRPID: idOf(party),
    requireUserVerification: false,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(() => undefined)
  if (!checked?.verified) return undefined
  const { id, publicKey, counter, transports = [] } = checked.registrationInfo.credential
  return { credentialId: id, publicKey, signCount: counter, transports }
}

/** The id of the key that claims to answer. */
export function credentialIn(answer: string): string {
  const response = read(answer) as { id?: unknown } | undefined
  return typeof response?.id === 'string' ? response.id : ''
}

/** The key's new count, when the answer is right in every part and no older than the last one; else nothing. */
export async function verifyPasskey(
  party: RelyingParty,
  challenge: string,
  answer: string,
  factor: FactorRow,
): Promise<{ signCount: number } | undefined> {
  const response = read(answer)
  if (!response || !factor.publicKey || !factor.credentialId) return undefined
  const { verifyAuthenticationResponse } = await library()
  const checked = await verifyAuthenticationResponse({
    response: response as Assertion,
    expectedChallenge: challenge,
    expectedOrigin: party.origin,
    expectedRPID: idOf(party),
    requireUserVerification: false,
    credential: { id: factor.credentialId, publicKey: Uint8Array.from(factor.publicKey), counter: factor.signCount ?? 0 },
  }).catch(() => undefined)
  return checked?.verified ? { signCount: checked.authenticationInfo.newCounter } : undefined
}
