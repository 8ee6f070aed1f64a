import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { type Month, monthsText } from '../../../kernel/months.ts'
import * as exact from '../../../kernel/rational.ts'
import { InsetText, Tag } from '../../../ui/index.ts'
import {
  type AskedGap,
  type ClosedUnit,
  type Gap,
  gapsAsked,
  type Indicator,
  oneGap,
  type QuantityName,
  quantities,
  type ScoredLine,
  type UnitChange,
} from '../../scheme/index.ts'
import type { Lacking } from '../rules/score-sums.ts'
import { gapTexts as texts } from '../score-gaps-texts.ts'
import { scoreTexts } from '../score-texts.ts'
import { maxText } from './score-points.ts'

/** Where a missing figure is given; the form there is filled in as far as it is known what is missing. */
const REPORTED = '/quan-tri/so-lieu-bao-cao'

/** `Mới có số báo cáo tháng 1, 2; thiếu tháng 3/2026`. */
export function gapText({ reported, missing }: Gap, locale: Locale): string {
  const oneYear = new Set([...reported, ...missing].map((month) => month.slice(0, 4))).size === 1
  return reported.length > 0
    ? t(locale, texts.some, { reported: monthsText(reported, { years: !oneYear }), missing: monthsText(missing) })
    : t(locale, texts.none, { missing: monthsText(missing) })
}

export const isWhole = ({ unknown, months }: Lacking): boolean => months.length === 0 && exact.compare(unknown, exact.zero) === 0

/** `chưa chấm 6 điểm`, `thiếu số báo cáo tháng 9/2026`: each that holds, in a few words; more than three months are counted. */
export function lackingTexts({ unknown, months }: Lacking, locale: Locale): string[] {
  const named = months.length > 3 ? t(locale, texts.monthsCounted, { n: months.length }) : undefined
  return [
    ...(exact.compare(unknown, exact.zero) > 0 ? [t(locale, texts.notScored, { points: maxText(unknown, locale) })] : []),
    ...(months.length > 0 ? [named ?? t(locale, texts.monthsNamed, { months: monthsText(months) })] : []),
  ]
}

/** The same in the line of a phone, below the points. */
export function lackingShort({ unknown, months }: Lacking, locale: Locale): string[] {
  return [
    ...(exact.compare(unknown, exact.zero) > 0 ? [t(locale, texts.notScoredShort, { points: maxText(unknown, locale) })] : []),
    ...(months.length > 0 ? [t(locale, texts.monthsShort, { n: months.length })] : []),
  ]
}

/** Whether whoever looks may give reported figures. */
export const mayReport = (c: Web): boolean => c.get('app').access(c.get('province')).canAtRoot(c.get('actor'), 'index.manage')

const hrefOf = (month: Month | undefined, more: Readonly<Record<string, string>>, hash: string): string =>
  `${REPORTED}?${new URLSearchParams({ ...(month ? { nam: month.slice(0, 4) } : {}), ...more })}#${hash}`

/** The form for the first missing month of one figure. */
function giveHref({ quantity, missing: [first] }: AskedGap, { unit: { group, parts } }: ScoredLine): string {
  // Of a unit put together from others the list says which of them is silent.
  if (parts) return hrefOf(first, {}, 'con-thieu')
  return hrefOf(first, { thang: first ?? '', 'so-lieu': quantity, 'don-vi': group.key }, 'nhap')
}

/** One figure that lacks months: which, and, for those who may, where they are given. */
export const OneGap = ({ gap, line, may, locale }: { gap: AskedGap; line: ScoredLine; may: boolean; locale: Locale }) => (
  <>
    <Tag tone="waiting">{t(locale, scoreTexts.REPORTED_MONTHS_MISSING)}</Tag> {gapText(gap, locale)}
    {may && (
      <>
        {'. '}
        <a class="govuk-link" href={giveHref(gap, line)}>
          {t(locale, texts.give)}
        </a>
      </>
    )}
  </>
)

/** What an indicator's own line says of months nobody reported; nothing when there are none. */
export function gapNote(indicator: Indicator, line: ScoredLine, locale: Locale): string | undefined {
  const gaps = gapsAsked([indicator], line)
  return gaps.length === 0 ? undefined : gapText(oneGap(gaps), locale)
}

/** At the head of a score: its figures lack months. */
export const GapsHead = ({ line, may, locale }: { line: ScoredLine; may: boolean; locale: Locale }) => {
  const gaps = gapsAsked(
    line.score.indicators.map(({ indicator }) => indicator),
    line,
  )
  if (gaps.length === 0) return null
  const [first] = oneGap(gaps).missing
  return (
    <InsetText>
      <p class="govuk-body">
        <strong>{t(locale, texts.head)}</strong>
      </p>
      <GapList gaps={gaps} locale={locale} />
      <p class="govuk-body">
        {t(locale, texts.headLead)}{' '}
        {may && (
          <a class="govuk-link" href={hrefOf(first, {}, 'con-thieu')}>
            {t(locale, texts.give)}
          </a>
        )}
      </p>
    </InsetText>
  )
}

/** Each figure with its months; figures that lack the same months together. */
const GapList = ({ gaps, locale }: { gaps: readonly AskedGap[]; locale: Locale }) => {
  const byText = new Map<string, string[]>()
  for (const gap of gaps) {
    const text = gapText(gap, locale)
    byText.set(text, [...(byText.get(text) ?? []), t(locale, quantities[gap.quantity].name)])
  }
  return (
    <ul class="govuk-list govuk-list--bullet">
      {[...byText].map(([text, names]) => (
        <li>
          {names.join(', ')}: {text}
        </li>
      ))}
    </ul>
  )
}

const CLOSED_NAMED = 5

/** Of a closed period: which units lacked which months when it was closed. */
export const ClosedGaps = ({ units, locale }: { units: readonly ClosedUnit[]; locale: Locale }) => {
  const lacking = units.flatMap(({ name, gaps }) => {
    const own = Object.entries(gaps ?? {}).map(([quantity, gap]) => ({ quantity: quantity as QuantityName, ...gap }))
    return own.length > 0 ? [{ name, own }] : []
  })
  if (lacking.length === 0) return null
  return (
    <InsetText>
      <p class="govuk-body">
        <strong>{t(locale, texts.closed)}</strong>
      </p>
      {lacking.slice(0, CLOSED_NAMED).map(({ name, own }) => (
        <>
          <p class="govuk-body govuk-!-margin-bottom-1">{name}</p>
          <GapList gaps={own} locale={locale} />
        </>
      ))}
      {lacking.length > CLOSED_NAMED && <p class="govuk-body">{t(locale, texts.closedMore, { n: lacking.length - CLOSED_NAMED })}</p>}
    </InsetText>
  )
}

/** `hồ sơ đã đồng bộ lên Cổng DVCQG: thiếu tháng 3/2026 → không thiếu`. */
export function monthsChangeText({ quantity, before, after }: UnitChange['months'][number], locale: Locale): string {
  const months = (some: readonly Month[]): string => (some.length > 0 ? monthsText(some) : t(locale, texts.complete))
  return `${t(locale, quantities[quantity].name)}: ${t(locale, texts.monthsChanged, { before: months(before), after: months(after) })}`
}
