import { type Locale, t } from '../../kernel/i18n/index.ts'
import { formatNumber, formatPercent } from '../format.ts'
import { texts } from '../texts.ts'
import { px, ticks } from './scale.ts'

export interface TrendPoint {
  /** Under the axis: `T1`, `12/10`. */
  readonly label: string
  /** `null` leaves a gap in the line. */
  readonly value: number | null
}

interface TrendLineProps {
  readonly id: string
  readonly title: string
  /** What a leader should see in it, in one sentence. */
  readonly summary: string
  readonly points: readonly TrendPoint[]
  readonly unit: 'percent' | 'count'
  readonly target?: number
  readonly locale?: Locale
}

const WIDTH = 680
const HEIGHT = 270
const LEFT = 74
const RIGHT = 90
const TOP = 18
const BOTTOM = 40

/** A line over time with its target, as SVG; the same figures as a table below it. */
export const TrendLine = (props: TrendLineProps) => {
  const { points, target, locale = 'vi' } = props
  const say = (value: number): string => (props.unit === 'percent' ? formatPercent(value, locale) : formatNumber(value, locale))
  const sayTarget = (value: number): string =>
    props.unit === 'percent' && Number.isInteger(value * 100) ? formatPercent(value, locale, 0) : say(value)
  const values = points.map((point) => point.value).filter((value): value is number => value !== null)
  const lines = props.unit === 'percent' ? [0, 0.25, 0.5, 0.75, 1] : ticks(Math.max(1, target ?? 0, ...values))
  const top = lines.at(-1) ?? 1
  const x = (at: number): number => px(LEFT + (points.length < 2 ? 0.5 : at / (points.length - 1)) * (WIDTH - LEFT - RIGHT))
  const y = (value: number): number => px(TOP + (1 - Math.min(1, value / top)) * (HEIGHT - TOP - BOTTOM))
  // So many labels as there is room for, half as many on a phone; the last one always.
  const end = points.length - 1
  const every = Math.max(1, Math.ceil(points.length / 9))
  const labelled = (at: number): boolean => at === end || (at % every === 0 && end - at >= every)
  const minor = (at: number): boolean => at !== end && ((at / every) % 2 === 1 || end - at < every * 2)
  const last = points.findLastIndex((point) => point.value !== null)
  const lastValue = points[last]?.value ?? null
  // The target and the last value are named at the right edge, never on top of each other.
  const lastY = lastValue === null ? null : y(lastValue)
  const targetY = target === undefined ? null : besides(y(target), lastY)
  return (
    <figure class="cs-chart">
      <figcaption class="cs-chart__title">{props.title}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-labelledby={`${props.id}-title ${props.id}-desc`}>
        <title id={`${props.id}-title`}>{props.title}</title>
        <desc id={`${props.id}-desc`}>{props.summary}</desc>
        {lines.map((line) => (
          <>
            <line class="cs-chart__grid" x1={LEFT} x2={WIDTH - RIGHT} y1={y(line)} y2={y(line)} />
            <text class="cs-chart__label" x={LEFT - 8} y={y(line) + 5} text-anchor="end">
              {props.unit === 'percent' ? formatPercent(line, locale, 0) : formatNumber(line, locale)}
            </text>
          </>
        ))}
        {target !== undefined && (
          <>
            <line class="cs-chart__target" x1={LEFT} x2={WIDTH - RIGHT} y1={y(target)} y2={y(target)} />
            <text class="cs-chart__label" x={WIDTH - RIGHT + 10} y={(targetY ?? 0) + 5}>
              {sayTarget(target)}
            </text>
          </>
        )}
        <path class="cs-chart__line" d={path(points, x, y)} />
        {points.map(
          (point, at) =>
            point.value !== null && (
              <circle
                class={at === last ? 'cs-chart__dot cs-chart__dot--last' : 'cs-chart__dot'}
                cx={x(at)}
                cy={y(point.value)}
                r={at === last ? 6 : 3}
              >
                <title>{`${point.label}: ${say(point.value)}`}</title>
              </circle>
            ),
        )}
        {lastValue !== null && lastY !== null && (
          <text class="cs-chart__label cs-chart__label--strong" x={px(x(last) + 12)} y={lastY + 5}>
            {say(lastValue)}
          </text>
        )}
        {points.map(
          (point, at) =>
            labelled(at) && (
              <text
                class={minor(at) ? 'cs-chart__label cs-chart__label--minor' : 'cs-chart__label'}
                x={x(at)}
                y={HEIGHT - 10}
                text-anchor="middle"
              >
                {point.label}
              </text>
            ),
        )}
      </svg>
      {target !== undefined && (
        <p class="cs-chart__legend">
          <svg width="30" height="10" viewBox="0 0 30 10" aria-hidden="true" focusable="false">
            <line class="cs-chart__target" x1="0" x2="30" y1="5" y2="5" />
          </svg>{' '}
          {t(locale, texts.target, { target: sayTarget(target) })}
        </p>
      )}
      <p class="cs-chart__summary">{props.summary}</p>
      <FiguresTable
        title={props.title}
        head={points.map((point) => point.label)}
        rows={[points.map((p) => (p.value === null ? '–' : say(p.value)))]}
        locale={locale}
      />
    </figure>
  )
}

/** Moves a label away from another that stands at nearly the same height. */
function besides(own: number, other: number | null): number {
  if (other === null || Math.abs(own - other) >= 24) return own
  return own >= other ? other + 24 : other - 24
}

/** A line broken where a value is missing; a lone point between gaps keeps its dot. */
function path(points: readonly TrendPoint[], x: (at: number) => number, y: (value: number) => number): string {
  let drawing = false
  let result = ''
  points.forEach((point, at) => {
    if (point.value === null) drawing = false
    else {
      result += `${drawing ? 'L' : 'M'}${x(at)} ${y(point.value)}`
      drawing = true
    }
  })
  return result
}

interface FiguresTableProps {
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly locale: Locale
}

/** The figures of a chart for who cannot see it or wants them exactly: label and value, downwards. */
const FiguresTable = ({ title, head, rows, locale }: FiguresTableProps) => (
  <details class="cs-chart__data">
    <summary>{t(locale, texts.asTable)}</summary>
    <table class="govuk-table">
      <caption class="govuk-visually-hidden">{title}</caption>
      <tbody class="govuk-table__body">
        {head.map((label, at) => (
          <tr class="govuk-table__row">
            <th scope="row" class="govuk-table__header">
              {label}
            </th>
            {rows.map((row) => (
              <td class="govuk-table__cell govuk-table__cell--numeric cs-tabular">{row[at]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </details>
)
