import { type Refusal, Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import type { Result } from '../../../kernel/result.ts'
import type { Asker } from '../../campaign/index.ts'

export const askerOf = (c: Web): Asker => ({ province: c.get('province'), actor: c.get('actor') })

/** The value of something that must be there; its refusal otherwise. */
export function must<T>(found: Result<T, Refusal>): T {
  if (!found.ok) throw new Refused(found.error)
  return found.value
}

/** A day as a date field posts it, to fill the field in. */
export function dayFields(name: string, day: string): Readonly<Record<string, string>> {
  const [year = '', month = '', date = ''] = day.split('-')
  return { [`${name}-day`]: date, [`${name}-month`]: month, [`${name}-year`]: year }
}
