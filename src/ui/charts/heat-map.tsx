import { type Locale, t } from '../../kernel/i18n/index.ts'
import { formatPercent } from '../format.ts'
import { texts } from '../texts.ts'
import { heatStep } from './scale.ts'

export interface HeatRow {
  readonly name: string
  readonly href?: string
  /** One share of 0 to 1 a column; `null` when there was nothing. */
  readonly values: readonly (number | null)[]
}

interface HeatMapProps {
  readonly caption: string
  readonly rowLabel: string
  readonly columns: readonly string[]
  readonly rows: readonly HeatRow[]
  readonly locale?: Locale
}

/** Units × weeks. A table whose cells are tinted, so that it reads the same by eye, by ear and on paper; the figure is in every cell. */
export const HeatMap = ({ caption, rowLabel, columns, rows, locale = 'vi' }: HeatMapProps) => (
  <section class="cs-heat" tabindex={0} aria-label={caption}>
    <table class="cs-heat__table">
      <caption class="govuk-table__caption govuk-table__caption--m">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{rowLabel}</th>
          {columns.map((column) => (
            <th scope="col" class="cs-heat__column">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            <th scope="row" class="cs-heat__row">
              {row.href ? (
                <a class="govuk-link govuk-link--no-visited-state" href={row.href}>
                  {row.name}
                </a>
              ) : (
                row.name
              )}
            </th>
            {columns.map((_, at) => {
              const value = row.values[at] ?? null
              return (
                <td class={`cs-heat__cell cs-heat__cell--${heatStep(value)}`}>
                  {value === null ? (
                    <>
                      <span aria-hidden="true">·</span>
                      <span class="govuk-visually-hidden">{t(locale, texts.noData)}</span>
                    </>
                  ) : (
                    formatPercent(value, locale, 0).replace(/\s?%/, '')
                  )}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
    <p class="cs-heat__legend">
      {t(locale, texts.heatLegend)}{' '}
      {(['none', 0, 1, 2, 3, 4, 5] as const).map((step) => (
        <span class={`cs-heat__swatch cs-heat__cell--${step}`}>{legend[step]}</span>
      ))}
    </p>
  </section>
)

const legend = { none: '·', 0: '0', 1: '1–20', 2: '21–40', 3: '41–60', 4: '61–80', 5: '81–100' } as const
