import { sql } from 'kysely'
import { allow } from '../../../kernel/access/index.ts'
import type { Context } from '../../../kernel/context.ts'
import { Refused, refusals } from '../../../kernel/errors.ts'
import { record } from '../../../kernel/events.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import { unitsOfOfficer } from '../queries/work-views.ts'
import { tooManyViews, unknownView } from '../work-errors.ts'

/** Views an officer may keep. */
const MOST_VIEWS = 30

export interface SaveView {
  readonly name: string
  /** Filters as they stand in the address. */
  readonly query: string
  /** One of the officer's own units, which sees it too. */
  readonly shareWith?: string | undefined
}

function officerOf(cx: Context) {
  const actor = allow(cx, 'dossier.list')
  if (actor.kind !== 'officer') throw new Refused(refusals.denied)
  return actor
}

/** Keeps a list under a name; the same name again takes the new filters. Refusals: access.denied, dossier.too-many-views. */
export async function saveView(cx: Context, input: SaveView): Promise<Result<{ id: string }>> {
  const officer = officerOf(cx)
  const unit = input.shareWith ?? null
  if (unit !== null && !unitsOfOfficer(officer).includes(unit)) throw new Refused(refusals.denied)
  const { rows: known } = await sql<{ id: string; name: string }>`
    select id, name from work_list_view where officer_id = ${officer.officerId}::uuid`.execute(cx.tx)
  const same = known.find(({ name }) => name === input.name)
  if (!same && known.length >= MOST_VIEWS) throw new Refused(tooManyViews(MOST_VIEWS))
  const id = same?.id ?? cx.id()
  await sql`
    insert into work_list_view (id, officer_id, officer_name, agency_code, name, query, created_at)
    values (${id}::uuid, ${officer.officerId}::uuid, ${officer.name}, ${unit}, ${input.name}, ${input.query}, ${cx.now}::timestamptz)
    on conflict (id) do update set query = excluded.query, agency_code = excluded.agency_code`.execute(cx.tx)
  await record(cx, { events: [], result: { id } })
  return ok({ id })
}

/** Forgets one of the officer's own views. Refusal: dossier.unknown-view. */
export async function forgetView(cx: Context, id: string): Promise<Result<{ id: string }>> {
  const officer = officerOf(cx)
  const { numAffectedRows } = await sql`
    with setting as (update work_list_setting set default_view = null where default_view = ${id}::uuid and officer_id = ${officer.officerId}::uuid)
    delete from work_list_view where id = ${id}::uuid and officer_id = ${officer.officerId}::uuid`.execute(cx.tx)
  if (numAffectedRows === 0n) throw new Refused(unknownView)
  await record(cx, { events: [], result: { id } })
  return ok({ id })
}

export interface ArrangeList {
  /** Columns in their order; empty: as usual. */
  readonly columns: readonly string[]
  /** The view to begin with; null: everything within reach. */
  readonly defaultView: string | null
}

/** Which columns an officer sees, in which order, and the view they begin with. Refusal: dossier.unknown-view. */
export async function arrangeList(cx: Context, input: ArrangeList): Promise<Result<ArrangeList>> {
  const officer = officerOf(cx)
  if (input.defaultView !== null) {
    const { rows } = await sql`
      select from work_list_view where id = ${input.defaultView}::uuid
        and (officer_id = ${officer.officerId}::uuid or agency_code = any(${unitsOfOfficer(officer)}::text[]))`.execute(cx.tx)
    if (rows.length === 0) throw new Refused(unknownView)
  }
  await sql`
    insert into work_list_setting (officer_id, columns, default_view, updated_at)
    values (${officer.officerId}::uuid, ${[...input.columns]}::text[], ${input.defaultView}::uuid, ${cx.now}::timestamptz)
    on conflict (officer_id) do update
      set columns = excluded.columns, default_view = excluded.default_view, updated_at = excluded.updated_at`.execute(cx.tx)
  await record(cx, { events: [], result: input })
  return ok(input)
}
