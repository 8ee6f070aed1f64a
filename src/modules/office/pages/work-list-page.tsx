import { Temporal } from 'temporal-polyfill'
import { Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, type Text, t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import {
  ClockBar,
  EmptyState,
  FilterChips,
  formatInstant,
  formatNumber,
  KeyboardHints,
  LinkButton,
  page,
  SearchBox,
  Table,
  Tag,
  type Tone,
} from '../../../ui/index.ts'
import { type Stage, stageTexts, type WorkCounts, type WorkList, type WorkListFilter, type WorkRow, workList } from '../../dossier/index.ts'
import { clockWords } from '../rules/clock-words.ts'
import { listAddress, readListAddress, switched } from '../rules/list-address.ts'
import { texts } from '../texts.ts'

const stageTones: Readonly<Record<Stage, Tone>> = {
  submitted: 'accent',
  received: 'info',
  processing: 'info',
  signing: 'info',
  supplement: 'waiting',
  payment: 'waiting',
  withdrawn: 'waiting',
  ready: 'good',
  closed: 'neutral',
}

export const StageTag = ({ stage, locale }: { stage: Stage; locale: Locale }) => (
  <Tag tone={stageTones[stage]}>{t(locale, stageTexts[stage])}</Tag>
)

export const channelText = (row: { channel: 'online' | 'counter' | 'post'; assisted: boolean }): Text =>
  row.assisted ? texts.assisted : texts[row.channel]

export const RowClock = ({ row, now, locale }: { row: Parameters<typeof clockWords>[0]; now: number; locale: Locale }) => {
  const { state, used, text } = clockWords(row, now)
  return (
    <ClockBar
      state={state}
      used={used}
      text={t(locale, text)}
      {...(row.dueAt && state !== 'done' ? { due: formatInstant(Temporal.Instant.from(row.dueAt)) } : {})}
    />
  )
}

const openStages: readonly Exclude<Stage, 'closed'>[] = [
  'submitted',
  'received',
  'processing',
  'signing',
  'supplement',
  'payment',
  'withdrawn',
  'ready',
]

const Filters = ({ filter, counts, locale }: { filter: WorkListFilter; counts: WorkCounts; locale: Locale }) => (
  <div class="cs-filters">
    <FilterChips
      label={t(locale, texts.clocks)}
      clearHref={listAddress({ scope: 'all' })}
      locale={locale}
      chips={(['overdue', 'today', 'soon', 'waiting'] as const).map((clock) => ({
        text: t(locale, texts[clock]),
        count: counts[clock],
        href: listAddress(switched(filter, 'clock', clock)),
        on: filter.clock === clock,
      }))}
    />
    <FilterChips
      label={t(locale, texts.stages)}
      locale={locale}
      chips={openStages.map((stage) => ({
        text: t(locale, stageTexts[stage]),
        count: counts.stages[stage],
        href: listAddress(switched(filter, 'stage', stage)),
        on: filter.stage === stage,
      }))}
    />
    <FilterChips
      label={t(locale, texts.scopes)}
      locale={locale}
      chips={[
        {
          text: `${t(locale, texts.scopeAll)} ${formatNumber(counts.all, locale)}`,
          href: listAddress({ ...filter, after: undefined, scope: 'all' }),
          on: filter.scope === 'all',
        },
        {
          text: `${t(locale, texts.scopeMine)} ${formatNumber(counts.mine, locale)}`,
          href: listAddress({ ...filter, after: undefined, scope: 'mine' }),
          on: filter.scope === 'mine',
        },
        {
          text: t(locale, texts.scopeUnit),
          href: listAddress({ ...filter, after: undefined, scope: 'unit' }),
          on: filter.scope === 'unit',
        },
        {
          text: t(locale, texts.scopeReception),
          href: listAddress({ ...filter, after: undefined, scope: 'reception' }),
          on: filter.scope === 'reception',
        },
      ]}
    />
    <FilterChips
      label={t(locale, texts.channels)}
      locale={locale}
      chips={(['online', 'counter', 'post'] as const).map((channel) => ({
        text: t(locale, texts[channel]),
        href: listAddress(switched(filter, 'channel', channel)),
        on: filter.channel === channel,
      }))}
    />
  </div>
)

const hrefOf = (row: Pick<WorkRow, 'id'>): string => `/mot-cua/ho-so/${row.id}`

const Rows = ({ list, filter, now, locale }: { list: WorkList; filter: WorkListFilter; now: number; locale: Locale }) => (
  <Table
    caption={t(locale, texts.workList)}
    captionHidden
    dense
    keys
    locale={locale}
    rows={list.rows}
    rowHref={hrefOf}
    empty={
      filter.search ? (
        <EmptyState title={t(locale, texts.noMatch, { q: filter.search })}>{t(locale, texts.noMatchNext)}</EmptyState>
      ) : (
        <EmptyState title={t(locale, texts.noWork)}>{t(locale, texts.noWorkNext)}</EmptyState>
      )
    }
    columns={[
      {
        key: 'code',
        label: t(locale, texts.code),
        header: true,
        nowrap: true,
        cell: (row) => (
          <a class="govuk-link govuk-link--no-visited-state cs-nowrap" href={hrefOf(row)}>
            {row.code ?? row.reference}
          </a>
        ),
      },
      { key: 'procedure', label: t(locale, texts.procedure), cell: (row) => row.procedureName },
      { key: 'applicant', label: t(locale, texts.applicant), cell: (row) => row.applicantName },
      { key: 'stage', label: t(locale, texts.stands), cell: (row) => <StageTag stage={row.stage} locale={locale} /> },
      {
        key: 'holder',
        label: t(locale, texts.holder),
        cell: (row) => (
          <>
            {row.assigneeName ?? <span class="cs-muted">{t(locale, texts.nobody)}</span>}
            <br />
            <span class="govuk-body-s cs-muted">{row.agencyName}</span>
          </>
        ),
      },
      { key: 'clock', label: t(locale, texts.clock), cell: (row) => <RowClock row={row} now={now} locale={locale} /> },
      { key: 'channel', label: t(locale, texts.channel), cell: (row) => t(locale, channelText(row)) },
    ]}
  />
)

/** GET /mot-cua: what waits, for whom, until when. Filters live in the address. */
export async function workListPage(c: Web): Promise<Response> {
  const app = c.get('app')
  const locale = c.get('locale')
  const filter = readListAddress(c.req.query())
  const found = await workList(app, { province: c.get('province'), actor: c.get('actor') }, filter)
  if (!found.ok) throw new Refused(found.error)
  const list = found.value
  const canTakeIn = app.access(c.get('province')).can(c.get('actor'), 'dossier.submit')
  return page(
    c,
    { ...frame(c, 'office'), title: texts.workList, wide: true },
    <>
      <div class="cs-page-head">
        <h1 class="govuk-heading-l">{t(locale, texts.workList)}</h1>
        {canTakeIn && (
          <LinkButton href="/mot-cua/tiep-nhan" shortcut=".">
            {t(locale, texts.intake)}
          </LinkButton>
        )}
      </div>
      <SearchBox
        action="/mot-cua"
        label={t(locale, texts.search)}
        hint={t(locale, texts.searchHint)}
        {...(filter.search ? { value: filter.search } : {})}
        locale={locale}
      />
      <Filters filter={filter} counts={list.counts} locale={locale} />
      <Rows list={list} filter={filter} now={app.clock().epochMilliseconds} locale={locale} />
      <p class="govuk-body">
        {filter.after && (
          <a class="govuk-link" href={listAddress({ ...filter, after: undefined })}>
            {t(locale, texts.first)}
          </a>
        )}{' '}
        {list.next && (
          <a class="govuk-link" rel="next" href={listAddress({ ...filter, after: list.next })}>
            {t(locale, texts.next)}
          </a>
        )}
      </p>
      <KeyboardHints
        locale={locale}
        hints={[
          { keys: '/', does: t(locale, texts.keysSearch) },
          { keys: 'j k', does: t(locale, texts.keysMove) },
          { keys: 'Enter', does: t(locale, texts.keysOpen) },
          { keys: '.', does: t(locale, texts.keysAct) },
          { keys: '?', does: t(locale, texts.keysHelp) },
        ]}
      />
    </>,
  )
}
