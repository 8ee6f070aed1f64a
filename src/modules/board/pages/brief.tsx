import { t } from '../../../kernel/i18n/index.ts'
import { formatNumber, formatPercent } from '../../../ui/index.ts'
import { rank, shareOf } from '../rules/standing.ts'
import { texts } from '../texts.ts'
import { figureHref, type PartProps, rateOf } from './parts.tsx'

const SHOWN = 5

/** On a phone, right after the four rates: the fifth figure, who is behind, and where the points are. Each leads on with one tap, and is kept true. */
export const Brief = ({ view, locale }: Pick<PartProps, 'view' | 'locale'>) => {
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
        <li>
          <a class="govuk-link" href={`/dieu-hanh/chi-so?tu=${question.from}&den=${question.to}`}>
            <span>{t(locale, texts.points)}</span> <strong aria-hidden="true">›</strong>
          </a>
        </li>
      </ul>
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
