import type { NewEvent } from '../../kernel/events.ts'
import type { FormDefinition } from './rules/definition.ts'

/**
 * `form.published`: data is the whole definition. Drafts leave no event: they are nobody's business but the writer's, hold personal
 * data and must be forgettable, which an append-only log is not.
 */
export const formEvents = ['form.published'] as const

export const formPublished = (id: string, definition: FormDefinition): NewEvent => ({
  type: 'form.published',
  subject: id,
  data: { definition },
})
