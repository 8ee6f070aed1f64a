import { type Day, dayOf } from '../../../kernel/clock.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import type { Month } from '../../../kernel/months.ts'
import * as exact from '../../../kernel/rational.ts'
import { frame } from '../../../ui/frame.ts'
import { EmptyState, FilterChips, formatInstant, formatNumber, InsetText, Island, page, Table, Tag } from '../../../ui/index.ts'
import { missingMonthsOf, NATIONAL, nationalSchemes, versionOn } from '../../scheme/index.ts'
import type { NationalScores, ProvinceStanding, ScoredProvince } from '../queries/national.ts'
import { changeOf, GROUPING, isScored, pointsOf, type Ranked, rankProvinces } from '../queries/national-figures.ts'
import { readQuestion } from '../rules/question.ts'
import { type ScoreAddress, scoreHref } from '../rules/score-question.ts'
import type { Lacking } from '../rules/score-sums.ts'
import { nationalTexts as texts } from '../score-national-texts.ts'
import { scoreTexts } from '../score-texts.ts'
import { texts as boardTexts } from '../texts.ts'
import { lackingShort, lackingTexts } from './score-gaps.tsx'
import { Periods, periodText } from './score-parts.tsx'
import { pointsText } from './score-points.ts'

export const NATIONAL_PATH = '/dieu-hanh/toan-quoc'
const PATH = NATIONAL_PATH

export const nationalStreamHref = (address: ScoreAddress): string => scoreHref(address, `${PATH}/luong`)

/** `↑ tăng 0,45`, `không đổi`. */
function changeText(by: exact.Rational, locale: Locale): string {
  const order = exact.compare(by, exact.zero)
  if (order === 0) return t(locale, texts.same)
  const points = pointsText(order > 0 ? by : exact.minus(exact.zero, by), locale)
  return `${order > 0 ? '↑' : '↓'} ${t(locale, order > 0 ? texts.up : texts.down, { points })}`
}

/** Points more or less than before, with a sign and a word. */
export const Change = ({ by, locale }: { by: exact.Rational | null; locale: Locale }) => {
  if (by === null) return <>–</>
  const order = exact.compare(by, exact.zero)
  return order === 0 ? <span>{changeText(by, locale)}</span> : <Tag tone={order > 0 ? 'good' : 'waiting'}>{changeText(by, locale)}</Tag>
}

/** Months of reported figures that a province's score is without. */
export const monthsMissing = ({ rules, now }: ScoredProvince): readonly Month[] => missingMonthsOf(rules.version.indicators)(now)

const lackingOf = (scored: ScoredProvince): Lacking => ({ unknown: scored.now.score.unknown, months: monthsMissing(scored) })

/** One province's page for the same days. */
export const provinceHref = (slug: string, address: ScoreAddress, extra: Readonly<Record<string, string>> = {}): string =>
  scoreHref(address, `${PATH}/${slug}`, extra)

export interface NationalProps {
  readonly standings: readonly ProvinceStanding[]
  readonly address: ScoreAddress
  /** The province that is served. */
  readonly own: string
  readonly locale: Locale
}

/** Provinces in order, the part that is kept true. */
export const NationalTable = ({ standings, address, own, locale }: NationalProps) => {
  const groups = groupsOf(address)
  const rows = rankProvinces(standings, address.grouping)
  const scoredOf = ({ standing }: Ranked): ScoredProvince | undefined => (isScored(standing) ? standing : undefined)
  const hasBefore = rows.some((row) => scoredOf(row)?.before)
  const link = ({ standing }: Ranked, text: string, group?: string) => (
    <a
      class="govuk-link govuk-link--no-visited-state"
      href={`${provinceHref(standing.province.slug, { ...address, grouping: GROUPING }, group ? { mo: group } : {})}${group ? `#group-${group}` : ''}`}
    >
      {text}
    </a>
  )
  return (
    <div id="national">
      {standings.length === 1 && <InsetText>{t(locale, texts.alone)}</InsetText>}
      <Table
        caption={t(locale, texts.title)}
        captionHidden
        dense
        locale={locale}
        rows={rows}
        empty={<EmptyState title={t(locale, scoreTexts.none)} />}
        columns={[
          {
            key: 'rank',
            label: t(locale, scoreTexts.rank),
            numeric: true,
            phone: 'keep',
            cell: ({ rank }) => (rank === null ? '–' : formatNumber(rank, locale)),
          },
          {
            key: 'province',
            label: t(locale, texts.province),
            header: true,
            cell: (row) => (
              <>
                {link(row, row.standing.province.name)}
                {row.standing.province.slug === own && (
                  <>
                    {' '}
                    <Tag tone="info">{t(locale, texts.here)}</Tag>
                  </>
                )}
                {row.standing.state !== 'scored' && (
                  <div class="govuk-body-s cs-muted govuk-!-margin-bottom-0">{t(locale, texts[row.standing.state])}</div>
                )}
              </>
            ),
          },
          {
            key: 'total',
            label: t(locale, texts.total),
            numeric: true,
            // What they are ordered by is what a phone shows.
            ...(address.grouping ? {} : { phone: 'keep' as const }),
            cell: (row) => {
              const scored = scoredOf(row)
              if (!scored) return '–'
              const by = changeOf(scored.now.score.total, scored.before?.score.total)
              return (
                <>
                  <strong>{link(row, pointsText(scored.now.score.total, locale))}</strong>
                  {[...(by ? [changeText(by, locale)] : []), ...lackingShort(lackingOf(scored), locale)].map((text) => (
                    <small class="cs-lines__note">{text}</small>
                  ))}
                </>
              )
            },
          },
          ...(hasBefore
            ? [
                {
                  key: 'change',
                  label: t(locale, texts.change),
                  nowrap: true,
                  cell: (row: Ranked) => {
                    const scored = scoredOf(row)
                    return <Change by={changeOf(scored?.now.score.total, scored?.before?.score.total)} locale={locale} />
                  },
                },
              ]
            : []),
          ...groups.map(({ code, name }) => ({
            key: code,
            label: t(locale, name),
            numeric: true,
            ...(address.grouping === code ? { phone: 'keep' as const } : {}),
            cell: (row: Ranked) => {
              const scored = scoredOf(row)
              return scored ? link(row, pointsText(pointsOf(scored.now, code), locale), code) : '–'
            },
          })),
          {
            key: 'unknown',
            label: t(locale, texts.unknown),
            numeric: true,
            cell: (row) => {
              const scored = scoredOf(row)
              if (!scored) return '–'
              return (
                <>
                  {pointsText(scored.now.score.unknown, locale)}
                  {lackingTexts({ ...lackingOf(scored), unknown: exact.zero }, locale).map((text) => (
                    <div class="govuk-body-s cs-muted govuk-!-margin-bottom-0">{text}</div>
                  ))}
                </>
              )
            },
          },
        ]}
      />
    </div>
  )
}

/** The ways to group the indicators, as the national scheme of the period has them. */
export function groupingsOf({ to }: Pick<ScoreAddress, 'to'>) {
  const scheme = nationalSchemes().find(({ code }) => code === NATIONAL)
  return (scheme && versionOn(scheme, to).version.groupings) ?? []
}

/** The portal's six groups. */
export const groupsOf = (address: Pick<ScoreAddress, 'to'>) => groupingsOf(address).find(({ code }) => code === GROUPING)?.groups ?? []

/** Reads the board's address: what it may name beside a period is one of the portal's groups, to order by. */
export function readNationalAddress(query: Readonly<Record<string, string | undefined>>, today: Day): ScoreAddress {
  const { from, to } = readQuestion(query, today)
  const grouping = groupsOf({ to }).find(({ code }) => code === query.nhom)?.code
  return { from, to, scheme: NATIONAL, grouping, unit: undefined, level: null, asNow: false }
}

/** GET /dieu-hanh/toan-quoc: the provinces of this installation side by side, each counted in its own schema. */
export const nationalPage =
  (scores: NationalScores) =>
  async (c: Web): Promise<Response> => {
    const app = c.get('app')
    const locale = c.get('locale')
    const now = app.clock()
    const today = dayOf(now)
    const address = readNationalAddress(c.req.query(), today)
    const standings = await scores.read(address)
    const href = (code?: string): string => scoreHref({ ...address, grouping: code }, PATH)
    return page(
      c,
      { ...frame(c, 'board'), title: texts.title, wide: true },
      <div class="cs-board" data-live={nationalStreamHref(address)} data-ended={t(locale, boardTexts.ended)} data-day={today}>
        <div class="cs-board__head">
          <h1 class="govuk-heading-l">
            <span class="govuk-caption-l">{periodText(address)}</span>
            {t(locale, texts.title)}
          </h1>
          <p
            class="cs-live"
            data-live-state
            data-live={t(locale, boardTexts.live)}
            data-lost={t(locale, boardTexts.lost)}
            aria-live="polite"
          />
        </div>
        <p class="govuk-body">{t(locale, texts.lead)}</p>
        <div class="cs-board__controls cs-screen-only">
          <Periods address={address} path={PATH} today={today} locale={locale} />
          <FilterChips
            label={t(locale, texts.order)}
            locale={locale}
            chips={[
              { text: t(locale, texts.total), href: href(), on: address.grouping === undefined },
              ...groupsOf(address).map(({ code, name }) => ({ text: t(locale, name), href: href(code), on: address.grouping === code })),
            ]}
          />
        </div>
        <p class="govuk-body-s cs-muted" id="as-of">
          {t(locale, scoreTexts.asOf, { time: formatInstant(now) })}
        </p>
        <NationalTable standings={standings} address={address} own={app.province.slug} locale={locale} />
        <p class="govuk-body cs-screen-only">
          <a class="govuk-link" href={href(address.grouping).replace(PATH, `${PATH}/bang.csv`)} download>
            {t(locale, texts.download)}
          </a>
        </p>
        <Island name="live-board" />
      </div>,
    )
  }
