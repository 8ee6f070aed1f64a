import type { PropsWithChildren } from 'hono/jsx'
import { type Locale, t } from '../../kernel/i18n/index.ts'
import { texts } from '../texts.ts'

/** More to read for whoever wants it. Opens without JavaScript. */
export const Details = ({ summary, open, children }: PropsWithChildren<{ summary: string; open?: boolean }>) => (
  <details class="govuk-details" open={open}>
    <summary class="govuk-details__summary">
      <span class="govuk-details__summary-text">{summary}</span>
    </summary>
    <div class="govuk-details__text">{children}</div>
  </details>
)

/** A passage set apart: the law's own words, an example. */
export const InsetText = ({ children }: PropsWithChildren) => <div class="govuk-inset-text">{children}</div>

/** Something with consequences. */
export const WarningText = ({ locale = 'vi', children }: PropsWithChildren<{ locale?: Locale }>) => (
  <div class="govuk-warning-text">
    <span class="govuk-warning-text__icon" aria-hidden="true">
      !
    </span>
    <strong class="govuk-warning-text__text">
      <span class="govuk-visually-hidden">{t(locale, texts.warning)}: </span>
      {children}
    </strong>
  </div>
)

/** An explanation of a word or a figure, opened where the word stands. */
export const DefinitionPopover = ({ term, locale = 'vi', children }: PropsWithChildren<{ term: string; locale?: Locale }>) => (
  <details class="cs-definition">
    <summary class="cs-definition__summary">
      <span aria-hidden="true">?</span>
      <span class="govuk-visually-hidden">{t(locale, texts.whatIsThis, { term })}</span>
    </summary>
    <div class="cs-definition__text">{children}</div>
  </details>
)

/** Nothing here yet, and what to do first. */
export const EmptyState = ({ title, action, children }: PropsWithChildren<{ title: string; action?: { href: string; text: string } }>) => (
  <div class="cs-empty">
    <p class="cs-empty__title">{title}</p>
    {children && <div class="cs-empty__text">{children}</div>}
    {action && (
      <a class="govuk-button" href={action.href} draggable={false}>
        {action.text}
      </a>
    )}
  </div>
)

/** How far a long piece of work is, with words: `320 trong 1.974`. */
export const Progress = ({ done, total, label }: { done: number; total: number; label: string }) => (
  <div class="cs-progress">
    <span class="cs-progress__label">{label}</span>
    <progress class="cs-progress__bar" value={done} max={total} aria-label={label} />
  </div>
)
