import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { dataFolder } from '../../../kernel/paths.ts'
import { rates } from '../../indicator/index.ts'
import type { Target } from '../rules/targets.ts'

const schema = z.array(
  z.object({
    rate: z.enum(rates.map((rate) => rate.code) as [Target['rate'], ...Target['rate'][]]),
    tier: z.enum(['province', 'district', 'commune']).nullable(),
    from: z.iso.date(),
    to: z.iso.date().nullable(),
    target: z.number().min(0).max(1),
    source: z.string().min(1),
    certainty: z.enum(['confirmed', 'threshold']),
  }),
)

let loaded: readonly Target[] | undefined

/** Targets as dated data (data/targets/targets.json). Throws when the file is not as its README says. */
export function readTargets(): readonly Target[] {
  loaded ??= schema.parse(JSON.parse(readFileSync(join(dataFolder, 'targets/targets.json'), 'utf8')))
  return loaded
}
