import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Day } from '../../kernel/clock.ts'
import { dataFolder } from '../../kernel/paths.ts'
import { type DatedGround, type DatedRule, groundsOn, type LifecycleRule, ruleOn } from './rules/law.ts'

const values = {
  maxExtensions: z.number().int().min(0),
  extensionNoticeWorkingDays: z.number().int().min(0),
  maxSupplementRounds: z.number().int().min(1),
  uncollectedAfterDays: z.number().int().min(1),
}

const rulesFile = z
  .array(
    z.object({
      validFrom: z.iso.date(),
      ...values,
      source: z.string(),
      certainty: z.enum(['official', 'recalled', 'computed']),
      procedures: z.record(z.string(), z.object(values).partial()),
    }),
  )
  .min(1)

const groundsFile = z.array(
  z.object({
    code: z.string().regex(/^[a-z0-9-]+$/),
    validFrom: z.iso.date(),
    validTo: z.iso.date().nullable(),
    text: z.object({ vi: z.string().min(1), en: z.string().min(1) }),
    basis: z.string().min(1),
  }),
)

function read<S extends z.ZodType>(name: string, schema: S): z.output<S> {
  const parsed = schema.safeParse(JSON.parse(readFileSync(join(dataFolder, 'dossier', name), 'utf8')))
  if (!parsed.success) throw new Error(`data/dossier/${name}: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}

let rules: readonly DatedRule[] | undefined
let grounds: readonly DatedGround[] | undefined

/** What the law leaves to configuration, for a procedure on a day; read from data/dossier once. */
export function lifecycleRule(day: Day, procedureCode: string): LifecycleRule {
  rules ??= read('rules.json', rulesFile)
  return ruleOn(rules, day, procedureCode)
}

/** Legal grounds that can be chosen on a day. */
export function refusalGrounds(day: Day): DatedGround[] {
  grounds ??= read('refusal-grounds.json', groundsFile)
  return groundsOn(grounds, day)
}
