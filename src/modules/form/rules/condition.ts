import type { Answer, Answers } from './answers.ts'
import { isEmpty } from './answers.ts'
import type { Condition, Field, FormDefinition, Page, SimpleField } from './definition.ts'

type Look = (field: string) => Answer | undefined

function holdsFor(condition: Condition, look: Look): boolean {
  if ('all' in condition) return condition.all.every((part) => holdsFor(part, look))
  if ('any' in condition) return condition.any.some((part) => holdsFor(part, look))
  if ('not' in condition) return !holdsFor(condition.not, look)
  const answer = look(condition.field)
  if ('equals' in condition) return answer === condition.equals
  if ('in' in condition) return (condition.in as readonly unknown[]).includes(answer)
  if ('includes' in condition) return Array.isArray(answer) && (answer as readonly unknown[]).includes(condition.includes)
  if ('atLeast' in condition) return typeof answer === 'number' && answer >= condition.atLeast
  return !isEmpty(answer)
}

/** Whether a condition holds; an absent condition always does. */
export const holds = (condition: Condition | undefined, answers: Answers, item?: Readonly<Record<string, Answer | undefined>>): boolean =>
  condition === undefined || holdsFor(condition, (field) => (item && field in item ? item[field] : answers[field]))

/** Every field a condition asks about. */
export function askedBy(condition: Condition | undefined): string[] {
  if (condition === undefined) return []
  if ('all' in condition) return condition.all.flatMap(askedBy)
  if ('any' in condition) return condition.any.flatMap(askedBy)
  if ('not' in condition) return askedBy(condition.not)
  return [condition.field]
}

/** The answers that count: those of pages and fields that are shown. An answer under a condition that no longer holds is not one. */
export function visibleAnswers(definition: FormDefinition, answers: Answers): Answers {
  const kept: Record<string, Answer | undefined> = {}
  // A condition may only look back (checked by `checkDefinition`), so one pass in order settles every chain of conditions.
  for (const page of definition.pages) {
    if (!holds(page.condition, kept)) continue
    for (const field of page.fields) if (holds(field.condition, kept) && answers[field.id] !== undefined) kept[field.id] = answers[field.id]
  }
  return kept
}

/** Pages a person with these answers goes through, in order. */
export function visiblePages(definition: FormDefinition, answers: Answers): Page[] {
  const counted = visibleAnswers(definition, answers)
  return definition.pages.filter((page) => holds(page.condition, counted) && page.fields.some((field) => holds(field.condition, counted)))
}

/** Fields of a page that are shown with these answers. */
export function visibleFields(definition: FormDefinition, page: Page, answers: Answers): Field[] {
  const counted = visibleAnswers(definition, answers)
  return page.fields.filter((field) => holds(field.condition, counted))
}

/** Fields of one item of a repeated group that are shown. */
export const visibleItemFields = (
  fields: readonly SimpleField[],
  answers: Answers,
  item: Readonly<Record<string, Answer | undefined>>,
): SimpleField[] => fields.filter((field) => holds(field.condition, answers, item))
