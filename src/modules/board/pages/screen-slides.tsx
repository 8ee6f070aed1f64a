import { type Locale, t } from '../../../kernel/i18n/index.ts'
import * as exact from '../../../kernel/rational.ts'
import { formatNumber, formatPercent, Table } from '../../../ui/index.ts'
import { isMet, targetOn } from '../../campaign/index.ts'
import { gapsAsked, type IndicatorScore, oneGap, type ScoredLine } from '../../scheme/index.ts'
import { boardRates } from '../rules/question.ts'
import { type Lacking, unknownIn } from '../rules/score-sums.ts'
import { endsOf, shareOf, sumCounts } from '../rules/standing.ts'
import type { WallSlide } from '../rules/wall.ts'
import { screenTexts as texts } from '../screen-texts.ts'
import { texts as boardTexts } from '../texts.ts'
import { Cards, type PartProps, rateOf, Trend } from './parts.tsx'
import { isWhole, lackingShort, lackingTexts } from './score-gaps.tsx'

/** Units with fewer dossiers have rates that one dossier turns. */
const LEAST = 20
const SHOWN = 3

export interface WallProps extends PartProps {
  /** The province's points; undefined before anything was received. */
  readonly line: ScoredLine | undefined
}

/** The tiers with their rates, as large as a wall wants them. */
const WallTiers = ({ view, locale }: WallProps) => {
  const all = sumCounts(view.tiers.map(({ counts }) => counts))
  const rows = [
    ...view.tiers.map(({ tier, counts }) => ({ name: t(locale, boardTexts[tier]), counts })),
    ...(view.tiers.length > 1 ? [{ name: t(locale, boardTexts.total), counts: all }] : []),
  ]
  return (
    <div id="wall-tiers" class="cs-screen__tiers">
      <Table
        caption={t(locale, boardTexts.tiers)}
        captionHidden
        locale={locale}
        rows={rows}
        columns={[
          { key: 'tier', label: t(locale, boardTexts.tier), header: true, cell: ({ name }) => name },
          {
            key: 'received',
            label: t(locale, boardTexts.received),
            numeric: true,
            cell: ({ counts }) => formatNumber(counts.received, locale),
          },
          ...boardRates.map((code) => ({
            key: code,
            label: t(locale, rateOf(view.question, code).name),
            numeric: true,
            cell: ({ counts }: (typeof rows)[number]) => formatPercent(shareOf(counts, rateOf(view.question, code)), locale),
          })),
        ]}
      />
    </div>
  )
}

/** The units at one end of each of the four rates. */
const Ends = ({ view, targets, end, locale }: PartProps & { end: 'behind' | 'ahead' }) => (
  <div id={`wall-${end}`}>
    <div class="cs-screen__ends">
      {boardRates.map((code) => {
        const rate = rateOf(view.question, code)
        const measured = view.units.filter(({ counts }) => counts[rate.denominator] >= LEAST)
        const ends = endsOf(measured, rate, SHOWN, ({ counts, tier }) => {
          const target = targetOn(targets, code, tier, view.question.to)
          return target ? isMet(target, { numerator: counts[rate.numerator], denominator: counts[rate.denominator] }) === true : false
        })
        const list = ends[end]
        return (
          <section class="cs-screen__end">
            <h2>{t(locale, rate.name)}</h2>
            {list.length === 0 && <p>{t(locale, measured.length === 0 ? texts.nothing : texts.noneBehind)}</p>}
            <ol>
              {list.map(({ name, counts }) => (
                <li>
                  <span class="cs-screen__unit">{name}</span> <strong>{formatPercent(shareOf(counts, rate), locale)}</strong>
                </li>
              ))}
            </ol>
          </section>
        )
      })}
    </div>
    <p class="cs-screen__note">{t(locale, texts.least, { n: LEAST })}</p>
  </div>
)

/** What a group, or the whole, lacks to be scored in full. */
function lackingIn(indicators: readonly IndicatorScore[], line: ScoredLine): Lacking {
  const asked = indicators.map(({ indicator }) => indicator)
  return { unknown: unknownIn(indicators), months: oneGap(gapsAsked(asked, line)).missing }
}

/** The province's points, group by group, each with a bar and its figures in words; what is not whole says what it lacks. */
const Score = ({ line, locale }: { line: ScoredLine | undefined; locale: Locale }) => {
  if (!line)
    return (
      <div id="wall-score">
        <p>{t(locale, texts.nothing)}</p>
      </div>
    )
  const { score } = line
  const points = (value: exact.Rational, places = 2): string => formatNumber(Number(exact.written(value, places)), locale, places)
  const grouping = score.groupings.at(-1)
  const whole = lackingIn(score.indicators, line)
  return (
    <div id="wall-score" class="cs-screen__score">
      <p class="cs-screen__total">
        <strong>{points(score.total)}</strong> <span>{t(locale, texts.of, { max: points(score.max, 0) })}</span>
        <span class="cs-screen__band">{t(locale, score.band)}</span>
        {!isWhole(whole) && (
          <span class="cs-screen__lacking">
            {t(locale, texts.lacking)}: {lackingTexts(whole, locale).join('; ')}
          </span>
        )}
      </p>
      <ul class="cs-screen__groups">
        {grouping?.groups.map((group) => (
          <li>
            <span>
              {t(locale, group.name)}
              <small class="cs-screen__lacking">{lackingShort(lackingIn(group.indicators, line), locale).join('; ')}</small>
            </span>
            <progress
              max={exact.written(exact.greater(group.max, exact.decimal(0.01)), 2)}
              value={exact.written(group.points, 2)}
              aria-label={t(locale, group.name)}
            />
            <strong>
              {points(group.points)} <span>/ {points(group.max, 0)}</span>
            </strong>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** What each slide shows, by the id under which the stream puts a later state in its place. */
export const wallParts = (parts: WallProps): Readonly<Record<WallSlide, Readonly<Record<string, unknown>>>> => {
  const { line, locale } = parts
  return {
    rates: { cards: <Cards {...parts} /> },
    tiers: { 'wall-tiers': <WallTiers {...parts} /> },
    course: { trend: <Trend {...parts} /> },
    behind: { 'wall-behind': <Ends {...parts} end="behind" /> },
    ahead: { 'wall-ahead': <Ends {...parts} end="ahead" /> },
    score: { 'wall-score': <Score line={line} locale={locale} /> },
  }
}
