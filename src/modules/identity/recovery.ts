import { randomBytes, randomInt } from 'node:crypto'
import { hashRaw } from '@node-rs/argon2'
import { parameters } from './password.ts'
import { CODES_IN_A_SET, recoveryCode } from './rules/recovery-code.ts'

/** One salt for the whole set, so that a code typed is hashed once and not ten times; it is new with every set. */
export const newSalt = (): Uint8Array => randomBytes(16)

/** A recovery code (normalised) as the database keeps it: like a password, because a person has to type it. ASVS 5.0 6.5.2. */
export const hashRecoveryCode = (code: string, salt: Uint8Array): Promise<Uint8Array> => hashRaw(code, { ...parameters, salt })

/** Ten fresh codes. */
export const newRecoveryCodes = (): readonly string[] => {
  const codes = new Set<string>()
  while (codes.size < CODES_IN_A_SET) codes.add(recoveryCode((below) => randomInt(below)))
  return [...codes]
}
