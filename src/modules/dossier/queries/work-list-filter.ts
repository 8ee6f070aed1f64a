import { type RawBuilder, sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import { addDays, type Day, dayOf, startOfDay } from '../../../kernel/clock.ts'
import type { Channel } from '../../../kernel/events.ts'
import { isUuid } from '../../../kernel/id.ts'
import type { Stage } from '../rules/dossier.ts'
import { type Reader, reachedCodes } from './reader.ts'

/**
 * Which dossiers an officer looks at.
 * - `mine`: assigned to them; `unit`: resolved within their reach; `reception`: taken in by a counter within their reach
 * - `for-me`: the next step is theirs to take; `for-others`: somebody else has to act first
 * - `all`: everything within reach
 */
export type WorkScope = 'mine' | 'for-me' | 'for-others' | 'unit' | 'reception' | 'all'
export const workScopes: readonly WorkScope[] = ['mine', 'for-me', 'for-others', 'unit', 'reception', 'all']
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
  /** An officer's id; `nobody`: work that no specialist has yet; `unheld`: nobody's, at whatever step. */
  readonly assignee?: string | undefined
  /** Civil days, both included. */
  readonly receivedFrom?: Day | undefined
  readonly receivedTo?: Day | undefined
  readonly dueFrom?: Day | undefined
  readonly dueTo?: Day | undefined
  /** Name, code, reference or phone, with or without accents. Looks at closed dossiers too. */
  readonly search?: string | undefined
  /** `next` of the page before. */
  readonly after?: string | undefined
  readonly limit?: number | undefined
}

/** How the clock of a dossier stands, for its bar. */
export type ClockState = 'none' | 'paused' | 'on-time' | 'soon' | 'today' | 'overdue' | 'done'

/** Days ahead that count as soon, unless the setting DUE_SOON_DAYS says otherwise. */
export const SOON_DAYS = 2

const at = (text: string | null): number | null => (text === null ? null : Date.parse(text))

/** Stages at which the clock does not run against the office: it is the applicant's turn, or the work is done. */
const resting: readonly Stage[] = ['supplement', 'payment', 'withdrawn', 'ready', 'closed']

/** How the clock stands at `now` (epoch milliseconds). Today ends at midnight in Vietnam. */
export function clockOf(row: { stage: Stage; dueAt: string | null }, now: number, tomorrow: number, afterSoon: number): ClockState {
  if (row.stage === 'ready' || row.stage === 'closed') return 'done'
  if (row.stage === 'supplement' || row.stage === 'payment' || row.stage === 'withdrawn') return 'paused'
  const due = at(row.dueAt)
  if (due === null) return 'none'
  if (due < now) return 'overdue'
  if (due < tomorrow) return 'today'
  return due < afterSoon ? 'soon' : 'on-time'
}

export interface Edges {
  readonly today: Temporal.Instant
  readonly now: Temporal.Instant
  readonly tomorrow: Temporal.Instant
  readonly afterSoon: Temporal.Instant
}

export function edgesOf(now: Temporal.Instant, soonDays = SOON_DAYS): Edges {
  const today = dayOf(now)
  return { today: startOfDay(today), now, tomorrow: startOfDay(addDays(today, 1)), afterSoon: startOfDay(addDays(today, 1 + soonDays)) }
}

export type Condition = RawBuilder<unknown>

/** Whose clock runs against the office. */
export const running = sql`d.stage <> all(${sql.lit(`{${resting.join(',')}}`)}::text[])`
/** What nobody has received yet stands in line by the time it was sent. */
export const sortAt = sql`coalesce(d.due_at, d.submitted_at)`

/** Agencies by code; null = all of them. */
type Codes = readonly string[] | null
const within = (column: 'd.agency_code' | 'd.reception_agency_code', codes: Codes): Condition =>
  codes === null ? sql`true` : sql`${sql.ref(column)} = any(${codes}::text[])`
const either = (codes: Codes): Condition =>
  codes === null ? sql`true` : sql`(${within('d.agency_code', codes)} or ${within('d.reception_agency_code', codes)})`

/** Up to so many agencies an officer's open dossiers are looked up agency by agency; for more, one walk along the index of all of them is shorter. */
const FEW_AGENCIES = 8
const listed = (alias: 'o' | 'r') =>
  sql.join(
    [
      'id',
      'due_at',
      'submitted_at',
      'received_at',
      'stage',
      'agency_code',
      'reception_agency_code',
      'assignee_id',
      'procedure_code',
      'channel',
      'search',
      'applicant_phone',
    ].map((column) => sql.ref(`${alias}.${column}`)),
  )

/**
 * Open dossiers that may lie within reach, with the columns that filters ask for: to be read `from … d`. Said agency by agency, because
 * the planner cannot know which agencies will be asked for and would go through everybody's work for those of a small unit.
 */
function openWithin(codes: Codes): Condition {
  if (codes === null || codes.length > FEW_AGENCIES) return sql`dossier`
  return sql`(
    select within.* from unnest(${codes}::text[]) as agency (code) cross join lateral (
      select ${listed('o')} from dossier o where o.agency_code = agency.code and o.stage <> 'closed' offset 0) within
    union all
    select within.* from unnest(${codes}::text[]) as agency (code) cross join lateral (
      select ${listed('r')} from dossier r
      where r.reception_agency_code = agency.code and r.stage <> 'closed' and r.agency_code <> all(${codes}::text[]) offset 0) within
  )`
}

/** Who looks, and where they may. */
export interface Reach {
  /** The officer, and those whose work they do while they are away. */
  readonly officerIds: readonly string[]
  readonly codes: Codes
  readonly inReach: Condition
  /** Where their open dossiers are read from. */
  readonly open: Condition
  /** They lie in a few units. */
  readonly few: boolean
  /** What waits for this officer's next step: stages, whether it must be without a holder, and the agencies where they may take it. */
  readonly turns: readonly { readonly stage: Stage; readonly unheld: boolean; readonly codes: Codes; readonly condition: Condition }[]
  readonly held: Condition
  readonly scopes: Readonly<Record<WorkScope, Condition>>
  readonly nobody: Condition
}

const turnActions = [
  { action: 'dossier.receive', stage: 'submitted', unheld: false, counter: true },
  { action: 'dossier.assign', stage: 'received', unheld: true, counter: false },
  { action: 'dossier.issue', stage: 'signing', unheld: false, counter: false },
  { action: 'dossier.stop', stage: 'withdrawn', unheld: false, counter: false },
  { action: 'dossier.return', stage: 'ready', unheld: false, counter: true },
] as const

export function reachOf(reader: Reader): Reach {
  const { actor } = reader
  const officerIds =
    actor.kind === 'officer'
      ? [...new Set([actor.officerId, ...actor.grants.flatMap(({ onBehalfOf }) => onBehalfOf?.officerId ?? [])])]
      : []
  const codes = reachedCodes(reader, 'dossier.list')
  const inReach = either(codes)
  const own = sql`d.assignee_id = any(${officerIds}::uuid[])`
  const turns = turnActions.flatMap(({ action, stage, unheld, counter }) => {
    const reached = actor.kind === 'officer' ? reachedCodes(reader, action) : []
    if (reached?.length === 0) return []
    const place = counter ? either(reached) : within('d.agency_code', reached)
    const condition = sql`(d.stage = ${sql.lit(stage)} ${unheld ? sql`and d.assignee_id is null` : sql``} and ${place})`
    return [{ stage, unheld, codes: reached, condition }]
  })
  const held = sql`(${own} and d.stage in ('received', 'processing'))`
  const others = sql`(d.stage in ('supplement', 'payment') or (${own} and d.stage in ('signing', 'withdrawn')))`
  return {
    officerIds,
    codes,
    inReach,
    open: openWithin(codes),
    few: codes !== null && codes.length <= FEW_AGENCIES,
    turns,
    held,
    scopes: {
      mine: sql`${own} and ${inReach}`,
      'for-me': sql`(${sql.join([held, ...turns.map(({ condition }) => condition)], sql` or `)}) and ${inReach}`,
      'for-others': sql`${others} and ${inReach}`,
      unit: within('d.agency_code', codes),
      reception: within('d.reception_agency_code', codes),
      all: inReach,
    },
    nobody: sql`d.assignee_id is null and d.stage in ('received', 'processing')`,
  }
}

/** A civil day as the instant it begins. */
const begins = (day: Day): Temporal.Instant => startOfDay(day)

/** Everything a filter asks for but its words, as one condition over `dossier d`. */
export function conditionOf(filter: WorkListFilter, reach: Reach, { now, tomorrow, afterSoon }: Edges): Condition {
  const byClock = {
    overdue: sql`${running} and d.due_at < ${now}::timestamptz`,
    today: sql`${running} and d.due_at >= ${now}::timestamptz and d.due_at < ${tomorrow}::timestamptz`,
    soon: sql`${running} and d.due_at >= ${tomorrow}::timestamptz and d.due_at < ${afterSoon}::timestamptz`,
    waiting: sql`d.stage in ('supplement', 'payment')`,
  }
  const parts: Condition[] = [reach.scopes[filter.scope ?? 'all']]
  if (filter.clock) parts.push(byClock[filter.clock])
  if (filter.stage) parts.push(sql`d.stage = ${filter.stage}`)
  if (filter.procedureCode) parts.push(sql`d.procedure_code = ${filter.procedureCode}`)
  if (filter.agencyCode) parts.push(sql`d.agency_code = ${filter.agencyCode}`)
  if (filter.channel) parts.push(sql`d.channel = ${filter.channel}`)
  if (filter.assignee === 'nobody') parts.push(reach.nobody)
  else if (filter.assignee === 'unheld') parts.push(sql`d.assignee_id is null`)
  else if (filter.assignee !== undefined) parts.push(isUuid(filter.assignee) ? sql`d.assignee_id = ${filter.assignee}::uuid` : sql`false`)
  if (filter.receivedFrom) parts.push(sql`d.received_at >= ${begins(filter.receivedFrom)}::timestamptz`)
  if (filter.receivedTo) parts.push(sql`d.received_at < ${begins(addDays(filter.receivedTo, 1))}::timestamptz`)
  if (filter.dueFrom) parts.push(sql`d.due_at >= ${begins(filter.dueFrom)}::timestamptz`)
  if (filter.dueTo) parts.push(sql`d.due_at < ${begins(addDays(filter.dueTo, 1))}::timestamptz`)
  return sql.join(parts, sql` and `)
}

/** Whether a filter narrows more than the lists whose counts are kept. */
export const isNarrowed = (filter: WorkListFilter): boolean =>
  Boolean(
    filter.procedureCode ||
      filter.agencyCode ||
      filter.channel ||
      (filter.assignee !== undefined && filter.assignee !== 'nobody') ||
      filter.receivedFrom ||
      filter.receivedTo ||
      filter.dueFrom ||
      filter.dueTo ||
      filter.scope === 'unit' ||
      filter.scope === 'reception' ||
      [filter.scope && filter.scope !== 'all', filter.stage, filter.clock, filter.assignee].filter(Boolean).length > 1 ||
      filter.stage === 'closed',
  )
