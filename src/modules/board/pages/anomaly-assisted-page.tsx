import { dayOf } from '../../../kernel/clock.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { t } from '../../../kernel/i18n/index.ts'
import * as exact from '../../../kernel/rational.ts'
import { frame } from '../../../ui/frame.ts'
import { BackLink, Button, EmptyState, formatDay, formatNumber, page, Select, Table } from '../../../ui/index.ts'
import { directoryOf, unitsDuring } from '../../organisation/index.ts'
import { NATIONAL, oneUnit, provinceUnit, scoreBoth } from '../../scheme/index.ts'
import { anomalyTexts as texts } from '../anomaly-texts.ts'
import { readAnomalyQuestion } from '../rules/anomaly-question.ts'
import { addressOf, PATH } from './anomaly-parts.tsx'

const TOTAL = ''

/** GET /dieu-hanh/bat-thuong/nop-ho: the score of the province or a unit with and without what was filed with help. */
export async function assistedPage(c: Web): Promise<Response> {
  const app = c.get('app')
  const locale = c.get('locale')
  const now = app.clock()
  const question = readAnomalyQuestion(c.req.query(), dayOf(now))
  const directory = await directoryOf(app, c.get('province'))
  const root = directory.root(question.to)?.code
  const units = [...new Map(unitsDuring(directory, question).map(({ code, name }) => [code, name]))].filter(([code]) => code !== root)
  const asked = c.req.query('don-vi')
  // A unit that stood for nothing then is nobody's question: the province answers.
  const unitCode = units.find(([code]) => code === asked)?.[0]
  const unit = unitCode ? oneUnit(directory, question, unitCode) : provinceUnit(directory, question)
  const both = await app.db.snapshot(c.get('province'), (tx) => scoreBoth(tx, { period: question, scheme: NATIONAL }, unit, now))
  const points = (value: exact.Rational | null): string => (value ? formatNumber(Number(exact.written(value, 2)), locale, 2) : '–')
  const changeOf = (before: exact.Rational, after: exact.Rational): string => {
    const value = Number(exact.written(exact.minus(after, before), 2))
    return `${value > 0 ? '+' : value < 0 ? '−' : ''}${formatNumber(Math.abs(value), locale, 2)}`
  }
  const rows = both.with.score.indicators.flatMap((one, i) => {
    const other = both.without.score.indicators[i]
    return other && one.points && other.points && exact.compare(one.points, other.points) !== 0
      ? [{ id: one.indicator.id, name: t(locale, one.indicator.name), before: one.points, after: other.points }]
      : []
  })
  const total = { id: TOTAL, name: t(locale, texts.total), before: both.with.score.total, after: both.without.score.total }
  return page(
    c,
    { ...frame(c, 'board'), title: texts.both, wide: true },
    <>
      <BackLink href={addressOf(question)} text={texts.back} locale={locale} />
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">
          {unit.group.name}, {formatDay(question.from)} – {formatDay(question.to)}
        </span>
        {t(locale, texts.both)}
      </h1>
      <p class="govuk-body">{t(locale, texts.bothLead, { n: formatNumber(both.assisted, locale) })}</p>
      <form method="get" action={`${PATH}/nop-ho`} class="cs-screen-only">
        <input type="hidden" name="tu" value={question.from} />
        <input type="hidden" name="den" value={question.to} />
        <Select
          name="don-vi"
          label={t(locale, texts.unit)}
          options={[
            { value: TOTAL, label: provinceUnit(directory, question).group.name },
            ...units.map(([value, label]) => ({ value, label })),
          ]}
          empty={false}
          value={unitCode ?? TOTAL}
          locale={locale}
        />
        <Button look="secondary">{t(locale, texts.show)}</Button>
      </form>
      <Table
        caption={t(locale, texts.both)}
        captionHidden
        locale={locale}
        rows={[total, ...rows]}
        empty={<EmptyState title={t(locale, texts.none)} />}
        columns={[
          { key: 'name', label: t(locale, texts.indicator), header: true, cell: ({ id, name }) => `${id} ${name}`.trim() },
          { key: 'with', label: t(locale, texts.with), numeric: true, cell: ({ before }) => points(before) },
          { key: 'without', label: t(locale, texts.without), numeric: true, cell: ({ after }) => points(after) },
          { key: 'change', label: t(locale, texts.change), numeric: true, cell: ({ before, after }) => changeOf(before, after) },
        ]}
      />
      {rows.length === 0 && <p class="govuk-body">{t(locale, texts.sameBoth)}</p>}
    </>,
  )
}
