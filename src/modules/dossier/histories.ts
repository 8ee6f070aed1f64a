import { sql } from 'kysely'
import type { Actor } from '../../kernel/context.ts'
import { countsText } from '../../kernel/counts-text.ts'
import type { Tx } from '../../kernel/database/index.ts'
import { actorRecord } from '../../kernel/events.ts'
import { factsOf, sumFacts } from './measures.ts'
import { withSteps } from './routing-place.ts'
import { saveSteps } from './routing-store.ts'
import { parseCode } from './rules/code.ts'
import type { Dossier } from './rules/dossier.ts'
import type { Decision } from './rules/lifecycle.ts'
import * as store from './store.ts'

/** The life of one dossier up to now: what was decided, by whom, in order. */
export interface History {
  readonly steps: readonly { readonly actor: Actor; readonly decision: Decision }[]
}

const lastState = ({ steps }: History): Dossier | undefined => steps.at(-1)?.decision.next

/**
 * Writes whole lives of new dossiers as if each step had been taken at its time: states, papers, events in the order they happened,
 * counts and serials, five statements for all of them. For demo and test data; people use the commands. All or nothing with the
 * caller's transaction.
 */
export async function placeHistories(tx: Tx, lives: readonly History[]): Promise<number> {
  const { histories, steps: held } = await withSteps(tx, lives)
  const dossiers = histories.flatMap((history) => lastState(history) ?? [])
  if (dossiers.length === 0) return 0
  await store.insertAll(tx, dossiers)
  await store.insertPapers(tx, dossiers)
  await saveSteps(tx, held)
  const events = histories
    .flatMap(({ steps }) =>
      steps.flatMap(({ actor, decision }) =>
        decision.events.map((event) => ({
          at: event.at.toString(),
          order: event.at.epochMilliseconds,
          type: event.type,
          subject: decision.next.id,
          agency_code: decision.next.agencyCode,
          actor: actorRecord(actor),
          data: event.data,
        })),
      ),
    )
    .sort((a, b) => a.order - b.order)
  await sql`
    insert into event (at, type, subject, agency_code, actor, data)
    select e.at, e.type, e.subject, e.agency_code, e.actor, e.data
    from rows from (jsonb_to_recordset(${JSON.stringify(events)}::jsonb)
      as (at timestamptz, type text, subject uuid, agency_code text, actor jsonb, data jsonb)) with ordinality as e
    order by e.ordinality`.execute(tx)
  const deltas = sumFacts(dossiers.map((dossier) => [factsOf(dossier), 1] as const)).map((delta) => ({
    agency_code: delta.agencyCode,
    day: delta.day,
    procedure_code: delta.procedureCode,
    channel: delta.channel,
    counts: countsText(delta.values),
  }))
  await sql`
    insert into indicator_delta (agency_code, day, procedure_code, channel, counts)
    select agency_code, day, procedure_code, channel, counts
    from jsonb_to_recordset(${JSON.stringify(deltas)}::jsonb)
      as d(agency_code text, day date, procedure_code text, channel text, counts text)`.execute(tx)
  const given = dossiers.flatMap(({ code, agencyCode, receivedDay }) => {
    const serial = code && parseCode(code)?.serial
    return serial && receivedDay ? [{ agencyCode, day: receivedDay, serial: Number(serial) }] : []
  })
  await store.raiseSerials(tx, given)
  return dossiers.length
}

export { hasSource, serialsSince } from './store.ts'
