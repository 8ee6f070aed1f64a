import { z } from 'zod'
import type { Text } from '../../../kernel/i18n/index.ts'

/** A sentence in both languages; a plain string in data stands for both. */
const text = z
  .union([z.string().min(1), z.object({ vi: z.string().min(1), en: z.string().min(1) })])
  .transform((value): Text => (typeof value === 'string' ? { vi: value, en: value } : value))

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const id = z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'a field id is letters and digits, starting with a small letter')

/**
 * When a page or a field is shown. Field names are those of the form; inside a repeated group a bare name looks first in the
 * same item, then in the form.
 */
export type Condition =
  | { readonly field: string; readonly equals: string | number | boolean }
  | { readonly field: string; readonly in: readonly (string | number)[] }
  | { readonly field: string; readonly includes: string }
  | { readonly field: string; readonly notEmpty: true }
  | { readonly field: string; readonly atLeast: number }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }

export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ field: id, equals: z.union([z.string(), z.number(), z.boolean()]) }),
    z.strictObject({ field: id, in: z.array(z.union([z.string(), z.number()])).min(1) }),
    z.strictObject({ field: id, includes: z.string() }),
    z.strictObject({ field: id, notEmpty: z.literal(true) }),
    z.strictObject({ field: id, atLeast: z.number() }),
    z.strictObject({ all: z.array(conditionSchema).min(1) }),
    z.strictObject({ any: z.array(conditionSchema).min(1) }),
    z.strictObject({ not: conditionSchema }),
  ]),
)

/** Where a first answer can come from: the signed-in person's profile. The keys are a contract with the identity door. */
export const prefillSources = [
  'person.fullName',
  'person.personalNumber',
  'person.birthDate',
  'person.sex',
  'person.phone',
  'person.email',
  'person.address',
] as const
export type PrefillSourceName = (typeof prefillSources)[number]

const common = {
  id,
  label: text,
  /** What sentences call it, when the label is a question: "số bản sao" for "Bạn cần bao nhiêu bản?". */
  called: text.optional(),
  hint: text.optional(),
  required: z.boolean().default(true),
  condition: conditionSchema.optional(),
  prefill: z.enum(prefillSources).optional(),
  /** An earlier answer to the same question may be offered again. */
  reuse: z.boolean().optional(),
  autocomplete: z.string().optional(),
}

export const choiceOption = z.strictObject({ value: z.string().min(1), label: text, hint: text.optional() })

const textField = z.strictObject({
  ...common,
  type: z.literal('text'),
  maxLength: z.number().int().positive().default(200),
  minLength: z.number().int().positive().optional(),
  pattern: z.string().optional(),
  patternMessage: text.optional(),
})
const longTextField = z.strictObject({ ...common, type: z.literal('longText'), maxLength: z.number().int().positive().default(2000) })
const numberField = z.strictObject({
  ...common,
  type: z.literal('number'),
  min: z.number().optional(),
  max: z.number().optional(),
  integer: z.boolean().default(false),
  unit: text.optional(),
})
/** Whole Vietnamese đồng. */
const moneyField = z.strictObject({
  ...common,
  type: z.literal('money'),
  min: z.number().int().default(0),
  max: z.number().int().default(1e13),
})
const dateField = z.strictObject({
  ...common,
  type: z.literal('date'),
  /** Compared with the civil day on which the form is filled in. */
  when: z.enum(['past', 'past-or-today', 'today-or-future', 'any']).default('any'),
  earliest: day.default('1900-01-01'),
})
const choiceField = z.strictObject({
  ...common,
  type: z.literal('choice'),
  options: z.array(choiceOption).min(2),
  asSelect: z.boolean().default(false),
})
const choicesField = z.strictObject({ ...common, type: z.literal('choices'), options: z.array(choiceOption).min(2) })
const yesNoField = z.strictObject({ ...common, type: z.literal('yesNo') })
const addressField = z.strictObject({ ...common, type: z.literal('address'), lineRequired: z.boolean().default(true) })
/** 12 digits; there is no check digit, so the shape is all that can be refused. `birthDate` names a field to compare with (a warning only). */
const personalNumberField = z.strictObject({ ...common, type: z.literal('personalNumber'), birthDate: id.optional() })
const phoneField = z.strictObject({ ...common, type: z.literal('phone') })
const emailField = z.strictObject({ ...common, type: z.literal('email') })
/** An upload that stands for one required component of the procedure. */
const fileField = z.strictObject({
  ...common,
  type: z.literal('file'),
  component: z.string().min(1).optional(),
  accept: z.array(z.string()).min(1).default(['application/pdf', 'image/jpeg', 'image/png']),
  maxBytes: z.number().int().positive().default(10_000_000),
  maxFiles: z.number().int().positive().default(3),
})
const declarationField = z.strictObject({ ...common, type: z.literal('declaration') })

const simpleFields = [
  textField,
  longTextField,
  numberField,
  moneyField,
  dateField,
  choiceField,
  choicesField,
  yesNoField,
  addressField,
  personalNumberField,
  phoneField,
  emailField,
  fileField,
  declarationField,
] as const

export const simpleFieldSchema = z.discriminatedUnion('type', simpleFields)

const groupField = z.strictObject({
  ...common,
  type: z.literal('group'),
  /** What one item is called: "Người con", "Copy". */
  itemLabel: text,
  min: z.number().int().min(0).default(0),
  max: z.number().int().positive().default(10),
  fields: z.array(simpleFieldSchema).min(1),
})

export const fieldSchema = z.discriminatedUnion('type', [...simpleFields, groupField])

export const pageSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: text,
  hint: text.optional(),
  condition: conditionSchema.optional(),
  fields: z.array(fieldSchema).min(1),
})

/** An e-form as data. A published (code, version) never changes; a law that asks something else makes a new version. */
export const formDefinitionSchema = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9-]*$/),
  version: z.number().int().positive(),
  validFrom: day,
  title: text,
  /** The official form it stands for, and where that form comes from. */
  legalBasis: z.array(z.string()).default([]),
  sourceNote: z.string().optional(),
  /** The address field whose commune decides which people's committee resolves, when the procedure's resolver follows a place. */
  placeField: id.optional(),
  /** The text field that names the applicant, for lists and receipts; and their number and phone. */
  applicant: z.strictObject({ name: id, personalNumber: id.optional(), phone: id.optional(), email: id.optional() }),
  pages: z.array(pageSchema).min(1),
})

export type FormDefinition = z.infer<typeof formDefinitionSchema>
export type Page = z.infer<typeof pageSchema>
export type SimpleField = z.infer<typeof simpleFieldSchema>
export type GroupField = z.infer<typeof groupField>
export type Field = SimpleField | GroupField
export type FieldType = Field['type']
export type FieldOf<T extends FieldType> = Extract<Field, { type: T }>

/** Reads a definition out of data; throws with the place of the mistake (a mistake in shipped data is a bug). */
export const readDefinition = (data: unknown): FormDefinition => formDefinitionSchema.parse(data)

export const fieldsOf = (definition: FormDefinition): Field[] => definition.pages.flatMap((page) => page.fields)
export const pageOf = (definition: FormDefinition, pageId: string): Page | undefined => definition.pages.find(({ id }) => id === pageId)
