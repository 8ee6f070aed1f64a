import { dayOf } from '../../../kernel/clock.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import * as exact from '../../../kernel/rational.ts'
import { frame } from '../../../ui/frame.ts'
import { formatDay, formatInstant, formatNumber, formatPercent, Island, page } from '../../../ui/index.ts'
import { readTargets } from '../../campaign/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import { NATIONAL, provinceUnit, type ScoredLine, scoreUnits } from '../../scheme/index.ts'
import { type BoardView, readBoard, type UnitStanding } from '../queries/read-board.ts'
import { addressOf, type BoardQuestion, boardRates, readQuestion } from '../rules/question.ts'
import { rank, shareOf } from '../rules/standing.ts'
import { screenTexts as texts } from '../screen-texts.ts'
import { texts as boardTexts } from '../texts.ts'
import { Cards, Nothing, type PartProps, rateOf, Tiers, Trend } from './parts.tsx'

const PATH = '/dieu-hanh/man-hinh'
/** Long enough to read a slide aloud. */
const SECONDS = 20
/** Units with fewer dossiers have rates that one dossier turns. */
const LEAST = 20
const SHOWN = 5

const slides = ['rates', 'course', 'behind', 'ahead', 'score'] as const
type Slide = (typeof slides)[number]

const hrefOf = (question: BoardQuestion, slide: Slide, stopped: boolean): string =>
  `${addressOf(question, PATH)}&trang=${slides.indexOf(slide) + 1}${stopped ? '&dung=1' : ''}`

/** The units at one end of each of the four rates. */
const Ends = ({ view, end, locale }: { view: BoardView; end: 'behind' | 'ahead'; locale: Locale }) => (
  <>
    <div class="cs-screen__ends">
      {boardRates.map((code) => {
        const rate = rateOf(view.question, code)
        const measured = view.units.filter(({ counts }) => counts[rate.denominator] >= LEAST)
        const sorted: UnitStanding[] = rank(measured, rate)
        const list = end === 'ahead' ? sorted.slice(0, SHOWN) : sorted.slice(-SHOWN).reverse()
        return (
          <section class="cs-screen__end">
            <h2>{t(locale, rate.name)}</h2>
            {list.length === 0 && <p>{t(locale, texts.nothing)}</p>}
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
  </>
)

/** The province's points, group by group, each with a bar and its figures in words. */
const Score = ({ line, locale }: { line: ScoredLine; locale: Locale }) => {
  const { score } = line
  const points = (value: exact.Rational, places = 2): string => formatNumber(Number(exact.written(value, places)), locale, places)
  const grouping = score.groupings.at(-1)
  return (
    <div class="cs-screen__score">
      <p class="cs-screen__total">
        <strong>{points(score.total)}</strong> <span>{t(locale, texts.of, { max: points(score.max, 0) })}</span>
        <span class="cs-screen__band">{t(locale, score.band)}</span>
      </p>
      {exact.compare(score.unknown, exact.zero) > 0 && (
        <p class="cs-screen__note">{t(locale, texts.unknown, { points: points(score.unknown) })}</p>
      )}
      <ul class="cs-screen__groups">
        {grouping?.groups.map((group) => (
          <li>
            <span>{t(locale, group.name)}</span>
            <meter min={0} max={Number(exact.written(group.max, 2))} value={Number(exact.written(group.points, 2))} />
            <strong>
              {points(group.points)} / {points(group.max, 0)}
            </strong>
          </li>
        ))}
      </ul>
    </div>
  )
}

const Slides = ({ slide, line, ...parts }: PartProps & { slide: Slide; line: ScoredLine | undefined }) => {
  const { view, locale } = parts
  if (slide === 'course')
    return (
      <div class="cs-screen__two">
        <Tiers {...parts} />
        <Trend {...parts} />
      </div>
    )
  if (slide === 'behind' || slide === 'ahead') return <Ends view={view} end={slide} locale={locale} />
  if (slide === 'score') return line ? <Score line={line} locale={locale} /> : <p>{t(locale, texts.nothing)}</p>
  return (
    <>
      <Cards {...parts} />
      <Nothing {...parts} />
    </>
  )
}

/**
 * GET /dieu-hanh/man-hinh: the wall of the operations centre. One slide an address; the browser itself turns to the next one, so it
 * needs no script. The live board's stream keeps a slide true while it is shown. Stopped on demand: nothing moves by itself then.
 */
export async function screenPage(c: Web): Promise<Response> {
  const app = c.get('app')
  const locale = c.get('locale')
  const now = app.clock()
  const today = dayOf(now)
  const question = readQuestion(c.req.query(), today)
  const slide = slides[Number(c.req.query('trang') ?? 1) - 1] ?? 'rates'
  const stopped = c.req.query('dung') === '1'
  const next = slides[(slides.indexOf(slide) + 1) % slides.length] ?? 'rates'
  const directory = await directoryOf(app, c.get('province'))
  const parts = await app.db.snapshot(c.get('province'), async (tx) => ({
    view: await readBoard(tx, directory, question, today),
    targets: await readTargets(tx),
    line:
      slide === 'score'
        ? (await scoreUnits(tx, { period: question, scheme: NATIONAL }, [provinceUnit(directory, question)], now)).lines[0]
        : undefined,
    locale,
  }))
  const head = stopped ? undefined : <meta http-equiv="refresh" content={`${SECONDS}; url=${hrefOf(question, next, false)}`} />
  return page(
    c,
    { ...frame(c, 'board'), title: texts.title, wide: true, ...(head ? { head } : {}) },
    <div class="cs-board cs-screen" data-live={addressOf(question, '/dieu-hanh/luong')}>
      <div class="cs-screen__head">
        <h1>
          <span>
            {app.province.name}, {formatDay(question.from)} – {formatDay(question.to)}
          </span>
          {t(locale, texts[slide])}
        </h1>
        <p class="cs-screen__state">
          <span id="as-of">{t(locale, texts.asOf, { time: formatInstant(now) })}</span>{' '}
          <span class="cs-live" data-live-state data-live={t(locale, boardTexts.live)} data-lost={t(locale, boardTexts.lost)} />
        </p>
      </div>
      <div class="cs-screen__slide">
        <Slides slide={slide} {...parts} />
      </div>
      <nav class="cs-screen__foot" aria-label={t(locale, texts.slides)}>
        <ol>
          {slides.map((one) => (
            <li>
              <a href={hrefOf(question, one, stopped)} {...(one === slide ? { 'aria-current': 'page' } : {})}>
                {t(locale, texts[one])}
              </a>
            </li>
          ))}
        </ol>
        <a href={hrefOf(question, slide, !stopped)}>{t(locale, stopped ? texts.play : texts.pause)}</a>
        <a href={addressOf(question)}>{t(locale, texts.leave)}</a>
      </nav>
      <Island name="live-board" />
    </div>,
  )
}
