import { sql } from 'kysely'
import type { Day } from '../../../kernel/clock.ts'
import type { Tx } from '../../../kernel/database/index.ts'
import { masked } from '../../dossier/index.ts'
import type { Period } from '../../indicator/index.ts'
import type { Case } from '../rules/anomalies.ts'

/** A dossier as evidence: where to look, nothing of whose it is but the end of their numbers. */
export interface Evidence {
  readonly id: string
  readonly code: string
  readonly procedure: string
  readonly agencyCode: string
  readonly receivedDay: Day
  readonly assisted: boolean
  readonly number: string | null
  readonly phone: string | null
}

export interface EvidencePage {
  readonly rows: readonly Evidence[]
  readonly total: number
  /** From 1; beyond the end the last one is given. */
  readonly page: number
}

const columns = sql`
  d.id, coalesce(d.code, d.reference) as code, d.procedure_name as procedure, d.agency_code as "agencyCode", d.received_day as "receivedDay",
  d.assisted, d.applicant_number as number, d.applicant_phone as phone`

const mask = (rows: readonly Evidence[]): Evidence[] =>
  rows.map((row) => ({ ...row, number: masked(row.number, 3), phone: masked(row.phone, 3) }))

/** Which agencies' dossiers may be seen: all of them, or only these. */
export type Seen = 'all' | readonly string[]

const within = (seen: Seen) => (seen === 'all' ? sql`true` : sql`d.agency_code = any (${seen}::text[])`)

/** Those of a case's dossiers: named one by one, or all that a unit received on its days (with help: only those filed with help). */
function those(one: Case, period: Period) {
  if (one.dossiers.length > 0) return sql`d.id = any (${one.dossiers}::uuid[])`
  const { from, to } = one.day ? { from: one.day, to: one.day } : period
  const unit = sql`d.agency_code = ${one.agencyCode} and d.received_day between ${from}::date and ${to}::date`
  return one.kind === 'assisted-share' ? sql`d.counted & 6 = 6 and ${unit}` : unit
}

/** A page of the dossiers that show a case, the earliest first, numbers masked. */
export async function readEvidence(
  tx: Tx,
  { one, period, seen }: { readonly one: Case; readonly period: Period; readonly seen: Seen },
  { page, size }: { readonly page: number; readonly size: number },
): Promise<EvidencePage> {
  const counted = await sql<{ n: number }>`select count(*) as n from dossier d where ${those(one, period)} and ${within(seen)}`.execute(tx)
  const total = counted.rows[0]?.n ?? 0
  const at = Math.min(Math.max(1, page), Math.max(1, Math.ceil(total / size)))
  const { rows } = await sql<Evidence>`
    select ${columns} from dossier d where ${those(one, period)} and ${within(seen)}
    order by d.received_day, d.id limit ${size} offset ${(at - 1) * size}`.execute(tx)
  return { rows: mask(rows), total, page: at }
}
