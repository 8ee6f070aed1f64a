import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a receipt speaks for: these bytes, this long, of this type. */
interface HandedIn {
  readonly sha256: string
  readonly size: number
  readonly type: string
}

/**
 * Proof that somebody handed a file in. Content is kept once under its hash, so knowing a hash must not be enough to call the content
 * one's own: whoever names a file later shows the receipt they were given for it.
 * @param owner who handed it in, as `actorKey` names them
 */
export function receiptFor(secret: string, owner: string, { sha256, size, type }: HandedIn): string {
  return createHmac('sha256', secret)
    .update(JSON.stringify(['file', owner, sha256, size, type]))
    .digest('base64url')
}

/** Whether this is the receipt that `owner` was given for exactly this file. */
export function isReceipt(secret: string, owner: string, file: HandedIn, given: string): boolean {
  const [expected, shown] = [Buffer.from(receiptFor(secret, owner, file)), Buffer.from(given)]
  return expected.length === shown.length && timingSafeEqual(expected, shown)
}
