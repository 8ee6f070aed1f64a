/** Crockford's base 32: no I, L, O or U, so nothing looks like a digit and no word appears by chance. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const DATA = 11
const LENGTH = DATA + 1

// Multiplication in GF(32) with x^5 + x^2 + 1: powers of 2 run through all 31 non-zero elements.
const double = (value: number): number => {
  const shifted = value << 1
  return shifted & 32 ? shifted ^ 0b100101 : shifted
}

/**
 * The check value: each place weighted by its own power of 2 in GF(32). A wrong character changes the sum by a non-zero multiple,
 * a swap of any two different characters by (a − b)(2^i − 2^j) ≠ 0: both are always caught.
 */
function checkOf(values: readonly number[]): number {
  // Horner's scheme from the left; the check character itself has weight 1.
  let sum = 0
  for (const value of values) sum = double(sum ^ value)
  return sum
}

const valuesOf = (text: string): number[] => [...text].map((char) => ALPHABET.indexOf(char))

const grouped = (text: string): string => text.replace(/(.{4})(?=.)/g, '$1-')

/**
 * A tracking reference that cannot be guessed: 55 random bits and a check character, `4F7K-9QZT-2M8C`.
 * @param random at least 7 bytes from a cryptographic source
 */
export function makeReference(random: Uint8Array): string {
  let bits = 0n
  for (const byte of random.subarray(0, 7)) bits = (bits << 8n) | BigInt(byte)
  const values = Array.from({ length: DATA }, (_, place) => Number((bits >> BigInt(place * 5)) & 31n))
  return grouped([...values, checkOf(values)].map((value) => ALPHABET[value]).join(''))
}

/** Reads a reference as people type it: small letters, spaces, O for 0, I or L for 1. Undefined when the check character says no. */
export function parseReference(typed: string): string | undefined {
  const text = typed
    .toUpperCase()
    .replace(/[\s\-–—.]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  if (text.length !== LENGTH) return undefined
  const values = valuesOf(text)
  if (values.includes(-1) || checkOf(values.slice(0, DATA)) !== values[DATA]) return undefined
  return grouped(text)
}
