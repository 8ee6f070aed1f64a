import { createAccess } from '../kernel/access/index.ts'
import { addDays, type Clock, dayOf, startOfDay } from '../kernel/clock.ts'
import { type CommandHost, run } from '../kernel/command.ts'
import type { Context } from '../kernel/context.ts'
import type { Database, Province } from '../kernel/database/index.ts'
import { derivedUuid } from '../kernel/id.ts'
import type { Result } from '../kernel/result.ts'
import {
  addTarget,
  addTask,
  campaignExists,
  changeCampaign,
  createCampaign,
  finishTask,
  publishCampaign,
  seedCampaigns,
} from '../modules/campaign/index.ts'
import { NATIONAL } from '../modules/scheme/index.ts'

interface CampaignHost {
  readonly db: Database
  readonly clock: Clock
}

const idOf = (province: Province): string => derivedUuid('demo', 'campaign', province.slug)

/** Whether the demo's present campaign is there. */
export const isCampaignSeeded = (db: Database, province: Province): Promise<boolean> =>
  db.read(province, (tx) => campaignExists(tx, idOf(province)))

const BEGAN = 40
const GOES_ON = 28
/** It was made longer by a week after its first week. */
const EXTENDED = 7

const shares = { online_rate: [0.9, 0.85], digitised_rate: [0.8, 0.65], payment_rate: [0.6, 0.5] } as const

/** What was given to whom: the due day counted from today, and what was done about it. */
const tasks = [
  {
    unit: 'H12.15',
    what: 'Rà soát hồ sơ xây dựng chưa số hóa, số hóa xong thành phần hồ sơ',
    due: -20,
    done: -22,
    note: 'Đã số hóa xong 214 hồ sơ.',
  },
  {
    unit: 'H12.144',
    what: 'Bố trí máy và người hướng dẫn nộp trực tuyến tại bộ phận một cửa',
    due: -12,
    done: -9,
    note: 'Đã bố trí hai máy, một đoàn viên trực.',
  },
  { unit: 'H12.144', what: 'Tập huấn tổ công nghệ số cộng đồng các ấp', due: -3, done: null, note: '' },
  { unit: 'H12.101', what: 'Niêm yết mã QR thanh toán trực tuyến tại quầy', due: 6, done: null, note: '' },
] as const

/**
 * The targets and campaigns that come with the house, and one that runs today with tasks done, late and ahead, so that every screen is
 * alive. Does nothing when it is there already.
 */
export async function seedDemoCampaign(host: CampaignHost, province: Province): Promise<void> {
  await seedCampaigns(host, province)
  if (await isCampaignSeeded(host.db, province)) return
  const today = dayOf(host.clock())
  const id = idOf(province)
  const access = createAccess([], { isWithin: () => true })
  const actor = { kind: 'system', name: 'Văn phòng UBND tỉnh (mô phỏng)' } as const
  const at = async <T>(day: string, name: string, work: (cx: Context) => Promise<Result<T>>): Promise<T> => {
    const then: CommandHost = { db: host.db, clock: () => startOfDay(day).add({ hours: 8 }), access: () => access }
    const done = await run(then, { province, actor, name: 'demo.campaign', requestId: derivedUuid(id, name) }, work)
    if (!done.ok) throw new Error(`the demo did something impossible: ${done.error.code} (${name})`)
    return done.value
  }
  const begins = addDays(today, -BEGAN)
  const ends = addDays(today, GOES_ON)
  const about = {
    name: `Chiến dịch dịch vụ công trực tuyến ${today.slice(0, 4)} (mô phỏng)`,
    decision: `Kế hoạch số …/KH-UBND ngày ${begins.split('-').reverse().join('/')} (mô phỏng)`,
    begins,
  }
  await at(begins, 'create', (cx) =>
    createCampaign(cx, {
      ...{ id, ...about, ends: addDays(ends, -EXTENDED) },
      targets: Object.entries(shares).flatMap(([aim, [province, commune]]) => [
        { aim, tier: 'province' as const, value: province },
        { aim, tier: 'commune' as const, value: commune },
      ]),
    }),
  )
  await at(addDays(begins, EXTENDED), 'extend', (cx) =>
    changeCampaign(cx, { campaignId: id, ...about, ends, reason: 'Thông báo số …/TB-UBND: kéo dài thêm một tuần (mô phỏng)' }),
  )
  for (const [n, task] of tasks.entries()) {
    const given = await at(begins, `task ${n}`, (cx) =>
      addTask(cx, { campaignId: id, what: task.what, unitCode: task.unit, officerId: undefined, due: addDays(today, task.due) }),
    )
    if (task.done === null) continue
    await at(addDays(today, task.done), `done ${n}`, (cx) => finishTask(cx, { taskId: given.id, note: task.note, evidence: null }))
  }
  const year = today.slice(0, 4)
  await at(begins, 'score', (cx) =>
    addTarget(cx, {
      ...{ aimKind: 'score', aimCode: NATIONAL, scope: 'all', tier: undefined, unitCode: undefined, comparator: 'at_least', value: 85 },
      ...{ begins: `${year}-01-01`, ends: `${year}-12-31`, source: `Kế hoạch số …/KH-UBND ngày 05/01/${year} (mô phỏng)` },
    }),
  )
  // Last, so that a load that was cut off before goes on.
  await at(begins, 'publish', (cx) => publishCampaign(cx, { campaignId: id }))
}
