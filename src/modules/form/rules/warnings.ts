import type { FieldError } from '../../../kernel/errors.ts'
import type { Answers } from './answers.ts'
import { visibleAnswers, visibleFields, visiblePages } from './condition.ts'
import type { FormDefinition, Page } from './definition.ts'
import { say } from './messages.ts'

/**
 * The year of birth that a personal number states: digit 4 is century and sex (0/1 → 19xx, 2/3 → 20xx, 4/5 → 21xx …),
 * digits 5–6 the year. Decree 137/2015 art. 13. There is no check digit.
 */
export function birthYearOf(personalNumber: string): number | undefined {
  if (!/^\d{12}$/.test(personalNumber)) return undefined
  return 1900 + Math.floor(Number(personalNumber[3]) / 2) * 100 + Number(personalNumber.slice(4, 6))
}

/** Doubts to show beside a field, of the whole form or of one page; they never stop anyone: a number can disagree with a corrected date. */
export function warningsOf(definition: FormDefinition, answers: Answers, page?: Page): FieldError[] {
  const counted = visibleAnswers(definition, answers)
  return visiblePages(definition, answers)
    .filter(({ id }) => page === undefined || id === page.id)
    .flatMap((one) => visibleFields(definition, one, answers))
    .flatMap((field) => {
      if (field.type !== 'personalNumber' || !field.birthDate) return []
      const year = birthYearOf(String(counted[field.id] ?? ''))
      const born = counted[field.birthDate]
      if (year === undefined || typeof born !== 'string' || born.startsWith(String(year))) return []
      return [{ path: field.id, message: say('personalNumberDoubt', field) }]
    })
}
