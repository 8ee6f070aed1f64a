import type { Day } from '../../../../kernel/clock.ts'
import { type FieldError, withFields } from '../../../../kernel/errors.ts'
import { ok, type Result, refuse } from '../../../../kernel/result.ts'
import { refusals } from '../../errors.ts'
import { type FormDefinition, formDefinitionSchema } from '../definition.ts'
import { compareForms } from './compare.ts'
import { problemsOf } from './problems.ts'

/** Texts cut to what is said: what is empty is left out, so that the same form is the same text. */
export const plain = (definition: FormDefinition): FormDefinition => JSON.parse(JSON.stringify(definition)) as FormDefinition

/** The file of a form, as in data/forms: what export writes and import reads. The same form is the same file. */
export function formFile(definition: FormDefinition): string {
  const read = formDefinitionSchema.safeParse(definition)
  return `${JSON.stringify(read.success ? read.data : definition, null, 2)}\n`
}

/**
 * Decides on a new dated version: whole, from today or later, and different from what would be in force on that day. Drafts of citizens and
 * dossiers on older versions keep theirs.
 */
export function decideFormPublication(
  edited: FormDefinition,
  known: { readonly last: number; readonly inForce?: FormDefinition | undefined },
  validFrom: Day,
  today: Day,
): Result<FormDefinition> {
  const problems = problemsOf(edited)
  if (problems.length > 0) {
    const fields = problems.map(({ pageId, path, message }): FieldError => ({ path: path ?? pageId ?? 'form', message }))
    return refuse(withFields(refusals.notReady, fields))
  }
  if (validFrom < today)
    return refuse(withFields(refusals.startsInThePast, [{ path: 'validFrom', message: refusals.startsInThePast.next }]))
  if (known.inForce && compareForms(known.inForce, edited).length === 0) return refuse(refusals.nothingChanges)
  return ok({ ...plain(edited), version: known.last + 1, validFrom })
}
