const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/
/** Twelve digits of a personal number, together or in groups of three. */
const PERSONAL = /(?<!\d)(?:\d{12}|\d{3}(?:[ .]\d{3}){3})(?!\d)/
/** A Vietnamese phone number: 0 or +84, then nine digits, together or in the usual groups. */
const PHONE = /(?<!\d)(?:\+84|84|0)[ .-]?\d{2,3}[ .-]?\d{3}[ .-]?\d{3,4}(?!\d)/
// As long as the parts of an address may be (RFC 5321): without a bound, a long line without an @ would be tried from every letter.
const EMAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/
// Ids come first, so that a run of digits inside one is left alone: a masked trace id leads nowhere.
const PATTERN = new RegExp([UUID, EMAIL, PERSONAL, PHONE].map(({ source }) => `(${source})`).join('|'), 'gi')

/** Replaces personal numbers, phone numbers and mail addresses; leaves ids as they are. */
export const mask = (text: string): string =>
  text.replace(PATTERN, (found: string, id?: string, email?: string) => {
    if (id !== undefined) return found
    if (email !== undefined) return '***@***'
    return found.replace(/\d/g, '*')
  })

const SECRET_NAME = /^(?:.*_)?(?:password|passwd|secret|token|cookie|authorization|otp|csrf|session_?id)$/i
const DEPTH = 6

const isSecretName = (name: string): boolean => SECRET_NAME.test(name.replace(/([a-z])([A-Z])/g, '$1_$2'))

function maskError(error: Error, depth: number): object {
  const { code, cause } = error as { code?: unknown; cause?: unknown }
  return {
    type: error.name,
    message: mask(error.message),
    stack: mask(error.stack ?? ''),
    ...(code === undefined ? {} : { code }),
    ...(cause === undefined ? {} : { cause: maskDeep(cause, depth + 1) }),
    ...(error instanceof AggregateError ? { errors: error.errors.map((one) => maskDeep(one, depth + 1)) } : {}),
  }
}

/** A copy of a value fit to be logged or shown: personal data masked, secrets by name left out, as deep as anyone reads. */
export function maskDeep(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return mask(value)
  if (typeof value === 'bigint') return String(value)
  if (value === null || typeof value !== 'object') return value
  if (depth > DEPTH) return '[…]'
  if (value instanceof Error) return maskError(value, depth)
  if (Array.isArray(value)) return value.map((item) => maskDeep(item, depth + 1))
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (value instanceof Map || value instanceof Set) return maskDeep([...value], depth)
  if (typeof (value as { toJSON?: unknown }).toJSON === 'function') return maskDeep((value as { toJSON(): unknown }).toJSON(), depth + 1)
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, isSecretName(name) && item ? '[redacted]' : maskDeep(item, depth + 1)]),
  )
}
