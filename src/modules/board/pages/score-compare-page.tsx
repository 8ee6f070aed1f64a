import { dayOf } from '../../../kernel/clock.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { t } from '../../../kernel/i18n/index.ts'
import * as exact from '../../../kernel/rational.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, ErrorSummary, formatInstant, page, Select, Table, Tag, TextInput } from '../../../ui/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import { NATIONAL, rankedUnits, type ScoredLine, scoreUnits } from '../../scheme/index.ts'
import { periodOf } from '../rules/question.ts'
import { readScoreAddress, type ScoreAddress } from '../rules/score-question.ts'
import { scoreTexts as texts } from '../score-texts.ts'
import { scoreTabs, unitOf } from './score-page.tsx'
import { maxText, periodText, pointsText, shareText } from './score-parts.tsx'

const PATH = '/dieu-hanh/chi-so/so-sanh'

/** GET /dieu-hanh/chi-so/so-sanh: a unit beside another one, or beside itself in another period. */
export async function scoreComparePage(c: Web): Promise<Response> {
  const app = c.get('app')
  const province = c.get('province')
  const locale = c.get('locale')
  const now = app.clock()
  const address = readScoreAddress(c.req.query(), dayOf(now), NATIONAL)
  const directory = await directoryOf(app, province)
  const otherUnit = readScoreAddress({ 'don-vi': c.req.query('voi') }, dayOf(now), NATIONAL).unit
  const namedPeriod = c.req.query('voi-ky')?.trim() ?? ''
  const otherPeriod = namedPeriod === '' ? undefined : periodOf(namedPeriod)
  const asked = otherUnit !== undefined || otherPeriod !== undefined
  const other: ScoreAddress = { ...address, ...(otherPeriod ?? {}), unit: otherUnit ?? address.unit }
  const question = (one: ScoreAddress) => ({ period: one, scheme: address.scheme })
  const sides = await app.db.snapshot(province, async (tx) => {
    const read = async (one: ScoreAddress): Promise<ScoredLine | undefined> => {
      try {
        return (await scoreUnits(tx, question(one), [unitOf(directory, one)], now)).lines[0]
      } catch (error) {
        // A code that stood for nothing in one of the periods: said on the page, the form stays.
        if (error instanceof Refused) return undefined
        throw error
      }
    }
    return { left: await read(address), right: asked ? await read(other) : undefined }
  })
  const { left, right } = sides
  const units = rankedUnits(directory, address)
    .map(({ group }) => ({ value: group.key, label: `${group.name} (${group.key})` }))
    .filter((one, i, all) => all.findIndex(({ value }) => value === one.value) === i)
  const wrong = namedPeriod !== '' && !otherPeriod
  const trouble = wrong || (asked && (!left || !right))
  const head = (line: ScoredLine, one: ScoreAddress): string => `${line.unit.group.name}, ${periodText(one)}`
  return page(
    c,
    { ...frame(c, 'board'), title: texts.compare, wide: true, hasErrors: trouble },
    <div class="cs-board">
      {trouble && (
        <ErrorSummary
          locale={locale}
          errors={[
            wrong
              ? {
                  path: 'voi-ky',
                  message: { vi: 'Kỳ phải như 2022, 2026-q3 hoặc 2026-10.', en: 'A period looks like 2022, 2026-q3 or 2026-10.' },
                }
              : { path: 'voi', message: { vi: 'Đơn vị này không có trong kỳ đã chọn.', en: 'This unit did not exist in the period.' } },
          ]}
        />
      )}
      <h1 class="govuk-heading-l">{t(locale, texts.compare)}</h1>
      {scoreTabs(address, 'compare', locale)}
      <form method="get" action={PATH} class="cs-compare cs-screen-only">
        <input type="hidden" name="tu" value={address.from} />
        <input type="hidden" name="den" value={address.to} />
        <input type="hidden" name="bo" value={address.scheme} />
        <Select
          name="don-vi"
          label={t(locale, texts.unit)}
          options={units}
          empty={t(locale, texts.province)}
          value={address.unit}
          locale={locale}
        />
        <Select
          name="voi"
          label={`${t(locale, texts.compareWith)}: ${t(locale, texts.compareUnits).toLowerCase()}`}
          options={units}
          empty={address.unit ? t(locale, texts.unit) : t(locale, texts.province)}
          value={otherUnit}
          locale={locale}
        />
        <TextInput
          name="voi-ky"
          label={`${t(locale, texts.compareWith)}: ${t(locale, texts.comparePeriod).toLowerCase()}`}
          value={namedPeriod}
          width={10}
          locale={locale}
        />
        <Button look="secondary">{t(locale, texts.compare)}</Button>
      </form>
      {left && right && (
        <>
          <p class="govuk-body-s cs-muted">{t(locale, texts.asOf, { time: formatInstant(now) })}</p>
          <Table
            caption={t(locale, texts.compare)}
            captionHidden
            dense
            locale={locale}
            rows={left.score.indicators.map((one, i) => ({ one, two: right.score.indicators[i] }))}
            columns={[
              {
                key: 'indicator',
                label: t(locale, texts.indicator),
                header: true,
                cell: ({ one }) => `${one.indicator.id} ${t(locale, one.indicator.name)}`,
              },
              { key: 'max', label: t(locale, texts.max), numeric: true, cell: ({ one }) => maxText(one.max, locale) },
              {
                key: 'leftShare',
                label: t(locale, texts.share),
                numeric: true,
                nowrap: true,
                cell: ({ one }) => shareText(one.share, locale),
              },
              { key: 'left', label: head(left, address), numeric: true, nowrap: true, cell: ({ one }) => pointsText(one.points, locale) },
              {
                key: 'rightShare',
                label: t(locale, texts.share),
                numeric: true,
                nowrap: true,
                cell: ({ two }) => shareText(two?.share ?? null, locale),
              },
              {
                key: 'right',
                label: head(right, other),
                numeric: true,
                nowrap: true,
                cell: ({ two }) => pointsText(two?.points ?? null, locale),
              },
              {
                key: 'difference',
                label: t(locale, texts.difference),
                numeric: true,
                nowrap: true,
                cell: ({ one, two }) => <Difference left={one.points} right={two?.points ?? null} locale={locale} />,
              },
            ]}
            footer={{
              indicator: t(locale, texts.score),
              left: pointsText(left.score.total, locale),
              right: pointsText(right.score.total, locale),
              difference: signed(exact.minus(left.score.total, right.score.total), locale),
            }}
          />
        </>
      )}
    </div>,
  )
}

const signed = (value: exact.Rational, locale: 'vi' | 'en'): string => {
  const text = pointsText(value, locale)
  return exact.compare(value, exact.zero) > 0 ? `+${text}` : text
}

const Difference = ({ left, right, locale }: { left: exact.Rational | null; right: exact.Rational | null; locale: 'vi' | 'en' }) => {
  if (left === null || right === null) return <>–</>
  const difference = exact.minus(left, right)
  const order = exact.compare(difference, exact.zero)
  return order === 0 ? <>0</> : <Tag tone={order > 0 ? 'good' : 'waiting'}>{signed(difference, locale)}</Tag>
}
