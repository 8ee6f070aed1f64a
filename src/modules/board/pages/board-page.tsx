import { dayOf } from '../../../kernel/clock.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { Details, FilterChips, formatDay, formatInstant, Island, page } from '../../../ui/index.ts'
import { readTargets } from '../../campaign/index.ts'
import { readYears } from '../../indicator/index.ts'
import { unreadNotices } from '../../notification/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import { readBoardScore } from '../queries/board-score.ts'
import { type BoardView, readBoard } from '../queries/read-board.ts'
import { addressOf, type BoardQuestion, boardRates, offeredPeriods, periodName, readQuestion } from '../rules/question.ts'
import { texts } from '../texts.ts'
import { Brief } from './brief.tsx'
import { Cards, figureHref, Heat, Nothing, Ranking, rateOf, Tiers, Trend, ZeroList } from './parts.tsx'
import { MissingReport, weeklyWatch } from './report-list-page.tsx'

/** A period still running is the same whether it is named by its last day or by today. */
const same = (period: { from: string; to: string }, question: BoardQuestion, today: string): boolean =>
  period.from === question.from && (period.to === question.to || (period.to > today && question.to === today))

interface ControlProps {
  readonly question: BoardQuestion
  readonly view: BoardView
  readonly today: string
  readonly years: readonly number[]
  readonly locale: Locale
}

const Controls = ({ question, view, today, years, locale }: ControlProps) => (
  <div class="cs-board__controls cs-screen-only">
    <FilterChips
      label={t(locale, texts.period)}
      chips={offeredPeriods(today, years).map((period) => ({
        text: periodName(period.name, locale),
        href: addressOf({ ...question, from: period.from, to: period.to }),
        on: same(period, question, today),
      }))}
      locale={locale}
    />
    <FilterChips
      label={t(locale, texts.tierSwitch)}
      chips={[
        { text: t(locale, texts.allTiers), href: addressOf({ ...question, tier: null }), on: question.tier === null },
        ...view.tiers.map(({ tier }) => ({
          text: t(locale, texts[tier]),
          href: addressOf({ ...question, tier }),
          on: question.tier === tier,
        })),
      ]}
      locale={locale}
    />
    <Details summary={t(locale, texts.otherDays)}>
      <form class="cs-board__dates" method="get" action="/dieu-hanh">
        <label class="govuk-label" for="tu">
          {t(locale, texts.from)}
        </label>
        <input class="govuk-input govuk-input--width-10" id="tu" name="tu" type="date" value={question.from} />
        <label class="govuk-label" for="den">
          {t(locale, texts.to)}
        </label>
        <input class="govuk-input govuk-input--width-10" id="den" name="den" type="date" value={question.to} />
        {[...new URL(addressOf(question), 'http://x').searchParams]
          .filter(([name]) => name !== 'tu' && name !== 'den')
          .map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
        <button class="govuk-button govuk-button--secondary" type="submit">
          {t(locale, texts.show)}
        </button>
      </form>
    </Details>
  </div>
)

/** Which rate the parts below look at: the order of units, who stands at 0 %, the line over time. */
const RateSwitch = ({ question, locale }: { question: BoardQuestion; locale: Locale }) => (
  <div class="cs-board__controls cs-screen-only">
    <FilterChips
      label={t(locale, texts.rateSwitch)}
      chips={boardRates.map((rate) => ({
        text: t(locale, rateOf(question, rate).name),
        href: addressOf({ ...question, rate }),
        on: question.rate === rate,
      }))}
      locale={locale}
    />
  </div>
)

/** Where somebody stands who heads one unit among many: its dossiers behind the rate that is looked at, one tap away. */
const Own = ({ c, view, locale }: { c: Web; view: BoardView; locale: Locale }) => {
  const actor = c.get('actor')
  const heads = new Set(actor.kind === 'officer' ? actor.grants.map(({ agencyCode }) => agencyCode) : [])
  const own = view.units.filter(({ key }) => heads.has(key))
  if (own.length === 0) return null
  return (
    <p class="govuk-body">
      {t(locale, texts.ownUnit)}{' '}
      {own.map((unit, at) => (
        <>
          {at > 0 && ', '}
          <a class="govuk-link" href={figureHref(view.question, view.question.rate, unit)}>
            {unit.name}
          </a>
        </>
      ))}
    </p>
  )
}

/** GET /dieu-hanh: the leaders' board. */
export async function boardPage(c: Web): Promise<Response> {
  const app = c.get('app')
  const locale = c.get('locale')
  const now = app.clock()
  const today = dayOf(now)
  const question = readQuestion(c.req.query(), today)
  const directory = await directoryOf(app, c.get('province'))
  const actor = c.get('actor')
  const { years, unread, score, ...figures } = await app.db.snapshot(c.get('province'), async (tx) => ({
    view: await readBoard(tx, directory, question, today),
    targets: await readTargets(tx),
    years: await readYears(tx),
    unread: actor.kind === 'officer' ? await unreadNotices(tx, actor.officerId) : 0,
    score: await readBoardScore(tx, directory, question, now),
  }))
  const parts = { ...figures, locale }
  const { view } = parts
  return page(
    c,
    { ...frame(c, 'board'), title: texts.title, wide: true },
    <div class="cs-board" data-live={addressOf(question, '/dieu-hanh/luong')} data-ended={t(locale, texts.ended)} data-day={today}>
      <div class="cs-board__head">
        <h1 class="govuk-heading-l">
          {t(locale, texts.title)}{' '}
          <span class="cs-board__period">
            {formatDay(question.from)} – {formatDay(question.to)}
          </span>
        </h1>
        <p class="cs-live" data-live-state data-live={t(locale, texts.live)} data-lost={t(locale, texts.lost)} aria-live="polite" />
      </div>
      <div class="cs-board__news cs-screen-only">
        <MissingReport watch={await weeklyWatch(c)} locale={locale} />
        {unread > 0 && (
          <p class="govuk-body">
            <a class="govuk-link" href="/dieu-hanh/thong-bao">
              {t(locale, texts.notices, { count: unread })}
            </a>
          </p>
        )}
        <Own c={c} view={view} locale={locale} />
      </div>
      <Controls question={question} view={view} today={today} years={years} locale={locale} />
      <p class="govuk-body-s cs-muted" id="as-of">
        {t(locale, texts.asOf, { time: formatInstant(now) })}
      </p>
      <h2 class="govuk-visually-hidden">{t(locale, texts.rates)}</h2>
      <Cards {...parts} />
      <Brief view={view} score={score} locale={locale} />
      <Nothing {...parts} />
      <RateSwitch question={question} locale={locale} />
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Tiers {...parts} />
          <Trend {...parts} />
        </div>
        <div class="govuk-grid-column-one-third">
          <ZeroList {...parts} />
        </div>
      </div>
      <Ranking {...parts} />
      <Heat {...parts} />
      <p class="govuk-body-s cs-muted">{t(locale, texts.unitsOfTheTime)}</p>
      <p class="govuk-body-s cs-muted cs-screen-only">{t(locale, texts.print)}</p>
      <Island name="live-board" />
    </div>,
  )
}
