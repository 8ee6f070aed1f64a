import type { Context } from '../../kernel/context.ts'
import { parse } from '../../kernel/http/form.ts'
import { ok, type Result } from '../../kernel/result.ts'
import { actOnPetition } from './commands/act-on-petition.ts'
import { draftAnswer, publishAnswer, signAnswer } from './commands/answer-petition.ts'
import { assignPetition } from './commands/assign-petition.ts'
import { classifyPetition } from './commands/classify-petition.ts'
import { transferPetition } from './commands/transfer-petition.ts'
import { stepInputs } from './input.ts'
import type { PetitionSummary } from './view.ts'

export type StepName = keyof typeof stepInputs
export const stepNames = Object.keys(stepInputs) as StepName[]

type Run = (cx: Context) => Promise<Result<PetitionSummary>>

/** Turns what was sent for a step into the command that does it, or says what is missing. Doors and the API read the same input. */
export function prepareStep(name: StepName, petitionId: string, sent: unknown): Result<Run> {
  const parsed = parse(stepInputs[name], sent)
  if (!parsed.ok) return parsed
  const on = { petitionId, ...parsed.value } as never
  switch (name) {
    case 'classify':
      return ok((cx) => classifyPetition(cx, on))
    case 'assign':
      return ok((cx) => assignPetition(cx, on))
    case 'transfer':
      return ok((cx) => transferPetition(cx, on))
    case 'draft':
      return ok((cx) => draftAnswer(cx, on))
    case 'sign':
      return ok((cx) => signAnswer(cx, on))
    case 'publish':
      return ok((cx) => publishAnswer(cx, on))
    default:
      return ok((cx) => actOnPetition(cx, { ...(on as object), action: name } as never))
  }
}
