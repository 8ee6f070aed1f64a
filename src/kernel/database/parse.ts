import pg from 'pg'
import { Temporal } from 'temporal-polyfill'

const { builtins } = pg.types

/** `2026-11-21 13:05:01.123+00` (or `infinity`) → Instant. PostgreSQL prints in the session's zone, which is always UTC here. */
const toInstant = (text: string): Temporal.Instant => Temporal.Instant.from(text.replace(' ', 'T').replace(/([+-]\d{2})$/, '$1:00'))

const toSafeNumber = (text: string): number => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} does not fit a safe integer; read it as text`)
  return value
}

const parsers = new Map<number, (text: string) => unknown>([
  [builtins.TIMESTAMPTZ, toInstant],
  [builtins.DATE, (text) => text],
  [builtins.INT8, toSafeNumber],
  [builtins.NUMERIC, (text) => text],
  [1182, (text) => parseArray(text, (item) => item)], // date[]
  [1016, (text) => parseArray(text, toSafeNumber)], // int8[]
])

/** PostgreSQL's array text for arrays of numbers and dates: no quotes inside, no nesting. */
function parseArray<T>(text: string, item: (text: string) => T): T[] {
  return text === '{}' ? [] : text.slice(1, -1).split(',').map(item)
}

/** How column values arrive in TypeScript: instants as Temporal, civil days and decimals as text, big integers as safe numbers. */
export const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers.get(oid)) || pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
}

/** Parameters as `pg` understands them: Temporal values become ISO text, plain objects become JSON. */
export function toParameter(value: unknown): unknown {
  if (value instanceof Temporal.Instant || value instanceof Temporal.PlainDate) return value.toString()
  if (Array.isArray(value)) return value.some(isTemporal) ? value.map(toParameter) : value
  return value
}

const isTemporal = (value: unknown): boolean => value instanceof Temporal.Instant || value instanceof Temporal.PlainDate
