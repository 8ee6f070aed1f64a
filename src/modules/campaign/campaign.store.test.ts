import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { createAccess } from '../../kernel/access/index.ts'
import { type CommandHost, run } from '../../kernel/command.ts'
import type { Actor, Context } from '../../kernel/context.ts'
import { sql } from '../../kernel/database/index.ts'
import type { ImportKind } from '../../kernel/import.ts'
import type { Result } from '../../kernel/result.ts'
import { loadCatalogue } from '../catalogue/index.ts'
import { dossierImport } from '../dossier/index.ts'
import { loadDirectory, loadOrganisationData } from '../organisation/index.ts'
import {
  addTarget,
  addTask,
  type CampaignStanding,
  endTarget,
  finishTask,
  readStanding,
  seedCampaigns,
  seededCampaignId,
  targetList,
} from './index.ts'
import { permissions } from './permissions.ts'
import { allTargets, findCampaign, targetsOfCampaign, tasksOf } from './store.ts'

const { db, province } = await testDatabase()
const kind = dossierImport() as ImportKind<unknown>
let now = Temporal.Instant.from('2023-04-20T03:00:00Z')
const host: CommandHost = { db, clock: () => now, access: () => createAccess(permissions, { isWithin: () => true, root: () => 'H12' }) }
const officer = (role: 'reform_officer' | 'unit_head', agencyCode: string, n: number): Actor => ({
  kind: 'officer',
  officerId: `01900000-0000-7000-8000-00000000000${n}`,
  name: 'Trần Thị Thử',
  grants: [{ role, agencyCode, subtree: role === 'reform_officer' }],
})
const reform = officer('reform_officer', 'H12', 1)
const act = <T>(actor: Actor, work: (cx: Context) => Promise<Result<T>>) => run(host, { province, actor, name: 'test' }, work)
const CAMPAIGN = seededCampaignId(province, '69-ngay-dem-2023')

/** `n` dossiers of a unit on a day: so many of them online, digitised, and paid online (all owe a fee). */
async function bring(agency: string, day: string, n: number, good: { online: number; digitised: number; paid: number }): Promise<void> {
  const lines = Array.from({ length: n }, (_, at) => {
    const [online, digitised, paid] = [at < good.online, at < good.digitised, at < good.paid]
    return {
      code: `${agency}-${day.slice(2).replaceAll('-', '')}-${String(at + 1).padStart(4, '0')}`,
      procedure_code: '1.001193',
      agency_code: agency,
      channel: online ? 'online' : 'counter',
      assisted: 'false',
      submitted_at: `${day}T08:00:00+07:00`,
      received_at: `${day}T08:30:00+07:00`,
      due_at: '',
      completed_at: '',
      returned_at: '',
      status: '4',
      fee_vnd: '8000',
      paid_vnd: paid ? '8000' : '0',
      paid_online: String(paid),
      papers_total: '2',
      papers_digitised: digitised ? '2' : '0',
      papers_reused: '0',
      result_electronic: 'false',
      supplement_requests: '0',
      supplement_working_days: '0',
      applicant_name: 'Lý Thị Mười',
      applicant_id: '',
      applicant_phone: '',
    }
  })
  const rows = lines.map((record, at) => {
    const read = kind.parse(record)
    if (!read.ok) throw new Error(JSON.stringify(read.error))
    return { line: at + 2, row: read.value }
  })
  await db.write(province, (tx) => kind.apply({ tx, now, province, id: randomUUID }, rows))
}

const standing = (today: string, only?: string): Promise<CampaignStanding> =>
  db.snapshot(province, async (tx) => {
    const campaign = await findCampaign(tx, CAMPAIGN)
    if (!campaign) throw new Error('the campaign is not there')
    return readStanding(tx, await loadDirectory(tx), campaign, await targetsOfCampaign(tx, CAMPAIGN), { today, now, only })
  })

beforeAll(async () => {
  await loadOrganisationData(host, province)
  await loadCatalogue(host, province)
  await seedCampaigns(host, province)
  // Exactly at the commune's targets (60, 65, 30); one short of one; at 0 % for one; and a district beyond its own.
  await bring('H12.31.01', '2023-04-03', 20, { online: 12, digitised: 13, paid: 6 })
  await bring('H12.31.02', '2023-04-03', 20, { online: 11, digitised: 13, paid: 6 })
  await bring('H12.31.03', '2023-03-06', 10, { online: 10, digitised: 10, paid: 0 })
  await bring('H12.31', '2023-04-19', 10, { online: 9, digitised: 9, paid: 9 })
  // Outside the campaign: not counted.
  await bring('H12.31.01', '2023-02-28', 10, { online: 0, digitised: 0, paid: 0 })
})

test('who met all targets comes from whole numbers: at the target is met, one dossier short is not, and the gap says one', async () => {
  const { units, tiers, praise, late, atZero, daysLeft } = await standing('2023-04-20')
  const unit = (code: string) => units.find((one) => one.code === code)
  expect(unit('H12.31.01')?.metAll).toBe(true)
  expect(unit('H12.31.02')?.attained.map(({ aim, met, gap }) => [aim, met, gap.among])).toEqual([
    ['online_rate', false, 1],
    ['digitised_rate', true, 0],
    ['payment_rate', true, 0],
  ])
  expect(praise.map(({ code }) => code).sort()).toEqual(['H12.31', 'H12.31.01'])
  expect(late.map(({ code }) => code)).toEqual(['H12.31.03', 'H12.31.02'])
  expect(atZero.get('payment_rate')?.map(({ code }) => code)).toEqual(['H12.31.03'])
  const commune = tiers.find(({ tier }) => tier === 'commune')
  expect([commune?.units, commune?.met, commune?.idle]).toEqual([101, 1, 98])
  expect(commune?.attained[0]?.share).toEqual({ numerator: 33, denominator: 50 })
  expect(daysLeft).toBe(19)
})

test('after the end only met or not is left, and nothing later is counted', async () => {
  await bring('H12.31.02', '2023-05-10', 5, { online: 5, digitised: 5, paid: 5 })
  const { asOf, daysLeft, units } = await standing('2023-06-01')
  expect([asOf, daysLeft]).toEqual(['2023-05-09', -23])
  const lights = units.find(({ code }) => code === 'H12.31.02')?.attained.map(({ light }) => light)
  expect(lights).toEqual(['behind', 'met', 'met'])
})

test('a unit alone reads the same as among all', async () => {
  const [one] = (await standing('2023-04-20', 'H12.31.02')).units
  expect(one).toEqual((await standing('2023-04-20')).units.find(({ code }) => code === 'H12.31.02'))
})

test('the seed comes once; a target that was ended stays ended', async () => {
  const before = await db.read(province, allTargets)
  const online = before.find(({ aim, scope, certainty }) => aim.code === 'online_rate' && scope.kind === 'all' && certainty === 'threshold')
  expect((await act(reform, (cx) => endTarget(cx, { targetId: online?.id ?? '', ends: '2023-12-31' }))).ok).toBe(true)
  expect(await seedCampaigns(host, province)).toBe(0)
  expect((await db.read(province, allTargets)).find(({ id }) => id === online?.id)?.to).toBe('2023-12-31')
  expect((await act(reform, (cx) => endTarget(cx, { targetId: online?.id ?? '', ends: '2024-06-30' }))).ok).toBe(false)
  const { rows } = await db.read(province, (tx) =>
    sql<{ type: string }>`select type from event where subject = ${online?.id}::uuid`.execute(tx),
  )
  expect(rows.map(({ type }) => type)).toEqual(['target.ended'])
})

test('a merged commune’s own target ends with it, and the list says which successor has none', async () => {
  const input = {
    aimKind: 'rate' as const,
    aimCode: 'online_rate',
    scope: 'unit' as const,
    tier: undefined,
    unitCode: 'H12.31.01',
    begins: '2023-05-10',
    ends: undefined,
    comparator: 'at_least' as const,
    value: 0.9,
    source: 'Công văn giao riêng',
  }
  expect((await act(officer('unit_head', 'H12.31.01', 2), (cx) => addTarget(cx, input))).ok).toBe(false)
  expect((await act(reform, (cx) => addTarget(cx, { ...input, unitCode: 'H12.144' }))).ok).toBe(false)
  const set = await act(reform, (cx) => addTarget(cx, input))
  if (!set.ok) throw new Error(set.error.code)
  now = Temporal.Instant.from('2025-08-01T03:00:00Z')
  const line = (await targetList({ db, clock: () => now }, province)).find(({ target }) => target.id === set.value.id)
  expect(line?.state).toBe('over')
  expect(line?.orphaned?.lastDay).toBe('2025-06-30')
  const [heir] = line?.orphaned?.without ?? []
  expect(heir?.code).toMatch(/^H12\.1\d\d$/)
  await act(reform, (cx) => addTarget(cx, { ...input, unitCode: heir?.code, begins: '2025-07-01' }))
  const after = (await targetList({ db, clock: () => now }, province)).find(({ target }) => target.id === set.value.id)
  expect(after?.orphaned?.without.map(({ code }) => code)).not.toContain(heir?.code)
  now = Temporal.Instant.from('2023-04-20T03:00:00Z')
})

test('a task is done by the head of its unit, once, with the day it was done', async () => {
  const task = { campaignId: CAMPAIGN, what: 'Niêm yết mã QR', unitCode: 'H12.31.02', officerId: undefined, due: '2023-04-10' }
  expect((await act(reform, (cx) => addTask(cx, { ...task, due: '2023-06-01' }))).ok).toBe(false)
  const given = await act(reform, (cx) => addTask(cx, task))
  if (!given.ok) throw new Error(given.error.code)
  const done = { taskId: given.value.id, note: 'Đã niêm yết', evidence: null }
  const strict = { ...host, access: () => createAccess(permissions, { isWithin: () => false, root: () => 'H12' }) }
  const stranger = officer('unit_head', 'H12.31.03', 3)
  expect((await run(strict, { province, actor: stranger, name: 'test' }, (cx) => finishTask(cx, done))).ok).toBe(false)
  expect((await act(officer('unit_head', 'H12.31.02', 4), (cx) => finishTask(cx, done))).ok).toBe(true)
  const again = await act(reform, (cx) => finishTask(cx, done))
  expect(again.ok ? '' : again.error.code).toBe('campaign.task-done')
  const [kept] = await db.read(province, (tx) => tasksOf(tx, CAMPAIGN))
  expect([kept?.doneOn, kept?.doneNote]).toEqual(['2023-04-20', 'Đã niêm yết'])
})
