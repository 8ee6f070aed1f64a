import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import { addDays, dayOf, startOfDay } from '../../../kernel/clock.ts'
import { refusals } from '../../../kernel/errors.ts'
import type { Channel } from '../../../kernel/events.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { fold } from '../../../kernel/text.ts'
import { parseCode } from '../rules/code.ts'
import type { Stage, Status } from '../rules/dossier.ts'
import { parseReference } from '../rules/reference.ts'
import { masked } from '../view.ts'
import { type Asker, type QueryHost, reachedCodes, readCursor, readerOf } from './reader.ts'

/**
 * Which dossiers an officer looks at.
 * - `mine`: assigned to them; `unit`: resolved within their reach; `reception`: taken in by a counter within their reach
 * - `all`: either
 */
export type WorkScope = 'mine' | 'unit' | 'reception' | 'all'
export const workScopes: readonly WorkScope[] = ['mine', 'unit', 'reception', 'all']
/** How the clock stands. `waiting`: it is the applicant's turn. */
export type ClockFilter = 'overdue' | 'today' | 'soon' | 'waiting'
export const clockFilters: readonly ClockFilter[] = ['overdue', 'today', 'soon', 'waiting']

export interface WorkListFilter {
  readonly scope?: WorkScope | undefined
  readonly stage?: Stage | undefined
  readonly procedureCode?: string | undefined
  readonly agencyCode?: string | undefined
  readonly channel?: Channel | undefined
  readonly clock?: ClockFilter | undefined
  /** Name, code, reference or phone, with or without accents. Looks at closed dossiers too. */
  readonly search?: string | undefined
  /** `next` of the page before. */
  readonly after?: string | undefined
  readonly limit?: number | undefined
}

/** How the clock of a dossier stands, for its bar. */
export type ClockState = 'none' | 'paused' | 'on-time' | 'soon' | 'today' | 'overdue' | 'done'

export interface WorkRow {
  readonly id: string
  readonly code: string | null
  readonly reference: string
  readonly procedureCode: string
  readonly procedureName: string
  readonly agencyCode: string
  readonly agencyName: string
  readonly receptionAgencyCode: string
  readonly applicantName: string
  /** Only the last digits. */
  readonly applicantNumber: string | null
  readonly status: Status
  readonly stage: Stage
  readonly assigneeId: string | null
  readonly assigneeName: string | null
  readonly channel: Channel
  readonly assisted: boolean
  readonly submittedAt: string
  readonly receivedAt: string | null
  readonly dueAt: string | null
  readonly clock: ClockState
  readonly version: number
}

/** Open dossiers within reach, by where they stand. */
export interface WorkCounts {
  readonly all: number
  readonly mine: number
  readonly stages: Readonly<Record<Exclude<Stage, 'closed'>, number>>
  readonly overdue: number
  readonly today: number
  readonly soon: number
  readonly waiting: number
}

export interface WorkList {
  readonly rows: readonly WorkRow[]
  readonly counts: WorkCounts
  /** Give it back as `after` for the next page; null on the last one, and for a search. */
  readonly next: string | null
  /** A search found more than is shown: a longer name or a code narrows it. */
  readonly more: boolean
}

const LIMIT = 50
const MAX_LIMIT = 200
/** Days ahead that count as soon. */
const SOON_DAYS = 2
/** Words of a search that are looked at. */
const WORDS = 5

type RawRow = Omit<WorkRow, 'agencyName' | 'clock'> & { sortAt: string; closed: boolean }

const at = (text: string | null): number | null => (text === null ? null : Date.parse(text))

/** How the clock stands at `now` (epoch milliseconds). Today ends at midnight in Vietnam. */
export function clockOf(row: { stage: Stage; dueAt: string | null }, now: number, tomorrow: number, afterSoon: number): ClockState {
  if (row.stage === 'ready' || row.stage === 'closed') return 'done'
  if (row.stage === 'supplement' || row.stage === 'payment') return 'paused'
  const due = at(row.dueAt)
  if (due === null) return 'none'
  if (due < now) return 'overdue'
  if (due < tomorrow) return 'today'
  return due < afterSoon ? 'soon' : 'on-time'
}

interface Edges {
  readonly now: Temporal.Instant
  readonly tomorrow: Temporal.Instant
  readonly afterSoon: Temporal.Instant
}

export function edgesOf(now: Temporal.Instant): Edges {
  const today = dayOf(now)
  return { now, tomorrow: startOfDay(addDays(today, 1)), afterSoon: startOfDay(addDays(today, 1 + SOON_DAYS)) }
}

/** `due instant|id` of the last row seen. */
const escapeLike = (word: string): string => `%${word.replace(/[\\%_]/g, '\\$&')}%`

/** What was typed: a whole reference, code or personal number is looked for as such; else LIKE patterns over the search column. */
export type Search =
  | { readonly exactly: 'reference' | 'code' | 'number'; readonly value: string }
  | { readonly patterns: readonly string[] }

/** A phone or part of a code is looked for as it stands, a name word by word. Undefined when nothing was typed. */
export function readSearch(typed: string): Search | undefined {
  const reference = parseReference(typed)
  if (reference) return { exactly: 'reference', value: reference }
  const code = parseCode(typed)
  if (code) return { exactly: 'code', value: code.text }
  // A phone number is stored without the spaces people write.
  if (/^[\d\s]+$/.test(typed.trim())) {
    const digits = typed.replace(/\s/g, '')
    return digits.length === 12 ? { exactly: 'number', value: digits } : { patterns: [escapeLike(digits)] }
  }
  const folded = fold(typed)
  if (folded === '') return undefined
  return { patterns: /\d/.test(folded) ? [escapeLike(folded)] : folded.split(' ').slice(0, WORDS).map(escapeLike) }
}

function searchCondition(search: Search | undefined) {
  if (!search) return sql``
  if ('patterns' in search)
    return sql.join(
      search.patterns.map((pattern) => sql`and d.search like ${pattern}`),
      sql` `,
    )
  const column = { reference: sql`d.reference`, code: sql`d.code`, number: sql`d.applicant_number` }[search.exactly]
  return sql`and ${column} = ${search.value}`
}

const open = sql`d.stage not in ('ready', 'closed', 'supplement', 'payment', 'withdrawn')`

const columns = sql`
  d.id, d.code, d.reference, d.procedure_code as "procedureCode", d.procedure_name as "procedureName", d.agency_code as "agencyCode",
  d.reception_agency_code as "receptionAgencyCode", d.applicant_name as "applicantName", d.applicant_number as "applicantNumber",
  d.status, d.stage, d.assignee_id as "assigneeId", d.assignee_name as "assigneeName", d.channel, d.assisted,
  d.submitted_at as "submittedAt", d.received_at as "receivedAt", d.due_at as "dueAt", d.version,
  coalesce(d.due_at, d.submitted_at) as "sortAt"`

/**
 * One screen of the work list in one statement: rows sorted by due time (what nobody has received yet by the time it was sent), and
 * counts over everything open within reach. Entry: whoever holds `dossier.list`.
 */
export async function workList(host: QueryHost, asker: Asker, filter: WorkListFilter = {}): Promise<Result<WorkList>> {
  const reader = await readerOf(host, asker)
  const { actor } = reader
  if (actor.kind !== 'officer' && actor.kind !== 'system')
    return refuse(actor.kind === 'anonymous' ? refusals.signInNeeded : refusals.denied)
  if (!reader.access.can(actor, 'dossier.list')) return refuse(refusals.denied)
  const reached = reachedCodes(reader, 'dossier.list')
  const codes = reached && [...reached]
  const officerId = actor.kind === 'officer' ? actor.officerId : null
  const scope = filter.scope ?? 'all'
  const limit = Math.min(Math.max(filter.limit ?? LIMIT, 1), MAX_LIMIT)
  const cursor = readCursor(filter.after)
  const search = readSearch(filter.search ?? '')
  const { now, tomorrow, afterSoon } = edgesOf(reader.now)

  const inAgency = codes === null ? sql`true` : sql`d.agency_code = any(${codes}::text[])`
  const inReception = codes === null ? sql`true` : sql`d.reception_agency_code = any(${codes}::text[])`
  const inReach = codes === null ? sql`true` : sql`(${inAgency} or ${inReception})`
  const scoped = {
    mine: sql`d.assignee_id = ${officerId}::uuid and ${inReach}`,
    unit: inAgency,
    reception: inReception,
    all: inReach,
  }[scope]
  const byClock = {
    overdue: sql`and ${open} and d.due_at < ${now}::timestamptz`,
    today: sql`and ${open} and d.due_at >= ${now}::timestamptz and d.due_at < ${tomorrow}::timestamptz`,
    soon: sql`and ${open} and d.due_at >= ${tomorrow}::timestamptz and d.due_at < ${afterSoon}::timestamptz`,
    waiting: sql`and d.stage = 'supplement'`,
    any: sql``,
  }[filter.clock ?? 'any']
  const matching = sql`${scoped} ${byClock}
    ${filter.stage ? sql`and d.stage = ${filter.stage}` : sql``}
    ${filter.procedureCode ? sql`and d.procedure_code = ${filter.procedureCode}` : sql``}
    ${filter.agencyCode ? sql`and d.agency_code = ${filter.agencyCode}` : sql``}
    ${filter.channel ? sql`and d.channel = ${filter.channel}` : sql``}
    ${searchCondition(search)}`
  const onlyClosed = filter.stage === 'closed'
  const withClosed = onlyClosed || (search !== undefined && filter.stage === undefined && filter.clock === undefined)
  const openRows = sql`
    (select ${columns}, false as closed from dossier d
     where ${matching} and d.stage <> 'closed'
       ${cursor ? sql`and (coalesce(d.due_at, d.submitted_at), d.id) > (${cursor.at}::timestamptz, ${cursor.id}::uuid)` : sql``}
     order by coalesce(d.due_at, d.submitted_at), d.id limit ${limit + 1})`
  const closedRows = sql`
    (select ${columns}, true as closed from dossier d
     where ${matching} and d.stage = 'closed' ${cursor ? sql`and d.id < ${cursor.id}::uuid` : sql``}
     order by d.id desc limit ${limit + 1})`
  const found = onlyClosed ? closedRows : withClosed ? sql`${openRows} union all ${closedRows}` : openRows

  const { rows } = await reader.read((tx) =>
    sql<{ rows: RawRow[]; counts: Record<string, number> }>`
      select
        (select coalesce(jsonb_agg(to_jsonb(page) order by page.closed, case when not page.closed then page."sortAt" end,
            case when page.closed then page.id end desc, page.id), '[]'::jsonb)
          from (${found}) page) as rows,
        (select to_jsonb(counted) from (
          select count(*) as "all", count(*) filter (where d.assignee_id = ${officerId}::uuid) as mine,
            count(*) filter (where d.stage = 'submitted') as submitted, count(*) filter (where d.stage = 'received') as received,
            count(*) filter (where d.stage = 'processing') as processing, count(*) filter (where d.stage = 'signing') as signing,
            count(*) filter (where d.stage = 'supplement') as waiting, count(*) filter (where d.stage = 'withdrawn') as withdrawn,
            count(*) filter (where d.stage = 'payment') as payment,
            count(*) filter (where d.stage = 'ready') as ready,
            count(*) filter (where ${open} and d.due_at < ${now}::timestamptz) as overdue,
            count(*) filter (where ${open} and d.due_at >= ${now}::timestamptz and d.due_at < ${tomorrow}::timestamptz) as today,
            count(*) filter (where ${open} and d.due_at >= ${tomorrow}::timestamptz and d.due_at < ${afterSoon}::timestamptz) as soon
          from dossier d where ${inReach} and d.stage <> 'closed'
        ) counted) as counts`.execute(tx),
  )
  const all = rows[0]?.rows ?? []
  const page = all.slice(0, limit)
  const last = page.at(-1)
  const more = all.length > limit
  // A search shows the open ones first and then the latest closed ones: two orders, so it has no next page but can be narrowed.
  const next = more && last && (search === undefined || !withClosed || onlyClosed) ? `${last.sortAt}_${last.id}` : null
  return ok({
    rows: page.map(({ sortAt: _sortAt, closed: _closed, ...row }) => ({
      ...row,
      agencyName: reader.directory.name(row.agencyCode, dayOf(reader.now)),
      applicantNumber: masked(row.applicantNumber),
      clock: clockOf(row, now.epochMilliseconds, tomorrow.epochMilliseconds, afterSoon.epochMilliseconds),
    })),
    counts: countsOf(rows[0]?.counts),
    next,
    more: more && next === null,
  })
}

const countsOf = (counted: Partial<Record<string, number>> = {}): WorkCounts => {
  const n = (name: string): number => counted[name] ?? 0
  return {
    all: n('all'),
    mine: n('mine'),
    stages: {
      submitted: n('submitted'),
      received: n('received'),
      processing: n('processing'),
      signing: n('signing'),
      supplement: n('waiting'),
      payment: n('payment'),
      withdrawn: n('withdrawn'),
      ready: n('ready'),
    },
    overdue: n('overdue'),
    today: n('today'),
    soon: n('soon'),
    waiting: n('waiting'),
  }
}
