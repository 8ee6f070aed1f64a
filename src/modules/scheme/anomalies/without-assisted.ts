import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Snapshot, Tx } from '../../../kernel/database/index.ts'
import { judgedAt, lateWhileOpen } from '../../dossier/index.ts'
import { complained } from '../../feedback/index.ts'
import { measureId } from '../../indicator/index.ts'
import type { ScoredUnit } from '../queries/amounts.ts'
import { type ScoredLine, type ScoreQuestion, scoreUnits } from '../queries/scores.ts'
import { scoreUnit } from '../rules/score.ts'
import { type Assisted, withoutAssisted } from '../rules/without-assisted.ts'

const counted = {
  received: 'received',
  on_time: 'on_time',
  online: 'online',
  assisted: 'assisted',
  online_complete: 'online_complete',
  fee_due: 'fee_due',
  paid_online: 'paid_online',
  result_due: 'result_due',
  result_given: 'result_given',
  digitised_complete: 'digitised_complete',
  reused: 'reused',
  population_data: 'population_data',
} as const
type Counted = keyof typeof counted
const names = Object.keys(counted) as Counted[]

const bit = (name: Counted): number => 1 << (measureId[counted[name]] - 1)
const FINISHED = 1 << (measureId.finished - 1)
const HELPED = bit('online') | bit('assisted')

/** Dossiers filed online with help in a period, by unit and day: what they count for, out of the index. */
async function readAssisted(tx: Tx, unit: ScoredUnit, { period }: ScoreQuestion, now: Temporal.Instant): Promise<Assisted> {
  const members = JSON.stringify(unit.group.members)
  const sums = names.map((name) => sql`count(*) filter (where d.counted & ${sql.lit(bit(name))} <> 0) as ${sql.ref(name)}`)
  const wasHelped = sql`d.counted & ${sql.lit(HELPED)} = ${sql.lit(HELPED)}`
  const inPeriod = sql`d.received_day between ${period.from}::date and ${period.to}::date and ${wasHelped}`
  // Open ones and those with a complaint are few: only they are looked at themselves. A complaint counts where its mark says.
  const { rows } = await sql<Record<Counted, number> & { late: number; open: number; openLate: number; complained: number }>`
    with member as (
      select * from jsonb_to_recordset(${members}::jsonb) as m (code text, first date, last date)
    )
    select ${sql.join(sums)},
      count(*) filter (where d.counted & ${sql.lit(FINISHED)} <> 0 and d.counted & ${sql.lit(bit('on_time'))} = 0) as late,
      count(*) filter (where d.counted & ${sql.lit(FINISHED)} = 0) as open,
      (
        select count(*) from dossier d join member m on m.code = d.agency_code and d.received_day between m.first and m.last
        where d.completed_at is null and d.closed_at is null and ${inPeriod} and ${lateWhileOpen(judgedAt(period, now))}
      ) as "openLate",
      (
        select count(*) from dossier_mark mark
        join member m on m.code = ${complained.agency} and ${complained.day} between m.first and m.last
        join dossier d on d.id = mark.dossier_id
        where ${complained.counts} and ${complained.day} between ${period.from}::date and ${period.to}::date and ${wasHelped}
      ) as complained
    from dossier d join member m on m.code = d.agency_code and d.received_day between m.first and m.last
    where ${inPeriod}`.execute(tx)
  const [row] = rows
  if (!row) return {}
  return {
    ...Object.fromEntries(names.map((name) => [name, row[name]])),
    complained: row.complained,
    late: row.late + row.openLate,
    open_in_time: row.open - row.openLate,
  }
}

/** A unit's score as it is, and as it would be without the dossiers filed online with help; and how many those are. */
export async function scoreBoth(
  tx: Snapshot,
  question: ScoreQuestion,
  unit: ScoredUnit,
  now: Temporal.Instant,
): Promise<{ with: ScoredLine; without: ScoredLine; assisted: number }> {
  const { lines, version } = await scoreUnits(tx, question, [unit], now)
  const [line] = lines
  if (!line) throw new Error('a unit was not scored')
  const assisted = await readAssisted(tx, unit, question, now)
  const amounts = withoutAssisted(line.amounts, assisted)
  return { with: line, without: { ...line, amounts, score: scoreUnit(version, unit.level, amounts) }, assisted: assisted.assisted ?? 0 }
}
