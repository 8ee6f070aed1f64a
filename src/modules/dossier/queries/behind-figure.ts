import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import { addDays, type Day, dayOf } from '../../../kernel/clock.ts'
import type { Tx } from '../../../kernel/database/index.ts'
import { refusals } from '../../../kernel/errors.ts'
import type { Channel } from '../../../kernel/events.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import type { Member } from '../../indicator/index.ts'
import { bitOf, type MeasureCode } from '../measures.ts'
import type { Stage, Status } from '../rules/dossier.ts'
import { judgedAt, lateWhileOpen } from './open-late.ts'
import { type Asker, type QueryHost, reachedCodes, readCursor, readerOf } from './reader.ts'

/** The figure whose dossiers are wanted. */
export interface FigureBehind {
  /** First and last civil day of reception, both included: the figure's whole period, also where its unit did not stand for all of it. */
  readonly from: Day
  readonly to: Day
  /** Agencies that count for the figure, each on its own days of the period, no day of one of them twice; absent = all. */
  readonly members?: readonly Member[] | undefined
  readonly procedureCode?: string | undefined
  readonly channel?: Channel | undefined
  /** Count in these measures … */
  readonly has?: readonly MeasureCode[] | undefined
  /** … and not in these: the rest of a rate. */
  readonly lacks?: readonly MeasureCode[] | undefined
  /**
   * Only those that are late, done or not; or only those not done and still in time. Judged at the period's end, by the clock while it
   * lasts. (QĐ 766/QĐ-TTg, rule 2.1.)
   */
  readonly standing?: 'late' | 'in-time' | undefined
  readonly after?: string | undefined
  readonly limit?: number | undefined
}

export interface BehindRow {
  readonly id: string
  readonly code: string | null
  readonly procedureCode: string
  readonly procedureName: string
  readonly agencyCode: string
  readonly agencyName: string
  readonly channel: Channel
  readonly status: Status
  readonly stage: Stage
  readonly receivedDay: Day
  readonly receivedAt: string
  readonly dueAt: string | null
  readonly completedAt: string | null
  readonly source: string | null
}

export interface BehindFigure {
  readonly rows: readonly BehindRow[]
  readonly next: string | null
}

const bits = (codes: readonly MeasureCode[] | undefined): number => (codes ?? []).reduce((sum, code) => sum | bitOf(code), 0)
const [finished, onTime] = [bitOf('finished'), bitOf('on_time')]

/** As a condition on a dossier `d`: what `FigureBehind.standing` asks. */
function standingOf({ standing, to }: FigureBehind, now: Temporal.Instant) {
  if (!standing) return sql``
  const isLate = lateWhileOpen(judgedAt({ to }, now))
  return standing === 'late'
    ? sql`and d.counted & ${onTime}::int = 0 and (d.counted & ${finished}::int > 0 or ${isLate})`
    : sql`and d.counted & ${finished}::int = 0 and not ${isLate}`
}

/** Days on all of which the same agencies count. */
interface Stretch {
  readonly first: Day
  readonly last: Day
  readonly codes: readonly string[] | undefined
}

/** A figure's days, the latest first, cut where an agency comes or goes: mostly one stretch, for they do on few days. */
function stretchesOf({ from, to, members }: FigureBehind): Stretch[] {
  if (!members) return [{ first: from, last: to, codes: undefined }]
  const begins = new Set([from, ...members.flatMap(({ first, last }) => (last < to ? [first, addDays(last, 1)] : [first]))])
  return [...begins]
    .sort()
    .map((first, n, all) => {
      const next = all[n + 1]
      const codes = members.filter((member) => member.first <= first && member.last >= first).map(({ code }) => code)
      return { first, last: next ? addDays(next, -1) : to, codes }
    })
    .filter(({ codes }) => codes.length > 0)
    .reverse()
}

/**
 * The dossiers that a figure counts, newest first, without names: exactly those whose counts add up to it, because each row keeps
 * what it counts for. Entry: whoever holds `dossier.list`, over the agencies of their reach.
 */
export async function dossiersBehind(host: QueryHost, asker: Asker, figure: FigureBehind): Promise<Result<BehindFigure>> {
  const reader = await readerOf(host, asker)
  if (!reader.access.can(reader.actor, 'dossier.list'))
    return refuse(reader.actor.kind === 'anonymous' ? refusals.signInNeeded : refusals.denied)
  const reached = reachedCodes(reader, 'dossier.list')
  const limit = Math.min(Math.max(figure.limit ?? 50, 1), 200)
  const cursor = readCursor(figure.after)
  const [has, lacks] = [bits(figure.has), bits(figure.lacks)]
  const read = (tx: Tx, { first, last, codes }: Stretch, most: number) =>
    sql<{ row: Omit<BehindRow, 'agencyName'> }>`
      select jsonb_build_object('id', d.id, 'code', d.code, 'procedureCode', d.procedure_code, 'procedureName', d.procedure_name,
        'agencyCode', d.agency_code, 'channel', d.channel, 'status', d.status, 'stage', d.stage, 'receivedDay', d.received_day,
        'receivedAt', d.received_at, 'dueAt', d.due_at, 'completedAt', d.completed_at, 'source', d.source) as row
      from (
        select d.id, d.received_day
        from dossier d
        where d.received_day between ${first}::date and ${last}::date
          -- As inequalities, which say the same of bits, so that the planner expects to find many and walks the index.
          and d.counted & ${has}::int >= ${has}::int and d.counted & ${lacks}::int <= 0
          ${standingOf(figure, reader.now)}
          ${codes ? sql`and d.agency_code = any(${[...codes]}::text[])` : sql``}
          ${reached ? sql`and d.agency_code = any(${[...reached]}::text[])` : sql``}
          ${figure.procedureCode ? sql`and d.procedure_code = ${figure.procedureCode}` : sql``}
          ${figure.channel ? sql`and d.channel = ${figure.channel}` : sql``}
          ${cursor ? sql`and (d.received_day, d.id) < (${cursor.at}::date, ${cursor.id}::uuid)` : sql``}
        order by d.received_day desc, d.id desc
        limit ${most}
      ) page
      join dossier d on d.id = page.id
      order by page.received_day desc, page.id desc`.execute(tx)
  const rows = await reader.read(async (tx) => {
    const found: { row: Omit<BehindRow, 'agencyName'> }[] = []
    // An earlier stretch is only looked at when the later ones do not fill the page.
    for (const stretch of stretchesOf(figure)) {
      if (found.length > limit) break
      found.push(...(await read(tx, stretch, limit + 1 - found.length)).rows)
    }
    return found
  })
  const shown = rows.slice(0, limit).map(({ row }) => row)
  const last = shown.at(-1)
  return ok({
    rows: shown.map((row) => ({ ...row, agencyName: reader.directory.name(row.agencyCode, row.receivedDay ?? dayOf(reader.now)) })),
    next: rows.length > limit && last ? `${last.receivedDay}_${last.id}` : null,
  })
}
