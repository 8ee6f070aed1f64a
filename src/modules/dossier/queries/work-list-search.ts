import { sql } from 'kysely'
import { narrowed, type Search } from '../rules/work-search.ts'
import { type Condition, type Reach, sortAt } from './work-list-filter.ts'

/** How far lists are gone through in their own order before the index is asked: what is common is found within. */
const OPEN_STEPS = 2000
const CLOSED_STEPS = 8000

// The same words as in the index dossier_words, or it would not be used.
const words = sql`array_to_tsvector(array_remove(array_remove(
  string_to_array(search, ' ') || ('@' || agency_code) || ('@' || reception_agency_code)
  || case when stage <> 'closed' then '@open' end || ('<' || reverse(applicant_phone)), null), ''))`

/** Few rows by a column of their own. */
function exactly(search: Exclude<Search, { by: 'words' }>, matching: Condition, want: Wanted, limit: number): Condition {
  const found = {
    reference: sql`d.reference = ${search.value}`,
    code: sql`(d.code = ${search.value} or (d.former_codes <> '{}' and d.former_codes @> array[${search.value}]::text[]))`,
    number: sql`d.applicant_number = ${search.value}`,
  }[search.by]
  return sql`
    select id, row_number() over (order by closed, case when not closed then sort_at end, id desc) as place from (
      select d.id, d.stage = 'closed' as closed, ${sortAt} as sort_at
      from dossier d where ${found} and ${matching} ${only(want)}
    ) found order by place limit ${limit}`
}

interface Wanted {
  readonly open: boolean
  readonly closed: boolean
}

const only = ({ open, closed }: Wanted): Condition =>
  open && closed ? sql`` : open ? sql`and d.stage <> 'closed'` : sql`and d.stage = 'closed'`

/**
 * Ids of what a search finds, open ones by due time and then closed ones the latest first. A name that many bear is met within the first
 * steps along each list; one that few bear has few entries in the index: neither needs everything sorted. What a part has found enough
 * of, the next part does not look for.
 */
export function foundSql(search: Search, matching: Condition, reach: Reach, want: Wanted, limit: number): Condition {
  if (search.by !== 'words') return exactly(search, matching, want, limit)
  const { patterns, phoneEnd, query, anyOrder, rare } = search
  const likes = phoneEnd
    ? sql`((' ' || d.search) like ${patterns[0]} or d.applicant_phone like ${`%${phoneEnd}`})`
    : sql.join(
        patterns.map((pattern) => sql`(' ' || d.search || ' ') like ${pattern}`),
        sql` and `,
      )
  const enough = (part: 'near_open' | 'near_closed'): Condition => sql`(select count(*) from ${sql.ref(part)}) >= ${limit}`
  const never = sql`select null::uuid as id, null::timestamptz as sort_at where false`
  // Of a few units, all that is open is soon gone through: then nothing is left to ask the index for.
  const few = reach.few && !rare
  const nearOpen =
    rare || !want.open
      ? never
      : few
        ? sql`
        select d.id, ${sortAt} as sort_at from ${reach.open} d
        where d.stage <> 'closed' and ${likes} and ${matching} order by ${sortAt}, d.id limit ${limit}`
        : sql`
        select id, sort_at from (
          select d.id, ${sortAt} as sort_at, (${likes} and ${matching}) as hit
          from dossier d where d.stage <> 'closed' order by ${sortAt}, d.id limit ${OPEN_STEPS}
        ) near where hit limit ${limit}`
  const farOpen =
    want.open && !few
      ? sql`
      select d.id, ${sortAt} as sort_at from dossier d
      where ${words} @@ ${narrowed(query, reach.codes, true)}::tsquery and d.stage <> 'closed' and ${matching} and not (${enough('near_open')})`
      : never
  const nearClosed =
    rare || !want.closed
      ? never
      : sql`
        select id, null::timestamptz as sort_at from (
          select d.id, (d.stage = 'closed' and ${likes} and ${matching}) as hit
          from dossier d order by d.id desc limit ${CLOSED_STEPS}
        ) near where hit and not (${enough('near_open')}) limit ${limit}`
  const farClosed = want.closed
    ? sql`
      select d.id, null::timestamptz as sort_at from dossier d
      where ${words} @@ ${narrowed(query, reach.codes)}::tsquery and d.stage = 'closed' and ${matching}
        and not (${enough('near_open')}) and not (${enough('near_closed')})`
    : never
  const anywhere = anyOrder
    ? sql`
      select d.id, d.stage = 'closed' as closed, ${sortAt} as sort_at from dossier d
      where ${words} @@ ${narrowed(anyOrder, reach.codes)}::tsquery and ${matching} ${only(want)} and not exists (select from as_typed)`
    : sql`select null::uuid as id, false as closed, null::timestamptz as sort_at where false`
  return sql`
    with near_open as materialized (${nearOpen}), far_open as materialized (${farOpen}),
      near_closed as materialized (${nearClosed}), far_closed as materialized (${farClosed}),
      as_typed as materialized (
        select id, false as closed, sort_at from near_open ${few ? sql`` : sql`where ${enough('near_open')}`}
        union all select id, false, sort_at from far_open
        union all select id, true, sort_at from near_closed where ${enough('near_closed')}
        union all select id, true, sort_at from far_closed
      ), anywhere as materialized (${anywhere})
    select id, row_number() over (order by closed, case when not closed then sort_at end, case when not closed then id end, id desc) as place
    from (select * from as_typed union all select * from anywhere) found
    order by place limit ${limit}`
}
