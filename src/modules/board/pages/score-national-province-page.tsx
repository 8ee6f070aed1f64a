import { type Day, dayOf } from '../../../kernel/clock.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import * as exact from '../../../kernel/rational.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, EmptyState, FilterChips, formatDay, formatInstant, formatNumber, InsetText, page, Select, Tag } from '../../../ui/index.ts'
import { unknownProvince } from '../errors.ts'
import { type NationalScores, type ProvinceStanding, type ScoredProvince, stretchBefore } from '../queries/national.ts'
import { changeOf, GROUPING, groupRows, isScored, rankProvinces } from '../queries/national-figures.ts'
import { type ScoreAddress, scoreHref } from '../rules/score-question.ts'
import { nationalTexts as texts } from '../score-national-texts.ts'
import { scoreTexts } from '../score-texts.ts'
import { type Beside, DifferenceTable, GroupTable, IndicatorTable } from './score-national-figures.tsx'
import { Change, groupingsOf, NATIONAL_PATH, provinceHref, readNationalAddress } from './score-national-page.tsx'
import { Periods, periodText } from './score-parts.tsx'
import { maxText, pointsText } from './score-points.ts'

/** Reads the page's address: `nhom` is a way to group the indicators, as on a score page. */
function readProvinceAddress(query: Readonly<Record<string, string | undefined>>, today: Day): ScoreAddress {
  const address = readNationalAddress(query, today)
  return { ...address, grouping: groupingsOf(address).find(({ code }) => code === query.nhom)?.code ?? GROUPING }
}

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
        <p class="govuk-body-s cs-muted govuk-!-margin-bottom-0" id="as-of">
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

/** The choice of another province, and what tells the two apart. */
const Comparison = ({ beside, standings, partner }: Compared) => {
  const { asked, address, locale } = beside
  const { slug } = asked.province
  const others = rankProvinces(standings, undefined).filter(({ standing }) => standing.province.slug !== slug)
  const kept = new URL(provinceHref(slug, address), 'http://x')
  return (
    <section id="so-sanh" aria-labelledby="differ-title">
      <h2 class="govuk-heading-m" id="differ-title">
        {t(locale, texts.differ)}
      </h2>
      {others.length > 0 && (
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
            empty={partner ? false : undefined}
            value={partner?.province.slug}
            locale={locale}
          />
          <Button look="secondary">{t(locale, texts.compare)}</Button>
        </form>
      )}
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

const Whole = ({ beside, standings, partner }: Compared) => {
  const { asked, address, locale } = beside
  const rows = groupRows(asked, standings, address.grouping ?? GROUPING)
  const extra: Record<string, string> = partner ? { voi: partner.province.slug } : {}
  return (
    <>
      <Summary beside={beside} standings={standings} />
      <h2 class="govuk-heading-m">{t(locale, texts.groups)}</h2>
      <p class="govuk-body-s cs-muted">{t(locale, texts.amongAll, { count: formatNumber(standings.filter(isScored).length, locale) })}</p>
      <FilterChips
        label={t(locale, scoreTexts.view)}
        locale={locale}
        chips={groupingsOf(address).map(({ code, name }) => ({
          text: t(locale, name),
          href: provinceHref(asked.province.slug, { ...address, grouping: code }, extra),
          on: code === address.grouping,
        }))}
      />
      <GroupTable rows={rows} beside={beside} />
      <Comparison beside={beside} standings={standings} partner={partner} />
      <h2 class="govuk-heading-m">{t(locale, scoreTexts.indicators)}</h2>
      {rows.map((row) => (
        <IndicatorTable row={row} beside={beside} />
      ))}
    </>
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

/**
 * GET /dieu-hanh/toan-quoc/:province: one province of the installation, every number with what it was worked out from. Counts only: what is
 * behind them stays in that province.
 */
export const nationalProvincePage =
  (scores: NationalScores) =>
  async (c: Web): Promise<Response> => {
    const app = c.get('app')
    const locale = c.get('locale')
    const today = dayOf(app.clock())
    const served = app.province.slug
    const address = readProvinceAddress(c.req.query(), today)
    const standings = await scores.read(address)
    const find = (slug: string | undefined): ProvinceStanding => {
      const found = standings.find(({ province }) => province.slug === slug)
      if (!found) throw new Refused(unknownProvince)
      return found
    }
    const asked = find(c.req.param('province'))
    const { slug, name } = asked.province
    const chosen = c.req.query('voi')
    const partner = chosen && chosen !== slug ? find(chosen) : usualPartner(asked, standings, served)
    const own = standings.find((one): one is ScoredProvince => isScored(one) && one.province.slug === served && served !== slug)
    return page(
      c,
      {
        ...frame(c, 'board'),
        title: { vi: name, en: name },
        wide: true,
        back: { href: scoreHref({ ...address, grouping: undefined }, NATIONAL_PATH), text: texts.back },
      },
      <div class="cs-board">
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
        <div class="cs-board__controls cs-screen-only">
          <Periods
            address={address}
            path={`${NATIONAL_PATH}/${slug}`}
            today={today}
            extra={chosen && partner ? { voi: partner.province.slug } : {}}
            locale={locale}
          />
        </div>
        {isScored(asked) ? (
          <Whole beside={{ asked, own, served, address, locale }} standings={standings} partner={partner} />
        ) : (
          <Empty state={asked.state} locale={locale} />
        )}
      </div>,
    )
  }
