import { sql } from 'kysely'
import type { Day } from '../../../kernel/clock.ts'
import type { Tx } from '../../../kernel/database/index.ts'
import type { Period } from '../rules/period.ts'

/**
 * A word for the counts of each week (from Monday) or month of a period, by its first day: as long as the word is the same, so are the
 * counts. Made of which row versions there are, folded and pending; cheaper by far than reading the counts. A word may change without the
 * counts (when deltas are folded); read the words before the counts, then what is kept under a word is never older than it.
 */
export async function readStamps(tx: Tx, period: Period, by: 'week' | 'month'): Promise<ReadonlyMap<Day, string>> {
  // Every change of a day is a change of its month's row too, and there are thirty times fewer of these.
  const grain = by === 'week' ? 'day' : 'month'
  const bucket = by === 'week' ? sql`day - ((day - date '0001-01-01') % 7)` : sql`date_trunc('month', day::timestamp)::date`
  const { rows } = await sql<{ bucket: Day; stamp: string }>`
    select ${bucket} as bucket, concat('c', count(*), ' ', sum(hashint8extended(xmin::text::bigint, 0)::numeric)) as stamp
    from indicator_cell
    where grain = ${grain} and day between ${by === 'week' ? sql`${period.from}::date` : sql`date_trunc('month', ${period.from}::timestamp)::date`} and ${period.to}::date
    group by 1
    union all
    select ${bucket} as bucket, concat('d', count(*), ' ', sum(hashint8extended(id, 0)::numeric)) as stamp
    from indicator_delta
    where not (day < ${period.from}::date or day > ${period.to}::date)
    group by 1`.execute(tx)
  const stamps = new Map<Day, string>()
  for (const { bucket: day, stamp } of rows.sort((a, b) => a.stamp.localeCompare(b.stamp)))
    stamps.set(day, `${stamps.get(day) ?? ''} ${stamp}`)
  return stamps
}
