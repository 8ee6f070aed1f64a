import { z } from 'zod'
import type { Text } from '../../../kernel/i18n/index.ts'

const text = z
  .union([z.string().min(1), z.object({ vi: z.string().min(1), en: z.string().min(1) })])
  .transform((value): Text => (typeof value === 'string' ? { vi: value, en: value } : value))
const slug = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)

/** Who works on a step of the internal process. */
export const stepRoles = ['clerk', 'specialist', 'unit_head', 'leader'] as const
export type StepRole = (typeof stepRoles)[number]

/**
 * Where a step is done: the agency that resolves, the counter that took the dossier in, another agency by its code, or a unit inside
 * the resolving agency (`part` is the last group of its code).
 */
export const stepAgencySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('resolving') }),
  z.strictObject({ kind: z.literal('reception') }),
  z.strictObject({ kind: z.literal('named'), agencyCode: z.string().min(1).max(35) }),
  z.strictObject({ kind: z.literal('child'), part: z.string().regex(/^[0-9A-Z]{1,3}$/) }),
])
export type StepAgency = z.infer<typeof stepAgencySchema>

export const processStepSchema = z.strictObject({
  code: slug,
  name: text,
  role: z.enum(stepRoles),
  agency: stepAgencySchema.default({ kind: 'resolving' }),
  /** In the unit of the procedure's time limit. */
  allowance: z.number().min(0).max(3650),
  /** Steps that begin when this one is done; several are worked on side by side; none: the process ends here. */
  next: z.array(slug).max(10).default([]),
  /** The earlier step that gets the work back when it is not good enough. */
  back: slug.optional(),
  /** Only for dossiers whose answer to this question is one of these; others pass it by. */
  when: z.strictObject({ field: z.string().min(1).max(100), is: z.array(z.string().min(1).max(200)).min(1).max(20) }).optional(),
})
export type ProcessStep = z.infer<typeof processStepSchema>

/** How the agency asks others for their opinion in this procedure. */
export const consultationRuleSchema = z.strictObject({
  /** Working days that the other agency has, unless the question says otherwise. */
  workingDays: z.number().int().min(1).max(60),
  /** Whether sector law lets the legal clock stand still meanwhile; usually it does not. */
  stopsClock: z.boolean().default(false),
})
export type ConsultationRule = z.infer<typeof consultationRuleSchema>

export const processSchema = z.strictObject({
  steps: z.array(processStepSchema).min(1).max(40),
  consultation: consultationRuleSchema.optional(),
})
export type InternalProcess = z.infer<typeof processSchema>

/**
 * A procedure that is started from this one (liên thông): with the filing, or once a result is there that it needs. `after` names
 * which procedure's result it waits for; without it, this one's own.
 */
export const linkedSchema = z.strictObject({
  code: z.string().min(1).max(40),
  start: z.enum(['filing', 'result']),
  after: z.string().min(1).max(40).optional(),
  /** Which agency resolves it when its own rule leaves a choice: the same, or a named one. */
  agencyCode: z.string().min(1).max(35).optional(),
  /** Whether the papers handed in go along. A result that it waits for always does. */
  papers: z.boolean().default(true),
})
export type LinkedProcedure = z.infer<typeof linkedSchema>

/** A linear list of steps, as versions had it before processes could branch. */
export interface LinearStep {
  readonly code: string
  readonly name: Text
  readonly role: StepRole
  readonly allowance: number
}

/** A list of steps one after the other, as a process: the counter's own steps are where the dossier was received. */
export const linearProcess = (steps: readonly LinearStep[]): InternalProcess => ({
  steps: steps.map((step, at) => ({
    ...step,
    agency: step.role === 'clerk' ? { kind: 'reception' } : { kind: 'resolving' },
    next: steps[at + 1] ? [(steps[at + 1] as LinearStep).code] : [],
  })),
})

/** What a version says about its internal process: the process itself, or its linear list of steps; undefined when it says nothing. */
export function processOf(body: {
  readonly process?: InternalProcess | undefined
  readonly steps: readonly LinearStep[]
}): InternalProcess | undefined {
  if (body.process) return body.process
  return body.steps.length > 0 ? linearProcess(body.steps) : undefined
}

/** The same process for a changed time limit: every allowance by the same share, never longer than its share. */
export const rescaledProcess = (process: InternalProcess, before: number, after: number): InternalProcess => ({
  ...process,
  steps: process.steps.map((step) => ({ ...step, allowance: Math.floor(((step.allowance * after) / before) * 1000) / 1000 })),
})
