import { sql } from 'kysely'
import { dayOf } from '../../../kernel/clock.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import type { Asker, QueryHost } from './reader.ts'
import { listReader } from './work-list.ts'
import { edgesOf, running } from './work-list-filter.ts'

/** What open work is put together by. */
export type WorkGrouping = 'holder' | 'unit' | 'procedure'
export const workGroupings: readonly WorkGrouping[] = ['holder', 'unit', 'procedure']

/** Open dossiers of one holder, unit or procedure. What does not apply is null; nobody holds what has no officer. */
export interface WorkGroup {
  readonly assigneeId: string | null
  readonly assigneeName: string | null
  readonly agencyCode: string | null
  readonly agencyName: string | null
  readonly procedureCode: string | null
  readonly procedureName: string | null
  readonly open: number
  readonly overdue: number
  readonly today: number
  readonly soon: number
  /** Due time of what is overdue the longest. */
  readonly oldestDueAt: string | null
}

export const MOST_GROUPS = 200

const keys = {
  holder: { assignee: sql`d.assignee_id`, agency: sql`d.agency_code`, procedure: sql`null::text` },
  unit: { assignee: sql`null::uuid`, agency: sql`d.agency_code`, procedure: sql`null::text` },
  procedure: { assignee: sql`null::uuid`, agency: sql`null::text`, procedure: sql`d.procedure_code` },
} as const

/** Who (or what) holds how much open work, the most overdue first: one look over an index of open dossiers. */
export async function workGroups(host: QueryHost, asker: Asker, by: WorkGrouping): Promise<Result<readonly WorkGroup[]>> {
  const opened = await listReader(host, asker)
  if (!opened.ok) return opened
  const { reader, reach } = opened.value
  const { now, tomorrow, afterSoon } = edgesOf(reader.now, reader.soonDays)
  const { assignee, agency, procedure } = keys[by]
  const { rows } = await reader.read((tx) =>
    sql<{ row: Omit<WorkGroup, 'agencyName'> }>`
      select json_build_object('assigneeId', g.assignee_id, 'assigneeName', case when g.assignee_id is not null then one.assignee_name end,
        'agencyCode', g.agency_code, 'procedureCode', g.procedure_code,
        'procedureName', case when g.procedure_code is not null then one.procedure_name end,
        'open', g.open, 'overdue', g.overdue, 'today', g.today, 'soon', g.soon, 'oldestDueAt', g.oldest) as row
      from (
        select ${assignee} as assignee_id, ${agency} as agency_code, ${procedure} as procedure_code, count(*) as open,
          count(*) filter (where ${running} and d.due_at < ${now}::timestamptz) as overdue,
          count(*) filter (where ${running} and d.due_at >= ${now}::timestamptz and d.due_at < ${tomorrow}::timestamptz) as today,
          count(*) filter (where ${running} and d.due_at >= ${tomorrow}::timestamptz and d.due_at < ${afterSoon}::timestamptz) as soon,
          min(d.due_at) filter (where ${running} and d.due_at < ${now}::timestamptz) as oldest,
          (array_agg(d.id))[1] as sample
        from dossier d where d.stage <> 'closed' and ${reach.inReach}
        group by 1, 2, 3
        order by 5 desc, 4 desc, 1, 2, 3
        limit ${MOST_GROUPS}
      ) g
      join dossier one on one.id = g.sample
      order by g.overdue desc, g.open desc, one.assignee_name, g.agency_code, g.procedure_code`.execute(tx),
  )
  const today = dayOf(reader.now)
  return ok(rows.map(({ row }) => ({ ...row, agencyName: row.agencyCode === null ? null : reader.directory.name(row.agencyCode, today) })))
}
