import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { Tx } from '../../kernel/database/index.ts'
import type { NumberedFacts } from './rules/facts.ts'
import type { NumberedKind } from './rules/form-set.ts'

/** A series of numbers: they run from 1 without a gap. */
export interface Series {
  readonly agencyCode: string
  readonly year: number
  readonly kind: NumberedKind
}

/** Which paper about a dossier: the nth step of its kind. */
export interface DocumentKey {
  readonly subject: string
  readonly kind: NumberedKind
  readonly occurrence: number
}

export interface DocumentRow extends DocumentKey {
  readonly id: string
  readonly number: number
  readonly facts: NumberedFacts
}

/** The document recorded for a step; undefined while it has not been printed. */
export async function findDocument(tx: Tx, key: DocumentKey): Promise<DocumentRow | undefined> {
  const { rows } = await sql<DocumentRow>`
    select id, subject, kind, occurrence, number, facts from printed_document
    where subject = ${key.subject}::uuid and kind = ${key.kind} and occurrence = ${key.occurrence}`.execute(tx)
  return rows[0]
}

/** Every document recorded about a subject. */
export async function documentsOf(tx: Tx, subject: string): Promise<readonly Omit<DocumentRow, 'facts'>[]> {
  const { rows } = await sql<Omit<DocumentRow, 'facts'>>`
    select id, subject, kind, occurrence, number from printed_document where subject = ${subject}::uuid order by issued_at, kind`.execute(
    tx,
  )
  return rows
}

/** Holds a series until the transaction ends, without taking a number: whoever prints at the same time waits here. */
export async function lockSeries(tx: Tx, { agencyCode, year, kind }: Series): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    insert into printed_number as series (agency_code, year, kind, last) values (${agencyCode}, ${year}, ${kind}, 0)
    on conflict (agency_code, year, kind) do update set last = series.last
    returning last`.execute(tx)
  return rows[0]?.last ?? 0
}

/** Writes a document down and takes its number, in one statement. The series must be locked. */
export async function insertDocument(tx: Tx, series: Series, document: DocumentRow, recordedAt: Temporal.Instant): Promise<void> {
  await sql`
    with taken as (
      update printed_number set last = ${document.number}
      where agency_code = ${series.agencyCode} and year = ${series.year} and kind = ${series.kind}
    )
    insert into printed_document (id, subject, kind, occurrence, agency_code, year, number, issued_at, facts, recorded_at)
    values (${document.id}::uuid, ${document.subject}::uuid, ${document.kind}, ${document.occurrence}, ${series.agencyCode}, ${series.year},
      ${document.number}, ${Temporal.Instant.from(document.facts.at)}::timestamptz, ${JSON.stringify(document.facts)}::jsonb,
      ${recordedAt}::timestamptz)`.execute(tx)
}
