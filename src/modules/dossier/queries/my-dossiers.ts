import { sql } from 'kysely'
import { dayOf } from '../../../kernel/clock.ts'
import { refusals } from '../../../kernel/errors.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { type Stage, type Status, stages } from '../rules/dossier.ts'
import { isApplicant } from '../rules/representation-rule.ts'
import { unreadMessages } from './message-thread.ts'
import { type Asker, type QueryHost, readCursor, readerOf } from './reader.ts'
import { type ClockState, clockOf, edgesOf } from './work-list-filter.ts'

export interface MyDossier {
  readonly id: string
  readonly code: string | null
  readonly reference: string
  readonly procedureCode: string
  readonly procedureName: string
  readonly agencyCode: string
  readonly agencyName: string
  readonly status: Status
  readonly stage: Stage
  readonly submittedAt: string
  readonly receivedAt: string | null
  readonly dueAt: string | null
  readonly completedAt: string | null
  readonly clock: ClockState
  /** It is the applicant's turn: papers or money are wanted. */
  readonly myTurn: boolean
  /** Whose dossier it is, when somebody filed it in their name. */
  readonly filedFor: string | null
  /** The result lies ready to be fetched or downloaded. */
  readonly electronic: boolean
  /** Words of the office nobody has read yet. */
  readonly unread: number
}

/** `turn`: waiting for the person, also a result to fetch; `open`: under way; `done`: finished. */
export type MyFilter = 'all' | 'turn' | 'open' | 'done'
export const myFilters: readonly MyFilter[] = ['all', 'turn', 'open', 'done']

export interface MyDossiers {
  readonly rows: readonly MyDossier[]
  readonly next: string | null
  /** How many there are of each kind, on all pages. */
  readonly counts: Readonly<Record<MyFilter, number>>
}

const stagesOf: Readonly<Record<MyFilter, readonly Stage[]>> = {
  all: stages,
  turn: ['supplement', 'payment', 'ready'],
  open: stages.filter((stage) => stage !== 'closed'),
  done: ['closed'],
}

type Raw = Omit<MyDossier, 'agencyName' | 'clock' | 'myTurn' | 'filedFor' | 'unread'> & {
  readonly submitterId: string | null
  readonly applicant: { readonly name: string; readonly number: string | null }
  readonly representation: unknown
}

/**
 * The signed-in person's dossiers: those they filed, and those filed with their verified personal number on them. Newest first;
 * the filter `turn` gives what waits for them.
 */
export async function myDossiers(
  host: QueryHost,
  asker: Asker,
  page: { after?: string | undefined; limit?: number; filter?: MyFilter } = {},
): Promise<Result<MyDossiers>> {
  const reader = await readerOf(host, asker)
  const { actor } = reader
  if (actor.kind !== 'citizen') return refuse(actor.kind === 'anonymous' ? refusals.signInNeeded : refusals.denied)
  const limit = Math.min(Math.max(page.limit ?? 20, 1), 100)
  const cursor = readCursor(page.after)
  const mine = sql`(d.submitter_id = ${actor.personId}::uuid or d.applicant_number = ${actor.personalNumber ?? null})`
  const { rows } = await reader.read((tx) =>
    sql<{ row: Raw }>`
      select jsonb_build_object('id', d.id, 'code', d.code, 'reference', d.reference, 'procedureCode', d.procedure_code,
        'procedureName', d.procedure_name, 'agencyCode', d.agency_code, 'status', d.status, 'stage', d.stage,
        'submittedAt', d.submitted_at, 'receivedAt', d.received_at, 'dueAt', d.due_at, 'completedAt', d.completed_at,
        'electronic', d.result_electronic, 'submitterId', d.submitter_id, 'representation', d.representation,
        'applicant', jsonb_build_object('name', d.applicant_name, 'number', d.applicant_number)) as row
      from dossier d
      where ${mine} and d.stage = any(${[...stagesOf[page.filter ?? 'all']]}::text[])
        ${cursor ? sql`and (d.submitted_at, d.id) < (${cursor.at}::timestamptz, ${cursor.id}::uuid)` : sql``}
      order by d.submitted_at desc, d.id desc
      limit ${limit + 1}`.execute(tx),
  )
  const counted = await reader.read((tx) =>
    sql<{ stage: Stage; n: number }>`select d.stage, count(*) as n from dossier d where ${mine} group by 1`.execute(tx),
  )
  const count = (filter: MyFilter): number =>
    counted.rows.reduce((sum, { stage, n }) => (stagesOf[filter].includes(stage) ? sum + n : sum), 0)
  const { now, tomorrow, afterSoon } = edgesOf(reader.now, reader.soonDays)
  const page1 = rows.slice(0, limit).map(({ row }) => row)
  const last = page1.at(-1)
  // What somebody else typed may name the wrong person: then the name must be this person's too.
  const shown = page1.filter((row) => row.submitterId === actor.personId || isApplicant(actor, row))
  const unread = await unreadMessages(
    reader,
    shown.map(({ id }) => id),
  )
  return ok({
    rows: shown.map(({ submitterId: _by, applicant, representation, ...row }) => ({
      ...row,
      agencyName: reader.directory.name(row.agencyCode, dayOf(reader.now)),
      clock: clockOf(row, now.epochMilliseconds, tomorrow.epochMilliseconds, afterSoon.epochMilliseconds),
      myTurn: row.stage === 'supplement' || row.stage === 'payment',
      filedFor: representation === null ? null : applicant.name,
      unread: unread.get(row.id) ?? 0,
    })),
    next: rows.length > limit && last ? `${last.submittedAt}_${last.id}` : null,
    counts: { all: count('all'), turn: count('turn'), open: count('open'), done: count('done') },
  })
}
