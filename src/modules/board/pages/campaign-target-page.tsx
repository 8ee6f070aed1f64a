import { dayOf } from '../../../kernel/clock.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { EmptyState, formatDay, formatNumber, page, SummaryList, Table, Tag } from '../../../ui/index.ts'
import {
  type AimStanding,
  type CampaignStanding,
  type ScoreStanding,
  type TargetStanding,
  targetStanding,
  type UnitPlace,
} from '../../campaign/index.ts'
import { must } from './campaign-asked.ts'
import { AimCard, asOfText, behindHref, exactly, LightTag, ratioOf, timeLeft } from './campaign-parts.tsx'
import { ScoreCard, ScoreTag } from './campaign-score.tsx'
import { aimName, levelOf, TARGETS, whose } from './campaign-target-words.ts'
import { mayChange } from './campaign-targets.tsx'
import { campaignTexts as texts } from './campaign-texts.ts'
import { pointsText } from './score-parts.tsx'

/** What a unit reached, what it lacks, and the light, of its one target. */
const Reached = ({
  standing,
  aim,
  href,
  locale,
}: {
  standing: CampaignStanding
  aim: AimStanding
  href: string | undefined
  locale: Locale
}) => {
  const ratio = `${exactly(ratioOf(aim.share), locale)} (${formatNumber(aim.share.numerator, locale)}/${formatNumber(aim.share.denominator, locale)})`
  if (aim.met === null) return <>–</>
  return (
    <>
      {href ? (
        <a class="govuk-link govuk-link--no-visited-state" href={href}>
          {ratio}
        </a>
      ) : (
        ratio
      )}{' '}
      <LightTag aim={aim} over={standing.daysLeft < 0} locale={locale} />
    </>
  )
}

const Units = ({ found, linked, locale }: { found: TargetStanding; linked: boolean; locale: Locale }) => {
  const { standing } = found
  const aimOf = (unit: UnitPlace): AimStanding | undefined => unit.attained[0]
  const scoreOf = (unit: UnitPlace): ScoreStanding | undefined => unit.scores[0]
  const isScore = found.line.target.aim.kind === 'score'
  // The furthest away first: that is where help is needed; those without a dossier last.
  const order = new Map([...standing.late, ...[...standing.praise].reverse()].map((unit, at) => [unit, at]))
  const rows = [...standing.units].sort((a, b) => (order.get(a) ?? order.size) - (order.get(b) ?? order.size))
  return (
    <Table
      caption={t(locale, texts.unitsCounted, { count: rows.length })}
      dense
      locale={locale}
      rows={rows}
      empty={<EmptyState title={t(locale, texts.unitsCountedNone)} />}
      columns={[
        { key: 'unit', label: t(locale, texts.unit), header: true, cell: (unit) => unit.name },
        { key: 'tier', label: t(locale, texts.tier), nowrap: true, cell: (unit) => t(locale, texts[unit.tier]) },
        {
          key: 'now',
          label: t(locale, texts.now),
          phone: 'line',
          cell: (unit) => {
            const [aim, score] = [aimOf(unit), scoreOf(unit)]
            if (aim) {
              const href = linked ? behindHref(standing, aim.aim, { unit: unit.code }) : undefined
              return <Reached standing={standing} aim={aim} href={href} locale={locale} />
            }
            if (!score?.total) return '–'
            return (
              <>
                {pointsText(score.total, locale)} <ScoreTag score={score} locale={locale} />
              </>
            )
          },
        },
        {
          key: 'missing',
          label: t(locale, isScore ? texts.pointsMissing : texts.dossiersMissing),
          numeric: true,
          nowrap: true,
          phone: 'keep',
          cell: (unit) => {
            const [aim, score] = [aimOf(unit), scoreOf(unit)]
            if (aim) return aim.met === null ? '–' : formatNumber(aim.gap.among, locale)
            return score?.total && score.met !== null ? pointsText(score.gap, locale) : '–'
          },
        },
      ]}
    />
  )
}

/** GET /dieu-hanh/chi-tieu/:id: where one target stands, for whom it was set and unit by unit. */
export async function targetPage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const app = c.get('app')
  const found = must(await targetStanding(app, c.get('province'), c.req.param('id') ?? ''))
  const { line, days, figure, score, standing, nearer } = found
  const { target } = line
  const linked = app.access(c.get('province')).can(c.get('actor'), 'board.see')
  const name = aimName(target, standing.asOf, locale)
  const where = target.scope.kind === 'unit' ? { unit: target.scope.code } : target.scope.kind === 'tier' ? { tier: target.scope.tier } : {}
  const cut = days.from > target.from || days.to < target.to
  return page(
    c,
    {
      ...frame(c, 'board'),
      title: { vi: `${name}: ${whose(line, 'vi')}`, en: `${name}: ${whose(line, 'en')}` },
      wide: true,
      back: { href: TARGETS, text: texts.targetTitle },
    },
    <div class="cs-campaign">
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">{name}</span>
        {whose(line, locale)}: {levelOf(target, locale)}
      </h1>
      {standing.started ? (
        <p class="govuk-body-s cs-muted">{asOfText(standing, app.clock(), locale)}</p>
      ) : (
        <p class="govuk-body">{timeLeft(standing, locale)}.</p>
      )}
      {(figure || score) && (
        <div class="cs-stats cs-campaign__cards">
          {figure && (
            <AimCard
              standing={standing}
              aim={figure}
              id="card-target"
              href={linked ? behindHref(standing, figure.aim, where) : undefined}
              detailed
              locale={locale}
            />
          )}
          {score && <ScoreCard standing={standing} score={score} linked={linked} locale={locale} />}
        </div>
      )}
      <SummaryList
        locale={locale}
        rows={[
          { key: t(locale, texts.source), value: target.source },
          {
            key: t(locale, texts.measuredDays),
            value: `${formatDay(days.from)} – ${formatDay(days.to)}${cut ? ` (${t(locale, texts.byTheYear)})` : ''}`,
          },
          { key: t(locale, texts.timeLeft), value: timeLeft(standing, locale) },
        ]}
      />
      {target.to >= dayOf(app.clock()) && mayChange(c) && (
        <p class="govuk-body cs-screen-only">
          <a class="govuk-link" href={`${TARGETS}/${target.id}/ket-thuc`}>
            {t(locale, texts.end)}
          </a>
        </p>
      )}
      {line.orphaned && (
        <p class="govuk-body">
          <Tag tone="waiting">{t(locale, texts.over)}</Tag>{' '}
          {line.orphaned.without.length > 0
            ? t(locale, texts.orphaned, {
                day: formatDay(line.orphaned.lastDay),
                names: line.orphaned.without.map((one) => one.name).join(', '),
              })
            : t(locale, texts.orphanedNone, { day: formatDay(line.orphaned.lastDay) })}
        </p>
      )}
      {standing.started && target.scope.kind !== 'unit' && (
        <>
          <Units found={found} linked={linked} locale={locale} />
          {nearer > 0 && <p class="govuk-body">{t(locale, texts.nearer, { count: nearer })}</p>}
        </>
      )}
      {figure && standing.daysLeft >= 0 && <p class="govuk-body-s cs-muted">{t(locale, texts.forecastHow)}</p>}
    </div>,
  )
}
