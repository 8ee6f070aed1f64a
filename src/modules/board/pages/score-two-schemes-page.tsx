import { dayOf } from '../../../kernel/clock.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { t } from '../../../kernel/i18n/index.ts'
import * as exact from '../../../kernel/rational.ts'
import { frame } from '../../../ui/frame.ts'
import { EmptyState, FilterChips, formatInstant, formatNumber, InsetText, page, Table, Tag } from '../../../ui/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import { allSchemes, NATIONAL, provinceUnit, rankedUnits, rescore, type ScoredLine, scoreUnits } from '../../scheme/index.ts'
import { lineOf, readScoreAddress, scoreHref } from '../rules/score-question.ts'
import { scoreTexts as texts } from '../score-texts.ts'
import { scoreTabs } from './score-page.tsx'
import { Periods, periodText } from './score-parts.tsx'
import { pointsText } from './score-points.ts'

const PATH = '/dieu-hanh/chi-so/hai-bo'

interface Both {
  readonly one: ScoredLine
  readonly two: ScoredLine
  readonly difference: exact.Rational
}

/** GET /dieu-hanh/chi-so/hai-bo: every unit's points of a period under one scheme and under another. */
export async function scoreTwoSchemesPage(c: Web): Promise<Response> {
  const app = c.get('app')
  const province = c.get('province')
  const locale = c.get('locale')
  const now = app.clock()
  const today = dayOf(now)
  const address = readScoreAddress(c.req.query(), today, NATIONAL)
  const directory = await directoryOf(app, province)
  const found = await app.db.snapshot(province, async (tx) => {
    const schemes = await allSchemes(tx)
    const left = schemes.find(({ code }) => code === address.scheme) ?? schemes[0]
    const right =
      schemes.find(({ code }) => code === c.req.query('voi-bo') && code !== left?.code) ?? schemes.find(({ code }) => code !== left?.code)
    if (!left || !right) return { schemes }
    const question = { period: address, scheme: left.code, also: right }
    const whole = await scoreUnits(tx, question, [provinceUnit(directory, address)], now)
    const units = await scoreUnits(tx, question, rankedUnits(directory, address), now)
    const lines = [...whole.lines, ...units.lines.filter(({ amounts }) => (amounts.received ?? 0) > 0)]
    const both = lines.map((one): Both => {
      const two = rescore(right, address, one)
      return { one, two, difference: exact.minus(two.score.total, one.score.total) }
    })
    const size = ({ difference: { num, den } }: Both) => exact.rational(num < 0n ? -num : num, den)
    const [first, ...rest] = both
    const rows = [
      ...(first ? [first] : []),
      ...rest.sort((a, b) => exact.compare(size(b), size(a)) || a.one.unit.group.key.localeCompare(b.one.unit.group.key)),
    ]
    return { schemes, left, right, rows }
  })
  const { schemes, left, right, rows = [] } = found
  const href = (scheme: string, other: string): string => scoreHref({ ...address, scheme }, PATH, { 'voi-bo': other })
  /** A line's own page under one of the schemes: what its points were counted from. */
  const scoreOf = ({ unit: { level, group } }: ScoredLine, scheme: string): string =>
    scoreHref({ ...address, scheme, grouping: undefined, ...(level === 'province' ? { unit: undefined } : lineOf(address, group)) })
  return page(
    c,
    { ...frame(c, 'board'), title: texts.twoSchemes, wide: true },
    <div class="cs-board">
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">{periodText(address)}</span>
        {t(locale, texts.twoSchemes)}
      </h1>
      {scoreTabs(address, 'compare', locale)}
      {!left || !right ? (
        <InsetText>{t(locale, texts.onlyOne)}</InsetText>
      ) : (
        <>
          <div class="cs-board__controls cs-screen-only">
            <Periods
              address={{ ...address, scheme: left.code }}
              path={PATH}
              today={today}
              extra={{ 'voi-bo': right.code }}
              locale={locale}
            />
            <FilterChips
              label={t(locale, texts.scheme)}
              locale={locale}
              chips={schemes.map(({ code, name }) => ({
                text: t(locale, name),
                href: href(code, left.code === code ? right.code : left.code),
                on: code === left.code,
              }))}
            />
            <FilterChips
              label={t(locale, texts.against)}
              locale={locale}
              chips={schemes
                .filter(({ code }) => code !== left.code)
                .map(({ code, name }) => ({ text: t(locale, name), href: href(left.code, code), on: code === right.code }))}
            />
          </div>
          <p class="govuk-body">{t(locale, texts.twoLead)}</p>
          <p class="govuk-body-s cs-muted">{t(locale, texts.asOf, { time: formatInstant(now) })}</p>
          <Table
            caption={t(locale, texts.twoSchemes)}
            captionHidden
            dense
            locale={locale}
            rows={rows}
            empty={<EmptyState title={t(locale, texts.none)} />}
            columns={[
              {
                key: 'unit',
                label: t(locale, texts.unit),
                header: true,
                cell: ({ one }) => (
                  <a class="govuk-link govuk-link--no-visited-state" href={scoreOf(one, left.code)}>
                    {one.unit.group.name}
                  </a>
                ),
              },
              { key: 'level', label: t(locale, texts.level), cell: ({ one }) => t(locale, texts[one.unit.level]) },
              {
                key: 'received',
                label: t(locale, texts.received),
                numeric: true,
                cell: ({ one }) => formatNumber(one.amounts.received ?? 0, locale),
              },
              {
                key: 'left',
                label: t(locale, texts.under, { name: t(locale, left.name) }),
                numeric: true,
                cell: ({ one }) => (
                  <a class="govuk-link govuk-link--no-visited-state" href={scoreOf(one, left.code)}>
                    {pointsText(one.score.total, locale)}
                  </a>
                ),
              },
              {
                key: 'right',
                label: t(locale, texts.under, { name: t(locale, right.name) }),
                numeric: true,
                cell: ({ two }) => (
                  <a class="govuk-link govuk-link--no-visited-state" href={scoreOf(two, right.code)}>
                    {pointsText(two.score.total, locale)}
                  </a>
                ),
              },
              {
                key: 'difference',
                label: t(locale, texts.difference),
                numeric: true,
                nowrap: true,
                cell: ({ difference }) => {
                  const order = exact.compare(difference, exact.zero)
                  const text = pointsText(difference, locale)
                  return order === 0 ? '0' : <Tag tone={order > 0 ? 'good' : 'waiting'}>{order > 0 ? `+${text}` : text}</Tag>
                },
              },
            ]}
          />
        </>
      )}
    </div>,
  )
}
