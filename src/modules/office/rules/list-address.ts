import {
  type ClockFilter,
  clockFilters,
  isNarrowed,
  type Stage,
  stages,
  type WorkCounts,
  type WorkListFilter,
  type WorkScope,
  workScopes,
} from '../../dossier/index.ts'

/** Names of filters as they stand in the address of the work list. */
export const names = {
  scope: 'pham-vi',
  stage: 'buoc',
  clock: 'han',
  assignee: 'giu',
  channel: 'kenh',
  procedureCode: 'thu-tuc',
  agencyCode: 'co-quan',
  receivedFrom: 'nhan-tu',
  receivedTo: 'nhan-den',
  dueFrom: 'han-tu',
  dueTo: 'han-den',
  search: 'q',
  after: 'sau',
} as const

const channels = ['online', 'counter', 'post'] as const
const keys = Object.keys(names) as (keyof typeof names)[]

const oneOf = <T extends string>(values: readonly T[], value: string | undefined): T | undefined => values.find((one) => one === value)
const shaped = (pattern: RegExp, value: string | undefined): string | undefined => (value && pattern.test(value) ? value : undefined)

/** A civil day that there is. */
function dayIn(value: string | undefined): string | undefined {
  const day = shaped(/^\d{4}-\d{2}-\d{2}$/, value)
  const at = day ? new Date(`${day}T00:00:00Z`) : undefined
  return at && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day ?? ' ') ? day : undefined
}

/** Reads the filter out of an address; what is not a filter of ours is left out. */
export function readListAddress(query: Readonly<Record<string, string | undefined>>): WorkListFilter {
  const assignee = query[names.assignee]
  return {
    scope: oneOf<WorkScope>(workScopes, query[names.scope]) ?? 'all',
    stage: oneOf<Stage>(stages, query[names.stage]),
    clock: oneOf<ClockFilter>(clockFilters, query[names.clock]),
    assignee: oneOf(['nobody', 'unheld'], assignee) ?? shaped(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/, assignee),
    channel: oneOf(channels, query[names.channel]),
    procedureCode: shaped(/^[\w.-]{1,40}$/, query[names.procedureCode]),
    agencyCode: shaped(/^[A-Z]\d{2}(\.\d{1,3}){0,3}$/, query[names.agencyCode]),
    receivedFrom: dayIn(query[names.receivedFrom]),
    receivedTo: dayIn(query[names.receivedTo]),
    dueFrom: dayIn(query[names.dueFrom]),
    dueTo: dayIn(query[names.dueTo]),
    search: query[names.search]?.trim().slice(0, 100) || undefined,
    after: query[names.after]?.slice(0, 100),
  }
}

/** The query of a filter without its question mark: read again, it gives the same filter. */
export function listQuery(filter: WorkListFilter): string {
  const query = new URLSearchParams()
  for (const key of keys) {
    const value = filter[key]
    if (value && !(key === 'scope' && value === 'all')) query.set(names[key], String(value))
  }
  return query.toString()
}

/** The address of a filter. Everything has a name too, so that whoever begins with a view of their own can still ask for it. */
export function listAddress(filter: WorkListFilter, path = '/mot-cua'): string {
  const text = listQuery(filter)
  if (text) return `${path}?${text}`
  return path === '/mot-cua' ? `${path}?${names.scope}=all` : path
}

/** A list an officer may choose: one thing in the filter, and how many it holds. */
export interface NamedList {
  readonly key: string
  readonly filter: WorkListFilter
  /** Only where the count is kept. */
  readonly count?: (counts: WorkCounts) => number
}

const open = stages.filter((stage) => stage !== 'closed')

/** Lists by whose turn it is, by the clock, by step. */
export const namedLists = {
  whose: [
    { key: 'all', filter: { scope: 'all' }, count: (counts) => counts.all },
    { key: 'for-me', filter: { scope: 'for-me' }, count: (counts) => counts.forMe },
    { key: 'mine', filter: { scope: 'mine' }, count: (counts) => counts.mine },
    { key: 'unassigned', filter: { scope: 'all', assignee: 'nobody' }, count: (counts) => counts.unassigned },
    { key: 'for-others', filter: { scope: 'for-others' }, count: (counts) => counts.forOthers },
    { key: 'unit', filter: { scope: 'unit' } },
    { key: 'reception', filter: { scope: 'reception' } },
  ],
  clock: clockFilters.map((clock) => ({ key: clock, filter: { clock }, count: (counts: WorkCounts) => counts[clock] })),
  stage: open.map((stage) => ({ key: stage, filter: { stage }, count: (counts: WorkCounts) => counts.stages[stage] })),
} as const satisfies Record<string, readonly NamedList[]>

/** Whether a filter has all that a named list asks for. */
export const isOn = (filter: WorkListFilter, list: NamedList): boolean =>
  (Object.keys(list.filter) as (keyof WorkListFilter)[]).every((key) => (filter[key] ?? 'all') === (list.filter[key] ?? 'all')) &&
  (list.filter.scope === undefined || list.filter.assignee === filter.assignee || filter.assignee !== 'nobody')

/** Where a named list leads from a filter: switched on beside what else is asked for, or off again. */
export function towards(filter: WorkListFilter, list: NamedList): WorkListFilter {
  const rest: WorkListFilter = {
    ...filter,
    after: undefined,
    ...(list.filter.scope === undefined ? {} : { assignee: filter.assignee === 'nobody' ? undefined : filter.assignee }),
  }
  if (!isOn(filter, list) || list.filter.scope !== undefined) return { ...rest, ...list.filter }
  return { ...rest, clock: list.filter.clock ? undefined : rest.clock, stage: list.filter.stage ? undefined : rest.stage }
}

/** The count beside a named list: only where choosing it shows exactly so many. */
export function countBeside(filter: WorkListFilter, list: NamedList, counts: WorkCounts): number | undefined {
  const shown: WorkListFilter = isOn(filter, list) ? filter : towards(filter, list)
  return list.count && !isNarrowed(shown) && !shown.search ? list.count(counts) : undefined
}

/** How many the filter holds, where a kept count says so; undefined where it does not. */
export function countOf(filter: WorkListFilter, counts: WorkCounts): number | undefined {
  if (isNarrowed(filter) || filter.search) return undefined
  const all = [...namedLists.clock, ...namedLists.stage, ...namedLists.whose.slice(1), namedLists.whose[0]] as readonly NamedList[]
  return all.find((list) => isOn(filter, list))?.count?.(counts)
}
