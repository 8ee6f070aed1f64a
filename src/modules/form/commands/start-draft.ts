import { allow } from '../../../kernel/access/index.ts'
import { dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { refusals } from '../errors.ts'
import type { Answers } from '../rules/answers.ts'
import type { FormDefinition } from '../rules/definition.ts'
import { carryOver, type Draft } from '../rules/draft.ts'
import { type KnownAnswers, prefill } from '../rules/prefill.ts'
import { findForm, findFormAt, insertDraft, lockDraft, updateDraft } from '../store.ts'

export interface StartDraft {
  readonly personId: string
  readonly procedureCode: string
  /** Code of the procedure's e-form. */
  readonly formCode: string
  /** From the person's profile. */
  readonly known?: KnownAnswers
  /** The person's answers to this form in an earlier dossier. */
  readonly earlier?: Answers
}

export interface OpenDraft {
  readonly draft: Draft
  readonly definition: FormDefinition
}

/** Starts the draft of a person for a procedure, filled with what is known; or opens the one there is, brought to the form in force. */
export async function startDraft(cx: Context, input: StartDraft): Promise<Result<OpenDraft>> {
  allow(cx, 'form.draft', { personId: input.personId })
  const definition = await findFormAt(cx.tx, input.formCode, dayOf(cx.now))
  if (!definition) return refuse(refusals.formNotFound)
  const there = await lockDraft(cx.tx, input.personId, input.procedureCode)
  if (there) return ok({ draft: await broughtUp(cx, there, definition), definition })
  const first = prefill(definition, {}, input.known ?? {}, input.earlier)
  const started = await insertDraft(cx.tx, {
    id: cx.id(),
    personId: input.personId,
    procedureCode: input.procedureCode,
    formCode: definition.code,
    formVersion: definition.version,
    version: 1,
    answers: first.answers,
    savedPages: {},
    prefilled: first.filled,
    createdAt: cx.now,
    updatedAt: cx.now,
  })
  const draft = started ?? (await lockDraft(cx.tx, input.personId, input.procedureCode))
  return draft ? ok({ draft, definition }) : refuse(refusals.draftNotFound)
}

/** A draft written on an older form keeps every answer whose question is still asked. */
async function broughtUp(cx: Context, draft: Draft, definition: FormDefinition): Promise<Draft> {
  if (draft.formCode === definition.code && draft.formVersion === definition.version) return draft
  const before = await findForm(cx.tx, draft.formCode, draft.formVersion)
  const answers = before ? carryOver(before, definition, draft.answers) : {}
  const next = { version: draft.version + 1, answers, savedPages: draft.savedPages, prefilled: draft.prefilled }
  return updateDraft(cx.tx, { id: draft.id, formCode: definition.code, formVersion: definition.version }, next, cx.now)
}
