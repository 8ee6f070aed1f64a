import { randomUUID } from 'node:crypto'
import type { Child } from 'hono/jsx'
import { type Day, dayOf } from '../../../kernel/clock.ts'
import { run } from '../../../kernel/command.ts'
import type { Refusal } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { formObject, parse, readForm } from '../../../kernel/http/form.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { isUuid } from '../../../kernel/id.ts'
import { type Result, refuse } from '../../../kernel/result.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  classes,
  DateInput,
  Details,
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

import { type DraftedChange, listChanges } from '../change-store.ts'
import { agencyOf } from '../commands/change-calendar.ts'
import { draftChange } from '../commands/draft-change.ts'
import { asHeading, describeChange } from '../describe.ts'
import { noSuchAgency } from '../errors.ts'
import { type CalendarChange, removeDayInput, setDayInput } from '../input.ts'
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

function nameOf({ special }: DayCell, locale: Locale, sure = true): Child {
  if (!special) return ''
  const certainty = sure ? certaintyNames[special.certainty] : undefined
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
export function reaches(c: Web, agencyCode: string): boolean {
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
        <Button>{t(locale, texts.look)}</Button>
      </Form>
    </>
  )
}

/** Nothing of the year has been announced yet: every day off is worked out from the law. */
const isEstimated = (view: YearView): boolean => {
  const special = view.months.flatMap((month) => month.days.flatMap(({ special: entry }) => (entry?.layer === 'national' ? [entry] : [])))
  return special.length > 0 && special.every(({ certainty }) => certainty === 'computed')
}

const Legend = ({ locale }: { locale: Locale }) => (
  <ul class="cs-legend">
    <li>
      <span class="cs-day--off">×</span> {t(locale, texts.legendOff)}
    </li>
    <li>
      <span class="cs-day--worked">+</span> {t(locale, texts.legendWorked)}
    </li>
    <li>
      <span class="cs-day--weekend">7</span> {t(locale, texts.legendWeekend)}
    </li>
    <li>
      <span class="cs-day--today">9</span> {t(locale, texts.legendToday)}
    </li>
  </ul>
)

const Links = ({ c, mayEdit }: { c: Web; mayEdit: boolean }) => (
  <p class="govuk-body">
    <a class="govuk-link" href={`${HREF}/gio`}>
      {t(c.get('locale'), texts.hoursLink)}
    </a>
    {mayEdit && reaches(c, '') && (
      <>
        {' · '}
        <a class="govuk-link" href={`${HREF}/nap`}>
          {t(c.get('locale'), texts.importLink)}
        </a>
      </>
    )}
  </p>
)

/** Every special day with where it comes from and how sure it is. */
const Sources = ({ view, locale }: { view: YearView; locale: Locale }) => {
  const days = view.months.flatMap((month) => month.days.filter((cell) => cell.special))
  return (
    <Details summary={t(locale, texts.sources)}>
      <Table<DayCell>
        caption={t(locale, texts.sources)}
        captionHidden
        locale={locale}
        dense
        rows={days}
        columns={[
          { key: 'day', label: t(locale, texts.day), header: true, nowrap: true, cell: (row) => formatWeekday(row.day, locale) },
          { key: 'kind', label: t(locale, texts.kind), cell: (row) => row.special && t(locale, kindNames[row.special.kind]) },
          { key: 'name', label: t(locale, texts.reason), cell: (row) => nameOf(row, locale, false) },
          { key: 'source', label: t(locale, texts.source), cell: (row) => row.special?.source },
          {
            key: 'certainty',
            label: t(locale, texts.certainty),
            cell: (row) => t(locale, certaintyNames[row.special?.certainty ?? ''] ?? texts.confirmed),
          },
        ]}
      />
    </Details>
  )
}

const Changes = ({ changes, locale }: { changes: readonly DraftedChange[]; locale: Locale }) =>
  changes.length === 0 ? null : (
    <>
      <h2 class="govuk-heading-m">{t(locale, texts.changes)}</h2>
      <ul class="govuk-list">
        {changes.map((change) => (
          <li>
            <a class="govuk-link" href={changeHref(change.id)}>
              {t(locale, asHeading(describeChange(change.change)))}
            </a>{' '}
            <span class="cs-muted">
              {t(locale, change.state === 'draft' ? texts.waits : texts.applied, {
                who: change.appliedBy ?? change.draftedBy,
                n: formatNumber(change.moves, locale),
              })}
            </span>
          </li>
        ))}
      </ul>
    </>
  )

interface State {
  readonly year: number
  readonly typed: Record<string, string>
  readonly refusal?: Refusal
  readonly requestId: string
}

async function show(c: Web, state: State): Promise<Response> {
  const app = c.get('app')
  const locale = c.get('locale')
  const { view, changes } = await app.db.snapshot(c.get('province'), async (tx) => ({
    view: await findYear(tx, state.year),
    changes: await listChanges(tx, 5),
  }))
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
      <Links c={c} mayEdit={mayEdit} />
      {isEstimated(view) && <InsetText>{t(locale, texts.estimated, { year: view.year })}</InsetText>}
      <Legend locale={locale} />
      <div class="cs-months">
        {view.months.map((month) => (
          <Month month={month} today={dayOf(app.clock())} locale={locale} />
        ))}
      </div>
      <Sources view={view} locale={locale} />
      <LocalDays c={c} view={view} />
      <Changes changes={changes} locale={locale} />
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

/** A change of the calendar, drafted under the request id that the form carried. */
export function draft(c: Web, typed: Record<string, string>, change: CalendarChange): Promise<Result<{ id: string }>> {
  const sent = typed[REQUEST_FIELD]
  const requestId = sent && isUuid(sent) ? sent : randomUUID()
  const call = { province: c.get('province'), actor: c.get('actor'), requestId, locale: c.get('locale'), name: 'calendar.draft-change' }
  const agency = agencyOf(change)
  // Whoever may change the whole province's days and not this agency's has mistyped its code.
  if (agency !== '' && reaches(c, '') && !reaches(c, agency)) return Promise.resolve(refuse(noSuchAgency(agency)))
  return run(c.get('app'), call, (cx) => draftChange(cx, change))
}

/** Where a drafted change is looked at before it is applied (the administration's page). */
export const changeHref = (id: string): string => `${HREF}/thay-doi/${id}`

/** Writes down a local day, to be looked at with the due times it would move. */
export async function addDay(c: Web): Promise<Response> {
  const typed = formObject((await readForm(c)).values) as Record<string, string>
  const day = readDate(typed, 'day') ?? ''
  const input = parse(setDayInput, { ...typed, day })
  const done = input.ok ? await draft(c, typed, { kind: 'set-day', value: input.value }) : input
  if (done.ok) return c.redirect(changeHref(done.value.id), 303)
  const year = day === '' ? yearOf(dayOf(c.get('app').clock())) : yearOf(day)
  return show(c, { year, typed, refusal: done.error, requestId: randomUUID() })
}

/** Writes down that a local day is taken back. */
export async function takeBackDay(c: Web): Promise<Response> {
  const typed = formObject((await readForm(c)).values) as Record<string, string>
  const input = parse(removeDayInput, typed)
  const done = input.ok ? await draft(c, typed, { kind: 'remove-day', value: input.value }) : input
  if (done.ok) return c.redirect(changeHref(done.value.id), 303)
  return show(c, { year: yearOf(dayOf(c.get('app').clock())), typed: {}, refusal: done.error, requestId: randomUUID() })
}
