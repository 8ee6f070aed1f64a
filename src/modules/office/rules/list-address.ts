import { type ClockFilter, clockFilters, type Stage, stages, type WorkListFilter, type WorkScope, workScopes } from '../../dossier/index.ts'

/** Names of filters as they stand in the address of the work list. */
const names = { scope: 'pham-vi', stage: 'buoc', clock: 'han', channel: 'kenh', procedure: 'thu-tuc', search: 'q', after: 'sau' } as const

const channels = ['online', 'counter', 'post'] as const

const oneOf = <T extends string>(values: readonly T[], value: string | undefined): T | undefined => values.find((one) => one === value)

/** Reads the filter out of an address; what is not a filter of ours is left out. */
export function readListAddress(query: Readonly<Record<string, string | undefined>>): WorkListFilter {
  const search = query[names.search]?.trim().slice(0, 100)
  return {
    scope: oneOf<WorkScope>(workScopes, query[names.scope]) ?? 'all',
    stage: oneOf<Stage>(stages, query[names.stage]),
    clock: oneOf<ClockFilter>(clockFilters, query[names.clock]),
    channel: oneOf(channels, query[names.channel]),
    procedureCode: /^[\w.-]{1,40}$/.test(query[names.procedure] ?? '') ? query[names.procedure] : undefined,
    search: search || undefined,
    after: query[names.after]?.slice(0, 100),
  }
}

/** The address of a filter: read again, it gives the same filter. A page position is dropped unless asked for. */
export function listAddress(filter: WorkListFilter, path = '/mot-cua'): string {
  const query = new URLSearchParams()
  const put = (name: string, value: string | undefined): void => {
    if (value) query.set(name, value)
  }
  if (filter.scope !== 'all') put(names.scope, filter.scope)
  put(names.stage, filter.stage)
  put(names.clock, filter.clock)
  put(names.channel, filter.channel)
  put(names.procedure, filter.procedureCode)
  put(names.search, filter.search)
  put(names.after, filter.after)
  const text = query.toString()
  return text ? `${path}?${text}` : path
}

/** The same filter with one thing switched: on when it is off, off when it is on. The page position is dropped. */
export function switched<K extends 'stage' | 'clock' | 'channel'>(
  filter: WorkListFilter,
  key: K,
  value: WorkListFilter[K],
): WorkListFilter {
  return { ...filter, after: undefined, [key]: filter[key] === value ? undefined : value }
}
