/** What the first six digits of a personal number say (Decree 137/2015 art. 13). Birth place is where birth was registered, not a home. */
export interface PersonalNumberFacts {
  readonly placeCode: string
  readonly sex: 'male' | 'female'
  readonly birthYear: number
}

/**
 * Reads a 12-digit personal number; `undefined` when it has another shape. There is no check digit, so a well-formed number may still not
 * exist: use this to suggest, never to refuse.
 */
export function readPersonalNumber(number: string): PersonalNumberFacts | undefined {
  const match = /^(\d{3})(\d)(\d{2})\d{6}$/.exec(number)
  if (!match) return undefined
  const [, placeCode = '', mark = '', year = ''] = match
  return {
    placeCode,
    sex: Number(mark) % 2 === 0 ? 'male' : 'female',
    birthYear: 1900 + Math.floor(Number(mark) / 2) * 100 + Number(year),
  }
}

/** `096204001234` → `••••••••1234`: enough to recognise one's own, too little to use. */
export const maskPersonalNumber = (number: string): string => `${'•'.repeat(Math.max(0, number.length - 4))}${number.slice(-4)}`
