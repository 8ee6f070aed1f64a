import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { createAccess } from '../../kernel/access/index.ts'
import { run } from '../../kernel/command.ts'
import type { Actor } from '../../kernel/context.ts'
import type { ImportKind } from '../../kernel/import.ts'
import { measureSources } from '../../measure-sources.ts'
import { loadCatalogue } from '../catalogue/index.ts'
import { dossierImport } from '../dossier/index.ts'
import { foldAll } from '../indicator/index.ts'
import { agencyImport, loadDirectory, loadOrganisationData } from '../organisation/index.ts'
import {
  bodyOf,
  type ClosePeriod,
  changesBetween,
  checkSnapshots,
  closePeriod,
  findSnapshot,
  NATIONAL,
  oneUnit,
  provinceUnit,
  readClosed,
  reportedImport,
  type ScoreJson,
  scoreJson,
  scoreUnits,
} from './index.ts'
import { permissions } from './permissions.ts'

const { db, province, owner } = await testDatabase()
let now = Temporal.Instant.from('2023-01-10T03:00:00Z')
const access = createAccess(permissions, { isWithin: (code, ancestor) => code.startsWith(ancestor), root: () => 'H12' })
const host = { db, clock: () => now, access: () => access }
const officer = (agencyCode = 'H12', role: 'reform_officer' | 'clerk' = 'reform_officer'): Actor => ({
  kind: 'officer',
  officerId: randomUUID(),
  name: 'Mai Xuân Phúc',
  grants: [{ role, agencyCode, subtree: true }],
})
const close = (input: Partial<ClosePeriod>, actor = officer()) =>
  run(host, { province, actor, name: 'index.close' }, (cx) =>
    closePeriod(cx, { from: '2022-12-01', to: '2022-12-31', scheme: NATIONAL, reason: '', ...input }),
  )
const check = () => db.snapshot(province, (tx) => checkSnapshots(tx, measureSources))

const dossier = (n: number, received: string, change: Record<string, string> = {}): Record<string, string> => ({
  code: `H12.31.01-221231-${String(n).padStart(4, '0')}`,
  procedure_code: '1.001193',
  agency_code: 'H12.31.01',
  channel: 'online',
  assisted: 'false',
  submitted_at: received,
  received_at: received,
  due_at: '2023-01-06T17:00:00+07:00',
  completed_at: '2023-01-05T10:00:00+07:00',
  returned_at: '2023-01-05T10:00:00+07:00',
  status: '10',
  fee_vnd: '0',
  paid_vnd: '0',
  paid_online: 'false',
  papers_total: '2',
  papers_digitised: '2',
  papers_reused: '0',
  result_electronic: 'true',
  supplement_requests: '0',
  supplement_working_days: '0',
  applicant_name: 'Lý Thị Mười',
  applicant_id: '',
  applicant_phone: '',
  ...change,
})

async function load(kind: ImportKind<unknown>, lines: readonly Record<string, string>[]): Promise<number> {
  const rows = lines.map((record, n) => {
    const read = kind.parse(record)
    if (!read.ok) throw new Error(JSON.stringify(read.error))
    return { line: n + 2, row: read.value }
  })
  const done = await db.write(province, (tx) => kind.apply({ tx, now, province, id: randomUUID }, rows))
  return done.imported
}
const dossiers = dossierImport() as ImportKind<unknown>

beforeAll(async () => {
  await loadOrganisationData({ db, clock: () => now }, province)
  await loadCatalogue({ db, clock: () => now }, province)
  await load(dossiers, [
    dossier(1, '2022-12-05T08:00:00+07:00'),
    dossier(2, '2022-12-31T23:59:59+07:00'),
    // One second later, and another year, though in Greenwich it is still 2022.
    dossier(3, '2023-01-01T00:00:00+07:00'),
    dossier(4, '2022-12-06T08:00:00+07:00', { agency_code: 'H12.31', code: 'H12.31-221206-0001', procedure_code: '1.000894' }),
  ])
})

test('who may close, what can be closed, and when', async () => {
  expect(await close({}, officer('H12.31'))).toMatchObject({ ok: false, error: { code: 'access.denied' } })
  expect(await close({}, officer('H12', 'clerk'))).toMatchObject({ ok: false, error: { code: 'access.denied' } })
  expect(await close({ from: '2022-12-02' })).toMatchObject({ ok: false, error: { code: 'scheme.period-not-closable' } })
  expect(await close({ from: '2022-11-01', to: '2023-01-31' })).toMatchObject({ ok: false, error: { code: 'scheme.period-not-closable' } })
  expect(await close({ from: '2023-01-01', to: '2023-01-31' })).toMatchObject({ ok: false, error: { code: 'scheme.period-running' } })
  expect(await close({ scheme: 'khong-co' })).toMatchObject({ ok: false, error: { code: 'scheme.unknown' } })
  // The last second of the year is the year's; the next is not.
  const before = now
  now = Temporal.Instant.from('2022-12-31T16:59:59Z')
  expect(await close({ from: '2022-01-01' })).toMatchObject({ ok: false, error: { code: 'scheme.period-running' } })
  now = before
})

test('a closed year keeps its figures; a dossier of 23:59:59 on 31/12 is in it, one of 00:00:00 is not', async () => {
  expect(await close({ from: '2022-01-01' })).toMatchObject({
    ok: true,
    value: { revision: 1, digest: expect.stringMatching(/^[0-9a-f]{64}$/) },
  })
  const read = (code?: string) =>
    db.snapshot(province, (tx) => readClosed(tx, { period: { from: '2022-01-01', to: '2022-12-31' }, scheme: NATIONAL }, code))
  expect((await read()).line.amounts.received).toBe(3)
  expect((await read('H12.31')).line.amounts.received).toBe(3)
  expect((await read('H12.31.01')).line.amounts.received).toBe(2)
  await expect(read('H12.999')).rejects.toMatchObject({ refusal: { code: 'scheme.unit-unknown' } })
  expect(await check()).toMatchObject([{ broken: null, misscored: [], difference: 0 }])
})

test('closed and unchanged is refused; a correction is a revision with its reason, and the first one stays', async () => {
  const first = await close({})
  expect(first).toMatchObject({ ok: true, value: { revision: 1 } })
  await foldAll(db, province)
  expect(await close({ reason: 'Xem lại' })).toMatchObject({ ok: false, error: { code: 'scheme.closed-unchanged' } })
  await load(dossiers, [dossier(5, '2022-12-20T08:00:00+07:00', { completed_at: '2023-01-09T10:00:00+07:00', returned_at: '' })])
  await load(reportedImport as ImportKind<unknown>, [
    { quantity: 'synced', agency_code: 'H12', month: '2022-12', value: '4', source: 'Báo cáo' },
  ])
  expect(await close({})).toMatchObject({ ok: false, error: { code: 'scheme.reason-missing' } })
  const second = await close({ reason: 'Nạp bổ sung hồ sơ giấy của xã' })
  expect(second).toMatchObject({ ok: true, value: { revision: 2 } })
  const at = (revision?: number) =>
    db.read(province, (tx) => findSnapshot(tx, { scheme: NATIONAL, from: '2022-12-01', to: '2022-12-31', revision: revision ?? null }))
  const [one, two] = [await at(1), await at()]
  if (!one || !two) throw new Error('not kept')
  expect(two).toMatchObject({ revision: 2, previous: one.digest, reason: 'Nạp bổ sung hồ sơ giấy của xã', closedBy: 'Mai Xuân Phúc' })
  const changes = changesBetween(bodyOf(one), bodyOf(two))
  expect(changes.map(({ code }) => code)).toEqual(['H12', 'H12.31.01'])
  expect(changes[1]?.amounts).toContainEqual({ quantity: 'received', before: 2, after: 3 })
  // Each still counts again from the events of its own moment.
  expect((await check()).map(({ difference, broken }) => [difference, broken])).toEqual([
    [0, null],
    [0, null],
    [0, null],
  ])
})

test('a quarter of which a month was not reported says so, open and closed, until the month is given; a month that runs is not missing', async () => {
  const quarter = { from: '2022-10-01', to: '2022-12-31' }
  const figures = reportedImport as ImportKind<unknown>
  const given = (quantity: string, month: string, value = '5') => ({ quantity, agency_code: 'H12', month, value, source: 'Báo cáo tháng' })
  await load(figures, [
    given('synced', '2022-10'),
    given('decisions', '2022-10'),
    given('decisions', '2022-11'),
    given('decisions', '2022-12'),
  ])
  const score = (at = now, code?: string): Promise<ScoreJson> =>
    db.snapshot(province, async (tx) => {
      const directory = await loadDirectory(tx)
      const unit = code ? oneUnit(directory, quarter, code) : provinceUnit(directory, quarter)
      const { lines, ...chosen } = await scoreUnits(tx, { period: quarter, scheme: NATIONAL }, [unit], at)
      return scoreJson(lines[0] as (typeof lines)[number], { ...chosen, period: quarter, asOf: at })
    })
  const of = (json: ScoreJson, id: string) => json.indicators.find((one) => one.id === id)
  const json = await score()
  expect(json.missing_months).toEqual(['2022-11'])
  expect(of(json, '1.4')).toMatchObject({
    numerator: 9,
    quality: ['NO_NATIONAL_REPORT_DATA', 'REPORTED_MONTHS_MISSING'],
    missing_months: [{ quantity: 'synced', months: ['2022-11'] }],
  })
  expect(of(json, '1.1')).toMatchObject({ quality: [], missing_months: [] })
  expect(of(json, '2.1')).toMatchObject({ quality: [], missing_months: [] })
  // Nobody reports for a commune: its figures are unknown, not incomplete.
  expect((await score(now, 'H12.31.01')).missing_months).toEqual([])
  expect((await score(Temporal.Instant.from('2022-11-30T16:59:59Z'))).missing_months).toEqual([])
  expect((await score(Temporal.Instant.from('2022-11-30T17:00:00Z'))).missing_months).toEqual(['2022-11'])

  expect(await close(quarter)).toMatchObject({ ok: true, value: { revision: 1 } })
  const closed = () => db.snapshot(province, (tx) => readClosed(tx, { period: quarter, scheme: NATIONAL }))
  expect((await closed()).line.gaps).toEqual({ synced: { reported: ['2022-10', '2022-12'], missing: ['2022-11'] } })
  // Nothing was synced in November: the sum stays, what is said of it does not.
  await load(figures, [given('synced', '2022-11', '0')])
  expect(await close({ ...quarter, reason: 'Đã có số báo cáo tháng 11' })).toMatchObject({ ok: true, value: { revision: 2 } })
  const { line, body } = await closed()
  expect([line.amounts.synced, line.gaps, 'gaps' in body.province]).toEqual([9, {}, false])
  expect((await check()).every(({ broken, difference, misscored }) => broken === null && difference === 0 && misscored.length === 0)).toBe(
    true,
  )
})

test('one byte of history or of a snapshot that changes is found', async () => {
  const change = (from: string, to: string) =>
    owner(
      `update ca_mau.event set data = replace(data::text, $1, $2)::jsonb
       where type like 'dossier.%' and data::text like '%2022-12-05%' and agency_code = 'H12.31.01' returning position`,
      [from, to],
    )
  expect(await change('"H12.31.01"', '"H12.31.02"')).toHaveLength(1)
  const found = await check()
  expect(found.every(({ difference }) => difference > 0)).toBe(true)
  expect(found[0]?.differing.find(({ unit, quantity }) => unit === 'H12.31.01' && quantity === 'received')).toMatchObject({
    closed: 2,
    counted: 1,
  })
  await change('"H12.31.02"', '"H12.31.01"')
  expect((await check()).every(({ difference }) => difference === 0)).toBe(true)
  await owner(`update ca_mau.index_snapshot set body = replace(body, '"received":3', '"received":4') where first = '2022-01-01'`)
  expect((await check()).filter(({ broken }) => broken === 'digest')).toHaveLength(1)
  // Nor can somebody else be made to have closed it, or for another reason: what the list shows is what was closed.
  const one = `ca_mau.index_snapshot where first = '2022-12-01' and last = '2022-12-31' and revision = 2`
  const [kept] = await owner(`select closed_by, reason, closed_at::text as closed_at, position from ${one}`)
  const put = (columns: object) => {
    const { closed_by: by, reason, closed_at: at, position } = { ...kept, ...columns }
    return owner(
      `update ca_mau.index_snapshot set closed_by = $1, reason = $2, closed_at = $3::timestamptz, position = $4
       where first = '2022-12-01' and last = '2022-12-31' and revision = 2`,
      [by, reason, at, position],
    )
  }
  for (const other of [{ closed_by: 'Người khác' }, { reason: 'Lý do khác' }, { closed_at: '2023-01-01T00:00:00Z' }, { position: 1 }]) {
    await put(other)
    expect((await check()).filter(({ broken }) => broken === 'columns')).toHaveLength(1)
  }
  await put({})
  expect((await check()).filter(({ broken }) => broken === 'columns')).toHaveLength(0)
  // The application itself may not.
  await expect(db.write(province, (tx) => tx.deleteFrom('index_snapshot').execute())).rejects.toThrow(/permission denied/)
})

test('a code that another place was given in a closed year answers as its live page does: with the place that has it at the end', async () => {
  const year = { from: '2022-01-01', to: '2022-12-31' }
  const version = (name: string, from: string, to: string) => {
    return { code: 'H12.99', name, tier: 'province', kind: 'department', parent_code: 'H12', valid_from: from, valid_to: to }
  }
  await load(agencyImport as ImportKind<unknown>, [version('Ban A', '2021-01-01', '2022-06-30'), version('Ban B', '2022-07-01', '')])
  const sent = (n: number, day: string) =>
    dossier(n, `${day}T08:00:00+07:00`, { agency_code: 'H12.99', code: `H12.99-220101-000${n}`, procedure_code: '1.000894' })
  expect(await load(dossierImport() as ImportKind<unknown>, [sent(7, '2022-02-01'), sent(8, '2022-08-01'), sent(9, '2022-09-01')])).toBe(3)
  await close({ ...year, reason: 'Thêm hai ban' })
  const [live, closed] = await db.snapshot(province, async (tx) => {
    const unit = oneUnit(await loadDirectory(tx), year, 'H12.99')
    const { lines } = await scoreUnits(tx, { period: year, scheme: NATIONAL }, [unit], now)
    return [lines[0], (await readClosed(tx, { period: year, scheme: NATIONAL }, 'H12.99')).line] as const
  })
  expect([live?.unit.group.name, live?.amounts.received]).toEqual(['Ban B', 2])
  expect(closed.unit.group).toMatchObject({ name: 'Ban B', members: live?.unit.group.members })
  expect(closed.amounts.received).toBe(2)
})
