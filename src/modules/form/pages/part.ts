import type { FieldError } from '../../../kernel/errors.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import type { AddressBook } from '../rules/address-book.ts'
import type { Answer, Answers } from '../rules/answers.ts'
import type { FormDefinition, Page, SimpleField } from '../rules/definition.ts'
import { texts } from './texts.ts'

export interface FormFieldsProps {
  readonly definition: FormDefinition
  readonly page: Page
  /** Answers of the whole form: conditions look at other pages too. */
  readonly answers: Answers
  readonly errors?: readonly FieldError[] | undefined
  /** What was typed, by input name, when a page comes back with errors; wins over `answers`. */
  readonly raw?: Readonly<Record<string, string>> | undefined
  readonly book: AddressBook
  /** Fields whose answer came from the profile and was not looked at yet. */
  readonly prefilled?: readonly string[] | undefined
  readonly locale: Locale
}

/** What every question on a page is given. */
export interface Part extends Omit<FormFieldsProps, 'page' | 'definition' | 'errors' | 'answers'> {
  readonly errorOf: (path: string) => string | undefined
}

/** Name, label, hint and error of a question, as the components of the house take them. */
export function words(field: SimpleField, path: string, part: Part) {
  const { locale, errorOf, prefilled } = part
  const hint = [field.hint && t(locale, field.hint), prefilled?.includes(path) && t(locale, texts.fromProfile)].filter(Boolean).join(' ')
  return {
    name: path,
    label: t(locale, field.label),
    hint: hint || undefined,
    error: errorOf(path),
    optional: !field.required,
    locale,
    labelSize: 's' as const,
  }
}

/** What an input shows: as typed when the page came back, else the answer. */
export const typed = (part: Part, path: string, value: Answer | undefined): string =>
  part.raw?.[path] ?? (value === undefined || value === null || typeof value === 'object' ? '' : String(value))
