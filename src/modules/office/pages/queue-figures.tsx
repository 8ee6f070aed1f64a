import { addDays, dayOf } from '../../../kernel/clock.ts'
import type { Officer } from '../../../kernel/context.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, type Text, t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, EmptyState, formatDay, formatNumber, formatPercent, page, Select, Table } from '../../../ui/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import { categoryOf, type FigureGroup, figureGroups, type QueueFigure, queueFigures, settingsOf } from '../../queue/index.ts'
import { texts } from './queue-texts.ts'

const DAY = /^\d{4}-\d{2}-\d{2}$/
const readDay = (text: string | undefined, otherwise: string): string =>
  text && DAY.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text ? text : otherwise

const names: Readonly<Record<FigureGroup, Text>> = {
  total: texts.whole,
  hour: texts.byHour,
  day: texts.byDay,
  point: texts.byPoint,
  category: texts.byCategory,
}

const minutes = (seconds: number | null, locale: Locale): string =>
  seconds === null ? '—' : t(locale, texts.minutes, { n: formatNumber(Math.round(seconds / 6) / 10, locale) })

/** The figures that were asked for: counter and days out of the address, as far as the officer may see them. */
async function asked(c: Web) {
  const app = c.get('app')
  const officer = c.get('actor') as Officer
  const today = dayOf(app.clock())
  const to = readDay(c.req.query('den'), today)
  const from = readDay(c.req.query('tu'), addDays(to, -27))
  const directory = await directoryOf(app, c.get('province'))
  const access = app.access(c.get('province'))
  const counters = directory
    .list(today, {})
    .filter(({ code }) => access.can(officer, 'queue.figures', { agencyCode: code }))
    .map(({ code, name }) => ({ value: code, label: name }))
  const agencyCode =
    c.req.query('noi') ?? officer.grants.find(({ agencyCode: own }) => counters.some(({ value }) => value === own))?.agencyCode ?? ''
  const found = await queueFigures(app, { province: c.get('province'), actor: officer }, { agencyCode, from, to })
  if (!found.ok) throw new Refused(found.error)
  const settings = await settingsOf(app, c.get('province'), agencyCode, to)
  const label = (by: FigureGroup, key: string, locale: Locale): string => {
    if (by === 'hour') return `${key}:00–${key}:59`
    if (by === 'day') return formatDay(key)
    if (by === 'point') return key.trim() === '—' ? '—' : t(locale, texts.point, { n: key.trim() })
    const category = categoryOf(settings, key)
    return by === 'category' ? `${key}${category ? ` · ${t(locale, category.name)}` : ''}` : t(locale, texts.whole)
  }
  return { agencyCode, from, to, groups: found.value, counters, label }
}

/** GET /mot-cua/hang-cho/so-lieu */
export async function queueFiguresPage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const { agencyCode, from, to, groups, counters, label } = await asked(c)
  const address = `?${new URLSearchParams({ noi: agencyCode, tu: from, den: to })}`
  return page(
    c,
    { ...frame(c, 'office'), title: texts.figures, wide: true },
    <>
      <h1 class="govuk-heading-l">{t(locale, texts.figures)}</h1>
      <p class="govuk-body">{t(locale, texts.figuresLead)}</p>
      <form class="cs-inline-form" method="get" action="/mot-cua/hang-cho/so-lieu">
        {counters.length > 1 && (
          <Select name="noi" label={t(locale, texts.counterLabel)} options={counters} empty={false} value={agencyCode} locale={locale} />
        )}
        <label class="govuk-label" for="tu">
          {t(locale, texts.from)}
        </label>
        <input class="govuk-input govuk-input--width-10" id="tu" name="tu" type="date" value={from} />
        <label class="govuk-label" for="den">
          {t(locale, texts.to)}
        </label>
        <input class="govuk-input govuk-input--width-10" id="den" name="den" type="date" value={to} />
        <Button look="secondary">{t(locale, texts.show)}</Button>
      </form>
      {(groups.total[0]?.n ?? 0) === 0 ? (
        <EmptyState title={t(locale, texts.noFigures)} />
      ) : (
        <>
          {figureGroups.map((by) => (
            <Table
              caption={t(locale, names[by])}
              dense
              locale={locale}
              rows={groups[by]}
              columns={[
                { key: 'key', label: t(locale, names[by]), header: true, cell: (row: QueueFigure) => label(by, row.key, locale) },
                { key: 'n', label: t(locale, texts.taken), numeric: true, cell: (row) => formatNumber(row.n, locale) },
                { key: 'called', label: t(locale, texts.called), numeric: true, cell: (row) => formatNumber(row.called, locale) },
                { key: 'wm', label: t(locale, texts.waitMedian), numeric: true, cell: (row) => minutes(row.waitMedian, locale) },
                { key: 'w9', label: t(locale, texts.waitP90), numeric: true, cell: (row) => minutes(row.waitP90, locale) },
                { key: 'served', label: t(locale, texts.servedCount), numeric: true, cell: (row) => formatNumber(row.served, locale) },
                { key: 'sm', label: t(locale, texts.serviceMedian), numeric: true, cell: (row) => minutes(row.serviceMedian, locale) },
                { key: 's9', label: t(locale, texts.serviceP90), numeric: true, cell: (row) => minutes(row.serviceP90, locale) },
                {
                  key: 'absent',
                  label: t(locale, texts.absentRate),
                  numeric: true,
                  cell: (row) =>
                    row.called === 0 ? '—' : `${formatPercent(row.absent / row.called, locale)} (${row.absent}/${row.called})`,
                },
              ]}
            />
          ))}
          <p class="govuk-body">
            <a class="govuk-link" href={`/mot-cua/hang-cho/so-lieu.csv${address}`}>
              {t(locale, texts.csv)}
            </a>
          </p>
        </>
      )}
    </>,
  )
}

/** A field of a CSV; what a spreadsheet would read as a formula stays text. */
const field = (value: string | number | null): string => {
  const text = value === null ? '' : String(value)
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** GET /mot-cua/hang-cho/so-lieu.csv: every grouping, times in seconds. */
export async function queueFiguresCsv(c: Web): Promise<Response> {
  const { agencyCode, from, to, groups, label } = await asked(c)
  const head = [
    'by',
    'key',
    'label',
    'taken',
    'called',
    'wait_median_s',
    'wait_p90_s',
    'served',
    'service_median_s',
    'service_p90_s',
    'absent',
  ]
  const round = (seconds: number | null): number | null => (seconds === null ? null : Math.round(seconds))
  const lines = figureGroups.flatMap((by) =>
    groups[by].map((row) =>
      [
        ...[by, row.key.trim(), label(by, row.key, c.get('locale')), row.n, row.called, round(row.waitMedian), round(row.waitP90)],
        ...[row.served, round(row.serviceMedian), round(row.serviceP90), row.absent],
      ]
        .map(field)
        .join(','),
    ),
  )
  return c.body(`\uFEFF${[head.join(','), ...lines].join('\r\n')}\r\n`, 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="hang-cho-${agencyCode}-${from}-${to}.csv"`,
  })
}
