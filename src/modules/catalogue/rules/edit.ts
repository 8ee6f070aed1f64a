import type { FieldError } from '../../../kernel/errors.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import { fold } from '../../../kernel/text.ts'
import { mistakes } from '../texts.ts'
import {
  type Component,
  type Fee,
  type ResolverRule,
  resolverSchema,
  serviceLevels,
  type Tier,
  tiers,
  timeUnits,
  type VersionBody,
} from './procedure.ts'

/** What the edit page posts, by input name. */
export interface Typed {
  get(name: string): string
  all(name: string): readonly string[]
}

export interface Edited {
  readonly body: VersionBody
  readonly errors: readonly FieldError[]
}

const decimal = (text: string): number => (/^\d+([.,]\d+)?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : Number.NaN)
const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
const one = <T extends string>(list: readonly T[], value: string): T | undefined => list.find((item) => item === value)
/** The same words in a language nobody typed: what was typed in the other. */
const renamed = (before: Text | undefined, vi: string, en?: string): Text => ({
  vi,
  en: en?.trim() || (before && before.vi === vi ? before.en : vi),
})

/** How a resolver is written in the list of the edit page. */
export const resolverKey = (rule: ResolverRule): string =>
  rule.kind === 'agency'
    ? `agency ${rule.agencyCode}`
    : rule.kind === 'people_committee'
      ? `people_committee ${rule.tier} ${rule.place}`
      : `tier ${rule.tier}`

export function resolverOf(key: string): ResolverRule | undefined {
  const [kind, first, second] = key.split(' ')
  const raw =
    kind === 'agency'
      ? { kind, agencyCode: first }
      : kind === 'people_committee'
        ? { kind, tier: first, place: second }
        : { kind, tier: first }
  const read = resolverSchema.safeParse(raw)
  return read.success ? read.data : undefined
}

/** A stable code for a new paper, out of its name; never one that is used. */
function newCode(name: string, used: ReadonlySet<string>): string {
  const base =
    fold(name)
      .replaceAll(' ', '-')
      .replace(/[^a-z0-9-]/g, '')
      .slice(0, 60) || 'giay-to'
  let code = base
  for (let n = 2; used.has(code); n += 1) code = `${base}-${n}`
  return code
}

function readFees(typed: Typed, before: readonly Fee[], wrong: (path: string, message: Text) => void): Fee[] {
  return Array.from({ length: before.length + 1 }, (_, n) => n).flatMap((n): Fee[] => {
    const name = typed.get(`fees.${n}.name`).trim()
    if (!name) return []
    const amount = Number(typed.get(`fees.${n}.amount`).replace(/[\s.,]|đ$/gu, ''))
    if (!Number.isSafeInteger(amount) || typed.get(`fees.${n}.amount`).trim() === '') wrong(`fees.${n}.amount`, mistakes.money)
    const old = before[n]
    return [
      {
        kind: one(['fee', 'charge', 'obligation'] as const, typed.get(`fees.${n}.kind`)) ?? 'fee',
        name: renamed(old?.name, name),
        amount: Number.isSafeInteger(amount) ? amount : 0,
        when: one(['submit', 'result', 'assessed'] as const, typed.get(`fees.${n}.when`)) ?? 'submit',
        ...(old?.exemptions ? { exemptions: old.exemptions } : {}),
      },
    ]
  })
}

function readComponents(typed: Typed, before: readonly Component[], wrong: (path: string, message: Text) => void): Component[] {
  const used = new Set(before.map(({ code }) => code))
  return Array.from({ length: before.length + 1 }, (_, n) => n).flatMap((n): Component[] => {
    const name = typed.get(`components.${n}.name`).trim()
    if (!name) return []
    const old = before[n]
    const count = (part: 'original' | 'copy'): number => {
      const value = Number(typed.get(`components.${n}.${part}`).trim() || '0')
      if (!Number.isInteger(value) || value < 0 || value > 20) wrong(`components.${n}.${part}`, mistakes.copies)
      return Number.isInteger(value) ? value : 0
    }
    const note = typed.get(`components.${n}.note`).trim()
    const { note: oldNote, ...rest } = old ?? { code: newCode(name, used), fromForm: false, note: undefined }
    return [
      {
        ...rest,
        name: renamed(old?.name, name),
        original: count('original'),
        copy: count('copy'),
        required: typed.get(`components.${n}.required`) === '1',
        ...(note ? { note: renamed(oldNote, note) } : {}),
      },
    ]
  })
}

/** Reads the edit page over the version it started from. Everything the page does not ask stays as it was. */
export function readEdit(typed: Typed, before: VersionBody): Edited {
  const errors: FieldError[] = []
  const wrong = (path: string, message: Text): void => void errors.push({ path, message })

  const name = typed.get('name').trim()
  if (!name) wrong('name', mistakes.name)
  const chosenTiers = typed.all('tiers').filter((tier): tier is Tier => (tiers as readonly string[]).includes(tier))
  if (chosenTiers.length === 0) wrong('tiers', mistakes.tiers)
  const serviceLevel = one(serviceLevels, typed.get('serviceLevel'))
  if (!serviceLevel) wrong('serviceLevel', mistakes.choose)
  const amount = decimal(typed.get('timeLimit'))
  if (!(amount > 0 && amount <= 3650)) wrong('timeLimit', mistakes.number)
  const unit = one(timeUnits, typed.get('timeUnit'))
  if (!unit) wrong('timeUnit', mistakes.choose)
  const resolver = resolverOf(typed.get('resolver'))
  if (!resolver) wrong('resolver', mistakes.choose)
  const form = typed.get('form').trim()
  if (form && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(form)) wrong('form', mistakes.form)
  const steps = before.steps.map((step, n) => {
    const allowance = decimal(typed.get(`steps.${n}`))
    if (!(allowance >= 0)) wrong(`steps.${n}`, mistakes.allowance)
    return { ...step, allowance: allowance >= 0 ? allowance : step.allowance }
  })
  const [what, who] = [typed.get('what').trim(), typed.get('who').trim()]
  const change = typed.get('change').trim()
  return {
    errors,
    body: {
      ...before,
      name: renamed(before.name, name || before.name.vi, typed.get('nameEn')),
      field: typed.get('field'),
      tiers: chosenTiers,
      resolver: resolver ?? before.resolver,
      serviceLevel: serviceLevel ?? before.serviceLevel,
      timeLimit: { amount: amount > 0 ? amount : before.timeLimit.amount, unit: unit ?? before.timeLimit.unit },
      steps,
      fees: readFees(typed, before.fees, wrong),
      components: readComponents(typed, before.components, wrong),
      lifeEvents: [...typed.all('lifeEvents')],
      legalBasis: linesOf(typed.get('legalBasis')),
      keywords: linesOf(typed.get('keywords')),
      form: form || null,
      description:
        what && who ? { what: renamed(before.description?.what, what), who: renamed(before.description?.who, who) } : before.description,
      change: change ? { vi: change, en: change } : undefined,
      abolished: typed.get('abolished') === '1',
    },
  }
}
