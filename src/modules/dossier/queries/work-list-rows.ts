import { sql } from 'kysely'
import { ok, type Result } from '../../../kernel/result.ts'
import { masked } from '../view.ts'
import type { Asker, QueryHost, Reader } from './reader.ts'
import { listReader, pageOf, type RawRow, rowsSql, shownRows, type WorkRow } from './work-list.ts'
import { edgesOf, type WorkListFilter } from './work-list-filter.ts'

/** Rows a statement while a list is written out. */
const AT_ONCE = 1000

/** What somebody may see of a personal number in a list that leaves the house: all of it only where they may see it anyway. */
const numberOf = ({ access, actor }: Reader, row: RawRow): string | null => {
  const target = { agencyCodes: [row.agencyCode, row.receptionAgencyCode], assigneeId: row.assigneeId }
  return access.can(actor, 'dossier.see-number', target) ? row.applicantNumber : masked(row.applicantNumber)
}

/** Every row of a list, some at a time, in its order; of a search as many as a page can show. Refusal: access.denied. */
export async function workRows(host: QueryHost, asker: Asker, filter: WorkListFilter): Promise<Result<AsyncGenerator<WorkRow[]>>> {
  const opened = await listReader(host, asker)
  if (!opened.ok) return opened
  const { reader, reach } = opened.value
  const edges = edgesOf(reader.now, reader.soonDays)
  async function* all(): AsyncGenerator<WorkRow[]> {
    for (let after: string | undefined; ; ) {
      const { page, searched } = pageOf({ ...filter, after }, reach, edges, AT_ONCE)
      const { rows } = await reader.read((tx) => sql<{ rows: RawRow[] }>`select (${rowsSql(page)}) as rows`.execute(tx))
      const raw = rows[0]?.rows ?? []
      yield shownRows(reader, raw, edges).map((row, n) => ({ ...row, applicantNumber: numberOf(reader, raw[n] as RawRow) }))
      const last = raw.at(-1)
      if (searched || raw.length < AT_ONCE || !last) return
      after = `${last.sortAt}_${last.id}`
    }
  }
  return ok(all())
}

/** Dossiers by id as they stand now, in the order asked for; what does not lie within reach is left out. Refusal: access.denied. */
export async function chosenRows(host: QueryHost, asker: Asker, ids: readonly string[]): Promise<Result<readonly WorkRow[]>> {
  const opened = await listReader(host, asker)
  if (!opened.ok) return opened
  const { reader, reach } = opened.value
  const chosen = sql`
    select d.id, chosen.place from unnest(${[...ids]}::uuid[]) with ordinality as chosen (id, place)
    join dossier d on d.id = chosen.id where ${reach.inReach}`
  const { rows } = await reader.read((tx) => sql<{ rows: RawRow[] }>`select (${rowsSql(chosen)}) as rows`.execute(tx))
  return ok(shownRows(reader, rows[0]?.rows ?? [], edgesOf(reader.now, reader.soonDays)))
}

/** The first rows that a search finds, without anything else of a list: while somebody is still typing. Refusal: access.denied. */
export async function foundRows(host: QueryHost, asker: Asker, search: string, limit: number): Promise<Result<readonly WorkRow[]>> {
  const opened = await listReader(host, asker)
  if (!opened.ok) return opened
  const { reader, reach } = opened.value
  const edges = edgesOf(reader.now, reader.soonDays)
  const { page } = pageOf({ search }, reach, edges, limit)
  const { rows } = await reader.read((tx) => sql<{ rows: RawRow[] }>`select (${rowsSql(page)}) as rows`.execute(tx))
  return ok(shownRows(reader, rows[0]?.rows ?? [], edges))
}
