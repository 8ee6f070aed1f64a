import { sql } from 'kysely'
import type { Day } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/database/index.ts'
import type { WorkDelta } from './rules/work-count.ts'

/** A data-modifying part of a statement: what a change adds to the counts of open work travels with the change itself. */
export const insertWorkDeltas = (deltas: readonly WorkDelta[]) => sql`
  insert into dossier_work_delta (stage, held, due_day, n)
  select stage, held, due_day, n
  from jsonb_to_recordset(${JSON.stringify(deltas)}::jsonb) as moved(stage text, held boolean, due_day date, n integer)`

/** Takes up to `limit` pending rows into the cells, in the order of their key. Returns how many it took. */
export async function foldWork(tx: Tx, limit: number): Promise<number> {
  const { rows } = await sql<{ taken: number }>`
    with taken as (
      delete from dossier_work_delta
      where id = any (array(select id from dossier_work_delta order by id limit ${limit} for update skip locked))
      returning stage, held, due_day, n
    ), folded as (
      insert into dossier_work_cell as cell (stage, held, due_day, n)
      select stage, held, due_day, sum(n) from taken group by 1, 2, 3 having sum(n) <> 0 order by 1, 2, 3
      on conflict (stage, held, due_day) do update set n = cell.n + excluded.n
    )
    select count(*) as taken from taken`.execute(tx)
  return rows[0]?.taken ?? 0
}

/** Cells that came to nothing, days that have gone by. */
export async function clearEmptyWork(tx: Tx): Promise<void> {
  await sql`
    delete from dossier_work_cell cell
    using (select stage, held, due_day from dossier_work_cell where n = 0 order by 1, 2, 3 for update skip locked) empty
    where (cell.stage, cell.held, cell.due_day) = (empty.stage, empty.held, empty.due_day) and cell.n = 0`.execute(tx)
}

/** A place where the kept counts say something else than the dossiers. */
export interface WorkDifference {
  readonly stage: string
  readonly held: boolean
  readonly dueDay: Day
  readonly counted: number
  readonly shown: number
}

const counted = sql`
  select stage, assignee_id is not null as held, coalesce((due_at at time zone 'Asia/Ho_Chi_Minh')::date, '9999-12-31') as due_day, count(*) as n
  from dossier where stage <> 'closed' group by 1, 2, 3`

/** Counts the open dossiers again and compares: one statement, one snapshot. */
export async function workDifferences(tx: Tx): Promise<WorkDifference[]> {
  const { rows } = await sql<WorkDifference>`
    with counted as (${counted}), shown as (
      select stage, held, due_day, sum(n)::bigint as n
      from (select stage, held, due_day, n from dossier_work_cell union all select stage, held, due_day, n from dossier_work_delta) kept
      group by 1, 2, 3
    )
    select stage, held, due_day as "dueDay", coalesce(counted.n, 0) as counted, coalesce(shown.n, 0) as shown
    from counted full join shown using (stage, held, due_day)
    where coalesce(counted.n, 0) <> coalesce(shown.n, 0)
    order by 1, 2, 3`.execute(tx)
  return rows
}

/** Corrects the kept counts by what they differ: insert-only, so that it needs no lock and may run beside everything else. */
export async function insertCorrections(tx: Tx, differences: readonly WorkDifference[]): Promise<void> {
  const deltas = differences.map(({ stage, held, dueDay, counted: right, shown }) => ({ stage, held, due_day: dueDay, n: right - shown }))
  await insertWorkDeltas(deltas as unknown as readonly WorkDelta[]).execute(tx)
}
