import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Day } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/database/index.ts'
import { fold } from '../../kernel/text.ts'
import type { DossierMark, Place } from './rules/facts.ts'
import { dueNow, openStages, type Petition } from './rules/petition.ts'
import type { Rating } from './rules/rating.ts'
import type { LocalLimit } from './rules/settings.ts'

/** A petition as its row, for jsonb_populate_record. */
function toRow(petition: Petition): Record<string, unknown> {
  const due = dueNow(petition)
  const { public: shown } = petition
  return {
    id: petition.id,
    reference: petition.reference,
    agency_code: petition.agencyCode,
    filed_at: petition.filedAt,
    person_id: petition.personId,
    phone: petition.phone,
    dossier_id: petition.dossierId,
    kind: petition.kind,
    stage: petition.stage,
    open: openStages.includes(petition.stage),
    assignee_id: petition.assigneeId,
    due_at: due?.at ?? null,
    index_due_at: due?.indexAt ?? null,
    late: petition.late,
    published_at: petition.publishedAt,
    search: fold([petition.reference, petition.name, petition.phone ?? '', petition.dossierCode ?? '', petition.content].join(' ')),
    public_search: shown && fold([shown.title, shown.content, shown.answer].join(' ')),
    state: petition,
    version: petition.version,
  }
}

export async function insertPetition(tx: Tx, petition: Petition): Promise<void> {
  await sql`
    insert into petition select r.* from jsonb_populate_record(null::petition, ${JSON.stringify(toRow(petition))}::jsonb) r`.execute(tx)
}

/** Stores the next state of a locked petition. Throws when the row is no longer at the version that was locked: a bug, not a refusal. */
export async function savePetition(tx: Tx, before: Petition, next: Petition): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update petition p set agency_code = r.agency_code, kind = r.kind, stage = r.stage, open = r.open, assignee_id = r.assignee_id,
      due_at = r.due_at, index_due_at = r.index_due_at, late = r.late, published_at = r.published_at, search = r.search,
      public_search = r.public_search, state = r.state, version = r.version
    from jsonb_populate_record(null::petition, ${JSON.stringify(toRow(next))}::jsonb) r
    where p.id = r.id and p.version = ${before.version}
    returning p.id`.execute(tx)
  if (rows.length !== 1) throw new Error(`petition ${next.id} is not at version ${before.version}`)
}

/** The petition, locked until the end of the transaction: whoever comes second waits here and then sees what the first one did. */
export async function lockPetition(tx: Tx, id: string): Promise<Petition | undefined> {
  const { rows } = await sql<{ state: Petition }>`select state from petition where id = ${id}::uuid for update`.execute(tx)
  return rows[0]?.state
}

export async function findPetition(tx: Tx, id: string): Promise<Petition | undefined> {
  const { rows } = await sql<{ state: Petition }>`select state from petition where id = ${id}::uuid`.execute(tx)
  return rows[0]?.state
}

export async function findPetitionByReference(tx: Tx, reference: string): Promise<Petition | undefined> {
  const { rows } = await sql<{ state: Petition }>`select state from petition where reference = ${reference}`.execute(tx)
  return rows[0]?.state
}

/** When something last happened to a petition, who did what: told to whoever came second. */
export async function lastEvent(tx: Tx, id: string): Promise<{ type: string; at: Temporal.Instant; actorName: string | null } | undefined> {
  const { rows } = await sql<{ type: string; at: Temporal.Instant; actorName: string | null }>`
    select type, at, actor ->> 'name' as "actorName" from event where subject = ${id}::uuid order by position desc limit 1`.execute(tx)
  return rows[0]
}

export interface LoggedRow {
  readonly at: Temporal.Instant
  readonly type: string
  readonly actor: { readonly kind?: string; readonly id?: string; readonly name?: string }
  readonly data: Readonly<Record<string, unknown>>
}

/** A petition's history as it was written, in order. */
export async function historyOf(tx: Tx, id: string): Promise<LoggedRow[]> {
  const { rows } = await sql<LoggedRow>`
    select at, type, actor, data from event where subject = ${id}::uuid and type like 'petition.%' order by position`.execute(tx)
  return rows
}

/** Who wrote the answer that waits for signature. */
export async function drafterOf(tx: Tx, id: string): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`
    select actor ->> 'id' as id from event where subject = ${id}::uuid and type = 'petition.drafted' order by position desc limit 1`.execute(
    tx,
  )
  return rows[0]?.id ?? null
}

/** How many petitions came from a person or a phone number since then. */
export async function countFiled(tx: Tx, who: { personId: string | null; phone: string | null }, since: Temporal.Instant): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from petition
    where filed_at >= ${since}::timestamptz and (person_id = ${who.personId}::uuid or phone = ${who.phone})`.execute(tx)
  return rows[0]?.n ?? 0
}

/** Puts a vote in; what the voter said before, null for the first time. */
export async function putVote(tx: Tx, petitionId: string, voter: string, liked: boolean, at: Temporal.Instant): Promise<boolean | null> {
  const { rows } = await sql<{ before: boolean | null }>`
    with known as (select liked from petition_vote where petition_id = ${petitionId}::uuid and voter = ${voter})
    insert into petition_vote (petition_id, voter, liked, at) values (${petitionId}::uuid, ${voter}, ${liked}, ${at}::timestamptz)
    on conflict (petition_id, voter) do update set liked = excluded.liked, at = excluded.at
    returning (select liked from known) as before`.execute(tx)
  return rows[0]?.before ?? null
}

export async function findVote(tx: Tx, petitionId: string, voter: string): Promise<boolean | null> {
  const { rows } = await sql<{ liked: boolean }>`
    select liked from petition_vote where petition_id = ${petitionId}::uuid and voter = ${voter}`.execute(tx)
  return rows[0]?.liked ?? null
}

/** Writes down that an officer opened a petition in full. */
export async function recordAccess(
  tx: Tx,
  petitionId: string,
  officer: { officerId: string; name: string },
  at: Temporal.Instant,
): Promise<void> {
  await sql`
    insert into petition_access (petition_id, officer_id, officer_name, at)
    values (${petitionId}::uuid, ${officer.officerId}::uuid, ${officer.name}, ${at}::timestamptz)`.execute(tx)
}

/** Petitions whose limit passed and that nobody has counted late yet. */
export async function passedLimits(tx: Tx, now: Temporal.Instant, most: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from petition where open and not late and index_due_at < ${now}::timestamptz order by index_due_at limit ${most}`.execute(tx)
  return rows.map(({ id }) => id)
}

export async function localLimits(tx: Tx): Promise<(LocalLimit & { setBy: string; setAt: Temporal.Instant })[]> {
  const { rows } = await sql<LocalLimit & { setBy: string; setAt: Temporal.Instant }>`
    select valid_from as "validFrom", resolve_days as "resolveDays", basis, set_by as "setBy", set_at as "setAt"
    from petition_limit order by valid_from`.execute(tx)
  return rows
}

export async function putLocalLimit(tx: Tx, limit: LocalLimit, by: string, at: Temporal.Instant): Promise<void> {
  await sql`
    insert into petition_limit (valid_from, resolve_days, basis, set_by, set_at)
    values (${limit.validFrom}::date, ${limit.resolveDays}, ${limit.basis}, ${by}, ${at}::timestamptz)
    on conflict (valid_from) do update
      set resolve_days = excluded.resolve_days, basis = excluded.basis, set_by = excluded.set_by, set_at = excluded.set_at`.execute(tx)
}

/** What the log says of a dossier, as far as feedback needs it. The log is the only thing of a dossier that this room reads. */
export interface DossierFacts {
  readonly id: string
  readonly code: string | null
  readonly agencyCode: string
  readonly procedureCode: string
  readonly procedureName: string
  readonly channel: Place['channel']
  readonly personId: string | null
  readonly applicantNumber: string | null
  readonly officerId: string | null
  readonly officerName: string | null
  readonly returnedAt: string | null
  readonly place: Place | null
}

interface DossierLog {
  dossier: Record<string, unknown> | null
  place: (Place & { in: number[] }) | null
  code: string | null
  officer: { assigneeId?: string; assigneeName?: string } | null
  returned_at: Temporal.Instant | null
  status: string | null
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** A dossier by its events: one statement over a handful of rows of one subject. */
export async function readDossier(tx: Tx, id: string): Promise<DossierFacts | undefined> {
  const { rows } = await sql<DossierLog>`
    with told as (select position, at, type, data from event where subject = ${id}::uuid and type like 'dossier.%')
    select
      (select data -> 'dossier' from told where data ? 'dossier' order by position desc limit 1) as dossier,
      (select data -> 'count' -> 'after' from told where data ? 'count' order by position desc limit 1) as place,
      (select data ->> 'code' from told where type = 'dossier.received' order by position desc limit 1) as code,
      (select data from told where type = 'dossier.assigned' order by position desc limit 1) as officer,
      (select max(at) from told where type = 'dossier.returned') as returned_at,
      (select data ->> 'status' from told where data ? 'status' order by position desc limit 1) as status`.execute(tx)
  const [row] = rows
  if (!row?.dossier) return undefined
  const { dossier, place } = row
  const applicant = (dossier.applicant ?? {}) as { number?: unknown }
  const returned = (row.status ?? String(dossier.status ?? '')) === '10'
  return {
    id,
    code: row.code ?? textOf(dossier.code),
    agencyCode: place?.agency ?? textOf(dossier.agencyCode) ?? '',
    procedureCode: textOf(dossier.procedureCode) ?? '',
    procedureName: textOf(dossier.procedureName) ?? '',
    channel: (textOf(dossier.channel) ?? 'counter') as Place['channel'],
    personId: textOf(dossier.submitterId),
    applicantNumber: textOf(applicant.number),
    officerId: textOf(row.officer?.assigneeId) ?? textOf(dossier.assigneeId),
    officerName: textOf(row.officer?.assigneeName) ?? textOf(dossier.assigneeName),
    returnedAt: returned ? (row.returned_at?.toString() ?? textOf(dossier.returnedAt)) : null,
    place: place && { agency: place.agency, day: place.day, procedure: place.procedure, channel: place.channel },
  }
}

/** Asks the applicant of a returned dossier how it went; once. */
export async function invite(tx: Tx, dossier: DossierFacts, returnedAt: string, openUntil: Temporal.Instant): Promise<void> {
  await sql`
    insert into rating_invitation (dossier_id, person_id, procedure_name, agency_code, returned_at, open_until)
    values (${dossier.id}::uuid, ${dossier.personId}::uuid, ${dossier.procedureName}, ${dossier.agencyCode}, ${returnedAt}::timestamptz,
      ${openUntil}::timestamptz)
    on conflict (dossier_id) do nothing`.execute(tx)
}

export const markInvitationUsed = (tx: Tx, dossierId: string): Promise<unknown> =>
  sql`update rating_invitation set rated = true where dossier_id = ${dossierId}::uuid and not rated`.execute(tx)

export interface Invitation {
  readonly dossierId: string
  readonly procedureName: string
  readonly agencyCode: string
  readonly returnedAt: Temporal.Instant
}

export async function invitationsOf(tx: Tx, personId: string, now: Temporal.Instant): Promise<Invitation[]> {
  const { rows } = await sql<Invitation>`
    select dossier_id as "dossierId", procedure_name as "procedureName", agency_code as "agencyCode", returned_at as "returnedAt"
    from rating_invitation where person_id = ${personId}::uuid and not rated and open_until > ${now}::timestamptz
    order by returned_at desc limit 20`.execute(tx)
  return rows
}

/** The rating of a dossier, locked: two at once are one after the other. */
export async function lockRating(tx: Tx, dossierId: string): Promise<Rating | undefined> {
  const { rows } = await sql<{ state: Rating }>`select state from rating where dossier_id = ${dossierId}::uuid for update`.execute(tx)
  return rows[0]?.state
}

export async function findRating(tx: Tx, dossierId: string): Promise<Rating | undefined> {
  const { rows } = await sql<{ state: Rating }>`select state from rating where dossier_id = ${dossierId}::uuid`.execute(tx)
  return rows[0]?.state
}

export async function putRating(tx: Tx, rating: Rating): Promise<void> {
  const row = {
    id: rating.id,
    dossier_id: rating.dossierId,
    agency_code: rating.agencyCode,
    procedure_code: rating.procedureCode,
    procedure_name: rating.procedureName,
    officer_id: rating.officerId,
    officer_name: rating.officerName,
    level: rating.level,
    scores: rating.scores,
    comment: rating.comment,
    source: rating.source,
    criteria_from: rating.criteriaFrom,
    given_at: rating.givenAt,
    given_day: rating.givenDay,
    changed_at: rating.changedAt,
    state: rating,
    version: rating.version,
  }
  await sql`
    insert into rating select r.* from jsonb_populate_record(null::rating, ${JSON.stringify(row)}::jsonb) r
    on conflict (id) do update set level = excluded.level, scores = excluded.scores, comment = excluded.comment, source = excluded.source,
      changed_at = excluded.changed_at, state = excluded.state, version = excluded.version`.execute(tx)
}

/** What a dossier has against it, locked; made when it is not there yet, so that two at once meet. */
export async function lockMark(tx: Tx, dossierId: string, newId: string): Promise<DossierMark> {
  const { rows } = await sql<DossierMark>`
    insert into dossier_mark as m (dossier_id, id, petitions, disliked, place) values (${dossierId}::uuid, ${newId}::uuid, 0, false, null)
    on conflict (dossier_id) do update set petitions = m.petitions
    returning m.id, m.dossier_id as "dossierId", m.petitions, m.disliked, m.place`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('the mark was not returned')
  return row
}

export async function findMark(tx: Tx, dossierId: string): Promise<DossierMark | undefined> {
  const { rows } = await sql<DossierMark>`
    select id, dossier_id as "dossierId", petitions, disliked, place from dossier_mark where dossier_id = ${dossierId}::uuid for update`.execute(
    tx,
  )
  return rows[0]
}

/** Whether a row of dossier_mark called `mark` counts in dossier_complained, and where: the same as `markFacts`. */
export const complained = {
  counts: sql<boolean>`(mark.place is not null and (mark.petitions > 0 or mark.disliked))`,
  agency: sql<string>`(mark.place ->> 'agency')`,
  day: sql<Day>`(mark.place ->> 'day')::date`,
} as const

export const saveMark = (tx: Tx, mark: DossierMark): Promise<unknown> =>
  sql`
    update dossier_mark set petitions = ${mark.petitions}, disliked = ${mark.disliked}, place = ${JSON.stringify(mark.place)}::jsonb
    where dossier_id = ${mark.dossierId}::uuid`.execute(tx)

export interface RatingLine {
  readonly key: string
  readonly name: string
  readonly n: number
  readonly good: number
  readonly fair: number
  readonly poor: number
}

/** Ratings of a period summed by unit, procedure or officer; every line with its n. */
export async function sumRatings(
  tx: Tx,
  by: 'unit' | 'procedure' | 'officer',
  period: { from: Day; to: Day; agencyCodes: readonly string[] | null },
): Promise<RatingLine[]> {
  const key = by === 'unit' ? sql`agency_code` : by === 'procedure' ? sql`procedure_code` : sql`coalesce(officer_id::text, '')`
  const name = by === 'unit' ? sql`agency_code` : by === 'procedure' ? sql`procedure_name` : sql`coalesce(officer_name, '')`
  const { rows } = await sql<RatingLine>`
    select ${key} as key, min(${name}) as name, count(*)::int as n, count(*) filter (where level = 'good')::int as good,
      count(*) filter (where level = 'fair')::int as fair, count(*) filter (where level = 'poor')::int as poor
    from rating
    where given_day between ${period.from}::date and ${period.to}::date
      and (${period.agencyCodes}::text[] is null or agency_code = any(${period.agencyCodes}::text[]))
    group by 1 order by 3 desc, 2`.execute(tx)
  return rows
}

/** How each criterion was answered in a period: points by how many gave them. */
export async function sumCriteria(
  tx: Tx,
  period: { from: Day; to: Day; agencyCodes: readonly string[] | null },
): Promise<{ code: string; n: number; points: number }[]> {
  const { rows } = await sql<{ code: string; n: number; points: number }>`
    select s.key as code, count(*)::int as n, sum(s.value::int)::int as points
    from rating r, jsonb_each_text(r.scores) s
    where r.given_day between ${period.from}::date and ${period.to}::date
      and (${period.agencyCodes}::text[] is null or r.agency_code = any(${period.agencyCodes}::text[]))
    group by 1`.execute(tx)
  return rows
}

/** Comments of a period, latest first. */
export async function comments(
  tx: Tx,
  period: { from: Day; to: Day; agencyCodes: readonly string[] | null },
): Promise<{ comment: string; level: Rating['level']; procedureName: string; agencyCode: string; givenDay: Day }[]> {
  const { rows } = await sql<{ comment: string; level: Rating['level']; procedureName: string; agencyCode: string; givenDay: Day }>`
    select comment, level, procedure_name as "procedureName", agency_code as "agencyCode", given_day as "givenDay" from rating
    where comment is not null and given_day between ${period.from}::date and ${period.to}::date
      and (${period.agencyCodes}::text[] is null or agency_code = any(${period.agencyCodes}::text[]))
    order by given_at desc limit 20`.execute(tx)
  return rows
}
