import { sql } from 'kysely'
import type { Day } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/database/index.ts'
import { fold } from '../../kernel/text.ts'
import type { Agency, Hamlet, Lineage } from './rules/agency.ts'
import type { Organisation, OrganisationChange } from './rules/change.ts'

/** What search looks at: name, short name, code and area code, folded. */
export const searchText = (agency: Pick<Agency, 'name' | 'shortName' | 'code' | 'areaCode'>): string =>
  fold(`${agency.name} ${agency.shortName} ${agency.code} ${agency.areaCode ?? ''}`)

const agencyColumns = sql`
  code, valid_from as "validFrom", valid_to as "validTo", name, short_name as "shortName", tier, kind,
  parent_code as "parentCode", area_code as "areaCode", certainty, source, note`

const hamletColumns = sql`
  code, valid_from as "validFrom", valid_to as "validTo", name, kind, commune_code as "communeCode", certainty, note`

/** Every agency version of the province, in one statement. */
export async function loadAgencies(tx: Tx): Promise<Agency[]> {
  const { rows } = await sql<Agency>`select ${agencyColumns} from agency order by valid_from, code`.execute(tx)
  return rows
}

interface LineageRow extends Omit<Lineage, 'from' | 'to'> {
  fromCode: string
  fromValidFrom: Day
  toCode: string
  toValidFrom: Day
}

export async function loadLineage(tx: Tx): Promise<Lineage[]> {
  const { rows } = await sql<LineageRow>`
    select from_code as "fromCode", from_valid_from as "fromValidFrom", to_code as "toCode", to_valid_from as "toValidFrom",
      effective_day as "effectiveDay", share, certainty, source, note
    from agency_lineage order by effective_day, from_code, to_code`.execute(tx)
  return rows.map(({ fromCode, fromValidFrom, toCode, toValidFrom, ...rest }) => ({
    ...rest,
    from: { code: fromCode, validFrom: fromValidFrom },
    to: { code: toCode, validFrom: toValidFrom },
  }))
}

export async function loadHamlets(tx: Tx): Promise<Hamlet[]> {
  const { rows } = await sql<Hamlet>`select ${hamletColumns} from hamlet order by code, valid_from`.execute(tx)
  return rows
}

/** The hamlets linked to a commune on a day. */
export async function hamletsOf(tx: Tx, communeCode: string, day: Day): Promise<Hamlet[]> {
  const { rows } = await sql<Hamlet>`
    select ${hamletColumns} from hamlet
    where commune_code = ${communeCode} and valid_from <= ${day}::date and (valid_to is null or valid_to >= ${day}::date)
    order by code`.execute(tx)
  return rows
}

/** Everything a change is decided on. Three statements; changing the tree is rare. */
export async function loadOrganisation(tx: Tx): Promise<Organisation> {
  return { agencies: await loadAgencies(tx), lineage: await loadLineage(tx), hamlets: await loadHamlets(tx) }
}

/** Names the database, the province's schema and the version of its tree: what a copy in memory is checked against. */
export async function readStamp(tx: Tx): Promise<{ place: string; version: string }> {
  const { rows } = await sql<{ place: string; version: string }>`
    select current_database() || '/' || current_schema() as place, version from organisation_state where id = 1`.execute(tx)
  return rows[0] ?? { place: '', version: '' }
}

/** Takes the turn to change the tree: a second administrator waits here until the first is done. */
export async function lockTree(tx: Tx): Promise<void> {
  await sql`select from organisation_state where id = 1 for update`.execute(tx)
}

/** Codes and names that match folded words, nearest first. Every version is looked at; a code comes once, with its latest match. */
export async function searchAgencies(tx: Tx, words: string, limit: number): Promise<Agency[]> {
  const patterns = words.split(' ').map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`)
  const { rows } = await sql<Agency>`
    select ${agencyColumns} from (
      select distinct on (code) *, similarity(name_fold, ${words}) as nearness
      from agency where name_fold like all (${patterns}::text[])
      order by code, valid_from desc
    ) as found
    order by valid_to is not null, nearness desc, code
    limit ${limit}`.execute(tx)
  return rows
}

const agencyJson = (agency: Agency) => ({
  code: agency.code,
  valid_from: agency.validFrom,
  valid_to: agency.validTo,
  name: agency.name,
  short_name: agency.shortName,
  tier: agency.tier,
  kind: agency.kind,
  parent_code: agency.parentCode,
  area_code: agency.areaCode,
  certainty: agency.certainty,
  source: agency.source,
  note: agency.note,
  name_fold: searchText(agency),
})

const lineageJson = (link: Lineage) => ({
  from_code: link.from.code,
  from_valid_from: link.from.validFrom,
  to_code: link.to.code,
  to_valid_from: link.to.validFrom,
  effective_day: link.effectiveDay,
  share: link.share,
  certainty: link.certainty,
  source: link.source,
  note: link.note,
})

const hamletJson = (hamlet: Hamlet) => ({
  code: hamlet.code,
  valid_from: hamlet.validFrom,
  valid_to: hamlet.validTo,
  name: hamlet.name,
  kind: hamlet.kind,
  commune_code: hamlet.communeCode,
  certainty: hamlet.certainty,
  note: hamlet.note,
  name_fold: fold(hamlet.name),
})

/** Writes a change: one statement for each table it touches. Call `lockTree` first. */
export async function saveChange(tx: Tx, change: OrganisationChange): Promise<void> {
  if (change.close.length > 0) {
    await sql`
      update agency set valid_to = c."validTo"
      from jsonb_to_recordset(${JSON.stringify(change.close)}::jsonb) as c(code text, "validFrom" date, "validTo" date)
      where agency.code = c.code and agency.valid_from = c."validFrom"`.execute(tx)
  }
  if (change.put.length > 0) {
    await sql`
      insert into agency (code, valid_from, valid_to, name, short_name, tier, kind, parent_code, area_code, certainty, source, note, name_fold)
      select code, valid_from, valid_to, name, short_name, tier, kind, parent_code, area_code, certainty, source, note, name_fold
      from jsonb_populate_recordset(null::agency, ${JSON.stringify(change.put.map(agencyJson))}::jsonb)
      on conflict (code, valid_from) do update set
        valid_to = excluded.valid_to, name = excluded.name, short_name = excluded.short_name, tier = excluded.tier, kind = excluded.kind,
        parent_code = excluded.parent_code, area_code = excluded.area_code, certainty = excluded.certainty, source = excluded.source,
        note = excluded.note, name_fold = excluded.name_fold`.execute(tx)
  }
  if (change.lineage.length > 0) {
    await sql`
      insert into agency_lineage
      select * from jsonb_populate_recordset(null::agency_lineage, ${JSON.stringify(change.lineage.map(lineageJson))}::jsonb)
      on conflict (from_code, from_valid_from, to_code, to_valid_from) do update set
        effective_day = excluded.effective_day, share = excluded.share, certainty = excluded.certainty, source = excluded.source,
        note = excluded.note`.execute(tx)
  }
  if (change.closeHamlets.length > 0) {
    await sql`
      update hamlet set valid_to = c."validTo", note = case when c.note = '' then hamlet.note else c.note end
      from jsonb_to_recordset(${JSON.stringify(change.closeHamlets)}::jsonb) as c(code text, "validFrom" date, "validTo" date, note text)
      where hamlet.code = c.code and hamlet.valid_from = c."validFrom"`.execute(tx)
  }
  if (change.putHamlets.length > 0) {
    await sql`
      insert into hamlet
      select * from jsonb_populate_recordset(null::hamlet, ${JSON.stringify(change.putHamlets.map(hamletJson))}::jsonb)
      on conflict (code, valid_from) do update set
        valid_to = excluded.valid_to, name = excluded.name, kind = excluded.kind, commune_code = excluded.commune_code,
        certainty = excluded.certainty, note = excluded.note, name_fold = excluded.name_fold`.execute(tx)
  }
  // After the change: before it, the old tree could be kept in memory under the new version.
  await sql`update organisation_state set version = gen_random_uuid() where id = 1`.execute(tx)
}
