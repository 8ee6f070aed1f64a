import { randomBytes, randomInt } from 'node:crypto'
import { hash, parseOptions, verify } from '@node-rs/argon2'
import { MAX_LENGTH } from './rules/password-policy.ts'

/** OWASP password storage: argon2id with 19 MiB, two passes, one lane. 2 is Argon2id (the library's enum exists only at compile time). */
export const parameters = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const

// Passwords are compared as typed, but for the Unicode form: two keyboards may send "ế" in different ways.
const bytes = (password: string): Uint8Array => new TextEncoder().encode(password.normalize('NFC'))

export const hashPassword = (password: string): Promise<string> => hash(bytes(password), parameters)

let dummy: Promise<string> | undefined

/**
 * Whether this is the password. Without a hash (nobody has this user name) it takes as long and answers no, so that time tells nothing
 * about who exists.
 */
export async function verifyPassword(password: string, stored: string | undefined): Promise<boolean> {
  dummy ??= hashPassword(randomBytes(24).toString('base64url'))
  // A longer one cannot have been set; hashing it would only let strangers keep us busy.
  const tried = [...password].length > MAX_LENGTH ? '' : password
  const right = await verify(stored ?? (await dummy), bytes(tried))
  return right && stored !== undefined && tried !== ''
}

/** Whether a stored hash was made with weaker or other parameters than today's. */
export function needsUpgrade(stored: string): boolean {
  const made = parseOptions(stored)
  return (
    (made.algorithm as number) !== parameters.algorithm ||
    made.memoryCost !== parameters.memoryCost ||
    made.timeCost !== parameters.timeCost ||
    made.parallelism !== parameters.parallelism ||
    made.outputLen !== parameters.outputLen
  )
}

// Without letters and digits that look alike, on paper and over the telephone.
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A password to hand over once: 16 letters in groups of four, about 79 bits. */
export const temporaryPassword = (): string =>
  Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('')).join('-')
