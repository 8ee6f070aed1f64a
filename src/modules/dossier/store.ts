import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Day } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/database/index.ts'
import type { DossierEvent } from './events.ts'
import { bitsOf, factsOf } from './measures.ts'
import type { Applicant, Dossier, Paper, Recorded } from './rules/dossier.ts'
import { dossierFromJson, isoText } from './rules/dossier.ts'
import type { PastEvent } from './rules/take-back.ts'
import { foldedTypes } from './rules/transitions.ts'
import { workDeltas } from './rules/work-count.ts'
import { searchTextOf } from './rules/work-search.ts'
import { insertWorkDeltas } from './work-store.ts'

const searchText = (dossier: Pick<Dossier, 'code' | 'reference' | 'applicant'>): string =>
  searchTextOf({ name: dossier.applicant.name, code: dossier.code, reference: dossier.reference, phone: dossier.applicant.phone })

/** A dossier as its row, for jsonb_populate_record. */
export function toRow(dossier: Recorded): Record<string, unknown> {
  const { applicant } = dossier
  return {
    id: dossier.id,
    reference: dossier.reference,
    code: dossier.code,
    procedure_code: dossier.procedureCode,
    procedure_version: dossier.procedureVersion,
    procedure_name: dossier.procedureName,
    agency_code: dossier.agencyCode,
    reception_agency_code: dossier.receptionAgencyCode,
    assistance_agency_code: dossier.assistanceAgencyCode,
    channel: dossier.channel,
    assisted: dossier.assisted,
    status: dossier.status,
    stage: dossier.stage,
    assignee_id: dossier.assigneeId,
    assignee_name: dossier.assigneeName,
    submitted_at: isoText(dossier.submittedAt),
    received_at: dossier.receivedAt && isoText(dossier.receivedAt),
    received_day: dossier.receivedDay,
    original_due_at: dossier.originalDueAt && isoText(dossier.originalDueAt),
    due_at: dossier.dueAt && isoText(dossier.dueAt),
    due_explanation: dossier.dueExplanation,
    due_changes: dossier.dueChanges,
    paused_at: dossier.pausedAt && isoText(dossier.pausedAt),
    paused_working_ms: dossier.pausedWorkingMs,
    other_paused_days: dossier.otherPausedDays,
    completed_at: dossier.completedAt && isoText(dossier.completedAt),
    returned_at: dossier.returnedAt && isoText(dossier.returnedAt),
    closed_at: dossier.closedAt && isoText(dossier.closedAt),
    worked_days: dossier.workedDays,
    submitter_id: dossier.submitterId,
    applicant_name: applicant.name,
    applicant_number: applicant.number,
    applicant_phone: applicant.phone,
    applicant_email: applicant.email,
    representation: dossier.representation,
    search: searchText(dossier),
    form_code: dossier.formCode,
    form_version: dossier.formVersion,
    answers: dossier.answers,
    fee_vnd: dossier.feeVnd,
    paid_vnd: dossier.paidVnd,
    paid_online: dossier.paidOnline,
    papers_total: dossier.papersTotal,
    papers_digitised: dossier.papersDigitised,
    papers_reused: dossier.papersReused,
    returns_result: dossier.returnsResult,
    result_electronic: dossier.resultElectronic,
    supplement_requests: dossier.supplementRequests,
    intake_supplements: dossier.intakeSupplements,
    supplement_working_days: dossier.supplementWorkingDays,
    extensions: dossier.extensions,
    recalls: dossier.recalls,
    uncollected_at: dossier.uncollectedAt && isoText(dossier.uncollectedAt),
    refusal_ground: dossier.refusalGround,
    former_codes: dossier.formerCodes,
    clock: dossier.clock,
    source: dossier.source,
    source_digest: dossier.sourceDigest,
    counted: bitsOf(factsOf(dossier)),
    version: dossier.version,
  }
}

const paperRow = (dossierId: string, paper: Paper) => ({
  dossier_id: dossierId,
  number: paper.number,
  kind: paper.kind,
  component_code: paper.componentCode,
  name: paper.name,
  sha256: paper.sha256,
  size: paper.size,
  media_type: paper.mediaType,
  digitised: paper.digitised,
  reused: paper.reused,
  voided: paper.voided ?? false,
  added_at: isoText(paper.addedAt),
})

/** Every column of a dossier under its name in code; papers as JSON. `counted` and `search` are for finding, not for deciding. */
const columns = sql`
  d.id, d.reference, d.code, d.procedure_code as "procedureCode", d.procedure_version as "procedureVersion",
  d.procedure_name as "procedureName", d.agency_code as "agencyCode", d.reception_agency_code as "receptionAgencyCode",
  d.assistance_agency_code as "assistanceAgencyCode", d.channel, d.assisted, d.status, d.stage, d.assignee_id as "assigneeId",
  d.assignee_name as "assigneeName", d.submitted_at as "submittedAt", d.received_at as "receivedAt", d.received_day as "receivedDay",
  d.original_due_at as "originalDueAt", d.due_at as "dueAt", d.due_explanation as "dueExplanation", d.paused_at as "pausedAt",
  d.paused_working_ms as "pausedWorkingMs", d.completed_at as "completedAt", d.returned_at as "returnedAt", d.closed_at as "closedAt",
  d.worked_days as "workedDays", d.submitter_id as "submitterId", d.applicant_name as "applicantName",
  d.applicant_number as "applicantNumber", d.applicant_phone as "applicantPhone", d.applicant_email as "applicantEmail",
  d.representation, d.form_code as "formCode", d.form_version as "formVersion", d.answers, d.fee_vnd as "feeVnd", d.paid_vnd as "paidVnd",
  d.paid_online as "paidOnline", d.papers_total as "papersTotal", d.papers_digitised as "papersDigitised",
  d.papers_reused as "papersReused", d.returns_result as "returnsResult", d.result_electronic as "resultElectronic",
  d.clock, d.due_changes as "dueChanges", d.other_paused_days as "otherPausedDays", d.intake_supplements as "intakeSupplements", d.extensions,
  d.recalls, d.uncollected_at as "uncollectedAt", d.refusal_ground as "refusalGround", d.former_codes as "formerCodes",
  d.supplement_requests as "supplementRequests", d.supplement_working_days as "supplementWorkingDays", d.source,
  d.source_digest as "sourceDigest", d.version`

const papersColumn = sql`
  coalesce((
    select jsonb_agg(jsonb_build_object(
      'number', p.number, 'kind', p.kind, 'componentCode', p.component_code, 'name', p.name, 'sha256', p.sha256, 'size', p.size,
      'mediaType', p.media_type, 'digitised', p.digitised, 'reused', p.reused, 'voided', p.voided, 'addedAt', p.added_at) order by p.number)
    from dossier_paper p where p.dossier_id = d.id), '[]'::jsonb) as papers`

interface Row extends Omit<Dossier, 'applicant' | 'papers'> {
  applicantName: string
  applicantNumber: string | null
  applicantPhone: string | null
  applicantEmail: string | null
  papers: unknown[]
}

function fromRow(row: Row): Dossier {
  const { applicantName, applicantNumber, applicantPhone, applicantEmail, ...rest } = row
  const applicant: Applicant = { name: applicantName, number: applicantNumber, phone: applicantPhone, email: applicantEmail }
  return dossierFromJson({ ...rest, applicant })
}

/** A new dossier with its papers, in one statement. */
export async function insert(tx: Tx, dossier: Dossier): Promise<void> {
  const papers = dossier.papers.map((paper) => paperRow(dossier.id, paper))
  await sql`
    with made as (
      insert into dossier select r.* from jsonb_populate_record(null::dossier, ${JSON.stringify(toRow(dossier))}::jsonb) r
    ), counted as (${insertWorkDeltas(workDeltas([[null, dossier]]))})
    insert into dossier_paper
    select p.* from jsonb_populate_recordset(null::dossier_paper, ${JSON.stringify(papers)}::jsonb) p`.execute(tx)
}

/** A dossier that nobody else can move until the end of the transaction, and when something last happened to it. */
interface Locked {
  readonly dossier: Dossier
  readonly lastAt: Temporal.Instant | null
}

/**
 * The dossier, locked until the end of the transaction: whoever comes second waits here and then sees what the first one did. The row
 * itself is then read anew, but papers and events are still those of before the wait: two versions that differ tell, and it is read again.
 */
export async function lock(tx: Tx, id: string): Promise<Locked | undefined> {
  const read = () =>
    sql<Row & { lastAt: Temporal.Instant | null; versionBefore: number }>`
      select ${columns}, ${papersColumn}, (select max(e.at) from event e where e.subject = d.id) as "lastAt",
        (select b.version from dossier b where b.id = d.id) as "versionBefore"
      from dossier d where d.id = ${id}::uuid for update of d`.execute(tx)
  let [row] = (await read()).rows
  if (row && row.version !== row.versionBefore) [row] = (await read()).rows
  if (!row) return undefined
  const { lastAt, versionBefore: _before, ...dossier } = row
  return { dossier: fromRow(dossier), lastAt }
}

/** The dossier as it stands. */
export async function find(tx: Tx, id: string): Promise<Dossier | undefined> {
  const { rows } = await sql<Row>`select ${columns}, ${papersColumn} from dossier d where d.id = ${id}::uuid`.execute(tx)
  return rows[0] && fromRow(rows[0])
}

const mutable = sql`
  code = r.code, procedure_version = r.procedure_version, status = r.status, stage = r.stage, assignee_id = r.assignee_id,
  assignee_name = r.assignee_name, received_at = r.received_at, received_day = r.received_day, original_due_at = r.original_due_at,
  due_at = r.due_at, due_explanation = r.due_explanation, paused_at = r.paused_at, paused_working_ms = r.paused_working_ms,
  completed_at = r.completed_at, returned_at = r.returned_at, closed_at = r.closed_at, worked_days = r.worked_days,
  search = r.search, fee_vnd = r.fee_vnd, paid_vnd = r.paid_vnd, paid_online = r.paid_online, papers_total = r.papers_total,
  papers_digitised = r.papers_digitised, papers_reused = r.papers_reused, result_electronic = r.result_electronic,
  supplement_requests = r.supplement_requests, supplement_working_days = r.supplement_working_days, counted = r.counted,
  clock = r.clock, due_changes = r.due_changes, other_paused_days = r.other_paused_days, intake_supplements = r.intake_supplements,
  extensions = r.extensions, recalls = r.recalls, uncollected_at = r.uncollected_at, refusal_ground = r.refusal_ground,
  former_codes = r.former_codes, agency_code = r.agency_code, reception_agency_code = r.reception_agency_code,
  assistance_agency_code = r.assistance_agency_code, channel = r.channel, assisted = r.assisted, applicant_name = r.applicant_name,
  applicant_number = r.applicant_number, applicant_phone = r.applicant_phone, applicant_email = r.applicant_email,
  version = r.version`

/**
 * Stores the next state of a locked dossier, with the papers that were added or got a digital copy, in one statement.
 * Throws when the row is no longer at the version that was locked: a bug, not a refusal.
 */
export async function save(tx: Tx, before: Dossier, next: Dossier): Promise<void> {
  const known = new Map(before.papers.map((paper) => [paper.number, paper]))
  const papers = next.papers.filter((paper) => known.get(paper.number) !== paper).map((paper) => paperRow(next.id, paper))
  const { rows } = await sql<{ id: string }>`
    with added as (
      insert into dossier_paper as paper
      select p.* from jsonb_populate_recordset(null::dossier_paper, ${JSON.stringify(papers)}::jsonb) p
      on conflict (dossier_id, number) do update
        set sha256 = excluded.sha256, size = excluded.size, media_type = excluded.media_type, digitised = excluded.digitised,
          name = excluded.name, reused = excluded.reused, voided = excluded.voided
    ), counted as (${insertWorkDeltas(workDeltas([[before, next]]))})
    update dossier d set ${mutable}
    from jsonb_populate_record(null::dossier, ${JSON.stringify(toRow(next))}::jsonb) r
    where d.id = r.id and d.version = ${before.version}
    returning d.id`.execute(tx)
  if (rows.length !== 1) throw new Error(`dossier ${next.id} is not at version ${before.version}`)
}

/** The next serial of an agency's day. The row stays locked until commit: take it last. */
export async function takeSerial(tx: Tx, agencyCode: string, day: Day): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    insert into dossier_serial as s (agency_code, day, last) values (${agencyCode}, ${day}::date, 1)
    on conflict (agency_code, day) do update set last = s.last + 1
    returning last`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('the serial was not returned')
  return row.last
}

/** The last thing that happened to a dossier: told to whoever came second. */
export async function lastEvent(tx: Tx, id: string): Promise<{ type: string; at: Temporal.Instant; actorName: string | null } | undefined> {
  const { rows } = await sql<{ type: string; at: Temporal.Instant; actorName: string | null }>`
    select type, at, actor ->> 'name' as "actorName" from event where subject = ${id}::uuid order by position desc limit 1`.execute(tx)
  return rows[0]
}

/** A dossier's history as it was written, in order. */
export async function history(
  tx: Tx,
  id: string,
): Promise<{ position: number; at: Temporal.Instant; type: string; actor: Record<string, unknown>; data: Record<string, unknown> }[]> {
  const { rows } = await sql<{
    position: number
    at: Temporal.Instant
    type: string
    actor: Record<string, unknown>
    data: Record<string, unknown>
  }>`
    select position, at, type, actor, data from event where subject = ${id}::uuid and type like 'dossier.%' order by position`.execute(tx)
  return rows
}

/** A dossier's history with who did what by which request, for taking the last step back. */
export async function pastEvents(tx: Tx, id: string): Promise<PastEvent[]> {
  const { rows } = await sql<{
    type: string
    at: Temporal.Instant
    data: object
    kind: string
    actorId: string | null
    requestId: string | null
  }>`
    select type, at, data, coalesce(actor ->> 'kind', '') as kind, actor ->> 'id' as "actorId", request_id as "requestId"
    from event where subject = ${id}::uuid and type = any(${[...foldedTypes]}::text[]) order by position`.execute(tx)
  return rows.map(({ type, at, data, kind, actorId, requestId }) => ({
    event: { type, at, data } as unknown as DossierEvent,
    actor: { kind, id: actorId ?? undefined },
    requestId,
  }))
}

export interface LoggedRow {
  readonly at: string
  readonly type: string
  readonly actor: { readonly kind?: string; readonly id?: string; readonly name?: string; readonly for?: { readonly name?: string } }
  readonly data: Readonly<Record<string, unknown>>
}

const eventsColumn = sql`
  coalesce((
    select jsonb_agg(jsonb_build_object('at', e.at, 'type', e.type, 'actor', e.actor, 'data', e.data - 'dossier' - 'count' - 'steps') order by e.position)
    from event e where e.subject = d.id), '[]'::jsonb) as events`

/** A dossier with its history, in one statement. */
export async function findWithHistory(tx: Tx, id: string): Promise<{ dossier: Dossier; events: LoggedRow[] } | undefined> {
  const { rows } = await sql<Row & { events: LoggedRow[] }>`
    select ${columns}, ${papersColumn}, ${eventsColumn} from dossier d where d.id = ${id}::uuid`.execute(tx)
  const [row] = rows
  if (!row) return undefined
  const { events, ...rest } = row
  return { dossier: fromRow(rest), events }
}

/** Writes down that an officer opened a dossier in full. */
export async function recordAccess(
  tx: Tx,
  dossierId: string,
  officer: { officerId: string; name: string },
  at: Temporal.Instant,
): Promise<void> {
  await sql`
    insert into dossier_access (dossier_id, officer_id, officer_name, at)
    values (${dossierId}::uuid, ${officer.officerId}::uuid, ${officer.name}, ${at}::timestamptz)`.execute(tx)
}

/** What a proof is compared with. Exact matches only: part of a code finds nothing. */
export async function findByKey(
  tx: Tx,
  key: { reference: string | null; code: string | null },
): Promise<{ id: string; phone: string | null; submitterId: string | null } | undefined> {
  const { rows } = await sql<{ id: string; phone: string | null; submitterId: string | null }>`
    select id, applicant_phone as phone, submitter_id as "submitterId"
    from dossier where reference = ${key.reference} or code = ${key.code} or (former_codes <> '{}' and former_codes @> array[${key.code}::text])
    order by former_codes = '{}' desc limit 1`.execute(tx)
  return rows[0]
}

/** Dossiers without papers, all in one statement. */
export async function insertAll(tx: Tx, dossiers: readonly Recorded[]): Promise<void> {
  await sql`
    with counted as (${insertWorkDeltas(workDeltas(dossiers.map((next) => [null, next] as const)))})
    insert into dossier select r.* from jsonb_populate_recordset(null::dossier, ${JSON.stringify(dossiers.map(toRow))}::jsonb) r`.execute(
    tx,
  )
}

/** Puts corrected imports in place of what was imported before. The identity and the reference stay. */
export async function replaceAll(tx: Tx, changed: readonly { readonly before: Recorded; readonly next: Recorded }[]): Promise<void> {
  const dossiers = changed.map(({ next }) => next)
  const { numAffectedRows } = await sql`
    with counted as (${insertWorkDeltas(workDeltas(changed.map(({ before, next }) => [before, next] as const)))})
    update dossier d set ${mutable}, procedure_code = r.procedure_code, procedure_name = r.procedure_name,
      submitted_at = r.submitted_at, returns_result = r.returns_result, source_digest = r.source_digest
    from jsonb_populate_recordset(null::dossier, ${JSON.stringify(dossiers.map(toRow))}::jsonb) r
    where d.id = r.id and d.version = r.version - 1`.execute(tx)
  if (numAffectedRows !== BigInt(dossiers.length)) throw new Error('a dossier changed while it was corrected; run the import again')
}

export interface Known {
  readonly id: string
  readonly code: string
  readonly digest: string | null
  readonly source: string | null
}

/** Which of these codes there are already, and the digest of the line they came from. */
export async function findKnown(tx: Tx, codes: readonly string[]): Promise<Map<string, Known>> {
  const { rows } = await sql<Known>`
    select id, code, source_digest as digest, source from dossier where code = any(${[...codes]}::text[])`.execute(tx)
  return new Map(rows.map((row) => [row.code, row]))
}

/** Imported dossiers as they stand, and whether they were worked on here since. */
export async function findImported(tx: Tx, ids: readonly string[]): Promise<Map<string, { dossier: Dossier; worked: boolean }>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<Row & { worked: boolean }>`
    select ${columns}, '[]'::jsonb as papers, exists (
      select from event e where e.subject = d.id and e.type not in ('dossier.imported', 'dossier.corrected')) as worked
    from dossier d where d.id = any(${[...ids]}::uuid[])`.execute(tx)
  return new Map(rows.map(({ worked, ...row }) => [row.id, { dossier: fromRow(row), worked }]))
}

/** The papers of many new dossiers, in one statement. */
export async function insertPapers(tx: Tx, dossiers: readonly Dossier[]): Promise<void> {
  const papers = dossiers.flatMap((dossier) => dossier.papers.map((paper) => paperRow(dossier.id, paper)))
  await sql`
    insert into dossier_paper
    select p.* from jsonb_populate_recordset(null::dossier_paper, ${JSON.stringify(papers)}::jsonb) p`.execute(tx)
}

/** Sees to it that the next serial of each agency and day comes after those of these codes. */
export async function raiseSerials(tx: Tx, given: readonly { agencyCode: string; day: Day; serial: number }[]): Promise<void> {
  await sql`
    insert into dossier_serial as s (agency_code, day, last)
    select "agencyCode", day, max(serial)
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g("agencyCode" text, day date, serial integer)
    group by 1, 2
    on conflict (agency_code, day) do update set last = greatest(s.last, excluded.last)`.execute(tx)
}

/** The last serials given since a day, by agency and day: `<agency> <day>`. */
export async function serialsSince(tx: Tx, day: Day): Promise<Map<string, number>> {
  const { rows } = await sql<{ agency_code: string; day: Day; last: number }>`
    select agency_code, day, last from dossier_serial where day >= ${day}::date`.execute(tx)
  return new Map(rows.map((row) => [`${row.agency_code} ${row.day}`, row.last]))
}

/** Whether anything came from this source. */
export async function hasSource(tx: Tx, source: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`select exists (select from dossier where source = ${source}) as found`.execute(tx)
  return rows[0]?.found ?? false
}
