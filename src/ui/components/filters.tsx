import { type Locale, t } from '../../kernel/i18n/index.ts'
import { formatNumber } from '../format.ts'
import { classes } from '../say.ts'
import { texts } from '../texts.ts'

export interface Chip {
  readonly text: string
  /** Address with this filter switched: on when it is off, off when it is on. */
  readonly href: string
  readonly on?: boolean
  readonly count?: number
}

interface FilterChipsProps {
  readonly chips: readonly Chip[]
  readonly label?: string
  /** Address without any filter; shown when a chip is on. */
  readonly clearHref?: string
  readonly locale?: Locale
}

/** Filters that live in the address: each chip is a link. */
export const FilterChips = ({ chips, label, clearHref, locale = 'vi' }: FilterChipsProps) => (
  <nav class="cs-chips" aria-label={label ?? t(locale, texts.filters)}>
    {label && (
      <span class="cs-chips__label" aria-hidden="true">
        {label}
      </span>
    )}
    <ul class="cs-chips__list">
      {chips.map((chip) => (
        <li>
          <a class={classes('cs-chip', chip.on && 'cs-chip--on')} href={chip.href} aria-current={chip.on ? 'true' : undefined}>
            {chip.on && <span aria-hidden="true">✓ </span>}
            {chip.text}
            {chip.count !== undefined && <span class="cs-chip__count"> {formatNumber(chip.count, locale)}</span>}
          </a>
        </li>
      ))}
      {clearHref && chips.some((chip) => chip.on) && (
        <li>
          <a class="cs-chips__clear govuk-link" href={clearHref}>
            {t(locale, texts.clearFilters)}
          </a>
        </li>
      )}
    </ul>
  </nav>
)
