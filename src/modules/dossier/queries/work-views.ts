import { sql } from 'kysely'
import type { Actor } from '../../../kernel/context.ts'
import type { Reader } from './reader.ts'
import type { Condition } from './work-list-filter.ts'

/** A list kept under a name: its filters as they stand in the address. */
export interface WorkView {
  readonly id: string
  readonly name: string
  readonly query: string
  readonly own: boolean
  /** The unit that sees it too. */
  readonly sharedWith: string | null
  readonly by: string
}

/** How an officer has their lists. */
export interface WorkArrangement {
  /** Columns in their order; empty: as usual. */
  readonly columns: readonly string[]
  /** The view they begin with. */
  readonly defaultView: string | null
  readonly views: readonly WorkView[]
}

/** Units whose shared views an officer sees: where they hold a role. */
export const unitsOfOfficer = (actor: Actor): string[] =>
  actor.kind === 'officer' ? [...new Set(actor.grants.map(({ agencyCode }) => agencyCode))] : []

/** Columns, first view and every view the officer may use, as one JSON value: part of the list's own statement. */
export function arrangementSql({ actor }: Reader): Condition {
  if (actor.kind !== 'officer') return sql`null::json`
  return sql`
    select json_build_object(
      'columns', coalesce((select to_json(columns) from work_list_setting where officer_id = ${actor.officerId}::uuid), '[]'::json),
      'defaultView', (select default_view from work_list_setting where officer_id = ${actor.officerId}::uuid),
      'views', coalesce((
        select json_agg(json_build_object('id', id, 'name', name, 'query', query, 'own', officer_id = ${actor.officerId}::uuid,
          'sharedWith', agency_code, 'by', officer_name) order by name, id)
        from work_list_view
        where officer_id = ${actor.officerId}::uuid or agency_code = any(${unitsOfOfficer(actor)}::text[])
      ), '[]'::json))`
}
