import { randomUUID } from 'node:crypto'
import { dayOf } from '../../../kernel/clock.ts'
import type { Refusal } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { type Text, t } from '../../../kernel/i18n/index.ts'
import { monthsText } from '../../../kernel/months.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  Details,
  ErrorSummary,
  errorsBy,
  FileInput,
  FilterChips,
  Form,
  NotificationBanner,
  page,
  Select,
  Table,
  TextArea,
  TextInput,
} from '../../../ui/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import {
  listReported,
  type QuantityName,
  quantities,
  type ReportFigures,
  readReportedGaps,
  reportedAgencies,
  reportFigures,
  type UnitGap,
} from '../../scheme/index.ts'
import { reportedTexts as texts } from '../scheme-texts.ts'
import { REPORTED_PAGE, type ReportedAddress, ReportedList } from './scheme-reported-list.tsx'

const PATH = '/quan-tri/so-lieu-bao-cao'
const reportable = (Object.keys(quantities) as QuantityName[]).filter((name) => quantities[name].source === 'reported')
const columns = ['month', 'quantity', 'agency_code', 'value', 'source'] as const

async function show(c: Web, sent?: { values: URLSearchParams; refusal: Refusal }): Promise<Response> {
  const app = c.get('app')
  const locale = c.get('locale')
  const today = dayOf(app.clock())
  const thisYear = Number(today.slice(0, 4))
  const asked = Number(c.req.query('nam') ?? thisYear)
  const year = Number.isInteger(asked) && asked >= 2021 && asked <= thisYear ? asked : thisYear
  const directory = await directoryOf(app, c.get('province'))
  const nameOf = new Map(directory.agencies.map(({ code, name }) => [code, name]))
  const whole = { from: `${year}-01-01`, to: `${year}-12-31` }
  const nth = Number(c.req.query('trang') ?? 1)
  const address: ReportedAddress = {
    year,
    quantity: reportable.find((name) => name === c.req.query('loc-so-lieu')),
    agencyCode: directory.agencies.find(({ code }) => code === c.req.query('loc-don-vi'))?.code,
    page: Number.isInteger(nth) && nth >= 1 && nth <= 10_000 ? nth : 1,
  }
  const { rows, total, agencies, gaps } = await app.db.snapshot(c.get('province'), async (tx) => ({
    ...(await listReported(tx, { ...whole, ...address, pageSize: REPORTED_PAGE })),
    agencies: await reportedAgencies(tx, whole),
    gaps: await readReportedGaps(tx, directory, whole, app.clock()),
  }))
  const error = errorsBy(locale, sent?.refusal.fields)
  // What somebody typed stays; else what a link from a missing month says.
  const linked: Readonly<Record<string, string | undefined>> = {
    month: c.req.query('thang'),
    quantity: c.req.query('so-lieu'),
    agency_code: c.req.query('don-vi'),
  }
  const typed = (name: string): string => (sent ? sent.values.get(name) : linked[name]) ?? ''
  const giveHref = (month: string, { quantity, code }: UnitGap): string =>
    `${PATH}?${new URLSearchParams({ nam: String(year), thang: month, 'so-lieu': quantity, 'don-vi': code })}#nhap`
  const field = (name: string) => ({ name, error: error(name), locale })
  const units = directory.agencies.filter(({ validTo }) => validTo === null || validTo >= `${year}-01-01`)
  const root = directory.root(today)
  const [saved, same] = [c.req.query('moi'), c.req.query('cu')]
  if (sent) c.status(sent.refusal.status)
  return page(
    c,
    { ...frame(c, 'admin'), title: texts.title, wide: true, hasErrors: sent !== undefined },
    <>
      {sent && <ErrorSummary errors={sent.refusal.fields ?? []} message={sent.refusal.message} locale={locale} />}
      {saved && /^\d+$/.test(saved) && (
        <NotificationBanner kind="success" locale={locale}>
          {t(locale, texts.saved, { n: Number(saved), same: Number(same ?? 0) || 0 })}
        </NotificationBanner>
      )}
      <h1 class="govuk-heading-l">{t(locale, texts.title)}</h1>
      <p class="govuk-body">{t(locale, texts.lead)}</p>
      <FilterChips
        label={t(locale, texts.year)}
        locale={locale}
        chips={Array.from({ length: thisYear - 2020 }, (_, i) => thisYear - i).map((one) => ({
          text: String(one),
          href: `${PATH}?nam=${one}`,
          on: one === year,
        }))}
      />
      <ReportedList
        rows={rows}
        total={total}
        address={address}
        quantities={reportable}
        agencies={agencies.map((code) => ({ code, name: nameOf.get(code) ?? code }))}
        path={PATH}
        locale={locale}
      />
      {agencies.length > 0 && (
        <section aria-labelledby="con-thieu">
          <h2 class="govuk-heading-m" id="con-thieu">
            {t(locale, texts.gaps)}
          </h2>
          {gaps.length === 0 ? (
            <p class="govuk-body">{t(locale, texts.gapsNone)}</p>
          ) : (
            <>
              <p class="govuk-body">{t(locale, texts.gapsLead)}</p>
              <Table
                caption={t(locale, texts.gaps)}
                captionHidden
                dense
                locale={locale}
                rows={gaps}
                columns={[
                  {
                    key: 'quantity',
                    label: t(locale, texts.quantity),
                    header: true,
                    cell: (row) => t(locale, quantities[row.quantity].name),
                  },
                  { key: 'unit', label: t(locale, texts.unit), cell: (row) => row.name },
                  {
                    key: 'months',
                    label: t(locale, texts.gapMonths),
                    cell: (row) =>
                      row.missing.map((month, i) => (
                        <>
                          {i > 0 && ', '}
                          <a class="govuk-link" href={giveHref(month, row)}>
                            {monthsText([month])}
                          </a>
                        </>
                      )),
                  },
                ]}
              />
            </>
          )}
        </section>
      )}
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-one-half">
          <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={PATH}>
            <h2 class="govuk-heading-m" id="nhap">
              {t(locale, texts.add)}
            </h2>
            <TextInput
              {...field('month')}
              label={t(locale, texts.month)}
              hint={t(locale, texts.monthHint)}
              value={typed('month') || today.slice(0, 7)}
              width={10}
            />
            <Select
              {...field('quantity')}
              label={t(locale, texts.quantity)}
              options={reportable.map((name) => ({ value: name, label: t(locale, quantities[name].name) }))}
              value={typed('quantity')}
              empty={false}
            />
            <Select
              {...field('agency_code')}
              label={t(locale, texts.unit)}
              options={units
                .map(({ code, name }) => ({ value: code, label: `${name} (${code})` }))
                .filter((one, i, all) => all.findIndex(({ value }) => value === one.value) === i)}
              value={typed('agency_code') || root?.code}
              empty={false}
            />
            <TextInput {...field('value')} label={t(locale, texts.value)} value={typed('value')} width={10} inputmode="numeric" />
            <TextInput {...field('source')} label={t(locale, texts.source)} hint={t(locale, texts.sourceHint)} value={typed('source')} />
            <Button>{t(locale, texts.save)}</Button>
          </Form>
        </div>
        <div class="govuk-grid-column-one-half">
          <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={`${PATH}/csv`} files>
            <h2 class="govuk-heading-m">{t(locale, texts.csv)}</h2>
            <p class="govuk-body">{t(locale, texts.fileLead)}</p>
            <FileInput
              {...field('tep')}
              label={t(locale, texts.file)}
              hint={t(locale, texts.fileHint)}
              accept=".csv,.txt,.tsv,.json,text/csv,text/plain,application/json"
              maxBytes={1024 * 1024}
            />
            <TextArea {...field('csv')} label={t(locale, texts.paste)} hint={t(locale, texts.csvHint)} value={typed('csv')} rows={8} />
            <Button look="secondary">{t(locale, texts.load)}</Button>
          </Form>
          <Details summary={t(locale, texts.codes)}>
            <Table
              caption={t(locale, texts.codes)}
              captionHidden
              dense
              locale={locale}
              rows={reportable}
              columns={[
                { key: 'code', label: 'quantity', header: true, nowrap: true, cell: (name) => <code>{name}</code> },
                { key: 'name', label: t(locale, texts.quantity), cell: (name) => t(locale, quantities[name].name) },
              ]}
            />
          </Details>
        </div>
      </div>
    </>,
  )
}

/** GET /quan-tri/so-lieu-bao-cao: figures from outside by month, every revision with its source. */
export const reportedPage = (c: Web): Promise<Response> => show(c)

async function save(c: Web, values: URLSearchParams, lines: ReportFigures['lines']): Promise<Response> {
  const done = await runFor(c, values, 'index.report', (cx) => reportFigures(cx, { lines }))
  if (!done.ok) return show(c, { values, refusal: done.error })
  return c.redirect(`${PATH}?moi=${done.value.imported}&cu=${done.value.unchanged}`, 303)
}

/** POST /quan-tri/so-lieu-bao-cao: one figure. */
export async function postReported(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  return save(c, values, [Object.fromEntries(columns.map((name) => [name, values.get(name) ?? '']))])
}

/** POST /quan-tri/so-lieu-bao-cao/csv: many, from a file or pasted, all of them or none. A file with faults comes back as text to mend. */
export async function postReportedCsv(c: Web): Promise<Response> {
  const { values, refused } = await readForm(c, { asText: ['tep'] })
  const unread = refused.get('tep')
  if (unread) return show(c, { values, refusal: { ...unread, fields: [{ path: 'tep', message: sentence(unread) }] } })
  const file = values.get('tep')
  if (file) values.set('csv', file)
  return save(c, values, { csv: values.get('csv') ?? '' })
}

const sentence = ({ message, next }: Refusal): Text => ({
  vi: [message.vi, next?.vi].filter(Boolean).join(' '),
  en: [message.en, next?.en].filter(Boolean).join(' '),
})
