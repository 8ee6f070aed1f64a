import fc from 'fast-check'
import { expect, test } from 'vitest'
import { digestOf } from '../digest.ts'
import { nationalSchemes } from '../schemes.ts'
import { versionOn } from './scheme.ts'
import { scoreUnit } from './score.ts'
import {
  agreesWithItself,
  type ClosedUnit,
  canonical,
  changesBetween,
  closable,
  closedPoints,
  type SnapshotBody,
  saysTheSame,
} from './snapshot.ts'

const [national] = nationalSchemes()
if (!national) throw new Error('no national scheme')
const { version } = versionOn(national, '2023-12-31')
const amounts = { received: 3, on_time: 2, open_in_time: 0, late: 1, complained: 0 }
const unit = (change: Partial<ClosedUnit> = {}): ClosedUnit => ({
  code: 'H12',
  name: 'Tỉnh',
  level: 'province',
  validFrom: '2021-01-01',
  members: [{ code: 'H12', first: '2023-01-01', last: '2023-12-31' }],
  amounts,
  temporary: false,
  ...closedPoints(scoreUnit(version, 'province', change.amounts ?? amounts)),
  ...change,
})
const body = (change: Partial<SnapshotBody> = {}): SnapshotBody => ({
  format: 3,
  scheme: { code: '766', name: national.name, basis: national.basis },
  version: { validFrom: version.validFrom, thirty: 0.3 },
  inForce: true,
  from: '2023-01-01',
  to: '2023-12-31',
  revision: 1,
  closedAt: '2024-01-10T03:00:00Z',
  closedBy: 'Mai Xuân Phúc',
  reason: 'Chốt kỳ',
  log: { position: 9, snapshot: '9:9:' },
  province: unit(),
  units: [unit({ code: 'H12.01' })],
  subtrees: [],
  ...change,
})

test('the same content is the same text, whatever the order of its keys; one byte more, less or other is another digest', () => {
  const text = canonical(body())
  const turned = Object.fromEntries(Object.entries(body()).reverse())
  expect(canonical(turned)).toBe(text)
  expect(canonical(JSON.parse(text))).toBe(text)
  const digest = digestOf(text, null)
  fc.assert(
    fc.property(fc.nat(text.length - 1), fc.constantFrom('other', 'less', 'more'), (at, how) => {
      const changed = how === 'less' ? '' : how === 'more' ? `${text[at]}0` : text[at] === '7' ? '8' : '7'
      expect(digestOf(text.slice(0, at) + changed + text.slice(at + 1), null)).not.toBe(digest)
    }),
    { numRuns: 300 },
  )
  // And what it follows is part of it.
  expect(new Set([digest, digestOf(text, digest), digestOf(text, digestOf(text, digest))]).size).toBe(3)
})

test('an amount, a rule, a unit or its days that differ are other content; who closed it, when and why are not', () => {
  for (const same of [
    { revision: 2, closedBy: 'Lâm Thị Đào', closedAt: '2024-02-01T00:00:00Z', reason: 'Khác', log: { position: 99, snapshot: '9:9:' } },
  ])
    expect(saysTheSame(body(same), body())).toBe(true)
  for (const other of [
    { province: unit({ amounts: { ...amounts, received: 4 } }) },
    { province: unit({ amounts: { ...amounts, synced: 0 } }) },
    { units: [] },
    { units: [unit({ code: 'H12.01', members: [{ code: 'H12.01', first: '2023-01-01', last: '2023-12-30' }] })] },
    { version: { validFrom: version.validFrom, thirty: 0.31 } },
  ])
    expect(saysTheSame(body(other), body())).toBe(false)
})

test('months nobody reported are part of what was closed; beside what was closed before anybody looked for them they are no difference', () => {
  const gaps = { synced: { reported: ['2023-01'], missing: ['2023-02', '2023-03'] } }
  const later = { synced: { reported: ['2023-01', '2023-02'], missing: ['2023-03'] } }
  const whole = body()
  const short = body({ province: unit({ gaps }) })
  expect(saysTheSame(short, whole)).toBe(false)
  expect(saysTheSame(short, body({ province: unit({ gaps: later }) }))).toBe(false)
  expect(changesBetween(short, body({ province: unit({ gaps: later }) }))).toMatchObject([
    { code: 'H12', amounts: [], months: [{ quantity: 'synced', before: ['2023-02', '2023-03'], after: ['2023-03'] }] },
  ])
  const old = body({ format: 2 })
  expect([saysTheSame(old, short), changesBetween(old, short)]).toEqual([true, []])
  // Complete figures are written as they always were.
  expect(canonical(unit())).not.toContain('gaps')
})

test('points must follow from the unit’s own amounts and the kept rules', () => {
  expect(agreesWithItself(version, unit())).toBe(true)
  expect(agreesWithItself(version, unit({ amounts, total: '99.0000000000' }))).toBe(false)
  expect(agreesWithItself(version, { ...unit(), amounts: { ...amounts, on_time: 3 } })).toBe(false)
  const { version: stricter } = versionOn(national, '2026-12-31')
  const paid = { ...amounts, paid_online: 3, fee_due: 10 }
  const closed = { ...unit({ amounts: paid }) }
  expect([agreesWithItself(version, closed), agreesWithItself(stricter, closed)]).toEqual([true, false])
})

test('a month, a quarter and a year are closed, in a leap year too; nothing else is', () => {
  const kind = (from: string, to: string) => closable({ from, to })
  expect(kind('2024-02-01', '2024-02-29')).toBe('month')
  expect(kind('2023-02-01', '2023-02-29')).toBeUndefined()
  expect(kind('2024-02-01', '2024-02-28')).toBeUndefined()
  expect([kind('2024-01-01', '2024-03-31'), kind('2024-02-01', '2024-04-30')]).toEqual(['quarter', undefined])
  expect([kind('2024-01-01', '2024-12-31'), kind('2024-02-01', '2025-01-31'), kind('2024-12-01', '2024-12-31')]).toEqual([
    'year',
    undefined,
    'month',
  ])
})
