import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../kernel/clock.ts'
import { type Agency, createDirectory, type Lineage, readOrganisation } from '../organisation/index.ts'
import { oneUnit, rankedUnits } from './queries/scores.ts'

const CODE = 'H12.31.01'
const year = { from: '2024-01-01', to: '2024-12-31' }

const agency = (code: string, parentCode: string | null, validFrom: string, validTo: string | null, name = code): Agency => ({
  code,
  validFrom,
  validTo,
  name,
  shortName: name,
  tier: code === 'H12' ? 'province' : code.split('.').length === 2 ? 'district' : 'commune',
  kind: 'people_committee',
  parentCode,
  areaCode: null,
  certainty: 'local',
  source: '',
  note: '',
})

const link = (from: Pick<Agency, 'code' | 'validFrom'>, to: Pick<Agency, 'code' | 'validFrom'>, share: Lineage['share']): Lineage => ({
  from: { code: from.code, validFrom: from.validFrom },
  to: { code: to.code, validFrom: to.validFrom },
  effectiveDay: to.validFrom,
  share,
  certainty: 'local',
  source: '',
  note: '',
})

const top = [agency('H12', null, '2021-01-01', null), agency('H12.31', 'H12', '2021-01-01', null)]
const first = agency(CODE, 'H12.31', '2021-01-01', '2024-05-14', 'Xã Cũ')
const second = agency(CODE, 'H12.31', '2024-05-15', null, 'Xã Mới')
const [before, after] = [
  { code: CODE, first: '2024-01-01', last: '2024-05-14' },
  { code: CODE, first: '2024-05-15', last: '2024-12-31' },
]
const houseOf = (agencies: readonly Agency[], lineage: readonly Lineage[]) => createDirectory('1', [...top, ...agencies], lineage)
const membersOf = (...asked: Parameters<typeof oneUnit>) => oneUnit(...asked).group.members

describe('the page of a unit whose code has had several versions in a period', () => {
  test('is of the place that has the code now, when the code was given to another place: nothing of the former one is added to it', () => {
    const house = houseOf([first, second], [])
    expect(oneUnit(house, year, CODE).group).toMatchObject({ name: 'Xã Mới', validFrom: '2024-05-15', members: [after] })
    // The former place has its own page, and in the months before only that one stood.
    expect(oneUnit(house, year, CODE, '2021-01-01').group).toMatchObject({ name: 'Xã Cũ', members: [before] })
    const spring = { from: '2024-01-01', to: '2024-03-31' }
    expect(oneUnit(house, spring, CODE).group.name).toBe('Xã Cũ')
    expect(() => oneUnit(house, spring, CODE, '2024-05-15')).toThrowError()
  })

  test('is of the whole period, when the place went on under another name, or took others in', () => {
    const other = agency('H12.31.02', 'H12.31', '2021-01-01', '2024-05-14')
    for (const lineage of [[link(first, second, 'whole')], [link(first, second, 'whole'), link(other, second, 'whole')]]) {
      const house = houseOf([first, second, other], lineage)
      expect(oneUnit(house, year, CODE).group).toMatchObject({ name: 'Xã Mới', members: [before, after] })
      expect(membersOf(house, year, CODE, '2024-05-15')).toEqual([after])
      // Asked for by its new version in a month before that began: the same place as it was then.
      expect(membersOf(house, { from: '2024-02-01', to: '2024-02-29' }, CODE, '2024-05-15')).toHaveLength(1)
    }
  })

  test('does not give a part of a split unit what was all of the unit', () => {
    const part = agency('H12.31.03', 'H12.31', '2024-05-15', null)
    const house = houseOf([first, second, part], [link(first, second, 'part'), link(first, part, 'part')])
    expect(membersOf(house, year, CODE)).toEqual([after])
    expect(membersOf(house, year, CODE, '2021-01-01')).toEqual([before])
  })

  test('a first day that is nobody’s of this code asks for the code alone', () => {
    expect(membersOf(houseOf([first, second], []), year, CODE, '2020-01-01')).toEqual([after])
  })

  test('a district given to another place has the communes that were below it on its own days', () => {
    const communes = [agency('H12.32.01', 'H12.32', '2021-01-01', null), agency('H12.32.02', 'H12.32', '2024-05-15', null)]
    const districts = [agency('H12.32', 'H12', '2021-01-01', '2024-05-14'), agency('H12.32', 'H12', '2024-05-15', null)]
    const house = houseOf([...districts, ...communes], [])
    expect(membersOf(house, year, 'H12.32').map(({ code, first: day }) => [code, day])).toEqual([
      ['H12.32', '2024-05-15'],
      ['H12.32.01', '2024-05-15'],
      ['H12.32.02', '2024-05-15'],
    ])
    expect(membersOf(house, year, 'H12.32', '2021-01-01').map(({ code, last }) => [code, last])).toEqual([
      ['H12.32', '2024-05-14'],
      ['H12.32.01', '2024-05-14'],
    ])
  })
})

/** A random history of one code: versions with gaps or without, each whole, in part or not at all what the one before was. */
const history = fc
  .array(
    fc.record({
      days: fc.integer({ min: 1, max: 250 }),
      gap: fc.constantFrom(0, 0, 40),
      goesOn: fc.constantFrom('whole' as const, 'part' as const, null),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((steps) => {
    let day = '2023-03-01'
    const lineage: Lineage[] = []
    const versions: Agency[] = []
    for (const [n, { days, gap, goesOn }] of steps.entries()) {
      const from = n === 0 ? day : addDays(day, gap)
      const last = n === steps.length - 1
      const version = agency(CODE, 'H12.31', from, last ? null : addDays(from, days - 1), `Xã ${n + 1}`)
      const former = versions.at(-1)
      if (former && goesOn) lineage.push(link(former, version, goesOn))
      versions.push(version)
      day = addDays(from, days)
    }
    return { versions, lineage, goesOn: steps.map((step) => step.goesOn) }
  })
const period = fc
  .tuple(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 400 }))
  .map(([from, days]) => ({ from: addDays('2023-01-01', from), to: addDays('2023-01-01', from + days) }))

describe('whatever happened to a code', () => {
  test('a unit asked for by its version is its line of the ranking, day for day', () => {
    fc.assert(
      fc.property(history, period, ({ versions, lineage }, days) => {
        const house = houseOf(versions, lineage)
        for (const { group, level } of rankedUnits(house, days).filter((one) => one.group.key === CODE)) {
          const page = oneUnit(house, days, CODE, group.validFrom ?? undefined)
          expect([page.group, page.level]).toEqual([group, level])
        }
      }),
      { numRuns: 300 },
    )
  })

  test('a unit asked for by its code is the lines of one place: the last one, and those before it that went into it whole', () => {
    fc.assert(
      fc.property(history, period, ({ versions, lineage, goesOn }, days) => {
        const house = houseOf(versions, lineage)
        const lines = rankedUnits(house, days).filter(({ group }) => group.key === CODE)
        const last = lines.at(-1)
        if (!last) return void expect(() => oneUnit(house, days, CODE)).toThrowError()
        const until = versions.findIndex(({ validFrom }) => validFrom === last.group.validFrom)
        let since = until
        while (since > 0 && goesOn[since] === 'whole') since -= 1
        const place = new Set(versions.slice(since, until + 1).map(({ validFrom }) => validFrom))
        const wanted = lines.filter(({ group }) => place.has(group.validFrom ?? '')).flatMap(({ group }) => group.members)
        expect(membersOf(house, days, CODE)).toEqual(wanted)
      }),
      { numRuns: 300 },
    )
  })
})

test('in the real tree of units every department of 2025 goes on through its changes, and is asked for whole by its code', async () => {
  const { agencies, lineage } = await readOrganisation()
  const house = createDirectory('1', agencies, lineage)
  const of2025 = { from: '2025-01-01', to: '2025-12-31' }
  const stretches = (code: string) => membersOf(house, of2025, code).map((one) => [one.first, one.last])
  expect(stretches('H12.15')).toEqual([
    ['2025-01-01', '2025-02-28'],
    ['2025-03-01', '2025-06-30'],
    ['2025-07-01', '2025-12-31'],
  ])
  expect(membersOf(house, of2025, 'H12.15', '2025-03-01')).toEqual([{ code: 'H12.15', first: '2025-03-01', last: '2025-06-30' }])
})
