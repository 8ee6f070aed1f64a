import { sql } from 'kysely'
import type { Day } from './clock.ts'
import { type Actor, actorKey, type Context } from './context.ts'
import { countsText } from './counts-text.ts'
import { later } from './database/index.ts'

/** One thing that happened. `data` holds every fact that a rebuild of the state or a recount of the figures needs. */
export interface NewEvent {
  /** `dossier.received`: module, dot, past participle. */
  readonly type: string
  /** What it happened to, usually a dossier's id. */
  readonly subject: string
  readonly agencyCode?: string | null
  readonly data: object
}

export type Channel = 'online' | 'counter' | 'post'

/** What a transaction adds to (or takes from) the counts of one agency, day and procedure. Values are signed whole numbers. */
export interface Delta {
  readonly agencyCode: string
  readonly day: Day
  readonly procedureCode: string
  readonly channel: Channel
  /** Pairs of measure id (see the indicator module) and value; zero values are left out. */
  readonly values: readonly (readonly [measure: number, value: number])[]
}

/** Who, as the event log keeps it: no personal number, no contact. */
export function actorRecord(actor: Actor): object {
  if (actor.kind === 'citizen') return { kind: 'citizen', id: actor.personId, name: actor.name }
  if (actor.kind === 'officer') {
    const { actingFor } = actor
    const behalf = actingFor ? { for: { id: actingFor.officerId, name: actingFor.name } } : {}
    return { kind: 'officer', id: actor.officerId, name: actor.name, ...behalf }
  }
  if (actor.kind === 'system') return { kind: 'system', name: actor.name }
  return { kind: 'anonymous' }
}

/**
 * Writes what a command did, in one statement: its events (also the outbox), its deltas, and the answer that a repeat of the
 * same request id gets back. `result` must survive JSON: instants as ISO text. Usually the last statement of a command: it travels with
 * the commit, and its failure is the transaction's.
 */
export async function record(
  cx: Context,
  done: { events: readonly NewEvent[]; deltas?: readonly Delta[]; result?: unknown },
): Promise<void> {
  const events = JSON.stringify(
    done.events.map((event) => ({ type: event.type, subject: event.subject, agency_code: event.agencyCode ?? null, data: event.data })),
  )
  const deltas = JSON.stringify(
    (done.deltas ?? [])
      .map((delta) => ({
        agency_code: delta.agencyCode,
        day: delta.day,
        procedure_code: delta.procedureCode,
        channel: delta.channel,
        counts: countsText(delta.values),
      }))
      .filter(({ counts }) => counts !== ''),
  )
  const written = sql`
    with logged as (
      insert into request_log (request_id, command, actor_key, result, at)
      values (${cx.requestId}::uuid, ${cx.command}, ${actorKey(cx.actor)}, ${JSON.stringify(done.result ?? null)}::jsonb, ${cx.now}::timestamptz)
    ), counted as (
      insert into indicator_delta (agency_code, day, procedure_code, channel, counts)
      select agency_code, day, procedure_code, channel, counts
      from jsonb_to_recordset(${deltas}::jsonb) as d(agency_code text, day date, procedure_code text, channel text, counts text)
    )
    insert into event (at, type, subject, agency_code, actor, request_id, data)
    select ${cx.now}::timestamptz, e.type, e.subject, e.agency_code, ${JSON.stringify(actorRecord(cx.actor))}::jsonb, ${cx.requestId}::uuid, e.data
    from rows from (jsonb_to_recordset(${events}::jsonb) as (type text, subject uuid, agency_code text, data jsonb)) with ordinality as e
    order by e.ordinality
  `.execute(cx.tx)
  await later(cx.tx, written)
}
