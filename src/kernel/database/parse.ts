import pg from 'pg'
import { Temporal } from 'temporal-polyfill'

const { builtins } = pg.types

/** `2026-11-21 13:05:01.123+00` → Instant. PostgreSQL prints in the session's zone, which is always UTC here. No instant is infinite. */
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
  [1185, (text) => parseArray(text, toInstant)], // timestamptz[]
  [1016, (text) => parseArray(text, toSafeNumber)], // int8[]
  [1231, (text) => parseArray(text, (item) => item)], // numeric[]
])

/** PostgreSQL's array text for one row of numbers, dates or instants: nothing inside needs a quote taken seriously. */
function parseArray<T>(text: string, item: (text: string) => T): (T | null)[] {
  if (text === '{}') return []
  const items = text.slice(1, -1).replaceAll('"', '').split(',')
  return items.map((one) => (one === 'NULL' ? null : item(one)))
}

/** How column values arrive in TypeScript: instants as Temporal, civil days and decimals as text, big integers as safe numbers. */
export const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers.get(oid)) || pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
}

const isTemporal = (value: unknown): boolean =>
  value instanceof Temporal.Instant || value instanceof Temporal.PlainDate || value instanceof Temporal.PlainTime

/** Parameters as `pg` understands them: Temporal values become ISO text, arrays stay arrays, plain objects become JSON. */
export function toParameter(value: unknown): unknown {
  if (isTemporal(value)) return String(value)
  if (Array.isArray(value)) return value.map(toParameter)
  return value
}
