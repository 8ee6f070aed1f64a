import { sql } from 'kysely'
import type { Day } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/database/index.ts'
import { type Period, type Span, spansOf } from './rules/period.ts'
import { cutsOf, type Group } from './rules/units.ts'

/** How many procedures of a group had at least one dossier filed online, and at least one paid online. */
export interface Presence {
  readonly online: number
  readonly paidOnline: number
}

/** A procedure of an agency in a month (its first day). */
export interface Touched {
  readonly day: Day
  readonly agency_code: string
  readonly procedure_code: string
}

const NONE = sql.raw(`repeat('0', 1024)::bit(1024)`)
const bit = (place: ReturnType<typeof sql.raw>, when: ReturnType<typeof sql.raw>) =>
  sql`case when ${when} then set_bit(${NONE}, ${place} % 1024, 1) else ${NONE} end`
const place = sql.raw('place')

/**
 * Sets the bits of procedures as their folded cells now stand. One at a time: what another fold has not committed is not seen, and it
 * does the same after this one, so whoever comes last sees everything. The lock is only taken when a procedure appears or disappears.
 */
export async function keepPresence(tx: Tx, touched: readonly Touched[]): Promise<void> {
  if (touched.length === 0) return
  await sql`lock table indicator_presence in share row exclusive mode`.execute(tx)
  const keys = sql`unnest(${touched.map(({ day }) => day)}::date[], ${touched.map((one) => one.agency_code)}::text[],
    ${touched.map((one) => one.procedure_code)}::text[]) as touched (day, agency_code, procedure_code)`
  await sql`
    insert into indicator_procedure (procedure_code, place)
    select procedure_code, (select coalesce(max(place), -1) from indicator_procedure) + row_number() over (order by procedure_code)
    from (select distinct procedure_code from ${keys}) fresh
    where not exists (select from indicator_procedure known where known.procedure_code = fresh.procedure_code)`.execute(tx)
  await sql`
    with now as (
      select touched.day, touched.agency_code, place,
        coalesce(sum(vals[2]), 0) > 0 as online, coalesce(sum(vals[7]), 0) > 0 as paid_online
      from ${keys} join indicator_procedure using (procedure_code)
      left join indicator_cell cell on cell.grain = 'month_detail' and cell.day = touched.day and cell.agency_code = touched.agency_code
        and cell.procedure_code = touched.procedure_code
      group by 1, 2, 3
    ), mask as (
      select day, agency_code, place / 1024 as chunk, bit_or(${bit(place, sql.raw('true'))}) as asked,
        bit_or(${bit(place, sql.raw('online'))}) as online, bit_or(${bit(place, sql.raw('paid_online'))}) as paid_online
      from now group by 1, 2, 3
    ), changed as (
      update indicator_presence kept
      set online = kept.online & ~mask.asked | mask.online, paid_online = kept.paid_online & ~mask.asked | mask.paid_online
      from mask where kept.grain = 'month' and kept.day = mask.day and kept.agency_code = mask.agency_code and kept.chunk = mask.chunk
      returning kept.day, kept.agency_code, kept.chunk
    )
    insert into indicator_presence (grain, day, agency_code, chunk, online, paid_online)
    select 'month', day, agency_code, chunk, online, paid_online from mask
    where not exists (
      select from changed where changed.day = mask.day and changed.agency_code = mask.agency_code and changed.chunk = mask.chunk
    )`.execute(tx)
  await sql`
    insert into indicator_presence as kept (grain, day, agency_code, chunk, online, paid_online)
    select 'quarter', quarter, asked.agency_code, month.chunk, bit_or(month.online), bit_or(month.paid_online)
    from (select distinct date_trunc('quarter', day::timestamp)::date as quarter, agency_code from ${keys}) asked
    join indicator_presence month on month.grain = 'month' and month.agency_code = asked.agency_code
      and month.day in (quarter, (quarter + interval '1 month')::date, (quarter + interval '2 months')::date)
    group by 2, 3, 4
    on conflict (grain, day, agency_code, chunk) do update set online = excluded.online, paid_online = excluded.paid_online`.execute(tx)
}

/** How many sets (an agency's procedures of a month or quarter) say something else than the folded cells. 0 is the only good answer. */
export async function differingPresence(tx: Tx): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with cells as (
      select day, agency_code, place / 1024 as chunk, bit_or(${bit(place, sql.raw('online > 0'))}) as online,
        bit_or(${bit(place, sql.raw('paid > 0'))}) as paid_online
      from (
        select day, agency_code, procedure_code, sum(coalesce(vals[2], 0)) as online, sum(coalesce(vals[7], 0)) as paid
        from indicator_cell where grain = 'month_detail' group by 1, 2, 3
      ) counted left join indicator_procedure using (procedure_code)
      where online > 0 or paid > 0
      group by 1, 2, 3
    ), sets as (
      select 'month' as grain, day, agency_code, chunk, online, paid_online from cells
      union all
      select 'quarter', date_trunc('quarter', day::timestamp)::date, agency_code, chunk, bit_or(online), bit_or(paid_online)
      from cells group by 2, 3, 4
    )
    select count(*) as n
    from sets cells full join indicator_presence kept using (grain, day, agency_code, chunk)
    where coalesce(cells.online, ${NONE}) <> coalesce(kept.online, ${NONE})
      or coalesce(cells.paid_online, ${NONE}) <> coalesce(kept.paid_online, ${NONE})`.execute(tx)
  return rows[0]?.n ?? 0
}

const none: Presence = { online: 0, paidOnline: 0 }

/** So many agencies are looked for one by one; more are read together with everybody's. */
const FEW = 8

/**
 * Distinct procedures of each group in a period, exact at this moment, in one statement, in the order of the groups. Folded months are
 * read as sets; days outside whole months, and pending deltas, are added to them. A procedure from which a pending delta takes
 * something away is counted from its cells and deltas. Groups must not share an agency's day.
 */
export async function readPresence(tx: Tx, period: Period, groups: readonly Group[]): Promise<readonly Presence[]> {
  if (period.from > period.to || groups.length === 0) return groups.map(() => none)
  const spans = spansOf(period, cutsOf(groups, period), true)
  const months = spansOf(period, cutsOf(groups, period))
  const table = (some: readonly Span[]) =>
    sql`unnest(${some.map(({ grain }) => grain)}::text[], ${some.map(({ first }) => first)}::date[], ${some.map(({ last }) => last)}::date[])
      as span (grain, first, last)`
  const whole = table(spans.filter(({ grain }) => grain !== 'day'))
  const days = table(spans.filter(({ grain }) => grain === 'day'))
  const members = groups.flatMap((group, line) => group.members.map(({ code, first, last }) => ({ agency_code: code, first, last, line })))
  const codes = [...new Set(members.map((member) => member.agency_code))]
  const agencies = (column: string) => (codes.length <= FEW ? sql`and ${sql.raw(column)} = any (${codes}::text[])` : sql``)
  const inPeriod = sql`not (delta.day < ${period.from}::date or delta.day > ${period.to}::date)`
  const belongs = (rows: string) =>
    sql.raw(`member on member.agency_code = ${rows}.agency_code and ${rows}.day between member.first and member.last`)
  const doubted = (rows: string) =>
    sql.raw(`exists (select from doubt where doubt.agency_code = ${rows}.agency_code and doubt.procedure_code = ${rows}.procedure_code)`)
  const word = (id: number) =>
    sql.raw(`(select sum(case word when '${id}' then 1 when '-${id}' then -1 else substr(word, ${String(id).length + 2})::bigint end)
      from unnest(string_to_array(counts, ' ')) word where word in ('${id}', '-${id}') or word like '${id}=%')`)
  // Members as JSON: the planner expects a hundred rows of it and puts them into a hash; of arrays it expects ten and runs through them.
  const { rows } = await sql<{ line: number; online: number; paid: number }>`
    with member as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(members)}::jsonb) as member (agency_code text, first date, last date, line int)
    ), doubt as materialized (
      select distinct agency_code, procedure_code from indicator_delta delta where marks >= 4 and ${inPeriod} ${agencies('agency_code')}
    ), hidden as materialized (
      select agency_code, place / 1024 as chunk, bit_or(set_bit(${NONE}, place % 1024, 1)) as mask
      from doubt join indicator_procedure using (procedure_code) group by 1, 2
    ), folded as materialized (
      select line, kept.chunk, bit_or(case when mask is null then online else online & ~mask end) as online,
        bit_or(case when mask is null then paid_online else paid_online & ~mask end) as paid_online
      from ${whole} join indicator_presence kept on kept.grain = span.grain and kept.day between span.first and span.last
        ${agencies('kept.agency_code')}
      join ${belongs('kept')}
      left join hidden on hidden.agency_code = kept.agency_code and hidden.chunk = kept.chunk
      group by 1, 2
    ), found as (
      select line, procedure_code, marks & 1 > 0 as online, marks & 2 > 0 as paid
      from indicator_delta delta join ${belongs('delta')}
      where marks between 1 and 3 and ${inPeriod} ${agencies('delta.agency_code')} and not ${doubted('delta')}
      union all
      select line, procedure_code, vals[2] > 0, vals[7] > 0
      from ${days} join indicator_cell cell on cell.grain = 'day_detail' and cell.day between span.first and span.last
      join ${belongs('cell')}
      where (vals[2] > 0 or vals[7] > 0) ${agencies('cell.agency_code')} and not ${doubted('cell')}
      union all
      select line, procedure_code, sum(online) > 0, sum(paid) > 0
      from (
        select line, cell.procedure_code, coalesce(vals[2], 0) as online, coalesce(vals[7], 0) as paid
        from ${table(months)} join indicator_cell cell on cell.grain = span.grain || '_detail' and cell.day between span.first and span.last
        join doubt on doubt.agency_code = cell.agency_code and doubt.procedure_code = cell.procedure_code
        join ${belongs('cell')}
        union all
        select line, delta.procedure_code, coalesce(${word(2)}, 0), coalesce(${word(7)}, 0)
        from indicator_delta delta join doubt on doubt.agency_code = delta.agency_code and doubt.procedure_code = delta.procedure_code
        join ${belongs('delta')}
        where marks > 0 and ${inPeriod}
      ) summed
      group by 1, 2
    ), fresh as (
      select found.line, procedure_code, bool_or(found.online and coalesce(get_bit(folded.online, place % 1024), 0) = 0) as online,
        bool_or(paid and coalesce(get_bit(folded.paid_online, place % 1024), 0) = 0) as paid
      from found left join indicator_procedure using (procedure_code)
      left join folded on folded.line = found.line and folded.chunk = place / 1024
      where found.online and coalesce(get_bit(folded.online, place % 1024), 0) = 0
        or paid and coalesce(get_bit(folded.paid_online, place % 1024), 0) = 0
      group by 1, 2
    )
    select line, sum(online)::bigint as online, sum(paid)::bigint as paid
    from (
      select line, bit_count(online) as online, bit_count(paid_online) as paid from folded
      union all
      select line, count(*) filter (where online), count(*) filter (where paid) from fresh group by line
    ) counted
    group by line`.execute(tx)
  const found = new Map(rows.map(({ line, online, paid }) => [line, { online, paidOnline: paid }]))
  return groups.map((_group, line) => found.get(line) ?? none)
}
