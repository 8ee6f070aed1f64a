import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { Temporal } from 'temporal-polyfill'
import { type Clock, type Day, dayOf, startOfDay } from '../kernel/clock.ts'
import type { Actor } from '../kernel/context.ts'
import type { Database, Province, Tx } from '../kernel/database/index.ts'
import { documentTypes, type Files, type StoredFile } from '../kernel/files/index.ts'
import { uuidv7 } from '../kernel/id.ts'
import { addWorkingMillis, dueAt, loadCalendar, type WorkCalendar, workingDaysBetween, workingMillis } from '../modules/calendar/index.ts'
import { findProcedureAt, knownFee, type ProcedureVersion, readCatalogue, returnsResult } from '../modules/catalogue/index.ts'
import {
  type Dossier,
  hasSource,
  lifecycle,
  makeReference,
  newDossier,
  type PaperInput,
  paperCounts,
  placeHistories,
  refusalGrounds,
  serialsSince,
} from '../modules/dossier/index.ts'
import { demoCitizens, findPersonBySubject, officersAt, STAND_IN_ISSUER } from '../modules/identity/index.ts'
import { type Agency, loadDirectory } from '../modules/organisation/index.ts'
import { Life } from './rules/life.ts'
import { type DemoPerson, demoCompany, demoPerson } from './rules/people.ts'
import { type Fate, type Planned, planAgency } from './rules/present-plan.ts'
import { type Random, random } from './rules/random.ts'

/** Written on every dossier of the live present, and shown on its page. */
export const PRESENT = 'hiện tại mô phỏng'

export interface PresentHost {
  readonly db: Database
  readonly clock: Clock
  readonly files: Files
}

type OfficerActor = Extract<Actor, { kind: 'officer' }>

/** The people of an agency, as far as its dossiers name them. */
interface Staff {
  readonly clerk: OfficerActor
  readonly specialist: OfficerActor
  readonly head: OfficerActor
}

interface Citizen {
  readonly personId: string
  readonly person: DemoPerson
  readonly commune: string
}

/** Everything the present is made from. */
interface Scene {
  readonly now: Temporal.Instant
  readonly calendar: WorkCalendar
  readonly scan: StoredFile
  readonly serials: Map<string, number>
}

/** A dossier that has its place and time, and waits for its life. */
interface Draft extends Planned {
  readonly agency: Agency
  readonly staff: Staff
  readonly procedure: ProcedureVersion
  readonly online: boolean
  readonly received: Temporal.Instant
  person: DemoPerson
  personId: string | null
}

/** A page that says what it is: every digitised paper of the demo opens it. */
const SCAN = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]/Contents 4 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj
4 0 obj<</Length 96>>stream
BT /F1 20 Tf 60 500 Td (BAN QUET MO PHONG) Tj 0 -30 Td /F1 12 Tf (Simulated scan, demo data) Tj ET
endstream endobj
trailer<</Root 1 0 R>>
%%EOF
`

async function storeScan(files: Files): Promise<StoredFile> {
  const stored = await files.put('ban-quet-mo-phong.pdf', Readable.from([Buffer.from(SCAN)]), { maxBytes: 100_000, accept: documentTypes })
  if (!stored.ok) throw new Error(`the demo scan was not taken: ${stored.error.code}`)
  return stored.value
}

const MINUTE = 60_000
const DAY = 86_400_000

/** A moment in opening hours of a day. */
function officeTime(day: Day, chance: Random): Temporal.Instant {
  const minute = chance.chance(0.6) ? 455 + chance.below(230) : 815 + chance.below(230)
  return startOfDay(day).add({ minutes: minute, seconds: chance.below(60) })
}

/** The working day `n` from today: 0 is today, or the next worked day; −1 the last one before today. */
function workingDay(calendar: WorkCalendar, today: Day, n: number): Day {
  const days = calendar.working
  const at = days.findIndex((day) => day >= today)
  return days[Math.max(0, at + n)] ?? today
}

/** A day on which something happened: the nth working day, but never after today. */
const pastDay = (calendar: WorkCalendar, today: Day, n: number): Day => {
  const day = workingDay(calendar, today, n)
  return day <= today ? day : workingDay(calendar, today, n - 1)
}

/** Days of work a procedure is given, to find when something due on a day was received. */
function limitDays({ body }: ProcedureVersion): number {
  const { amount, unit } = body.timeLimit
  if (unit === 'hour') return Math.ceil(amount / 8)
  if (unit === 'working_day') return Math.ceil(amount)
  return unit === 'day' ? Math.floor((amount * 5) / 7) : 22 * amount
}

function receivedAt(plan: Planned, procedure: ProcedureVersion, scene: Scene, chance: Random): Temporal.Instant {
  const today = dayOf(scene.now)
  const limit = limitDays(procedure)
  const back: Record<Fate, () => number> = {
    submitted: () => -chance.below(3),
    refused: () => -2 - chance.below(25),
    returned: () => -Math.min(62, limit + 2 + Math.floor(chance.next() ** 1.4 * 58)),
    received: () => -chance.below(2),
    ready: () => -limit + Math.min(1, plan.dueIn),
    stopped: () => -limit - 3,
    processing: () => plan.dueIn - limit,
    signing: () => plan.dueIn - limit,
    supplement: () => plan.dueIn - limit,
    payment: () => plan.dueIn - limit,
    withdrawn: () => plan.dueIn - limit,
  }
  const day = pastDay(scene.calendar, today, Math.min(0, back[plan.fate]()))
  const at = officeTime(day, chance)
  // Today's office hours may not have come this far yet.
  const latest = scene.now.subtract({ minutes: 3 + chance.below(40) })
  return at.epochMilliseconds < latest.epochMilliseconds ? at : officeTime(pastDay(scene.calendar, today, -1), chance)
}

const toLimit = ({ amount, unit }: ProcedureVersion['body']['timeLimit']) =>
  Number.isInteger(amount) ? { limit: amount, unit } : { limit: Math.ceil(amount * 8), unit: 'hour' as const }

/** The papers the procedure asks for, with a digital copy or without. */
function papersOf(draft: Draft, scene: Scene, chance: Random): PaperInput[] {
  const scanned = chance.chance(draft.online ? 0.94 : 0.72)
  const components = draft.procedure.body.components.filter(({ fromForm, required }) => required && !fromForm)
  const asked =
    components.length > 0
      ? components.slice(0, 5).map(({ code, name }) => ({ componentCode: code, name: name.vi }))
      : [{ name: 'Giấy tờ kèm theo' }]
  return asked.map((paper) => ({ ...paper, file: scanned ? scene.scan : null, reused: scanned && chance.chance(0.12) }))
}

function begin(draft: Draft, scene: Scene, chance: Random): { dossier: Dossier; submittedAt: Temporal.Instant; citizen: Actor } {
  const { procedure, agency, online, person } = draft
  const before = online ? MINUTE * (5 + Math.floor(chance.next() ** 2 * 1200)) : MINUTE * 4
  const submittedAt = Temporal.Instant.fromEpochMilliseconds(draft.received.epochMilliseconds - before)
  const papers = lifecycle.recordPapers(papersOf(draft, scene, chance), 'component', 0).map((paper) => ({ ...paper, addedAt: submittedAt }))
  const assisted = online && draft.personId === null && chance.chance(0.2)
  const { body } = procedure
  const dossier = newDossier({
    id: uuidv7(submittedAt.epochMilliseconds),
    reference: makeReference(randomBytes(7)),
    procedureCode: procedure.code,
    procedureVersion: procedure.version,
    procedureName: body.name.vi,
    agencyCode: agency.code,
    receptionAgencyCode: agency.code,
    assistanceAgencyCode: assisted ? agency.code : null,
    channel: online ? 'online' : chance.chance(0.06) ? 'post' : 'counter',
    assisted,
    submitterId: draft.personId,
    submittedAt,
    applicant: { name: person.name, number: person.number, phone: person.phone, email: null },
    feeVnd: knownFee(body.fees),
    returnsResult: returnsResult(body),
    papers,
    ...paperCounts(papers),
    source: PRESENT,
  })
  const citizen: Actor = { kind: 'citizen', personId: draft.personId ?? dossier.id, name: person.name }
  return { dossier, submittedAt, citizen: assisted || !online ? draft.staff.clerk : citizen }
}

const refusalNotes = [
  'Hồ sơ không thuộc thẩm quyền giải quyết của đơn vị.',
  'Hồ sơ thiếu thành phần bắt buộc, đã hướng dẫn nộp lại.',
] as const
const supplementNotes = [
  'Đề nghị nộp bản sao giấy tờ rõ nét hơn.',
  'Thiếu giấy ủy quyền có chứng thực.',
  'Đề nghị bổ sung sơ đồ vị trí.',
] as const

/** Takes a received dossier from the specialist to the applicant, as far as its fate goes. */
function work(life: Life, start: Dossier, draft: Draft, scene: Scene, chance: Random): void {
  const { fate, staff } = draft
  const { calendar, now } = scene
  const received = draft.received
  const due = start.dueAt ?? now
  const span = Math.max(DAY / 4, Math.min(due.epochMilliseconds, now.epochMilliseconds) - received.epochMilliseconds)
  /** A moment at a share of the way from reception to the due time (or now), in opening hours. */
  const along = (share: number): Temporal.Instant => {
    const day = dayOf(Temporal.Instant.fromEpochMilliseconds(Math.floor(received.epochMilliseconds + span * share)))
    const at = officeTime(workingDay(calendar, day, 0) > dayOf(now) ? dayOf(received) : workingDay(calendar, day, 0), chance)
    return at.epochMilliseconds < received.epochMilliseconds ? received.add({ minutes: 30 }) : at
  }
  let dossier = life.do(
    staff.head,
    lifecycle.decideAssign(
      start,
      { assigneeId: staff.specialist.officerId, assigneeName: staff.specialist.name },
      life.time(received.add({ minutes: 20 + chance.below(90) })),
    ),
  )
  if (fate === 'processing') {
    extendSome(life, dossier, draft, scene, chance)
    return
  }
  if (fate === 'payment') {
    const asked = { note: 'Nộp lệ phí theo thông báo kèm theo.', amountVnd: 10_000 * (5 + chance.below(60)), pauses: true }
    life.do(staff.specialist, lifecycle.decideRequestPayment(dossier, asked, life.time(along(0.6))))
    return
  }
  if (fate === 'withdrawn') {
    const at = life.time(along(0.8))
    life.do(staff.clerk, lifecycle.decideWithdraw(dossier, { note: 'Người dân đề nghị rút hồ sơ để chuẩn bị lại.' }, at))
    return
  }
  const asks = fate === 'supplement' || (fate === 'returned' && chance.chance(0.07) && limitDays(draft.procedure) > 4)
  if (asks) {
    const items = [{ note: chance.pick(supplementNotes), items: [draft.procedure.body.components[0]?.name.vi ?? 'Giấy tờ kèm theo'] }]
    const from = life.time(along(0.3))
    dossier = life.do(staff.specialist, lifecycle.decideRequestSupplement(dossier, items[0] ?? { note: '' }, from))
    if (fate === 'supplement') return
    const to = life.time(officeTime(pastDay(calendar, dayOf(from.add({ hours: 24 * (1 + chance.below(4)) })), 0), chance))
    const paused = workingMillis(from, to, calendar)
    dossier = life.do(
      staff.clerk,
      lifecycle.decideAnswerSupplement(
        dossier,
        {
          papers: [{ name: 'Giấy tờ bổ sung', file: dossier.papersDigitised > 0 ? scene.scan : null }],
          pausedWorkingMs: paused,
          pausedWorkingDays: workingDaysBetween(dayOf(from), dayOf(to), calendar),
          due: dossier.dueAt && addWorkingMillis(dossier.dueAt, paused, calendar),
          explanation: dossier.dueExplanation,
        },
        to,
      ),
    )
  }
  if (fate === 'stopped') {
    life.do(
      staff.head,
      lifecycle.decideStop(dossier, { note: 'Người dân không bổ sung giấy tờ trong thời hạn đã nêu.' }, life.time(along(0.9))),
    )
    return
  }
  const late = fate === 'returned' && chance.chance(0.05)
  const finish = late ? due.add({ hours: 24 * (1 + chance.below(3)) }) : along(0.45 + 0.4 * chance.next())
  dossier = life.do(staff.specialist, lifecycle.decideSubmitForSignature(dossier, {}, life.time(finish)))
  if (fate === 'signing') return
  const issuedAt = life.time(finish.add({ minutes: 15 + chance.below(180) }))
  const electronic = dossier.returnsResult && (dossier.channel === 'online' || chance.chance(0.5))
  const result = { name: draft.procedure.body.results[0]?.name.vi ?? 'Kết quả giải quyết', file: electronic ? scene.scan : null }
  dossier = life.do(
    staff.head,
    lifecycle.decideIssue(
      dossier,
      { results: [result], electronic, workedDays: workingDaysBetween(dayOf(received), dayOf(issuedAt), calendar) },
      issuedAt,
    ),
  )
  if (fate === 'ready') return
  const fetched = issuedAt.add({ minutes: chance.chance(0.6) ? 30 + chance.below(120) : 60 * (20 + chance.below(60)) })
  life.do(staff.clerk, lifecycle.decideReturn(dossier, { receivedBy: draft.person.name }, life.time(fetched)))
}

/** The whole life of one dossier up to now. */
function live(draft: Draft, scene: Scene, chance: Random): Life {
  const { dossier: blank, submittedAt, citizen } = begin(draft, scene, chance)
  const life = new Life(submittedAt, scene.now)
  let dossier = life.do(citizen, lifecycle.decideSubmit(blank, life.time(submittedAt)))
  const owed = dossier.feeVnd
  if (owed > 0 && chance.chance(draft.online ? 0.85 : 0.7)) {
    const online = draft.online ? chance.chance(0.9) : chance.chance(0.3)
    dossier = life.do(citizen, lifecycle.decidePay(dossier, { amountVnd: owed, online }, life.time(submittedAt.add({ minutes: 1 }))))
  }
  if (draft.fate === 'submitted') return life
  const at = life.time(draft.received)
  if (draft.fate === 'refused') {
    life.do(
      draft.staff.clerk,
      lifecycle.decideRefuse(dossier, { note: chance.pick(refusalNotes), ground: refusalGrounds(dayOf(at))[0] }, at),
    )
    return life
  }
  const { due, explanation } = dueAt(at, toLimit(draft.procedure.body.timeLimit), scene.calendar)
  const key = `${draft.agency.code} ${dayOf(at)}`
  const serial = (scene.serials.get(key) ?? 0) + 1
  scene.serials.set(key, serial)
  const reception = { serial, due, explanation, feeVnd: dossier.feeVnd, procedureVersion: draft.procedure.version }
  dossier = life.do(draft.staff.clerk, lifecycle.decideReceive(dossier, reception, at))
  if (draft.fate !== 'received') work(life, dossier, draft, scene, chance)
  return life
}

/** One in three that would soon be late was put off with an apology while there was time. */
function extendSome(life: Life, dossier: Dossier, draft: Draft, scene: Scene, chance: Random): void {
  if (draft.dueIn !== 1 || dossier.dueAt === null || !chance.chance(0.34)) return
  const to = addWorkingMillis(dossier.dueAt, 24 * 3_600_000, scene.calendar)
  const why = { vi: 'Gia hạn thêm 3 ngày làm việc.', en: 'Put off by 3 working days.' }
  life.do(
    draft.staff.head,
    lifecycle.decideExtend(
      dossier,
      {
        note: 'Chờ xác minh tại thực địa.',
        due: to,
        explanation: [...(dossier.dueExplanation ?? []), why],
        why,
        maxExtensions: 1,
        latest: dossier.dueAt,
      },
      life.time(scene.now.subtract({ minutes: 5 })),
    ),
  )
}

const invented = (role: 'clerk' | 'specialist' | 'unit_head', agency: Agency, chance: Random): OfficerActor => ({
  kind: 'officer',
  officerId: `01930000-0000-7000-8fff-${Array.from({ length: 12 }, () => chance.below(16).toString(16)).join('')}`,
  name: demoPerson(chance).name,
  grants: [{ role, agencyCode: agency.code, subtree: false }],
})

/** Who works at an agency: the demo's own officers where there are any, else invented names. */
async function staffOf(
  tx: Tx,
  agency: Agency,
  ancestors: readonly string[],
  today: Day,
  chance: Random,
): Promise<Staff & { known: boolean }> {
  const find = async (role: 'clerk' | 'specialist' | 'unit_head'): Promise<OfficerActor | undefined> => {
    const [first] = await officersAt(tx, { role, agencyCode: agency.code, ancestors: [...ancestors], day: today })
    return first && { kind: 'officer', officerId: first.id, name: first.name, grants: [{ role, agencyCode: agency.code, subtree: false }] }
  }
  const [clerk, specialist, head] = [await find('clerk'), await find('specialist'), await find('unit_head')]
  return {
    known: specialist !== undefined,
    clerk: clerk ?? invented('clerk', agency, chance),
    specialist: specialist ?? invented('specialist', agency, chance),
    head: head ?? invented('unit_head', agency, chance),
  }
}

/** Procedures an agency resolves today. */
const menuOf = (agency: Agency, procedures: readonly ProcedureVersion[]): ProcedureVersion[] =>
  procedures.filter(({ body: { resolver } }) => {
    if (resolver.kind === 'agency') return resolver.agencyCode === agency.code
    return resolver.tier === agency.tier && agency.kind === 'people_committee'
  })

/** Everything each agency of today has on its hands, with its time; lives come after, in the order of reception. */
async function draftAll(tx: Tx, scene: Scene, seed: string): Promise<Draft[]> {
  const today = dayOf(scene.now)
  const directory = await loadDirectory(tx)
  const { procedures } = await readCatalogue()
  const versions: ProcedureVersion[] = []
  for (const { code } of procedures) {
    const version = await findProcedureAt(tx, code, today)
    if (version && limitDays(version) <= 40) versions.push(version)
  }
  const drafts: Draft[] = []
  for (const agency of directory.list(today)) {
    const menu = menuOf(agency, versions)
    if (menu.length === 0) continue
    const chance = random(`${seed} ${agency.code}`)
    const ancestors = directory.path(agency.code, today).map(({ code }) => code)
    const { known, ...staff } = await staffOf(tx, agency, ancestors, today, chance)
    for (const plan of planAgency(known, chance)) {
      // Half by how busy procedures are: the earlier in the list, the likelier.
      const procedure = menu[Math.floor(chance.next() ** 1.8 * menu.length)] ?? (menu[0] as ProcedureVersion)
      const online = procedure.body.serviceLevel !== 'none' && (plan.fate === 'submitted' || chance.chance(0.88))
      const company = agency.tier === 'province' && chance.chance(0.3)
      const person = company ? demoCompany(chance) : demoPerson(chance)
      drafts.push({
        ...plan,
        agency,
        staff,
        procedure,
        online,
        received: receivedAt(plan, procedure, scene, chance),
        person,
        personId: null,
      })
    }
  }
  return drafts.sort((a, b) => a.received.epochMilliseconds - b.received.epochMilliseconds)
}

async function loadCitizens(tx: Tx): Promise<Citizen[]> {
  const found: Citizen[] = []
  for (const { subject, commune, name, personalNumber, phone } of demoCitizens().citizens) {
    const known = await findPersonBySubject(tx, STAND_IN_ISSUER, subject)
    if (known) found.push({ personId: known.id, commune, person: { name, number: personalNumber, phone } })
  }
  return found
}

const OWN = ['supplement', 'processing', 'ready', 'returned', 'payment', 'withdrawn', 'submitted', 'refused'] as const

/** Gives each demo citizen a few online dossiers of their commune: one that waits for them, one under way, one to fetch, one done. */
function giveToCitizens(drafts: readonly Draft[], citizens: readonly Citizen[]): void {
  for (const { personId, person, commune } of citizens) {
    for (const fate of OWN) {
      // The latest return, so that there is still something to say about it.
      const free = (fate === 'returned' ? [...drafts].reverse() : drafts).find(
        (draft) => draft.fate === fate && draft.online && draft.personId === null && draft.agency.code === commune,
      )
      if (!free) continue
      free.personId = personId
      free.person = person
    }
  }
}

/** Whether the live present is there. */
export const isPresentSeeded = (db: Database, province: Province): Promise<boolean> => db.read(province, (tx) => hasSource(tx, PRESENT))

/**
 * Fills the province of today with simulated dossiers in every state: sent, waiting, late, due today, ready, done in the last three months. They
 * come about through the decisions of the dossier module, at believable times before now. Does nothing when they are there already.
 * Returns how many were made.
 */
export async function seedPresent(host: PresentHost, province: Province): Promise<number> {
  const scan = await storeScan(host.files)
  return host.db.write(province, async (tx) => {
    if (await hasSource(tx, PRESENT)) return 0
    const now = host.clock()
    const calendar = await loadCalendar(tx)
    const serials = await serialsSince(tx, dayOf(now.subtract({ hours: 24 * 120 })))
    const scene: Scene = { now, calendar, scan, serials: new Map(serials) }
    const seed = `hiện tại ${dayOf(now)}`
    const drafts = await draftAll(tx, scene, seed)
    giveToCitizens(drafts, await loadCitizens(tx))
    return placeHistories(
      tx,
      drafts.map((draft, i) => live(draft, scene, random(`${seed} ${i}`))),
    )
  })
}
