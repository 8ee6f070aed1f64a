import { randomUUID } from 'node:crypto'
import { dayOf } from '../../../kernel/clock.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, Details, Form, formatNumber, InsetText, Island, page } from '../../../ui/index.ts'
import {
  type Campaign,
  campaignById,
  campaignStanding,
  campaignTasks,
  mayLead,
  ownUnits,
  publishCampaign,
  stateOf,
} from '../../campaign/index.ts'
import { texts as boardTexts } from '../texts.ts'
import { askerOf, must } from './campaign-asked.ts'
import { changingPage } from './campaign-change.tsx'
import { isOvertaken, SeenField, type Sent, seenVersion } from './campaign-meanwhile.tsx'
import {
  AimCard,
  asOfText,
  behindHref,
  CAMPAIGNS,
  CampaignHead,
  CampaignTabs,
  campaignHref,
  Gone,
  Movers,
  OriginNote,
  ratioOf,
  TierSections,
  timeLeft,
  UnitTables,
  unitHref,
  Zeros,
} from './campaign-parts.tsx'
import { ScoreCard } from './campaign-score.tsx'
import { TaskTable } from './campaign-tasks.tsx'
import { adviceTexts, campaignTexts as texts } from './campaign-texts.ts'

const PublishForm = ({ c, campaign, sent }: { c: Web; campaign: Campaign; sent: Sent | undefined }) => (
  <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={campaignHref(campaign.id, '/cong-bo')}>
    <SeenField version={campaign.version} sent={sent} />
    <Button>{t(c.get('locale'), texts.publish)}</Button>
  </Form>
)

/** GET /dieu-hanh/chien-dich/:id: the countdown board, read from the wall and on a phone. */
export async function campaignBoard(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const app = c.get('app')
  const now = app.clock()
  const standing = must(await campaignStanding(app, askerOf(c), c.req.param('id') ?? ''))
  const { campaign } = standing
  const draft = campaign.publishedAt === null && campaign.cancelledOn === null && mayLead(app, askerOf(c))
  const live = ['draft', 'running'].includes(stateOf(campaign, dayOf(now)))
  const mine = ownUnits(standing.units, c.get('actor'))
  return page(
    c,
    { ...frame(c, 'board'), title: { vi: campaign.name, en: campaign.name }, wide: true, back: { href: CAMPAIGNS, text: texts.title } },
    <div
      class="cs-board cs-campaign"
      data-live={live ? campaignHref(campaign.id, '/luong') : undefined}
      data-ended={t(locale, boardTexts.ended)}
      data-day={live ? dayOf(now) : undefined}
    >
      <div class="cs-board__head">
        <div>
          <CampaignHead campaign={campaign} locale={locale} />
        </div>
        <p class="cs-campaign__countdown" id="countdown">
          {timeLeft(standing, locale)}
        </p>
        {live && (
          <p
            class="cs-live"
            data-live-state
            data-live={t(locale, boardTexts.live)}
            data-lost={t(locale, boardTexts.lost)}
            aria-live="polite"
          />
        )}
      </div>
      <CampaignTabs c={c} campaign={campaign} here="board" />
      {draft && (
        <InsetText>
          <p class="govuk-body">{t(locale, texts.draftLead)}</p>
          <PublishForm c={c} campaign={campaign} sent={undefined} />
        </InsetText>
      )}
      {mine.map((unit) => (
        <p class="govuk-body">
          <a class="govuk-link" href={unitHref(campaign.id, unit.code)}>
            {t(locale, texts.mine, { name: unit.name })}
          </a>
        </p>
      ))}
      <p class="govuk-body-s cs-muted" id="as-of">
        {asOfText(standing, now, locale)}
      </p>
      <TierSections standing={standing} locale={locale} />
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-one-third">
          <Zeros standing={standing} locale={locale} />
        </div>
        <div class="govuk-grid-column-two-thirds">
          <Movers standing={standing} locale={locale} />
        </div>
      </div>
      <UnitTables standing={standing} locale={locale} />
      <Gone standing={standing} locale={locale} />
      {standing.daysLeft >= 0 && <p class="govuk-body-s cs-muted">{t(locale, texts.forecastHow)}</p>}
      {live && <Island name="live-board" />}
    </div>,
  )
}

/** GET /dieu-hanh/chien-dich/:id/don-vi/:code: one unit, at a glance on its chairman's phone. */
export async function campaignUnit(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const app = c.get('app')
  const id = c.req.param('id') ?? ''
  const standing = must(await campaignStanding(app, askerOf(c), id, { unit: c.req.param('code') ?? '' }))
  const [unit] = standing.units
  if (!unit) throw new Error('a standing of one unit holds it')
  const { campaign } = standing
  const rated = unit.attained.filter(({ met }) => met !== null)
  const measured = [...rated, ...unit.scores.filter(({ met }) => met !== null)]
  const missed = rated.filter(({ met }) => met === false)
  const behind = measured.filter(({ met }) => met === false).length
  const allMet = unit.metAll
  const tasks = must(await campaignTasks(app, askerOf(c), id)).filter(({ unitCode }) => unitCode === unit.code)
  const over = standing.daysLeft < 0
  const seesBoard = app.access(c.get('province')).can(c.get('actor'), 'board.see')
  const href = (aim: string, view: string) => (seesBoard ? behindHref(standing, aim, { unit: unit.code }, view) : undefined)
  const summary =
    measured.length === 0 ? t(locale, texts.unitNothing) : t(locale, texts.unitMet, { met: measured.length - behind, all: measured.length })
  return page(
    c,
    {
      ...frame(c, 'board'),
      title: { vi: `${unit.name}, ${campaign.name}`, en: `${unit.name}, ${campaign.name}` },
      wide: true,
      back: { href: campaignHref(campaign.id), text: texts.back },
    },
    <div class="cs-campaign">
      <CampaignHead campaign={campaign} locale={locale} title={unit.name} />
      <p class={`cs-campaign__verdict cs-campaign__verdict--${allMet ? 'met' : 'open'}`}>
        {allMet ? '✓ ' : ''}
        {summary}. {timeLeft(standing, locale)}.
      </p>
      <h2 class="govuk-visually-hidden">{t(locale, texts.targets)}</h2>
      <div class="cs-stats cs-campaign__cards">
        {unit.attained.map((aim) => (
          <AimCard
            standing={standing}
            aim={aim}
            id={`card-${aim.aim}`}
            weekAgo={
              ratioOf(unit.weekAgo.get(aim.aim) ?? { numerator: 0, denominator: 0 }) === null ? undefined : unit.weekAgo.get(aim.aim)
            }
            href={href(aim.aim, 'tat')}
            detailed
            locale={locale}
          />
        ))}
        {unit.scores.map((score) => (
          <ScoreCard standing={standing} unit={unit} score={score} linked={seesBoard} locale={locale} />
        ))}
      </div>
      <OriginNote standing={standing} unit={unit} locale={locale} />
      {behind + Number(allMet) > 0 && !over && <h2 class="govuk-heading-m">{t(locale, texts.whatNext)}</h2>}
      {allMet && !over && <p class="govuk-body">{t(locale, texts.allDone)}</p>}
      <ol class="govuk-list govuk-list--number">
        {(over ? [] : missed).map((aim) => {
          const link = href(aim.aim, 'chua-dat')
          const lacking = aim.share.denominator - aim.share.numerator
          const advice = adviceTexts[aim.aim]
          return (
            <li>
              <strong>{t(locale, standing.rates.find(({ code }) => code === aim.aim)?.name ?? { vi: aim.aim, en: aim.aim })}.</strong>{' '}
              {advice && t(locale, advice)}{' '}
              {link && (
                <a class="govuk-link" href={link}>
                  {t(locale, texts.openDossiers, { count: formatNumber(lacking, locale) })}
                </a>
              )}
            </li>
          )
        })}
      </ol>
      {tasks.length > 0 && <TaskTable tasks={tasks} campaignId={campaign.id} locale={locale} />}
      <Details summary={t(locale, texts.source)}>
        {unit.attained.map(({ target, aim }) => (
          <p class="govuk-body-s">
            {t(locale, standing.rates.find(({ code }) => code === aim)?.name ?? { vi: aim, en: aim })}: {target.source}
          </p>
        ))}
      </Details>
      {!over && <p class="govuk-body-s cs-muted">{t(locale, texts.forecastHow)}</p>}
    </div>,
  )
}

/** POST /dieu-hanh/chien-dich/:id/cong-bo. */
export async function publish(c: Web): Promise<Response> {
  const form = await readForm(c)
  const campaignId = c.req.param('id') ?? ''
  const version = seenVersion(form.values)
  const done = await runFor(c, form.values, 'campaign.publish', (cx) => publishCampaign(cx, { campaignId, version }))
  const sent = done.ok ? undefined : { values: form.values, refusal: done.error }
  if (isOvertaken(sent)) {
    const { campaign } = must(await campaignById(c.get('app'), askerOf(c), campaignId))
    return changingPage(c, campaign, texts.publish, sent, <PublishForm c={c} campaign={campaign} sent={sent} />, texts.publishNext)
  }
  must(done)
  return c.redirect(campaignHref(campaignId), 303)
}
