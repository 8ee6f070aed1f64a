import { z } from 'zod'
import type { Day } from '../../../kernel/clock.ts'
import type { FieldError } from '../../../kernel/errors.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import { EMAIL } from '../../../kernel/text.ts'
import { type AddressAnswer, type Answer, type Answers, isEmpty } from './answers.ts'
import { holds, visibleAnswers, visiblePages } from './condition.ts'
import type { Field, FieldOf, FormDefinition, GroupField, Page, SimpleField } from './definition.ts'
import { missing, type SentenceKey, say } from './messages.ts'

export interface CheckOptions {
  /** `save` takes what is there; `submit` also asks for what is missing. Everything `submit` accepts, `save` accepts. */
  readonly mode: 'save' | 'submit'
  /** The civil day the form is filled in, for dates that must lie before or after it. */
  readonly today: Day
}

// zod carries one string an issue: both languages travel in it as JSON, the way the kernel reads messages.
const message = (text: Text): string => JSON.stringify({ vi: text.vi, en: text.en })
const textOf = (packed: string, fallback: Text): Text => {
  if (!packed.startsWith('{"vi"')) return fallback
  return JSON.parse(packed) as Text
}

// These schemas live for one request: compiling them would cost more than it saves.
const ONCE = { jitless: true } as const

const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, '.')

/** A real civil date written YYYY-MM-DD. */
export function isRealDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false
  const at = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === value
}

const PHONE = /^(?:\+84|0)\d{9,10}$/

/** What an answer must look like once there is one. */
function shapeOf(field: SimpleField, { mode, today }: CheckOptions): z.ZodType {
  const said = (key: SentenceKey, values?: Record<string, string | number>) => message(say(key, field, values))
  const unlessMissing = (key: SentenceKey) => ({
    error: (issue: { input?: unknown }) => (issue.input === undefined ? message(missing(field)) : said(key)),
  })

  switch (field.type) {
    case 'text': {
      let schema = z
        .string(unlessMissing('unreadable'))
        .trim()
        // Too long is not read any further: a pattern is tried on short texts only.
        .max(field.maxLength, { error: said('tooLong', { max: field.maxLength }), abort: true })
      if (field.minLength) schema = schema.min(field.minLength, said('tooShort', { min: field.minLength }))
      if (field.pattern)
        schema = schema.regex(
          new RegExp(`^(?:${field.pattern})$`, 'u'),
          field.patternMessage ? message(field.patternMessage) : said('pattern'),
        )
      return schema
    }
    case 'longText':
      return z
        .string(unlessMissing('unreadable'))
        .trim()
        .max(field.maxLength, said('tooLong', { max: field.maxLength }))
    case 'number': {
      let schema = z.number(unlessMissing(field.integer ? 'integer' : 'number'))
      if (field.integer) schema = schema.int(said('integer'))
      if (field.min !== undefined) schema = schema.min(field.min, said('tooSmall', { min: field.min }))
      if (field.max !== undefined) schema = schema.max(field.max, said('tooBig', { max: field.max }))
      return schema
    }
    case 'money':
      return z
        .number(unlessMissing('money'))
        .int(said('money'))
        .min(field.min, said('tooSmall', { min: grouped(field.min) }))
        .max(field.max, said('tooBig', { max: grouped(field.max) }))
    case 'date': {
      return z
        .string(unlessMissing('date'))
        .refine(isRealDay, { error: said('date'), abort: true })
        .refine((day) => day >= field.earliest, { error: said('dateEarliest'), abort: true })
        .refine((day) => field.when !== 'past' || day < today, said('datePast'))
        .refine((day) => field.when !== 'past-or-today' || day <= today, said('datePastOrToday'))
        .refine((day) => field.when !== 'today-or-future' || day >= today, said('dateFuture'))
    }
    case 'choice': {
      const values = field.options.map(({ value }) => value)
      return z.string(unlessMissing('choice')).refine((value) => values.includes(value), said('choice'))
    }
    case 'choices': {
      const values = field.options.map(({ value }) => value)
      return z.array(
        z.string().refine((value) => values.includes(value), said('choice')),
        unlessMissing('choice'),
      )
    }
    case 'yesNo':
      return z.boolean(unlessMissing('yesNo'))
    case 'declaration':
      return z.boolean(unlessMissing('declaration')).refine((agreed) => mode === 'save' || !field.required || agreed, said('declaration'))
    case 'address':
      return addressShape(field, mode)
    case 'personalNumber':
      return z.string(unlessMissing('personalNumber')).regex(/^\d{12}$/, said('personalNumber'))
    case 'phone':
      return z.string(unlessMissing('phone')).regex(PHONE, said('phone'))
    case 'email':
      return z.string(unlessMissing('email')).trim().max(200, said('email')).regex(EMAIL, said('email'))
    case 'file':
      return fileShape(field)
  }
}

function addressShape(field: FieldOf<'address'>, mode: CheckOptions['mode']): z.ZodType<AddressAnswer> {
  const address = z.object(
    {
      province: z.string().max(10).default(''),
      commune: z.string().max(10).default(''),
      validFrom: z.string().optional(),
      line: z
        .string()
        .trim()
        .max(300, message(say('tooLong', field, { max: 300 })))
        .default(''),
      label: z.string().max(600).optional(),
    },
    { error: (issue) => (issue.input === undefined ? message(missing(field)) : message(say('unreadable', field))) },
  )
  if (mode === 'save') return address
  return address
    .refine(({ province, commune }) => province !== '' && commune !== '', { error: message(say('addressUnit', field)), path: ['commune'] })
    .refine(({ line }) => !field.lineRequired || line !== '', { error: message(say('addressLine', field)), path: ['line'] })
}

function fileShape(field: FieldOf<'file'>): z.ZodType {
  const types = field.accept.map((type) => type.split('/')[1]?.toUpperCase() ?? type).join(', ')
  const max = Math.round(field.maxBytes / 100_000) / 10
  const file = z
    .object({
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      name: z.string().min(1).max(255),
      size: z.number().int().min(0),
      type: z.string(),
    })
    .superRefine((value, cx) => {
      if (!field.accept.includes(value.type)) cx.addIssue({ code: 'custom', message: message(say('fileType', field, { types })) })
      if (value.size > field.maxBytes) cx.addIssue({ code: 'custom', message: message(say('fileSize', field, { name: value.name, max })) })
    })
  return z
    .array(file, { error: (issue) => (issue.input === undefined ? message(missing(field)) : message(say('unreadable', field))) })
    .max(field.maxFiles, message(say('fileMany', field, { max: field.maxFiles })))
}

function groupShape(field: GroupField, answers: Answers, items: readonly unknown[], options: CheckOptions): z.ZodType {
  // Each item has its own conditions, so each place in the list has its own schema.
  const schemas = items.map((item) => objectOf(field.fields, answers, options, item as Answers))
  const min = field.required ? Math.max(1, field.min) : field.min
  return z
    .array(z.unknown(), { error: () => message(missing(field)) })
    .max(field.max, message(say('groupMax', field, { max: field.max })))
    .refine((list) => options.mode === 'save' || list.length >= min, message(say('groupMin', field, { min })))
    .transform((list, cx) =>
      list.map((item, index) => {
        const read = (schemas[index] ?? z.looseObject({})).safeParse(item, ONCE)
        if (read.success) return read.data
        for (const issue of read.error.issues) cx.addIssue({ code: 'custom', message: issue.message, path: [index, ...issue.path] })
        return z.NEVER
      }),
    )
}

// A definition never changes once published, so a field's schema for one day and mode is built once.
const slots = new WeakMap<Field, Map<string, z.ZodType>>()

function slotOf(field: Field, answers: Answers, options: CheckOptions, value: unknown): z.ZodType {
  if (field.type === 'group') return slot(field, groupShape(field, answers, Array.isArray(value) ? value : [], options), options)
  const key = `${options.mode} ${options.today}`
  let known = slots.get(field)
  if (!known || known.size > 8) {
    known = new Map()
    slots.set(field, known)
  }
  let schema = known.get(key)
  if (!schema) {
    schema = slot(field, shapeOf(field, options), options)
    known.set(key, schema)
  }
  return schema
}

function slot(field: Field, shape: z.ZodType, options: CheckOptions): z.ZodType {
  const asked = options.mode === 'submit' && (field.required || (field.type === 'group' && field.min > 0))
  // A missing address is told part by part, at the inputs that are empty.
  const blank = asked && field.type === 'address' ? { province: '', commune: '', line: '' } : undefined
  return z.preprocess((answer) => (isEmpty(answer as Answer) ? blank : answer), asked ? shape : shape.optional())
}

function objectOf(fields: readonly Field[], answers: Answers, options: CheckOptions, scope: Answers): z.ZodType<Answers> {
  const inItem = scope !== answers
  const shown = fields.filter((field) => holds(field.condition, answers, inItem ? scope : undefined))
  return z.object(
    Object.fromEntries(shown.map((field) => [field.id, slotOf(field, answers, options, scope[field.id])])),
  ) as unknown as z.ZodType<Answers>
}

/**
 * The one schema of a form, for these answers: used on every save and again on submit. Fields hidden by a condition are
 * dropped and never asked for; `page` narrows it to one page.
 */
export function schemaOf(definition: FormDefinition, answers: Answers, options: CheckOptions, page?: Page): z.ZodType<Answers> {
  const counted = visibleAnswers(definition, answers)
  const pages = visiblePages(definition, answers).filter(({ id }) => page === undefined || id === page.id)
  return objectOf(
    pages.flatMap(({ fields }) => fields),
    counted,
    options,
    counted,
  )
}

export interface Checked {
  /** Answers that are in order, hidden ones dropped, blanks gone. A field with an error is left out. */
  readonly answers: Answers
  readonly errors: readonly FieldError[]
}

/** Checks answers and keeps what is in order, so that one wrong field does not lose the others. */
export function check(definition: FormDefinition, answers: Answers, options: CheckOptions, page?: Page): Checked {
  const read = schemaOf(definition, answers, options, page).safeParse(visibleAnswers(definition, answers), ONCE)
  if (read.success) return { answers: withoutBlanks(read.data), errors: [] }
  const fields = new Map(definition.pages.flatMap(({ fields }) => fields).map((field) => [field.id, field]))
  const errors: FieldError[] = []
  for (const issue of read.error.issues) {
    const path = issue.path.map(String).join('.')
    const field = fields.get(String(issue.path[0]))
    // One sentence a place: the first is the one to mend first.
    if (errors.some((error) => error.path === path)) continue
    errors.push({ path, message: textOf(issue.message, field ? say('unreadable', field) : { vi: issue.message, en: issue.message }) })
  }
  const wrong = new Set(errors.map(({ path }) => path.split('.')[0]))
  const rest = Object.fromEntries(Object.entries(visibleAnswers(definition, answers)).filter(([id]) => !wrong.has(id)))
  const kept = schemaOf(definition, rest, { ...options, mode: 'save' }, page).safeParse(rest, ONCE)
  return { answers: kept.success ? withoutBlanks(kept.data) : {}, errors }
}

const withoutBlanks = (answers: Answers): Answers => Object.fromEntries(Object.entries(answers).filter(([, value]) => !isEmpty(value)))
