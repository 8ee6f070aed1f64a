import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Day } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/database/index.ts'
import { defaultSettings } from './files.ts'
import type { Point } from './rules/point.ts'
import type { QueueSettings } from './rules/settings.ts'
import type { Ticket } from './rules/ticket.ts'

/** Categories, points and rules of a counter on a day. */
export async function settingsAt(tx: Tx, agencyCode: string, day: Day): Promise<QueueSettings> {
  const { rows } = await sql<{ body: QueueSettings }>`
    select body from queue_settings where agency_code = ${agencyCode} and valid_from <= ${day}::date order by valid_from desc limit 1`.execute(
    tx,
  )
  if (rows[0]) return rows[0].body
  const defaults = await defaultSettings()
  const body = (defaults.findLast(({ validFrom }) => validFrom <= day) ?? defaults[0])?.body
  if (!body) throw new Error('data/queue/defaults.json is empty')
  return body
}

export const saveSettings = (
  tx: Tx,
  agencyCode: string,
  from: Day,
  body: QueueSettings,
  who: string,
  at: Temporal.Instant,
): Promise<unknown> =>
  sql`
    insert into queue_settings (agency_code, valid_from, body, set_by, set_at)
    values (${agencyCode}, ${from}::date, ${JSON.stringify(body)}::jsonb, ${who}, ${at}::timestamptz)
    on conflict (agency_code, valid_from) do update set body = excluded.body, set_by = excluded.set_by, set_at = excluded.set_at`.execute(
    tx,
  )

/** The next number of a series: no gap, because it is counted in the transaction that makes the ticket. */
export async function nextNumber(tx: Tx, agencyCode: string, day: Day, series: string): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    insert into queue_serial as s (agency_code, day, series, last) values (${agencyCode}, ${day}::date, ${series}, 1)
    on conflict (agency_code, day, series) do update set last = s.last + 1
    returning last`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('no number was given')
  return row.last
}

const ticketRow = (ticket: Ticket, secret?: string): string =>
  JSON.stringify({
    id: ticket.id,
    secret,
    agency_code: ticket.agencyCode,
    day: ticket.day,
    series: ticket.series,
    number: ticket.number,
    category: ticket.category,
    priority: ticket.ground !== null,
    stage: ticket.stage,
    lined_at: ticket.linedAt,
    taken_at: ticket.takenAt,
    first_called_at: ticket.firstCalledAt,
    called_at: ticket.calledAt,
    started_at: ticket.startedAt,
    ended_at: ticket.endedAt,
    point_number: ticket.pointNumber,
    state: ticket,
    version: ticket.version,
  })

export const insertTicket = (tx: Tx, ticket: Ticket, secret: string): Promise<unknown> =>
  sql`insert into queue_ticket select r.* from jsonb_populate_record(null::queue_ticket, ${ticketRow(ticket, secret)}::jsonb) r`.execute(tx)

/** Stores the next state of a locked ticket. Throws when it is not at the version that was locked: a bug, not a refusal. */
export async function saveTicket(tx: Tx, before: Ticket, next: Ticket): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update queue_ticket q set category = r.category, stage = r.stage, lined_at = r.lined_at, first_called_at = r.first_called_at,
      called_at = r.called_at, started_at = r.started_at, ended_at = r.ended_at, point_number = r.point_number, state = r.state,
      version = r.version
    from jsonb_populate_record(null::queue_ticket, ${ticketRow(next)}::jsonb) r
    where q.id = r.id and q.version = ${before.version} returning q.id`.execute(tx)
  if (rows.length !== 1) throw new Error(`ticket ${next.id} is not at version ${before.version}`)
}

const one = async (tx: Tx, query: ReturnType<typeof sql<{ state: Ticket }>>): Promise<Ticket | undefined> =>
  (await query.execute(tx)).rows[0]?.state

export const lockTicket = (tx: Tx, id: string): Promise<Ticket | undefined> =>
  one(tx, sql<{ state: Ticket }>`select state from queue_ticket where id = ${id}::uuid for update`)

export const lockTicketBySecret = (tx: Tx, secret: string): Promise<Ticket | undefined> =>
  one(tx, sql<{ state: Ticket }>`select state from queue_ticket where secret = ${secret} for update`)

export const findTicketBySecret = (tx: Tx, secret: string): Promise<Ticket | undefined> =>
  one(tx, sql<{ state: Ticket }>`select state from queue_ticket where secret = ${secret}`)

/** The first in line for these letters, locked; whoever is being called by somebody else this moment is passed over. */
export const pickNext = (
  tx: Tx,
  agencyCode: string,
  day: Day,
  letters: readonly string[],
  preferPriority: boolean,
): Promise<Ticket | undefined> =>
  one(
    tx,
    sql<{ state: Ticket }>`
      select state from queue_ticket
      where agency_code = ${agencyCode} and day = ${day}::date and stage = 'waiting' and category = any(${[...letters]}::text[])
      order by (priority = ${preferPriority}::boolean) desc, lined_at, number, id
      limit 1 for update skip locked`,
  )

/** A counter's point, locked; made when nobody ever sat there. */
export async function lockPoint(tx: Tx, empty: Point): Promise<Point> {
  const { rows } = await sql<{ state: Point }>`
    insert into queue_point as p (id, agency_code, number, state, version)
    values (${empty.id}::uuid, ${empty.agencyCode}, ${empty.number}, ${JSON.stringify(empty)}::jsonb, 0)
    on conflict (agency_code, number) do update set version = p.version
    returning state`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('the point was not returned')
  return row.state
}

/** Where an officer sits on a day, locked. */
export async function lockPointOf(tx: Tx, officerId: string, day: Day): Promise<Point | undefined> {
  const { rows } = await sql<{ state: Point }>`
    select state from queue_point where officer_id = ${officerId}::uuid and day = ${day}::date for update`.execute(tx)
  return rows[0]?.state
}

export async function findPointOf(tx: Tx, officerId: string, day: Day): Promise<Point | undefined> {
  const { rows } = await sql<{ state: Point }>`
    select state from queue_point where officer_id = ${officerId}::uuid and day = ${day}::date`.execute(tx)
  return rows[0]?.state
}

export const savePoint = (tx: Tx, next: Point): Promise<unknown> =>
  sql`
    update queue_point set day = ${next.day}::date, officer_id = ${next.officerId}::uuid, ticket_id = ${next.ticketId}::uuid,
      state = ${JSON.stringify(next)}::jsonb, version = ${next.version}
    where id = ${next.id}::uuid`.execute(tx)

/** Everything that stands in a counter's day: who waits, who is called, the points. One statement. */
export async function dayOfCounter(
  tx: Tx,
  agencyCode: string,
  day: Day,
): Promise<{ waiting: Ticket[]; active: Ticket[]; recent: Ticket[]; absent: Ticket[]; points: Point[] }> {
  const { rows } = await sql<{ waiting: Ticket[]; active: Ticket[]; recent: Ticket[]; absent: Ticket[]; points: Point[] }>`
    with today as materialized (
      select stage, lined_at, called_at, ended_at, number, id, state from queue_ticket where agency_code = ${agencyCode} and day = ${day}::date
    )
    select
      (select coalesce(jsonb_agg(state order by lined_at, number, id), '[]') from today where stage = 'waiting') as waiting,
      (select coalesce(jsonb_agg(state order by called_at), '[]') from today where stage in ('called', 'serving')) as active,
      (select coalesce(jsonb_agg(state order by called_at desc), '[]')
        from (select state, called_at from today where called_at is not null and stage <> 'waiting' order by called_at desc limit 8) r) as recent,
      (select coalesce(jsonb_agg(state order by ended_at desc), '[]') from today where stage = 'absent') as absent,
      (select coalesce(jsonb_agg(state order by number), '[]') from queue_point
        where agency_code = ${agencyCode} and day = ${day}::date and officer_id is not null) as points`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('no day')
  return row
}

/** Changes with everything that happens at a counter that day: cheap to ask again and again. */
export async function dayMark(tx: Tx, agencyCode: string, day: Day): Promise<string> {
  const { rows } = await sql<{ mark: string }>`
    select concat_ws('.', (select concat(count(*), '-', sum(version)) from queue_ticket where agency_code = ${agencyCode} and day = ${day}::date),
      (select sum(version) from queue_point where agency_code = ${agencyCode})) as mark`.execute(tx)
  return rows[0]?.mark ?? ''
}

/** What one person took lately in these categories, in milliseconds: the median of the last 50 of four weeks; null when fewer than five. */
export async function usualService(
  tx: Tx,
  agencyCode: string,
  day: Day,
  letters: readonly string[],
): Promise<{ ms: number; n: number } | null> {
  const { rows } = await sql<{ ms: number | null; n: number }>`
    select percentile_cont(0.5) within group (order by ms)::float8 as ms, count(*)::int as n from (
      select extract(epoch from ended_at - started_at) * 1000 as ms from queue_ticket
      where agency_code = ${agencyCode} and day between ${day}::date - 28 and ${day}::date and stage = 'served'
        and category = any(${[...letters]}::text[]) and started_at is not null
      order by ended_at desc limit 50) lately`.execute(tx)
  const [row] = rows
  return row && row.ms !== null && row.n >= 5 ? { ms: row.ms, n: row.n } : null
}

/** Tickets of days gone by that nobody ended, locked, some at a time. */
export async function lockLeftOver(tx: Tx, today: Day, limit: number): Promise<Ticket[]> {
  const { rows } = await sql<{ state: Ticket }>`
    select state from queue_ticket where day < ${today}::date and stage in ('waiting', 'called', 'serving')
    order by day, id limit ${limit} for update skip locked`.execute(tx)
  return rows.map(({ state }) => state)
}
