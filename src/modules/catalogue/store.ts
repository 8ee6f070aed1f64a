import { sql } from 'kysely'
import type { Day } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/database/index.ts'
import { fold } from '../../kernel/text.ts'
import { knownFee, returnsResult, type ServiceLevel, type Tier, type TimeUnit, type VersionBody } from './rules/procedure.ts'
import { alikeText, searchText } from './rules/search-text.ts'

export interface NamedCode {
  readonly code: string
  readonly vi: string
  readonly en: string
}

export interface LifeEvent extends NamedCode {
  readonly hintVi: string
  readonly hintEn: string
}

/** One published version of a procedure. (`code`, `version`) never changes what it says. */
export interface ProcedureVersion {
  readonly id: string
  readonly code: string
  readonly version: number
  readonly validFrom: Day
  readonly codeCertainty: 'sure' | 'unsure' | 'imported'
  readonly publishedBy: string
  readonly body: VersionBody
}

/** A line of a list. */
export interface ProcedureLine {
  readonly code: string
  readonly version: number
  readonly name: string
  readonly nameEn: string
  readonly field: string
  readonly tiers: readonly Tier[]
  readonly serviceLevel: ServiceLevel
  readonly timeLimit: number
  readonly timeUnit: TimeUnit
  readonly feeVnd: number
  /** More is due once it is assessed; the amount is not known before. */
  readonly feeAssessed: boolean
  readonly formCode: string | null
}

const lineColumns = sql`
  v.code, v.version, v.name, v.name_en as "nameEn", v.field, v.tiers, v.service_level as "serviceLevel",
  v.time_limit as "timeLimit", v.time_unit as "timeUnit", v.fee_vnd as "feeVnd", v.fee_assessed as "feeAssessed", v.form_code as "formCode"`

const versionColumns = sql`
  v.id, v.code, v.version, v.valid_from as "validFrom", p.code_certainty as "codeCertainty", v.published_by as "publishedBy", v.body`

/** The versions in force on a day: nothing newer has begun, and the latest does not end the procedure. */
export const inForceOn = (on: Day) => sql`
  v.valid_from <= ${on}::date and not v.abolished and not exists (
    select 1 from procedure_version n
    where n.code = v.code and n.valid_from <= ${on}::date and (n.valid_from, n.version) > (v.valid_from, v.version))`

export async function findInForce(tx: Tx, code: string, on: Day): Promise<ProcedureVersion | undefined> {
  const { rows } = await sql<ProcedureVersion>`
    select ${versionColumns} from procedure p join lateral (
      select * from procedure_version where code = p.code and valid_from <= ${on}::date order by valid_from desc, version desc limit 1
    ) v on true
    where p.code = ${code} and not v.abolished`.execute(tx)
  return rows[0]
}

export async function findVersion(tx: Tx, code: string, version: number): Promise<ProcedureVersion | undefined> {
  const { rows } = await sql<ProcedureVersion>`
    select ${versionColumns} from procedure_version v join procedure p using (code)
    where v.code = ${code} and v.version = ${version}`.execute(tx)
  return rows[0]
}

/** Every version of a procedure, newest first. */
export async function listVersions(tx: Tx, code: string): Promise<ProcedureVersion[]> {
  const { rows } = await sql<ProcedureVersion>`
    select ${versionColumns} from procedure_version v join procedure p using (code)
    where v.code = ${code} order by v.valid_from desc, v.version desc`.execute(tx)
  return rows
}

/** Takes the turn to publish for one procedure; `false` when there is no such procedure yet. */
export async function lockProcedure(tx: Tx, code: string): Promise<boolean> {
  const { rows } = await sql`select 1 from procedure where code = ${code} for update`.execute(tx)
  return rows.length > 0
}

export async function listFields(tx: Tx): Promise<NamedCode[]> {
  const { rows } = await sql<NamedCode>`
    select code, name_vi as vi, name_en as en from procedure_field order by place, name_fold`.execute(tx)
  return rows
}

export async function listLifeEvents(tx: Tx): Promise<LifeEvent[]> {
  const { rows } = await sql<LifeEvent>`
    select code, name_vi as vi, name_en as en, hint_vi as "hintVi", hint_en as "hintEn" from life_event order by place, code`.execute(tx)
  return rows
}

export interface Search {
  /** Folded words; empty for everything. */
  readonly words: readonly string[]
  readonly on: Day
  readonly field?: string | undefined
  readonly tier?: string | undefined
  readonly lifeEvent?: string | undefined
  readonly serviceLevel?: string | undefined
  readonly limit: number
  readonly offset: number
  /** Accepts words that are only alike (typing slips). */
  readonly alike: boolean
}

export interface Found {
  readonly items: ProcedureLine[]
  readonly total: number
  /** How many would be shown for each choice of a filter, the other filters kept. */
  readonly counts: Readonly<Record<'field' | 'tier' | 'serviceLevel' | 'lifeEvent', Readonly<Record<string, number>>>>
}

/** How near a version is to the words: whole code, beginning of the name, words side by side, beginnings of words, anywhere. */
function nearness(words: readonly string[]) {
  const phrase = words.join(' ')
  const starts = words.map((word) => `% ${word}%`)
  return sql`case
    when translate(v.code, '.-', '  ') = ${phrase} then 6
    when v.search like ${`${phrase}%`} then 5
    when ' ' || split_part(v.search, '|', 1) like ${`% ${phrase}%`} then 4
    when ' ' || v.search like ${`% ${phrase}%`} then 3
    when ' ' || v.search like all(${starts}::text[]) then 2
    else 1 end`
}

function matching({ words, alike }: Search) {
  if (words.length === 0) return { where: sql`true`, score: sql`0` }
  const phrase = words.join(' ')
  if (alike) return { where: sql`${phrase} <% v.alike`, score: sql`word_similarity(${phrase}, v.alike)` }
  return { where: sql`v.search like all(${words.map((word) => `%${word}%`)}::text[])`, score: nearness(words) }
}

/** One page of the list with the counts of its filters, in one statement. */
export async function searchVersions(tx: Tx, search: Search): Promise<Found> {
  const { where, score } = matching(search)
  const { words } = search
  const { rows } = await sql<{ items: ProcedureLine[] | null; total: number; counts: Record<string, Record<string, number> | null> }>`
    with hit as materialized (
      select ${lineColumns}, v.life_events, (${score})::float8 as score, ${words.length === 0 ? sql`0` : sql`length(v.name)`} as length, v.search,
        (${search.field ?? null}::text is null or v.field = ${search.field ?? null}) as f,
        (${search.tier ?? null}::text is null or ${search.tier ?? null} = any(v.tiers)) as t,
        (${search.lifeEvent ?? null}::text is null or ${search.lifeEvent ?? null} = any(v.life_events)) as e,
        (${search.serviceLevel ?? null}::text is null or v.service_level = ${search.serviceLevel ?? null}) as s
      from procedure_version v where ${inForceOn(search.on)} and ${where}
    ), shown as (
      select * from hit where f and t and e and s
      order by score desc, length, search, code limit ${search.limit} offset ${search.offset}
    )
    select
      (select jsonb_agg(to_jsonb(shown) - '{life_events,score,length,search,f,t,e,s}'::text[] order by score desc, length, search, code) from shown) as items,
      (select count(*)::int from hit where f and t and e and s) as total,
      jsonb_build_object(
        'field', (select jsonb_object_agg(field, n) from (select field, count(*) as n from hit where t and e and s group by 1) one),
        'tier', (select jsonb_object_agg(tier, n) from (select unnest(tiers) as tier, count(*) as n from hit where f and e and s group by 1) one),
        'serviceLevel', (select jsonb_object_agg("serviceLevel", n) from (select "serviceLevel", count(*) as n from hit where f and t and e group by 1) one),
        'lifeEvent', (select jsonb_object_agg(event, n) from (select unnest(life_events) as event, count(*) as n from hit where f and t and s group by 1) one)
      ) as counts`.execute(tx)
  const row = rows[0]
  const counts = row?.counts ?? {}
  return {
    items: row?.items ?? [],
    total: row?.total ?? 0,
    counts: {
      field: counts.field ?? {},
      tier: counts.tier ?? {},
      serviceLevel: counts.serviceLevel ?? {},
      lifeEvent: counts.lifeEvent ?? {},
    },
  }
}

/** The nearest few, for suggestions while typing. */
export async function suggestVersions(tx: Tx, search: Pick<Search, 'words' | 'on' | 'limit' | 'alike'>): Promise<ProcedureLine[]> {
  const { where, score } = matching({ ...search, offset: 0 })
  const { rows } = await sql<ProcedureLine>`
    select ${lineColumns} from procedure_version v where ${inForceOn(search.on)} and ${where}
    order by (${score}) desc, length(v.name), v.name, v.code limit ${search.limit}`.execute(tx)
  return rows
}

export interface NewVersion {
  readonly id: string
  readonly code: string
  readonly version: number
  readonly validFrom: Day
  readonly codeCertainty: ProcedureVersion['codeCertainty']
  readonly publishedAt: string
  readonly publishedBy: string
  readonly body: VersionBody
}

/** Writes versions, new procedures with them, in one statement. The names of fields and life events go into the search column. */
export async function insertVersions(
  tx: Tx,
  versions: readonly NewVersion[],
  fields: ReadonlyMap<string, string>,
  lifeEvents: ReadonlyMap<string, string>,
): Promise<void> {
  if (versions.length === 0) return
  const rows = versions.map(({ body, ...version }) => ({
    ...version,
    abolished: body.abolished,
    name: body.name.vi,
    name_en: body.name.en,
    field: body.field,
    tiers: body.tiers,
    service_level: body.serviceLevel,
    time_limit: body.timeLimit.amount,
    time_unit: body.timeLimit.unit,
    fee_vnd: knownFee(body.fees),
    fee_assessed: body.fees.some(({ when }) => when === 'assessed'),
    returns_result: returnsResult(body),
    form_code: body.form,
    life_events: body.lifeEvents,
    search: searchText(
      version.code,
      body,
      fields.get(body.field) ?? '',
      body.lifeEvents.map((event) => lifeEvents.get(event) ?? ''),
    ),
    alike: alikeText(body, fields.get(body.field) ?? ''),
    body,
  }))
  await sql`
    with incoming as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
        id uuid, code text, version smallint, "validFrom" date, "codeCertainty" text, "publishedAt" timestamptz, "publishedBy" text,
        abolished boolean, name text, name_en text, field text, tiers jsonb, service_level text, time_limit float8, time_unit text, fee_vnd bigint,
        fee_assessed boolean, returns_result boolean, form_code text, life_events jsonb, search text, alike text, body jsonb)
    ), known as (
      insert into procedure (code, code_certainty)
      select distinct on (code) code, "codeCertainty" from incoming order by code, version on conflict (code) do nothing
    )
    insert into procedure_version (code, version, id, valid_from, abolished, name, name_en, field, tiers, service_level, time_limit, time_unit,
      fee_vnd, fee_assessed, returns_result, form_code, life_events, search, alike, published_at, published_by, body)
    select code, version, id, "validFrom", abolished, name, name_en, field, array(select jsonb_array_elements_text(tiers)), service_level, time_limit,
      time_unit, fee_vnd, fee_assessed, returns_result, form_code, array(select jsonb_array_elements_text(life_events)), search, alike, "publishedAt", "publishedBy", body
    from incoming`.execute(tx)
}

/** Adds fields that are not there yet; their names are kept as first given. */
export async function insertFields(tx: Tx, fields: readonly NamedCode[], place?: number): Promise<number> {
  const rows = fields.map(({ code, vi, en }, at) => ({ code, vi, en, fold: fold(vi), place: place ?? at }))
  const { numAffectedRows } = await sql`
    insert into procedure_field (code, name_vi, name_en, name_fold, place)
    select code, vi, en, fold, place from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as f(code text, vi text, en text, fold text, place smallint)
    on conflict (code) do nothing`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

export async function insertLifeEvents(tx: Tx, events: readonly LifeEvent[]): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into life_event (code, name_vi, name_en, hint_vi, hint_en, place)
    select code, vi, en, "hintVi", "hintEn", place
    from jsonb_to_recordset(${JSON.stringify(events.map((event, place) => ({ ...event, place })))}::jsonb)
      as e(code text, vi text, en text, "hintVi" text, "hintEn" text, place smallint)
    on conflict (code) do nothing`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** Every version of many procedures, oldest first, for imports and loads. */
export async function versionsOf(tx: Tx, codes: readonly string[]): Promise<Map<string, ProcedureVersion[]>> {
  const { rows } = await sql<ProcedureVersion>`
    select ${versionColumns} from procedure_version v join procedure p using (code)
    where v.code = any(${codes}::text[]) order by v.code, v.valid_from, v.version`.execute(tx)
  const byCode = new Map<string, ProcedureVersion[]>()
  for (const row of rows) byCode.set(row.code, [...(byCode.get(row.code) ?? []), row])
  return byCode
}
