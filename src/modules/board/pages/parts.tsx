import type { Day } from '../../../kernel/clock.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import {
  BarRanking,
  DefinitionPopover,
  EmptyState,
  formatDay,
  formatLevel,
  formatNumber,
  formatPercent,
  HeatMap,
  StatCard,
  Table,
  TrendLine,
} from '../../../ui/index.ts'
import { type StoredTarget, targetOn } from '../../campaign/index.ts'
import { type MeasureCode, measures, type Rate, ratesOn } from '../../indicator/index.ts'
import type { BoardView } from '../queries/read-board.ts'
import { addressOf, type BoardQuestion, type BoardRate, boardRates, slugOfRate } from '../rules/question.ts'
import { atZero, rank, shareOf, sumCounts } from '../rules/standing.ts'
import { texts } from '../texts.ts'

export interface PartProps {
  readonly view: BoardView
  readonly targets: readonly StoredTarget[]
  readonly locale: Locale
}

const measureName = (code: MeasureCode, locale: Locale): string => {
  const measure = measures.find((one) => one.code === code)
  return measure ? t(locale, measure.name) : code
}

/** The definition of a rate in force at the end of the period. */
export function rateOf(question: Pick<BoardQuestion, 'to'>, code: BoardRate): Rate {
  const rate = ratesOn(question.to).find((one) => one.code === code)
  if (!rate) throw new Error(`no definition of ${code} is in force on ${question.to}`)
  return rate
}

/** Address of the dossiers behind a figure. */
export function figureHref(question: BoardQuestion, code: BoardRate, unit?: { key: string; tier?: string } | null): string {
  const query = new URLSearchParams({ tu: question.from, den: question.to, 'chi-so': slugOfRate(code) })
  if (unit) query.set('don-vi', unit.key)
  else if (question.tier) query.set('cap', { province: 'tinh', district: 'huyen', commune: 'xa' }[question.tier])
  return `/dieu-hanh/so-lieu?${query}`
}

/** How a rate is counted, where it stands. */
export const HowCounted = ({ rate, target, locale }: { rate: Rate; target?: StoredTarget | undefined; locale: Locale }) => (
  <DefinitionPopover term={t(locale, rate.name)} locale={locale}>
    <p>{t(locale, rate.definition)}</p>
    <p>
      {t(locale, texts.formula, { numerator: measureName(rate.numerator, locale), denominator: measureName(rate.denominator, locale) })}
    </p>
    <p>
      {t(locale, texts.basis)}: {rate.basis}
    </p>
    {target && <p>{t(locale, texts.targetFrom, { target: formatLevel(target.value, locale), source: target.source })}</p>}
  </DefinitionPopover>
)

/** Four large rates: what the board says in ten seconds. */
export const Cards = ({ view, targets, locale }: PartProps) => (
  <div class="cs-stats" id="cards">
    {boardRates.map((code) => {
      const rate = rateOf(view.question, code)
      const ratio = shareOf(view.total, rate)
      const before = view.weekAgo ? shareOf(view.weekAgo, rate) : null
      const target = targetOn(targets, code, view.question.tier, view.question.to)
      return (
        <StatCard
          id={`card-${slugOfRate(code)}`}
          label={t(locale, rate.name)}
          ratio={ratio}
          numerator={view.total[rate.numerator]}
          denominator={view.total[rate.denominator]}
          {...(target ? { target: target.value } : {})}
          change={ratio !== null && before !== null ? ratio - before : null}
          href={figureHref(view.question, code)}
          note={<HowCounted rate={rate} target={target} locale={locale} />}
          locale={locale}
        />
      )
    })}
  </div>
)

/** Whether anybody had work in the period; until then only the rates stand there, without a figure. */
const isEmpty = (view: BoardView): boolean => view.units.length === 0

/** Says that there is nothing yet, and goes when the first dossier comes. */
export const Nothing = ({ view, locale }: PartProps) => (
  <div id="nothing">{isEmpty(view) && <EmptyState title={t(locale, texts.nothing)}>{t(locale, texts.nothingNext)}</EmptyState>}</div>
)

/** Tiers side by side, with the counts behind. */
export const Tiers = ({ view, locale }: PartProps) => {
  if (isEmpty(view)) return <div id="tiers" />
  const rows = view.tiers
  const all = sumCounts(rows.map((row) => row.counts))
  const sum = (code: MeasureCode): string => formatNumber(all[code], locale)
  return (
    <div id="tiers">
      <Table
        caption={t(locale, texts.tiers)}
        dense
        locale={locale}
        rows={rows}
        columns={[
          {
            key: 'tier',
            label: t(locale, texts.tier),
            header: true,
            nowrap: true,
            cell: (row) => (
              <a class="govuk-link govuk-link--no-visited-state" href={addressOf({ ...view.question, tier: row.tier })}>
                {t(locale, texts[row.tier])}
              </a>
            ),
          },
          { key: 'received', label: t(locale, texts.received), numeric: true, cell: (row) => formatNumber(row.counts.received, locale) },
          { key: 'online', label: t(locale, texts.online), numeric: true, cell: (row) => formatNumber(row.counts.online, locale) },
          { key: 'assisted', label: t(locale, texts.assisted), numeric: true, cell: (row) => formatNumber(row.counts.assisted, locale) },
          { key: 'finished', label: t(locale, texts.finished), numeric: true, cell: (row) => formatNumber(row.counts.finished, locale) },
          ...boardRates.map((code) => ({
            key: code,
            label: t(locale, rateOf(view.question, code).name),
            numeric: true,
            cell: (row: (typeof rows)[number]) => formatPercent(shareOf(row.counts, rateOf(view.question, code)), locale),
          })),
        ]}
        footer={
          rows.length > 1
            ? {
                tier: t(locale, texts.total),
                received: sum('received'),
                online: sum('online'),
                assisted: sum('assisted'),
                finished: sum('finished'),
                ...Object.fromEntries(boardRates.map((code) => [code, formatPercent(shareOf(all, rateOf(view.question, code)), locale)])),
              }
            : {}
        }
      />
    </div>
  )
}

/** Every unit in order, with a bar in its row. */
export const Ranking = ({ view, targets, locale }: PartProps) => {
  if (isEmpty(view)) return <div id="ranking" />
  const rate = rateOf(view.question, view.question.rate)
  const target = targetOn(targets, view.question.rate, view.question.tier, view.question.to)
  return (
    <div id="ranking">
      <BarRanking
        caption={t(locale, texts.ranking, { rate: lower(t(locale, rate.name)) })}
        unitLabel={t(locale, texts.unit)}
        ratioLabel={t(locale, rate.name)}
        {...(target ? { target: target.value } : {})}
        locale={locale}
        units={rank(view.units, rate).map((unit) => ({
          code: `${unit.key}-${unit.validFrom}`,
          name: unit.name,
          href: figureHref(view.question, view.question.rate, unit),
          ratio: shareOf(unit.counts, rate),
          numerator: unit.counts[rate.numerator],
          denominator: unit.counts[rate.denominator],
        }))}
      />
    </div>
  )
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

/** Units at 0 %: their own list, by name. */
export const ZeroList = ({ view, locale }: PartProps) => {
  if (isEmpty(view)) return <div id="zero" />
  const rate = rateOf(view.question, view.question.rate)
  const units = atZero(view.units, rate)
  return (
    <section id="zero" class={units.length > 0 ? 'cs-zero cs-zero--some' : 'cs-zero'} aria-labelledby="zero-title">
      <h2 class="govuk-heading-m" id="zero-title">
        {t(locale, texts.zero)}
        {units.length > 0 && ` (${units.length})`}
      </h2>
      {units.length === 0 ? (
        <p class="govuk-body">{t(locale, texts.zeroNone, { rate: lower(t(locale, rate.name)) })}</p>
      ) : (
        <>
          <p class="govuk-body">{t(locale, texts.zeroLead)}</p>
          <ul class="govuk-list cs-zero__list">
            {units.map((unit) => (
              <li>
                <a class="govuk-link govuk-link--no-visited-state" href={figureHref(view.question, view.question.rate, unit)}>
                  {t(locale, texts.zeroRow, { name: unit.name, count: formatNumber(unit.counts[rate.denominator], locale) })}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

const stepLabel = (day: Day, by: 'month' | 'week'): string =>
  by === 'month' ? `${day.slice(5, 7)}/${day.slice(0, 4)}` : formatDay(day).slice(0, 5)

/** The chosen rate over time. */
export const Trend = ({ view, targets, locale }: PartProps) => {
  if (isEmpty(view)) return <div id="trend" />
  const rate = rateOf(view.question, view.question.rate)
  const name = t(locale, rate.name)
  const points = view.trend.map(({ day, counts }) => ({ label: stepLabel(day, view.trendBy), value: shareOf(counts, rate) }))
  const known = points.flatMap((point) => (point.value === null ? [] : [point.value]))
  const first = known[0] ?? null
  const last = known.at(-1) ?? null
  const moved = first !== null && last !== null ? last - first : 0
  const words = moved > 0.0005 ? texts.trendUp : moved < -0.0005 ? texts.trendDown : texts.trendFlat
  const target = targetOn(targets, view.question.rate, view.question.tier, view.question.to)
  return (
    <div id="trend">
      <TrendLine
        id="trend-line"
        title={t(locale, texts.trendTitle, { rate: name, step: t(locale, view.trendBy === 'month' ? texts.month : texts.week) })}
        summary={t(locale, words, { first: formatPercent(first, locale), last: formatPercent(last, locale) })}
        points={points}
        unit="percent"
        {...(target ? { target: target.value } : {})}
        locale={locale}
      />
    </div>
  )
}

const HEAT_ROWS = 30

/** Units × weeks; the lowest units of the period, because those are the ones to talk about. */
export const Heat = ({ view, locale }: PartProps) => {
  const rate = rateOf(view.question, view.question.rate)
  const name = t(locale, rate.name)
  const lowest = rank(view.units, rate)
    .filter((unit) => shareOf(unit.counts, rate) !== null)
    .reverse()
    .slice(0, HEAT_ROWS)
  if (lowest.length === 0 || view.weeks.length === 0) return <div id="heat" />
  return (
    <div id="heat">
      <HeatMap
        caption={t(locale, texts.heat, { rate: name })}
        rowLabel={t(locale, texts.unit)}
        columns={view.weeks.map((week) => formatDay(week).slice(0, 5))}
        rows={lowest.map((unit) => ({
          name: unit.name,
          href: figureHref(view.question, view.question.rate, unit),
          values: view.weeks.map((week) => {
            const counts = view.heat.get(unit.key)?.get(week)
            return counts ? shareOf(counts, rate) : null
          }),
        }))}
        locale={locale}
      />
      {view.units.length > HEAT_ROWS && <p class="govuk-body-s cs-muted">{t(locale, texts.heatNote, { count: HEAT_ROWS })}</p>}
    </div>
  )
}
