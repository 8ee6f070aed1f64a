import { type Locale, type Text, t } from '../kernel/i18n/index.ts'

/** Words for a person: already in their language, or in both. */
export type Words = string | Text

export const say = (locale: Locale, words: Words): string => (typeof words === 'string' ? words : t(locale, words))

/** Joins class names, leaving out what is absent. */
export const classes = (...names: (string | false | null | undefined)[]): string => names.filter(Boolean).join(' ')
