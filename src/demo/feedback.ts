import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import { createAccess } from '../kernel/access/index.ts'
import { type Clock, zoned } from '../kernel/clock.ts'
import { type CommandHost, run } from '../kernel/command.ts'
import type { Actor, Context, Officer, Role } from '../kernel/context.ts'
import type { Database, Province } from '../kernel/database/index.ts'
import type { Result } from '../kernel/result.ts'
import {
  filePetition,
  handPetition,
  inviteReturned,
  markLate,
  permissions,
  prepareStep,
  rateDossier,
  reraisePetition,
  type StepName,
  voteOnPetition,
  withdrawPetition,
} from '../modules/feedback/index.ts'
import { demoCitizens, findPersonBySubject, officersAt, STAND_IN_ISSUER } from '../modules/identity/index.ts'
import { petitionPlans } from './rules/petitions.ts'
import { random } from './rules/random.ts'

interface FeedbackHost {
  readonly db: Database
  readonly clock: Clock
}

const RATED = 160
const DAY_HOURS = 24

/** How many petitions there are: the demo's come first, in the order of its plan. */
const countPetitions = (db: Database, province: Province): Promise<number> =>
  db.read(province, async (tx) => (await sql<{ n: number }>`select count(*)::int as n from petition`.execute(tx)).rows[0]?.n ?? 0)

/** Whether the demo's petitions are there. */
export const isFeedbackSeeded = async (db: Database, province: Province): Promise<boolean> =>
  (await countPetitions(db, province)) >= petitionPlans.length

/** Commands of this room at any time, by anybody the demo names. */
function stage(host: FeedbackHost, province: Province) {
  const access = createAccess(permissions, { isWithin: () => true })
  return async <T>(actor: Actor, at: Temporal.Instant, work: (cx: Context) => Promise<Result<T>>): Promise<T> => {
    const then: CommandHost = { db: host.db, clock: () => at, access: () => access }
    const done = await run(then, { province, actor, requestId: randomUUID(), name: 'demo.feedback' }, work)
    if (!done.ok) throw new Error(`the demo did something impossible: ${done.error.code}`)
    return done.value
  }
}

async function officersOf(host: FeedbackHost, province: Province, agencyCode: string) {
  const day = host.clock().toString().slice(0, 10)
  const find = async (role: Exclude<Role, 'citizen'>, name: string): Promise<Officer> => {
    const [known] = await host.db.read(province, (tx) => officersAt(tx, { role, agencyCode, ancestors: ['H12', agencyCode], day }))
    const grants = [{ role, agencyCode: 'H12', subtree: true }]
    return {
      kind: 'officer',
      officerId: known?.id ?? `01930000-0000-7000-8fff-0000000007${role.length}1`,
      name: known?.name ?? name,
      grants,
    }
  }
  return { specialist: await find('specialist', 'Lâm Thị Giả Lập'), head: await find('unit_head', 'Trần Văn Giả Lập') }
}

const earlier = (a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant => (a.epochMilliseconds < b.epochMilliseconds ? a : b)

/** The next moment on a weekday between seven and five: nobody answers petitions at night. */
function officeTime(wished: Temporal.Instant): Temporal.Instant {
  let at = zoned(wished)
  if (at.hour >= 17) at = at.add({ days: 1 }).with({ hour: 8 })
  if (at.hour < 7) at = at.with({ hour: 8 })
  while (at.dayOfWeek > 5) at = at.add({ days: 1 })
  return at.toInstant()
}

/**
 * Petitions in every state and ratings of dossiers returned lately, made by the commands themselves at believable times before now. All
 * invented. Makes what is missing. Returns how many petitions.
 */
export async function seedFeedback(host: FeedbackHost, province: Province): Promise<number> {
  const known = await countPetitions(host.db, province)
  if (known >= petitionPlans.length) return 0
  const now = host.clock()
  const act = stage(host, province)
  const citizens: Actor[] = []
  for (const { subject, name, phone } of demoCitizens().citizens) {
    const known = await host.db.read(province, (tx) => findPersonBySubject(tx, STAND_IN_ISSUER, subject))
    if (known) citizens.push({ kind: 'citizen', personId: known.id, name, phone })
  }
  const anybody: Actor = { kind: 'anonymous' }
  for (const [at, plan] of petitionPlans.entries()) {
    // Cut off the last time: goes on where it stopped.
    if (at < known) continue
    const citizen = plan.name === undefined ? citizens[at % Math.max(1, citizens.length)] : undefined
    const filer = citizen ?? anybody
    const phone = `0100${String(200_000 + at * 731)}`
    let time = earlier(now, officeTime(now.subtract({ hours: plan.daysAgo * DAY_HOURS, minutes: 17 * at })))
    const next = (hours: number): Temporal.Instant => {
      time = earlier(now, officeTime(time.add({ hours })))
      return time
    }
    const { specialist, head } = await officersOf(host, province, plan.agencyCode)
    const filed = await act(filer, time, (cx) =>
      filePetition(cx, {
        content: plan.content,
        agencyCode: plan.agencyCode,
        mayPublish: plan.mayPublish ?? true,
        ...(citizen ? {} : { name: plan.name ?? 'Người dân', phone }),
      }),
    )
    const petitionId = filed.id
    const step = (actor: Actor, name: StepName, hours: number, sent: object = {}) =>
      act(actor, next(hours), (cx) => {
        const prepared = prepareStep(name, petitionId, sent)
        return prepared.ok ? prepared.value(cx) : Promise.resolve(prepared)
      })
    for (const one of plan.steps) {
      if (one.do === 'withdraw')
        await act(filer, next(one.after), (cx) => withdrawPetition(cx, { petitionId, note: one.note, ...(citizen ? {} : { phone }) }))
      else if (one.do === 'reraise')
        await act(filer, next(one.after), (cx) => reraisePetition(cx, { petitionId, note: one.note, ...(citizen ? {} : { phone }) }))
      else if (one.do === 'assign') {
        const officer = { id: specialist.officerId, name: specialist.name }
        await act(head, next(one.after), (cx) => handPetition(cx, { petitionId, officer }))
      } else await step(one.do === 'draft' || one.do === 'accept' || one.do === 'ask' ? specialist : head, one.do, one.after, one)
    }
    for (const [n, liked] of (plan.votes ?? []).entries()) {
      const voter: Actor = {
        kind: 'citizen',
        personId: `01930000-0000-7000-8ffe-${String(at * 100 + n).padStart(12, '0')}`,
        name: 'Người dân',
      }
      await act(voter, next(2), (cx) => voteOnPetition(cx, { petitionId, liked }))
    }
  }
  await markLate({ ...host, access: () => createAccess([], { isWithin: () => false }) }, province)
  await rateSome(host, province, act)
  return petitionPlans.length - known
}

const remarks = {
  good: ['Nhanh hơn hẹn, cảm ơn các anh chị.', 'Hướng dẫn rõ, chỉ phải đến một lần.', 'Nộp ở nhà, nhận kết quả qua điện thoại, rất tiện.'],
  fair: ['Được, nhưng chờ ở quầy hơi lâu.', 'Mẫu đơn còn nhiều chữ khó hiểu.'],
  poor: ['Phải đi lại hai lần vì thiếu một tờ giấy không ai dặn trước.', 'Trễ hẹn ba ngày mà không báo.'],
} as const

/** Three of four who fetched a result lately said how it went; the demo's citizens are still asked. */
async function rateSome(host: FeedbackHost, province: Province, act: ReturnType<typeof stage>): Promise<void> {
  const now = host.clock()
  const since = now.subtract({ hours: DAY_HOURS * 29 })
  const found = await host.db.write(province, (tx) => inviteReturned(tx, since, RATED))
  // The demo's own citizens are still asked; who has answered is not asked again.
  const left = await host.db.read(province, async (tx) =>
    (await sql<{ id: string }>`select dossier_id as id from rating_invitation where person_id is null and not rated`.execute(tx)).rows.map(
      ({ id }) => id,
    ),
  )
  const open = new Set(left)
  const chance = random('đánh giá')
  const clerk: Officer = {
    kind: 'officer',
    officerId: '01930000-0000-7000-8fff-000000000799',
    name: 'Máy tại quầy',
    grants: [{ role: 'clerk', agencyCode: 'H12', subtree: true }],
  }
  for (const { dossierId, at } of found) {
    const skipped = chance.chance(0.25)
    if (skipped || !open.has(dossierId)) continue
    const level = chance.chance(0.78) ? 'good' : chance.chance(0.6) ? 'fair' : 'poor'
    const best = level === 'good' ? 2 : level === 'fair' ? 1 : 0
    const scores: Record<string, number> = chance.chance(0.4)
      ? { time: best, visits: chance.chance(0.7) ? best : 1, attitude: Math.max(best, chance.below(3)), public: best }
      : {}
    const comment = chance.chance(0.2) ? chance.pick(remarks[level]) : undefined
    const then = at.add({ minutes: 3 + chance.below(50) })
    const time = then.epochMilliseconds < now.epochMilliseconds ? then : now
    await act(clerk, time, (cx) => rateDossier(cx, { dossierId, level, scores, comment }))
  }
}
