import type { Temporal } from 'temporal-polyfill'
import { dayOf } from '../../../kernel/clock.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import {
  formatDay,
  formatInstant,
  formatNumber,
  formatPercent,
  formatPoints,
  InsetText,
  StatCard,
  SubNavigation,
  Table,
  Tag,
  type Tone,
} from '../../../ui/index.ts'
import {
  type AimStanding,
  type Campaign,
  type CampaignStanding,
  type GoneUnit,
  type Light,
  mayLead,
  paceOf,
  type Share,
  type TierPlace,
  type UnitPlace,
} from '../../campaign/index.ts'
import { type BoardRate, boardRates, slugOfRate } from '../rules/question.ts'
import { fallingTexts, lightTexts, campaignTexts as texts } from './campaign-texts.ts'
import { pointsText } from './score-parts.tsx'

export const CAMPAIGNS = '/dieu-hanh/chien-dich'
export const campaignHref = (id: string, rest = ''): string => `${CAMPAIGNS}/${id}${rest}`
export const unitHref = (id: string, code: string): string => campaignHref(id, `/don-vi/${code}`)

const tones: Readonly<Record<Light, Tone>> = {
  ...{ met: 'good', on_track: 'info', at_risk: 'waiting', behind: 'bad', out_of_reach: 'bad', unclear: 'neutral', nothing: 'neutral' },
}

const nothing: Share = { numerator: 0, denominator: 0 }
export const shareOf = (unit: UnitPlace, code: string): Share => unit.attained.find(({ aim }) => aim === code)?.share ?? nothing

export const ratioOf = ({ numerator, denominator }: Share): number | null => (denominator === 0 ? null : numerator / denominator)

/** A traffic light: its colour and, always, its word. After the end only "met" or not is left. */
export const LightTag = ({ aim, over, locale }: { aim: AimStanding; over: boolean; locale: Locale }) => (
  <Tag tone={over && aim.met === false ? 'bad' : tones[aim.light]}>
    {over && aim.met === false ? t(locale, texts.notMet) : t(locale, (aim.met && fallingTexts[aim.light]) || lightTexts[aim.light])}
  </Tag>
)

/** Where the dossiers behind a figure are; nothing for a rate the board has no page for. */
export function behindHref(
  standing: CampaignStanding,
  code: string,
  where: { unit?: string; tier?: string },
  view = 'tat',
): string | undefined {
  const rate = boardRates.find((one) => one === code)
  if (!rate) return undefined
  const query = new URLSearchParams({
    tu: standing.campaign.begins,
    den: standing.asOf,
    'chi-so': slugOfRate(rate as BoardRate),
    xem: view,
  })
  if (where.unit) query.set('don-vi', where.unit)
  else if (where.tier) query.set('cap', { province: 'tinh', district: 'huyen', commune: 'xa' }[where.tier] ?? 'xa')
  return `/dieu-hanh/so-lieu?${query}`
}

const tidy = (ratio: number | null, locale: Locale): string => formatPercent(ratio, locale, 1)
/** Two places: what is published, and what decides at the edge of a target. */
export const exactly = (ratio: number | null, locale: Locale): string => formatPercent(ratio, locale, 2)

/** `Dự kiến cuối kỳ 71 % (từ 68 % đến 74 %)`. */
export const Expected = ({ aim, over, locale }: { aim: AimStanding; over: boolean; locale: Locale }) => {
  const { rate, low, high } = aim.forecast
  // Nothing more is expected to come in: where it will end is where it stands.
  if (over || rate === null || low === null || high === null || low === high || aim.share.denominator === 0) return null
  return (
    <p class="cs-campaign__line">
      {t(locale, texts.forecast, { rate: tidy(rate, locale), low: tidy(low, locale), high: tidy(high, locale) })}
    </p>
  )
}

/** One rate against its target: figure, light in words, what is missing in dossiers, where it will end. */
export const AimCard = (props: {
  standing: CampaignStanding
  aim: AimStanding
  id: string
  weekAgo?: Share | undefined
  href?: string | undefined
  detailed?: boolean
  /** The unit of the tier that stands highest. */
  best?: UnitPlace | undefined
  locale: Locale
}) => {
  const { standing, aim, locale } = props
  const rate = standing.rates.find(({ code }) => code === aim.aim)
  const ratio = ratioOf(aim.share)
  const before = props.weekAgo && ratioOf(props.weekAgo)
  const over = standing.daysLeft < 0
  const pace = over ? null : paceOf(aim.forecast)
  return (
    <StatCard
      id={props.id}
      label={rate ? t(locale, rate.name) : aim.aim}
      ratio={ratio}
      numerator={aim.share.numerator}
      denominator={aim.share.denominator}
      target={aim.target.value}
      change={ratio !== null && before !== null && before !== undefined ? ratio - before : null}
      {...(props.href ? { href: props.href } : {})}
      lowerIsBetter={aim.target.comparator === 'at_most'}
      locale={locale}
      note={
        <div class="cs-campaign__note">
          <LightTag aim={aim} over={over} locale={locale} />
          {props.detailed && aim.met === false && (
            <p class="cs-campaign__line">
              <strong>{t(locale, texts.missing, { count: formatNumber(aim.gap.among, locale) })}</strong>
              {!over && aim.gap.ahead !== null && `, ${t(locale, texts.missingAhead, { count: formatNumber(aim.gap.ahead, locale) })}`}
            </p>
          )}
          {props.detailed && aim.met === false && pace !== null && (
            <p class="cs-campaign__line">
              {pace.per === 'too_few'
                ? t(locale, texts.cannot)
                : t(locale, pace.per === 'day' ? texts.aDay : texts.aWeek, { count: formatNumber(pace.count, locale) })}
            </p>
          )}
          <Expected aim={aim} over={over} locale={locale} />
          {!over && aim.light === 'unclear' && <p class="cs-campaign__line">{t(locale, texts.unclearHow)}</p>}
          {props.best && (
            <p class="cs-campaign__line">
              {t(locale, texts.best)}{' '}
              <a class="govuk-link govuk-link--no-visited-state" href={unitHref(standing.campaign.id, props.best.code)}>
                {props.best.name}
              </a>{' '}
              <span class="cs-nowrap">{exactly(ratioOf(shareOf(props.best, aim.aim)), locale)}</span>
            </p>
          )}
        </div>
      }
    />
  )
}

/** How long it still goes. */
export function timeLeft({ campaign, daysLeft, workingDaysLeft, started }: CampaignStanding, locale: Locale): string {
  if (campaign.cancelledOn !== null) return t(locale, texts.cancelledOn, { day: formatDay(campaign.cancelledOn) })
  if (!started) return t(locale, texts.beginsOn, { day: formatDay(campaign.begins) })
  if (daysLeft < 0) return t(locale, texts.hasEnded, { day: formatDay(campaign.ends) })
  if (daysLeft === 0) return t(locale, texts.lastDay)
  if (workingDaysLeft === null) return t(locale, texts.daysLeft, { days: daysLeft })
  return `${t(locale, texts.daysLeft, { days: daysLeft })} (${t(locale, texts.workingDaysLeft, { days: workingDaysLeft })})`
}

/** A tier: how many units met everything, and its rates. */
const TierSection = ({ standing, tier, locale }: { standing: CampaignStanding; tier: TierPlace; locale: Locale }) => (
  <section id={`tier-${tier.tier}`} class="cs-campaign__tier" aria-labelledby={`tier-${tier.tier}-title`}>
    <h2 class="govuk-heading-m" id={`tier-${tier.tier}-title`}>
      {t(locale, texts[tier.tier])}: {t(locale, texts.metOf, { met: tier.met, units: tier.units })}
    </h2>
    <p class="govuk-body-s cs-muted">
      {tier.idle > 0 && `${t(locale, texts.idle, { count: tier.idle })}. `}
      <a class="govuk-link" href={`#units-${tier.tier}`}>
        {t(locale, texts.seeUnits, { count: tier.units })}
      </a>
    </p>
    <div class="cs-stats">
      {tier.attained.map((aim) => (
        <AimCard
          standing={standing}
          aim={aim}
          id={`card-${tier.tier}-${aim.aim}`}
          href={behindHref(standing, aim.aim, { tier: tier.tier })}
          best={tier.best.get(aim.aim)}
          detailed
          locale={locale}
        />
      ))}
    </div>
  </section>
)

export const TierSections = ({ standing, locale }: { standing: CampaignStanding; locale: Locale }) => (
  <div id="tiers">
    {standing.tiers.map((tier) => (
      <TierSection standing={standing} tier={tier} locale={locale} />
    ))}
  </div>
)

/** When the figures are of: a day that is over counts to its end, today as far as it has come. */
export const asOfText = ({ started, asOf }: CampaignStanding, now: Temporal.Instant, locale: Locale): string =>
  started && asOf < dayOf(now) ? t(locale, texts.asOfDay, { day: formatDay(asOf) }) : t(locale, texts.asOf, { time: formatInstant(now) })

/** Units at 0 %, rate by rate, by name. */
export const Zeros = ({ standing, locale }: { standing: CampaignStanding; locale: Locale }) => {
  const some = standing.rates.filter(({ code }) => (standing.atZero.get(code)?.length ?? 0) > 0)
  return (
    <section id="zero" class={some.length > 0 ? 'cs-zero cs-zero--some' : 'cs-zero'} aria-labelledby="zero-title">
      <h2 class="govuk-heading-m" id="zero-title">
        {t(locale, texts.zero)}
      </h2>
      {some.length === 0 && <p class="govuk-body">{t(locale, texts.zeroNone)}</p>}
      {some.map(({ code, name }) => (
        <>
          <h3 class="govuk-heading-s">
            {t(locale, name)} ({standing.atZero.get(code)?.length})
          </h3>
          <ul class="govuk-list cs-campaign__names">
            {standing.atZero.get(code)?.map((unit) => (
              <li>
                <a class="govuk-link govuk-link--no-visited-state" href={unitHref(standing.campaign.id, unit.code)}>
                  {t(locale, texts.zeroRow, {
                    name: unit.name,
                    count: formatNumber(unit.attained.find(({ aim }) => aim === code)?.share.denominator ?? 0, locale),
                  })}
                </a>
              </li>
            ))}
          </ul>
        </>
      ))}
    </section>
  )
}

const EACH_WAY = 3

/** Who went up and down most in seven days, for every rate. */
export const Movers = ({ standing, locale }: { standing: CampaignStanding; locale: Locale }) => {
  const rows = standing.rates.flatMap((rate) => {
    const all = standing.movers.get(rate.code) ?? []
    const up = all.filter(({ change }) => change > 0).slice(0, EACH_WAY)
    const down = all.filter(({ change }) => change < 0).slice(-EACH_WAY)
    return [...up, ...down].map((mover) => ({ rate, mover }))
  })
  const title = t(locale, standing.daysLeft < 0 ? texts.moversLast : texts.movers)
  return (
    <section id="movers" aria-labelledby="movers-title">
      <h2 class="govuk-heading-m" id="movers-title">
        {title}
      </h2>
      <Table
        caption={title}
        captionHidden
        dense
        locale={locale}
        rows={rows}
        empty={<p class="govuk-body cs-muted">{t(locale, texts.moversNone)}</p>}
        columns={[
          {
            key: 'unit',
            label: t(locale, texts.unit),
            header: true,
            cell: ({ mover }) => (
              <a class="govuk-link govuk-link--no-visited-state" href={unitHref(standing.campaign.id, mover.unit.code)}>
                {mover.unit.name}
              </a>
            ),
          },
          { key: 'rate', label: t(locale, texts.rate), cell: ({ rate }) => t(locale, rate.name) },
          {
            key: 'now',
            label: t(locale, texts.now),
            numeric: true,
            cell: ({ mover }) => `${tidy(ratioOf(mover.now), locale)} (${mover.now.numerator}/${mover.now.denominator})`,
          },
          {
            key: 'change',
            label: t(locale, texts.change),
            numeric: true,
            nowrap: true,
            cell: ({ mover }) => `${mover.change > 0 ? '▲' : '▼'} ${formatPoints(mover.change / 100, locale)}`,
          },
        ]}
      />
    </section>
  )
}

const verdict = (unit: UnitPlace): 'met' | 'notMet' | 'noData' =>
  [...unit.attained, ...unit.scores].every(({ light }) => light === 'nothing') ? 'noData' : unit.metAll ? 'met' : 'notMet'

/** Those that met everything, then the others from the nearest to the furthest, then those without a dossier. */
function inOrder({ praise, late, units }: CampaignStanding): UnitPlace[] {
  const ranked = new Set([...praise, ...[...late].reverse()])
  return [...ranked, ...units.filter((unit) => !ranked.has(unit))]
}

const Verdict = ({ met, text, locale }: { met: boolean; text: string; locale: Locale }) => (
  <span class={met ? 'cs-campaign__met' : 'cs-campaign__missed'}>
    {text} {met ? '✓' : '✗'}
    <span class="govuk-visually-hidden"> {t(locale, met ? texts.met : texts.notMet)}</span>
  </span>
)

/** One rate of one unit, with the sign of what it comes to. */
export const RateCell = ({ unit, rate, locale }: { unit: UnitPlace; rate: string; locale: Locale }) => {
  const aim = unit.attained.find((one) => one.aim === rate)
  if (!aim || aim.met === null) return <>–</>
  return <Verdict met={aim.met} text={exactly(ratioOf(aim.share), locale)} locale={locale} />
}

/** The name of a unit, which leads to how it stands in the campaign. */
export const unitColumn = ({ campaign }: CampaignStanding, locale: Locale) => ({
  key: 'unit',
  label: t(locale, texts.unit),
  header: true,
  cell: ({ code, name }: UnitPlace) => (
    <a class="govuk-link govuk-link--no-visited-state" href={unitHref(campaign.id, code)}>
      {name}
    </a>
  ),
})

/** The columns of a standing: rates, then scores. */
export const aimColumns = (standing: CampaignStanding, locale: Locale) => [
  ...standing.rates.map((rate) => ({
    ...{ key: rate.code, label: t(locale, rate.name), numeric: true, nowrap: true, phone: 'third' as const },
    cell: (unit: UnitPlace) => <RateCell unit={unit} rate={rate.code} locale={locale} />,
  })),
  ...standing.schemes.map((scheme) => ({
    ...{
      key: scheme.aim,
      label: t(locale, texts.pointsOf, { name: t(locale, scheme.name) }),
      numeric: true,
      nowrap: true,
      phone: 'third' as const,
    },
    cell: (unit: UnitPlace) => {
      const score = unit.scores.find(({ aim }) => aim === scheme.aim)
      if (!score?.total) return '–'
      if (score.met === null) return `${pointsText(score.total, locale)} ?`
      return <Verdict met={score.met} text={pointsText(score.total, locale)} locale={locale} />
    },
  })),
]

/** Every unit with what it reached and what it comes to, tier by tier; those that met everything first. */
export const UnitTables = ({ standing, locale }: { standing: CampaignStanding; locale: Locale }) => {
  const ordered = inOrder(standing)
  return (
    <div id="units" class="cs-campaign__units">
      <h2 class="govuk-heading-m">{t(locale, texts.allUnits)}</h2>
      {standing.tiers.map(({ tier }) => (
        <div id={`units-${tier}`}>
          <Table
            caption={t(locale, texts[tier])}
            dense
            locale={locale}
            rows={ordered.filter((unit) => unit.tier === tier)}
            columns={[
              unitColumn(standing, locale),
              ...aimColumns(standing, locale),
              { key: 'all', label: t(locale, texts.verdict), nowrap: true, phone: 'keep', cell: (unit) => t(locale, texts[verdict(unit)]) },
            ]}
          />
        </div>
      ))}
    </div>
  )
}

/** Units that ended during the campaign: what they had reached, what they became, and what cannot be given to anybody. */
export const Gone = ({ standing, locale }: { standing: CampaignStanding; locale: Locale }) =>
  standing.gone.length === 0 ? null : (
    <section id="gone" aria-labelledby="gone-title">
      <h2 class="govuk-heading-m" id="gone-title">
        {t(locale, texts.gone, { count: standing.gone.length })}
      </h2>
      <p class="govuk-body">{t(locale, texts.goneLead)}</p>
      <Table
        caption={t(locale, texts.gone, { count: standing.gone.length })}
        captionHidden
        dense
        locale={locale}
        rows={standing.gone}
        columns={[
          { key: 'unit', label: t(locale, texts.unit), header: true, cell: (unit) => unit.name },
          { key: 'last', label: t(locale, texts.lastDayOfUnit), nowrap: true, cell: (unit) => formatDay(unit.lastDay) },
          ...standing.rates.map((rate) => ({
            ...{ key: rate.code, label: t(locale, rate.name), numeric: true, nowrap: true },
            cell: (unit: GoneUnit) => exactly(ratioOf(unit.shares.get(rate.code) ?? nothing), locale),
          })),
          { key: 'became', label: t(locale, texts.became), cell: (unit) => <Became unit={unit} standing={standing} locale={locale} /> },
        ]}
      />
    </section>
  )

/** What a unit came from during the campaign: its own figures count, those before are shown beside them. */
export const OriginNote = ({ standing, unit, locale }: { standing: CampaignStanding; unit: UnitPlace; locale: Locale }) => {
  if (!unit.origin) return null
  const { relations, together } = unit.origin
  const named = (part: boolean): string =>
    relations
      .filter((one) => one.part === part)
      .map(({ name }) => name)
      .join(', ')
  return (
    <InsetText>
      <p class="govuk-body">{t(locale, texts.origin, { name: unit.name, day: formatDay(unit.validFrom) })}</p>
      {named(false) && (
        <>
          <p class="govuk-body">{t(locale, texts.originWhole, { names: named(false) })}</p>
          <ul class="govuk-list govuk-list--bullet">
            {standing.rates.map((rate) => {
              const share = together.get(rate.code) ?? nothing
              return (
                <li>
                  {t(locale, rate.name)}: {exactly(ratioOf(share), locale)} ({formatNumber(share.numerator, locale)} /{' '}
                  {formatNumber(share.denominator, locale)})
                </li>
              )
            })}
          </ul>
        </>
      )}
      {named(true) && <p class="govuk-body">{t(locale, texts.originPart, { names: named(true) })}</p>}
    </InsetText>
  )
}

const Became = ({ unit, standing, locale }: { unit: GoneUnit; standing: CampaignStanding; locale: Locale }) => {
  if (unit.became.length === 0) return <>{t(locale, texts.becameNone)}</>
  return (
    <>
      {unit.became.map(({ code, name, takesPart }, at) => (
        <>
          {at > 0 && ', '}
          {takesPart ? (
            <a class="govuk-link govuk-link--no-visited-state" href={unitHref(standing.campaign.id, code)}>
              {name}
            </a>
          ) : (
            `${name} (${t(locale, texts.takesNoPart)})`
          )}
        </>
      ))}
      {unit.became.some(({ part }) => part) && (
        <>
          . <strong>{t(locale, texts.notAllocable)}</strong>
        </>
      )}
    </>
  )
}

/** The pages of one campaign. */
export const CampaignTabs = ({
  c,
  campaign,
  here,
}: {
  c: Web
  campaign: Campaign
  here: 'board' | 'emulation' | 'tasks' | 'content' | 'remind'
}) => {
  const locale = c.get('locale')
  const lead = mayLead(c.get('app'), { province: c.get('province'), actor: c.get('actor') })
  const tabs = [
    { key: 'board', href: campaignHref(campaign.id) },
    { key: 'emulation', href: campaignHref(campaign.id, '/thi-dua') },
    { key: 'tasks', href: campaignHref(campaign.id, '/viec') },
    { key: 'content', href: campaignHref(campaign.id, '/noi-dung') },
    ...(lead ? ([{ key: 'remind', href: campaignHref(campaign.id, '/nhac') }] as const) : []),
  ] as const
  return (
    <SubNavigation
      label={campaign.name}
      tabs={tabs.map(({ key, href }) => ({ text: t(locale, texts[key]), href, current: key === here }))}
    />
  )
}

/** Name, decision and days of a campaign. */
export const CampaignHead = ({ campaign, locale, title }: { campaign: Campaign; locale: Locale; title?: string }) => (
  <>
    <h1 class="govuk-heading-l">
      {title && <span class="govuk-caption-l">{campaign.name}</span>}
      {title ?? campaign.name} {campaign.publishedAt === null && <Tag tone="waiting">{t(locale, texts.draft)}</Tag>}
      {campaign.cancelledOn !== null && <Tag tone="bad">{t(locale, texts.cancelled)}</Tag>}
    </h1>
    <p class="govuk-body cs-muted">
      {campaign.decision}, {formatDay(campaign.begins)} – {formatDay(campaign.ends)}
    </p>
    {campaign.cancelledOn !== null && (
      <InsetText>
        {t(locale, texts.cancelledWhy, { day: formatDay(campaign.cancelledOn), reason: campaign.cancelledReason ?? '' })}
      </InsetText>
    )}
  </>
)
