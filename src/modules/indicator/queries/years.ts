import { sql } from 'kysely'
import type { Tx } from '../../../kernel/database/index.ts'

/** The years of which there are figures, the latest first: one step along the index a year, however many dossiers there are. */
export async function readYears(tx: Tx): Promise<number[]> {
  const { rows } = await sql<{ year: number }>`
    with recursive found (day) as (
      select min(day) from indicator_cell where grain = 'month'
      union all
      select (
        select min(day) from indicator_cell
        where grain = 'month' and day >= (date_trunc('year', found.day::timestamp) + interval '1 year')::date
      )
      from found where found.day is not null
    )
    select extract(year from day)::int as year from found where day is not null
    union
    select extract(year from day)::int from indicator_delta
    order by year desc`.execute(tx)
  return rows.map(({ year }) => year)
}
