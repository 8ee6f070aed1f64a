import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { createAccess } from '../../kernel/access/index.ts'
import { run } from '../../kernel/command.ts'
import type { Actor } from '../../kernel/context.ts'
import { nationalSchemes, publicationsOf, publishScheme, publishSchemeFile, schemeAsOf } from './index.ts'
import { permissions } from './permissions.ts'
import type { SchemeVersion } from './rules/scheme.ts'

const { db, province } = await testDatabase()
const now = Temporal.Instant.from('2026-11-22T03:31:00Z')
const access = createAccess(permissions, { isWithin: (code, ancestor) => code.startsWith(ancestor), root: () => 'H12' })
const host = { db, clock: () => now, access: () => access }
const officer = (name: string): Actor => ({
  kind: 'officer',
  officerId: randomUUID(),
  name,
  grants: [{ role: 'reform_officer', agencyCode: 'H12', subtree: true }],
})

const base = nationalSchemes()[0]?.versions[0] as SchemeVersion
const words = { name: { vi: 'Bộ của tỉnh', en: 'Bộ của tỉnh' }, basis: 'Quyết định 01/QĐ-UBND' }
/** The version with another threshold of its first indicator and so many decimals of the total. */
const version = (validFrom: string, total = 2): SchemeVersion => ({ ...base, validFrom, rounding: { indicator: null, total } })
const publish = (who: string, code: string, one: SchemeVersion, seen: number) =>
  run(host, { province, actor: officer(who), name: 'index.publish-scheme' }, (cx) =>
    publishScheme(cx, { ...words, code, version: one, seen }),
  )
const load = (code: string, ...versions: SchemeVersion[]) =>
  run(host, { province, actor: officer('Lý Thị Mười'), name: 'index.publish-scheme-file' }, (cx) =>
    publishSchemeFile(cx, { ...words, code, versions }),
  )
const published = (code: string) => db.read(province, (tx) => publicationsOf(tx, code))

test('who publishes has seen all there is of the scheme: what came meanwhile, on whatever day, is theirs to see first', async () => {
  const [first, again] = [version('2026-11-22'), version('2026-11-22', 3)]
  expect(await publish('Mai Xuân Phúc', 'ca-mau', first, 0)).toMatchObject({ ok: true })
  expect(await publish('Lê Văn Bảy', 'ca-mau', again, 1)).toMatchObject({ ok: true })
  const late = await publish('Mai Xuân Phúc', 'ca-mau', version('2026-11-22', 4), 1)
  expect(late).toMatchObject({ ok: false, error: { code: 'scheme.published-meanwhile', status: 409 } })
  expect(!late.ok && late.error.message.vi).toContain('Lê Văn Bảy đã công bố bộ chỉ số này lúc 10:31')
  expect(await publish('Mai Xuân Phúc', 'ca-mau', version('2027-01-01', 4), 1)).toMatchObject({
    error: { code: 'scheme.published-meanwhile' },
  })
  expect(await publish('Mai Xuân Phúc', 'ca-mau', again, 2)).toMatchObject({ error: { code: 'scheme.version-unchanged' } })
  // Once seen, it may be published all the same; what stood keeps its place in the order.
  expect(await publish('Mai Xuân Phúc', 'ca-mau', version('2026-11-22', 4), 2)).toMatchObject({ ok: true })
  const all = await published('ca-mau')
  expect(all.map((one) => [one.number, one.validFrom, one.revision, one.publishedBy, one.version.rounding.total])).toEqual([
    [1, '2026-11-22', 1, 'Mai Xuân Phúc', 2],
    [2, '2026-11-22', 2, 'Lê Văn Bảy', 3],
    [3, '2026-11-22', 3, 'Mai Xuân Phúc', 4],
  ])
  expect([0, 1, 2].map((number) => schemeAsOf(all, number)?.versions[0]?.rounding.total)).toEqual([undefined, 2, 3])
})

test('a copy is never published under a code that there is already', async () => {
  expect(await publish('Lê Văn Bảy', 'ca-mau', version('2027-01-01'), 0)).toMatchObject({
    error: { code: 'scheme.code-taken', status: 409, fields: [{ path: 'code' }] },
  })
})

test('of several who publish at once one does, whatever the days', async () => {
  const at = (code: string, seen: number) =>
    Promise.all(
      ['2027-01-01', '2027-01-01', '2027-02-01', '2027-03-01'].map((day, n) => publish(`Người ${n}`, code, version(day, n + seen), seen)),
    )
  const codes = async (code: string, seen: number) =>
    (await at(code, seen)).map((done) => (done.ok ? 'published' : done.error.code)).sort((a, b) => a.localeCompare(b))
  const taken = Array.from({ length: 3 }, () => 'scheme.code-taken')
  expect(await codes('cung-luc', 0)).toEqual(['published', ...taken])
  const meanwhile = Array.from({ length: 3 }, () => 'scheme.published-meanwhile')
  expect(await codes('cung-luc', 1)).toEqual(['published', ...meanwhile])
  expect((await published('cung-luc')).map(({ number }) => number)).toEqual([1, 2])
})

test('a file says which versions of the same day it took the place of', async () => {
  const versions = [version('2027-01-01'), version('2028-01-01')]
  expect(await load('tep', ...versions)).toMatchObject({ value: { published: ['2027-01-01', '2028-01-01'], replaced: [], unchanged: 0 } })
  expect(await load('tep', version('2027-01-01', 3), version('2028-01-01'), version('2029-01-01'))).toMatchObject({
    value: { published: ['2027-01-01', '2029-01-01'], replaced: ['2027-01-01'], unchanged: 1 },
  })
  expect(await load('tep', version('2027-01-01', 3))).toMatchObject({ value: { published: [], replaced: [], unchanged: 1 } })
  expect((await published('tep')).map(({ number, validFrom }) => [number, validFrom])).toEqual([
    [1, '2027-01-01'],
    [2, '2028-01-01'],
    [3, '2027-01-01'],
    [4, '2029-01-01'],
  ])
  // Two files at once: all of one, or nothing of it.
  const both = await Promise.all([load('hai-tep', ...versions), load('hai-tep', version('2027-01-01', 3), version('2030-01-01'))])
  const rows = await published('hai-tep')
  expect(rows).toHaveLength(2 * both.filter(({ ok }) => ok).length)
})
