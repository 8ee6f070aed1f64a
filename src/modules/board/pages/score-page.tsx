import { type Day, dayOf } from '../../../kernel/clock.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import * as exact from '../../../kernel/rational.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Details,
  EmptyState,
  FilterChips,
  formatDay,
  formatInstant,
  formatNumber,
  InsetText,
  page,
  SubNavigation,
  Tag,
  TrendLine,
} from '../../../ui/index.ts'
import { directoryOf, type OrganisationDirectory } from '../../organisation/index.ts'
import {
  allSchemes,
  missingMonthsOf,
  NATIONAL,
  oneUnit,
  provinceUnit,
  rankedUnits,
  type ScoredLine,
  type ScoredUnit,
  scoreUnits,
  unitsAsNow,
} from '../../scheme/index.ts'
import { besideOf, lineOf, monthsUntil, readScoreAddress, type ScoreAddress, sameSize, scoreHref } from '../rules/score-question.ts'
import { closedTexts } from '../score-closed-texts.ts'
import { scoreTexts as texts } from '../score-texts.ts'
import { GapsHead, lackingShort, mayReport } from './score-gaps.tsx'
import { Indicators, Periods, periodText, WinBackList } from './score-parts.tsx'
import { maxText, pointsText } from './score-points.ts'

export const scoreTabs = (address: ScoreAddress, current: 'score' | 'ranking' | 'compare' | 'closed' | 'national', locale: Locale) => (
  <SubNavigation
    label={t(locale, texts.title)}
    tabs={[
      { text: t(locale, texts.title), href: scoreHref({ ...address, level: null, asNow: false }), current: current === 'score' },
      {
        text: t(locale, texts.ranking),
        href: scoreHref({ ...address, unit: undefined }, '/dieu-hanh/chi-so/xep-hang'),
        current: current === 'ranking',
      },
      { text: t(locale, texts.compare), href: scoreHref(address, '/dieu-hanh/chi-so/so-sanh'), current: current === 'compare' },
      { text: t(locale, closedTexts.title), href: '/dieu-hanh/chi-so/chot', current: current === 'closed' },
    ]}
  />
)

/** The unit that an address names: of its time, or one of today with the past work of those that went into it whole. */
export function unitOf(directory: OrganisationDirectory, address: ScoreAddress, today: Day): ScoredUnit {
  if (!address.unit) return provinceUnit(directory, address)
  const asNow = address.asNow && unitsAsNow(directory, address, today).units.find(({ group }) => group.key === address.unit)
  return asNow || oneUnit(directory, address, address.unit, address.since)
}

/** More of them are a list to be opened: the rank is said above it. */
const FEW_PEERS = 12

/** Where the unit stands among those of its level and about its size, and who they are. */
const Peers = ({
  own,
  lines,
  missing,
  whole,
  address,
  locale,
}: {
  own: ScoredLine
  lines: readonly ScoredLine[]
  missing: ReturnType<typeof missingMonthsOf>
  /** The score above is of the unit with those below it. */
  whole: boolean
  address: ScoreAddress
  locale: Locale
}) => {
  const size = own.amounts.received ?? 0
  const peers = lines
    .filter(({ unit, amounts }) => unit.level === own.unit.level && (amounts.received ?? 0) > 0 && sameSize(size, amounts.received ?? 0))
    .sort((a, b) => exact.compare(b.score.total, a.score.total))
  const rank = peers.filter(({ score }) => exact.compare(score.total, own.score.total) > 0).length + 1
  if (peers.length < 2) return <p class="govuk-body">{t(locale, texts.peersNone)}</p>
  return (
    <>
      <p class="govuk-body">
        {t(locale, texts.peersLead, {
          rank,
          count: peers.length,
          low: formatNumber(Math.ceil(size / 2), locale),
          high: formatNumber(size * 2, locale),
        })}
      </p>
      {/* The unit asked for has those below it; in a ranking each stands for its own work. */}
      {whole && <p class="govuk-body-s">{t(locale, texts.peersOwn)}</p>}
      <Details summary={t(locale, texts.peers)} open={peers.length <= FEW_PEERS}>
        <ol class="govuk-list cs-peers">
          {peers.map(({ unit, score, gaps }) => (
            <li>
              {unit === own.unit ? (
                <strong>{unit.group.name}</strong>
              ) : (
                <a
                  class="govuk-link govuk-link--no-visited-state"
                  href={scoreHref(address, '/dieu-hanh/chi-so/so-sanh', besideOf(lineOf(address, unit.group)))}
                >
                  {unit.group.name}
                </a>
              )}{' '}
              <span class="cs-peers__points cs-tabular">
                {pointsText(score.total, locale)}
                {lackingShort({ unknown: score.unknown, months: missing({ gaps, unit }) }, locale).map((text) => (
                  <small>{text}</small>
                ))}
              </span>
            </li>
          ))}
        </ol>
      </Details>
    </>
  )
}

async function monthly(
  c: Web,
  address: ScoreAddress,
  directory: OrganisationDirectory,
  until: Day,
  /** Of the place shown, also where its code was another's. */
  since: Day | undefined,
): Promise<{ label: string; value: number | null }[]> {
  const app = c.get('app')
  const now = app.clock()
  return app.db.snapshot(c.get('province'), async (tx) => {
    const points: { label: string; value: number | null }[] = []
    for (const period of monthsUntil(until)) {
      const label = `${period.from.slice(5, 7)}/${period.from.slice(0, 4)}`
      try {
        const { lines } = await scoreUnits(
          tx,
          { period, scheme: address.scheme },
          [unitOf(directory, { ...address, ...period, since }, dayOf(now))],
          now,
        )
        const [line] = lines
        points.push({ label, value: line && (line.amounts.received ?? 0) > 0 ? Number(exact.written(line.score.total, 2)) : null })
      } catch (error) {
        // The unit did not exist in that month; anything else is a fault.
        if (!(error instanceof Refused)) throw error
        points.push({ label, value: null })
      }
    }
    return points
  })
}

/** GET /dieu-hanh/chi-so: the score of the province or a unit, what it lost, and what would win it back. */
export async function scorePage(c: Web): Promise<Response> {
  const app = c.get('app')
  const province = c.get('province')
  const locale = c.get('locale')
  const now = app.clock()
  const today = dayOf(now)
  const address = readScoreAddress(c.req.query(), today, NATIONAL)
  const directory = await directoryOf(app, province)
  const unit = unitOf(directory, address, today)
  const shows = c.req.queries('xem') ?? []
  const wantsTrend = shows.includes('xu-huong')
  const wantsPeers = shows.includes('cung-co')
  const question = { period: address, scheme: address.scheme }
  const { schemes, scored, ranking } = await app.db.snapshot(province, async (tx) => {
    // Sent together, in one trip to the database.
    const [schemes, scored] = await Promise.all([allSchemes(tx), scoreUnits(tx, question, [unit], now)])
    // Every other unit is only scored when somebody asks where this one stands among them.
    const peers = address.asNow ? () => unitsAsNow(directory, address, today).units : () => rankedUnits(directory, address)
    return { schemes, scored, ranking: address.unit && wantsPeers ? await scoreUnits(tx, question, peers(), now) : undefined }
  })
  const [line] = scored.lines
  const trend = wantsTrend
    ? await monthly(c, address, directory, address.to < today ? address.to : today, unit.group.validFrom ?? undefined)
    : undefined
  const known = trend?.flatMap(({ value }) => (value === null ? [] : [value])) ?? []
  const own =
    address.unit && ranking?.lines.find(({ unit: one }) => one.group.key === unit.group.key && one.group.validFrom === unit.group.validFrom)
  const title = { vi: `${texts.title.vi}: ${unit.group.name}`, en: `${texts.title.en}: ${unit.group.name}` }
  if (!line) throw new Error('a unit was not scored')
  const high = exact.plus(line.score.total, line.score.unknown)
  const worked = (line.amounts.received ?? 0) > 0
  return page(
    c,
    { ...frame(c, 'board'), title, wide: true },
    <div class="cs-board">
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">{periodText(address)}</span>
        {t(locale, title)}
      </h1>
      {scoreTabs(address, 'score', locale)}
      <div class="cs-board__controls cs-screen-only">
        <Periods address={address} path="/dieu-hanh/chi-so" today={today} locale={locale} />
        {schemes.length > 1 && (
          <FilterChips
            label={t(locale, texts.scheme)}
            locale={locale}
            chips={schemes.map(({ code, name }) => ({
              text: t(locale, name),
              href: scoreHref({ ...address, scheme: code, grouping: undefined }),
              on: code === address.scheme,
            }))}
          />
        )}
      </div>
      {address.asNow && address.unit && <InsetText>{t(locale, texts.countedAsNow)}</InsetText>}
      {!scored.inForce && <InsetText>{t(locale, texts.notInForce, { day: formatDay(scored.version.validFrom) })}</InsetText>}
      <GapsHead line={line} may={mayReport(c)} locale={locale} />
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-one-third">
          <div class="cs-score" id="score">
            {/* Without a dossier there is nothing to grade: what the catalogue alone would give stands below, not here. */}
            <p class="cs-score__total cs-tabular">{worked ? pointsText(line.score.total, locale) : '–'}</p>
            <p class="govuk-body">
              {t(locale, texts.ofMax, { max: maxText(line.score.max, locale) })}{' '}
              <Tag tone={worked ? 'info' : 'neutral'}>
                {worked ? t(locale, texts.graded, { band: t(locale, line.score.band) }) : t(locale, texts.notGraded)}
              </Tag>
            </p>
            {worked && exact.compare(line.score.unknown, exact.zero) > 0 && (
              <p class="govuk-body-s">
                {t(locale, texts.unknown, {
                  points: pointsText(line.score.unknown, locale),
                  low: pointsText(line.score.total, locale),
                  high: pointsText(high, locale),
                })}
              </p>
            )}
            <p class="govuk-body-s cs-muted">
              {t(locale, scored.scheme.name)}. {scored.scheme.basis}. {t(locale, scored.version.change)}
            </p>
            <p class="govuk-body-s cs-muted">{t(locale, texts.asOf, { time: formatInstant(now) })}</p>
            {own && worked && ranking && (
              <div id="cung-co">
                <Peers
                  own={own}
                  lines={ranking.lines}
                  missing={missingMonthsOf(ranking.version.indicators)}
                  whole={!address.asNow && unit.parts !== undefined}
                  address={address}
                  locale={locale}
                />
              </div>
            )}
            {address.unit && worked && !wantsPeers && (
              <p class="govuk-body cs-screen-only">
                <a class="govuk-link" href={`${scoreHref(address, '/dieu-hanh/chi-so', { xem: 'cung-co' })}#cung-co`}>
                  {t(locale, texts.peersShow)}
                </a>
              </p>
            )}
          </div>
        </div>
        <div class="govuk-grid-column-two-thirds">
          {worked ? (
            <WinBackList line={line} address={address} locale={locale} />
          ) : (
            <EmptyState title={t(locale, texts.none)}>{t(locale, texts.noneNext)}</EmptyState>
          )}
        </div>
      </div>
      <h2 class="govuk-heading-m">{t(locale, texts.indicators)}</h2>
      <Indicators line={line} address={address} locale={locale} />
      {trend ? (
        <div id="xu-huong">
          <TrendLine
            id="score-trend"
            title={t(locale, texts.trend)}
            summary={t(locale, texts.trendSummary, {
              first: formatNumber(known[0] ?? 0, locale, 2),
              last: formatNumber(known.at(-1) ?? 0, locale, 2),
            })}
            points={trend}
            unit="count"
            locale={locale}
          />
        </div>
      ) : (
        <p class="govuk-body cs-screen-only">
          <a class="govuk-link" href={`${scoreHref(address, '/dieu-hanh/chi-so', { xem: 'xu-huong' })}#xu-huong`}>
            {t(locale, texts.trendShow)}
          </a>
        </p>
      )}
    </div>,
  )
}
