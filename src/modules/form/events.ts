import type { NewEvent } from '../../kernel/events.ts'
import type { FormDefinition } from './rules/definition.ts'

/**
 * `form.published`: data is the whole definition. `form.edit-…`: who changed what in a form that is being written. Drafts of citizens
 * leave no event: they are nobody's business but the writer's, hold personal data and must be forgettable, which an append-only log is not.
 */
export const formEvents = ['form.published', 'form.edit-started', 'form.edit-changed', 'form.edit-discarded'] as const

export const formPublished = (id: string, definition: FormDefinition): NewEvent => ({
  type: 'form.published',
  subject: id,
  data: { definition },
})

export const editStarted = (id: string, code: string, basedOn: number | null): NewEvent => ({
  type: 'form.edit-started',
  subject: id,
  data: { code, basedOn },
})

/** `change` is the change itself, or `undo`. */
export const editChanged = (id: string, code: string, version: number, change: object): NewEvent => ({
  type: 'form.edit-changed',
  subject: id,
  data: { code, version, change },
})

export const editDiscarded = (id: string, code: string, definition: FormDefinition): NewEvent => ({
  type: 'form.edit-discarded',
  subject: id,
  data: { code, definition },
})
