import pino from 'pino'

export type Log = pino.Logger

const TWELVE_DIGITS = /(?<!\d)\d{12}(?!\d)/g
const PHONE = /(?<!\d)0\d{9}(?!\d)/g
const EMAIL = /[\w.+-]+@[\w-]+\.[\w.-]+/g

/** Personal numbers, phone numbers and mail addresses never reach a log line. */
export const mask = (text: string): string =>
  text.replace(TWELVE_DIGITS, '************').replace(PHONE, '**********').replace(EMAIL, '***@***')

function maskDeep(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return mask(value)
  if (value === null || typeof value !== 'object' || depth > 6) return value
  if (value instanceof Error) return { type: value.name, message: mask(value.message), stack: mask(value.stack ?? ''), code: (value as { code?: unknown }).code }
  if (Array.isArray(value)) return value.map((item) => maskDeep(item, depth + 1))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskDeep(item, depth + 1)]))
}

/** JSON lines on standard error, so that a command's own output stays clean. */
export function createLog(level: string, destination: pino.DestinationStream = pino.destination(2)): Log {
  return pino(
    {
      level,
      base: null,
      redact: {
        paths: ['*.password', '*.secret', '*.token', '*.cookie', 'password', 'secret', 'token', 'cookie', 'headers.cookie', 'headers.authorization'],
        censor: '[redacted]',
      },
      formatters: { log: (line) => maskDeep(line) as Record<string, unknown> },
      hooks: {
        logMethod(args, method) {
          method.apply(this, args.map((arg) => (typeof arg === 'string' ? mask(arg) : arg)) as Parameters<typeof method>)
        },
      },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    destination,
  )
}
