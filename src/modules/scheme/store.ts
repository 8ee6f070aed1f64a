import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Day } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/database/index.ts'
import type { Text } from '../../kernel/i18n/index.ts'
import type { Published } from './rules/publications.ts'
import { type Scheme, type SchemeVersion, schemeVersionSchema } from './rules/scheme.ts'

/** The province's own schemes; of two versions that begin on one day only the later. */
export async function listSchemes(tx: Tx): Promise<Scheme[]> {
  const { rows } = await sql<{ code: string; name: Text; basis: string; body: unknown }>`
    select distinct on (code, valid_from) code, name, basis, body
    from index_scheme order by code, valid_from, revision desc`.execute(tx)
  const found = new Map<string, { code: string; name: Text; basis: string; versions: SchemeVersion[] }>()
  for (const { code, name, basis, body } of rows) {
    const scheme = found.get(code) ?? { code, name, basis, versions: [] }
    scheme.versions.push(schemeVersionSchema.parse(body))
    found.set(code, { ...scheme, name, basis })
  }
  return [...found.values()]
}

export interface ReportedRow {
  readonly quantity: string
  readonly agencyCode: string
  readonly month: Day
  readonly value: number
  readonly source: string
}

/** The figures given from outside whose months begin in a period: of each the last revision. */
export async function readReported(tx: Tx, period: { readonly from: Day; readonly to: Day }): Promise<ReportedRow[]> {
  const { rows } = await sql<ReportedRow>`
    select distinct on (quantity, agency_code, month) quantity, agency_code as "agencyCode", month, value, source
    from index_reported
    where month between date_trunc('month', ${period.from}::date::timestamp)::date and ${period.to}::date
    order by quantity, agency_code, month, revision desc`.execute(tx)
  return rows
}

/** Gives figures: a figure that already stands so is left alone, another value or source is a new revision. Returns the lines that were new. */
export async function saveReported(tx: Tx, rows: readonly (ReportedRow & { readonly line: number })[], at: string): Promise<Set<number>> {
  const { rows: added } = await sql<{ line: number }>`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as row (line int, quantity text, "agencyCode" text, month date, value bigint, source text)
    ), standing as (
      select given.*, last.value as old_value, last.source as old_source, coalesce(last.revision, 0) as revision
      from given left join lateral (
        select value, source, revision from index_reported r
        where r.quantity = given.quantity collate "C" and r.agency_code = given."agencyCode" collate "C" and r.month = given.month
        order by revision desc limit 1
      ) last on true
    ), inserted as (
      insert into index_reported (quantity, agency_code, month, revision, value, source, reported_at)
      select quantity, "agencyCode", month, revision + 1, value, source, ${at}::timestamptz from standing
      where old_value is distinct from value or old_source is distinct from source
      returning quantity, agency_code, month
    )
    select given.line from given join inserted i
      on i.quantity = given.quantity collate "C" and i.agency_code = given."agencyCode" collate "C" and i.month = given.month`.execute(tx)
  return new Set(added.map(({ line }) => line))
}

export interface Publication extends Published {
  /** Among those that begin on the same day. */
  readonly revision: number
  readonly publishedAt: Temporal.Instant
  readonly publishedBy: string
}

/** Every version of a province's own scheme that was ever published, in that order. */
export async function publicationsOf(tx: Tx, code: string): Promise<Publication[]> {
  const { rows } = await sql<Omit<Publication, 'version'> & { body: unknown }>`
    select code, number, valid_from as "validFrom", revision, name, basis, body, published_at as "publishedAt", published_by as "publishedBy"
    from index_scheme where code = ${code} order by number`.execute(tx)
  return rows.map(({ body, ...row }) => ({ ...row, version: schemeVersionSchema.parse(body) }))
}

/**
 * Keeps a published version as the publication of its number; returns its revision among those that begin on the same day. null: that
 * number is another's, who published at the same time.
 */
export async function insertScheme(
  tx: Tx,
  one: { code: string; number: number; validFrom: Day; name: Text; basis: string; body: unknown; publishedAt: string; publishedBy: string },
): Promise<number | null> {
  const { rows } = await sql<{ revision: number }>`
    insert into index_scheme (code, number, valid_from, revision, name, basis, body, published_at, published_by)
    select ${one.code}, ${one.number}, ${one.validFrom}::date,
      1 + coalesce((select max(revision) from index_scheme where code = ${one.code} and valid_from = ${one.validFrom}::date), 0),
      ${JSON.stringify(one.name)}::jsonb, ${one.basis}, ${JSON.stringify(one.body)}::jsonb, ${one.publishedAt}::timestamptz, ${one.publishedBy}
    on conflict do nothing
    returning revision`.execute(tx)
  return rows[0]?.revision ?? null
}

export interface ReportedLine extends ReportedRow {
  readonly revision: number
  /** No later revision of this figure. */
  readonly standing: boolean
  readonly reportedAt: Temporal.Instant
}

export interface ReportedQuestion {
  readonly from: Day
  readonly to: Day
  readonly quantity?: string | undefined
  readonly agencyCode?: string | undefined
  /** From 1. */
  readonly page: number
  readonly pageSize: number
}

/** Figures given from outside for the months of a period, every revision of them, the latest month first: one page, and how many in all. */
export async function listReported(
  tx: Tx,
  { from, to, quantity, agencyCode, page, pageSize }: ReportedQuestion,
): Promise<{ readonly rows: readonly ReportedLine[]; readonly total: number }> {
  const asked = sql`month between ${from}::date and ${to}::date
    and (${quantity ?? null}::text is null or quantity = ${quantity ?? null}::text) and (${agencyCode ?? null}::text is null or agency_code = ${agencyCode ?? null}::text)`
  const [{ rows }, { rows: counted }] = await Promise.all([
    sql<ReportedLine>`
      select quantity, agency_code as "agencyCode", month, revision, value, source, reported_at as "reportedAt", not exists (
          select from index_reported later where later.quantity = given.quantity and later.agency_code = given.agency_code
            and later.month = given.month and later.revision > given.revision
        ) as standing
      from index_reported given where ${asked}
      order by month desc, agency_code, quantity, revision desc limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(tx),
    sql<{ n: number }>`select count(*) as n from index_reported where ${asked}`.execute(tx),
  ])
  return { rows, total: counted[0]?.n ?? 0 }
}

/** Codes of the units that anything was reported for in a period. */
export async function reportedAgencies(tx: Tx, period: { readonly from: Day; readonly to: Day }): Promise<readonly string[]> {
  const { rows } = await sql<{ code: string }>`
    select distinct agency_code as code from index_reported where month between ${period.from}::date and ${period.to}::date order by 1`.execute(
    tx,
  )
  return rows.map(({ code }) => code)
}
