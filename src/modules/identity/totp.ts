import { timingSafeEqual } from 'node:crypto'
import { STEP_SECONDS, stepsAround } from './rules/totp-step.ts'

/** Bytes of a new secret: 160 bits, as RFC 4226 advises. */
export const SECRET_BYTES = 20

// Only those who use an app pay for the library.
const library = () => import('otpauth')

const same = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** Steps around now whose code this is. Looks at all of them, whether one matched or not: time tells nothing. */
export async function matchingSteps(secret: Uint8Array, code: string, epochSeconds: number): Promise<readonly number[]> {
  const { TOTP, Secret } = await library()
  const totp = new TOTP({ secret: new Secret({ buffer: Uint8Array.from(secret).buffer }), digits: 6, period: STEP_SECONDS })
  return stepsAround(epochSeconds).filter((step) => same(totp.generate({ timestamp: step * STEP_SECONDS * 1000 }), code))
}

/** What an app needs: the secret to type, in groups of four, and the address behind the QR code. */
export async function enrolment(secret: Uint8Array, input: { issuer: string; account: string }): Promise<{ key: string; uri: string }> {
  const { TOTP, Secret } = await library()
  const totp = new TOTP({
    issuer: input.issuer,
    label: input.account,
    secret: new Secret({ buffer: Uint8Array.from(secret).buffer }),
    digits: 6,
    period: STEP_SECONDS,
  })
  return { key: totp.secret.base32.replace(/(.{4})(?=.)/g, '$1 '), uri: totp.toString() }
}
