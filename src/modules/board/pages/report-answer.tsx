import { type Locale, type Text, t } from '../../../kernel/i18n/index.ts'
import { BarRanking, type Column, EmptyState, formatNumber, formatPercent, HeatMap, Table, TrendLine } from '../../../ui/index.ts'
import { measures, rates } from '../../indicator/index.ts'
import { type Answer, type AnswerRow, figureText, leadColumns, numberOf, stepText, totalsOf } from '../../reporting/index.ts'
import { builderTexts as texts } from '../report-builder-texts.ts'

/** So many lines are shown; the files hold all. */
export const SHOWN = 300
const BARS = 40
const HEAT_ROWS = 40
const HEAT_COLUMNS = 26

/** What a value is called in the language of whoever reads; files and frozen answers bear the Vietnamese name. */
const valueText = ({ code, name }: Answer['values'][number], locale: Locale): string => {
  const known = [...rates, ...measures].find((one) => one.code === code)
  return known ? t(locale, known.name) : name
}

/** What a place is called beside its bar: the unit, its procedure, its channel in words. */
export const placeText = (
  { name, procedureName, channel }: Pick<AnswerRow, 'name' | 'procedureName' | 'channel'>,
  locale: Locale,
): string =>
  [groupText(name, locale), procedureName, channel === null ? null : t(locale, channelTexts[channel] ?? texts.channel)]
    .filter(Boolean)
    .join(', ')

/** A tier, the whole province or a channel in the reader's language; units keep their names. */
const groupText = (name: string, locale: Locale): string => {
  const groups = [texts.by_total, texts.wholeProvince, texts.province, texts.district, texts.commune, ...Object.values(channelTexts)]
  const known = groups.find(({ vi }) => vi === name)
  return known ? t(locale, known) : name
}

const channelTexts: Readonly<Record<string, Text>> = { online: texts.online, counter: texts.counter, post: texts.post }

/** Headings of the columns before the figures, by what they are called in files. */
const headTexts: Readonly<Record<string, Text>> = {
  'Đơn vị': texts.unit,
  'Mã thủ tục': texts.procedure,
  'Thủ tục': texts.procedureName,
  Kênh: texts.channel,
  'Thời gian': texts.step,
}
const headText = (head: string, locale: Locale): string => {
  const known = headTexts[head]
  return locale === 'en' && known ? t(locale, known) : head
}

const shareOf = (row: AnswerRow | undefined): number | null => {
  const figure = row?.figures[0]
  return figure && figure.d !== null ? numberOf(figure) : null
}

/** A count, or a rate with its two counts behind it. */
function figureWithCounts(figure: AnswerRow['figures'][number] | undefined, locale: Locale): string {
  if (!figure) return ''
  if (figure.d === null) return figureText(figure)
  return `${figureText(figure)} (${formatNumber(figure.n, locale)}/${formatNumber(figure.d, locale)})`
}

/** The last line: all lines together, also those that are not shown. */
const totalLine = (answer: Answer, locale: Locale): Record<string, string> => ({
  lead0: t(locale, texts.sum),
  ...Object.fromEntries(totalsOf(answer).map((sum, at) => [answer.values[at]?.code ?? '', figureWithCounts(sum, locale)])),
})

/** The answer as a table: the first lines of it. */
export const AnswerTable = ({ answer, locale }: { answer: Answer; locale: Locale }) => {
  const columns: Column<AnswerRow>[] = [
    ...leadColumns(answer).map(({ head, of }, at) => ({
      key: `lead${at}`,
      label: headText(head, locale),
      header: at === 0,
      cell: (row: AnswerRow) => groupText(of(row), locale),
    })),
    ...answer.values.map((value, at) => ({
      key: value.code,
      label: valueText(value, locale),
      numeric: true,
      nowrap: true,
      cell: (row: AnswerRow) => figureWithCounts(row.figures[at], locale),
    })),
  ]
  return (
    <Table
      caption={t(locale, texts.answer)}
      captionHidden
      dense
      locale={locale}
      rows={answer.rows.slice(0, SHOWN)}
      columns={columns}
      {...(answer.rows.length > 1 ? { footer: totalLine(answer, locale) } : {})}
      empty={<EmptyState title={t(locale, texts.none)} />}
    />
  )
}

/** Values of one place over time, by step. */
function series(answer: Answer, locale: Locale): Map<string, { name: string; at: Map<string, AnswerRow> }> {
  const places = new Map<string, { name: string; at: Map<string, AnswerRow> }>()
  for (const row of answer.rows) {
    const key = [row.key, row.validFrom, row.procedure, row.channel].join(' ')
    const place = places.get(key) ?? { name: placeText(row, locale), at: new Map() }
    place.at.set(row.day ?? '', row)
    places.set(key, place)
  }
  return places
}

/** The first value as a picture: a line over time, a map of units over time, or bars. Drawn here, as SVG; its figures are in the table. */
export const AnswerChart = ({ answer, locale }: { answer: Answer; locale: Locale }) => {
  const value = answer.values[0]
  if (!value || answer.rows.length < 2) return null
  const name = valueText(value, locale)
  const places = [...series(answer, locale).values()]
  const days = [...new Set(answer.rows.map(({ day }) => day ?? ''))].sort()
  if (answer.step === 'none') {
    if (value.kind === 'count') return <CountBars answer={answer} name={name} locale={locale} />
    const units = answer.rows
      .map((row, at) => ({
        code: String(at),
        name: places[at]?.name ?? row.name,
        ratio: shareOf(row),
        numerator: row.figures[0]?.n ?? 0,
        denominator: row.figures[0]?.d ?? 0,
      }))
      .sort((a, b) => (b.ratio ?? -1) - (a.ratio ?? -1) || Number(a.code) - Number(b.code))
    return <BarRanking caption={name} unitLabel={t(locale, texts.unit)} ratioLabel={name} units={units.slice(0, BARS)} locale={locale} />
  }
  if (places.length === 1 || value.kind === 'count') {
    const points = days.map((day) => ({ label: stepText(answer, day), value: pointOf(answer, day, value.kind) }))
    const known = points.flatMap((point) => (point.value === null ? [] : [point.value]))
    const say = (one: number | undefined): string =>
      one === undefined ? '–' : value.kind === 'rate' ? formatPercent(one, locale) : formatNumber(one, locale)
    return (
      <TrendLine
        id="answer-trend"
        title={name}
        summary={`${say(known[0])} → ${say(known.at(-1))}`}
        points={points}
        unit={value.kind === 'rate' ? 'percent' : 'count'}
        locale={locale}
      />
    )
  }
  const columns = days.slice(-HEAT_COLUMNS)
  return (
    <HeatMap
      caption={name}
      rowLabel={t(locale, texts.unit)}
      columns={columns.map((day) => stepText(answer, day))}
      rows={places.slice(0, HEAT_ROWS).map(({ name, at }) => ({ name, values: columns.map((day) => shareOf(at.get(day))) }))}
      locale={locale}
    />
  )
}

/** All places together at one step: counts add up, a rate is of one place. */
function pointOf(answer: Answer, day: string, kind: 'count' | 'rate'): number | null {
  const rows = answer.rows.filter((row) => (row.day ?? '') === day)
  return kind === 'rate' ? shareOf(rows[0]) : rows.reduce((sum, row) => sum + (row.figures[0]?.n ?? 0), 0)
}

const ROW = 26
const LABEL = 250
const WIDTH = 680

/** Counts as bars, the most first. */
const CountBars = ({ answer, name, locale }: { answer: Answer; name: string; locale: Locale }) => {
  const bars = [...series(answer, locale).values()]
    .map((place) => ({ name: place.name, n: [...place.at.values()][0]?.figures[0]?.n ?? 0 }))
    .sort((a, b) => b.n - a.n)
    .slice(0, BARS / 2)
  const most = Math.max(1, ...bars.map(({ n }) => n))
  return (
    <figure class="cs-chart">
      <figcaption class="cs-chart__title">{name}</figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${bars.length * ROW + 4}`}
        role="img"
        aria-label={`${name}: ${bars.map((bar) => `${bar.name} ${bar.n}`).join('; ')}`}
      >
        {bars.map((bar, at) => (
          <>
            <text class="cs-chart__label" x={LABEL - 8} y={at * ROW + 18} text-anchor="end">
              {bar.name.length > 32 ? `${bar.name.slice(0, 31)}…` : bar.name}
            </text>
            <rect
              class="cs-chart__bar"
              x={LABEL}
              y={at * ROW + 4}
              height={ROW - 8}
              width={Math.max(1, Math.round((bar.n / most) * (WIDTH - LABEL - 80)))}
            />
            <text class="cs-chart__label" x={LABEL + 8 + Math.round((bar.n / most) * (WIDTH - LABEL - 80))} y={at * ROW + 18}>
              {formatNumber(bar.n, locale)}
            </text>
          </>
        ))}
      </svg>
    </figure>
  )
}
