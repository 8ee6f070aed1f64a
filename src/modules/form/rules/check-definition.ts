import { askedBy } from './condition.ts'
import { type Condition, type Field, type FormDefinition, fieldsOf, type SimpleField } from './definition.ts'
import { isQuickPattern } from './pattern.ts'

/** A mistake in a form definition, with the place it is at. */
export interface DefinitionFault {
  readonly place: string
  readonly fault: string
}

type Comparable = Extract<Condition, { field: string }>

const comparisons = (condition: Condition | undefined): Comparable[] => {
  if (condition === undefined) return []
  if ('all' in condition) return condition.all.flatMap(comparisons)
  if ('any' in condition) return condition.any.flatMap(comparisons)
  if ('not' in condition) return comparisons(condition.not)
  return [condition]
}

/** Why a comparison can never hold for the field it asks about; `undefined` when it can. */
function deadBecause(comparison: Comparable, field: Field): string | undefined {
  const wanted =
    'equals' in comparison
      ? [comparison.equals]
      : 'in' in comparison
        ? comparison.in
        : 'includes' in comparison
          ? [comparison.includes]
          : []
  if ('includes' in comparison && field.type !== 'choices') return `asks what ${field.id} includes, but it holds one answer`
  if ('equals' in comparison && field.type === 'choices') return `${field.id} holds many answers: use includes`
  if ('atLeast' in comparison && field.type !== 'number' && field.type !== 'money') return `${field.id} is not a number`
  for (const value of wanted) {
    if ((field.type === 'yesNo' || field.type === 'declaration') && typeof value !== 'boolean')
      return `${field.id} is true or false, never "${value}"`
    if ((field.type === 'choice' || field.type === 'choices') && !field.options.some((option) => option.value === value))
      return `${field.id} has no option "${value}"`
  }
  return undefined
}

function checkCondition(place: string, condition: Condition | undefined, before: ReadonlyMap<string, Field>): DefinitionFault[] {
  return comparisons(condition).flatMap((comparison) => {
    const field = before.get(comparison.field)
    if (!field) return [{ place, fault: `asks about ${comparison.field}, which no earlier question answers` }]
    const dead = deadBecause(comparison, field)
    return dead ? [{ place, fault: dead }] : []
  })
}

function checkField(place: string, field: Field | SimpleField, all: ReadonlyMap<string, Field>): DefinitionFault[] {
  const faults: DefinitionFault[] = []
  if (
    (field.type === 'choice' || field.type === 'choices') &&
    new Set(field.options.map(({ value }) => value)).size !== field.options.length
  )
    faults.push({ place, fault: 'has the same option twice' })
  if ((field.type === 'number' || field.type === 'money') && field.min !== undefined && field.max !== undefined && field.min > field.max)
    faults.push({ place, fault: 'min is above max' })
  if (field.type === 'text' && field.pattern) {
    try {
      new RegExp(`^(?:${field.pattern})$`, 'u')
    } catch {
      faults.push({ place, fault: 'pattern is not a regular expression' })
    }
    if (!isQuickPattern(field.pattern))
      faults.push({ place, fault: 'pattern could be tried for too long: nothing repeated inside a repetition' })
    if (!field.patternMessage) faults.push({ place, fault: 'a pattern needs a sentence that says what to do' })
  }
  if (field.type === 'personalNumber' && field.birthDate && all.get(field.birthDate)?.type !== 'date')
    faults.push({ place, fault: `birthDate names ${field.birthDate}, which is not a date` })
  if (field.label.vi.length > 160) faults.push({ place, fault: 'the label is longer than a question should be' })
  return faults
}

/** Everything wrong with a definition: empty for a form that may be published. */
export function checkDefinition(definition: FormDefinition): DefinitionFault[] {
  const faults: DefinitionFault[] = []
  const all = new Map(fieldsOf(definition).map((field) => [field.id, field]))
  const seenPages = new Set<string>()
  const before = new Map<string, Field>()
  for (const page of definition.pages) {
    if (seenPages.has(page.id)) faults.push({ place: page.id, fault: 'page id used twice' })
    seenPages.add(page.id)
    faults.push(...checkCondition(page.id, page.condition, before))
    for (const field of page.fields) {
      const place = `${page.id}/${field.id}`
      if (before.has(field.id)) faults.push({ place, fault: 'field id used twice' })
      faults.push(...checkCondition(place, field.condition, before), ...checkField(place, field, all))
      if (field.type === 'group') {
        const inside = new Map<string, Field>(before)
        const ids = new Set<string>()
        if (field.min > field.max) faults.push({ place, fault: 'min is above max' })
        for (const part of field.fields) {
          if (ids.has(part.id)) faults.push({ place: `${place}/${part.id}`, fault: 'field id used twice in one item' })
          ids.add(part.id)
          if (part.type === 'file') faults.push({ place: `${place}/${part.id}`, fault: 'a repeated item cannot hold an upload' })
          faults.push(...checkCondition(`${place}/${part.id}`, part.condition, inside), ...checkField(`${place}/${part.id}`, part, all))
          inside.set(part.id, part)
        }
      }
      before.set(field.id, field)
    }
  }
  faults.push(...checkRoles(definition, all))
  return faults
}

function checkRoles(definition: FormDefinition, all: ReadonlyMap<string, Field>): DefinitionFault[] {
  const faults: DefinitionFault[] = []
  const { name, personalNumber, phone, email } = definition.applicant
  const wanted: [string | undefined, Field['type'][], string][] = [
    [name, ['text'], 'applicant.name'],
    [personalNumber, ['personalNumber'], 'applicant.personalNumber'],
    [phone, ['phone'], 'applicant.phone'],
    [email, ['email'], 'applicant.email'],
    [definition.placeField, ['address'], 'placeField'],
  ]
  for (const [id, types, place] of wanted) {
    if (id === undefined) continue
    const field = all.get(id)
    if (!field || !types.includes(field.type)) faults.push({ place, fault: `names ${id}, which is not a ${types.join(' or ')} field` })
  }
  if (!fieldsOf(definition).some((field) => field.type === 'declaration' && field.required))
    faults.push({ place: 'pages', fault: 'has no declaration' })
  return faults
}

/** Fields asked about by conditions: what a walk has to vary. */
export const decidingFields = (definition: FormDefinition): string[] => [
  ...new Set(
    definition.pages.flatMap((page) => [
      ...askedBy(page.condition),
      ...page.fields.flatMap((field) => [
        ...askedBy(field.condition),
        ...(field.type === 'group' ? field.fields.flatMap((part) => askedBy(part.condition)) : []),
      ]),
    ]),
  ),
]
