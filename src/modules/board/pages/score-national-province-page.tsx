import { type Day, dayOf } from '../../../kernel/clock.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import * as exact from '../../../kernel/rational.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  EmptyState,
  FilterChips,
  formatDay,
  formatInstant,
  formatNumber,
  InsetText,
  Island,
  page,
  Select,
  Tag,
} from '../../../ui/index.ts'
import { unknownProvince } from '../errors.ts'
import { type NationalScores, type ProvinceStanding, type ScoredProvince, stretchBefore } from '../queries/national.ts'
import { changeOf, GROUPING, groupRows, isScored, rankProvinces } from '../queries/national-figures.ts'
import { type ScoreAddress, scoreHref } from '../rules/score-question.ts'
import { nationalTexts as texts } from '../score-national-texts.ts'
import { scoreTexts } from '../score-texts.ts'
import { texts as boardTexts } from '../texts.ts'
import { lackingTexts } from './score-gaps.tsx'
import { type Beside, DifferenceTable, GroupTable, IndicatorTable } from './score-national-figures.tsx'
import { Change, groupingsOf, monthsMissing, NATIONAL_PATH, provinceHref, readNationalAddress } from './score-national-page.tsx'
import { Periods, periodText } from './score-parts.tsx'
import { maxText, pointsText } from './score-points.ts'

/** Who stands beside a province unless somebody else was chosen: the served one; beside that one itself, the best of the others. */
function usualPartner(asked: ProvinceStanding, standings: readonly ProvinceStanding[], served: string): ProvinceStanding | undefined {
  if (asked.province.slug !== served) return standings.find(({ province }) => province.slug === served)
  const others = standings.filter(({ province }) => province.slug !== asked.province.slug)
  return rankProvinces(others, undefined).find(({ standing }) => isScored(standing))?.standing
}

const Summary = ({ beside, standings }: { beside: Beside; standings: readonly ProvinceStanding[] }) => {
  const { asked, address, locale } = beside
  const { score } = asked.now
  const ranks = rankProvinces(standings, undefined)
  const rank = ranks.find(({ standing }) => standing.province.slug === asked.province.slug)?.rank ?? 0
  const { scheme, version, inForce } = asked.rules
  return (
    <>
      {!inForce && <InsetText>{t(locale, scoreTexts.notInForce, { day: formatDay(version.validFrom) })}</InsetText>}
      <div class="cs-score" id="score">
        <p class="cs-score__total cs-tabular">{pointsText(score.total, locale)}</p>
        <p class="govuk-body">
          {t(locale, scoreTexts.ofMax, { max: maxText(score.max, locale) })}{' '}
          <Tag tone="info">{t(locale, scoreTexts.graded, { band: t(locale, score.band) })}</Tag>
        </p>
        <p class="govuk-body">
          {t(locale, texts.rankOf, {
            rank: formatNumber(rank, locale),
            count: formatNumber(standings.filter(isScored).length, locale),
          })}
          . {t(locale, texts.change)}:{' '}
          {asked.before ? <Change by={changeOf(score.total, asked.before.score.total)} locale={locale} /> : t(locale, texts.nothingBefore)}
        </p>
        {exact.compare(score.unknown, exact.zero) > 0 && (
          <p class="govuk-body-s">
            {t(locale, scoreTexts.unknown, {
              points: pointsText(score.unknown, locale),
              low: pointsText(score.total, locale),
              high: pointsText(exact.plus(score.total, score.unknown), locale),
            })}
          </p>
        )}
        <p class="govuk-body-s cs-muted">
          {t(locale, scheme.name)}. {scheme.basis}. {t(locale, version.change)}{' '}
          {t(locale, texts.periodBefore, { period: periodText(stretchBefore(address)) })}.
        </p>
        {lackingTexts({ unknown: exact.zero, months: monthsMissing(asked) }, locale).map((text) => (
          <p class="govuk-body-s">
            <Tag tone="waiting">{text}</Tag>
          </p>
        ))}
        <p class="govuk-body-s cs-muted govuk-!-margin-bottom-0">
          {t(locale, scoreTexts.asOf, { time: formatInstant(asked.asOf) })}{' '}
          {t(locale, asked.province.slug === beside.served ? texts.ownHere : texts.countsOnly)}
        </p>
      </div>
    </>
  )
}

interface Compared {
  readonly beside: Beside
  readonly standings: readonly ProvinceStanding[]
  readonly partner: ProvinceStanding | undefined
}

/** What tells a province from another one. */
const Comparison = ({ beside, partner }: Compared) => {
  const { locale } = beside
  return (
    <section aria-labelledby="differ-title">
      <h2 class="govuk-heading-m" id="differ-title">
        {t(locale, texts.differ)}
      </h2>
      {!partner ? (
        <p class="govuk-body">{t(locale, texts.nobodyElse)}</p>
      ) : isScored(partner) ? (
        <DifferenceTable other={partner} beside={beside} />
      ) : (
        <p class="govuk-body">{t(locale, texts.cannotCompare, { name: partner.province.name, why: t(locale, texts[partner.state]) })}</p>
      )}
    </section>
  )
}

/** The choice of another province: it stays as it is while the figures around it move. */
const Choice = ({ question, sides, locale }: { question: ProvinceQuestion; sides: Sides; locale: Locale }) => {
  const others = rankProvinces(sides.standings, undefined).filter(({ standing }) => standing.province.slug !== question.slug)
  if (others.length === 0) return null
  const kept = new URL(provinceHref(question.slug, question.address), 'http://x')
  return (
    <form method="get" action={`${kept.pathname}#so-sanh`} class="cs-compare cs-screen-only">
      {[...kept.searchParams].map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <Select
        name="voi"
        label={t(locale, texts.other)}
        options={others.map(({ standing: { province, state } }) => ({
          value: province.slug,
          label: state === 'scored' ? province.name : `${province.name} (${t(locale, texts[state])})`,
        }))}
        empty={sides.partner ? false : undefined}
        value={sides.partner?.province.slug}
        locale={locale}
      />
      <Button look="secondary">{t(locale, texts.compare)}</Button>
    </form>
  )
}

const whyNot = {
  nothing: [texts.nothingTitle, texts.nothingNext],
  behind: [texts.behindTitle, texts.behindNext],
  unread: [texts.unreadTitle, texts.unreadNext],
} as const

const Empty = ({ state, locale }: { state: keyof typeof whyNot; locale: Locale }) => {
  const [title, next] = whyNot[state]
  return <EmptyState title={t(locale, title)}>{t(locale, next)}</EmptyState>
}

/** What is asked of one province's page. */
export interface ProvinceQuestion {
  readonly slug: string
  readonly address: ScoreAddress
  /** Whom it is set beside; undefined: the usual one. */
  readonly other: string | undefined
}

/** Reads the page's address: `nhom` is a way to group the indicators, as on a score page. */
export function readProvinceQuestion(slug: string, query: Readonly<Record<string, string | undefined>>, today: Day): ProvinceQuestion {
  const address = readNationalAddress(query, today)
  const grouping = groupingsOf(address).find(({ code }) => code === query.nhom)?.code ?? GROUPING
  return { slug, address: { ...address, grouping }, other: query.voi && query.voi !== slug ? query.voi : undefined }
}

/** The question as an address: of the page, or of its stream. */
export const questionHref = ({ slug, address, other }: ProvinceQuestion, extra: Readonly<Record<string, string>> = {}): string =>
  provinceHref(slug, address, { ...(other ? { voi: other } : {}), ...extra })

interface Sides {
  readonly standings: readonly ProvinceStanding[]
  readonly asked: ProvinceStanding
  readonly partner: ProvinceStanding | undefined
  readonly own: ScoredProvince | undefined
}

/** The province asked for and those beside it, as they stand now. Throws `Refused` board.province-unknown. */
export async function sidesOf(scores: NationalScores, { slug, address, other }: ProvinceQuestion, served: string): Promise<Sides> {
  const standings = await scores.read(address)
  const find = (name: string): ProvinceStanding => {
    const found = standings.find(({ province }) => province.slug === name)
    if (!found) throw new Refused(unknownProvince)
    return found
  }
  const asked = find(slug)
  return {
    standings,
    asked,
    partner: other ? find(other) : usualPartner(asked, standings, served),
    own: standings.find((one): one is ScoredProvince => isScored(one) && one.province.slug === served && served !== slug),
  }
}

/** The parts of the page that are kept true, by id. `open`: the group that is unfolded, or all of them. */
export function provinceParts(question: ProvinceQuestion, sides: Sides, served: string, locale: Locale, open?: string) {
  const { address, other } = question
  const { asked, standings, partner, own } = sides
  if (!isScored(asked))
    return {
      province: (
        <div id="province">
          <Empty state={asked.state} locale={locale} />
        </div>
      ),
      differ: <div id="differ" />,
      indicators: <div id="indicators" />,
    }
  const kept: Readonly<Record<string, string>> = other ? { voi: other } : {}
  const beside: Beside = { asked, own, served, address, kept, locale }
  const rows = groupRows(asked, standings, address.grouping ?? GROUPING)
  return {
    province: (
      <div id="province">
        <Summary beside={beside} standings={standings} />
        <h2 class="govuk-heading-m">{t(locale, texts.groups)}</h2>
        <p class="govuk-body-s cs-muted">{t(locale, texts.amongAll, { count: formatNumber(standings.filter(isScored).length, locale) })}</p>
        <FilterChips
          label={t(locale, scoreTexts.view)}
          locale={locale}
          chips={groupingsOf(address).map(({ code, name }) => ({
            text: t(locale, name),
            href: provinceHref(asked.province.slug, { ...address, grouping: code }, kept),
            on: code === address.grouping,
          }))}
        />
        <GroupTable rows={rows} beside={beside} />
      </div>
    ),
    differ: (
      <div id="differ">
        <Comparison beside={beside} standings={standings} partner={partner} />
      </div>
    ),
    indicators: (
      <div id="indicators">
        <h2 class="govuk-heading-m">{t(locale, scoreTexts.indicators)}</h2>
        <p class="govuk-body-s cs-muted">
          {t(locale, texts.indicatorsLead)}{' '}
          <a class="govuk-link cs-screen-only" href={`${questionHref(question, { mo: 'tat' })}#indicators`}>
            {t(locale, texts.openAll)}
          </a>
        </p>
        {rows.map((row) => (
          <IndicatorTable row={row} open={open === 'tat' || open === row.code} beside={beside} />
        ))}
      </div>
    ),
  }
}

/**
 * GET /dieu-hanh/toan-quoc/:province: one province of the installation, every number with what it was worked out from, kept true while it is
 * open. Counts only: what is behind them stays in that province.
 */
export const nationalProvincePage =
  (scores: NationalScores) =>
  async (c: Web): Promise<Response> => {
    const app = c.get('app')
    const locale = c.get('locale')
    const today = dayOf(app.clock())
    const served = app.province.slug
    const question = readProvinceQuestion(c.req.param('province') ?? '', c.req.query(), today)
    const { address, other } = question
    const sides = await sidesOf(scores, question, served)
    const { slug, name } = sides.asked.province
    const parts = provinceParts(question, sides, served, locale, c.req.query('mo'))
    return page(
      c,
      {
        ...frame(c, 'board'),
        title: { vi: name, en: name },
        wide: true,
        back: { href: scoreHref({ ...address, grouping: undefined }, NATIONAL_PATH), text: texts.back },
      },
      <div
        class="cs-board"
        data-live={questionHref(question).replace('?', '/luong?')}
        data-ended={t(locale, boardTexts.ended)}
        data-day={today}
      >
        <div class="cs-board__head">
          <h1 class="govuk-heading-l">
            <span class="govuk-caption-l">{periodText(address)}</span>
            {name}
            {slug === served && (
              <>
                {' '}
                <Tag tone="info">{t(locale, texts.here)}</Tag>
              </>
            )}
          </h1>
          <p
            class="cs-live"
            data-live-state
            data-live={t(locale, boardTexts.live)}
            data-lost={t(locale, boardTexts.lost)}
            aria-live="polite"
          />
        </div>
        <div class="cs-board__controls cs-screen-only">
          <Periods address={address} path={`${NATIONAL_PATH}/${slug}`} today={today} extra={other ? { voi: other } : {}} locale={locale} />
        </div>
        {parts.province}
        <div id="so-sanh">
          {parts.differ}
          {isScored(sides.asked) && <Choice question={question} sides={sides} locale={locale} />}
        </div>
        {parts.indicators}
        <Island name="live-board" />
      </div>,
    )
  }
