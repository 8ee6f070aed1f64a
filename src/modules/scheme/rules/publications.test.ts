import { expect, test } from 'vitest'
import { nationalSchemes } from '../schemes.ts'
import { type Published, publishedSince, schemeAsOf } from './publications.ts'
import type { Indicator, SchemeVersion } from './scheme.ts'

const [national] = nationalSchemes()
const latest = national?.versions.at(-1) as SchemeVersion
const [first, second] = latest.indicators as [Indicator, Indicator]
const text = (vi: string) => ({ vi, en: vi })

const one = (number: number, version: SchemeVersion, change: Partial<Published> = {}): Published => ({
  code: 'ca-mau',
  number,
  validFrom: version.validFrom,
  name: text('Bộ của tỉnh'),
  basis: 'Quyết định 01',
  version,
  ...change,
})
const day = (validFrom: string, change: Partial<SchemeVersion> = {}): SchemeVersion => ({ ...latest, validFrom, ...change })
const added: Indicator = { ...first, id: '5.6', name: text('Hài lòng') }
const withAdded = {
  indicators: [...latest.indicators, added],
  groupings: latest.groupings.map((grouping) => ({
    ...grouping,
    groups: grouping.groups.map((group, n) => (n === 0 ? { ...group, indicators: [...group.indicators, '5.6'] } : group)),
  })),
}

test('a scheme as of one publication is what stood then: of each day the last version, no later one', () => {
  const all = [one(1, day('2026-01-01')), one(2, day('2027-01-01')), one(3, day('2026-01-01', withAdded), { name: text('Tên mới') })]
  expect(schemeAsOf(all, 0)).toBeUndefined()
  expect(schemeAsOf(all, 1)?.versions.map(({ validFrom }) => validFrom)).toEqual(['2026-01-01'])
  expect(schemeAsOf(all, 2)?.versions[0]?.indicators).toEqual(latest.indicators)
  expect(schemeAsOf(all, 3)?.versions[0]?.indicators).toHaveLength(latest.indicators.length + 1)
})

test('what was published meanwhile says what it changed of what stood before it', () => {
  const dearer = { ...second, max: second.max + 1, numerator: first.denominator, name: text('Tên khác') }
  const all = [
    one(1, day('2026-01-01')),
    one(2, day('2026-01-01', withAdded)),
    // A later day follows the version that stood before it.
    one(3, day('2027-01-01', { ...withAdded, indicators: [first, dearer, ...latest.indicators.slice(2), added] })),
    one(4, day('2027-01-01', { rounding: { indicator: 1, total: 3 }, bands: [{ from: 0, name: text('Đạt') }] }), {
      basis: 'Quyết định 02',
    }),
  ]
  const [two, three, four] = publishedSince(all, 1)
  expect([two, three, four].map((act) => act?.published.number)).toEqual([2, 3, 4])
  expect(two?.replaces).toBe(true)
  expect(two?.changes).toEqual({ added: [added], removed: [], changed: [], whole: [] })
  expect(three?.replaces).toBe(false)
  expect(three?.changes).toEqual({
    added: [],
    removed: [],
    changed: [{ before: second, after: dearer, parts: ['name', 'max', 'formula'] }],
    whole: [],
  })
  expect(four?.changes).toMatchObject({ removed: [{ id: '5.6' }], changed: [{ before: { id: second.id } }] })
  expect(four?.changes.whole).toEqual(['basis', 'rounding', 'bands'])
  expect(publishedSince(all, 4)).toEqual([])
})

test('groups changed when they are called or put otherwise, not when an indicator came or went', () => {
  const [grouping, ...others] = latest.groupings
  if (!grouping) throw new Error('no grouping')
  const renamed = { ...grouping, groups: grouping.groups.map((group, n) => (n === 0 ? { ...group, name: text('Nhóm đầu') } : group)) }
  const all = [one(1, day('2026-01-01')), one(2, day('2026-01-01', { groupings: [renamed, ...others] }))]
  expect(publishedSince(all, 1)[0]?.changes).toEqual({ added: [], removed: [], changed: [], whole: ['groups'] })
  // The first there ever was has nothing before it.
  expect(publishedSince(all, 0)[0]?.changes).toEqual({ added: [], removed: [], changed: [], whole: [] })
})
