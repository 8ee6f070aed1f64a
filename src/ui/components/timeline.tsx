import type { Child } from 'hono/jsx'
import { type Locale, t } from '../../kernel/i18n/index.ts'
import { texts } from '../texts.ts'

export interface TimelineEntry {
  readonly title: Child
  /** When, in words; leave out for a step still to come. */
  readonly when?: Child
  /** Who did it or holds it. */
  readonly who?: Child
  readonly detail?: Child
  readonly state?: 'done' | 'current' | 'todo' | 'problem'
}

/** What happened and what comes next, in order, downwards. */
export const Timeline = ({ entries, locale = 'vi' }: { entries: readonly TimelineEntry[]; locale?: Locale }) => (
  <ol class="cs-timeline">
    {entries.map((entry) => (
      <li
        class={`cs-timeline__item cs-timeline__item--${entry.state ?? 'done'}`}
        aria-current={entry.state === 'current' ? 'step' : undefined}
      >
        <span class="cs-timeline__dot" aria-hidden="true">
          {signs[entry.state ?? 'done']}
        </span>
        <div class="cs-timeline__body">
          <p class="cs-timeline__title">
            {entry.title}
            {entry.state === 'todo' && <span class="govuk-visually-hidden"> ({t(locale, texts.todoStep)})</span>}
          </p>
          {(entry.when || entry.who) && (
            <p class="cs-timeline__meta">
              {entry.when}
              {entry.when && entry.who && ' · '}
              {entry.who}
            </p>
          )}
          {entry.detail && <div class="cs-timeline__detail">{entry.detail}</div>}
        </div>
      </li>
    ))}
  </ol>
)

const signs = { done: '✓', current: '●', todo: '', problem: '!' } as const
