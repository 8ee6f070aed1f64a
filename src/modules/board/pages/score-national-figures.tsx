import type { Temporal } from 'temporal-polyfill'
import { type Locale, type Text, t } from '../../../kernel/i18n/index.ts'
import * as exact from '../../../kernel/rational.ts'
import { Details, formatInstant, formatNumber, InsetText, Table, Tag } from '../../../ui/index.ts'
import { type IndicatorScore, qualityOf, quantities, type ScoredLine } from '../../scheme/index.ts'
import type { ScoredProvince } from '../queries/national.ts'
import {
  type Among,
  changeOf,
  type Difference,
  differencesOf,
  type GroupRow,
  groupOf,
  type IndicatorRow,
  indicatorOf,
} from '../queries/national-figures.ts'
import { type ScoreAddress, scoreHref } from '../rules/score-question.ts'
import { nationalTexts as texts } from '../score-national-texts.ts'
import { scoreTexts } from '../score-texts.ts'
import { gapNote } from './score-gaps.tsx'
import { Change, provinceHref } from './score-national-page.tsx'
import { formulaText, ruleText, shareText, standingText } from './score-parts.tsx'
import { maxText, pointsText } from './score-points.ts'

/** What the tables of one province know: whose page it is, and who reads it from where. */
export interface Beside {
  readonly asked: ScoredProvince
  /** The served province, where it has figures and is not the one asked for. */
  readonly own: ScoredProvince | undefined
  /** The slug of the served province: only its figures lead on to dossiers. */
  readonly served: string
  readonly address: ScoreAddress
  /** What the page's address says beside the question. */
  readonly kept: Readonly<Record<string, string>>
  readonly locale: Locale
}

const countsText = ({ numerator, denominator }: IndicatorScore, locale: Locale): string =>
  numerator === null || denominator === null ? '–' : `${formatNumber(numerator, locale)} / ${formatNumber(denominator, locale)}`

/** Points of an indicator; the served province's own lead on to its dossiers. */
const Points = ({ of, one, beside }: { of: ScoredProvince; one: IndicatorScore; beside: Beside }) => {
  const { served, address, locale } = beside
  if (one.points === null) return <>–</>
  const text = pointsText(one.points, locale)
  if (of.province.slug !== served) return <>{text}</>
  const href = scoreHref({ ...address, grouping: undefined }, '/dieu-hanh/chi-so/chi-tieu', { id: one.indicator.id })
  return (
    <a class="govuk-link govuk-link--no-visited-state" href={href}>
      {text}
    </a>
  )
}

/** An indicator of one side of a comparison: points, below them its share and counts, or why there are no points. */
const Side = ({ of, one, beside }: { of: ScoredProvince; one: IndicatorScore; beside: Beside }) => {
  const { locale } = beside
  return (
    <>
      <Points of={of} one={one} beside={beside} />
      <div class="govuk-body-s cs-muted govuk-!-margin-bottom-0">
        {one.share === null ? (
          standingText(one, locale)
        ) : (
          <>
            {shareText(one.share, locale)} <span class="cs-nowrap">({countsText(one, locale)})</span>
          </>
        )}
      </div>
      {qualityOf(one.indicator, of.now).map((flag) => (
        <div class="govuk-body-s cs-muted govuk-!-margin-bottom-0">{t(locale, scoreTexts[flag])}</div>
      ))}
    </>
  )
}

const Best = ({ among, locale }: { among: Among; locale: Locale }) => {
  if (among.best === null) return <>–</>
  const [first] = among.leaders
  return (
    <>
      {pointsText(among.best, locale)}
      <div class="govuk-body-s cs-muted govuk-!-margin-bottom-0">
        {among.leaders.length === 1 ? first?.name : t(locale, texts.several, { n: formatNumber(among.leaders.length, locale) })}
      </div>
    </>
  )
}

/** The points that were not got, of what could be scored. */
const Lost = ({ points, max, locale }: { points: exact.Rational | null; max: exact.Rational; locale: Locale }) => {
  if (points === null) return <>–</>
  const lost = exact.rounded(exact.minus(max, points), 2)
  return exact.compare(lost, exact.zero) > 0 ? <Tag tone="waiting">−{pointsText(lost, locale)}</Tag> : <>0</>
}

/** How an indicator is counted, in words, with every quantity it was worked out from and where the rule is written. */
const How = ({ one, line, locale }: { one: IndicatorScore; line: ScoredLine; locale: Locale }) => {
  const { indicator } = one
  const expressions = [indicator.numerator, indicator.denominator]
  if (indicator.factor) expressions.push(indicator.factor.numerator, indicator.factor.denominator)
  const used = [...new Set(expressions.flatMap(({ greatest }) => greatest.flat().map(({ quantity }) => quantity)))]
  const amount = (value: number | null | undefined): string => (value == null ? '–' : formatNumber(value, locale))
  const says: [string, string][] = [
    [t(locale, scoreTexts.formula), formulaText(indicator, locale)],
    ...used.map((quantity): [string, string] => [t(locale, quantities[quantity].name), amount(line.amounts[quantity])]),
    [t(locale, scoreTexts.rule), ruleText(indicator, locale)],
    [t(locale, scoreTexts.basis), indicator.basis],
    [t(locale, scoreTexts.certainty), t(locale, scoreTexts[indicator.certainty])],
  ]
  return (
    <Details summary={t(locale, texts.how)}>
      <dl class="govuk-body-s govuk-!-margin-bottom-0">
        {says.map(([what, value]) => (
          <>
            <dt class="cs-muted">{what}</dt>
            <dd class="govuk-!-margin-left-0 govuk-!-margin-bottom-1 cs-tabular">{value}</dd>
          </>
        ))}
      </dl>
      {indicator.note && <p class="govuk-body-s govuk-!-margin-bottom-0">{t(locale, indicator.note)}</p>}
    </Details>
  )
}

/** Groups and the whole: this province, the served one, and all of them. */
export const GroupTable = ({ rows, beside }: { rows: readonly GroupRow[]; beside: Beside }) => {
  const { asked, own, address, locale } = beside
  const open = (code: string): string => `${provinceHref(asked.province.slug, address, { ...beside.kept, mo: code })}#group-${code}`
  const ownPoints = ({ code }: GroupRow): exact.Rational | undefined =>
    own && (code === undefined ? own.now.score.total : groupOf(own.now.score, address.grouping ?? '', code)?.points)
  return (
    <div class="cs-side" id="groups">
      <Table
        caption={t(locale, texts.groups)}
        captionHidden
        dense
        locale={locale}
        rows={[...rows.slice(1), ...rows.slice(0, 1)]}
        columns={[
          {
            key: 'group',
            label: t(locale, texts.group),
            header: true,
            cell: ({ code, group }) =>
              group ? (
                <a class="govuk-link govuk-link--no-visited-state" href={open(code ?? '')}>
                  {t(locale, group.name)}
                </a>
              ) : (
                t(locale, texts.total)
              ),
          },
          {
            key: 'points',
            label: t(locale, scoreTexts.score),
            numeric: true,
            phone: 'keep',
            cell: ({ points, max }) => (
              <span class="cs-nowrap">
                <strong>{pointsText(points, locale)}</strong> / {maxText(max, locale)}
              </span>
            ),
          },
          {
            key: 'lost',
            label: t(locale, scoreTexts.lost),
            numeric: true,
            phone: 'half',
            cell: ({ points, max, unknown }) => (
              <>
                <Lost points={points} max={exact.minus(max, unknown)} locale={locale} />
                {exact.compare(unknown, exact.zero) > 0 && (
                  <div class="govuk-body-s cs-muted govuk-!-margin-bottom-0">
                    {t(locale, texts.notScored, { points: pointsText(unknown, locale) })}
                  </div>
                )}
              </>
            ),
          },
          ...(asked.before
            ? [
                {
                  key: 'change',
                  label: t(locale, texts.change),
                  phone: 'half' as const,
                  cell: ({ change }: GroupRow) => <Change by={change} locale={locale} />,
                },
              ]
            : []),
          ...(own
            ? [
                {
                  key: 'own',
                  label: own.province.name,
                  numeric: true,
                  cell: (row: GroupRow) => pointsText(ownPoints(row) ?? null, locale),
                },
              ]
            : []),
          { key: 'median', label: t(locale, texts.median), numeric: true, cell: ({ among }) => pointsText(among.median, locale) },
          { key: 'best', label: t(locale, texts.best), numeric: true, cell: ({ among }) => <Best among={among} locale={locale} /> },
        ]}
      />
    </div>
  )
}

/** A group as a whole among the others: what its row does not say on a phone. */
const GroupLine = ({ row: { code, among, change }, beside: { asked, own, address, locale } }: { row: GroupRow; beside: Beside }) => {
  const [first] = among.leaders
  const who = among.leaders.length === 1 ? first?.name : t(locale, texts.several, { n: formatNumber(among.leaders.length, locale) })
  const ownPoints = own && groupOf(own.now.score, address.grouping ?? '', code ?? '')?.points
  return (
    <p class="govuk-body-s">
      {t(locale, texts.amongLine, { median: pointsText(among.median, locale), best: pointsText(among.best, locale), who: who ?? '' })}
      {own && ` ${own.province.name}: ${pointsText(ownPoints ?? null, locale)}.`}
      {asked.before && (
        <>
          {' '}
          {t(locale, texts.change)}: <Change by={change} locale={locale} />
        </>
      )}
    </p>
  )
}

/** The indicators of one group, folded: its line says its points and what was lost. */
export const IndicatorTable = ({ row, open, beside }: { row: GroupRow; open: boolean; beside: Beside }) => {
  const { asked, own, locale } = beside
  if (!row.group) return null
  const name = t(locale, row.group.name)
  const most = exact.minus(row.max, row.unknown)
  const lost = exact.rounded(exact.minus(most, row.points), 2)
  const ownOne = ({ one }: IndicatorRow): IndicatorScore | undefined => own && indicatorOf(own.now.score, one.indicator.id)
  return (
    <details class="govuk-details cs-fold cs-score-group" id={`group-${row.code}`} open={open}>
      <summary class="govuk-details__summary">
        <span class="cs-fold__name">{name}</span>{' '}
        <span class="cs-fold__points">
          <strong>{pointsText(row.points, locale)}</strong> / {maxText(row.max, locale)}{' '}
          {exact.compare(lost, exact.zero) > 0 && <Lost points={row.points} max={most} locale={locale} />}
          {exact.compare(row.unknown, exact.zero) > 0 && (
            <small class="cs-muted">{t(locale, texts.notScored, { points: maxText(row.unknown, locale) })}</small>
          )}
        </span>
      </summary>
      <GroupLine row={row} beside={beside} />
      <Table
        caption={name}
        captionHidden
        dense
        locale={locale}
        rows={row.indicators}
        columns={[
          {
            key: 'indicator',
            label: t(locale, scoreTexts.indicator),
            header: true,
            cell: ({ one }) => {
              const why = standingText(one, locale)
              return (
                <>
                  {one.indicator.id} {t(locale, one.indicator.name)}
                  {why && <div class="govuk-body-s cs-muted govuk-!-margin-bottom-0">{why}</div>}
                  {qualityOf(one.indicator, asked.now).map((flag) => (
                    <div class="govuk-body-s govuk-!-margin-bottom-0">
                      <Tag tone="waiting">{t(locale, scoreTexts[flag])}</Tag>{' '}
                      {flag === 'REPORTED_MONTHS_MISSING' && gapNote(one.indicator, asked.now, locale)}
                    </div>
                  ))}
                  <How one={one} line={asked.now} locale={locale} />
                </>
              )
            },
          },
          { key: 'counts', label: t(locale, scoreTexts.counts), numeric: true, nowrap: true, cell: ({ one }) => countsText(one, locale) },
          {
            key: 'share',
            label: t(locale, scoreTexts.share),
            numeric: true,
            nowrap: true,
            cell: ({ one }) => shareText(one.share, locale),
          },
          {
            key: 'points',
            label: t(locale, scoreTexts.score),
            numeric: true,
            nowrap: true,
            // What is only shown is out of nothing.
            cell: ({ one }) =>
              one.standing === 'shown' ? (
                '–'
              ) : (
                <>
                  <Points of={asked} one={one} beside={beside} /> / {maxText(one.max, locale)}
                </>
              ),
          },
          {
            key: 'lost',
            label: t(locale, scoreTexts.lost),
            numeric: true,
            nowrap: true,
            cell: ({ one }) => <Lost points={one.points} max={one.max} locale={locale} />,
          },
          ...(asked.before
            ? [
                {
                  key: 'change',
                  label: t(locale, texts.change),
                  nowrap: true,
                  cell: ({ change }: IndicatorRow) => <Change by={change} locale={locale} />,
                },
              ]
            : []),
          ...(own
            ? [
                {
                  key: 'own',
                  label: own.province.name,
                  numeric: true,
                  cell: (line: IndicatorRow) => {
                    const one = ownOne(line)
                    if (!one) return '–'
                    return <Side of={own} one={one} beside={beside} />
                  },
                },
              ]
            : []),
          { key: 'median', label: t(locale, texts.median), numeric: true, cell: ({ among }) => pointsText(among.median, locale) },
          { key: 'best', label: t(locale, texts.best), numeric: true, cell: ({ among }) => <Best among={among} locale={locale} /> },
        ]}
      />
    </details>
  )
}

const signed = (value: exact.Rational, locale: Locale): string => {
  const text = pointsText(value, locale)
  return exact.compare(value, exact.zero) > 0 ? `+${text}` : text
}

const Gap = ({ row: { gap, oneSided }, locale }: { row: Difference; locale: Locale }) => {
  if (gap === null) return <>–</>
  const order = exact.compare(gap, exact.zero)
  if (order === 0) return <>0</>
  return <Tag tone={oneSided ? 'neutral' : order > 0 ? 'good' : 'waiting'}>{signed(gap, locale)}</Tag>
}

/** Where most points differ; the rest is folded. */
const MOST_APART = 6

/** Two provinces indicator by indicator, where most points differ first. */
export const DifferenceTable = ({ other, beside }: { other: ScoredProvince; beside: Beside }) => {
  const { asked, locale } = beside
  const names = { name: asked.province.name, other: other.province.name }
  const rows = differencesOf(asked.now.score, other.now.score)
  const oneSided = exact.sum(rows.flatMap((row) => (row.oneSided && row.gap ? [row.gap] : [])))
  const gap = changeOf(asked.now.score.total, other.now.score.total) ?? exact.zero
  const order = exact.compare(gap, exact.zero)
  const points = pointsText(order < 0 ? exact.minus(exact.zero, gap) : gap, locale)
  const side = (of: ScoredProvince, one: IndicatorScore | undefined) => (one ? <Side of={of} one={one} beside={beside} /> : '–')
  const table = (some: readonly Difference[], caption: Text, footer?: Readonly<Record<string, string>>) => (
    <Table
      caption={t(locale, caption)}
      captionHidden
      dense
      locale={locale}
      rows={some}
      columns={[
        {
          key: 'indicator',
          label: t(locale, scoreTexts.indicator),
          header: true,
          cell: ({ left }) => `${left.indicator.id} ${t(locale, left.indicator.name)}`,
        },
        {
          key: 'gap',
          label: t(locale, scoreTexts.difference),
          numeric: true,
          phone: 'keep',
          cell: (row) => <Gap row={row} locale={locale} />,
        },
        { key: 'left', label: names.name, numeric: true, phone: 'half', cell: ({ left }) => side(asked, left) },
        { key: 'right', label: names.other, numeric: true, phone: 'half', cell: ({ right }) => side(other, right) },
        {
          key: 'max',
          label: t(locale, scoreTexts.max),
          numeric: true,
          cell: ({ left }) => (left.standing === 'shown' ? '–' : maxText(left.max, locale)),
        },
      ]}
      {...(footer ? { footer } : {})}
    />
  )
  const footer = {
    indicator: t(locale, texts.total),
    gap: signed(gap, locale),
    left: pointsText(asked.now.score.total, locale),
    right: pointsText(other.now.score.total, locale),
    max: maxText(asked.now.score.max, locale),
  }
  const isApart = (row: Difference): boolean => row.gap !== null && exact.compare(row.gap, exact.zero) !== 0
  const apart = rows.filter(isApart)
  const alike = rows.filter((row) => !isApart(row))
  const readAt = (of: { province: { name: string }; asOf: Temporal.Instant }): string =>
    t(locale, texts.readAt, { name: of.province.name, time: formatInstant(of.asOf) })
  return (
    <div class="cs-side">
      <InsetText>
        <strong>{t(locale, texts[order > 0 ? 'more' : order < 0 ? 'less' : 'equal'], { ...names, points })}</strong>
        {exact.compare(oneSided, exact.zero) !== 0 && ` ${t(locale, texts.oneSided, { points: signed(oneSided, locale) })}`}
      </InsetText>
      <p class="govuk-body">{t(locale, texts.differLead, names)}</p>
      {apart.length > 0 && table(apart.slice(0, MOST_APART), texts.differ, apart.length > MOST_APART ? undefined : footer)}
      {apart.length > MOST_APART && (
        <Details summary={t(locale, texts.apartMore, { n: formatNumber(apart.length - MOST_APART, locale) })}>
          {table(apart.slice(MOST_APART), texts.differ)}
        </Details>
      )}
      {alike.length > 0 && (
        <Details summary={t(locale, texts.alike, { n: formatNumber(alike.length, locale) })} open={apart.length === 0}>
          {table(alike, texts.alikeTitle)}
        </Details>
      )}
      <p class="govuk-body-s cs-muted">
        {readAt(asked)}. {readAt(other)}.
      </p>
    </div>
  )
}
