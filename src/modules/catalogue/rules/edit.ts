import type { FieldError } from '../../../kernel/errors.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import { fold } from '../../../kernel/text.ts'
import { mistakes } from '../texts.ts'
import { rescaleSteps } from './difference.ts'
import {
  type Component,
  type Fee,
  type ResolverRule,
  resolverSchema,
  serviceLevels,
  stores,
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

/** The parts of a version, each changed on a page of its own. */
export const sections = ['ten', 'noi-giai-quyet', 'thoi-han', 'phi', 'giay-to', 'ket-qua', 'giai-thich', 'phap-ly'] as const
export type Section = (typeof sections)[number]

export interface Edited {
  /** What could be read, put over the version; what could not stays as it was. */
  readonly body: VersionBody
  readonly errors: readonly FieldError[]
}

type Wrong = (path: string, message: Text) => void

const decimal = (text: string): number => (/^\d+([.,]\d+)?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : Number.NaN)
const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
const one = <T extends string>(list: readonly T[], value: string): T | undefined => list.find((item) => item === value)
/** Words in both languages: English that nobody typed is the Vietnamese. `undefined` when nothing was typed. */
const textOf = (typed: Typed, name: string): Text | undefined => {
  const [vi, en] = [typed.get(name).trim(), typed.get(`${name}En`).trim()]
  return vi || en ? { vi: vi || en, en: en || vi } : undefined
}
/** English as it is shown for changing: empty when it only repeats the Vietnamese. */
const ownEnglish = (text: Text | undefined): string => (text && text.en !== text.vi ? text.en : '')
const decimalText = (value: number): string => String(value).replace('.', ',')
const grouped = (amount: number): string => String(amount).replace(/\B(?=(\d{3})+(?!\d))/g, '.')
const ROWS = 60

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

function readFees(typed: Typed, wrong: Wrong): Fee[] {
  return Array.from({ length: ROWS }, (_, n) => n).flatMap((n): Fee[] => {
    const name = textOf(typed, `rows.${n}.name`)
    if (!name) return []
    const text = typed.get(`rows.${n}.amount`).trim()
    const amount = Number(text.replace(/[\s.,]|đ$/gu, ''))
    const readable = text !== '' && Number.isSafeInteger(amount) && amount >= 0
    if (!readable) wrong(`rows.${n}.amount`, mistakes.money)
    const exemptions = textOf(typed, `rows.${n}.exemptions`)
    return [
      {
        kind: one(['fee', 'charge', 'obligation'] as const, typed.get(`rows.${n}.kind`)) ?? 'fee',
        name,
        amount: readable ? amount : 0,
        when: one(['submit', 'result', 'assessed'] as const, typed.get(`rows.${n}.when`)) ?? 'submit',
        ...(exemptions ? { exemptions } : {}),
      },
    ]
  })
}

function readComponents(typed: Typed, wrong: Wrong): Component[] {
  const codes = Array.from({ length: ROWS }, (_, n) => typed.get(`rows.${n}.code`)).filter(Boolean)
  const used = new Set(codes)
  return Array.from({ length: ROWS }, (_, n) => n).flatMap((n): Component[] => {
    const name = textOf(typed, `rows.${n}.name`)
    if (!name) return []
    const count = (part: 'original' | 'copy'): number => {
      const value = Number(typed.get(`rows.${n}.${part}`).trim() || '0')
      if (!Number.isInteger(value) || value < 0 || value > 20) wrong(`rows.${n}.${part}`, mistakes.copies)
      return Number.isInteger(value) && value >= 0 ? value : 0
    }
    // A paper keeps its code: e-forms and dossiers know it by that.
    const code = typed.get(`rows.${n}.code`) || newCode(name.vi, used)
    used.add(code)
    const note = textOf(typed, `rows.${n}.note`)
    const held = one(stores, typed.get(`rows.${n}.held`))
    return [
      {
        code,
        name,
        original: count('original'),
        copy: count('copy'),
        required: typed.get(`rows.${n}.required`) === '1',
        ...(note ? { note } : {}),
        fromForm: typed.get(`rows.${n}.fromForm`) === '1',
        ...(held ? { held } : {}),
      },
    ]
  })
}

const readResults = (typed: Typed): VersionBody['results'] =>
  Array.from({ length: ROWS }, (_, n) => n).flatMap((n) => {
    const name = textOf(typed, `rows.${n}.name`)
    const ticked = (part: string) => typed.get(`rows.${n}.${part}`) === '1'
    return name ? [{ name, electronic: ticked('electronic'), document: ticked('document') }] : []
  })

function readTime(
  typed: Typed,
  before: VersionBody,
  wrong: Wrong,
): Pick<VersionBody, 'timeLimit' | 'steps'> & Pick<Partial<VersionBody>, 'process'> {
  const amount = decimal(typed.get('timeLimit'))
  const good = amount > 0 && amount <= 3650
  if (!good) wrong('timeLimit', mistakes.number)
  const unit = one(timeUnits, typed.get('timeUnit'))
  if (!unit) wrong('timeUnit', mistakes.choose)
  const timeLimit = { amount: good ? amount : before.timeLimit.amount, unit: unit ?? before.timeLimit.unit }
  const share = timeLimit.amount / before.timeLimit.amount
  if (typed.get('rescale') === '1') {
    // The old shares of the new total: every way through the process takes the whole limit again.
    const process = before.process && {
      ...before.process,
      steps: before.process.steps.map((step) => ({ ...step, allowance: step.allowance * share })),
    }
    return { timeLimit, steps: rescaleSteps(before.steps, timeLimit.amount), ...(process ? { process } : {}) }
  }
  const steps = before.steps.map((step, n) => {
    if (before.process) return step
    const allowance = decimal(typed.get(`steps.${n}`))
    if (!(allowance >= 0)) wrong(`steps.${n}`, mistakes.allowance)
    return { ...step, allowance: allowance >= 0 ? allowance : step.allowance }
  })
  return { timeLimit, steps }
}

/** Reads one part of a version as its page posts it. Everything that the page does not ask stays as it was. */
export function readSection(section: Section, typed: Typed, before: VersionBody): Edited {
  const errors: FieldError[] = []
  const wrong: Wrong = (path, message) => void errors.push({ path, message })
  const changed = ((): Partial<VersionBody> => {
    switch (section) {
      case 'ten': {
        const name = textOf(typed, 'name')
        if (!name) wrong('name', mistakes.name)
        if (!typed.get('field')) wrong('field', mistakes.choose)
        return { name: name ?? before.name, field: typed.get('field') || before.field, lifeEvents: [...typed.all('lifeEvents')] }
      }
      case 'noi-giai-quyet': {
        const chosen = typed.all('tiers').filter((tier): tier is Tier => (tiers as readonly string[]).includes(tier))
        if (chosen.length === 0) wrong('tiers', mistakes.tiers)
        const resolver = resolverOf(typed.get('resolver'))
        if (!resolver) wrong('resolver', mistakes.choose)
        const serviceLevel = one(serviceLevels, typed.get('serviceLevel'))
        if (!serviceLevel) wrong('serviceLevel', mistakes.choose)
        return {
          tiers: chosen.length > 0 ? chosen : before.tiers,
          resolver: resolver ?? before.resolver,
          serviceLevel: serviceLevel ?? before.serviceLevel,
          form: typed.get('form') || null,
        }
      }
      case 'thoi-han':
        return readTime(typed, before, wrong)
      case 'phi':
        return { fees: readFees(typed, wrong) }
      case 'giay-to':
        return { components: readComponents(typed, wrong) }
      case 'ket-qua':
        return { results: readResults(typed) }
      case 'giai-thich': {
        const [what, who] = [textOf(typed, 'what'), textOf(typed, 'who')]
        if (what && !who) wrong('who', mistakes.both)
        if (who && !what) wrong('what', mistakes.both)
        return {
          description: what && who ? { what, who } : what || who ? before.description : undefined,
          keywords: linesOf(typed.get('keywords')),
        }
      }
      case 'phap-ly':
        return { legalBasis: linesOf(typed.get('legalBasis')), sourceNote: typed.get('sourceNote').trim() || undefined }
    }
  })()
  return { errors, body: { ...before, ...changed } }
}

/** What the page of a part starts with, as its inputs would post it. */
export function startOf(section: Section, body: VersionBody): URLSearchParams {
  const form = new URLSearchParams()
  const set = (name: string, value: string | number | boolean | undefined): void => {
    if (value !== undefined && value !== false && value !== '') form.append(name, value === true ? '1' : String(value))
  }
  const text = (name: string, value: Text | undefined): void => {
    set(name, value?.vi)
    set(`${name}En`, ownEnglish(value))
  }
  switch (section) {
    case 'ten':
      text('name', body.name)
      set('field', body.field)
      for (const event of body.lifeEvents) set('lifeEvents', event)
      break
    case 'noi-giai-quyet':
      for (const tier of body.tiers) set('tiers', tier)
      set('resolver', resolverKey(body.resolver))
      set('serviceLevel', body.serviceLevel)
      set('form', body.form ?? '')
      break
    case 'thoi-han':
      set('timeLimit', decimalText(body.timeLimit.amount))
      set('timeUnit', body.timeLimit.unit)
      for (const [n, { allowance }] of body.steps.entries()) set(`steps.${n}`, decimalText(allowance))
      break
    case 'phi':
      for (const [n, fee] of body.fees.entries()) {
        text(`rows.${n}.name`, fee.name)
        set(`rows.${n}.amount`, grouped(fee.amount))
        set(`rows.${n}.kind`, fee.kind)
        set(`rows.${n}.when`, fee.when)
        text(`rows.${n}.exemptions`, fee.exemptions)
      }
      break
    case 'giay-to':
      for (const [n, paper] of body.components.entries()) {
        set(`rows.${n}.code`, paper.code)
        text(`rows.${n}.name`, paper.name)
        set(`rows.${n}.original`, paper.original)
        set(`rows.${n}.copy`, paper.copy)
        set(`rows.${n}.required`, paper.required)
        text(`rows.${n}.note`, paper.note)
        set(`rows.${n}.fromForm`, paper.fromForm)
        set(`rows.${n}.held`, paper.held)
      }
      break
    case 'ket-qua':
      for (const [n, result] of body.results.entries()) {
        text(`rows.${n}.name`, result.name)
        set(`rows.${n}.electronic`, result.electronic)
        set(`rows.${n}.document`, result.document)
      }
      break
    case 'giai-thich':
      text('what', body.description?.what)
      text('who', body.description?.who)
      set('keywords', body.keywords.join('\n'))
      break
    case 'phap-ly':
      set('legalBasis', body.legalBasis.join('\n'))
      set('sourceNote', body.sourceNote)
  }
  return form
}

const lists: Partial<Record<Section, 'fees' | 'components' | 'results'>> = { phi: 'fees', 'giay-to': 'components', 'ket-qua': 'results' }

/** A list after the button in one of its rows: moved up, moved down, gone. */
export function withRow(section: Section, body: VersionBody, does: string): VersionBody {
  const part = lists[section]
  const [kind = '', at = ''] = does.split(':')
  if (!part || !/^row-(?:up|down|remove)$/.test(kind)) return body
  const [rows, n]: [readonly unknown[], number] = [body[part], Number(at)]
  if (kind === 'row-remove') return { ...body, [part]: rows.filter((_, place) => place !== n) }
  const to = kind === 'row-up' ? n - 1 : n + 1
  if (to < 0 || to >= rows.length || n >= rows.length) return body
  return { ...body, [part]: rows.with(n, rows[to]).with(to, rows[n]) }
}
