import { sql } from 'kysely'
import type { App } from '../../../kernel/app.ts'
import type { Day } from '../../../kernel/clock.ts'
import type { Actor } from '../../../kernel/context.ts'
import type { Province } from '../../../kernel/database/index.ts'
import { refusals } from '../../../kernel/errors.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'

export const figureGroups = ['total', 'hour', 'day', 'point', 'category'] as const
export type FigureGroup = (typeof figureGroups)[number]

/** Waiting and service of some tickets. Times in seconds; null when nobody was called, or served. */
export interface QueueFigure {
  readonly key: string
  /** Tickets taken. */
  readonly n: number
  readonly called: number
  readonly waitMedian: number | null
  readonly waitP90: number | null
  readonly served: number
  readonly serviceMedian: number | null
  readonly serviceP90: number | null
  readonly absent: number
}

/** Whoever asks for figures, where, and from when to when (both days included). */
export interface FigureQuestion {
  readonly agencyCode: string
  readonly from: Day
  readonly to: Day
}

/** Figures of a counter, in every grouping at once; one statement. Refusal: access.denied. */
export async function queueFigures(
  host: Pick<App, 'db' | 'access'>,
  asker: { province: Province; actor: Actor },
  { agencyCode, from, to }: FigureQuestion,
): Promise<Result<Record<FigureGroup, QueueFigure[]>>> {
  if (!host.access(asker.province).can(asker.actor, 'queue.figures', { agencyCode })) return refuse(refusals.denied)
  const { rows } = await host.db.read(asker.province, (tx) =>
    sql<QueueFigure & { by: FigureGroup }>`
      with tickets as (
        select to_char(taken_at at time zone 'Asia/Ho_Chi_Minh', 'HH24') as hour, day::text as day,
          lpad(coalesce(point_number::text, '—'), 2) as point, category, stage, first_called_at, started_at,
          extract(epoch from first_called_at - taken_at)::float8 as wait,
          case when stage = 'served' then extract(epoch from ended_at - started_at)::float8 end as service
        from queue_ticket where agency_code = ${agencyCode} and day between ${from}::date and ${to}::date
      )
      select case when grouping(hour) = 0 then 'hour' when grouping(day) = 0 then 'day' when grouping(point) = 0 then 'point'
          when grouping(category) = 0 then 'category' else 'total' end as by,
        coalesce(hour, day, point, category, '') as key, count(*)::int as n, count(first_called_at)::int as called,
        percentile_cont(0.5) within group (order by wait) as "waitMedian", percentile_cont(0.9) within group (order by wait) as "waitP90",
        count(service)::int as served, percentile_cont(0.5) within group (order by service) as "serviceMedian",
        percentile_cont(0.9) within group (order by service) as "serviceP90", count(*) filter (where stage = 'absent')::int as absent
      from tickets group by grouping sets ((hour), (day), (point), (category), ()) order by 1, 2`.execute(tx),
  )
  const of = (by: FigureGroup): QueueFigure[] => rows.filter((row) => row.by === by)
  return ok({ total: of('total'), hour: of('hour'), day: of('day'), point: of('point'), category: of('category') })
}
