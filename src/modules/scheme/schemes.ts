import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dataFolder } from '../../kernel/paths.ts'
import { type Scheme, schemeSchema } from './rules/scheme.ts'

let national: readonly Scheme[] | undefined

/** The schemes that come with the software (data/scheme/*.json). Throws when a file is not as its README says: that is a bug, not input. */
export function nationalSchemes(): readonly Scheme[] {
  national ??= readdirSync(join(dataFolder, 'scheme'))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => schemeSchema.parse(JSON.parse(readFileSync(join(dataFolder, 'scheme', name), 'utf8'))))
  return national
}

export const NATIONAL = '766'
