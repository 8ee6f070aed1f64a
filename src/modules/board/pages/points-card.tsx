import { type Locale, t } from '../../../kernel/i18n/index.ts'
import * as exact from '../../../kernel/rational.ts'
import type { BoardScore } from '../queries/board-score.ts'
import { changeOf } from '../queries/national-figures.ts'
import type { BoardQuestion } from '../rules/question.ts'
import { texts } from '../texts.ts'
import { lackingTexts } from './score-gaps.tsx'
import { maxText, pointsText } from './score-points.ts'

const size = (value: exact.Rational): exact.Rational => (exact.compare(value, exact.zero) < 0 ? exact.minus(exact.zero, value) : value)

/** `↑ tăng 0,45 điểm so với hết tháng 10/2026`; by what was scored both times; nothing when there was no such thing. */
function changeText({ before }: BoardScore, { from }: Pick<BoardQuestion, 'from'>, locale: Locale): string | undefined {
  const by = changeOf(before?.is, before?.was)
  if (!before || !by) return undefined
  const order = exact.compare(by, exact.zero)
  const words = order > 0 ? texts.pointsUp : order < 0 ? texts.pointsDown : texts.pointsSame
  const month = `${Number(before.period.to.slice(5, 7))}/${before.period.to.slice(0, 4)}`
  const since = t(locale, before.period.from === from ? texts.sinceEndOf : texts.sinceMonth, { month })
  return t(locale, words, { points: pointsText(size(by), locale), since })
}

/** The province's index points in a line or two: how many, what the last month changed, what is lost, what is not whole. It opens the score. */
export const PointsCard = ({
  score,
  question,
  locale,
}: {
  score: BoardScore | undefined
  question: Pick<BoardQuestion, 'from' | 'to'>
  locale: Locale
}) => {
  const change = score && changeText(score, question, locale)
  const lost = score && exact.rounded(exact.minus(exact.minus(score.max, score.total), score.lacking.unknown), 2)
  return (
    <a class="govuk-link cs-points" href={`/dieu-hanh/chi-so?tu=${question.from}&den=${question.to}`}>
      <span class="cs-points__head">
        <span>{t(locale, texts.points)}</span>
        {score ? (
          <span class="cs-nowrap">
            <strong>{pointsText(score.total, locale)}</strong> / {maxText(score.max, locale)}
          </span>
        ) : (
          <span>{t(locale, texts.pointsNone)}</span>
        )}
      </span>
      {score && lost && (
        <>
          {change && <span class="cs-points__line">{change}</span>}
          <span class="cs-points__line">
            {[t(locale, texts.pointsLost, { points: pointsText(lost, locale) }), ...lackingTexts(score.lacking, locale)].join('; ')}
          </span>
        </>
      )}
    </a>
  )
}
