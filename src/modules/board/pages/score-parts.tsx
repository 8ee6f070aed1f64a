import type { Day } from '../../../kernel/clock.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import * as exact from '../../../kernel/rational.ts'
import { FilterChips, formatDay, formatNumber, formatPercent, Table, Tag } from '../../../ui/index.ts'
import {
  behindOf,
  type Expression,
  type Indicator,
  type IndicatorScore,
  type QuantityName,
  qualityOf,
  quantities,
  type ScoredLine,
  type WinBack,
  winBack,
} from '../../scheme/index.ts'
import { endedPeriods, offeredPeriods, periodName, periodOf } from '../rules/question.ts'
import { type ScoreAddress, scoreHref } from '../rules/score-question.ts'
import { scoreTexts as texts } from '../score-texts.ts'
import { gapNote } from './score-gaps.tsx'
import { maxText, pointsText } from './score-points.ts'

export { pointsText }

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

/** `(hồ sơ tiếp nhận − hồ sơ trễ hạn) ÷ (hồ sơ tiếp nhận)`. */
export function formulaText({ numerator, denominator, factor }: Indicator, locale: Locale): string {
  const quotient = (one: { numerator: Expression; denominator: Expression }): string =>
    `(${expressionText(one.numerator, locale)}) ÷ (${expressionText(one.denominator, locale)})`
  const formula = quotient({ numerator, denominator })
  return factor ? `${formula}, ${t(locale, texts.factor, { share: quotient(factor) })}` : formula
}

/** What is still to be won, as a thing that can be counted: of several sums the words that all of them begin with. */
export function wonText({ denominator }: Pick<Indicator, 'denominator'>, locale: Locale): string {
  const [first = [], ...others] = denominator.greatest.map((terms) => expressionText({ greatest: [terms] }, locale).split(' '))
  if (others.length === 0) return first.join(' ')
  const apart = first.findIndex((word, at) => others.some((other) => other[at] !== word))
  return first.slice(0, apart < 0 ? first.length : Math.max(1, apart)).join(' ')
}

/** `107.217 / 120.000`, and what the share is multiplied by, so that whoever divides comes to the share that stands beside it. */
export function countsText(
  { numerator, denominator, factor }: Pick<IndicatorScore, 'numerator' | 'denominator' | 'factor'>,
  locale: Locale,
): string {
  if (numerator === null || denominator === null) return '–'
  const counts = `${formatNumber(numerator, locale)} / ${formatNumber(denominator, locale)}`
  return factor === null || exact.compare(factor, exact.one) === 0 ? counts : `${counts} × ${shareText(factor, locale)}`
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

/** Every period that can be chosen by name: those that run, and those that are over. */
export function namedPeriods(today: Day, locale: Locale): { value: string; label: string }[] {
  const names = [...new Set([...offeredPeriods(today).map(({ name }) => name), ...endedPeriods(today)])]
  return names.map((value) => ({ value, label: periodName(value, locale) }))
}

/** The same days, as far as they are over: a year that still runs ends today. */
const samePeriod = (a: { from: Day; to: Day }, b: { from: Day; to: Day }, today: Day): boolean =>
  a.from === b.from && (a.to > today ? today : a.to) === (b.to > today ? today : b.to)

/** Period chips that keep the rest of the question, and a choice among all others. */
export const Periods = ({
  address,
  path,
  today,
  extra = {},
  locale,
}: {
  address: ScoreAddress
  path: string
  today: Day
  /** What the page's address says beside the question. */
  extra?: Readonly<Record<string, string>>
  locale: Locale
}) => {
  const offered = offeredPeriods(today)
  return (
    <div class="cs-periods">
      <FilterChips
        label={t(locale, texts.period)}
        locale={locale}
        chips={offered.map((period) => ({
          text: periodName(period.name, locale),
          href: scoreHref({ ...address, from: period.from, to: period.to > today ? today : period.to }, path, extra),
          on: samePeriod(period, address, today),
        }))}
      />
      <OtherPeriod
        address={address}
        path={path}
        extra={Object.fromEntries(
          [...new URL(scoreHref(address, path, extra), 'http://x').searchParams].filter(([name]) => name !== 'tu' && name !== 'den'),
        )}
        today={today}
        locale={locale}
      />
    </div>
  )
}

/** A choice among all periods by name; `extra` is kept. */
export const OtherPeriod = ({
  address,
  path,
  extra = {},
  today,
  locale,
}: {
  address: { readonly from: Day; readonly to: Day }
  path: string
  extra?: Readonly<Record<string, string>> | undefined
  today: Day
  locale: Locale
}) => {
  const named = namedPeriods(today, locale)
  const chosen = named.find(({ value }) => {
    const period = periodOf(value)
    return period && samePeriod(period, address, today)
  })
  return (
    <form method="get" action={path} class="cs-periods__other">
      {Object.entries(extra).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <label class="govuk-visually-hidden" for="ky">
        {t(locale, texts.otherPeriod)}
      </label>
      <select class="govuk-select" id="ky" name="ky">
        {!chosen && <option value="">{t(locale, texts.otherPeriod)}</option>}
        {named.map(({ value, label }) => (
          <option value={value} selected={value === chosen?.value}>
            {label}
          </option>
        ))}
      </select>
      <button class="govuk-button govuk-button--secondary" type="submit">
        {t(locale, texts.show)}
      </button>
    </form>
  )
}

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
                          <Tag tone="waiting">{t(locale, texts[flag])}</Tag>{' '}
                          {flag === 'REPORTED_MONTHS_MISSING' && gapNote(one.indicator, line, locale)}
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
                phone: 'third',
                cell: (one) => countsText(one, locale),
              },
              {
                key: 'share',
                label: t(locale, texts.share),
                numeric: true,
                nowrap: true,
                phone: 'third',
                cell: (one) => shareText(one.share, locale),
              },
              {
                key: 'points',
                label: t(locale, texts.score),
                numeric: true,
                nowrap: true,
                phone: 'keep',
                // What is only shown is out of nothing.
                cell: (one) => (one.standing === 'shown' ? '–' : `${pointsText(one.points, locale)} / ${maxText(one.max, locale)}`),
              },
              {
                key: 'lost',
                label: t(locale, texts.lost),
                numeric: true,
                nowrap: true,
                phone: 'third',
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

/** How many are told together: a tenth of a point or so, and never more than there are. */
export function toldTogether(each: exact.Rational, available: number): number {
  const tenth = exact.decimal(0.1)
  const enough = [1, 10, 100, 1000].find((many) => exact.atLeast(exact.times(each, exact.rational(many)), tenth)) ?? 1000
  return [1000, 100, 10].find((many) => many <= enough && many <= available) ?? 1
}

/** One line of what would win points back. What is late cannot be turned: it says what that costs. */
const Win = ({ win, address, locale }: { win: WinBack; address: ScoreAddress; locale: Locale }) => {
  const { indicator, winnable, more, available, each } = win
  const behind = behindOf(indicator)
  const late = behind?.openInTime === true
  const many = toldTogether(each, available)
  const counts = { each: pointsText(exact.times(each, exact.rational(many)), locale), of: formatNumber(many, locale) }
  const n = formatNumber(available, locale)
  return (
    <li>
      <strong class="cs-win__points">{t(locale, late ? texts.minus : texts.plus, { points: pointsText(winnable, locale) })}</strong>{' '}
      <a
        class="govuk-link govuk-link--no-visited-state"
        href={
          scoreHref(address, '/dieu-hanh/chi-so/chi-tieu', { id: indicator.id, ...(behind ? { xem: 'chua-dat' } : {}) }) +
          (behind ? '#ho-so' : '')
        }
      >
        {t(locale, indicator.name)}
      </a>
      <div class="govuk-body-s cs-muted govuk-!-margin-bottom-0">
        {t(locale, late ? texts.winLate : texts.winRow, { n, what: wonText(indicator, locale) })}.{' '}
        {!late && more < available && `${t(locale, texts.winMore, { n: formatNumber(more, locale) })} `}
        {t(locale, late ? texts.winLateEach : texts.winEach, counts)}
      </div>
    </li>
  )
}

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
            {wins.map((win) => (
              <Win win={win} address={address} locale={locale} />
            ))}
          </ol>
        </>
      )}
    </section>
  )
}
