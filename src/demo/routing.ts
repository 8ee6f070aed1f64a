import { Temporal } from 'temporal-polyfill'
import type { Access } from '../kernel/access/index.ts'
import { type Clock, type Day, dayOf, startOfDay } from '../kernel/clock.ts'
import { type CommandHost, run } from '../kernel/command.ts'
import type { Actor, Context } from '../kernel/context.ts'
import type { Database, Province } from '../kernel/database/index.ts'
import { uuidv7 } from '../kernel/id.ts'
import type { Result } from '../kernel/result.ts'
import { loadCalendar, type WorkCalendar } from '../modules/calendar/index.ts'
import {
  answerOpinion,
  askOpinion,
  assignDossier,
  finishStepByHand,
  holdings,
  issueResult,
  opinionCounts,
  receiveDossier,
  remindOpinion,
  routingOf,
  submitDossier,
  submitForSignature,
} from '../modules/dossier/index.ts'
import { officersAt } from '../modules/identity/index.ts'

type Host = CommandHost & { readonly db: Database; readonly clock: Clock }
type OfficerActor = Extract<Actor, { kind: 'officer' }>

/** The demo's own hand may do everything, but every step names the officer who takes it. */
const everything: Access = { can: () => true, canAtRoot: () => true, reach: () => 'all', rules: [] }

const BUILDING = 'H12.15'
const ENVIRONMENT = 'H12.09'
const JUSTICE = 'H12.13'
const INDUSTRY = 'H12.02'
const FINANCE = 'H12.10'
const COMMUNE = 'H12.144'

/** One who writes the demo's past: at a time, as somebody. */
class Hand {
  readonly host: Host
  readonly province: Province
  readonly calendar: WorkCalendar
  readonly now: Temporal.Instant
  constructor(host: Host, province: Province, calendar: WorkCalendar) {
    this.host = host
    this.province = province
    this.calendar = calendar
    this.now = host.clock()
  }

  /** A moment in the morning, so many working days before today. The demo's officers have their roles since today: what needs a role happens today. */
  ago(workingDays: number, minutes = 0): Temporal.Instant {
    const today = dayOf(this.now)
    const days = this.calendar.working.filter((day: Day) => day < today)
    const day = workingDays === 0 ? today : (days.at(-workingDays) ?? today)
    const at = startOfDay(day).add({ minutes: 8 * 60 + 20 + minutes })
    return Temporal.Instant.compare(at, this.now) < 0 ? at : this.now.subtract({ minutes: 5 })
  }

  /** Does something; undefined where the demo's dossier has gone another way meanwhile. */
  async do<T>(actor: Actor, at: Temporal.Instant, work: (cx: Context) => Promise<Result<T>>): Promise<T | undefined> {
    const host: Host = { ...this.host, clock: () => at, access: () => everything }
    const requestId = uuidv7(this.now.epochMilliseconds)
    const done = await run(host, { province: this.province, actor, requestId, name: 'demo.routing' }, work)
    return done.ok ? done.value : undefined
  }
}

async function officerOf(
  host: Host,
  province: Province,
  role: OfficerActor['grants'][number]['role'],
  agencyCode: string,
): Promise<OfficerActor> {
  const [found] = await host.db.read(province, (tx) => officersAt(tx, { role, agencyCode, ancestors: ['H12'], day: dayOf(host.clock()) }))
  const invented = { id: uuidv7(host.clock().epochMilliseconds), name: role === 'unit_head' ? 'Lý Thành Danh' : 'Từ Mỹ Duyên' }
  const { id, name } = found ?? invented
  return { kind: 'officer', officerId: id, name, grants: [{ role, agencyCode, subtree: false }] }
}

interface Question {
  readonly question: string
  readonly agencies: readonly string[]
  readonly askedAgo: number
  readonly workingDays: number
  /** Who has answered, how many working days ago. */
  readonly answered: readonly { readonly agencyCode: string; readonly ago: number; readonly text: string; readonly agree: boolean }[]
  readonly reminded?: boolean
}

const questions: Readonly<Record<string, readonly Question[]>> = {
  [BUILDING]: [
    {
      question: 'Nội dung hồ sơ có vướng quy định về môi trường, hoặc đang có khiếu nại ở cơ quan không?',
      agencies: [ENVIRONMENT, JUSTICE],
      askedAgo: 2,
      workingDays: 5,
      answered: [
        {
          agencyCode: ENVIRONMENT,
          ago: 1,
          text: 'Không vướng quy định về môi trường. Chưa nhận khiếu nại nào.',
          agree: true,
        },
      ],
    },
    {
      question: 'Người nộp còn nghĩa vụ nào chưa thực hiện, hoặc hồ sơ nào liên quan đang giải quyết ở cơ quan không?',
      agencies: [INDUSTRY, ENVIRONMENT, FINANCE],
      askedAgo: 7,
      workingDays: 3,
      answered: [{ agencyCode: FINANCE, ago: 2, text: 'Đã thực hiện đủ nghĩa vụ; không còn hồ sơ nào đang giải quyết.', agree: true }],
      reminded: true,
    },
  ],
  [ENVIRONMENT]: [
    {
      question: 'Hồ sơ có phù hợp quy hoạch xây dựng và chỉ giới đường bộ tại địa phương không?',
      agencies: [BUILDING, COMMUNE],
      askedAgo: 1,
      workingDays: 5,
      answered: [],
    },
  ],
  [COMMUNE]: [
    {
      question: 'Giấy tờ kèm theo có khớp với dữ liệu cơ quan đang quản lý không?',
      agencies: [ENVIRONMENT],
      askedAgo: 1,
      workingDays: 3,
      answered: [],
    },
  ],
}

async function askAndAnswer(hand: Hand, agencyCode: string): Promise<void> {
  const { host, province } = hand
  const asker = await officerOf(host, province, 'specialist', agencyCode)
  const held = await holdings({ ...host, access: () => everything }, { province, actor: { kind: 'system', name: 'demo' } }, asker.officerId)
  const dossiers = held.ok ? held.value.dossiers.filter(({ stage, agencyCode: at }) => stage === 'processing' && at === agencyCode) : []
  for (const [n, asked] of (questions[agencyCode] ?? []).entries()) {
    // The later ones: they have been there long enough to have been asked about.
    const dossier = dossiers.at(n + 1) ?? dossiers.at(n)
    if (!dossier) return
    const at = hand.ago(asked.askedAgo)
    const view = await hand.do(asker, at, (cx) =>
      askOpinion(cx, {
        dossierId: dossier.id,
        question: asked.question,
        agencies: asked.agencies,
        papers: [1],
        workingDays: asked.workingDays,
      }),
    )
    if (!view) continue
    for (const { agencyCode: who, ago, text, agree } of asked.answered) {
      const officer = await officerOf(host, province, 'specialist', who)
      await hand.do(officer, hand.ago(ago, 40), (cx) =>
        answerOpinion(cx, { consultationId: view.consultationId, agencyCode: who, verdict: agree ? 'agree' : 'disagree', answer: text }),
      )
    }
    if (asked.reminded)
      await hand.do({ kind: 'system', name: 'reminders' }, hand.ago(1, -30), (cx) =>
        remindOpinion(cx, { consultationId: view.consultationId }),
      )
  }
}

const families = [
  { name: 'Huỳnh Thị Bé Ba', number: '096195000831', phone: '0918000831' },
  { name: 'Trịnh Văn Út', number: '096188000457', phone: '0918000457' },
] as const

/** A filing that begins others: received at the commune, and as far on as the demo shows. */
async function family(hand: Hand, procedureCode: string, applicant: (typeof families)[number], finish: 'parent' | 'first'): Promise<void> {
  const { host, province } = hand
  const [clerk, specialist, head] = [
    await officerOf(host, province, 'clerk', COMMUNE),
    await officerOf(host, province, 'specialist', COMMUNE),
    await officerOf(host, province, 'unit_head', COMMUNE),
  ]
  const filed = await hand.do(clerk, hand.ago(1, -15), (cx) =>
    submitDossier(cx, {
      procedureCode,
      agencyCode: COMMUNE,
      applicant,
      channel: 'counter',
      receive: true,
      papers: [{ name: 'Tờ khai' }, { name: 'Giấy tờ chứng minh' }],
    }),
  )
  if (!filed) return
  const shown = { id: filed.id, agencyCode: COMMUNE, receptionAgencyCode: COMMUNE, assigneeId: null, stage: 'received' as const }
  const kin = await routingOf({ ...host, access: () => everything }, { province, actor: clerk }, shown)
  const target = finish === 'parent' ? filed.id : kin.kin[0]?.dossierId
  if (!target) return
  if (target !== filed.id) await hand.do(clerk, hand.ago(1, 10), (cx) => receiveDossier(cx, { dossierId: target }))
  await hand.do(head, hand.ago(0, -50), (cx) => assignDossier(cx, { dossierId: target, assigneeId: specialist.officerId }))
  await hand.do(specialist, hand.ago(0, -20), (cx) => submitForSignature(cx, { dossierId: target }))
  const name = finish === 'parent' ? 'Giấy xác nhận thân nhân người có công' : 'Giấy khai sinh'
  await hand.do(head, hand.ago(0), (cx) => issueResult(cx, { dossierId: target, results: [{ name }], electronic: false }))
}

/** One dossier whose other agencies have a step to do: one of them has done it. */
async function branches(hand: Hand): Promise<void> {
  const { host, province } = hand
  const [clerk, specialist, head, finance] = [
    await officerOf(host, province, 'clerk', ENVIRONMENT),
    await officerOf(host, province, 'specialist', ENVIRONMENT),
    await officerOf(host, province, 'unit_head', ENVIRONMENT),
    await officerOf(host, province, 'specialist', FINANCE),
  ]
  const filed = await hand.do(clerk, hand.ago(3), (cx) =>
    submitDossier(cx, {
      procedureCode: '1.010727',
      agencyCode: ENVIRONMENT,
      applicant: { name: 'Công ty TNHH Thủy sản Đất Mũi', number: '2001888777', phone: '0290388777' },
      channel: 'counter',
      receive: true,
      papers: [{ name: 'Báo cáo đề xuất cấp giấy phép môi trường' }, { name: 'Bản vẽ hệ thống xử lý nước thải' }],
    }),
  )
  if (!filed) return
  await hand.do(head, hand.ago(0, -40), (cx) => assignDossier(cx, { dossierId: filed.id, assigneeId: specialist.officerId }))
  const shown = {
    id: filed.id,
    agencyCode: ENVIRONMENT,
    receptionAgencyCode: ENVIRONMENT,
    assigneeId: specialist.officerId,
    stage: 'processing' as const,
  }
  const { steps } = await routingOf({ ...host, access: () => everything }, { province, actor: head }, shown)
  const step = steps.find(({ agencyCode, state }) => agencyCode === FINANCE && state === 'open')
  if (step)
    await hand.do(finance, hand.ago(0, -10), (cx) =>
      finishStepByHand(cx, { dossierId: filed.id, number: step.number, note: 'Nguồn vốn hợp lệ, không dùng đất công.' }),
    )
}

/** Opinions under way, a step at another agency, and dossiers that belong together. Does nothing when they are there already. */
export async function seedRouting(host: Host, province: Province): Promise<void> {
  const calendar = await host.db.read(province, (tx) => loadCalendar(tx))
  const hand = new Hand(host, province, calendar)
  const asker = await officerOf(host, province, 'specialist', BUILDING)
  const held = await holdings({ ...host, access: () => everything }, { province, actor: { kind: 'system', name: 'demo' } }, asker.officerId)
  const ids = held.ok ? held.value.dossiers.map(({ id }) => id) : []
  if (ids.length === 0 || (await host.db.read(province, (tx) => opinionCounts(tx, ids))).size > 0) return
  for (const agencyCode of [BUILDING, ENVIRONMENT, COMMUNE]) await askAndAnswer(hand, agencyCode)
  await family(hand, '2.000986', families[0], 'first')
  await family(hand, '1.010833', families[1], 'parent')
  await branches(hand)
}
