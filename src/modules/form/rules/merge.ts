import type { Answer, Answers } from './answers.ts'
import type { Page } from './definition.ts'

/** A field that another window answered differently since this window loaded the page. */
export interface Clash {
  readonly fieldId: string
  readonly here: Answer | undefined
  readonly there: Answer | undefined
}

export const sameAnswer = (a: Answer | undefined, b: Answer | undefined): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/**
 * Two windows on one draft. A page saved elsewhere after this window read it clashes only in the fields whose answers
 * really differ; other pages never clash. Both values are kept: this window's stay in its fields, the other's are shown.
 */
export const clashesOf = (page: Page, here: Answers, stored: Answers): Clash[] =>
  page.fields
    .filter((field) => !sameAnswer(here[field.id], stored[field.id]))
    .map((field) => ({ fieldId: field.id, here: here[field.id], there: stored[field.id] }))
