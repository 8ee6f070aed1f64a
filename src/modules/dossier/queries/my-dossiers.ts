import { sql } from 'kysely'
import { dayOf } from '../../../kernel/clock.ts'
import { refusals } from '../../../kernel/errors.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import type { Stage, Status } from '../rules/dossier.ts'
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
  /** It is the applicant's turn. */
  readonly myTurn: boolean
}

export interface MyDossiers {
  readonly rows: readonly MyDossier[]
  readonly next: string | null
}

type Raw = Omit<MyDossier, 'agencyName' | 'clock' | 'myTurn'>

/** The signed-in person's dossiers, newest first: those they filed, and those filed with their verified personal number on them. */
export async function myDossiers(
  host: QueryHost,
  asker: Asker,
  page: { after?: string | undefined; limit?: number } = {},
): Promise<Result<MyDossiers>> {
  const reader = await readerOf(host, asker)
  const { actor } = reader
  if (actor.kind !== 'citizen') return refuse(actor.kind === 'anonymous' ? refusals.signInNeeded : refusals.denied)
  const limit = Math.min(Math.max(page.limit ?? 20, 1), 100)
  const cursor = readCursor(page.after)
  const { rows } = await reader.read((tx) =>
    sql<{ row: Raw }>`
      select jsonb_build_object('id', d.id, 'code', d.code, 'reference', d.reference, 'procedureCode', d.procedure_code,
        'procedureName', d.procedure_name, 'agencyCode', d.agency_code, 'status', d.status, 'stage', d.stage,
        'submittedAt', d.submitted_at, 'receivedAt', d.received_at, 'dueAt', d.due_at, 'completedAt', d.completed_at) as row
      from dossier d
      where (d.submitter_id = ${actor.personId}::uuid or d.applicant_number = ${actor.personalNumber ?? null})
        ${cursor ? sql`and (d.submitted_at, d.id) < (${cursor.at}::timestamptz, ${cursor.id}::uuid)` : sql``}
      order by d.submitted_at desc, d.id desc
      limit ${limit + 1}`.execute(tx),
  )
  const { now, tomorrow, afterSoon } = edgesOf(reader.now, reader.soonDays)
  const shown = rows.slice(0, limit).map(({ row }) => row)
  const last = shown.at(-1)
  return ok({
    rows: shown.map((row) => ({
      ...row,
      agencyName: reader.directory.name(row.agencyCode, dayOf(reader.now)),
      clock: clockOf(row, now.epochMilliseconds, tomorrow.epochMilliseconds, afterSoon.epochMilliseconds),
      myTurn: row.stage === 'supplement' || row.stage === 'payment',
    })),
    next: rows.length > limit && last ? `${last.submittedAt}_${last.id}` : null,
  })
}
