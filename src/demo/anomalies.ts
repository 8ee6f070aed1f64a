import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { Access } from '../kernel/access/index.ts'
import { type Day, dayOf, startOfDay } from '../kernel/clock.ts'
import { type CommandHost, run } from '../kernel/command.ts'
import type { Actor, Officer } from '../kernel/context.ts'
import type { Database, Province, Tx } from '../kernel/database/index.ts'
import { documentTypes, type Files, type StoredFile } from '../kernel/files/index.ts'
import { uuidv7 } from '../kernel/id.ts'
import { addWorkingMillis, dueAt, loadCalendar, type WorkCalendar, workingDaysBetween, workingMillis } from '../modules/calendar/index.ts'
import { findProcedureAt, type ProcedureVersion, returnsResult } from '../modules/catalogue/index.ts'
import {
  type Dossier,
  hasSource,
  lifecycle,
  makeReference,
  nameMachine,
  newDossier,
  paperCounts,
  placeHistories,
  serialsSince,
} from '../modules/dossier/index.ts'
import { refreshRun, reviewCase } from '../modules/scheme/index.ts'
import { Life } from './rules/life.ts'
import { demoPerson, demoPhone } from './rules/people.ts'
import { type Random, random } from './rules/random.ts'

/** Written on every dossier of these examples, and shown on its page. */
const EXAMPLES = 'ví dụ số liệu cần xem lại (mô phỏng)'
/** Birth registration: every commune has it, one working day. */
const PROCEDURE = '1.001193'

interface Host extends CommandHost {
  readonly db: Database
  readonly clock: () => Temporal.Instant
  readonly files: Files
}

/** What goes unlike the others, unit by unit: which commune, how many dossiers, and how. */
type Way = 'plain' | 'ask-late' | 'recall'
interface Plan {
  readonly agency: string
  readonly dossiers: number
  /** On the last working day of the month, and not spread over it. */
  readonly last?: true
  readonly phone?: true
  readonly account?: true
  readonly device?: string
  /** How many of them were filed with help. */
  readonly assisted?: number
  readonly way?: Way
}

const TABLET = 'máy tính bảng'
const plans: readonly Plan[] = [
  { agency: 'H12.106', dossiers: 10, device: 'một điện thoại' },
  { agency: 'H12.109', dossiers: 11, device: TABLET, assisted: 11 },
  { agency: 'H12.112', dossiers: 9, phone: true },
  { agency: 'H12.115', dossiers: 9, account: true },
  { agency: 'H12.118', dossiers: 5 },
  { agency: 'H12.118', dossiers: 21, last: true },
  { agency: 'H12.121', dossiers: 2, way: 'recall' },
  { agency: 'H12.124', dossiers: 4, way: 'ask-late' },
  { agency: 'H12.127', dossiers: 34, assisted: 25 },
]

const everything: Access = { can: () => true, canAtRoot: () => true, reach: () => 'all', rules: [] }

const officer = (role: 'clerk' | 'specialist' | 'unit_head', agencyCode: string): Officer => {
  const chance = random(`${role} ${agencyCode} xem lại`)
  const id = createHash('sha256').update(`${role} ${agencyCode}`).digest('hex').slice(0, 12)
  return {
    kind: 'officer',
    officerId: `01930000-0000-7000-8ffe-${id}`,
    name: demoPerson(chance).name,
    grants: [{ role, agencyCode, subtree: false }],
  }
}

interface Scene {
  readonly now: Temporal.Instant
  readonly calendar: WorkCalendar
  readonly procedure: ProcedureVersion
  readonly scan: StoredFile
  readonly serials: Map<string, number>
  /** The working days of last month. */
  readonly days: readonly Day[]
}

const MINUTE = 60_000

const result = (scene: Scene, dossier: Dossier, at: Temporal.Instant) => ({
  results: [{ name: 'Giấy khai sinh', file: scene.scan }],
  electronic: true,
  workedDays: workingDaysBetween(dossier.receivedDay ?? dayOf(at), dayOf(at), scene.calendar),
})

/** From reception to the result, in the way its plan says. */
function work(life: Life, start: Dossier, plan: Plan, scene: Scene): void {
  const [specialist, head, clerk] = (['specialist', 'unit_head', 'clerk'] as const).map((role) => officer(role, plan.agency)) as [
    Officer,
    Officer,
    Officer,
  ]
  const received = start.receivedAt ?? scene.now
  const due = start.dueAt ?? scene.now
  const sign = (dossier: Dossier, at: Temporal.Instant): Dossier =>
    life.do(specialist, lifecycle.decideSubmitForSignature(dossier, {}, life.time(at.subtract({ minutes: 20 }))))
  const issue = (dossier: Dossier, at: Temporal.Instant): Dossier => {
    const when = life.time(at)
    return life.do(head, lifecycle.decideIssue(dossier, result(scene, dossier, when), when))
  }
  let dossier = life.do(
    head,
    lifecycle.decideAssign(
      start,
      { assigneeId: specialist.officerId, assigneeName: specialist.name },
      life.time(received.add({ minutes: 15 })),
    ),
  )
  if (plan.way === 'ask-late') {
    const asked = life.time(due.subtract({ minutes: 50 }))
    const answered = addWorkingMillis(asked, 20 * 60 * MINUTE, scene.calendar)
    dossier = life.do(
      specialist,
      lifecycle.decideRequestSupplement(
        dossier,
        { note: 'Đề nghị bổ sung bản chụp giấy chứng sinh rõ hơn.', items: ['Giấy chứng sinh'] },
        asked,
      ),
    )
    const paused = workingMillis(asked, answered, scene.calendar)
    dossier = life.do(
      clerk,
      lifecycle.decideAnswerSupplement(
        dossier,
        {
          papers: [{ name: 'Giấy chứng sinh', file: scene.scan }],
          pausedWorkingMs: paused,
          pausedWorkingDays: workingDaysBetween(dayOf(asked), dayOf(answered), scene.calendar),
          due: dossier.dueAt && addWorkingMillis(dossier.dueAt, paused, scene.calendar),
          explanation: dossier.dueExplanation,
        },
        life.time(answered),
      ),
    )
  }
  const end =
    plan.way === 'recall' ? due.subtract({ minutes: 25 }) : (dossier.dueAt ?? due).subtract({ minutes: plan.way === 'ask-late' ? 5 : 180 })
  dossier = issue(sign(dossier, end), end)
  if (plan.way === 'recall') {
    const at = life.time(addWorkingMillis(end, 4 * 60 * MINUTE, scene.calendar))
    const decision = { note: 'Kết quả ghi nhầm tên người mẹ.', decisionNumber: '07/QĐ-UBND', decisionDay: dayOf(at) }
    dossier = life.do(head, lifecycle.decideRecall(dossier, decision, at))
    const again = at.add({ minutes: 60 })
    dossier = issue(sign(dossier, again), again)
  }
  life.do(clerk, lifecycle.decideReturn(dossier, { receivedBy: dossier.applicant.name }, life.time(end.add({ hours: 20 }))))
}

function live(plan: Plan, n: number, scene: Scene, chance: Random): Life {
  const { procedure, days } = scene
  const shared = random(`${plan.agency} chung`)
  const person = demoPerson(chance)
  const spread = plan.last ? days.length - 1 : Math.min(days.length - 8, Math.floor((n * (days.length - 8)) / plan.dossiers))
  const day = days[Math.max(0, spread)] ?? (days[0] as Day)
  const receivedAt = startOfDay(day).add({ minutes: 460 + ((n * 11) % 220) + (n % 2) * 20 })
  const submittedAt = receivedAt.subtract({ minutes: 30 })
  const assisted = n < (plan.assisted ?? 0)
  const papers = lifecycle
    .recordPapers([{ componentCode: null, name: 'Giấy chứng sinh', file: scene.scan }], 'component', 0)
    .map((paper) => ({ ...paper, addedAt: submittedAt }))
  const account = plan.account ? '01930000-0000-7000-8ffe-0000000000aa' : null
  const blank = newDossier({
    id: uuidv7(submittedAt.epochMilliseconds),
    reference: makeReference(randomBytes(7)),
    procedureCode: procedure.code,
    procedureVersion: procedure.version,
    procedureName: procedure.body.name.vi,
    agencyCode: plan.agency,
    receptionAgencyCode: plan.agency,
    assistanceAgencyCode: assisted ? plan.agency : null,
    channel: 'online',
    assisted,
    submitterId: account,
    submittedAt,
    applicant: { name: person.name, number: person.number, phone: plan.phone ? demoPhone(shared) : person.phone, email: null },
    feeVnd: 0,
    returnsResult: returnsResult(procedure.body),
    papers,
    ...paperCounts(papers),
    source: EXAMPLES,
  })
  const citizen: Actor = { kind: 'citizen', personId: account ?? blank.id, name: person.name }
  const clerk = officer('clerk', plan.agency)
  const life = new Life(submittedAt, scene.now)
  const submitted = life.do(assisted && !plan.device ? clerk : citizen, lifecycle.decideSubmit(blank, life.time(submittedAt)))
  const at = life.time(receivedAt)
  const { due, explanation } = dueAt(at, { limit: 1, unit: 'working_day' }, scene.calendar)
  const key = `${plan.agency} ${dayOf(at)}`
  const serial = (scene.serials.get(key) ?? 0) + 1
  scene.serials.set(key, serial)
  const reception = { serial, due, explanation, feeVnd: 0, procedureVersion: procedure.version }
  work(life, life.do(clerk, lifecycle.decideReceive(submitted, reception, at)), plan, scene)
  return life
}

/** Last month as it was: its first and last day. */
function lastMonth(today: Day): { from: Day; to: Day } {
  const first = Temporal.PlainDate.from(today).with({ day: 1 }).subtract({ months: 1 })
  return { from: first.toString(), to: first.with({ day: first.daysInMonth }).toString() }
}

const markOf = (device: string): string => createHash('sha256').update(device).digest('hex').slice(0, 32)

async function place(tx: Tx, scene: Scene): Promise<void> {
  for (const plan of plans) {
    const chance = random(`${plan.agency} ${plan.dossiers} xem lại`)
    const lives = Array.from({ length: plan.dossiers }, (_none, n) => live(plan, n, scene, chance))
    await placeHistories(tx, lives)
    if (!plan.device) continue
    const ids = lives.flatMap(({ steps }) => steps[0]?.decision.next.id ?? [])
    await sql`
      insert into filing_device (dossier_id, mark, machine_id, filed_at)
      select d.id, decode(${markOf(plan.device)}, 'hex'),
        (select m.id from office_machine m where m.mark = decode(${markOf(plan.device)}, 'hex') and m.removed_at is null), d.submitted_at
      from dossier d where d.id = any (${ids}::uuid[])`.execute(tx)
  }
}

/**
 * Last month, some communes' figures are worth a second look, one of each kind; one was looked into already. Beside them a community team's
 * tablet that is known as such. Does nothing when they are there already. Returns how many dossiers were made.
 */
export async function seedAnomalies(host: Host, province: Province): Promise<number> {
  if (await host.db.read(province, (tx) => hasSource(tx, EXAMPLES))) return 0
  const now = host.clock()
  const stored = await host.files.put('giay-khai-sinh-mo-phong.pdf', Readable.from([Buffer.from('%PDF-1.4\n%%EOF\n')]), {
    maxBytes: 10_000,
    accept: documentTypes,
  })
  if (!stored.ok) throw new Error(`the demo's result was not taken: ${stored.error.code}`)
  const period = lastMonth(dayOf(now))
  const as = (actor: Actor, name: string) => ({ province, actor, requestId: randomUUID(), name })
  const hand = { db: host.db, clock: host.clock, access: () => everything }
  const named = await run(hand, as(officer('clerk', 'H12.109'), 'machine.name'), (cx) =>
    nameMachine(cx, { mark: markOf(TABLET), agencyCode: 'H12.109', name: 'Máy tính bảng tổ công nghệ số ấp 3' }),
  )
  if (!named.ok) throw new Error(`the demo named a machine in vain: ${named.error.code}`)
  await host.db.write(province, async (tx) => {
    const calendar = await loadCalendar(tx)
    const procedure = await findProcedureAt(tx, PROCEDURE, dayOf(now))
    if (!procedure) throw new Error(`the demo lacks procedure ${PROCEDURE}`)
    const serials = new Map(await serialsSince(tx, period.from))
    const days = calendar.working.filter((day) => period.from <= day && day <= period.to)
    await place(tx, { now, calendar, procedure, scan: stored.value, serials, days })
  })
  const { cases } = await refreshRun(host, province, period)
  const shared = cases.find(({ kind }) => kind === 'one-account')
  if (shared) {
    const reform: Officer = {
      ...officer('clerk', 'H12'),
      name: 'Mai Xuân Phúc',
      grants: [{ role: 'reform_officer', agencyCode: 'H12', subtree: true }],
    }
    const note = 'Đã hỏi UBND xã: trưởng ấp nộp giúp bà con trong ngày hội chuyển đổi số, có giấy ủy quyền của từng người.'
    await run(hand, as(reform, 'anomaly.review'), (cx) => reviewCase(cx, { ...period, key: shared.key, outcome: 'explained', note }))
  }
  return plans.reduce((sum, { dossiers }) => sum + dossiers, 0)
}
