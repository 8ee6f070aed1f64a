import { t } from '../../../kernel/i18n/index.ts'
import { formatNumber, formatPercent } from '../../../ui/index.ts'
import type { BoardScore } from '../queries/board-score.ts'
import { rank, shareOf } from '../rules/standing.ts'
import { texts } from '../texts.ts'
import { figureHref, type PartProps, rateOf } from './parts.tsx'
import { PointsCard } from './points-card.tsx'

const SHOWN = 5

/** On a phone, right after the four rates: the fifth figure, who is behind, and where the points are. Each leads on with one tap, and is kept true. */
export const Brief = ({ view, score, locale }: Pick<PartProps, 'view' | 'locale'> & { readonly score: BoardScore | undefined }) => {
  const { question } = view
  const rate = rateOf(question, question.rate)
  const behind = rank(
    view.units.filter(({ counts }) => counts[rate.denominator] > 0),
    rate,
  )
    .slice(-SHOWN)
    .reverse()
  return (
    <section id="brief" class="cs-brief" aria-label={t(locale, texts.brief)}>
      <ul class="cs-brief__list">
        <li>
          <a class="govuk-link" href={figureHref(question, question.rate)}>
            <span>{t(locale, texts.received)}</span> <strong>{formatNumber(view.total.received, locale)}</strong>
          </a>
        </li>
      </ul>
      <PointsCard score={score} question={question} locale={locale} />
      {behind.length > 0 && (
        <>
          <h2 class="govuk-heading-s">{t(locale, texts.behind, { rate: t(locale, rate.name).toLowerCase() })}</h2>
          <ul class="cs-brief__list">
            {behind.map((unit) => (
              <li>
                <a class="govuk-link" href={figureHref(question, question.rate, unit)}>
                  <span>{unit.name}</span> <strong>{formatPercent(shareOf(unit.counts, rate), locale)}</strong>
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
