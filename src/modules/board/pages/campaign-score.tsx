import { type Locale, t } from '../../../kernel/i18n/index.ts'
import * as exact from '../../../kernel/rational.ts'
import { formatNumber, Tag, type Tone } from '../../../ui/index.ts'
import type { CampaignStanding, ScoreLight, ScoreStanding, UnitPlace } from '../../campaign/index.ts'
import { scoreHref } from '../rules/score-question.ts'
import { scoreLightTexts, campaignTexts as texts } from './campaign-texts.ts'
import { pointsText } from './score-parts.tsx'

const tones: Readonly<Record<ScoreLight, Tone>> = {
  met: 'good',
  winnable: 'waiting',
  behind: 'bad',
  unclear: 'neutral',
  nothing: 'neutral',
}

/** Where the most points can be won back; the rest stand on the score's own page. */
const SHOWN = 5

/** The light of a score, always with its word. */
export const ScoreTag = ({ score, locale }: { score: ScoreStanding; locale: Locale }) => (
  <Tag tone={tones[score.light]}>{t(locale, scoreLightTexts[score.light])}</Tag>
)

/** A score against its target: points, what is missing, and which dossiers would win it back. No rate a day is made up for it. */
export const ScoreCard = (props: {
  standing: CampaignStanding
  /** Undefined: the whole province. */
  unit?: UnitPlace
  score: ScoreStanding
  /** Whether the reader may open the score's own pages. */
  linked: boolean
  locale: Locale
}) => {
  const { standing, unit, score, linked, locale } = props
  const { scheme, total, unknown, target, met, gap, wins } = score
  const address = {
    ...{ from: standing.campaign.begins, to: standing.asOf, scheme: scheme.code, unit: unit?.code },
    ...{ grouping: undefined, level: null, asNow: false },
  }
  const name = t(locale, scheme.name)
  return (
    <section
      class={`cs-stat ${met === null ? '' : met ? 'cs-stat--reached' : 'cs-stat--below'}`}
      id={`card-${scheme.aim.replace(':', '-')}`}
      aria-label={name}
    >
      <h3 class="cs-stat__label">{name}</h3>
      <p class="cs-stat__value">
        {total ? linked ? <a href={scoreHref(address)}>{pointsText(total, locale)}</a> : pointsText(total, locale) : '–'}
      </p>
      <p class="cs-stat__line">
        <span class="cs-stat__target">
          {t(locale, texts.scoreTarget, { points: formatNumber(target.value, locale, Number.isInteger(target.value) ? 0 : 2) })}
        </span>
      </p>
      <div class="cs-campaign__note">
        <ScoreTag score={score} locale={locale} />
        {met !== true && total && (
          <p class="cs-campaign__line">
            <strong>{t(locale, texts.scoreMissing, { points: pointsText(gap, locale) })}</strong>
          </p>
        )}
        {exact.compare(unknown, exact.zero) > 0 && (
          <p class="cs-campaign__line">{t(locale, texts.scoreUnknown, { points: pointsText(unknown, locale) })}</p>
        )}
        {wins.length > 0 && (
          <>
            <p class="cs-campaign__line">{t(locale, texts.scoreWin)}:</p>
            <ul class="govuk-list govuk-list--bullet cs-campaign__wins">
              {wins.slice(0, SHOWN).map(({ indicator, winnable, more, available }) => (
                <li>
                  {linked ? (
                    <a
                      class="govuk-link govuk-link--no-visited-state"
                      href={scoreHref(address, '/dieu-hanh/chi-so/chi-tieu', { id: indicator.id, xem: 'chua-dat' })}
                    >
                      {t(locale, indicator.name)}
                    </a>
                  ) : (
                    t(locale, indicator.name)
                  )}
                  :{' '}
                  {t(locale, texts.scoreWinRow, {
                    points: pointsText(winnable, locale),
                    count: formatNumber(Math.min(more, available), locale),
                  })}
                </li>
              ))}
            </ul>
            {linked && wins.length > SHOWN && (
              <p class="cs-campaign__line">
                <a class="govuk-link" href={scoreHref(address)}>
                  {t(locale, texts.scoreWinAll, { count: wins.length })}
                </a>
              </p>
            )}
          </>
        )}
        <p class="cs-campaign__line cs-muted">{t(locale, texts.scoreNoPace)}</p>
      </div>
    </section>
  )
}
