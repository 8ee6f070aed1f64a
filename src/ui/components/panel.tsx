import type { PropsWithChildren } from 'hono/jsx'
import { type Locale, t } from '../../kernel/i18n/index.ts'
import { texts } from '../texts.ts'
import { Island } from './island.tsx'

interface PanelProps {
  readonly title: string
  /** Heading level: 1 unless the page has its own `<h1>`. */
  readonly level?: 1 | 2
  /** Big, selectable, with a copy button. */
  readonly reference?: string
  readonly referenceLabel?: string
  readonly locale?: Locale
}

/** The page after sending: it worked, and this is your reference. */
export const Panel = ({ title, level = 1, reference, referenceLabel, locale = 'vi', children }: PropsWithChildren<PanelProps>) => (
  <div class="govuk-panel govuk-panel--confirmation cs-panel">
    {level === 1 ? <h1 class="govuk-panel__title">{title}</h1> : <h2 class="govuk-panel__title">{title}</h2>}
    {reference && (
      <div class="govuk-panel__body">
        {referenceLabel ?? t(locale, texts.reference)}
        <br />
        <strong class="cs-panel__reference" id="reference">
          {reference}
        </strong>
        <CopyButton text={reference} locale={locale} />
      </div>
    )}
    {children && <div class="govuk-panel__body cs-panel__more">{children}</div>}
  </div>
)

/** Copies a reference. Appears only where the browser can do it. */
export const CopyButton = ({ text, locale = 'vi' }: { text: string; locale?: Locale }) => (
  <>
    <button class="cs-copy" type="button" data-copy={text} data-done={t(locale, texts.copied)} hidden>
      {t(locale, texts.copy)}
    </button>
    <Island name="copy" />
  </>
)
