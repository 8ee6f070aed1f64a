import type { FieldError } from '../../kernel/errors.ts'
import { type Locale, t } from '../../kernel/i18n/index.ts'
import { say, type Words } from '../say.ts'
import { texts } from '../texts.ts'

interface ErrorSummaryProps {
  readonly errors: readonly FieldError[]
  /** What happened as a whole, when it is more than the fields. */
  readonly message?: Words | undefined
  readonly locale?: Locale
}

/** All that needs mending, above the form, each a link to its field. Shows nothing when all is well. */
export const ErrorSummary = ({ errors, message, locale = 'vi' }: ErrorSummaryProps) =>
  errors.length === 0 && !message ? null : (
    <div class="govuk-error-summary" data-focus tabindex={-1}>
      <div role="alert">
        <h2 class="govuk-error-summary__title">{message ? say(locale, message) : t(locale, texts.errorTitle)}</h2>
        {errors.length > 0 && (
          <div class="govuk-error-summary__body">
            <ul class="govuk-list govuk-error-summary__list">
              {errors.map((error) => (
                <li>
                  <a href={`#${error.path}`}>{t(locale, error.message)}</a>
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </div>
  )

/** Finds the sentence for a field: `const errorOf = errorsBy(locale, refusal?.fields)` … `error={errorOf('phone')}`. */
export function errorsBy(locale: Locale, errors: readonly FieldError[] = []): (path: string) => string | undefined {
  const byPath = new Map(errors.map((error) => [error.path, t(locale, error.message)]))
  return (path) => byPath.get(path)
}
