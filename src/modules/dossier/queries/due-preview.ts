import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Tx } from '../../../kernel/database/index.ts'
import { Refused } from '../../../kernel/errors.ts'
import { type Calendars, dueAfterChange, type Ledger, likenessOf } from '../../calendar/index.ts'

/** An open dossier with a due time, as far as a change of the calendar may touch it. */
export interface DueDossier {
  readonly id: string
  readonly code: string | null
  readonly procedureName: string
  readonly agencyCode: string
  readonly receivedAt: Temporal.Instant
  readonly due: Temporal.Instant
  readonly ledger: Ledger | null
}

/** A due time that the change would move. `past`: it would lie before now. */
export interface DueChangePreview {
  readonly id: string
  readonly code: string | null
  readonly procedureName: string
  readonly agencyCode: string
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
  readonly past: boolean
}

/** Open dossiers with a due time, of one agency and those below it or of all (''), earliest due first. One statement. */
export async function openWithDue(tx: Tx, agencyCode: string): Promise<DueDossier[]> {
  const { rows } = await sql<DueDossier>`
    select id, code, procedure_name as "procedureName", agency_code as "agencyCode", received_at as "receivedAt", due_at as due, clock as ledger
    from dossier
    where stage in ('received', 'processing', 'signing', 'supplement', 'payment') and due_at is not null and received_at is not null
      and (${agencyCode} = '' or agency_code = ${agencyCode} or starts_with(agency_code, ${`${agencyCode}.`}))
    order by due_at, id`.execute(tx)
  return rows
}

/** Every agency whose calendar the dossiers' clocks ever counted on. */
export const agenciesOf = (dossiers: readonly DueDossier[]): string[] => [
  ...new Set(
    dossiers.flatMap(({ agencyCode, ledger }) => [
      agencyCode,
      ...(ledger?.events ?? []).flatMap((event) => ('agency' in event ? [event.agency] : [])),
    ]),
  ),
]

export interface DuePreview {
  readonly moves: readonly DueChangePreview[]
  /** Passed already: they stay. */
  readonly kept: number
  /** Cannot be worked out (their ledger or a year is missing): they stay. */
  readonly unknown: number
}

type Answer = Temporal.Instant | 'unmoved' | 'unknown'

function answerFor(dossier: DueDossier, before: Calendars, after: Calendars): Answer {
  try {
    return dueAfterChange(dossier, before, after) ?? 'unmoved'
  } catch (error) {
    if (error instanceof Refused) return 'unknown'
    throw error
  }
}

/**
 * The due times that move between two calendars, and how many that have passed stay as they are. Dossiers alike in all that matters are
 * worked out once, so that tens of thousands take no longer than the few thousand kinds they come in. Pure.
 */
export function previewDues(dossiers: readonly DueDossier[], before: Calendars, after: Calendars, now: Temporal.Instant): DuePreview {
  const known = new Map<string, Answer>()
  const moves: DueChangePreview[] = []
  let kept = 0
  let unknown = 0
  for (const dossier of dossiers) {
    const key = likenessOf(dossier, before, after)
    const to = known.get(key) ?? answerFor(dossier, before, after)
    known.set(key, to)
    if (to === 'unmoved') continue
    if (to === 'unknown') {
      unknown += 1
      continue
    }
    const from = dossier.due
    if (to.epochMilliseconds === from.epochMilliseconds) continue
    if (from.epochMilliseconds <= now.epochMilliseconds) {
      kept += 1
      continue
    }
    const { id, code, procedureName, agencyCode } = dossier
    moves.push({ id, code, procedureName, agencyCode, from, to, past: to.epochMilliseconds <= now.epochMilliseconds })
  }
  return { moves, kept, unknown }
}

/** Code, procedure and agency of dossiers, by id. */
export async function dossierNames(
  tx: Tx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Pick<DueDossier, 'code' | 'procedureName' | 'agencyCode'>>> {
  const { rows } = await sql<Pick<DueDossier, 'id' | 'code' | 'procedureName' | 'agencyCode'>>`
    select id, code, procedure_name as "procedureName", agency_code as "agencyCode" from dossier where id = any(${ids}::uuid[])`.execute(tx)
  return new Map(rows.map(({ id, ...names }) => [id, names]))
}
