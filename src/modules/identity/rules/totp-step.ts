/** Seconds that one code of an app is shown for (RFC 6238). */
export const STEP_SECONDS = 30

/** Steps whose codes are looked at: this one, and one to each side for clocks that run apart. */
export const stepsAround = (epochSeconds: number): readonly number[] => {
  const now = Math.floor(epochSeconds / STEP_SECONDS)
  return [now - 1, now, now + 1]
}

/** What an app shows has six digits; people type spaces between them. Empty when it cannot be one. */
export const normaliseCode = (typed: string): string => {
  const digits = typed.replace(/[\s.-]/g, '')
  return /^\d{6}$/.test(digits) ? digits : ''
}

/**
 * What a code is worth. `matching`: steps whose code it is; `lastStep`: the last step accepted from this app. Only a later step counts:
 * a code that was seen over a shoulder or on the wire opens nothing a second time.
 */
export function judgeSteps(matching: readonly number[], lastStep: number | null): { step: number } | 'used' | 'wrong' {
  const later = matching.filter((step) => lastStep === null || step > lastStep)
  const step = later[0]
  if (step !== undefined) return { step }
  return matching.length > 0 ? 'used' : 'wrong'
}
