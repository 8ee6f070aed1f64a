import type { Day } from '../../../../kernel/clock.ts'
import type { FieldError } from '../../../../kernel/errors.ts'
import type { Answer, Answers, FileAnswer } from '../answers.ts'
import { visibleFields } from '../condition.ts'
import type { FormDefinition, Page } from '../definition.ts'
import { decideSave } from '../draft.ts'
import { parsePageInput, readAction } from '../input.ts'

/** Answers of a trial as they travel in its pages; whatever is not an object is an empty trial. */
export function readTrial(text: string): Answers {
  try {
    const read: unknown = JSON.parse(text)
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Answers) : {}
  } catch {
    return {}
  }
}

const types: Readonly<Record<string, string>> = { pdf: 'application/pdf', jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png' }

/** A chosen file of which only the name came: enough to see whether its kind is taken. */
const named = (name: string, n: number): FileAnswer => ({
  sha256: String(n % 10).repeat(64),
  name: name.slice(0, 255),
  size: 1,
  type: types[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream',
})

export interface TrialStep {
  readonly answers: Answers
  readonly errors: readonly FieldError[]
  readonly raw: Readonly<Record<string, string>>
  /** The step is shown again: an item was added, or an answer brought a question onto it that nobody has seen. */
  readonly stays: boolean
}

/** One step of a trial, judged by the very rules that save a citizen's draft. Stores nothing. */
export function stepTrial(definition: FormDefinition, step: Page, before: Answers, posted: URLSearchParams, today: Day): TrialStep {
  const { answers, raw } = parsePageInput(definition, step, posted, before)
  const files = Object.fromEntries(
    step.fields
      .filter(({ type }) => type === 'file')
      .map(({ id }) => {
        const there = ((before[id] ?? []) as readonly FileAnswer[]).length
        return [
          id,
          posted
            .getAll(id)
            .filter(Boolean)
            .map((name, n) => named(name, there + n)),
        ]
      }),
  )
  const action = readAction(posted)
  const draft = { version: 1, answers: before, savedPages: {}, prefilled: [] }
  const decided = decideSave(definition, draft, { pageId: step.id, seenVersion: 1, answers, files, action }, today)
  if (!decided.ok) return { answers: before, errors: decided.error.fields ?? [], raw, stays: true }
  const { answers: next, errors } = decided.value
  const shown = new Set(visibleFields(definition, step, before).map(({ id }) => id))
  const fresh = visibleFields(definition, step, next).some(({ id }) => !shown.has(id) && !isGiven(next[id]))
  return { answers: next, errors: fresh ? [] : errors, raw, stays: fresh || action.kind !== 'continue' }
}

const isGiven = (value: Answer | undefined): boolean => value !== undefined
