import { type Day, dayOf } from '../../../kernel/clock.ts'
import { Refused, refusals } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, type Text, t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { FilterChips, formatDay, formatInstant, formatNumber, page, SummaryList } from '../../../ui/index.ts'
import { dossiersBehind, type FigureBehind } from '../../dossier/index.ts'
import { measures } from '../../indicator/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import { type Amounts, type Behind, behindOf, gapsAsked, NATIONAL, qualityOf, quantities, scoreUnits } from '../../scheme/index.ts'
import { readScoreAddress, scoreHref } from '../rules/score-question.ts'
import { scoreTexts as texts } from '../score-texts.ts'
import { DossiersBehind } from './dossiers-behind.tsx'
import { mayReport, OneGap } from './score-gaps.tsx'
import { unitOf } from './score-page.tsx'
import { countsText, formulaText, periodText, ruleText, shareText, standingText } from './score-parts.tsx'
import { maxText, pointsText } from './score-points.ts'

const PATH = '/dieu-hanh/chi-so/chi-tieu'
/** Where the dossiers begin: below the formula, which is a screen or two on a phone. */
const LIST = 'ho-so'

type View = 'tat' | 'dat' | 'con-han' | 'chua-dat'

/** The dossiers of an indicator in lists that do not overlap, each under its name with how many there are. */
interface Listed {
  readonly view: View
  readonly name: Text
  readonly count: number
  readonly asked: Pick<FigureBehind, 'has' | 'lacks' | 'standing'>
}

function listsOf({ all, good, openInTime }: Behind, amounts: Amounts): Listed[] {
  const [every, counted, waiting] = [amounts[all] ?? 0, amounts[good] ?? 0, openInTime ? (amounts.open_in_time ?? 0) : 0]
  const left = every - counted - waiting
  const first: Listed[] = [
    { view: 'tat', name: texts.everything, count: every, asked: { has: [all] } },
    { view: 'dat', name: openInTime ? texts.doneInTime : texts.good, count: counted, asked: { has: [all, good] } },
  ]
  return openInTime
    ? [
        ...first,
        { view: 'con-han', name: texts.openInTime, count: waiting, asked: { has: [all], standing: 'in-time' } },
        { view: 'chua-dat', name: texts.late, count: left, asked: { has: [all], standing: 'late' } },
      ]
    : [...first, { view: 'chua-dat', name: texts.notGood, count: left, asked: { has: [all], lacks: [good] } }]
}

/** Why what is listed as late is late: by the moment at which dossiers that are not done are judged. (QĐ 766/QĐ-TTg, rule 2.1.) */
const lateText = (to: Day, today: Day, locale: Locale): string =>
  t(locale, texts.lateNote, { at: to < today ? t(locale, texts.judgedThen, { day: formatDay(to) }) : t(locale, texts.judgedNow) })

/** GET /dieu-hanh/chi-so/chi-tieu: one indicator of a unit with its formula, its basis, what it was counted from, and the dossiers. */
export async function scoreIndicatorPage(c: Web): Promise<Response> {
  const app = c.get('app')
  const province = c.get('province')
  const locale = c.get('locale')
  const now = app.clock()
  const address = readScoreAddress(c.req.query(), dayOf(now), NATIONAL)
  const directory = await directoryOf(app, province)
  const unit = unitOf(directory, address, dayOf(now))
  const scored = await app.db.snapshot(province, (tx) => scoreUnits(tx, { period: address, scheme: address.scheme }, [unit], now))
  const line = scored.lines[0]
  const one = line?.score.indicators.find(({ indicator }) => indicator.id === c.req.query('id'))
  if (!line || !one) throw new Refused(refusals.notFound)
  const { indicator } = one
  const behind = behindOf(indicator)
  const counted = measures.find(({ code }) => code === behind?.good)?.definition
  const lists = behind ? listsOf(behind, line.amounts) : []
  const shown = lists.find(({ view }) => view === c.req.query('xem')) ?? lists[0]
  const found =
    shown &&
    (await dossiersBehind(
      app,
      { province, actor: c.get('actor') },
      {
        // Late is judged by the whole period's end, as in the score; each member's dossiers are of its own days.
        from: address.from,
        to: address.to,
        members: unit.group.members,
        ...shown.asked,
        after: c.req.query('sau'),
      },
    ))
  if (found && !found.ok) throw new Refused(found.error)
  const href = (extra: Record<string, string>): string => scoreHref(address, PATH, { id: indicator.id, ...extra })
  const { numerator, denominator, factor } = indicator
  const asked = [numerator, denominator, ...(factor ? [factor.numerator, factor.denominator] : [])]
  const used = [...new Set(asked.flatMap(({ greatest }) => greatest.flat().map(({ quantity }) => quantity)))]
  const gaps = gapsAsked([indicator], line)
  const why = standingText(one, locale)
  const name = `${indicator.id} ${t(locale, indicator.name)}`
  return page(
    c,
    {
      ...frame(c, 'board'),
      title: { vi: `${name}, ${unit.group.name}`, en: `${name}, ${unit.group.name}` },
      wide: true,
      back: { href: scoreHref(address), text: texts.backToScore },
    },
    <>
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">
          {unit.group.name}, {periodText(address)}
        </span>
        {name}: {pointsText(one.points, locale)} / {maxText(one.max, locale)}
      </h1>
      <SummaryList
        locale={locale}
        rows={[
          {
            key: t(locale, texts.formula),
            value: formulaText(indicator, locale),
          },
          {
            key: t(locale, texts.counts),
            value: (
              <span class="cs-tabular">
                {one.share === null
                  ? countsText(one, locale)
                  : `${countsText(one, locale).replace(' / ', ' ÷ ')} = ${shareText(one.share, locale)}`}
              </span>
            ),
          },
          ...used.map((quantity) => ({
            key: t(locale, quantities[quantity].name),
            value: (
              <>
                <span class="cs-tabular">{formatAmount(line.amounts[quantity], locale)}</span>
                {gaps
                  .filter((gap) => gap.quantity === quantity)
                  .map((gap) => (
                    <div class="govuk-body-s govuk-!-margin-bottom-0">
                      <OneGap gap={gap} line={line} may={mayReport(c)} locale={locale} />
                    </div>
                  ))}
              </>
            ),
          })),
          { key: t(locale, texts.rule), value: ruleText(indicator, locale) },
          ...qualityOf(indicator, line)
            .filter((flag) => flag !== 'REPORTED_MONTHS_MISSING')
            .map((flag) => ({ key: t(locale, texts.quality), value: `${t(locale, texts[flag])} (${flag})` })),
          ...(why ? [{ key: t(locale, texts.standing), value: why }] : []),
          { key: t(locale, texts.basis), value: indicator.basis },
          { key: t(locale, texts.certainty), value: t(locale, texts[indicator.certainty]) },
          ...(indicator.note ? [{ key: t(locale, texts.note), value: t(locale, indicator.note) }] : []),
        ]}
      />
      <p class="govuk-body-s cs-muted">{t(locale, texts.asOf, { time: formatInstant(now) })}</p>
      <h2 class="govuk-heading-m" id={LIST}>
        {t(locale, texts.dossiers)}
      </h2>
      {!found || !behind || !shown ? (
        <p class="govuk-body">{t(locale, texts.noDossiers)}</p>
      ) : (
        <>
          <FilterChips
            locale={locale}
            chips={lists.map(({ view, name, count }) => ({
              text: t(locale, name),
              count,
              href: `${href({ xem: view })}#${LIST}`,
              on: view === shown.view,
            }))}
          />
          {behind.openInTime ? (
            <p class="govuk-body-s">{lateText(address.to, dayOf(now), locale)}</p>
          ) : (
            shown.view === 'chua-dat' && counted && <p class="govuk-body-s">{t(locale, texts.whyNot, { what: t(locale, counted) })}</p>
          )}
          <DossiersBehind behind={found.value} next={(after) => `${href({ xem: shown.view, sau: after })}#${LIST}`} locale={locale} />
        </>
      )}
    </>,
  )
}

const formatAmount = (value: number | null | undefined, locale: 'vi' | 'en'): string =>
  value === null || value === undefined ? '–' : formatNumber(value, locale)
