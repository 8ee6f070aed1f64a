import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/database/index.ts'
import type { WorkDelta } from './rules/work-count.ts'

/** A data-modifying part of a statement: what a change adds to the counts of open work travels with the change itself. */
export const insertWorkDeltas = (deltas: readonly WorkDelta[]) => sql`
  insert into dossier_work_delta (stage, held, due_day, n)
  select stage, held, due_day, n
  from jsonb_to_recordset(${JSON.stringify(deltas)}::jsonb) as moved(stage text, held boolean, due_day date, n integer)`

/** Stages at which the clock runs against the office. The fold keeps days of these; a change here needs the counts rebuilt. */
const RUNNING = sql`('submitted', 'received', 'processing', 'signing')`
const NO_DAY = sql`date '9999-12-31'`

/** Pending rows as what they add to the cells. */
const asCells = (rows: RawBuilder<unknown>) => sql`
  select 'stage' as grain, stage, held, ${NO_DAY} as due_day, n from ${rows} one
  union all
  select 'day', '', false, due_day, n from ${rows} one where stage in ${RUNNING} and due_day <> ${NO_DAY}`

/** Takes up to `limit` pending rows into the cells, in the order of their key. Returns how many it took. */
export async function foldWork(tx: Tx, limit: number): Promise<number> {
  const { rows } = await sql<{ taken: number }>`
    with taken as (
      delete from dossier_work_delta
      where id = any (array(select id from dossier_work_delta order by id limit ${limit} for update skip locked))
      returning stage, held, due_day, n
    ), folded as (
      insert into dossier_work_cell as cell (grain, stage, held, due_day, n)
      select grain, stage, held, due_day, sum(n) from (${asCells(sql`taken`)}) added group by 1, 2, 3, 4 having sum(n) <> 0 order by 1, 2, 3, 4
      on conflict (grain, stage, held, due_day) do update set n = cell.n + excluded.n
    )
    select count(*) as taken from taken`.execute(tx)
  return rows[0]?.taken ?? 0
}

/** Cells that came to nothing, days that have gone by. */
export async function clearEmptyWork(tx: Tx): Promise<void> {
  await sql`
    delete from dossier_work_cell cell
    using (select grain, stage, held, due_day from dossier_work_cell where n = 0 order by 1, 2, 3, 4 for update skip locked) empty
    where (cell.grain, cell.stage, cell.held, cell.due_day) = (empty.grain, empty.stage, empty.held, empty.due_day)`.execute(tx)
}

/** What is kept: cells and what is pending. */
export const keptWork = sql`
  select grain, stage, held, due_day, n from dossier_work_cell
  union all
  select * from (${asCells(sql`dossier_work_delta`)}) pending`

/** A place where the kept counts say something else than the dossiers. */
export interface WorkDifference {
  readonly grain: 'stage' | 'day'
  readonly stage: string
  readonly held: boolean
  readonly dueDay: Day
  readonly counted: number
  readonly shown: number
}

const counted = sql`
  select grain, stage, held, due_day, sum(n)::bigint as n
  from (${asCells(sql`(
    select stage, assignee_id is not null as held, coalesce((due_at at time zone 'Asia/Ho_Chi_Minh')::date, ${NO_DAY}) as due_day, count(*) as n
    from dossier where stage <> 'closed' group by 1, 2, 3)`)}) dossiers
  group by 1, 2, 3, 4`

/** Counts the open dossiers again and compares: one statement, one snapshot. */
export async function workDifferences(tx: Tx): Promise<WorkDifference[]> {
  const { rows } = await sql<WorkDifference>`
    with counted as (${counted}), shown as (select grain, stage, held, due_day, sum(n)::bigint as n from (${keptWork}) kept group by 1, 2, 3, 4)
    select grain, stage, held, due_day as "dueDay", coalesce(counted.n, 0) as counted, coalesce(shown.n, 0) as shown
    from counted full join shown using (grain, stage, held, due_day)
    where coalesce(counted.n, 0) <> coalesce(shown.n, 0)
    order by 1, 2, 3, 4`.execute(tx)
  return rows
}

/** Puts the count of now in place of what is kept. Between a reader's snapshot and this nothing is lost: what commits later stays pending. */
export async function rebuildWork(tx: Tx): Promise<void> {
  await sql`delete from dossier_work_delta`.execute(tx)
  await sql`delete from dossier_work_cell`.execute(tx)
  await sql`insert into dossier_work_cell (grain, stage, held, due_day, n) ${counted}`.execute(tx)
}
