import type { Day } from '../../../kernel/clock.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import * as exact from '../../../kernel/rational.ts'
import { FilterChips, formatDay, formatNumber, formatPercent, Table, Tag } from '../../../ui/index.ts'
import {
  type Expression,
  type Indicator,
  type IndicatorScore,
  measuresBehind,
  type QuantityName,
  qualityOf,
  quantities,
  type ScoredLine,
  winBack,
} from '../../scheme/index.ts'
import { offeredPeriods, periodName } from '../rules/question.ts'
import { type ScoreAddress, scoreHref } from '../rules/score-question.ts'
import { scoreTexts as texts } from '../score-texts.ts'

/** Points in the language's own way, two decimals. */
export const pointsText = (value: exact.Rational | null, locale: Locale, places = 2): string =>
  value === null ? '–' : formatNumber(Number(exact.written(value, places)), locale, places)

export const maxText = (value: exact.Rational, locale: Locale): string => formatNumber(Number(exact.written(value, 2)), locale, 0)

export const shareText = (value: exact.Rational | null, locale: Locale): string =>
  formatPercent(value && Number(exact.written(value, 6)), locale, 2)

const quantityText = (name: QuantityName, locale: Locale): string => t(locale, quantities[name].name)

/** `hồ sơ tiếp nhận − hồ sơ trễ hạn`. */
export function expressionText({ greatest }: Expression, locale: Locale): string {
  const sums = greatest.map((terms) =>
    terms.map(({ quantity, sign }, i) => `${sign < 0 ? '− ' : i > 0 ? '+ ' : ''}${quantityText(quantity, locale)}`).join(' '),
  )
  return sums.length === 1 ? (sums[0] ?? '') : t(locale, texts.greatest, { parts: sums.join('; ') })
}

export function ruleText({ rule }: Pick<Indicator, 'rule'>, locale: Locale): string {
  const percent = (value: number): string => formatPercent(value, locale, 0)
  switch (rule.kind) {
    case 'linear':
      return t(locale, texts.linear, { full: percent(rule.full) })
    case 'stepped':
      return t(locale, texts.stepped, {
        steps: rule.steps
          .map(({ from, points }) => t(locale, texts.step, { from: percent(from), points: formatNumber(points, locale, 0) }))
          .join('; '),
      })
    case 'yes_no':
      return t(locale, texts.yes_no, { from: percent(rule.from) })
    case 'shown':
      return t(locale, texts.shown)
  }
}

/** Why an indicator has no ordinary score, in words; nothing when it has. */
export function standingText(one: IndicatorScore, locale: Locale): string | undefined {
  switch (one.standing) {
    case 'not_applicable':
      return t(locale, texts.notApplicable)
    case 'unknown':
      return t(locale, texts.missing, { what: one.missing.map((name) => quantityText(name, locale)).join(', ') })
    case 'zero':
      return t(locale, texts.zero)
    case 'shown':
      return t(locale, texts.shown)
    case 'scored':
      return undefined
  }
}

/** Period chips that keep the rest of the question. */
export const Periods = ({ address, path, today, locale }: { address: ScoreAddress; path: string; today: Day; locale: Locale }) => (
  <FilterChips
    label={locale === 'vi' ? 'Kỳ' : 'Period'}
    locale={locale}
    chips={offeredPeriods(today).map((period) => ({
      text: periodName(period.name, locale),
      href: scoreHref({ ...address, from: period.from, to: period.to > today ? today : period.to }, path),
      on: period.from === address.from && (period.to > today ? today : period.to) === address.to,
    }))}
  />
)

export const periodText = ({ from, to }: { from: Day; to: Day }): string => `${formatDay(from)} – ${formatDay(to)}`

/** Groups of one grouping with their points, and each indicator below. */
export const Indicators = ({ line, address, locale }: { line: ScoredLine; address: ScoreAddress; locale: Locale }) => {
  const { score } = line
  const grouping = score.groupings.find(({ code }) => code === address.grouping) ?? score.groupings[0]
  if (!grouping) return null
  return (
    <>
      <FilterChips
        label={t(locale, texts.view)}
        locale={locale}
        chips={score.groupings.map(({ code, name }) => ({
          text: t(locale, name),
          href: scoreHref({ ...address, grouping: code }),
          on: code === grouping.code,
        }))}
      />
      {grouping.groups.map((group) => (
        <section class="cs-score-group" aria-labelledby={`group-${group.code}`}>
          <h3 class="govuk-heading-m cs-score-group__head" id={`group-${group.code}`}>
            {t(locale, group.name)}{' '}
            <span class="cs-tabular cs-nowrap">
              {pointsText(group.points, locale)} / {maxText(group.max, locale)}
            </span>
          </h3>
          <progress
            class="cs-score-bar"
            value={exact.written(group.points, 2)}
            max={exact.written(exact.greater(group.max, exact.decimal(0.01)), 2)}
            aria-label={t(locale, group.name)}
          />
          <Table
            caption={t(locale, group.name)}
            captionHidden
            dense
            locale={locale}
            rows={group.indicators}
            columns={[
              {
                key: 'indicator',
                label: t(locale, texts.indicator),
                header: true,
                cell: (one) => {
                  const why = standingText(one, locale)
                  const flags = qualityOf(one.indicator, line)
                  return (
                    <>
                      <a
                        class="govuk-link govuk-link--no-visited-state"
                        href={scoreHref(address, '/dieu-hanh/chi-so/chi-tieu', { id: one.indicator.id })}
                      >
                        {one.indicator.id} {t(locale, one.indicator.name)}
                      </a>
                      {why && <div class="govuk-body-s cs-muted govuk-!-margin-bottom-0">{why}</div>}
                      {flags.map((flag) => (
                        <div class="govuk-body-s govuk-!-margin-bottom-0">
                          <Tag tone="waiting">{t(locale, texts[flag])}</Tag>
                        </div>
                      ))}
                    </>
                  )
                },
              },
              {
                key: 'counts',
                label: t(locale, texts.counts),
                numeric: true,
                nowrap: true,
                cell: (one) =>
                  one.numerator === null || one.denominator === null
                    ? '–'
                    : `${formatNumber(one.numerator, locale)} / ${formatNumber(one.denominator, locale)}`,
              },
              { key: 'share', label: t(locale, texts.share), numeric: true, nowrap: true, cell: (one) => shareText(one.share, locale) },
              {
                key: 'points',
                label: t(locale, texts.score),
                numeric: true,
                nowrap: true,
                cell: (one) => `${pointsText(one.points, locale)} / ${maxText(one.max, locale)}`,
              },
              {
                key: 'lost',
                label: t(locale, texts.lost),
                numeric: true,
                nowrap: true,
                cell: (one) => {
                  if (one.points === null || one.standing !== 'scored') return '–'
                  const lost = exact.minus(one.max, one.points)
                  return exact.compare(lost, exact.zero) > 0 ? <Tag tone="waiting">−{pointsText(lost, locale)}</Tag> : '0'
                },
              },
            ]}
          />
        </section>
      ))}
    </>
  )
}

/** Whether what is turned are procedures: few, so that each one is told, where dossiers are told by the thousand. */
const countsProcedures = ({ denominator }: Pick<Indicator, 'denominator'>): boolean =>
  denominator.greatest[0]?.some(({ quantity }) => quantity.startsWith('procedures')) ?? false

/** What would win points back, the most first, each with the dossiers to be turned. */
export const WinBackList = ({ line, address, locale }: { line: ScoredLine; address: ScoreAddress; locale: Locale }) => {
  const wins = winBack(line.score)
  return (
    <section class="cs-win" aria-labelledby="win-title">
      <h2 class="govuk-heading-m" id="win-title">
        {t(locale, texts.winTitle)}
      </h2>
      {wins.length === 0 ? (
        <p class="govuk-body">{t(locale, texts.winNone)}</p>
      ) : (
        <>
          <p class="govuk-body-s cs-muted">{t(locale, texts.winLead)}</p>
          <ol class="govuk-list cs-win__list">
            {wins.map(({ indicator, winnable, more, available, each }) => {
              const what = expressionText(indicator.denominator, locale)
              const behind = measuresBehind(indicator)
              return (
                <li>
                  <strong class="cs-win__points">{t(locale, texts.plus, { points: pointsText(winnable, locale) })}</strong>{' '}
                  <a
                    class="govuk-link govuk-link--no-visited-state"
                    href={scoreHref(address, '/dieu-hanh/chi-so/chi-tieu', { id: indicator.id, ...(behind ? { xem: 'chua-dat' } : {}) })}
                  >
                    {t(locale, indicator.name)}
                  </a>
                  <div class="govuk-body-s cs-muted govuk-!-margin-bottom-0">
                    {t(locale, texts.winRow, { n: formatNumber(available, locale), what })}.{' '}
                    {more < available && `${t(locale, texts.winMore, { n: formatNumber(more, locale) })} `}
                    {t(locale, texts.winEach, {
                      each: pointsText(exact.times(each, exact.rational(countsProcedures(indicator) ? 1 : 1000)), locale),
                      of: formatNumber(countsProcedures(indicator) ? 1 : 1000, locale),
                    })}
                  </div>
                </li>
              )
            })}
          </ol>
        </>
      )}
    </section>
  )
}
