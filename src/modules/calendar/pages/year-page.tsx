import { randomUUID } from 'node:crypto'
import type { Child } from 'hono/jsx'
import { type Day, dayOf } from '../../../kernel/clock.ts'
import { type Call, run } from '../../../kernel/command.ts'
import type { Refusal } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { formObject, parse, readForm } from '../../../kernel/http/form.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { isUuid } from '../../../kernel/id.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  classes,
  DateInput,
  ErrorSummary,
  errorsBy,
  FilterChips,
  Form,
  formatDay,
  formatNumber,
  formatWeekday,
  InsetText,
  page,
  Radios,
  REQUEST_FIELD,
  readDate,
  Table,
  TextInput,
  typedDate,
} from '../../../ui/index.ts'

import { removeDay } from '../commands/remove-day.ts'
import { setDay } from '../commands/set-day.ts'
import { removeDayInput, setDayInput } from '../input.ts'
import { type DayCell, findYear, type MonthView, type YearView } from '../queries/year.ts'
import type { LocalDay } from '../store.ts'
import { certaintyNames, kindNames, texts } from '../texts.ts'

const HREF = '/quan-tri/lich'

const sign = (cell: DayCell): string => (cell.special === undefined ? '' : cell.works ? '+' : '×')

const DayBox = ({ cell, today, locale }: { cell: DayCell; today: Day; locale: Locale }) => {
  const { special, works, day } = cell
  const tone = special ? (works ? 'cs-day--worked' : 'cs-day--off') : !works && 'cs-day--weekend'
  return (
    <td class={classes(tone, day === today && 'cs-day--today') || undefined} aria-current={day === today ? 'date' : undefined}>
      {Number(day.slice(8))}
      {special && <span aria-hidden="true">{sign(cell)}</span>}
      {special && <span class="govuk-visually-hidden"> {t(locale, kindNames[special.kind])}</span>}
      {day === today && <span class="govuk-visually-hidden"> {t(locale, texts.today)}</span>}
    </td>
  )
}

/** Weeks of a month, Monday first; null where the month has no day. */
function weeksOf(month: MonthView): (DayCell | null)[][] {
  const cells: (DayCell | null)[] = [...Array.from({ length: month.offset }, () => null), ...month.days]
  while (cells.length % 7 !== 0) cells.push(null)
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7))
}

const Month = ({ month, today, locale }: { month: MonthView; today: Day; locale: Locale }) => (
  <section class="cs-month">
    <table class="cs-month__days">
      <caption>
        <strong>{t(locale, texts.month, { n: month.month })}</strong>{' '}
        <span class="cs-muted">{t(locale, texts.monthCount, { n: month.workingDays })}</span>
      </caption>
      <thead>
        <tr>
          {t(locale, texts.weekdays)
            .split(' ')
            .map((name) => (
              <th scope="col">{name}</th>
            ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month).map((week) => (
          <tr>{week.map((cell) => (cell ? <DayBox cell={cell} today={today} locale={locale} /> : <td class="cs-day__none" />))}</tr>
        ))}
      </tbody>
    </table>
    {month.days.some((cell) => cell.special) && (
      <ul class="cs-month__list">
        {month.days
          .filter((cell) => cell.special)
          .map((cell) => (
            <li>
              <span class="cs-tabular">{formatDay(cell.day).slice(0, 5)}</span> {sign(cell)} {nameOf(cell, locale)}
            </li>
          ))}
      </ul>
    )}
  </section>
)

function nameOf({ special }: DayCell, locale: Locale): Child {
  if (!special) return ''
  const certainty = certaintyNames[special.certainty]
  return (
    <>
      {locale === 'en' && special.nameEn ? special.nameEn : special.name}
      {certainty && <span class="cs-muted"> ({t(locale, certainty)})</span>}
    </>
  )
}

const Years = ({ view, locale }: { view: YearView; locale: Locale }) => {
  const years = Array.from({ length: view.lastYear - view.firstYear + 1 }, (_, at) => view.firstYear + at)
  return (
    <FilterChips
      label={t(locale, texts.years)}
      locale={locale}
      chips={years.map((year) => ({ text: String(year), href: `${HREF}?nam=${year}`, on: year === view.year }))}
    />
  )
}

/** Whether whoever looks may change the days of an agency, or of the whole province (`''`). */
function reaches(c: Web, agencyCode: string): boolean {
  const access = c.get('app').access(c.get('province'))
  const actor = c.get('actor')
  return agencyCode === '' ? access.canAtRoot(actor, 'calendar.edit') : access.can(actor, 'calendar.edit', { agencyCode })
}

/** The one agency whose days they may change, to begin the form with. */
function ownAgency(c: Web): string | undefined {
  const reach = c.get('app').access(c.get('province')).reach(c.get('actor'), 'calendar.edit')
  return reach === 'all' || reach.length !== 1 ? undefined : reach[0]?.code
}

const LocalDays = ({ c, view }: { c: Web; view: YearView }) => {
  const locale = c.get('locale')
  const mayEdit = view.local.some(({ agencyCode }) => reaches(c, agencyCode))
  return (
    <Table<LocalDay>
      caption={t(locale, texts.local)}
      locale={locale}
      dense
      rows={view.local}
      empty={
        <>
          <h2 class="govuk-heading-m">{t(locale, texts.local)}</h2>
          <p class="govuk-body">{t(locale, texts.noLocal)}</p>
        </>
      }
      columns={[
        { key: 'day', label: t(locale, texts.day), header: true, nowrap: true, cell: (row) => formatWeekday(row.day, locale) },
        { key: 'kind', label: t(locale, texts.kind), cell: (row) => t(locale, kindNames[row.kind]) },
        { key: 'who', label: t(locale, texts.agency), nowrap: true, cell: (row) => row.agencyCode || t(locale, texts.wholeProvince) },
        { key: 'name', label: t(locale, texts.reason), cell: (row) => row.name },
        { key: 'source', label: t(locale, texts.source), cell: (row) => row.source },
        ...(mayEdit
          ? [
              {
                key: 'remove',
                label: t(locale, texts.remove),
                labelHidden: true,
                cell: (row: LocalDay) =>
                  reaches(c, row.agencyCode) && (
                    <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={`${HREF}/bo`}>
                      <input type="hidden" name="day" value={row.day} />
                      <input type="hidden" name="agencyCode" value={row.agencyCode} />
                      <Button look="secondary">
                        {t(locale, texts.remove)} <span class="govuk-visually-hidden">{formatDay(row.day)}</span>
                      </Button>
                    </Form>
                  ),
              },
            ]
          : []),
      ]}
    />
  )
}

const AddDay = ({ c, typed, refusal, requestId }: { c: Web; typed: Record<string, string>; refusal?: Refusal; requestId: string }) => {
  const locale = c.get('locale')
  const errorOf = errorsBy(locale, refusal?.fields)
  const everywhere = reaches(c, '')
  return (
    <>
      <h2 class="govuk-heading-m">{t(locale, texts.add)}</h2>
      <InsetText>{t(locale, texts.keeps)}</InsetText>
      <Form csrfToken={c.get('csrf')} requestId={requestId} action={HREF} unsaved>
        <DateInput name="day" label={t(locale, texts.day)} value={typedDate(typed, 'day')} error={errorOf('day')} locale={locale} />
        <Radios
          name="kind"
          label={t(locale, texts.kind)}
          value={typed.kind}
          error={errorOf('kind')}
          options={[
            { value: 'closed', label: t(locale, texts.closed) },
            { value: 'open', label: t(locale, texts.open) },
          ]}
        />
        <TextInput
          name="name"
          label={t(locale, texts.reason)}
          hint={t(locale, texts.reasonHint)}
          value={typed.name}
          error={errorOf('name')}
        />
        <TextInput name="source" label={t(locale, texts.source)} value={typed.source} error={errorOf('source')} />
        <TextInput
          name="agencyCode"
          label={t(locale, texts.agency)}
          hint={t(locale, everywhere ? texts.agencyHint : texts.agencyNeeded)}
          width={10}
          optional={everywhere}
          locale={locale}
          value={typed.agencyCode ?? (everywhere ? undefined : ownAgency(c))}
          error={errorOf('agencyCode')}
        />
        <Button>{t(locale, texts.add)}</Button>
      </Form>
    </>
  )
}

interface State {
  readonly year: number
  readonly typed: Record<string, string>
  readonly refusal?: Refusal
  readonly requestId: string
}

async function show(c: Web, state: State): Promise<Response> {
  const app = c.get('app')
  const locale = c.get('locale')
  const view = await app.db.snapshot(c.get('province'), (tx) => findYear(tx, state.year))
  const mayEdit = app.access(c.get('province')).can(c.get('actor'), 'calendar.edit')
  const { refusal } = state
  if (refusal) c.status(refusal.status)
  const title = t(locale, texts.year, { year: view.year })
  return page(
    c,
    {
      ...frame(c, 'admin'),
      title,
      wide: true,
      hasErrors: refusal !== undefined,
      ...(c.req.query('da') === 'luu' ? { flash: { kind: 'success' as const, text: texts.saved } } : {}),
    },
    <>
      {refusal && (
        <ErrorSummary errors={refusal.fields ?? []} locale={locale} message={refusal.fields ? undefined : t(locale, refusal.message)} />
      )}
      <h1 class="govuk-heading-l">{title}</h1>
      <Years view={view} locale={locale} />
      <p class="govuk-body">
        {t(locale, texts.total, { n: formatNumber(view.workingDays, locale) })} {t(locale, texts.purpose)}
      </p>
      <div class="cs-months">
        {view.months.map((month) => (
          <Month month={month} today={dayOf(app.clock())} locale={locale} />
        ))}
      </div>
      <LocalDays c={c} view={view} />
      {mayEdit && (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <AddDay c={c} typed={state.typed} refusal={refusal} requestId={state.requestId} />
          </div>
        </div>
      )}
    </>,
  )
}

const yearOf = (day: Day): number => Number(day.slice(0, 4))

/** `/quan-tri/lich?nam=2026`: the year, month by month, every day off with its name. */
export function yearPage(c: Web): Promise<Response> {
  const asked = Number(c.req.query('nam'))
  const year = Number.isInteger(asked) && asked > 1900 ? asked : yearOf(dayOf(c.get('app').clock()))
  return show(c, { year, typed: {}, requestId: randomUUID() })
}

function callOf(c: Web, sent: string | undefined, name: string): Call & { requestId: string } {
  const requestId = sent && isUuid(sent) ? sent : randomUUID()
  return { province: c.get('province'), actor: c.get('actor'), requestId, locale: c.get('locale'), name }
}

/** Adds a local day. */
export async function addDay(c: Web): Promise<Response> {
  const typed = formObject((await readForm(c)).values) as Record<string, string>
  const call = callOf(c, typed[REQUEST_FIELD], 'calendar.set-day')
  const day = readDate(typed, 'day') ?? ''
  const input = parse(setDayInput, { ...typed, day })
  const done = input.ok ? await run(c.get('app'), call, (cx) => setDay(cx, input.value)) : input
  if (done.ok) return c.redirect(`${HREF}?nam=${yearOf(done.value.day)}&da=luu`, 303)
  const year = day === '' ? yearOf(dayOf(c.get('app').clock())) : yearOf(day)
  return show(c, { year, typed, refusal: done.error, requestId: randomUUID() })
}

/** Takes a local day back. */
export async function takeBackDay(c: Web): Promise<Response> {
  const typed = formObject((await readForm(c)).values) as Record<string, string>
  const input = parse(removeDayInput, typed)
  const done = input.ok
    ? await run(c.get('app'), callOf(c, typed[REQUEST_FIELD], 'calendar.remove-day'), (cx) => removeDay(cx, input.value))
    : input
  if (done.ok) return c.redirect(`${HREF}?nam=${yearOf(done.value.day)}&da=luu`, 303)
  return show(c, { year: yearOf(dayOf(c.get('app').clock())), typed: {}, refusal: done.error, requestId: randomUUID() })
}
