import { z } from 'zod'
import type { Text } from '../../../kernel/i18n/index.ts'
import { linkedSchema, processSchema } from './process-definition.ts'

const text = z
  .union([z.string().min(1), z.object({ vi: z.string().min(1), en: z.string().min(1) })])
  .transform((value): Text => (typeof value === 'string' ? { vi: value, en: value } : value))
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)

export const tiers = ['province', 'district', 'commune'] as const
export type Tier = (typeof tiers)[number]
/** Toàn trình, một phần, or information only. */
export const serviceLevels = ['full', 'partial', 'none'] as const
export type ServiceLevel = (typeof serviceLevels)[number]
export const timeUnits = ['hour', 'day', 'working_day', 'month'] as const
export type TimeUnit = (typeof timeUnits)[number]

/** National style `1.001193`; strings, never numbers. */
export const procedureCode = z
  .string()
  .trim()
  .regex(/^[0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*$/)
  .max(40)

export const timeLimitSchema = z.strictObject({ amount: z.number().positive().max(3650), unit: z.enum(timeUnits) })
export type TimeLimit = z.infer<typeof timeLimitSchema>

/**
 * Who resolves: a named department, or the people's committee of a tier at a place. The place is read from the dossier
 * (form definition `placeField`); `any` lets the person choose.
 */
export const resolverSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('agency'), agencyCode: z.string().min(1) }),
  z.strictObject({
    kind: z.literal('people_committee'),
    tier: z.enum(['commune', 'district']),
    place: z.enum(['residence', 'event', 'land', 'business', 'any']),
  }),
  // An imported catalogue does not say which agency: any agency of the tier.
  z.strictObject({ kind: z.literal('tier'), tier: z.enum(tiers) }),
])
export type ResolverRule = z.infer<typeof resolverSchema>

/** phí → fee, lệ phí → charge, nghĩa vụ tài chính (taxes, land money) → obligation. Amounts in đồng. */
export const feeSchema = z.strictObject({
  kind: z.enum(['fee', 'charge', 'obligation']),
  name: text,
  amount: z.number().int().min(0),
  /** When it is paid: on filing, on receiving the result, or after an assessment states the amount. */
  when: z.enum(['submit', 'result', 'assessed']).default('submit'),
  exemptions: text.optional(),
})
export type Fee = z.infer<typeof feeSchema>

/** Stores that may already hold a paper, so that nobody has to bring it again. */
export const stores = ['population', 'civil-status', 'health', 'land', 'business', 'tax', 'insurance', 'education', 'own'] as const
export type StoreName = (typeof stores)[number]

export const componentSchema = z.strictObject({
  code: slug,
  name: text,
  original: z.number().int().min(0).default(1),
  copy: z.number().int().min(0).default(0),
  required: z.boolean().default(true),
  note: text.optional(),
  /** Filled in on line by the e-form itself: nothing to bring. */
  fromForm: z.boolean().default(false),
  held: z.enum(stores).optional(),
})
export type Component = z.infer<typeof componentSchema>

export const resultSchema = z.strictObject({ name: text, electronic: z.boolean().default(true), document: z.boolean().default(true) })

export const stepSchema = z.strictObject({
  code: slug,
  name: text,
  role: z.enum(['clerk', 'specialist', 'unit_head', 'leader']),
  /** In the unit of the time limit; the steps together take the whole limit. */
  allowance: z.number().min(0),
})
export type Step = z.infer<typeof stepSchema>

export const versionBodySchema = z.strictObject({
  name: text,
  field: slug,
  tiers: z.array(z.enum(tiers)).min(1),
  resolver: resolverSchema,
  serviceLevel: z.enum(serviceLevels),
  timeLimit: timeLimitSchema,
  fees: z.array(feeSchema).default([]),
  components: z.array(componentSchema).default([]),
  results: z.array(resultSchema).default([]),
  steps: z.array(stepSchema).default([]),
  /** The internal process with branches; takes the place of `steps`. */
  process: processSchema.optional(),
  /** Procedures started from this one (liên thông). */
  linked: z.array(linkedSchema).max(10).optional(),
  lifeEvents: z.array(slug).default([]),
  legalBasis: z.array(z.string()).default([]),
  /** Code of the linked e-form; `null`: the procedure cannot be filed on line. */
  form: slug.nullable().default(null),
  keywords: z.array(z.string()).default([]),
  description: z.strictObject({ what: text, who: text }).optional(),
  /** What this version changed, in one sentence. */
  change: text.optional(),
  /** From this day the province no longer receives this procedure. */
  abolished: z.boolean().default(false),
  certainty: z.enum(['confirmed', 'recalled', 'unsure', 'imported']).default('recalled'),
  sourceNote: z.string().optional(),
})
export type VersionBody = z.infer<typeof versionBodySchema>

export const procedureFileSchema = z.strictObject({
  code: procedureCode,
  codeCertainty: z.enum(['sure', 'unsure']),
  versions: z.array(versionBodySchema.extend({ validFrom: day }).strict()).min(1),
})
export type ProcedureFile = z.infer<typeof procedureFileSchema>

/** Everything to pay on filing or on the result; obligations assessed later are not in it. đồng. */
export const knownFee = (fees: readonly Fee[]): number =>
  fees.filter(({ when }) => when !== 'assessed').reduce((sum, { amount }) => sum + amount, 0)

/** Whether the procedure ends in a paper (not only an entry in a register): the denominator of electronic results. */
export const returnsResult = (body: Pick<VersionBody, 'results'>): boolean => body.results.some(({ document }) => document)

/** The version in force on a day: the latest to start; of two starting that day, the later one. `undefined` before the first and after the end. */
export function inForce<V extends { validFrom: string; version: number; abolished: boolean }>(
  versions: readonly V[],
  on: string,
): V | undefined {
  const started = versions.filter(({ validFrom }) => validFrom <= on)
  const latest = started.reduce<V | undefined>(
    (best, one) =>
      best === undefined || one.validFrom > best.validFrom || (one.validFrom === best.validFrom && one.version > best.version) ? one : best,
    undefined,
  )
  return latest?.abolished ? undefined : latest
}
