import { Temporal } from 'temporal-polyfill'
import { dayOf } from '../../../kernel/clock.ts'
import { Refused, refusals } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, type Text, t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { EmptyState, FilterChips, formatInstant, page, Table, Tag } from '../../../ui/index.ts'
import { findProcedureAt } from '../../catalogue/index.ts'
import { type MyDossiers, type MyFilter, myDossiers, myFilters, shortMoment, type Trial, trialsOf } from '../../dossier/index.ts'
import { draftsOf } from '../../form/index.ts'
import { stageForApplicant, texts } from './texts.ts'
import { standsAt } from './view.tsx'

type Row = MyDossiers['rows'][number]

const filterTexts: Readonly<Record<MyFilter, Text>> = {
  all: texts.filterAll,
  turn: texts.filterTurn,
  open: texts.filterOpen,
  done: texts.filterDone,
}
const inAddress: Readonly<Record<MyFilter, string>> = { all: 'tat-ca', turn: 'cho-toi', open: 'dang-giai-quyet', done: 'da-xong' }

const addressOf = (filter: MyFilter, after?: string): string => {
  const query = new URLSearchParams({ ...(filter === 'all' ? {} : { xem: inAddress[filter] }), ...(after ? { sau: after } : {}) })
  return query.size > 0 ? `/ho-so?${query}` : '/ho-so'
}

const waits = (row: Row): boolean => row.myTurn || row.stage === 'ready'

const List = ({ caption, rows, now, locale }: { caption: string; rows: readonly Row[]; now: Temporal.Instant; locale: Locale }) => (
  <Table
    caption={caption}
    locale={locale}
    rows={rows}
    columns={[
      {
        key: 'name',
        label: t(locale, { vi: 'Hồ sơ', en: 'Dossier' }),
        header: true,
        cell: (row) => (
          <>
            <a class="govuk-link" href={`/ho-so/${row.id}`}>
              {row.procedureName}
            </a>
            {row.filedFor && <span> {t(locale, texts.forWhom, { name: row.filedFor })}</span>}
            <br />
            <span class="govuk-body-s cs-muted cs-nowrap">{row.code ?? row.reference}</span>
          </>
        ),
      },
      {
        key: 'stands',
        label: t(locale, texts.standing),
        cell: (row) => (
          <>
            <Tag tone={row.myTurn ? 'accent' : row.stage === 'ready' ? 'good' : row.stage === 'closed' ? 'neutral' : 'info'}>
              {t(locale, row.myTurn ? texts.yourTurn : stageForApplicant[row.stage])}
            </Tag>{' '}
            {row.unread > 0 && (
              <a href={`/ho-so/${row.id}/tin-nhan`}>
                <Tag tone="accent">{t(locale, texts.unread, { n: row.unread })}</Tag>
              </a>
            )}
            <br />
            <span class="govuk-body-s">{standsAt(row, now, locale)}</span>
          </>
        ),
      },
      { key: 'sent', label: t(locale, texts.filedAt), cell: (row) => formatInstant(Temporal.Instant.from(row.submittedAt)) },
    ]}
  />
)

const emptyTexts: Readonly<Record<MyFilter, { title: Text; next?: Text; href: string; go: Text }>> = {
  all: { title: texts.noneTitle, next: texts.noneNext, href: '/thu-tuc', go: texts.find },
  turn: { title: texts.noneTurn, next: texts.noneTurnNext, href: '/ho-so', go: texts.seeAll },
  open: { title: texts.noneOpen, href: '/ho-so', go: texts.seeAll },
  done: { title: texts.noneDone, href: '/ho-so', go: texts.seeAll },
}

interface Drafted {
  readonly code: string
  readonly at: Temporal.Instant
  readonly name: string
  readonly trial: Pick<Trial, 'verdict' | 'promisedAt'> | undefined
}

const Drafts = ({ drafts, now, locale }: { drafts: readonly Drafted[]; now: Temporal.Instant; locale: Locale }) => (
  <>
    <h2 class="govuk-heading-m">{t(locale, texts.drafts)}</h2>
    <ul class="govuk-list">
      {drafts.map(({ code, at, name, trial }) => (
        <li>
          <a class="govuk-link" href={`/nop/${code}`}>
            {name}
          </a>{' '}
          <span class="cs-muted">{t(locale, texts.draftFrom, { time: formatInstant(at) })}</span>
          {trial && (
            <>
              <br />
              <Tag tone={trial.verdict === 'enough' ? 'good' : trial.verdict === 'mend' ? 'accent' : 'waiting'}>
                {trial.verdict === null
                  ? t(locale, texts.trialWaiting, { when: t(locale, shortMoment(Temporal.Instant.from(trial.promisedAt), now)) })
                  : t(locale, trial.verdict === 'enough' ? texts.trialEnough : texts.trialMend)}
              </Tag>
            </>
          )}
        </li>
      ))}
    </ul>
  </>
)

/** GET /ho-so: what waits for the signed-in person, what is being written, and everything else they have filed. */
export async function myDossiersPage(c: Web): Promise<Response> {
  const app = c.get('app')
  const province = c.get('province')
  const actor = c.get('actor')
  const locale = c.get('locale')
  if (actor.kind !== 'citizen') throw new Refused(refusals.signInNeeded)
  const filter = myFilters.find((one) => inAddress[one] === c.req.query('xem')) ?? 'all'
  const after = c.req.query('sau')
  const asker = { province, actor }
  const mine = await myDossiers(app, asker, { after, filter })
  if (!mine.ok) throw new Refused(mine.error)
  const { rows, counts, next } = mine.value
  // What waits comes first, however long ago it was filed: also what the newest page would not show.
  const first = filter === 'all' && !after && counts.turn > 0 ? await myDossiers(app, asker, { filter: 'turn', limit: 100 }) : undefined
  const waiting = first?.ok ? first.value.rows : []
  const known = new Set(waiting.map(({ id }) => id))
  const others = rows.filter(({ id }) => !known.has(id))
  const now = app.clock()
  const drafts = after
    ? []
    : await app.db.read(province, async (tx) => {
        const trials = new Map((await trialsOf(tx, actor.personId)).map((trial) => [trial.procedureCode, trial]))
        return Promise.all(
          (await draftsOf(tx, actor.personId)).map(async (draft) => ({
            code: draft.procedureCode,
            at: draft.updatedAt,
            name: (await findProcedureAt(tx, draft.procedureCode, dayOf(now)))?.body.name[locale] ?? draft.procedureCode,
            trial: trials.get(draft.procedureCode),
          })),
        )
      })
  const none = emptyTexts[filter]
  return page(
    c,
    { ...frame(c, 'portal'), title: texts.mine },
    <>
      <h1 class="govuk-heading-xl">{t(locale, texts.mine)}</h1>
      {counts.all > 0 && (
        <FilterChips
          label={t(locale, texts.filterLabel)}
          chips={myFilters.map((one) => ({
            text: t(locale, filterTexts[one]),
            href: addressOf(one),
            on: one === filter,
            count: counts[one],
          }))}
        />
      )}
      {waiting.length > 0 && <List caption={t(locale, texts.waitingForYou)} rows={waiting} now={now} locale={locale} />}
      {drafts.length > 0 && (filter === 'all' || filter === 'turn') && <Drafts drafts={drafts} now={now} locale={locale} />}
      {others.length > 0 && (
        <List
          caption={t(locale, waiting.length > 0 ? texts.othersSent : filter === 'all' ? texts.sent : filterTexts[filter])}
          rows={[...others].sort((a, b) => Number(waits(b)) - Number(waits(a)))}
          now={now}
          locale={locale}
        />
      )}
      {rows.length === 0 && (
        <EmptyState title={t(locale, none.title)} action={{ href: none.href, text: t(locale, none.go) }}>
          {none.next && t(locale, none.next)}
        </EmptyState>
      )}
      {next && (
        <p class="govuk-body">
          <a class="govuk-link" rel="next" href={addressOf(filter, next)}>
            {t(locale, texts.more)}
          </a>
        </p>
      )}
    </>,
  )
}
