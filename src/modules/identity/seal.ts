import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'

const VERSION = 1
const [NONCE, TAG] = [12, 16]

const keyOf = (secret: string, purpose: string): Uint8Array => new Uint8Array(hkdfSync('sha256', secret, 'cuaso', purpose, 32))

/**
 * Encrypts with AES-256-GCM under a key made of the installation's secret.
 * @param owner whom it belongs to; opened for nobody else
 */
export function seal(secret: string, purpose: string, owner: string, plain: Uint8Array): Uint8Array {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret, purpose), nonce).setAAD(Buffer.from(owner))
  const text = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([Uint8Array.of(VERSION), nonce, text, cipher.getAuthTag()])
}

/** What was sealed; nothing when it was changed, belongs to somebody else, or the installation's secret is another one. */
export function unseal(secret: string, purpose: string, owner: string, sealed: Uint8Array): Uint8Array | undefined {
  const bytes = Buffer.from(sealed)
  if (bytes.length < 1 + NONCE + TAG || bytes[0] !== VERSION) return undefined
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret, purpose), bytes.subarray(1, 1 + NONCE)).setAAD(Buffer.from(owner))
  decipher.setAuthTag(bytes.subarray(-TAG))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(1 + NONCE, -TAG)), decipher.final()])
  } catch {
    return undefined
  }
}

const macOf = (secret: string, purpose: string, owner: string, said: string): Buffer =>
  createHmac('sha256', keyOf(secret, purpose))
    .update(JSON.stringify([owner, said]))
    .digest()

/** Text that only this installation can have written, for one owner and until an instant (epoch ms). */
export const sign = (secret: string, purpose: string, owner: string, text: string, until: number): string =>
  `${text}.${until}.${macOf(secret, purpose, owner, `${text}.${until}`).toString('base64url')}`

/** The text that was signed, while it counts; else nothing. The text holds no dot. */
export function readSigned(secret: string, purpose: string, owner: string, signed: string, now: number): string | undefined {
  const [text = '', until = '', mac = ''] = signed.split('.')
  const [expected, given] = [macOf(secret, purpose, owner, `${text}.${until}`), Buffer.from(mac, 'base64url')]
  const own = expected.length === given.length && timingSafeEqual(expected, given)
  return own && Number(until) > now ? text : undefined
}
