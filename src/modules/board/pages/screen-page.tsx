import { dayOf } from '../../../kernel/clock.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { formatDay, formatInstant, Island, page } from '../../../ui/index.ts'
import { readWallFigures } from '../queries/read-wall.ts'
import { addressOf } from '../rules/question.ts'
import { readWall, type WallAddress, wallHref, wallPeriods, wallSlides, wallStream } from '../rules/wall.ts'
import { screenTexts as texts } from '../screen-texts.ts'
import { texts as boardTexts } from '../texts.ts'
import { wallParts } from './screen-slides.tsx'

/** Long enough to read a slide aloud. */
const SECONDS = 20
/** A wall without a script that does not turn: how old its figures may become. */
const STILL_SECONDS = 300

/**
 * GET /dieu-hanh/man-hinh: the wall of the operations centre. All slides are on the page and one stream keeps them true, so that the wall
 * goes on turning while the server is away and says since when its figures stand. Without a script the browser itself turns from address
 * to address. Stopped on demand: nothing moves by itself then.
 */
export async function screenPage(c: Web): Promise<Response> {
  const app = c.get('app')
  const locale = c.get('locale')
  const today = dayOf(app.clock())
  const wall = readWall(c.req.query(), today)
  const { question, slide, stopped } = wall
  const { now, ...figures } = await readWallFigures(app, question)
  const parts = wallParts({ ...figures, locale })
  const next = wallSlides[(wallSlides.indexOf(slide) + 1) % wallSlides.length] ?? 'rates'
  const href = (change: Partial<WallAddress>): string => wallHref({ ...wall, ...change })
  const refresh = stopped ? `${STILL_SECONDS}; url=${href({})}` : `${SECONDS}; url=${href({ slide: next })}`
  return page(
    c,
    {
      ...frame(c, 'board'),
      title: texts.title,
      wide: true,
      head: (
        <noscript>
          <meta http-equiv="refresh" content={refresh} />
        </noscript>
      ),
    },
    <div
      class="cs-board cs-screen"
      data-live={wallStream(wall)}
      data-wall={String(stopped ? 0 : SECONDS)}
      data-day={today}
      data-ended={t(locale, texts.ended)}
    >
      <div class="cs-screen__head">
        <h1>
          <span class="cs-screen__period">
            {app.province.name}, {formatDay(question.from)} – {formatDay(question.to)}
          </span>
          <span data-wall-title>{t(locale, texts[slide])}</span>
        </h1>
        <p class="cs-screen__state">
          <span id="as-of">{t(locale, texts.asOf, { time: formatInstant(now) })}</span>
          {' · '}
          <span
            class="cs-live"
            data-live-state
            data-live={t(locale, boardTexts.live)}
            data-lost={t(locale, texts.lost)}
            aria-live="polite"
          />
        </p>
      </div>
      {wallSlides.map((one) => (
        <div class="cs-screen__slide" data-slide={one} hidden={one !== slide}>
          <h2 class="govuk-visually-hidden">{t(locale, texts[one])}</h2>
          {Object.values(parts[one])}
        </div>
      ))}
      <nav class="cs-screen__foot" aria-label={t(locale, texts.slides)}>
        <ol>
          {wallSlides.map((one) => (
            <li>
              <a href={href({ slide: one })} data-wall-to={one} {...(one === slide ? { 'aria-current': 'page' } : {})}>
                {t(locale, texts[one])}
              </a>
            </li>
          ))}
        </ol>
        <ul>
          {wallPeriods.map((period) => (
            <li>
              <a href={href({ period })} {...(period === wall.period ? { 'aria-current': 'true' } : {})}>
                {t(locale, texts[period])}
              </a>
            </li>
          ))}
        </ul>
        <a href={href({ stopped: !stopped })} data-wall-keep>
          {t(locale, stopped ? texts.play : texts.pause)}
        </a>
        <a href={addressOf(question)}>{t(locale, texts.leave)}</a>
      </nav>
      <Island name="live-board" />
      <Island name="wall" />
    </div>,
  )
}
