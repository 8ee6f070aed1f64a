import type { Child } from 'hono/jsx'
import { type Locale, t } from '../../kernel/i18n/index.ts'
import { formatLevel, formatNumber, formatPercent, formatPoints } from '../format.ts'
import { classes } from '../say.ts'
import { texts } from '../texts.ts'

interface StatCardProps {
  readonly label: string
  /** 0 to 1; `null` when there was nothing to divide by. */
  readonly ratio: number | null
  /** The figures behind the rate. */
  readonly numerator?: number
  readonly denominator?: number
  /** 0 to 1; drawn as a line on the bar. */
  readonly target?: number
  /** Change of the ratio since last week; `null` when last week had none. */
  readonly change?: number | null
  /** Where the dossiers behind the figure are. */
  readonly href?: string
  /** So that the live board can put a new card in its place. */
  readonly id?: string
  /** A `DefinitionPopover`, or another note under the figure. */
  readonly note?: Child
  /** What the change is compared with. */
  readonly since?: string
  /** A smaller ratio is better (overdue, refused). */
  readonly lowerIsBetter?: boolean
  readonly locale?: Locale
}

/** One large rate with its target line and the change since last week: read at arm's length in two seconds. */
export const StatCard = (props: StatCardProps) => {
  const { label, ratio, target, change, href, locale = 'vi' } = props
  const value = formatPercent(ratio, locale)
  const reached = ratio !== null && target !== undefined ? (props.lowerIsBetter ? ratio <= target : ratio >= target) : undefined
  return (
    // Not a section, which would be a landmark: each tier of a campaign has a card of this name.
    <article
      class={classes('cs-stat', reached === false && 'cs-stat--below', reached && 'cs-stat--reached')}
      id={props.id}
      aria-label={label}
    >
      <h3 class="cs-stat__label">{label}</h3>
      <p class="cs-stat__value">{href ? <a href={href}>{value}</a> : value}</p>
      <RateBar ratio={ratio} target={target} />
      <p class="cs-stat__line">
        {ratio === null && t(locale, texts.noData)}
        {ratio !== null && props.denominator !== undefined && (
          <span class="cs-tabular">
            {formatNumber(props.numerator ?? 0, locale)} / {formatNumber(props.denominator, locale)}
          </span>
        )}
        {target !== undefined && (
          <span class="cs-stat__target">
            {t(locale, texts.target, { target: formatLevel(target, locale) })}
            {reached !== undefined && (
              <strong class="cs-stat__verdict">
                {reached ? '✓ ' : '✗ '}
                {t(locale, reached ? texts.reachesTarget : texts.missesTarget)}
              </strong>
            )}
          </span>
        )}
      </p>
      {change !== undefined && change !== null && (
        <p class={classes('cs-stat__change', changeTone(change, props.lowerIsBetter))}>
          {changeWords(change, locale)} {props.since ?? t(locale, texts.sinceLastWeek)}
        </p>
      )}
      {props.note}
    </article>
  )
}

/** `▲ tăng 1,2 điểm`, `▼ giảm 0,4 điểm`, `= không đổi`. */
export function changeWords(change: number, locale: Locale): string {
  if (Math.abs(change) < 0.0005) return `= ${t(locale, texts.unchanged)}`
  const size = formatPoints(Math.abs(change), locale).replace('+', '')
  return change > 0 ? `▲ ${t(locale, texts.up)} ${size}` : `▼ ${t(locale, texts.down)} ${size}`
}

function changeTone(change: number, lowerIsBetter = false): string | null {
  if (Math.abs(change) < 0.0005) return null
  return change > 0 === !lowerIsBetter ? 'cs-stat__change--good' : 'cs-stat__change--bad'
}

/** A rate as a bar, with a line at the target. Decoration: the figure stands beside it. */
export const RateBar = ({ ratio, target }: { ratio: number | null; target?: number | undefined }) => (
  <svg class="cs-rate" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
    <rect class="cs-rate__track" y="2" width="100" height="4" />
    {ratio !== null && <rect class="cs-rate__fill" y="2" width={Math.round(Math.min(1, Math.max(0, ratio)) * 1000) / 10} height="4" />}
    {target !== undefined && <rect class="cs-rate__target" x={Math.min(99.4, Math.max(0, target * 100 - 0.3))} width="0.6" height="8" />}
  </svg>
)
