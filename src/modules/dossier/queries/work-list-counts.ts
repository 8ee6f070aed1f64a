import { sql } from 'kysely'
import { dayOf } from '../../../kernel/clock.ts'
import { type Stage, stages } from '../rules/dossier.ts'
import { keptWork } from '../work-store.ts'
import { type Condition, type Edges, type Reach, running, sortAt } from './work-list-filter.ts'

/** Open dossiers within reach, by where they stand. */
export interface WorkCounts {
  readonly all: number
  readonly mine: number
  /** Their next step is this officer's to take. */
  readonly forMe: number
  /** Somebody else has to act first. */
  readonly forOthers: number
  /** Received, and nobody works on it yet. */
  readonly unassigned: number
  readonly stages: Readonly<Record<Exclude<Stage, 'closed'>, number>>
  readonly overdue: number
  readonly today: number
  readonly soon: number
  readonly waiting: number
}

/** The counts as the database gives them. */
export interface RawCounts {
  /** At each stage, with and without a holder. */
  readonly held: Partial<Record<Stage, number>> | null
  readonly unheld: Partial<Record<Stage, number>> | null
  readonly mine: number
  /** Of those, what the officer works on, and what somebody else has in hand. */
  readonly working: number
  readonly away: number
  /** What waits for the officer's step by virtue of a role, one number each of `reach.turns`; null: all at that stage. */
  readonly turns: readonly (number | null)[]
  readonly overdue: number
  readonly today: number
  readonly soon: number
}

const byStage = (rows: Condition): Condition => sql`
  (select json_object_agg(stage, n) filter (where held) from (${rows}) at_stage) as held,
  (select json_object_agg(stage, n) filter (where not held) from (${rows}) at_stage) as unheld`

/** What the officer holds, in one short look at their own. */
const own = (reach: Reach): Condition => sql`
  select count(*) as mine, count(*) filter (where d.stage in ('received', 'processing')) as working,
    count(*) filter (where d.stage in ('signing', 'withdrawn')) as away
  from dossier d where d.assignee_id = any(${[...reach.officerIds]}::uuid[]) and d.stage <> 'closed' and ${reach.inReach}`

const list = (parts: readonly Condition[]): Condition => sql`json_build_array(${sql.join(parts)})`

/** Of officers who see only some units: everything open there is looked at, in one pass. */
function withinUnits(reach: Reach, { now, tomorrow, afterSoon }: Edges): Condition {
  const turns = reach.turns.map(({ condition }) => sql`count(*) filter (where ${condition})`)
  return sql`
    with open_work as materialized (
      select d.stage, d.agency_code, d.reception_agency_code, d.assignee_id, d.due_at
      from ${reach.open} d where d.stage <> 'closed' and ${reach.inReach}
    ), counted as (
      select ${turns.length > 0 ? list(turns) : sql`'[]'::json`} as turns,
        count(*) filter (where ${running} and d.due_at < ${now}::timestamptz) as overdue,
        count(*) filter (where ${running} and d.due_at >= ${now}::timestamptz and d.due_at < ${tomorrow}::timestamptz) as today,
        count(*) filter (where ${running} and d.due_at >= ${tomorrow}::timestamptz and d.due_at < ${afterSoon}::timestamptz) as soon
      from open_work d
    )
    select to_json(answer) from (
      select ${byStage(sql`select stage, assignee_id is not null as held, count(*) as n from open_work group by 1, 2`)}, own.*, counted.*
      from counted, (${own(reach)}) own
    ) answer`
}

/** Of officers who see the whole province: kept counts, today's dossiers themselves, and what is the officer's own. */
function wholeProvince(reach: Reach, { today, now, tomorrow, afterSoon }: Edges): Condition {
  const [first, second, third] = [today, tomorrow, afterSoon].map((instant) => dayOf(instant)) as [string, string, string]
  const turns = reach.turns.map(({ codes, condition }) =>
    codes === null ? sql`null::bigint` : sql`(select count(*) from dossier d where d.stage <> 'closed' and ${condition})`,
  )
  return sql`
    with kept as materialized (${keptWork}), days as (
      select coalesce(sum(n) filter (where due_day < ${first}::date), 0)::bigint as past,
        coalesce(sum(n) filter (where due_day >= ${second}::date and due_day < ${third}::date), 0)::bigint as soon
      from kept where grain = 'day'
    ), due_today as (
      select count(*) filter (where d.due_at < ${now}::timestamptz) as past, count(*) filter (where d.due_at >= ${now}::timestamptz) as today
      from dossier d
      where d.stage <> 'closed' and ${running} and d.due_at is not null
        and ${sortAt} >= ${today}::timestamptz and ${sortAt} < ${tomorrow}::timestamptz
    )
    select to_json(answer) from (
      select ${byStage(sql`select stage, held, sum(n)::bigint as n from kept where grain = 'stage' group by 1, 2`)}, own.*,
        ${turns.length > 0 ? list(turns) : sql`'[]'::json`} as turns,
        days.past + due_today.past as overdue, due_today.today, days.soon
      from days, due_today, (${own(reach)}) own
    ) answer`
}

/** One JSON object with every count at the top of the list. */
export const countsSql = (reach: Reach, edges: Edges): Condition =>
  reach.codes === null ? wholeProvince(reach, edges) : withinUnits(reach, edges)

const open = stages.filter((stage): stage is Exclude<Stage, 'closed'> => stage !== 'closed')

/** The counts as lists show them. */
export function countsOf(raw: RawCounts | undefined, reach: Reach): WorkCounts {
  const held = (stage: Stage): number => raw?.held?.[stage] ?? 0
  const unheld = (stage: Stage): number => raw?.unheld?.[stage] ?? 0
  const at = (stage: Stage): number => held(stage) + unheld(stage)
  const waiting = at('supplement') + at('payment')
  const turns = reach.turns.map(({ stage, unheld: onlyUnheld }, n) => raw?.turns[n] ?? (onlyUnheld ? unheld(stage) : at(stage)))
  return {
    all: open.reduce((sum, stage) => sum + at(stage), 0),
    mine: raw?.mine ?? 0,
    forMe: turns.reduce((sum, n) => sum + n, raw?.working ?? 0),
    forOthers: waiting + (raw?.away ?? 0),
    unassigned: unheld('received') + unheld('processing'),
    stages: Object.fromEntries(open.map((stage) => [stage, at(stage)])) as unknown as WorkCounts['stages'],
    overdue: raw?.overdue ?? 0,
    today: raw?.today ?? 0,
    soon: raw?.soon ?? 0,
    waiting,
  }
}
