import { createHash, timingSafeEqual } from 'node:crypto'

/** How many last digits of the phone number are enough. */
const PROOF_DIGITS = 6

const digitsOf = (text: string | null | undefined): string => (text ?? '').replace(/\D/g, '').replace(/^84(?=\d{9}$)/, '0')

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Whether the phone digits (the last six, or the whole number) prove who asks; takes the same time whatever is wrong. */
export function isProof(given: string | undefined, phone: string | null): boolean {
  const typed = digitsOf(given)
  const known = digitsOf(phone)
  const wanted = typed.length > PROOF_DIGITS ? known : known.slice(-PROOF_DIGITS)
  const same = timingSafeEqual(digest(typed), digest(wanted))
  return same && typed.length >= PROOF_DIGITS && known.length >= PROOF_DIGITS
}
