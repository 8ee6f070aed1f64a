import type { Child } from 'hono/jsx'
import { type Locale, t } from '../../kernel/i18n/index.ts'
import { texts } from '../texts.ts'
import { Island } from './island.tsx'

interface ThreePaneProps {
  /** Person, answers, papers. */
  readonly left: Child
  /** The step now and its decision. */
  readonly middle: Child
  /** Clock and history. */
  readonly right: Child
  readonly labels: readonly [string, string, string]
}

/** The dossier workspace. On a phone the step now comes first, then the papers, then the history. */
export const ThreePane = ({ left, middle, right, labels }: ThreePaneProps) => (
  <div class="cs-panes">
    <section class="cs-panes__middle" aria-label={labels[1]}>
      {middle}
    </section>
    <section class="cs-panes__left" aria-label={labels[0]}>
      {left}
    </section>
    <section class="cs-panes__right" aria-label={labels[2]}>
      {right}
    </section>
  </div>
)

interface KeyHint {
  readonly keys: string
  readonly does: string
}

/** Keys of this page, opened by `?`. Also brings the island that makes them work. */
export const KeyboardHints = ({ hints, locale = 'vi' }: { hints: readonly KeyHint[]; locale?: Locale }) => (
  <details class="cs-keys" data-key="?">
    <summary class="cs-keys__summary">
      {t(locale, texts.keyboard)} <kbd>?</kbd>
    </summary>
    <dl class="cs-keys__list">
      {hints.map((hint) => (
        <div>
          <dt>
            {hint.keys.split(' ').map((key, at) => (
              <>
                {at > 0 && ' '}
                <kbd>{key}</kbd>
              </>
            ))}
          </dt>
          <dd>{hint.does}</dd>
        </div>
      ))}
    </dl>
    <button class="cs-keys__switch" type="button" data-keys-switch hidden />
    <Island name="office-keys" />
  </details>
)
