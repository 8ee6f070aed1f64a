import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { createAccess } from '../../kernel/access/index.ts'
import { type CommandHost, run } from '../../kernel/command.ts'
import type { Actor } from '../../kernel/context.ts'
import { sql } from '../../kernel/database/index.ts'
import { loadOrganisationData } from '../organisation/index.ts'
import {
  findProcedureAt,
  findProcedures,
  getProcedureAt,
  getProcedureVersion,
  loadCatalogue,
  permissions,
  procedureImport,
  publishVersion,
  readCatalogue,
  searchInput,
  suggestProcedures,
  type VersionBody,
} from './index.ts'

const { db, province } = await testDatabase()
const clock = () => Temporal.Instant.from('2026-11-21T08:00:00+07:00')
const access = createAccess(permissions, { isWithin: (code, ancestor) => code.startsWith(`${ancestor}.`), root: () => 'H12' })
const host: CommandHost = { db, clock, access: () => access }
const officer = (role: 'reform_officer' | 'clerk', agencyCode = 'H12'): Actor => ({
  kind: 'officer',
  officerId: '01980000-0000-7000-8000-000000000001',
  name: 'Lê Thị Sổ',
  grants: [{ role, agencyCode, subtree: true }],
})
const today = '2026-11-21'

const search = (q: string, filters: Record<string, string> = {}, on = today) =>
  db.read(province, (tx) => findProcedures(tx, searchInput.parse({ q, ...filters }), on))
const first = async (q: string) => (await search(q)).items[0]?.name
const publish = (actor: Actor, input: { code: string; validFrom: string; body: VersionBody }, requestId?: string) =>
  run(host, { province, actor, name: 'catalogue.publish-version', requestId }, (cx) => publishVersion(cx, input))

let loaded = 0
beforeAll(async () => {
  await loadOrganisationData(host, province)
  loaded = await loadCatalogue(host, province)
})

test('the shipped catalogue loads once and only once', async () => {
  const data = await readCatalogue()
  expect(loaded).toBe(data.procedures.reduce((sum, { versions }) => sum + versions.length, 0))
  expect(await loadCatalogue(host, province)).toBe(0)
})

describe('search forgives', () => {
  test.each([
    ['dat dai', 'đất'],
    ['Đất đai', 'đất'],
    ['khai sinh', 'Đăng ký khai sinh'],
    ['khai sih', 'khai sinh'],
    ['giấy độc thân', 'Cấp giấy xác nhận tình trạng hôn nhân'],
    ['giay doc than', 'Cấp giấy xác nhận tình trạng hôn nhân'],
    ['hoà giải', 'Hòa giải tranh chấp đất đai'],
    ['hòa giải', 'Hòa giải tranh chấp đất đai'],
    ['thuỷ sản', 'thủy sản'],
    ['sang ten so do', 'Đăng ký biến động đất đai khi chuyển nhượng'],
    ['1.001193', 'Đăng ký khai sinh'],
    ['xây nhà', 'xây dựng nhà ở'],
    ['vo lai', 'phương tiện thủy nội địa'],
    ['sao y', 'Chứng thực bản sao từ bản chính'],
  ])('"%s" finds %s first', async (typed, name) => {
    expect(await first(typed)).toContain(name)
  })

  test('a slip is told apart from a find', async () => {
    expect((await search('khai sinh')).alike).toBe(false)
    expect((await search('khai sih')).alike).toBe(true)
    expect((await search('zzzz qqqq')).total).toBe(0)
  })

  test('signs that mean something to a database are only signs', async () => {
    for (const typed of ['%', '_', "'; drop table procedure; --", '\\', '((', '"'])
      expect((await search(typed)).items).toBeInstanceOf(Array)
  })
})

test('filters narrow the list, and the counts beside them say what each would show', async () => {
  const all = await search('')
  expect(all.total).toBeGreaterThan(50)
  const land = await search('', { field: 'dat-dai' })
  expect(land.total).toBe(all.counts.field['dat-dai'])
  expect(land.items.every(({ field }) => field === 'dat-dai')).toBe(true)
  const communeLand = await search('', { field: 'dat-dai', tier: 'commune' })
  expect(communeLand.total).toBe(land.counts.tier.commune)
  const births = await search('', { lifeEvent: 'sinh-con' })
  expect(births.total).toBe(all.counts.lifeEvent['sinh-con'])
})

test('a choice nobody offers is ignored, so an old link still shows something', async () => {
  expect((await search('', { tier: 'làng', page: '-3' })).total).toBeGreaterThan(50)
})

test('a house permit was the district’s until 30 June 2025 and is the commune’s from 1 July', async () => {
  const before = await db.read(province, (tx) => getProcedureAt(tx, '1.009994', '2025-06-30'))
  const after = await db.read(province, (tx) => getProcedureAt(tx, '1.009994', '2025-07-01'))
  expect([before.body.tiers, before.body.timeLimit.amount]).toEqual([['district'], 15])
  expect([after.body.tiers, after.body.timeLimit.amount]).toEqual([['commune'], 10])
  expect((await db.read(province, (tx) => getProcedureVersion(tx, '1.009994', before.version))).body).toEqual(before.body)
})

test('a procedure that the province gave up is gone from that day, but was there the day before', async () => {
  expect(await db.read(province, (tx) => findProcedureAt(tx, '2.000488', '2025-02-28'))).toBeDefined()
  expect(await db.read(province, (tx) => findProcedureAt(tx, '2.000488', '2025-03-01'))).toBeUndefined()
  expect((await search('lý lịch tư pháp')).items.some(({ code }) => code === '2.000488')).toBe(false)
})

test('suggestions come at once, nearest first', async () => {
  const names = (await db.read(province, (tx) => suggestProcedures(tx, 'ket ho', today))).map(({ name }) => name)
  expect(names[0]).toBe('Đăng ký kết hôn')
  expect(await db.read(province, (tx) => suggestProcedures(tx, ' ', today))).toEqual([])
})

describe('a new version', () => {
  const changed = async (patch: Partial<VersionBody>) => ({
    ...(await db.read(province, (tx) => getProcedureAt(tx, '1.004873', today))).body,
    ...patch,
  })

  test('is published by the reform officer, from a day to come; the version before stays as it was', async () => {
    const before = await db.read(province, (tx) => getProcedureAt(tx, '1.004873', today))
    const body = await changed({ serviceLevel: 'partial' })
    const published = await publish(officer('reform_officer'), { code: '1.004873', validFrom: '2026-12-01', body })
    expect(published).toMatchObject({ ok: true, value: { version: before.version + 1 } })
    expect((await db.read(province, (tx) => getProcedureAt(tx, '1.004873', '2026-11-30'))).body).toEqual(before.body)
    expect((await db.read(province, (tx) => getProcedureAt(tx, '1.004873', '2026-12-01'))).body.serviceLevel).toBe('partial')
  })

  test('belongs to the province: who holds the role in one commune does not change fees and times for all the others', async () => {
    const body = await changed({ serviceLevel: 'none' })
    expect(await publish(officer('reform_officer', 'H12.101'), { code: '1.004873', validFrom: '2027-01-01', body })).toMatchObject({
      ok: false,
      error: { code: 'access.denied' },
    })
  })

  test('is refused to a clerk, in the past, when nothing changes, and when its steps do not fill the time', async () => {
    const body = await changed({ serviceLevel: 'none' })
    const code = '1.004873'
    expect(await publish(officer('clerk'), { code, validFrom: '2027-01-01', body })).toMatchObject({
      ok: false,
      error: { code: 'access.denied' },
    })
    expect(await publish(officer('reform_officer'), { code, validFrom: '2026-11-20', body })).toMatchObject({
      ok: false,
      error: { code: 'catalogue.starts-in-the-past' },
    })
    expect(await publish(officer('reform_officer'), { code, validFrom: today, body: await changed({}) })).toMatchObject({
      ok: false,
      error: { code: 'catalogue.nothing-changes' },
    })
    const longer = await changed({ timeLimit: { amount: 9, unit: 'working_day' } })
    expect(await publish(officer('reform_officer'), { code, validFrom: '2027-01-01', body: longer })).toMatchObject({
      ok: false,
      error: { code: 'catalogue.steps-do-not-add-up' },
    })
    expect(
      await publish(officer('reform_officer'), { code, validFrom: '2027-01-01', body: await changed({ field: 'khong-co' }) }),
    ).toMatchObject({ ok: false, error: { code: 'catalogue.unknown-field' } })
  })

  test('sent twice is published once', async () => {
    const body = await changed({ serviceLevel: 'none', form: null })
    const requestId = crypto.randomUUID()
    const input = { code: '1.004873', validFrom: '2027-02-01', body }
    const one = await publish(officer('reform_officer'), input, requestId)
    expect(await publish(officer('reform_officer'), input, requestId)).toEqual(one)
  })

  test('cannot be changed by the application, only followed', async () => {
    await expect(db.write(province, (tx) => sql`update procedure_version set name = 'x'`.execute(tx))).rejects.toThrow(/permission denied/)
    await expect(db.write(province, (tx) => sql`delete from procedure_version`.execute(tx))).rejects.toThrow(/permission denied/)
  })
})

describe('importing the catalogue of a province', () => {
  const header = ['code', 'name', 'field', 'tier', 'service_level', 'time_limit', 'time_unit', 'fee_vnd', 'returns_result'] as const
  const fieldsOfTheProvince = ['Đất đai', 'Hộ tịch', 'Thuỷ sản', 'Lâm nghiệp', 'Viễn thông', 'Thú y', 'Tôn giáo']
  const rows = Array.from({ length: 1974 }, (_, n) => ({
    code: `9.${String(n).padStart(6, '0')}`,
    name: `Thủ tục số ${n} về ${fieldsOfTheProvince[n % 7]?.toLowerCase()}`,
    field: fieldsOfTheProvince[n % 7] ?? '',
    tier: (['province', 'district', 'commune'] as const)[n % 3] ?? '',
    service_level: (['full', 'partial', 'none'] as const)[n % 3] ?? '',
    time_limit: String(1 + (n % 30)),
    time_unit: n % 50 === 0 ? 'month' : 'working_day',
    fee_vnd: n % 2 ? '0' : String(1000 * n),
    returns_result: n % 5 ? 'true' : 'false',
  }))
  const load = (records: readonly Record<string, string>[]) =>
    db.write(province, async (tx) => {
      const parsed = records.map((record, at) => ({ line: at + 2, result: procedureImport.parse(record) }))
      const refused = parsed.flatMap(({ line, result }) => (result.ok ? [] : result.error.map((reason) => ({ line, ...reason }))))
      const good = parsed.flatMap(({ line, result }) => (result.ok ? [{ line, row: result.value }] : []))
      const outcome = await procedureImport.apply({ tx, now: clock(), province, id: () => crypto.randomUUID() }, good)
      return { ...outcome, rejects: [...refused, ...outcome.rejects] }
    })

  test('takes all 1,974 rows, and a second time changes nothing', async () => {
    expect(procedureImport.columns.map(({ name }) => name)).toEqual([...header])
    expect(await load(rows)).toEqual({ imported: 1974, unchanged: 0, rejects: [] })
    expect(await load(rows)).toEqual({ imported: 0, unchanged: 1974, rejects: [] })
  })

  test('puts rows of a known field into it, whichever way its tone is written', async () => {
    const found = await search('Thủ tục số 2 về thuỷ sản')
    expect(found.items[0]).toMatchObject({ code: '9.000002', field: 'thuy-san' })
  })

  test('makes a version from today of a changed row and keeps what the file does not say', async () => {
    const shipped = await db.read(province, (tx) => getProcedureAt(tx, '1.009994', today))
    const row = {
      code: '1.009994',
      name: shipped.body.name.vi,
      field: 'Xây dựng',
      tier: 'commune',
      service_level: 'full',
      time_limit: '7',
      time_unit: 'day',
      fee_vnd: '75000',
      returns_result: 'true',
    }
    expect(await load([row])).toMatchObject({ imported: 1, rejects: [] })
    expect(await load([row])).toMatchObject({ imported: 0, unchanged: 1 })
    const now = await db.read(province, (tx) => getProcedureAt(tx, '1.009994', today))
    expect(now.body.timeLimit.amount).toBe(7)
    expect(now.body.components).toEqual(shipped.body.components)
    expect(now.body.steps.reduce((sum, { allowance }) => sum + allowance, 0)).toBeCloseTo(7)
    expect((await db.read(province, (tx) => getProcedureAt(tx, '1.009994', '2026-11-20'))).body.timeLimit.amount).toBe(10)
  })

  test('names the line, the column and the reason of every bad row, and loads the others', async () => {
    const good = { ...rows[0], code: '8.000001' } as Record<string, string>
    const outcome = await load([
      good,
      { ...good, code: 'có dấu' },
      { ...good, code: '8.000003', tier: 'làng', time_limit: '0' },
      { ...good, code: '8.000001', name: 'Tên khác' },
      { ...good, code: '8.000005', fee_vnd: '12.000' },
    ])
    expect(outcome.imported).toBe(1)
    expect(outcome.rejects.map(({ line, column }) => [line, column])).toEqual([
      [3, 'code'],
      [4, 'tier'],
      [4, 'time_limit'],
      [6, 'fee_vnd'],
      [5, 'code'],
    ])
    for (const { reason } of outcome.rejects) expect(reason.vi.length).toBeGreaterThan(5)
  })

  test('search stays quick among two thousand', async () => {
    await search('dat dai')
    const times: number[] = []
    for (const typed of ['khai sinh', 'dat dai', 'ho kinh doanh', 'ket hon', 'tau ca', 'xay nha', 'sao y', 'giam ho']) {
      const start = performance.now()
      await db.read(province, (tx) => suggestProcedures(tx, typed, today))
      times.push(performance.now() - start)
    }
    const median = times.sort((a, b) => a - b)[4] ?? Infinity
    expect(median).toBeLessThan(50)
  })
})
