import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Day } from '../../kernel/clock.ts'
import { dataFolder } from '../../kernel/paths.ts'

const proof = z.object({
  code: z.string().regex(/^[a-z][a-z0-9-]*$/),
  name: z.object({ vi: z.string().min(1), en: z.string().min(1) }),
  required: z.boolean(),
})
const values = {
  messages: z.object({
    perHour: z.number().int().min(1),
    files: z.number().int().min(0),
    length: z.number().int().min(100),
    daysAfterClosing: z.number().int().min(0),
  }),
  trialWorkingDays: z.number().int().min(0),
  deviceDays: z.number().int().min(0).max(400),
  proofs: z.object({ child: z.array(proof), other: z.array(proof), organisation: z.array(proof) }),
}
const file = z
  .array(
    z.object({
      validFrom: z.iso.date(),
      source: z.string(),
      certainty: z.enum(['official', 'recalled', 'computed']),
      ...values,
      procedures: z.record(z.string(), z.object(values).partial()),
    }),
  )
  .min(1)

/**
 * What the citizen's side leaves to configuration: limits of messages, the desk's promise to look at a draft, for how many days it is
 * kept from which device a dossier was sent (0: never recorded), papers of proof.
 */
export type CitizenRule = { readonly [Key in keyof typeof values]: z.output<(typeof values)[Key]> }

let rules: z.output<typeof file> | undefined

function read(): z.output<typeof file> {
  const parsed = file.safeParse(JSON.parse(readFileSync(join(dataFolder, 'dossier', 'citizen.json'), 'utf8')))
  if (!parsed.success) throw new Error(`data/dossier/citizen.json: ${z.prettifyError(parsed.error)}`)
  return [...parsed.data].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
}

/** The rule of a day for a procedure: the latest that began by then, with the procedure's own values. */
export function citizenRule(day: Day, procedureCode = ''): CitizenRule {
  rules ??= read()
  const rule = rules.findLast(({ validFrom }) => validFrom <= day) ?? rules[0]
  if (!rule) throw new Error('data/dossier/citizen.json is empty')
  const { messages, trialWorkingDays, deviceDays, proofs, procedures } = rule
  return { messages, trialWorkingDays, deviceDays, proofs, ...procedures[procedureCode] }
}
