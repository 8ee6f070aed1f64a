import { createHash, randomBytes } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { type Day, dayOf } from '../../kernel/clock.ts'
import type { Context } from '../../kernel/context.ts'
import { Refused } from '../../kernel/errors.ts'
import { type NewEvent, record } from '../../kernel/events.ts'
import type { Text } from '../../kernel/i18n/index.ts'
import { type ImportContext, type ImportKind, type ImportOutcome, importer, type Reject } from '../../kernel/import.ts'
import {
  dueAt,
  findVersions,
  inForceOrFirst,
  loadCalendar,
  loadDirectory,
  type OrganisationDirectory,
  type ProcedureFacts,
  type ProcedureVersion,
  procedureFacts,
  type WorkCalendar,
  workingDayAfter,
  workingDaysBetween,
} from './facts.ts'
import { countChange, type Facts, factsOf, sumFacts } from './measures.ts'
import { parseCode } from './rules/code.ts'
import { dossierToJson, type Moment, newDossier, type Recorded } from './rules/dossier.ts'
import { type DossierRow, dossierColumns, parseDossierRow, stageOf } from './rules/import-row.ts'
import { makeReference } from './rules/reference.ts'
import * as store from './store.ts'

const reasons = {
  agency: { vi: 'Ngày đó không có cơ quan nào mang mã này.', en: 'No agency had this code on that day.' },
  procedure: { vi: 'Danh mục không có thủ tục này.', en: 'The catalogue has no such procedure.' },
  abolished: { vi: 'Ngày đó thủ tục này đã bị bãi bỏ.', en: 'The procedure was abolished by that day.' },
  future: { vi: 'Thời điểm này chưa tới.', en: 'This instant has not come yet.' },
  ours: { vi: 'Mã này là của một hồ sơ nộp tại hệ thống này.', en: 'This code belongs to a dossier filed in this system.' },
  worked: { vi: 'Hồ sơ đã được xử lý tiếp tại đây sau lần nhập trước.', en: 'The dossier was worked on here after it was imported.' },
} as const satisfies Record<string, Text>

const twice = (line: number): Text => ({
  vi: `Mã này đã có ở dòng ${line} với nội dung khác.`,
  en: `This code is already on line ${line} with other content.`,
})

const digestOf = (row: DossierRow): string =>
  createHash('sha256')
    .update(JSON.stringify(Object.values(row).map((value) => value)))
    .digest('base64url')
    .slice(0, 22)

/** A string of its own: one cut out of a file's text would keep that whole text in memory for as long as it is remembered. */
const ownCopy = (text: string): string => Buffer.from(text).toString()

/** What a whole file is checked against, loaded once and kept for its batches. */
interface Reference {
  readonly directory: OrganisationDirectory
  readonly calendar: WorkCalendar
  readonly procedures: Map<string, readonly ProcedureVersion[]>
  readonly facts: Map<string, ProcedureFacts>
}

let pool = randomBytes(0)
/** Random bytes out of a pool: asking the system for each row would take longer than the row. */
function someBytes(count: number): Uint8Array {
  if (pool.length < count) pool = randomBytes(4096)
  const bytes = pool.subarray(0, count)
  pool = pool.subarray(count)
  return bytes
}

/** The value of something that needs the calendar, or null for a year that no calendar covers. */
function covered<T>(work: () => T): T | null {
  try {
    return work()
  } catch (error) {
    if (error instanceof Refused) return null
    throw error
  }
}

const DAY_MS = 86_400_000

/** The same time of day, some working days later; calendar days where no calendar is known. */
function later(at: Moment, workingDays: number, calendar: WorkCalendar): Moment {
  if (workingDays === 0) return at
  const from = dayOf(at)
  const to = covered(() => workingDayAfter(from, workingDays, calendar))
  const days = to === null ? workingDays : (Date.parse(to) - Date.parse(from)) / DAY_MS
  return { epochMilliseconds: at.epochMilliseconds + DAY_MS * days }
}

/** When a dossier received then was due by its procedure; null for a year without a calendar. */
const dueOf = (received: Moment, procedure: ProcedureFacts, calendar: WorkCalendar): Moment | null =>
  covered(() => dueAt(Temporal.Instant.fromEpochMilliseconds(received.epochMilliseconds), procedure.limit, calendar).due)

/** A row as a dossier. The due time takes in the working days the applicant took, as it does for dossiers worked on here. */
function toDossier(
  row: DossierRow,
  id: string,
  digest: string,
  source: string,
  procedure: ProcedureFacts,
  { calendar }: Reference,
): Recorded {
  const receivedDay = row.receivedAt && dayOf(row.receivedAt)
  const originalDueAt = row.dueAt ?? (row.receivedAt && dueOf(row.receivedAt, procedure, calendar))
  const workedDays =
    receivedDay && row.completedAt ? covered(() => workingDaysBetween(receivedDay, dayOf(row.completedAt as Moment), calendar)) : null
  return newDossier<Recorded>({
    id,
    reference: makeReference(someBytes(7)),
    code: row.code,
    procedureCode: row.procedureCode,
    procedureVersion: procedure.version,
    procedureName: procedure.name,
    agencyCode: row.agencyCode,
    receptionAgencyCode: row.agencyCode,
    assistanceAgencyCode: row.assisted ? row.agencyCode : null,
    channel: row.channel,
    assisted: row.assisted,
    status: row.status,
    stage: stageOf(row.status),
    submittedAt: row.submittedAt,
    receivedAt: row.receivedAt,
    receivedDay,
    originalDueAt,
    dueAt: originalDueAt && later(originalDueAt, row.supplementWorkingDays, calendar),
    completedAt: row.completedAt,
    returnedAt: row.returnedAt,
    // Withdrawn (7) is closed too: work on it ended then.
    closedAt: ['closed', 'withdrawn'].includes(stageOf(row.status)) ? (row.returnedAt ?? row.completedAt) : null,
    workedDays: workedDays === null ? null : Math.max(0, workedDays - row.supplementWorkingDays),
    applicant: { name: row.applicantName, number: row.applicantId, phone: row.applicantPhone, email: null },
    feeVnd: row.feeVnd,
    paidVnd: row.paidVnd,
    paidOnline: row.paidOnline,
    papersTotal: row.papersTotal,
    papersDigitised: row.papersDigitised,
    papersReused: row.papersReused,
    returnsResult: procedure.returnsResult,
    resultElectronic: row.resultElectronic,
    supplementRequests: row.supplementRequests,
    supplementWorkingDays: row.supplementWorkingDays,
    source,
    sourceDigest: digest,
  })
}

/** The procedure a row was received under, or why there is none. A dossier older than the catalogue gets its first version. */
function procedureFor(row: DossierRow, day: Day, { procedures, facts }: Reference): ProcedureFacts | Text {
  const versions = procedures.get(row.procedureCode) ?? []
  if (versions.length === 0) return reasons.procedure
  const version = inForceOrFirst(versions, day)
  if (!version) return reasons.abolished
  let known = facts.get(version.id)
  if (!known) {
    known = procedureFacts(version)
    facts.set(version.id, known)
  }
  return known
}

function futureColumn(row: DossierRow, now: Temporal.Instant): string | undefined {
  const happened = {
    submitted_at: row.submittedAt,
    received_at: row.receivedAt,
    completed_at: row.completedAt,
    returned_at: row.returnedAt,
  }
  return Object.entries(happened).find(([, at]) => at !== null && at.epochMilliseconds > now.epochMilliseconds)?.[0]
}

const afterEvent = (before: Recorded | null, next: Recorded): object => {
  const count = countChange(before, next)
  return { dossier: dossierToJson(next), version: next.version, status: next.status, stage: next.stage, ...(count ? { count } : {}) }
}

const writer = (cx: ImportContext): Context => importer(cx, 'dossier.import')

interface Line {
  readonly line: number
  readonly row: DossierRow
}

/** Source of what a file brought that does not say that it is simulated: an office's own past. */
export const IMPORTED = 'import'

/**
 * Reads dossiers of the past (import format, version 1, kind `dossiers`). Make one for each file: it remembers the codes it has seen.
 * A new code becomes a dossier with one event; the same line again changes nothing; a changed line corrects the dossier and the
 * counts by the difference; a dossier that was worked on here since is left alone and the line is rejected.
 * @param source written on each dossier: where it came from (`import`, or the name of a simulated year)
 */
export function dossierImport(source = IMPORTED): ImportKind<DossierRow> {
  const seen = new Map<string, { line: number; digest: string }>()
  let reference: Promise<Reference> | undefined

  const load = async (cx: ImportContext): Promise<Reference> => ({
    directory: await loadDirectory(cx.tx),
    calendar: await loadCalendar(cx.tx),
    procedures: new Map(),
    facts: new Map(),
  })

  const apply = async (cx: ImportContext, lines: readonly Line[]): Promise<ImportOutcome> => {
    reference ??= load(cx)
    const known = await reference
    await learnProcedures(cx, lines, known)
    const rejects: Reject[] = []
    const taken: (Line & { digest: string; procedure: ProcedureFacts })[] = []
    let unchanged = 0
    for (const { line, row } of lines) {
      const digest = digestOf(row)
      const earlier = seen.get(row.code)
      if (earlier && earlier.line !== line) {
        if (earlier.digest === digest) unchanged += 1
        else rejects.push({ line, column: 'code', reason: twice(earlier.line) })
        continue
      }
      const day = dayOf(row.receivedAt ?? row.submittedAt)
      const future = futureColumn(row, cx.now)
      const procedure = procedureFor(row, day, known)
      if (future) rejects.push({ line, column: future, reason: reasons.future })
      else if (!known.directory.find(row.agencyCode, day)) rejects.push({ line, column: 'agency_code', reason: reasons.agency })
      else if ('vi' in procedure) rejects.push({ line, column: 'procedure_code', reason: procedure })
      else {
        seen.set(ownCopy(row.code), { line, digest })
        taken.push({ line, row, digest, procedure })
      }
    }
    const there = await store.findKnown(
      cx.tx,
      taken.map(({ row }) => row.code),
    )
    const added: (() => Recorded)[] = []
    const other: { one: (typeof taken)[number]; id: string }[] = []
    for (const one of taken) {
      const before = there.get(one.row.code)
      if (!before) added.push(() => toDossier(one.row, cx.id(), one.digest, source, one.procedure, known))
      else if (before.digest === one.digest) unchanged += 1
      else if (before.source === null) rejects.push({ line: one.line, column: 'code', reason: reasons.ours })
      else other.push({ one, id: before.id })
    }
    const before = await store.findImported(
      cx.tx,
      other.map(({ id }) => id),
    )
    const changed: { before: Recorded; next: Recorded }[] = []
    for (const { one, id } of other) {
      const stored = before.get(id)
      if (!stored || stored.worked) {
        rejects.push({ line: one.line, column: 'code', reason: reasons.worked })
        continue
      }
      const { reference, version, source: from } = stored.dossier
      const next = toDossier(one.row, id, one.digest, from ?? source, one.procedure, known)
      changed.push({ before: stored.dossier, next: { ...next, reference, version: version + 1 } })
    }
    await write(cx, added, changed)
    await keepAhead(
      cx,
      taken.map(({ row }) => row.code),
    )
    return { imported: added.length + changed.length, unchanged, rejects }
  }

  return { kind: 'dossiers', columns: dossierColumns, parse: parseDossierRow, apply }
}

const LARGEST_SERIAL = 999_999_999

/** A code of today that came with a file is not given again: the next serial of that agency comes after it. */
async function keepAhead(cx: ImportContext, codes: readonly string[]): Promise<void> {
  const today = dayOf(cx.now)
  const given = codes.flatMap((text) => {
    const code = parseCode(text)
    const serial = Number(code?.serial)
    return code && code.day >= today && serial <= LARGEST_SERIAL ? [{ agencyCode: code.agencyCode, day: code.day, serial }] : []
  })
  if (given.length > 0) await store.raiseSerials(cx.tx, given)
}

/** Versions of every procedure the lines name that is not known yet. */
async function learnProcedures(cx: ImportContext, lines: readonly Line[], { procedures }: Reference): Promise<void> {
  for (const code of new Set(lines.map(({ row }) => row.procedureCode))) {
    if (!procedures.has(code)) procedures.set(code, await findVersions(cx.tx, code))
  }
}

/** Rows a statement. Small enough that what waits to be sent stays small, large enough that round trips do not count. */
const CHUNK = 250

const imported = (next: Recorded): NewEvent => ({
  type: 'dossier.imported',
  subject: next.id,
  agencyCode: next.agencyCode,
  data: afterEvent(null, next),
})

async function add(cx: ImportContext, dossiers: readonly Recorded[]): Promise<void> {
  await store.insertAll(cx.tx, dossiers)
  await record(writer(cx), { events: dossiers.map(imported), deltas: sumFacts(dossiers.map((next) => [factsOf(next), 1] as const)) })
}

async function correct(cx: ImportContext, changed: readonly { before: Recorded; next: Recorded }[]): Promise<void> {
  await store.replaceAll(cx.tx, changed)
  const events = changed.map(({ before, next }) => ({
    type: 'dossier.corrected',
    subject: next.id,
    agencyCode: next.agencyCode,
    data: afterEvent(before, next),
  }))
  const signed = changed.flatMap(({ before, next }): [Facts | null, 1 | -1][] => [
    [factsOf(next), 1],
    [factsOf(before), -1],
  ])
  await record(writer(cx), { events, deltas: sumFacts(signed) })
}

const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Dossiers, events and deltas, chunk by chunk: while the database writes one chunk, the next one is made. */
async function write(
  cx: ImportContext,
  added: readonly (() => Recorded)[],
  changed: readonly { before: Recorded; next: Recorded }[],
): Promise<void> {
  let writing: Promise<void> = Promise.resolve()
  for (let start = 0; start < added.length; start += CHUNK) {
    const dossiers = added.slice(start, start + CHUNK).map((make) => make())
    await writing
    writing = add(cx, dossiers)
    // An error is met at the next await; until then it must not end the process.
    writing.catch(() => undefined)
    await breath()
  }
  await writing
  if (changed.length > 0) await correct(cx, changed)
}
