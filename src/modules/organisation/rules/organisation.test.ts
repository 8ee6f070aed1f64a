import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dataFolder } from '../../../kernel/paths.ts'
import { readOrganisation } from '../files.ts'
import { type Agency, compareCodes, inForce, keyText, shortNameOf } from './agency.ts'
import { predecessors, soleSuccessor, successors } from './lineage.ts'
import { ancestors, childrenOf, countByTier, descendants, isWithin, treeAt } from './tree.ts'
import { handOver, validate } from './validate.ts'

const { agencies, lineage, hamlets } = await readOrganisation()
const on = (day: string) => treeAt(agencies, day)
const count = (day: string, tier: string) => countByTier(on(day), 'H12').find((row) => row.tier === tier)?.committees
const version = (code: string, day: string): Agency => {
  const found = on(day).byCode.get(code)
  if (!found) throw new Error(`${code} on ${day}`)
  return found
}

describe('two worlds: Cà Mau before and after 1 July 2025', () => {
  test.each([
    ['2022-06-30', 9, 101],
    ['2024-11-30', 9, 101],
    ['2024-12-01', 9, 100],
    ['2025-06-30', 9, 100],
    ['2025-07-01', 0, 64],
    ['2026-11-21', 0, 64],
  ])('on %s Cà Mau has %d districts and %d communes', (day, districts, communes) => {
    expect(count(day, 'district')).toBe(districts)
    expect(count(day, 'commune')).toBe(communes)
  })

  test('the former Bạc Liêu stands beside it until the merger, with 7 districts and 64 communes', () => {
    const before = countByTier(on('2025-06-30'), 'H04')
    expect(before.find((row) => row.tier === 'district')?.committees).toBe(7)
    expect(before.find((row) => row.tier === 'commune')?.committees).toBe(64)
    expect(on('2025-07-01').byCode.has('H04')).toBe(false)
    expect(on('2025-07-01').roots.map((root) => root.code)).toEqual(['H12'])
  })

  test('about twenty departments before 2025, fewer after the mergers of March 2025', () => {
    const departments = (day: string) => childrenOf(on(day), 'H12').filter((agency) => agency.kind !== 'people_committee').length
    expect(departments('2022-06-30')).toBe(20)
    expect(departments('2025-03-01')).toBe(15)
    expect(departments('2025-07-01')).toBe(15)
  })

  test('the same code is not the same place: 31825 was a ward of Bạc Liêu city and is now Phường Bạc Liêu', () => {
    const places = agencies.filter((agency) => agency.areaCode === '31825').sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
    expect(places.map((agency) => agency.shortName)).toEqual(['Phường 1', 'Phường Bạc Liêu'])
  })

  test('all 64 new codes are old codes used again, 31 of them with another name', () => {
    const before = new Map(
      agencies
        .filter((agency) => agency.tier === 'commune' && inForce(agency, '2025-06-30'))
        .map((agency) => [agency.areaCode, agency.shortName]),
    )
    const now = agencies.filter((agency) => agency.tier === 'commune' && agency.validFrom === '2025-07-01')
    const bare = (name: string | undefined) => name?.replace(/^(Xã|Phường|Thị trấn) /, '')
    expect(now.filter((agency) => before.has(agency.areaCode))).toHaveLength(64)
    expect(now.filter((agency) => bare(before.get(agency.areaCode)) !== bare(agency.shortName))).toHaveLength(31)
  })

  test('on 01/12/2024 Phường 2 was merged into the unit of code 32002, which took its name', () => {
    expect(version('H12.31.02', '2024-11-30').shortName).toBe('Phường 4')
    expect(version('H12.31.02', '2024-12-01').shortName).toBe('Phường 2')
    const old = version('H12.31.05', '2024-11-30')
    expect(soleSuccessor(old, lineage, '2024-12-01')).toEqual({ code: 'H12.31.02', validFrom: '2024-12-01' })
  })

  test('agency codes follow the order of the administrative codes', () => {
    const districts = childrenOf(on('2022-06-30'), 'H12').filter((agency) => agency.tier === 'district')
    expect(districts.map((agency) => agency.areaCode)).toEqual(['964', '966', '967', '968', '969', '970', '971', '972', '973'])
    expect(districts[0]?.code).toBe('H12.31')
    const communes = childrenOf(on('2025-07-01'), 'H12').filter((agency) => agency.tier === 'commune')
    expect(communes.map((agency) => agency.areaCode)).toEqual(communes.map((agency) => agency.areaCode).sort())
    expect([communes[0]?.code, communes[63]?.code]).toEqual(['H12.101', 'H12.164'])
  })
})

describe('lineage of the communes', () => {
  const old = agencies.filter((agency) => agency.tier === 'commune' && agency.validTo === '2025-06-30')
  const became = (agency: Agency) => successors(agency, lineage, '2025-07-01')

  test('164 communes became 64: 145 whole, 19 split', () => {
    expect(old).toHaveLength(164)
    expect(old.filter((agency) => soleSuccessor(agency, lineage, '2025-07-01') !== null)).toHaveLength(145)
    expect(old.filter((agency) => became(agency).length > 1)).toHaveLength(19)
    expect(new Set(old.flatMap((agency) => became(agency).map(({ key }) => key.code))).size).toBe(64)
  })

  test.each([
    ['32122', ['32014', '32095', '32134']],
    ['32017', ['32025', '32041']],
    ['32053', ['32044', '32059', '32062']],
    ['32141', ['32137', '32140', '32214']],
    ['32191', ['32191', '32201']],
    ['32245', ['32244', '32248']],
  ])('the commune of code %s was split over %j: not allocable', (area, targets) => {
    const commune = old.find((agency) => agency.areaCode === area) as Agency
    const found = became(commune).map(({ key }) => agencies.find((agency) => keyText(agency) === keyText(key))?.areaCode)
    expect(found.sort()).toEqual(targets)
    expect(became(commune).every(({ share }) => share === 'part')).toBe(true)
    expect(soleSuccessor(commune, lineage, '2025-07-01')).toBeNull()
  })

  test('before the day nothing has become anything', () => {
    for (const agency of old) expect(soleSuccessor(agency, lineage, '2025-06-30')).toEqual(agency)
  })

  test('Phường An Xuyên came from six wards, two of which were one by then', () => {
    const now = version('H12.126', '2025-07-01')
    expect(now.areaCode).toBe('32002')
    expect(
      predecessors(now, lineage, '2025-07-01')
        .map(({ key }) => key.code)
        .sort(),
    ).toEqual(['H12.31.01', 'H12.31.02', 'H12.31.03', 'H12.31.05', 'H12.31.09', 'H12.31.10'])
  })

  test('every link joins versions that exist, the old one over when the new one is in force', () => {
    const keys = new Map(agencies.map((agency) => [keyText(agency), agency]))
    for (const link of lineage) {
      const [from, to] = [keys.get(keyText(link.from)), keys.get(keyText(link.to))]
      expect(from && to, keyText(link.from)).toBeTruthy()
      expect(to && inForce(to, link.effectiveDay)).toBe(true)
      expect(link.from.validFrom < link.effectiveDay).toBe(true)
    }
  })

  test('every version that ended says what it became', () => {
    const from = new Set(lineage.map((link) => keyText(link.from)))
    expect(agencies.filter((agency) => agency.validTo !== null && !from.has(keyText(agency)))).toEqual([])
  })
})

describe('hamlets', () => {
  test('883 in 2022, in every one of the 101 communes, all marked as invented', () => {
    const then = hamlets.filter((hamlet) => inForce(hamlet, '2022-06-30'))
    expect(then).toHaveLength(883)
    expect(new Set(then.map((hamlet) => hamlet.communeCode)).size).toBe(101)
    expect(hamlets.every((hamlet) => hamlet.certainty === 'simulated')).toBe(true)
  })
  test('a hamlet of a split commune has no new commune: nobody knows which', () => {
    const split = hamlets.filter((hamlet) => hamlet.note !== '')
    expect(split.length).toBeGreaterThan(0)
    for (const hamlet of split)
      expect(hamlets.some((other) => other.code === hamlet.code && other.validFrom > hamlet.validFrom)).toBe(false)
  })
  test('each lies in a commune in force', () => {
    for (const hamlet of hamlets) expect(on(hamlet.validFrom).byCode.get(hamlet.communeCode)?.tier).toBe('commune')
  })
})

describe('the tree', () => {
  test('a commune lies within its district and its province, not within another', () => {
    const tree = on('2022-06-30')
    expect(isWithin(tree, 'H12.32.03', 'H12.32')).toBe(true)
    expect(isWithin(tree, 'H12.32.03', 'H12')).toBe(true)
    expect(isWithin(tree, 'H12.32.03', 'H12.33')).toBe(false)
    expect(isWithin(tree, 'H12.101', 'H12')).toBe(false)
    expect(ancestors(tree, 'H12.32.03').map((agency) => agency.code)).toEqual(['H12.32.03', 'H12.32', 'H12'])
  })

  test('for any day: everything is below exactly one root, once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2400 }), (days) => {
        const tree = on(new Date(Date.parse('2021-01-01') + days * 86_400_000).toISOString().slice(0, 10))
        const all = tree.roots.flatMap((root) => [root, ...descendants(tree, root.code)])
        return all.length === tree.byCode.size && new Set(all.map((agency) => agency.code)).size === all.length
      }),
      { numRuns: 60 },
    )
  })

  test('codes sort group by group, numbers as numbers', () => {
    expect(['H12.101', 'H12.31.02', 'H12.31', 'H12.4', 'H04', 'H12', 'H12.20'].sort(compareCodes)).toEqual([
      'H04',
      'H12',
      'H12.4',
      'H12.20',
      'H12.31',
      'H12.31.02',
      'H12.101',
    ])
  })

  test.each([
    ['Ủy ban nhân dân xã Nguyễn Phích', 'Xã Nguyễn Phích'],
    ['UBND phường An Bình', 'Phường An Bình'],
    ['Ủy ban nhân dân tỉnh Cà Mau', 'UBND tỉnh Cà Mau'],
    ['Sở Tư pháp', 'Sở Tư pháp'],
  ])('%s is called %s for short', (name, short) => expect(shortNameOf(name)).toBe(short))
})

describe('checking a list before it is taken in', () => {
  const agency = (code: string, more: Partial<Agency> = {}): Agency => ({
    code,
    validFrom: '2021-01-01',
    validTo: null,
    name: code,
    shortName: code,
    tier: 'province',
    kind: 'people_committee',
    parentCode: null,
    areaCode: null,
    certainty: 'local',
    source: '',
    note: '',
    ...more,
  })
  const root = agency('H13')
  const commune = agency('H13.1', { tier: 'commune', parentCode: 'H13' })
  const columns = (existing: Agency[], incoming: Agency[]) =>
    validate(existing, incoming).map(({ agency: { code }, column }) => `${code} ${column}`)

  test('our own data passes', () => expect(validate([], agencies)).toEqual([]))
  test('a parent may stand later in the file', () => expect(columns([], [commune, root])).toEqual([]))
  test('a missing parent is named', () => expect(columns([], [commune])).toEqual(['H13.1 parent_code']))
  test('a parent that had ended is not a parent', () => {
    expect(columns([{ ...root, validTo: '2020-12-31', validFrom: '2020-01-01' }], [commune])).toEqual(['H13.1 parent_code'])
  })
  test('a district below a commune is refused', () => {
    expect(columns([root, commune], [agency('H13.1.1', { tier: 'district', parentCode: 'H13.1' })])).toEqual(['H13.1.1 tier'])
  })
  test('a committee below a committee of its own tier is refused; a counter is not', () => {
    const below = { tier: 'commune', parentCode: 'H13.1' } as const
    expect(columns([root, commune], [agency('H13.1.1', below), agency('H13.1.2', { ...below, kind: 'counter' })])).toEqual(['H13.1.1 tier'])
  })
  test('overlapping versions of a code are refused, following ones are not', () => {
    expect(columns([root], [agency('H13', { validFrom: '2025-07-01' })])).toEqual(['H13 valid_from'])
    expect(columns([], [{ ...root, validTo: '2025-06-30' }, agency('H13', { validFrom: '2025-07-01' })])).toEqual([])
  })
  test('two units below each other are refused, and so is what stands on them', () => {
    const other = { kind: 'unit' } as const
    const loop = [
      agency('A', { ...other, parentCode: 'B' }),
      agency('B', { ...other, parentCode: 'A' }),
      agency('C', { ...other, parentCode: 'B' }),
    ]
    expect(columns([], loop).sort()).toEqual(['A parent_code', 'B parent_code', 'C parent_code'])
  })
  test('a version that ends on the day the next begins ends the day before', () => {
    const versions = [{ ...root, validTo: '2025-07-01' }, agency('H13', { validFrom: '2025-07-01' })]
    expect(handOver(versions).map(({ validTo }) => validTo)).toEqual(['2025-06-30', null])
  })
})

test('the committed files are what the build script writes from the lists', () => {
  const rows = parse(readFileSync(join(dataFolder, 'organisation/sources/conversion-2025-07-01.csv')), { columns: true }) as {
    share: string
  }[]
  const share = (kind: string) => rows.filter((row) => row.share === kind).length
  expect([rows.length, share('whole'), share('part'), share('unchanged')]).toEqual([186, 144, 41, 1])
})
