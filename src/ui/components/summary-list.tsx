import type { Child } from 'hono/jsx'
import { type Locale, t } from '../../kernel/i18n/index.ts'
import { classes } from '../say.ts'
import { texts } from '../texts.ts'

export interface SummaryRow {
  readonly key: Child
  /** Empty or missing is shown as "Chưa trả lời". */
  readonly value?: Child
  /** Where this answer is changed. */
  readonly changeHref?: string
  /** What "Sửa" changes, read to those who cannot see the row; the key when it is a string. */
  readonly changeWhat?: string
}

/** Questions and answers: check your answers, and the facts of a dossier. */
export const SummaryList = ({ rows, plain, locale = 'vi' }: { rows: readonly SummaryRow[]; plain?: boolean; locale?: Locale }) => {
  const changes = rows.some((row) => row.changeHref)
  return (
    <dl class={classes('govuk-summary-list', plain && 'govuk-summary-list--no-border')}>
      {rows.map((row) => (
        <div class={classes('govuk-summary-list__row', changes && !row.changeHref && 'govuk-summary-list__row--no-actions')}>
          <dt class="govuk-summary-list__key">{row.key}</dt>
          <dd class="govuk-summary-list__value">
            {row.value === undefined || row.value === null || row.value === '' ? (
              <span class="cs-muted">{t(locale, texts.notAnswered)}</span>
            ) : (
              row.value
            )}
          </dd>
          {row.changeHref && (
            <dd class="govuk-summary-list__actions">
              <a class="govuk-link" href={row.changeHref}>
                {t(locale, texts.change)}
                <span class="govuk-visually-hidden"> {row.changeWhat ?? (typeof row.key === 'string' ? row.key : '')}</span>
              </a>
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}
