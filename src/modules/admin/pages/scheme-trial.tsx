import { dayOf } from '../../../kernel/clock.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import * as exact from '../../../kernel/rational.ts'
import { formatNumber, formatWritten, Select, Table, Tag } from '../../../ui/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import {
  lastQuarter,
  oneUnit,
  provinceUnit,
  rankedUnits,
  type SchemeFields,
  type SchemeVersion,
  type Tried,
  tryScheme,
} from '../../scheme/index.ts'
import { schemeTexts, schemeEditTexts as texts } from '../scheme-texts.ts'
import { ActionButton } from './scheme-action.tsx'

/** What the trial offers: the last quarter that is over, and the units of that time; the province first. */
export interface TrialChoice {
  readonly period: ReturnType<typeof lastQuarter>
  readonly units: readonly { readonly value: string; readonly label: string }[]
  readonly unit: string
}

export async function trialChoice(c: Web, unit: string): Promise<TrialChoice> {
  const app = c.get('app')
  const period = lastQuarter(dayOf(app.clock()))
  const directory = await directoryOf(app, c.get('province'))
  if (!directory.root(period.to)) return { period, units: [], unit: '' }
  const codes = new Map([provinceUnit(directory, period), ...rankedUnits(directory, period)].map(({ group }) => [group.key, group.name]))
  const units = [...codes].map(([value, label]) => ({ value, label }))
  return { period, units, unit: codes.has(unit) ? unit : (units[0]?.value ?? '') }
}

/** The chosen unit's score under both versions; undefined while the province has no units. */
export async function trialOf(
  c: Web,
  { period, unit }: TrialChoice,
  versions: { readonly before: SchemeVersion; readonly after: SchemeVersion },
): Promise<Tried | undefined> {
  if (unit === '') return undefined
  const app = c.get('app')
  const asked = oneUnit(await directoryOf(app, c.get('province')), period, unit)
  return app.db.snapshot(c.get('province'), (tx) => tryScheme(tx, period, asked, versions, app.clock()))
}

const written = (value: exact.Rational | null | undefined, locale: Locale): string =>
  value ? formatWritten(exact.written(value, 2), locale) : '–'

/** The most there can be is a decision's number: `6`, `2,5`. */
const most = (value: exact.Rational, locale: Locale): string => {
  const number = Number(exact.written(value, 2))
  return formatNumber(number, locale, number % 1 === 0 ? 0 : 2)
}

interface Row {
  readonly name: string
  readonly before: string
  readonly after: string
}

/** Indicators whose points, or the most they give, are others now. */
function changesOf({ before, after }: Tried, locale: Locale): Row[] {
  const ids = [...new Set([...before.indicators, ...after.indicators].map(({ indicator }) => indicator.id))]
  return ids.flatMap((id) => {
    const [was, is] = [before, after].map((score) => score.indicators.find(({ indicator }) => indicator.id === id))
    const say = (one: typeof was): string =>
      one ? t(locale, texts.of, { points: written(one.points, locale), max: most(one.max, locale) }) : '–'
    const row = { name: `${id} ${t(locale, (is ?? was)?.indicator.name ?? { vi: '', en: '' })}`, before: say(was), after: say(is) }
    return row.before === row.after ? [] : [row]
  })
}

const Result = ({ tried, locale }: { tried: Tried; locale: Locale }) => {
  const { before, after, received } = tried
  const difference = exact.minus(after.total, before.total)
  const order = exact.compare(difference, exact.zero)
  const size = written(order < 0 ? exact.minus(exact.zero, difference) : difference, locale)
  const rows = changesOf(tried, locale)
  const total = (score: Tried['before']): string =>
    t(locale, texts.of, { points: written(score.total, locale), max: most(score.max, locale) })
  return (
    <div role="status">
      {received === 0 && <p class="govuk-body">{t(locale, texts.nothing)}</p>}
      <p class="govuk-body">
        <Tag tone={order > 0 ? 'good' : order < 0 ? 'waiting' : 'neutral'}>
          {order === 0 ? t(locale, texts.level) : t(locale, order > 0 ? texts.more : texts.less, { n: size })}
        </Tag>
      </p>
      <Table
        caption={tried.unit.group.name}
        locale={locale}
        dense
        rows={[{ name: t(locale, texts.total), before: total(before), after: total(after) }, ...rows]}
        columns={[
          { key: 'name', label: t(locale, schemeTexts.indicator), header: true, cell: (row: Row) => row.name },
          { key: 'before', label: t(locale, texts.before), numeric: true, cell: (row: Row) => row.before },
          { key: 'after', label: t(locale, texts.after), numeric: true, cell: (row: Row) => row.after },
        ]}
      />
      {rows.length === 0 && <p class="govuk-body">{t(locale, texts.same)}</p>}
      {exact.compare(after.unknown, exact.zero) > 0 && (
        <p class="govuk-body-s">{t(locale, texts.unknown, { n: most(after.unknown, locale) })}</p>
      )}
    </div>
  )
}

/** A unit's last quarter under what was opened and under what is being written, before anything is saved. */
export const Trial = ({
  choice: { period, units, unit },
  tried,
  fields,
  locale,
}: {
  choice: TrialChoice
  tried: Tried | undefined
  fields: SchemeFields
  locale: Locale
}) =>
  units.length === 0 ? null : (
    <section class="cs-scheme-trial" id="cham-thu" aria-labelledby="cham-thu-ten">
      <h2 class="govuk-heading-m" id="cham-thu-ten">
        {t(locale, texts.trial)}
      </h2>
      <p class="govuk-body">{t(locale, texts.trialLead, { quarter: period.quarter, year: period.year })}</p>
      <Select name="thu" label={t(locale, texts.trialUnit)} options={units} value={unit} empty={false} locale={locale} />
      {tried && <input type="hidden" name="da-thu" value="1" />}
      <ActionButton fields={fields} does={{ does: 'try' }}>
        {t(locale, texts.trial)}
      </ActionButton>
      {tried && <Result tried={tried} locale={locale} />}
    </section>
  )
