import type { Day } from '../../../kernel/clock.ts'
import { withFields } from '../../../kernel/errors.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { refusals } from '../errors.ts'
import type { AddressAnswer, Answers, FileAnswer } from './answers.ts'
import type { FormDefinition } from './definition.ts'
import { check } from './schema.ts'
import { applicantOf, filesOf, placeOf } from './summary.ts'

/** A whole form, as a dossier keeps it. */
export interface Submission {
  readonly formCode: string
  readonly formVersion: number
  /** Only what counts: hidden questions and blanks are gone. */
  readonly answers: Answers
  readonly applicant: {
    readonly name: string
    readonly personalNumber?: string | undefined
    readonly phone?: string | undefined
    readonly email?: string | undefined
  }
  /** Whose people's committee resolves, when the procedure's resolver follows a place. */
  readonly place: AddressAnswer | undefined
  readonly papers: readonly { readonly fieldId: string; readonly component: string | undefined; readonly files: readonly FileAnswer[] }[]
}

/** Checks a whole form with the schema that every save used, and takes it apart. Refuses with each answer still to mend. */
export function submissionOf(definition: FormDefinition, answers: Answers, today: Day): Result<Submission> {
  const checked = check(definition, answers, { mode: 'submit', today })
  if (checked.errors.length > 0) return refuse(withFields(refusals.incomplete, checked.errors))
  return ok({
    formCode: definition.code,
    formVersion: definition.version,
    answers: checked.answers,
    applicant: applicantOf(definition, checked.answers),
    place: placeOf(definition, checked.answers),
    papers: filesOf(definition, checked.answers),
  })
}
