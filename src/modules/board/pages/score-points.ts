import type { Locale } from '../../../kernel/i18n/index.ts'
import * as exact from '../../../kernel/rational.ts'
import { formatWritten } from '../../../ui/index.ts'

/** Points in the language's own way, two decimals. */
export const pointsText = (value: exact.Rational | null, locale: Locale, places = 2): string =>
  value === null ? '–' : formatWritten(exact.written(value, places), locale)

/** What somebody wrote down, such as the most points there are, with the decimals it has: `20`, `2,5`. */
export const maxText = (value: exact.Rational, locale: Locale): string =>
  formatWritten(exact.written(value, 2).replace(/\.?0+$/, ''), locale)
