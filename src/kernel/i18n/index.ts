/** A sentence in every language the platform speaks. Vietnamese is the source; English stands beside it. */
export interface Text {
  readonly vi: string
  readonly en: string
}

export type Locale = 'vi' | 'en'

export const locales: readonly Locale[] = ['vi', 'en']

/** The sentence in the reader's language, with `{name}` places filled from `values`. */
export function t(locale: Locale, text: Text, values: Readonly<Record<string, string | number>> = {}): string {
  return text[locale].replace(/\{(\w+)\}/g, (whole, key: string) => (Object.hasOwn(values, key) ? String(values[key]) : whole))
}

/** Both languages filled at once, for refusals and explanations that are stored. */
export function fill(text: Text, values: Readonly<Record<string, string | number>>): Text {
  return { vi: t('vi', text, values), en: t('en', text, values) }
}

/** Reads a language out of a cookie or query value; anything unknown is Vietnamese. */
export const localeOf = (value: string | undefined): Locale => (value === 'en' ? 'en' : 'vi')
