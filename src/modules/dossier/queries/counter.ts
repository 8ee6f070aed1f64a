import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import { addDays, dayOf } from '../../../kernel/clock.ts'
import { refusals } from '../../../kernel/errors.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import * as store from '../store.ts'
import type { Asker, QueryHost } from './reader.ts'

/** What a counter takes in most. */
export interface CommonProcedure {
  readonly code: string
  readonly name: string
  readonly n: number
}

const KEPT_MS = 10 * 60_000
const kept = new Map<string, { readonly at: Temporal.Instant; readonly found: readonly CommonProcedure[] }>()

/** The procedures a counter received most often in the last days, the commonest first. Kept for ten minutes. */
export async function commonProcedures(
  host: QueryHost,
  asker: Asker,
  agencyCode: string,
  days = 90,
  most = 20,
): Promise<readonly CommonProcedure[]> {
  const now = host.clock()
  const key = `${asker.province.slug} ${agencyCode} ${days} ${most}`
  const known = kept.get(key)
  const age = known ? now.epochMilliseconds - known.at.epochMilliseconds : Number.POSITIVE_INFINITY
  if (known && age >= 0 && age < KEPT_MS) return known.found
  const { rows } = await host.db.read(asker.province, (tx) =>
    sql<CommonProcedure>`
      select procedure_code as code, max(procedure_name) as name, count(*)::int as n from dossier
      where reception_agency_code = ${agencyCode} and received_day > ${addDays(dayOf(now), -days)}::date
      group by 1 order by 3 desc, 1 limit ${most}`.execute(tx),
  )
  // A counter that has taken in nothing yet is asked again: its first dossiers show at once.
  if (rows.length > 0) kept.set(key, { at: now, found: rows })
  return rows
}

/** Somebody who filed before: only what saves typing. */
export interface KnownApplicant {
  readonly name: string
  readonly phone: string | null
}

/**
 * Who filed with this personal number last; only the whole number finds anybody. The look is recorded at the dossier it came from.
 * Undefined when nobody did. Refusal: access.denied.
 */
export async function knownApplicant(host: QueryHost, asker: Asker, number: string): Promise<Result<KnownApplicant | undefined>> {
  const { actor } = asker
  if (actor.kind !== 'officer' || !host.access(asker.province).can(actor, 'dossier.assist')) return refuse(refusals.denied)
  if (!/^\d{12}$/.test(number)) return ok(undefined)
  const { rows } = await host.db.read(asker.province, (tx) =>
    sql<KnownApplicant & { id: string }>`
      select id, applicant_name as name, applicant_phone as phone from dossier
      where applicant_number = ${number} order by submitted_at desc limit 1`.execute(tx),
  )
  const [found] = rows
  if (!found) return ok(undefined)
  await host.db.read(asker.province, (tx) => store.recordAccess(tx, found.id, actor, host.clock()))
  return ok({ name: found.name, phone: found.phone })
}

/** A signature kept with a return, as it was drawn; undefined when there is none. Ask first whether the dossier may be read. */
export async function returnSignature(
  host: QueryHost,
  asker: Asker,
  dossierId: string,
): Promise<{ sha256: string; mediaType: string } | undefined> {
  const { rows } = await host.db.read(asker.province, (tx) =>
    sql<{ sha256: string | null; mediaType: string | null }>`
      select data #>> '{handover,signature,sha256}' as sha256, data #>> '{handover,signature,mediaType}' as "mediaType" from event
      where subject = ${dossierId}::uuid and type = 'dossier.returned' order by position desc limit 1`.execute(tx),
  )
  const [row] = rows
  return row?.sha256 && row.mediaType ? { sha256: row.sha256, mediaType: row.mediaType } : undefined
}
