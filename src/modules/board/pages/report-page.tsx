import type { Child } from 'hono/jsx'
import { Temporal } from 'temporal-polyfill'
import { Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { isUuid } from '../../../kernel/id.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Details,
  formatDay,
  formatInstant,
  formatNumber,
  LinkButton,
  NotificationBanner,
  page,
  StatCard,
  SummaryList,
  Table,
} from '../../../ui/index.ts'
import { pdfResponse, xlsxResponse } from '../../printing/index.ts'
import {
  findUnit,
  type KeptReport,
  type Line,
  moved,
  movedText,
  type OpenedReport,
  openWeekly,
  percentText,
  reportRefusals,
  type UnitLine,
  type WeeklyRate,
  type WeeklyReport,
  weeklyPdf,
  weeklyXlsx,
  weeklyWords as words,
} from '../../reporting/index.ts'
import { reportTexts as texts } from '../report-texts.ts'
import { ProvenanceTag, REPORTS } from './report-list-page.tsx'

async function opened(c: Web): Promise<OpenedReport> {
  const id = c.req.param('id') ?? ''
  const found = isUuid(id) ? await openWeekly(c.get('app').db, c.get('province'), id) : undefined
  if (!found) throw new Refused(reportRefusals.unknown)
  return found
}

async function kept(c: Web): Promise<KeptReport> {
  const { report, row } = await opened(c)
  if (!report) throw new Refused(reportRefusals.altered)
  return { report, digest: row.digest }
}

/** GET /dieu-hanh/bao-cao/:id/pdf: the two pages. */
export async function reportPdf(c: Web): Promise<Response> {
  const report = await kept(c)
  return pdfResponse(await weeklyPdf(report), `bao-cao-tuan-${report.report.day}.pdf`)
}

/** GET /dieu-hanh/bao-cao/:id/xlsx: every unit. */
export async function reportXlsx(c: Web): Promise<Response> {
  const report = await kept(c)
  return xlsxResponse(await weeklyXlsx(report), `bao-cao-tuan-${report.report.day}.xlsx`)
}

/** GET /dieu-hanh/bao-cao/:id: a weekly report as it was frozen; or, when its text was changed since, only that. */
export async function reportPage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const { row, report, found } = await opened(c)
  const title = { vi: `Báo cáo tuần đến ngày ${formatDay(row.day)}`, en: `Weekly report to ${formatDay(row.day)}` }
  const at = formatInstant(row.producedAt)
  return page(
    c,
    { ...frame(c, 'board'), title, wide: true, back: { href: REPORTS, text: texts.backToList } },
    <>
      <h1 class="govuk-heading-l">
        {t(locale, title)} <ProvenanceTag provenance={row.provenance} locale={locale} />
      </h1>
      {report === undefined ? (
        <>
          <NotificationBanner kind="warning" title={t(locale, texts.alteredTitle)}>
            <p class="govuk-body">{t(locale, texts.altered)}</p>
          </NotificationBanner>
          <SummaryList
            locale={locale}
            rows={[
              { key: t(locale, texts.digestThen), value: <code class="cs-break">{row.digest}</code> },
              { key: t(locale, texts.digestNow), value: <code class="cs-break">{found}</code> },
              { key: t(locale, texts.producedAt), value: at },
            ]}
          />
        </>
      ) : (
        <Body report={report} id={row.id} digest={row.digest} at={at} locale={locale} />
      )}
    </>,
  )
}

const List = ({ lines }: { lines: readonly string[] }) => (
  <ul class="govuk-list govuk-list--bullet">
    {lines.map((line) => (
      <li>{line}</li>
    ))}
  </ul>
)

const Section = ({ title, id, children }: { title: string; id: string; children?: Child }) => (
  <section aria-labelledby={id}>
    <h2 class="govuk-heading-m" id={id}>
      {title}
    </h2>
    {children}
  </section>
)

const Rates = ({ report, locale }: { report: WeeklyReport; locale: Locale }) => (
  <>
    {report.rates.map(({ code, name }) => (
      <Table<Line>
        caption={name}
        dense
        locale={locale}
        rows={report.lines}
        columns={[
          { key: 'level', label: t(locale, texts.level), header: true, cell: (line) => line.name },
          { key: 'now', label: t(locale, texts.now), numeric: true, nowrap: true, cell: ({ cells }) => percentText(cells[code].now) },
          {
            key: 'counts',
            label: t(locale, texts.counts),
            numeric: true,
            nowrap: true,
            cell: ({ cells }) => countsOf(cells[code], locale),
          },
          { key: 'change', label: t(locale, texts.change), numeric: true, cell: ({ cells }) => changeOf(cells[code]) },
          { key: 'week', label: t(locale, texts.week), numeric: true, nowrap: true, cell: ({ cells }) => percentText(cells[code].week) },
          { key: 'aim', label: t(locale, texts.aim), numeric: true, nowrap: true, cell: ({ cells }) => words.aimOf(cells[code]) },
          { key: 'gap', label: t(locale, texts.gap), numeric: true, cell: ({ cells }) => words.gapText(cells[code].gap, cells[code].aim) },
        ]}
      />
    ))}
  </>
)

type Cell = Line['cells'][WeeklyRate]
const countsOf = ({ now }: Cell, locale: Locale): string => `${formatNumber(now.n, locale)} / ${formatNumber(now.d, locale)}`
const changeOf = ({ now, before }: Cell): string => movedText(moved(now, before))

/** The province's four rates before anything else: what the chairman asks first. */
const Overall = ({ report, locale }: { report: WeeklyReport; locale: Locale }) => {
  const overall = report.lines[0]
  if (!overall) return null
  const met = words.metAllOf(report)
  return (
    <Section title={overall.name} id="overall">
      <div class="cs-stats">
        {report.rates.map(({ code, name }) => {
          const { now, before, aim } = overall.cells[code]
          const change = moved(now, before)
          return (
            <StatCard
              label={name}
              ratio={now.d === 0 ? null : now.n / now.d}
              numerator={now.n}
              denominator={now.d}
              {...(aim ? { target: aim.value } : {})}
              change={change === null ? null : change / 10_000}
              locale={locale}
            />
          )
        })}
      </div>
      {met && <p class="govuk-body">{met}</p>}
    </Section>
  )
}

const Behind = ({ report, locale }: { report: WeeklyReport; locale: Locale }) => (
  <>
    {report.highlights.map(({ rate, behind, behindCount }) => {
      const units = behind.flatMap((one) => findUnit(report, one) ?? [])
      const name = report.rates.find(({ code }) => code === rate)?.name ?? rate
      if (units.length === 0) return null
      return (
        <Table<UnitLine>
          caption={`${name}: ${t(locale, { vi: `${behindCount} đơn vị chưa đạt`, en: `${behindCount} units below target` })}`}
          dense
          locale={locale}
          rows={units}
          columns={[
            { key: 'unit', label: t(locale, texts.unit), header: true, cell: (unit) => unit.name },
            { key: 'now', label: t(locale, texts.now), numeric: true, nowrap: true, cell: ({ cells }) => percentText(cells[rate].now) },
            { key: 'change', label: t(locale, texts.change), numeric: true, cell: ({ cells }) => changeOf(cells[rate]) },
            { key: 'week', label: t(locale, texts.week), numeric: true, nowrap: true, cell: ({ cells }) => percentText(cells[rate].week) },
            {
              key: 'counts',
              label: t(locale, texts.counts),
              numeric: true,
              nowrap: true,
              cell: ({ cells }) => countsOf(cells[rate], locale),
            },
            { key: 'gap', label: t(locale, texts.gap), numeric: true, cell: ({ cells }) => formatNumber(cells[rate].gap ?? 0, locale) },
          ]}
        />
      )
    })}
  </>
)

const Units = ({ report, locale }: { report: WeeklyReport; locale: Locale }) => (
  <Table<UnitLine>
    caption={t(locale, texts.all)}
    captionHidden
    dense
    locale={locale}
    rows={report.units}
    columns={[
      {
        key: 'unit',
        label: t(locale, texts.unit),
        header: true,
        cell: (unit) => (unit.until ? `${unit.name} ${t(locale, texts.until, { day: formatDay(unit.until) })}` : unit.name),
      },
      { key: 'received', label: t(locale, texts.received), numeric: true, cell: ({ received }) => formatNumber(received.now, locale) },
      { key: 'week', label: t(locale, texts.receivedWeek), numeric: true, cell: ({ received }) => formatNumber(received.week, locale) },
      ...report.rates.map(({ code, name }) => ({
        key: code,
        label: name,
        numeric: true,
        nowrap: true,
        cell: ({ cells }: UnitLine) => percentText(cells[code].now),
      })),
    ]}
  />
)

const Body = ({ report, id, digest, at, locale }: { report: WeeklyReport; id: string; digest: string; at: string; locale: Locale }) => {
  const remark = words.provenanceText(report)
  const sources = words.sourcesOf(report)
  return (
    <>
      <p class="govuk-body">
        {words.periodText(report)}. {t(locale, texts.asOf, { time: at })}
      </p>
      {remark && <p class="govuk-inset-text">{remark}</p>}
      <div class="govuk-button-group cs-screen-only">
        <LinkButton href={`${REPORTS}/${id}/pdf`}>{t(locale, texts.pdf)}</LinkButton>
        <LinkButton href={`${REPORTS}/${id}/xlsx`} look="secondary">
          {t(locale, texts.xlsx)}
        </LinkButton>
      </div>
      <Overall report={report} locale={locale} />
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-one-half">
          <Section title={t(locale, texts.needs)} id="needs">
            <List lines={words.needsOf(report)} />
          </Section>
          <Section title={t(locale, texts.changes)} id="changes">
            <List lines={words.changesOf(report)} />
          </Section>
        </div>
        <div class="govuk-grid-column-one-half">
          <Section title={t(locale, texts.zero)} id="zero">
            <List lines={words.zeroOf(report)} />
          </Section>
          <Section title={t(locale, texts.lateData)} id="late">
            <List lines={words.lateOf(report)} />
          </Section>
        </div>
      </div>
      <Section title={t(locale, texts.rates)} id="rates">
        <Rates report={report} locale={locale} />
      </Section>
      <Section title={t(locale, texts.behind)} id="behind">
        {report.highlights.every(({ behind }) => behind.length === 0) && <p class="govuk-body">{t(locale, texts.nobodyBehind)}</p>}
        <Behind report={report} locale={locale} />
      </Section>
      <Section title={t(locale, texts.all)} id="units">
        <Details summary={t(locale, texts.showAll, { count: formatNumber(report.units.length, locale) })}>
          <Units report={report} locale={locale} />
        </Details>
      </Section>
      <SummaryList
        locale={locale}
        rows={[
          { key: t(locale, texts.method), value: words.METHOD },
          { key: t(locale, texts.recipients), value: words.recipientsOf(report) },
          ...(sources.length > 0 ? [{ key: t(locale, texts.sources), value: sources.join('; ') }] : []),
          {
            key: t(locale, texts.producedAt),
            value: formatInstant(Temporal.Instant.from(report.producedAt)),
          },
          {
            key: t(locale, texts.digest),
            value: (
              <>
                <code class="cs-break">{digest}</code> ({t(locale, texts.digestOk)})
              </>
            ),
          },
        ]}
      />
    </>
  )
}
