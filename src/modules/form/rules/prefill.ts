import type { Answer, Answers } from './answers.ts'
import { isEmpty } from './answers.ts'
import { type FormDefinition, fieldsOf, type PrefillSourceName } from './definition.ts'

/** What is already known about the person, by source name. Filled by the door from identity and from earlier dossiers. */
export type KnownAnswers = Partial<Record<PrefillSourceName, Answer>>

/**
 * First answers from what is known. Never overwrites an answer; says which fields it filled so that the page can show
 * "lấy từ tài khoản của bạn" beside them. `earlier` are the person's answers to the same form before.
 */
export function prefill(
  definition: FormDefinition,
  answers: Answers,
  known: KnownAnswers,
  earlier: Answers = {},
): { answers: Answers; filled: string[] } {
  const filled: string[] = []
  const result: Record<string, Answer | undefined> = { ...answers }
  for (const field of fieldsOf(definition)) {
    if (!isEmpty(result[field.id])) continue
    // A declaration is made anew each time; a paper is chosen anew each time.
    const before = field.type === 'declaration' || field.type === 'file' || field.type === 'group' ? undefined : earlier[field.id]
    const value = (field.prefill ? known[field.prefill] : undefined) ?? (field.prefill || field.reuse ? before : undefined)
    if (value === undefined || isEmpty(value)) continue
    result[field.id] = value
    filled.push(field.id)
  }
  return { answers: result, filled }
}
