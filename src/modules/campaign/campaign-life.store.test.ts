import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { createAccess } from '../../kernel/access/index.ts'
import { type CommandHost, run } from '../../kernel/command.ts'
import type { Actor, Context } from '../../kernel/context.ts'
import { record } from '../../kernel/events.ts'
import { ok, type Result } from '../../kernel/result.ts'
import { loadCatalogue } from '../catalogue/index.ts'
import { measureId } from '../indicator/index.ts'
import { loadOrganisationData } from '../organisation/index.ts'
import {
  actsSince,
  addTarget,
  addTask,
  type CampaignTarget,
  campaignById,
  campaignHistory,
  campaignStanding,
  cancelCampaign,
  changeCampaign,
  changeCampaignTargets,
  changeCampaignUnits,
  changeTask,
  createCampaign,
  dropTask,
  endCampaign,
  endTarget,
  finishTask,
  publishCampaign,
  readTargets,
  targetFigures,
  targetStanding,
} from './index.ts'
import { permissions } from './permissions.ts'

const { db, province } = await testDatabase()
let now = Temporal.Instant.from('2025-06-20T03:00:00Z')
const host: CommandHost = { db, clock: () => now, access: () => createAccess(permissions, { isWithin: () => true, root: () => 'H12' }) }
const reform: Actor = {
  ...{ kind: 'officer', officerId: '01900000-0000-7000-8000-000000000001', name: 'Trần Thị Thử' },
  grants: [{ role: 'reform_officer', agencyCode: 'H12', subtree: true }],
}
const act = <T>(work: (cx: Context) => Promise<Result<T>>) => run(host, { province, actor: reform, name: 'test' }, work)
const code = <T>(result: Result<T>): string => (result.ok ? 'ok' : (result.error.fields?.[0]?.path ?? result.error.code))
const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const asker = { province, actor: reform }
const standing = async (id: string, unit?: string) => must(await campaignStanding(host, asker, id, { unit }))

/** So many dossiers of a unit on a day, so many of them online: what they add to the counts. */
const bring = (agencyCode: string, day: string, received: number, online: number) =>
  act(async (cx) => {
    const values = [
      [measureId.received, received],
      [measureId.online, online],
    ] as const
    await record(cx, { events: [], deltas: [{ agencyCode, day, procedureCode: '1.001193', channel: 'online', values }] })
    return ok(null)
  })

const online = (value: number, whose: Pick<CampaignTarget, 'tier' | 'unit'>): CampaignTarget => ({ aim: 'online_rate', ...whose, value })
const draft = {
  ...{ name: 'Cao điểm hè', decision: 'Kế hoạch 70/KH-UBND', begins: '2025-06-02', ends: '2025-07-31' },
  targets: [online(0.6, { tier: 'commune' }), online(0.7, { tier: 'district' })],
}
const campaign = async (change: object = {}): Promise<string> => {
  const { id } = must(await act((cx) => createCampaign(cx, { ...draft, ...change })))
  must(await act((cx) => publishCampaign(cx, { campaignId: id })))
  return id
}

beforeAll(async () => {
  await loadOrganisationData(host, province)
  await loadCatalogue(host, province)
  // Thị trấn Đầm Dơi went wholly into the commune of its name, with a part of Tạ An Khương, which was split.
  await bring('H12.36.01', '2025-06-10', 10, 8)
  await bring('H12.36.02', '2025-06-11', 5, 5)
})

describe('a campaign after it was published', () => {
  test('what everybody has seen is changed only with a reason, and the history keeps what it was before', async () => {
    const campaignId = await campaign()
    const to = { campaignId, name: 'Cao điểm hè', decision: 'Kế hoạch 71/KH-UBND', begins: '2025-06-02', ends: '2025-08-15' }
    expect(code(await act((cx) => changeCampaign(cx, { ...to, reason: undefined })))).toBe('reason')
    expect(code(await act((cx) => changeCampaign(cx, { ...to, reason: 'Thông báo 5', ends: '2025-06-01' })))).toBe('ends')
    must(await act((cx) => changeCampaign(cx, { ...to, reason: 'Thông báo 5' })))
    const targets = (await db.read(province, readTargets)).filter((one) => one.campaignId === campaignId)
    expect(targets.map(({ from, to: last }) => [from, last])).toEqual([
      ['2025-06-02', '2025-08-15'],
      ['2025-06-02', '2025-08-15'],
    ])
    const [last] = must(await campaignHistory(host, asker, campaignId))
    expect(last).toMatchObject({ kind: 'changed', before: { ends: '2025-07-31' }, after: { ends: '2025-08-15' }, reason: 'Thông báo 5' })
    expect(last?.who).toBe('Trần Thị Thử')
  })

  test('a new level holds from today and the old one until yesterday; a unit’s own stands before its tier’s', async () => {
    const campaignId = await campaign()
    const own = online(0.9, { unit: 'H12.31.01@2021-01-01' })
    const targets = [online(0.65, { tier: 'commune' }), online(0.7, { tier: 'district' }), own]
    must(await act((cx) => changeCampaignTargets(cx, { campaignId, targets, reason: 'Thông báo 6' })))
    const kept = (await db.read(province, readTargets)).filter((one) => one.campaignId === campaignId)
    expect(kept.map(({ value, from, to }) => [value, from, to]).sort()).toEqual([
      [0.6, '2025-06-02', '2025-06-19'],
      [0.65, '2025-06-20', '2025-07-31'],
      [0.7, '2025-06-02', '2025-07-31'],
      [0.9, '2025-06-20', '2025-07-31'],
    ])
    const levels = new Map((await standing(campaignId)).units.map((unit) => [unit.code, unit.attained[0]?.target.value]))
    expect([levels.get('H12.31.01'), levels.get('H12.31.02'), levels.get('H12.31')]).toEqual([0.9, 0.65, 0.7])
    // The same again changes nothing.
    const before = must(await campaignHistory(host, asker, campaignId)).length
    must(await act((cx) => changeCampaignTargets(cx, { campaignId, targets, reason: 'Lần nữa' })))
    expect(must(await campaignHistory(host, asker, campaignId))).toHaveLength(before)
  })

  test('single units are named as they are today; only these are counted', async () => {
    const campaignId = await campaign()
    expect(code(await act((cx) => changeCampaignUnits(cx, { campaignId, units: ['H12.999'], reason: 'Thí điểm' })))).toBe('units')
    must(await act((cx) => changeCampaignUnits(cx, { campaignId, units: ['H12.36.01', 'H12.31'], reason: 'Thí điểm' })))
    const { units, tiers } = await standing(campaignId)
    expect(units.map((unit) => unit.code).sort()).toEqual(['H12.31', 'H12.36.01'])
    expect(tiers.find(({ tier }) => tier === 'commune')?.attained[0]?.share).toEqual({ numerator: 8, denominator: 10 })
  })

  test('ended early nothing later counts; cancelled it stays to be read and its targets hold no more from tomorrow', async () => {
    const early = await campaign()
    expect(code(await act((cx) => endCampaign(cx, { campaignId: early, ends: '2025-07-31', reason: 'x' })))).toBe('ends')
    must(await act((cx) => endCampaign(cx, { campaignId: early, ends: '2025-06-09', reason: 'Đạt sớm' })))
    expect((await standing(early)).asOf).toBe('2025-06-09')
    expect((await standing(early)).units.every(({ attained }) => attained.every(({ met }) => met === null))).toBe(true)

    const gone = await campaign()
    must(await act((cx) => cancelCampaign(cx, { campaignId: gone, reason: 'Thay bằng kế hoạch khác' })))
    expect(code(await act((cx) => cancelCampaign(cx, { campaignId: gone, reason: 'x' })))).toBe('campaign.cancelled')
    const task = { campaignId: gone, what: 'Niêm yết', unitCode: 'H12.31', officerId: undefined, due: '2025-06-25' }
    expect(code(await act((cx) => addTask(cx, task)))).toBe('campaign.cancelled')
    const targets = (await db.read(province, readTargets)).filter((one) => one.campaignId === gone)
    expect(targets.map(({ to }) => to)).toEqual(['2025-06-20', '2025-06-20'])
    now = Temporal.Instant.from('2025-06-25T03:00:00Z')
    expect((await standing(gone)).asOf).toBe('2025-06-20')
    now = Temporal.Instant.from('2025-06-20T03:00:00Z')
  })

  test('a task is changed or taken back while nobody has done it; days move only where its deadline allows', async () => {
    const campaignId = await campaign()
    const task = { what: 'Niêm yết mã QR', unitCode: 'H12.01', officerId: undefined, due: '2025-07-20' }
    const { id: taskId } = must(await act((cx) => addTask(cx, { ...task, campaignId })))
    const shorter = { campaignId, name: 'Cao điểm', decision: 'KH 70', begins: '2025-06-02', ends: '2025-07-10', reason: 'x' }
    expect(code(await act((cx) => changeCampaign(cx, shorter)))).toBe('ends')
    must(await act((cx) => changeTask(cx, { ...task, taskId, due: '2025-07-05' })))
    must(await act((cx) => changeCampaign(cx, shorter)))
    must(await act((cx) => dropTask(cx, { taskId, reason: 'Sở làm thay' })))
    expect(code(await act((cx) => dropTask(cx, { taskId, reason: 'x' })))).toBe('campaign.task-dropped')
    const kinds = must(await campaignHistory(host, asker, campaignId)).map(({ kind }) => kind)
    expect(kinds).toEqual(['task-dropped', 'changed', 'task-changed', 'task-given', 'published', 'created'])
  })
})

describe('two officers who write at the same time', () => {
  const other: Actor = { ...reform, name: 'Lê Văn Kia', officerId: '01900000-0000-7000-8000-000000000002' }
  const byOther = <T>(work: (cx: Context) => Promise<Result<T>>) => run(host, { province, actor: other, name: 'test' }, work)
  const versionOf = async (id: string) => must(await campaignById(host, asker, id)).campaign.version

  test('the second is refused and told who wrote, every part of a campaign; what was written since is listed; sent again with it seen it is taken', async () => {
    const campaignId = await campaign()
    const version = await versionOf(campaignId)
    const about = { campaignId, name: 'Cao điểm hè', decision: 'Kế hoạch 71/KH-UBND', begins: '2025-06-02', ends: '2025-08-15' }
    must(await byOther((cx) => changeCampaign(cx, { ...about, version, reason: 'Thông báo 5' })))
    const late = [
      (cx: Context) => changeCampaign(cx, { ...about, version, name: 'Hè', reason: 'x' }),
      (cx: Context) => changeCampaignTargets(cx, { campaignId, version, targets: [online(0.5, { tier: 'commune' })], reason: 'x' }),
      (cx: Context) => changeCampaignUnits(cx, { campaignId, version, units: ['H12.31'], reason: 'x' }),
      (cx: Context) => endCampaign(cx, { campaignId, version, ends: '2025-06-30', reason: 'x' }),
      (cx: Context) => cancelCampaign(cx, { campaignId, version, reason: 'x' }),
    ]
    for (const write of late) {
      const refused = await act<unknown>(write)
      expect(code(refused)).toBe('campaign.changed-meanwhile')
      expect(refused.ok || refused.error.message.vi).toMatch(
        /^Lê Văn Kia đã sửa lúc .*20\/0?6\/2025, sau khi bạn mở trang\. Chưa lưu gì của bạn\.$/,
      )
    }
    const since = must(await actsSince(host, asker, { id: campaignId, version }))
    expect(since).toMatchObject([{ kind: 'changed', who: 'Lê Văn Kia', before: { ends: '2025-07-31' }, after: { ends: '2025-08-15' } }])
    must(await act((cx) => changeCampaign(cx, { ...about, version: version + 1, name: 'Hè', reason: 'x' })))
    expect(must(await actsSince(host, asker, { id: campaignId, version: version + 1 }))).toHaveLength(1)
    // What says nothing of the campaign itself is in nobody's way.
    const task = { campaignId, what: 'Niêm yết', unitCode: 'H12.01', officerId: undefined, due: '2025-07-20' }
    must(await byOther((cx) => addTask(cx, task)))
    must(await act((cx) => changeCampaign(cx, { ...about, version: version + 2, reason: 'x' })))
  })

  test('a draft that changed is not published unseen', async () => {
    const { id: campaignId } = must(await act((cx) => createCampaign(cx, draft)))
    const version = await versionOf(campaignId)
    must(await byOther((cx) => changeCampaignUnits(cx, { campaignId, version, units: ['H12.31'], reason: undefined })))
    expect(code(await act((cx) => publishCampaign(cx, { campaignId, version })))).toBe('campaign.changed-meanwhile')
    must(await act((cx) => publishCampaign(cx, { campaignId, version: version + 1 })))
  })

  test('one of its targets that was ended by itself counts as a change of the campaign, and stands in its history', async () => {
    const campaignId = await campaign()
    const version = await versionOf(campaignId)
    const [target] = must(await campaignById(host, asker, campaignId)).targets
    if (!target) throw new Error('no target')
    const end = { targetId: target.id, version: target.version }
    must(await byOther((cx) => endTarget(cx, { ...end, ends: '2025-06-30' })))
    expect(code(await act((cx) => endTarget(cx, { ...end, ends: '2025-06-25' })))).toBe('campaign.changed-meanwhile')
    const targets = [online(0.6, { tier: 'commune' })]
    expect(code(await act((cx) => changeCampaignTargets(cx, { campaignId, version, targets, reason: 'x' })))).toBe(
      'campaign.changed-meanwhile',
    )
    expect(must(await actsSince(host, asker, { id: campaignId, version }))).toMatchObject([
      { kind: 'target-ended', who: 'Lê Văn Kia', ends: '2025-06-30', before: '2025-07-31', value: target.value },
    ])
  })

  test('of a task: who changes, drops or finishes it has seen it as it is', async () => {
    const campaignId = await campaign()
    const task = { what: 'Niêm yết mã QR', unitCode: 'H12.01', officerId: undefined, due: '2025-07-20' }
    const { id: taskId } = must(await act((cx) => addTask(cx, { ...task, campaignId })))
    must(await byOther((cx) => changeTask(cx, { ...task, taskId, version: 1, due: '2025-07-05' })))
    const done = { taskId, version: 1, note: 'Xong', evidence: null }
    for (const write of [
      (cx: Context) => changeTask(cx, { ...task, taskId, version: 1, what: 'Khác' }),
      (cx: Context) => dropTask(cx, { taskId, version: 1, reason: 'x' }),
      (cx: Context) => finishTask(cx, done),
    ])
      expect(code(await act<unknown>(write))).toBe('campaign.changed-meanwhile')
    expect(must(await actsSince(host, asker, { id: campaignId, task: taskId, version: 1 }))).toMatchObject([
      { kind: 'task-changed', after: { due: '2025-07-05' } },
    ])
    must(await act((cx) => changeTask(cx, { ...task, taskId, version: 2, what: 'Khác' })))
  })
})

describe('units that merge on 1 July 2025, in the middle of a campaign', () => {
  let id: string
  let named: string
  beforeAll(async () => {
    now = Temporal.Instant.from('2025-06-20T03:00:00Z')
    id = await campaign()
    named = await campaign({ units: ['H12.36.01'] })
    now = Temporal.Instant.from('2025-07-10T03:00:00Z')
  })

  test('those that ended neither meet nor miss: they are named with what they became, and nothing of a split one is given to anybody', async () => {
    const { gone, units, tiers } = await standing(id)
    expect(units.every(({ validFrom }) => validFrom === '2025-07-01')).toBe(true)
    expect(gone.filter(({ tier }) => tier === 'district')).toHaveLength(9)
    const merged = gone.filter(({ became }) => became.length === 1 && !became[0]?.part)
    const split = gone.filter(({ tier, became }) => tier === 'commune' && became.length > 1)
    expect(merged.length).toBeGreaterThan(50)
    expect(split.length).toBeGreaterThan(10)
    expect(split.every(({ became }) => became.every(({ part }) => part))).toBe(true)
    // What they had counted stays in their tier's figure.
    expect(tiers.find(({ tier }) => tier === 'commune')?.attained[0]?.share.denominator).toBe(15)
  })

  test('a successor is measured by its own dossiers; those of units that wholly went into it stand beside, parts never', async () => {
    const { gone } = await standing(id)
    const old = gone.find(({ code: unit }) => unit === 'H12.36.01')
    const [heir] = old?.became ?? []
    if (!heir) throw new Error('nobody followed')
    await bring(heir.code, '2025-07-05', 4, 1)
    const [unit] = (await standing(id, heir.code)).units
    expect(unit?.attained[0]?.share).toEqual({ numerator: 1, denominator: 4 })
    expect(unit?.origin?.relations.map(({ name, part }) => [name, part])).toEqual(
      expect.arrayContaining([
        ['Thị trấn Đầm Dơi', false],
        ['Xã Tạ An Khương', true],
      ]),
    )
    expect(unit?.origin?.together.get('online_rate')).toEqual({ numerator: 9, denominator: 14 })
    // Alone it reads as among all.
    expect((await standing(id)).units.find(({ code: one }) => one === heir.code)?.origin).toEqual(unit?.origin)
  })

  test('a unit that was named is followed by nobody until somebody names its successor', async () => {
    const { units, gone } = await standing(named)
    expect([units.length, gone.map(({ code: unit }) => unit)]).toEqual([0, ['H12.36.01']])
    const heirs = gone[0]?.became ?? []
    expect(heirs.every(({ takesPart }) => !takesPart)).toBe(true)
    const names = heirs.map(({ code: unit }) => unit)
    must(await act((cx) => changeCampaignUnits(cx, { campaignId: named, units: ['H12.36.01', ...names], reason: 'Sắp xếp đơn vị' })))
    const after = await standing(named)
    expect(after.units.map((unit) => unit.code).sort()).toEqual([...names].sort())
    expect(after.gone[0]?.became.every(({ takesPart }) => takesPart)).toBe(true)
  })
})

describe('targets on a score', () => {
  const target = { aimKind: 'score' as const, aimCode: '766', begins: '2025-01-01', ends: '2025-12-31', comparator: 'at_least' as const }

  test('a score nobody has is refused; one of ours is shown in points with what would win them back, and no rate a day', async () => {
    expect(code(await act((cx) => addTarget(cx, { ...target, aimCode: '999', scope: 'all', value: 80, source: 'KH 1' })))).toBe('aim')
    const { id } = must(await act((cx) => addTarget(cx, { ...target, scope: 'all', value: 99.5, source: 'KH 1' })))
    const found = must(await targetStanding(host, province, id))
    expect(found.figure).toBeNull()
    expect(found.score?.total).not.toBeNull()
    expect(found.score?.met).not.toBe(true)
    expect(found.score?.wins.length).toBeGreaterThan(0)
    expect(found.standing.units.length + found.nearer).toBeGreaterThan(60)
    const line = (await targetFigures(host, province)).find((one) => one.line.target.id === id)
    expect([line?.line.state, line?.figure]).toEqual(['in-force', null])
  })

  test('in a campaign it counts among the targets: points and gap for each unit, who has no dossier has no score', async () => {
    const campaignId = await campaign({ targets: [online(0.1, { tier: 'commune' }), { aim: 'score:766', tier: 'commune', value: 0.5 }] })
    const { units, schemes } = await standing(campaignId)
    expect(schemes.map(({ code: scheme }) => scheme)).toEqual(['766'])
    const counted = units.filter(({ attained }) => attained[0]?.met !== null)
    expect(counted.length).toBeGreaterThan(0)
    expect(counted.every(({ scores }) => scores[0]?.met === true && scores[0].total !== null)).toBe(true)
    expect(units.filter((unit) => !counted.includes(unit)).every(({ scores }) => scores[0]?.light === 'nothing')).toBe(true)
  })
})

test('a target of many years is measured by the running year, and a change half-way through a campaign by the campaign’s days', async () => {
  const set = {
    aimKind: 'rate' as const,
    aimCode: 'online_rate',
    scope: 'tier' as const,
    tier: 'commune' as const,
    comparator: 'at_least' as const,
  }
  const { id } = must(
    await act((cx) => addTarget(cx, { ...set, begins: '2022-01-01', ends: undefined, value: 0.55, source: randomUUID() })),
  )
  expect(must(await targetStanding(host, province, id)).days).toEqual({ from: '2025-01-01', to: '2025-12-31' })
  const campaignId = await campaign()
  must(await act((cx) => changeCampaignTargets(cx, { campaignId, targets: [online(0.66, { tier: 'commune' })], reason: 'x' })))
  const fresh = (await targetFigures(host, province)).find(
    ({ line }) => line.target.campaignId === campaignId && line.target.value === 0.66,
  )
  expect(fresh?.figure?.share.denominator).toBe(19)
})
