import { html } from 'hono/html'
import type { Child } from 'hono/jsx'
import { dayOf } from '../../../kernel/clock.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import type { Month } from '../../../kernel/months.ts'
import { frame } from '../../../ui/frame.ts'
import { EmptyState, FilterChips, formatInstant, formatNumber, InsetText, page, Table, Tag } from '../../../ui/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import { missingMonthsOf, NATIONAL, ranked, rankedUnits, type ScoredLine, scoreUnits, unitsAsNow } from '../../scheme/index.ts'
import { lineOf, type RankedLevel, readScoreAddress, type ScoreAddress, scoreHref, scoreLevels } from '../rules/score-question.ts'
import type { Lacking } from '../rules/score-sums.ts'
import { gapTexts } from '../score-gaps-texts.ts'
import { scoreTexts as texts } from '../score-texts.ts'
import { isWhole, lackingShort, lackingTexts } from './score-gaps.tsx'
import { scoreTabs } from './score-page.tsx'
import { Periods, periodText } from './score-parts.tsx'
import { pointsText } from './score-points.ts'

const PATH = '/dieu-hanh/chi-so/xep-hang'

interface Ranked {
  readonly line: ScoredLine
  /** Equal scores share a rank; units that stand apart have none. */
  readonly rank: number | null
  /** Months of reported figures that its score is without. */
  readonly months: readonly Month[]
}

const lackingOf = ({ line, months }: Ranked): Lacking => ({ unknown: line.score.unknown, months })

/** GET /dieu-hanh/chi-so/xep-hang: every unit by its points, as the units of the time or of today. */
export async function scoreRankingPage(c: Web): Promise<Response> {
  const app = c.get('app')
  const province = c.get('province')
  const locale = c.get('locale')
  const now = app.clock()
  const today = dayOf(now)
  const address = readScoreAddress(c.req.query(), today, NATIONAL)
  const directory = await directoryOf(app, province)
  const { units, notAllocable } = address.asNow
    ? unitsAsNow(directory, address, today)
    : { units: rankedUnits(directory, address), notAllocable: [] }
  const question = { period: address, scheme: address.scheme }
  const lines = await app.db.snapshot(province, async (tx) => {
    const all = await scoreUnits(tx, question, units, now)
    const apart = notAllocable.length > 0 ? (await scoreUnits(tx, question, notAllocable, now)).lines : []
    return { all: all.lines, apart, version: all.version }
  })
  const missing = missingMonthsOf(lines.version.indicators)
  const worked = ({ amounts }: ScoredLine): boolean => (amounts.received ?? 0) > 0
  const ofLevel = ({ unit }: ScoredLine): boolean => address.level === null || unit.level === address.level
  const rows: Ranked[] = [
    ...ranked(lines.all.filter((line) => worked(line) && ofLevel(line))),
    ...lines.apart.filter((line) => worked(line) && ofLevel(line)).map((line) => ({ line, rank: null })),
  ].map((row) => ({ ...row, months: missing(row.line) }))
  const incomplete = rows.filter((row) => !isWhole(lackingOf(row))).length
  const apart = rows.filter(({ rank }) => rank === null)
  const levels = scoreLevels.filter((level) => lines.all.some(({ unit }) => unit.level === level))
  return page(
    c,
    { ...frame(c, 'board'), title: texts.ranking, wide: true },
    <div class="cs-board">
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">{periodText(address)}</span>
        {t(locale, texts.ranking)}
      </h1>
      {scoreTabs(address, 'ranking', locale)}
      <div class="cs-board__controls cs-screen-only">
        <Periods address={address} path={PATH} today={today} locale={locale} />
        <FilterChips
          label={t(locale, texts.level)}
          locale={locale}
          chips={[
            { text: t(locale, texts.everyLevel), href: scoreHref({ ...address, level: null }, PATH), on: address.level === null },
            ...levels.map((level: RankedLevel) => ({
              text: t(locale, texts[level]),
              href: scoreHref({ ...address, level }, PATH),
              on: address.level === level,
            })),
          ]}
        />
        <FilterChips
          label={t(locale, texts.unitsAs)}
          locale={locale}
          chips={[
            { text: t(locale, texts.asWas), href: scoreHref({ ...address, asNow: false }, PATH), on: !address.asNow },
            { text: t(locale, texts.asNow), href: scoreHref({ ...address, asNow: true }, PATH), on: address.asNow },
          ]}
        />
      </div>
      <p class="govuk-body">{t(locale, texts.rankingLead)}</p>
      {incomplete > 0 && <p class="govuk-body-s">{t(locale, gapTexts.incompleteLead, { n: formatNumber(incomplete, locale) })}</p>}
      {apart.length > 0 && (
        <InsetText>
          {t(locale, texts.notAllocable, { count: apart.length, names: apart.map(({ line }) => line.unit.group.name).join(', ') })}
        </InsetText>
      )}
      <p class="govuk-body-s cs-muted">{t(locale, texts.asOf, { time: formatInstant(now) })}</p>
      <RankingTable rows={rows} address={address} locale={locale} />
    </div>,
  )
}

/** Units in order: on a phone rank, name and points, the groups on the page of the unit. */
export const RankingTable = ({ rows, address, locale }: { rows: readonly Ranked[]; address: ScoreAddress; locale: Locale }) => {
  const groupings = rows[0]?.line.score.groupings ?? []
  const grouping = groupings.find(({ code }) => code === address.grouping) ?? groupings[0]
  const points = new Map(rows.map((row) => [row, grouping ? row.line.score.groupPoints(grouping.code, 2) : []]))
  // Units of a level mostly lack the same: its words are made once.
  const words = new Map<string, { readonly short: Child; readonly long: Child }>()
  const said = (row: Ranked) => {
    const lacking = lackingOf(row)
    const key = `${lacking.unknown.num}/${lacking.unknown.den} ${lacking.months}`
    let found = words.get(key)
    if (!found) {
      const whole = isWhole(lacking)
      found = {
        short: lackingShort(lacking, locale).map((text) => html`<small class="cs-lines__note">${text}</small>`),
        long: whole ? html`<span class="cs-muted">${t(locale, gapTexts.whole)}</span>` : lackingTexts(lacking, locale).join('; '),
      }
      words.set(key, found)
    }
    return found
  }
  return (
    <Table
      caption={t(locale, texts.ranking)}
      captionHidden
      locale={locale}
      rows={rows}
      empty={<EmptyState title={t(locale, texts.none)} />}
      columns={[
        {
          key: 'rank',
          label: t(locale, texts.rank),
          numeric: true,
          phone: 'keep',
          cell: ({ rank }) => (rank === null ? '–' : formatNumber(rank, locale)),
        },
        {
          key: 'unit',
          label: t(locale, texts.unit),
          header: true,
          cell: ({ line: { unit }, rank }) => {
            const asked = { ...address, level: null, asNow: address.asNow && rank !== null }
            const href = scoreHref({ ...asked, ...lineOf(asked, unit.group) })
            const mark = rank === null ? html` ${<Tag tone="waiting">{t(locale, texts.split)}</Tag>}` : ''
            return html`<a class="govuk-link govuk-link--no-visited-state" href="${href}">${unit.group.name}</a>${mark}`
          },
        },
        {
          key: 'received',
          label: t(locale, texts.received),
          numeric: true,
          cell: ({ line }) => formatNumber(line.amounts.received ?? 0, locale),
        },
        ...(grouping?.groups ?? []).map((group, at) => ({
          key: group.code,
          label: t(locale, group.name),
          numeric: true,
          cell: (row: Ranked) => pointsText(points.get(row)?.[at] ?? null, locale),
        })),
        {
          key: 'total',
          label: t(locale, texts.score),
          numeric: true,
          phone: 'keep',
          cell: (row) => html`<strong>${pointsText(row.line.score.total, locale)}</strong>${said(row).short}`,
        },
        {
          key: 'band',
          label: t(locale, texts.band),
          nowrap: true,
          cell: ({ line }) => html`<strong class="cs-tag cs-tag--neutral">${t(locale, line.score.band)}</strong>`,
        },
        ...(rows.every((row) => isWhole(lackingOf(row)))
          ? []
          : [{ key: 'data', label: t(locale, gapTexts.data), cell: (row: Ranked) => said(row).long }]),
      ]}
    />
  )
}
