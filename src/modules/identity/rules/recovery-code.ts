/** How many recovery codes a set has. */
export const CODES_IN_A_SET = 10

// Without letters and digits that look alike, on paper and over the telephone.
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
const LENGTH = 10

/** A recovery code out of a source of chance: two groups of five, about 49 bits. `pick(n)` is a whole number from 0 below n. */
export function recoveryCode(pick: (below: number) => number): string {
  const letters = Array.from({ length: LENGTH }, () => LETTERS[pick(LETTERS.length)]).join('')
  return `${letters.slice(0, LENGTH / 2)}-${letters.slice(LENGTH / 2)}`
}

/** A code as typed, as it is hashed: no spaces, no dashes, lower case. Empty when it cannot be one. */
export function normaliseRecoveryCode(typed: string): string {
  const code = typed.toLowerCase().replace(/[\s–-]/g, '')
  return code.length === LENGTH && [...code].every((letter) => LETTERS.includes(letter)) ? code : ''
}
