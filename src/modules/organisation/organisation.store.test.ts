import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { createAccess } from '../../kernel/access/index.ts'
import { type CommandHost, run } from '../../kernel/command.ts'
import type { Actor, Context } from '../../kernel/context.ts'
import type { ImportOutcome } from '../../kernel/import.ts'
import { dataFolder } from '../../kernel/paths.ts'
import type { Result } from '../../kernel/result.ts'
import {
  agencyImport,
  directoryOf,
  loadOrganisationData,
  mergeAgencies,
  permissions,
  permissionTree,
  refreshDirectory,
  reviseAgency,
} from './index.ts'
import { keyText } from './rules/agency.ts'
import { applyChange, type Organisation, type OrganisationChange } from './rules/change.ts'
import { loadOrganisation, searchAgencies } from './store.ts'

const { db, province } = await testDatabase()
const clock = () => Temporal.Instant.from('2026-11-21T08:00:00+07:00')
const access = createAccess(
  permissions,
  permissionTree(db, province, () => '2026-11-21'),
)
const host: CommandHost = { db, clock, access: () => access }
const administrator: Actor = {
  kind: 'officer',
  officerId: '01980000-0000-7000-8000-000000000001',
  name: 'Lê Thị Quản Trị',
  grants: [{ role: 'administrator', agencyCode: 'H12', subtree: true }],
}
const clerk: Actor = { ...administrator, grants: [{ role: 'clerk', agencyCode: 'H12.101', subtree: false }] }
const ask = <T>(actor: Actor, work: (cx: Context) => Promise<Result<T>>, requestId?: string) =>
  run(host, { province, actor, name: 'test', requestId }, work)

const importRows = (rows: readonly Record<string, string>[]): Promise<ImportOutcome> =>
  db.write(province, (tx) => {
    const parsed = rows.map((record, at) => ({ line: at + 2, result: agencyImport.parse(record) }))
    const good = parsed.flatMap(({ line, result }) => (result.ok ? [{ line, row: result.value }] : []))
    return agencyImport.apply({ tx, now: clock(), province, id: () => crypto.randomUUID() }, good)
  })

let loaded = 0
beforeAll(async () => {
  loaded = await loadOrganisationData(host, province)
})

/** The tree as the event log tells it. */
async function rebuilt(): Promise<Organisation> {
  const { rows } = await db.read(province, (tx) =>
    sql<{ data: OrganisationChange }>`select data from event where type like 'organisation.%' order by position`.execute(tx),
  )
  return rows.reduce((state: Organisation, { data }) => applyChange(state, data), { agencies: [], lineage: [], hamlets: [] })
}

const sorted = (organisation: Organisation) => ({
  agencies: [...organisation.agencies].sort((a, b) => keyText(a).localeCompare(keyText(b))),
  hamlets: [...organisation.hamlets].sort((a, b) => keyText(a).localeCompare(keyText(b))),
  lineage: [...organisation.lineage].sort((a, b) =>
    `${keyText(a.from)}${keyText(a.to)}`.localeCompare(`${keyText(b.from)}${keyText(b.to)}`),
  ),
})

describe('the province that npm start loads', () => {
  test('every row is there, and loading again adds none', async () => {
    expect(loaded).toBe(290 + 235 + 1602)
    expect(await loadOrganisationData(host, province)).toBe(0)
  })

  test('both worlds come out of the directory', async () => {
    const directory = await directoryOf(host, province)
    const tiers = (day: string) => ['district', 'commune'].map((tier) => directory.list(day, { tier: tier as 'district' }).length)
    expect(tiers('2022-06-30')).toEqual([9, 101])
    expect(tiers('2025-06-30')).toEqual([9, 100])
    expect(tiers('2025-07-01')).toEqual([0, 64])
    expect(directory.name('H12.31.02', '2024-11-30')).toBe('Phường 4')
    expect(directory.name('H12.31.02', '2024-12-01')).toBe('Phường 2')
    expect(directory.path('H12.32.01', '2022-01-01').map((agency) => agency.code)).toEqual(['H12', 'H12.32', 'H12.32.01'])
    expect(directory.find('H12.32.01', '2025-07-01')).toBeUndefined()
    expect(() => directory.get('H12.32.01', '2025-07-01')).toThrow('organisation.agency-not-found')
  })

  test('today’s rights reach units that are gone: from above their former place, or through the one unit that took them over', async () => {
    await refreshDirectory(db, province)
    const tree = permissionTree(db, province, () => '2026-11-21')
    expect(tree.isWithin('H12.31.02', 'H12')).toBe(true)
    expect(tree.isWithin('H12.31.02', 'H12.126')).toBe(true)
    expect(tree.isWithin('H12.31.02', 'H12.127')).toBe(false)
    expect(tree.isWithin('H04.31.01', 'H12')).toBe(true)
    expect(tree.isWithin('H12.101', 'H12.102')).toBe(false)
  })

  test.each([
    ['nguyen phich', 'Xã Nguyễn Phích'],
    ['NGUYỄN PHÍCH', 'Xã Nguyễn Phích'],
    ['so xay dung', 'Sở Xây dựng'],
    ['hoa binh', 'Xã Hòa Bình'],
    ['32248', 'Xã Đất Mũi'],
    ['h12.126', 'Phường An Xuyên'],
  ])('searching "%s" finds %s first', async (typed, name) => {
    const { fold } = await import('../../kernel/text.ts')
    const found = await db.read(province, (tx) => searchAgencies(tx, fold(typed), 5))
    expect(found[0]?.shortName).toBe(name)
  })
})

describe('importing a list of agencies', () => {
  const file = parse(readFileSync(join(dataFolder, 'organisation/agencies.csv')), { columns: true }) as Record<string, string>[]

  test('our own file again changes nothing', async () => {
    expect(await importRows(file)).toEqual({ imported: 0, unchanged: 290, rejects: [] })
  })

  test('good rows load, bad ones are refused with their line and column', async () => {
    const row = {
      name: 'Ủy ban nhân dân xã Thử',
      tier: 'commune',
      kind: 'people_committee',
      parent_code: 'H12',
      valid_from: '2026-01-01',
      valid_to: '',
    }
    const outcome = await importRows([
      { ...row, code: 'H12.901.1', parent_code: 'H12.901', tier: 'commune', kind: 'counter', name: 'Bộ phận Một cửa' },
      { ...row, code: 'H12.901' },
      { ...row, code: 'H12.902', parent_code: 'H12.999' },
      { ...row, code: 'H12.101' },
    ])
    expect(outcome.imported).toBe(2)
    expect(outcome.rejects.map(({ line, column }) => [line, column])).toEqual([
      [5, 'valid_from'],
      [4, 'parent_code'],
    ])
    const directory = await refreshDirectory(db, province)
    expect(directory.name('H12.901', '2026-01-01')).toBe('Xã Thử')
  })

  test('a file that names the first day of the next version as the last of the one before loads, and loads again unchanged', async () => {
    const row = { name: 'Sở Thử', tier: 'province', kind: 'department', parent_code: 'H12' }
    const rows = [
      { ...row, code: 'H12.90', valid_from: '2025-07-01', valid_to: '2026-01-01' },
      { ...row, code: 'H12.90', name: 'Sở Thử Mới', valid_from: '2026-01-01', valid_to: '' },
    ]
    expect(await importRows(rows)).toEqual({ imported: 2, unchanged: 0, rejects: [] })
    expect(await importRows(rows)).toEqual({ imported: 0, unchanged: 2, rejects: [] })
    const directory = await refreshDirectory(db, province)
    expect([directory.name('H12.90', '2025-12-31'), directory.name('H12.90', '2026-01-01')]).toEqual(['Sở Thử', 'Sở Thử Mới'])
  })

  test('a corrected row replaces its version and nothing else', async () => {
    const row = {
      code: 'H12.90',
      name: 'Sở Thử Nghiệm',
      tier: 'province',
      kind: 'department',
      parent_code: 'H12',
      valid_from: '2026-01-01',
      valid_to: '',
    }
    expect((await importRows([row])).imported).toBe(1)
    const directory = await refreshDirectory(db, province)
    expect(directory.agencies.filter((agency) => agency.code === 'H12.90').map((agency) => agency.shortName)).toEqual([
      'Sở Thử',
      'Sở Thử Nghiệm',
    ])
  })

  test.each([
    [{ code: 'h12' }, 'code'],
    [{ name: ' ' }, 'name'],
    [{ tier: 'xã' }, 'tier'],
    [{ kind: 'sở' }, 'kind'],
    [{ valid_from: '01/07/2025' }, 'valid_from'],
    [{ valid_from: '2025-02-30' }, 'valid_from'],
    [{ valid_to: '2020-01-01' }, 'valid_to'],
    [{ parent_code: 'X1' }, 'parent_code'],
  ])('a row with %j is refused at %s', (wrong, column) => {
    const good = {
      code: 'X1',
      name: 'Sở Thử',
      tier: 'province',
      kind: 'department',
      parent_code: '',
      valid_from: '2025-07-01',
      valid_to: '',
    }
    const parsed = agencyImport.parse({ ...good, ...wrong })
    expect(parsed.ok ? [] : parsed.error.map((reason) => reason.column)).toEqual([column])
  })
})

describe('changing the tree', () => {
  const basis = { day: '2027-01-01', source: 'Nghị quyết 01/NQ-HĐND', note: '' }
  const fields = {
    name: 'Ủy ban nhân dân phường Cửa Biển',
    shortName: 'Phường Cửa Biển',
    tier: 'commune',
    kind: 'people_committee',
    parentCode: 'H12',
    areaCode: null,
  } as const

  test('an administrator merges two communes; the day before nothing has changed', async () => {
    const merged = await ask(administrator, (cx) => mergeAgencies(cx, { codes: ['H12.101', 'H12.102'], into: 'H12.201', fields, basis }))
    expect(merged).toEqual({ ok: true, value: { code: 'H12.201' } })
    const directory = await refreshDirectory(db, province)
    expect(directory.name('H12.101', '2026-12-31')).toBe('Phường Bạc Liêu')
    expect(directory.find('H12.101', '2027-01-01')).toBeUndefined()
    expect(directory.name('H12.201', '2027-01-01')).toBe('Phường Cửa Biển')
  })

  test('the same request again is the same merger, once', async () => {
    const id = crypto.randomUUID()
    const rename = (cx: Context) => reviseAgency(cx, { code: 'H12.103', fields: { ...fields, shortName: 'Phường Mới' }, basis })
    const first = await ask(administrator, rename, id)
    expect(await ask(administrator, rename, id)).toEqual(first)
  })

  test('an administrator of one commune may not change the tree of the province, nor even their own commune’s name', async () => {
    const local: Actor = { ...administrator, grants: [{ role: 'administrator', agencyCode: 'H12.104', subtree: true }] }
    for (const code of ['H12.104', 'H12.105']) {
      const refused = await ask(local, (cx) => reviseAgency(cx, { code, fields, basis }))
      expect(refused.ok ? '' : refused.error.code).toBe('access.denied')
    }
  })

  test('a clerk may not', async () => {
    const refused = await ask(clerk, (cx) => reviseAgency(cx, { code: 'H12.104', fields, basis }))
    expect(refused.ok ? '' : refused.error.code).toBe('access.denied')
  })

  test('two administrators at once: one merges, the other is told that the commune has changed', async () => {
    const merge = (into: string) => ask(administrator, (cx) => mergeAgencies(cx, { codes: ['H12.110', 'H12.111'], into, fields, basis }))
    const results = await Promise.all([merge('H12.210'), merge('H12.211')])
    expect(results.filter((result) => result.ok)).toHaveLength(1)
    expect(results.flatMap((result) => (result.ok ? [] : [result.error.code]))).toEqual(['organisation.agency-not-found'])
  })

  test('the event log alone gives the same tree as the tables', async () => {
    const stored = await db.read(province, loadOrganisation)
    expect(sorted(await rebuilt())).toEqual(sorted(stored))
  })
})
