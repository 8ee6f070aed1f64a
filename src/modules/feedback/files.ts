import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { dataFolder } from '../../kernel/paths.ts'
import type { PetitionClasses, PetitionLimits, Survey } from './rules/settings.ts'

const text = z.object({ vi: z.string().min(1), en: z.string().min(1) })
const dated = { validFrom: z.iso.date(), basis: z.string().min(1), certainty: z.enum(['official', 'recalled']) }
const days = z.int().min(1).max(365)
const surveys = z
  .array(
    z.object({
      ...dated,
      openDays: days,
      changeDays: days,
      criteria: z.array(
        z.object({ code: z.string(), question: text, answers: z.array(z.object({ points: z.int().min(0), text })).min(2) }),
      ),
      bands: z.array(z.object({ from: z.int().min(0), name: text })).min(1),
    }),
  )
  .min(1)
const classes = z
  .array(z.object({ ...dated, classes: z.array(z.object({ code: z.string(), kind: z.enum(['procedure', 'staff']), name: text })).min(1) }))
  .min(1)
const limits = z.array(z.object({ ...dated, refuse: days, ask: days, resolve: days, publish: days })).min(1)

/** The dated data of this room, every version of it. */
export interface FeedbackSettings {
  readonly surveys: readonly Survey[]
  readonly classes: readonly PetitionClasses[]
  readonly limits: readonly PetitionLimits[]
}

async function read<S extends z.ZodType>(name: string, schema: S): Promise<z.output<S>> {
  const parsed = schema.safeParse(JSON.parse(await readFile(join(dataFolder, 'feedback', name), 'utf8')))
  if (!parsed.success) throw new Error(`${name}: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}

let known: Promise<FeedbackSettings> | undefined

/** Reads data/feedback once. Throws, naming the file, when one cannot be read. */
export function feedbackSettings(): Promise<FeedbackSettings> {
  known ??= (async () => ({
    surveys: await read('survey.json', surveys),
    classes: await read('petition-classes.json', classes),
    limits: await read('petition-limits.json', limits),
  }))()
  return known
}
