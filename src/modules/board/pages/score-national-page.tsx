import { type Day, dayOf } from '../../../kernel/clock.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import * as exact from '../../../kernel/rational.ts'
import { frame } from '../../../ui/frame.ts'
import { EmptyState, FilterChips, formatInstant, formatNumber, InsetText, Island, page, Table, Tag } from '../../../ui/index.ts'
import { NATIONAL, nationalSchemes, type ScoredLine, versionOn } from '../../scheme/index.ts'
import type { NationalScores, ProvinceStanding, ScoredProvince } from '../queries/national.ts'
import { readQuestion } from '../rules/question.ts'
import { type ScoreAddress, scoreHref } from '../rules/score-question.ts'
import { nationalTexts as texts } from '../score-national-texts.ts'
import { scoreTexts } from '../score-texts.ts'
import { texts as boardTexts } from '../texts.ts'
import { Periods, periodText, pointsText } from './score-parts.tsx'

const PATH = '/dieu-hanh/toan-quoc'
const GROUPING = 'portal'

export const nationalStreamHref = (address: ScoreAddress): string => scoreHref(address, `${PATH}/luong`)

/** Points of a group, or all of them, as they are printed: what prints the same shares a rank. */
function pointsOf({ score }: ScoredLine, code: string | undefined): exact.Rational {
  const groups = score.groupings.find((one) => one.code === GROUPING)?.groups
  const points = groups?.find((one) => one.code === code)?.points ?? score.total
  return exact.decimal(Number(exact.written(points, 2)))
}

interface Ranked {
  readonly standing: ProvinceStanding
  readonly rank: number | null
}

/** Highest first, equal ones under one rank by name; those that cannot be compared come last, without a rank. */
export function rankProvinces(standings: readonly ProvinceStanding[], by: string | undefined): Ranked[] {
  const byName = (a: ProvinceStanding, b: ProvinceStanding): number => a.province.name.localeCompare(b.province.name, 'vi')
  const scored = standings
    .filter((one): one is ScoredProvince => one.state === 'scored')
    .sort((a, b) => exact.compare(pointsOf(b.now, by), pointsOf(a.now, by)) || byName(a, b))
  const rank = (one: ScoredProvince): number =>
    scored.findIndex((other) => exact.compare(pointsOf(other.now, by), pointsOf(one.now, by)) === 0) + 1
  return [
    ...scored.map((standing) => ({ standing, rank: rank(standing) })),
    ...standings
      .filter(({ state }) => state !== 'scored')
      .sort(byName)
      .map((standing) => ({ standing, rank: null })),
  ]
}

const Change = ({ standing: { now, before }, locale }: { standing: ScoredProvince; locale: Locale }) => {
  if (!before) return <>–</>
  const difference = exact.minus(now.score.total, before.score.total)
  const order = exact.compare(difference, exact.zero)
  if (order === 0) return <>{t(locale, texts.same)}</>
  const points = pointsText(order > 0 ? difference : exact.minus(exact.zero, difference), locale)
  return (
    <Tag tone={order > 0 ? 'good' : 'waiting'}>
      {order > 0 ? '↑' : '↓'} {t(locale, order > 0 ? texts.up : texts.down, { points })}
    </Tag>
  )
}

export interface NationalProps {
  readonly standings: readonly ProvinceStanding[]
  readonly address: ScoreAddress
  /** The province that is served: its figures lead on to what they were counted from. */
  readonly own: string
  readonly locale: Locale
}

/** Provinces in order, the part that is kept true. */
export const NationalTable = ({ standings, address, own, locale }: NationalProps) => {
  const groups = groupsOf(address)
  const rows = rankProvinces(standings, address.grouping)
  const scoredOf = ({ standing }: Ranked): ScoredProvince | undefined => (standing.state === 'scored' ? standing : undefined)
  const hasBefore = rows.some((row) => scoredOf(row)?.before)
  const ownHref = scoreHref({ ...address, grouping: GROUPING })
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
            cell: ({ rank }) => (rank === null ? '–' : formatNumber(rank, locale)),
          },
          {
            key: 'province',
            label: t(locale, texts.province),
            header: true,
            cell: ({ standing: { province } }) =>
              province.slug === own ? (
                <>
                  <a class="govuk-link govuk-link--no-visited-state" href={ownHref}>
                    {province.name}
                  </a>{' '}
                  <Tag tone="info">{t(locale, texts.here)}</Tag>
                </>
              ) : (
                province.name
              ),
          },
          {
            key: 'total',
            label: t(locale, texts.total),
            numeric: true,
            cell: (row) => {
              const scored = scoredOf(row)
              if (scored) return <strong>{pointsText(scored.now.score.total, locale)}</strong>
              return <span class="cs-muted">{t(locale, texts[row.standing.state as 'nothing' | 'behind' | 'unread'])}</span>
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
                    return scored ? <Change standing={scored} locale={locale} /> : '–'
                  },
                },
              ]
            : []),
          ...groups.map(({ code, name }) => ({
            key: code,
            label: t(locale, name),
            numeric: true,
            cell: (row: Ranked) => {
              const scored = scoredOf(row)
              if (!scored) return '–'
              const points = pointsText(pointsOf(scored.now, code), locale)
              return row.standing.province.slug === own ? (
                <a class="govuk-link govuk-link--no-visited-state" href={`${ownHref}#group-${code}`}>
                  {points}
                </a>
              ) : (
                points
              )
            },
          })),
          {
            key: 'unknown',
            label: t(locale, texts.unknown),
            numeric: true,
            cell: (row) => {
              const scored = scoredOf(row)
              return scored ? pointsText(scored.now.score.unknown, locale) : '–'
            },
          },
        ]}
      />
    </div>
  )
}

/** The portal's six groups, as the scheme of the period has them. */
function groupsOf({ to }: Pick<ScoreAddress, 'to'>) {
  const scheme = nationalSchemes().find(({ code }) => code === NATIONAL)
  return (scheme && versionOn(scheme, to).version.groupings.find(({ code }) => code === GROUPING)?.groups) ?? []
}

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
      <div class="cs-board" data-live={nationalStreamHref(address)}>
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
        <Island name="live-board" />
      </div>,
    )
  }
