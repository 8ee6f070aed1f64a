import type { Day } from '../../../kernel/clock.ts'
import { type Answers, isEmpty } from './answers.ts'
import { visibleAnswers, visibleFields, visiblePages } from './condition.ts'
import type { FormDefinition, Page } from './definition.ts'
import { check } from './schema.ts'

export type PageState = 'not-started' | 'in-progress' | 'complete'

/**
 * Where a page stands. A page whose every question may stay empty is complete once it was saved (`saved`), since an empty
 * answer is then an answer.
 */
export function pageState(definition: FormDefinition, page: Page, answers: Answers, today: Day, saved = false): PageState {
  const counted = visibleAnswers(definition, answers)
  const touched = visibleFields(definition, page, answers).some((field) => !isEmpty(counted[field.id]))
  if (!touched && !saved) return 'not-started'
  return check(definition, answers, { mode: 'submit', today }, page).errors.length === 0 ? 'complete' : 'in-progress'
}

/** The page after this one for these answers; `undefined` after the last: time to check the answers. */
export function nextPage(definition: FormDefinition, answers: Answers, pageId: string): Page | undefined {
  const order = definition.pages.findIndex(({ id }) => id === pageId)
  return visiblePages(definition, answers).find((page) => definition.pages.indexOf(page) > order)
}

/** The page before this one for these answers; `undefined` before the first. */
export function previousPage(definition: FormDefinition, answers: Answers, pageId: string): Page | undefined {
  const order = definition.pages.findIndex(({ id }) => id === pageId)
  return visiblePages(definition, answers).findLast((page) => definition.pages.indexOf(page) < order)
}

export interface TaskListEntry {
  readonly page: Page
  readonly state: PageState
}

/** The steps of a form with their states, for the task list. */
export const taskList = (definition: FormDefinition, answers: Answers, today: Day, savedPages: readonly string[] = []): TaskListEntry[] =>
  visiblePages(definition, answers).map((page) => ({
    page,
    state: pageState(definition, page, answers, today, savedPages.includes(page.id)),
  }))
