import { sql } from 'kysely'
import { dayOf } from '../../../kernel/clock.ts'
import { refusals } from '../../../kernel/errors.ts'
import type { Channel } from '../../../kernel/events.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import type { Stage, Status } from '../rules/dossier.ts'
import { readSearch } from '../rules/work-search.ts'
import { masked } from '../view.ts'
import { type Asker, type QueryHost, type Reader, readCursor, readerOf } from './reader.ts'
import { countsOf, countsSql, type RawCounts, type WorkCounts } from './work-list-counts.ts'
import {
  type ClockState,
  type Condition,
  clockOf,
  conditionOf,
  type Edges,
  edgesOf,
  isNarrowed,
  type Reach,
  reachOf,
  sortAt,
  type WorkListFilter,
} from './work-list-filter.ts'
import { foundSql } from './work-list-search.ts'
import { arrangementSql, type WorkArrangement } from './work-views.ts'

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

export interface WorkList {
  readonly rows: readonly WorkRow[]
  readonly counts: WorkCounts
  /** How many rows the filter has in all, as far as `COUNTED`; null where one of the counts says it, and for a search. */
  readonly matching: number | null
  /** Give it back as `after` for the next page; null on the last one, and for a search. */
  readonly next: string | null
  /** A search found more than is shown: a longer name or a code narrows it. */
  readonly more: boolean
}

const LIMIT = 50
const MAX_LIMIT = 200
/** A filter's rows are counted up to here; beyond it the answer is "more than". */
export const COUNTED = 1000

/** A row as the database gives it; the personal number whole. */
export type RawRow = Omit<WorkRow, 'agencyName' | 'clock'> & { sortAt: string }

const columns = sql`
  d.id, d.code, d.reference, d.procedure_code as "procedureCode", d.procedure_name as "procedureName", d.agency_code as "agencyCode",
  d.reception_agency_code as "receptionAgencyCode", d.applicant_name as "applicantName", d.applicant_number as "applicantNumber",
  d.status, d.stage, d.assignee_id as "assigneeId", d.assignee_name as "assigneeName", d.channel, d.assisted,
  d.submitted_at as "submittedAt", d.received_at as "receivedAt", d.due_at as "dueAt", d.version, page.place, ${sortAt} as "sortAt"`

/** Ids of a page in order, from the index alone: open ones by due time, closed ones the latest first. */
function pageSql(matching: Condition, reach: Reach, closed: boolean, limit: number, after: string | undefined) {
  const cursor = readCursor(after)
  if (closed)
    return sql`
      select d.id, row_number() over () as place from (
        select d.id from dossier d where ${matching} and d.stage = 'closed' ${cursor ? sql`and d.id < ${cursor.id}::uuid` : sql``}
        order by d.id desc limit ${limit}) d`
  return sql`
    select d.id, row_number() over () as place from (
      select d.id from ${reach.open} d where ${matching} and d.stage <> 'closed'
        ${cursor ? sql`and (${sortAt}, d.id) > (${cursor.at}::timestamptz, ${cursor.id}::uuid)` : sql``}
      order by ${sortAt}, d.id limit ${limit}) d`
}

/** Rows of the reader's list as they are shown. */
export function shownRows(reader: Reader, raw: readonly RawRow[], edges: Edges): WorkRow[] {
  const [now, tomorrow, afterSoon] = [edges.now, edges.tomorrow, edges.afterSoon].map(({ epochMilliseconds }) => epochMilliseconds) as [
    number,
    number,
    number,
  ]
  const today = dayOf(reader.now)
  const names = new Map<string, string>()
  return raw.map((row) => {
    let agencyName = names.get(row.agencyCode)
    if (agencyName === undefined) {
      agencyName = reader.directory.name(row.agencyCode, today)
      names.set(row.agencyCode, agencyName)
    }
    return {
      id: row.id,
      code: row.code,
      reference: row.reference,
      procedureCode: row.procedureCode,
      procedureName: row.procedureName,
      agencyCode: row.agencyCode,
      agencyName,
      receptionAgencyCode: row.receptionAgencyCode,
      applicantName: row.applicantName,
      applicantNumber: masked(row.applicantNumber),
      status: row.status,
      stage: row.stage,
      assigneeId: row.assigneeId,
      assigneeName: row.assigneeName,
      channel: row.channel,
      assisted: row.assisted,
      submittedAt: row.submittedAt,
      receivedAt: row.receivedAt,
      dueAt: row.dueAt,
      clock: clockOf(row, now, tomorrow, afterSoon),
      version: row.version,
    }
  })
}

/** What a page of the list is made of: ids with their place, in one part of a statement. */
export function pageOf(filter: WorkListFilter, reach: Reach, edges: Edges, limit: number) {
  const search = readSearch(filter.search ?? '')
  const matching = conditionOf(filter, reach, edges)
  const onlyClosed = filter.stage === 'closed'
  const openOnly = filter.clock !== undefined || filter.assignee === 'nobody' || (filter.stage !== undefined && !onlyClosed)
  const page = search
    ? foundSql(search, matching, reach, { open: !onlyClosed, closed: !openOnly }, limit)
    : pageSql(matching, reach, onlyClosed, limit, filter.after)
  return { page, searched: search !== undefined, matching, onlyClosed }
}

export const rowsSql = (page: Condition) => sql`
  select coalesce(json_agg(one order by one.place), '[]'::json)
  from (select ${columns} from (${page}) page join dossier d on d.id = page.id) one`

/** Who may see a list, and what reaches them; or why not. */
export async function listReader(host: QueryHost, asker: Asker): Promise<Result<{ reader: Reader; reach: Reach }>> {
  const reader = await readerOf(host, asker)
  const { actor } = reader
  if (actor.kind !== 'officer' && actor.kind !== 'system')
    return refuse(actor.kind === 'anonymous' ? refusals.signInNeeded : refusals.denied)
  if (!reader.access.can(actor, 'dossier.list')) return refuse(refusals.denied)
  return ok({ reader, reach: reachOf(reader) })
}

interface Answer {
  readonly rows: readonly RawRow[]
  readonly counts: RawCounts
  readonly matching: number | null
  readonly arrangement: WorkArrangement | null
}

/** A list, and how its officer has arranged lists (columns, views): asked for by pages. */
export interface ArrangedWorkList extends WorkList {
  readonly arrangement: WorkArrangement
}

/**
 * One screen of the work list in one statement: rows sorted by due time (what nobody has received yet by the time it was sent), exact
 * counts over everything open within reach, and how the officer arranged their lists. Entry: whoever holds `dossier.list`.
 */
export async function arrangedWorkList(host: QueryHost, asker: Asker, filter: WorkListFilter = {}): Promise<Result<ArrangedWorkList>> {
  const opened = await listReader(host, asker)
  if (!opened.ok) return opened
  const { reader, reach } = opened.value
  const limit = Math.min(Math.max(filter.limit ?? LIMIT, 1), MAX_LIMIT)
  const edges = edgesOf(reader.now, reader.soonDays)
  const { page, searched, matching, onlyClosed } = pageOf(filter, reach, edges, limit + 1)
  // Nobody works down the closed ones, so nobody needs to know how many there are.
  const count = isNarrowed(filter) && !searched && !onlyClosed
  const { rows } = await reader.read((tx) =>
    sql<Answer>`
      select (${rowsSql(page)}) as rows, (${countsSql(reach, edges)}) as counts, (${arrangementSql(reader)}) as arrangement,
        ${
          count
            ? sql`(select count(*) from (
                select from ${reach.open} d where ${matching} and d.stage <> 'closed' limit ${COUNTED + 1}) counted)`
            : sql`null::bigint`
        } as matching`.execute(tx),
  )
  const [answer] = rows
  const all = answer?.rows ?? []
  const raw = all.slice(0, limit)
  const last = raw.at(-1)
  const more = all.length > limit
  // A search shows the open ones first and then the latest closed ones: two orders, so it has no next page but can be narrowed.
  const next = more && last && !searched ? `${last.sortAt}_${last.id}` : null
  return ok({
    rows: shownRows(reader, raw, edges),
    counts: countsOf(answer?.counts, reach),
    matching: answer?.matching ?? null,
    next,
    more: more && next === null,
    arrangement: answer?.arrangement ?? { columns: [], defaultView: null, views: [] },
  })
}

/** The list alone, as the API gives it. */
export async function workList(host: QueryHost, asker: Asker, filter: WorkListFilter = {}): Promise<Result<WorkList>> {
  const found = await arrangedWorkList(host, asker, filter)
  if (!found.ok) return found
  const { arrangement: _arrangement, ...list } = found.value
  return ok(list)
}
