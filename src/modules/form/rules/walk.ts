import type { Answer, Answers } from './answers.ts'
import { decidingFields } from './check-definition.ts'
import { visibleFields, visiblePages } from './condition.ts'
import { type Condition, type Field, type FormDefinition, fieldsOf } from './definition.ts'
import { nextPage, previousPage } from './pages.ts'

export interface Walk {
  /** Pages and fields (`page/field`) that no combination of answers shows. */
  readonly unvisited: readonly string[]
  /** Places where going back does not lead where going forward came from. */
  readonly broken: readonly string[]
  /** How many different paths were walked. */
  readonly paths: number
  /** Every combination was tried; otherwise what is not visited may only not have been tried. */
  readonly whole: boolean
}

const conditionsOf = (definition: FormDefinition): Condition[] =>
  definition.pages
    .flatMap((page) => [
      page.condition,
      ...page.fields.flatMap((field) => [field.condition, ...(field.type === 'group' ? field.fields.map((part) => part.condition) : [])]),
    ])
    .filter((condition) => condition !== undefined)

/** Answers that conditions speak of: a number at and below each threshold, a value that is asked for. */
function spokenOf(field: string, condition: Condition): (string | number | boolean)[] {
  if ('all' in condition) return condition.all.flatMap((part) => spokenOf(field, part))
  if ('any' in condition) return condition.any.flatMap((part) => spokenOf(field, part))
  if ('not' in condition) return spokenOf(field, condition.not)
  if (condition.field !== field) return []
  if ('atLeast' in condition) return [condition.atLeast - 1, condition.atLeast]
  if ('equals' in condition) return [condition.equals]
  return 'in' in condition ? [...condition.in] : []
}

/** Answers worth trying at a field that decides something. */
function trials(definition: FormDefinition, field: Field): (Answer | undefined)[] {
  switch (field.type) {
    case 'yesNo':
    case 'declaration':
      return [true, false]
    case 'choice':
      return field.options.map(({ value }) => value)
    case 'choices':
      return [...field.options.map(({ value }) => [value]), field.options.map(({ value }) => value)]
    default:
      return [...new Set([undefined, 'x', ...conditionsOf(definition).flatMap((condition) => spokenOf(field.id, condition))])]
  }
}

const ways = (fields: readonly [string, (Answer | undefined)[]][]): number =>
  fields.reduce((product, [, values]) => product * Math.max(1, values.length), 1)

/** Every combination of trial answers, at most `limit`; a form that needs more is too tangled to be a form. */
function* combinations(fields: readonly [string, (Answer | undefined)[]][], limit: number): Generator<Answers> {
  const total = Math.min(limit, ways(fields))
  for (let number = 0; number < total; number++) {
    let rest = number
    const answers: Record<string, Answer | undefined> = {}
    for (const [id, values] of fields) {
      answers[id] = values[rest % values.length]
      rest = Math.floor(rest / Math.max(1, values.length))
    }
    yield answers
  }
}

/** Walks every path of a form forward and back, and reports what no path visits. */
export function walk(definition: FormDefinition, limit = 50_000): Walk {
  const fields = new Map(fieldsOf(definition).map((field) => [field.id, field]))
  const deciding = decidingFields(definition).flatMap((id): [string, (Answer | undefined)[]][] => {
    const field = fields.get(id)
    return field ? [[id, trials(definition, field)]] : []
  })
  const unvisited = new Set(definition.pages.flatMap((page) => [page.id, ...page.fields.map((field) => `${page.id}/${field.id}`)]))
  const broken = new Set<string>()
  const paths = new Set<string>()
  for (const answers of combinations(deciding, limit)) {
    const pages = visiblePages(definition, answers)
    paths.add(pages.map(({ id }) => id).join('>'))
    pages.forEach((page, place) => {
      unvisited.delete(page.id)
      for (const field of visibleFields(definition, page, answers)) unvisited.delete(`${page.id}/${field.id}`)
      const next = nextPage(definition, answers, page.id)
      if (next?.id !== pages[place + 1]?.id) broken.add(`forward from ${page.id}`)
      if (next && previousPage(definition, answers, next.id)?.id !== page.id) broken.add(`back from ${next.id}`)
    })
  }
  return { unvisited: [...unvisited], broken: [...broken], paths: paths.size, whole: ways(deciding) <= limit }
}
