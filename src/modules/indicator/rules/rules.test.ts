import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../../kernel/clock.ts'
import { measures } from '../measures.ts'
import { countsOf, ratesOf, ratesOn } from './counts.ts'
import { spansOf } from './period.ts'
import { rateFields, rateJson, rateReport } from './rate-report.ts'
import { ratio } from './ratio.ts'
import { Tally } from './tally.ts'
import { byAgency, byTier, cutsOf, membersWithin, type UnitVersion } from './units.ts'

describe('a rate', () => {
  test('of nothing is no rate, never 0 %', () => {
    expect(ratio(0, 0)).toBeNull()
    expect(ratio(5, 0)).toBeNull()
    expect(ratio(0, 7)).toBe('0.0000')
  })

  test('of Cà Mau in 2022 comes out as the newspaper printed it', () => {
    expect(ratio(24_965, 39_219)).toBe('0.6366')
    expect(ratio(42_839, 82_015)).toBe('0.5223')
  })

  test('rounds a half away from zero, and only at the end', () => {
    expect(ratio(1, 20_000)).toBe('0.0001')
    expect(ratio(-1, 20_000)).toBe('-0.0001')
    expect(ratio(1, 20_001)).toBe('0.0000')
    expect(ratio(-1, 20_001)).toBe('0.0000')
    expect(ratio(1, 2, 0)).toBe('1')
  })

  test('is never further from the true share than half of its last place', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 15n), 10n ** 15n), fc.bigInt(1n, 10n ** 15n), (n, d) => {
        const shown = BigInt((ratio(n, d) as string).replace('.', ''))
        const error = 2n * (shown * d - n * 10_000n)
        return error <= d && error >= -d
      }),
    )
  })

  test('counts by the definition in force on its day', () => {
    const base = {
      numerator: 'online',
      denominator: 'received',
      name: { vi: '', en: '' },
      definition: { vi: '', en: '' },
      basis: '',
    } as const
    const versions = [
      { ...base, code: 'online_rate' as const, validFrom: '2021-01-01' },
      { ...base, code: 'online_rate' as const, validFrom: '2026-01-01', denominator: 'finished' as const },
    ]
    expect(ratesOn('2025-12-31', versions)[0]?.denominator).toBe('received')
    expect(ratesOn('2026-01-01', versions)[0]?.denominator).toBe('finished')
    expect(ratesOn('2020-12-31', versions)).toEqual([])
  })

  test('names measures that exist, and every measure has its own id', () => {
    expect(new Set(measures.map(({ id }) => id)).size).toBe(measures.length)
    expect(Object.values(ratesOf(countsOf([1, 1, 1, 1, 1, 1, 1, 1, 1, 1]), '2026-01-01'))).toEqual(Array(7).fill('1.0000'))
  })
})

describe('a period', () => {
  const day = fc.integer({ min: 0, max: 1500 }).map((n) => addDays('2022-01-01', n))

  test('of a year is twelve months, of odd days is days', () => {
    expect(spansOf({ from: '2022-01-01', to: '2022-12-31' })).toEqual([{ grain: 'month', first: '2022-01-01', last: '2022-12-01' }])
    expect(spansOf({ from: '2022-01-15', to: '2022-03-02' })).toEqual([
      { grain: 'day', first: '2022-01-15', last: '2022-01-31' },
      { grain: 'month', first: '2022-02-01', last: '2022-02-01' },
      { grain: 'day', first: '2022-03-01', last: '2022-03-02' },
    ])
    expect(spansOf({ from: '2022-02-02', to: '2022-02-01' })).toEqual([])
  })

  test('is read by quarters where it may be, and by less where a unit changed inside one', () => {
    const year = { from: '2022-01-01', to: '2022-12-31' }
    expect(spansOf(year, [], true)).toEqual([{ grain: 'quarter', first: '2022-01-01', last: '2022-10-01' }])
    expect(spansOf(year, ['2022-02-01', '2022-07-01', '2022-11-15'], true)).toEqual([
      { grain: 'month', first: '2022-01-01', last: '2022-03-01' },
      { grain: 'quarter', first: '2022-04-01', last: '2022-07-01' },
      { grain: 'month', first: '2022-10-01', last: '2022-10-01' },
      { grain: 'day', first: '2022-11-01', last: '2022-11-30' },
      { grain: 'month', first: '2022-12-01', last: '2022-12-01' },
    ])
  })

  test('covers each of its days once, whatever changes in it', () => {
    fc.assert(
      fc.property(day, day, fc.array(day, { maxLength: 4 }), fc.boolean(), (from, to, cuts, quarters) => {
        const covered = spansOf({ from, to }, cuts, quarters).flatMap(({ grain, first, last }) => {
          const end = grain === 'day' ? last : addDays(`${addDays(last, { quarter: 95, month: 35 }[grain]).slice(0, 8)}01`, -1)
          const days: string[] = []
          for (let d = first; d <= end; d = addDays(d, 1)) days.push(d)
          return days
        })
        const wanted: string[] = []
        for (let d = from; d <= to; d = addDays(d, 1)) wanted.push(d)
        expect(covered).toEqual(wanted)
      }),
      { numRuns: 60 },
    )
  })
})

const unit = (
  code: string,
  parentCode: string | null,
  validFrom: string,
  validTo: string | null,
  tier: UnitVersion['tier'],
): UnitVersion => ({
  code,
  name: `${code} từ ${validFrom}`,
  tier,
  parentCode,
  validFrom,
  validTo,
})

describe('the units of a period', () => {
  const versions = [
    unit('H12', null, '2021-01-01', null, 'province'),
    unit('H12.31', 'H12', '2021-01-01', '2025-06-30', 'district'),
    unit('H12.31.01', 'H12.31', '2021-01-01', '2025-06-30', 'commune'),
    unit('H12.101', 'H12', '2025-07-01', null, 'commune'),
    unit('H12.09', 'H12', '2021-01-01', '2025-02-28', 'province'),
    unit('H12.09', 'H12', '2025-03-01', null, 'province'),
  ]

  test('have no district tier after 30 June 2025', () => {
    expect(byTier(versions, { from: '2025-07-01', to: '2026-12-31' }).map(({ key }) => key)).toEqual(['province', 'commune'])
    expect(byTier(versions, { from: '2025-06-30', to: '2025-07-01' }).map(({ key }) => key)).toEqual(['province', 'district', 'commune'])
  })

  test('show a code twice when it became another place in between', () => {
    const lines = byAgency(versions, { from: '2025-01-01', to: '2025-12-31' }).filter(({ key }) => key === 'H12.09')
    expect(lines.map(({ members }) => members[0])).toEqual([
      { code: 'H12.09', first: '2025-01-01', last: '2025-02-28' },
      { code: 'H12.09', first: '2025-03-01', last: '2025-12-31' },
    ])
    expect(cutsOf(lines, { from: '2025-01-01', to: '2025-12-31' })).toEqual(['2025-03-01'])
  })

  test('belong to a province with everything that was below it on each day', () => {
    const members = membersWithin(versions, versions.slice(0, 1), { from: '2025-06-01', to: '2025-08-31' })
    expect(members).toContainEqual({ code: 'H12.31.01', first: '2025-06-01', last: '2025-06-30' })
    expect(members).toContainEqual({ code: 'H12.101', first: '2025-07-01', last: '2025-08-31' })
  })
})

describe('a tally', () => {
  const delta = fc.record({
    agencyCode: fc.constantFrom('H12.01', 'H12.31.02'),
    day: fc.integer({ min: 0, max: 40 }).map((n) => addDays('2022-01-20', n)),
    procedureCode: fc.constantFrom('1.001193', '2.000815'),
    channel: fc.constantFrom('online' as const, 'counter' as const),
    values: fc.array(fc.tuple(fc.integer({ min: 1, max: 10 }), fc.integer({ min: -2, max: 2 })), { maxLength: 4 }),
  })

  test('comes out the same in any order, at every grain', () => {
    fc.assert(
      fc.property(
        fc
          .array(delta, { maxLength: 30 })
          .chain((deltas) => fc.tuple(fc.constant(deltas), fc.shuffledSubarray(deltas, { minLength: deltas.length }))),
        ([deltas, shuffled]) => {
          const [a, b] = [new Tally(), new Tally()]
          for (const one of deltas) a.add(one, one.values)
          for (const one of shuffled) b.add(one, one.values)
          expect(a.cells()).toEqual(b.cells())
          expect(a.differences(b)).toEqual([])
          const sum = (grain: string) =>
            a
              .cells()
              .filter((cell) => cell.grain === grain)
              .reduce((n, cell) => n + cell.vals.reduce((x, y) => x + y, 0), 0)
          expect([sum('quarter'), sum('month'), sum('day'), sum('month_detail')]).toEqual(Array(4).fill(sum('day_detail')))
        },
      ),
      { numRuns: 100 },
    )
  })

  test('says where another one differs, whichever of the two has more', () => {
    const [log, shown] = [new Tally(), new Tally()]
    const key = { agencyCode: 'H12.01', day: '2022-01-20', procedureCode: '1.001193', channel: 'online' as const }
    log.add(key, [
      [1, 3],
      [2, 1],
    ])
    shown.addText(key, '1=3')
    shown.addText({ ...key, day: '2022-01-21' }, '1')
    expect(log.differences(shown)).toEqual([
      { ...key, measure: 2, counted: 1, shown: 0 },
      { ...key, day: '2022-01-21', measure: 1, counted: 0, shown: 1 },
    ])
  })
})

describe('a report of rates', () => {
  const groups = byTier([unit('H12', null, '2021-01-01', null, 'province')], { from: '2022-01-01', to: '2022-12-31' })

  test('keeps units with nothing, and shows what belongs to no unit', () => {
    const lines = rateReport(groups, [{ group: null, counts: countsOf([2, 1]) }], '2022-12-31')
    expect(lines.map(({ group, counts }) => [group, counts.received])).toEqual([
      ['province', 0],
      ['unknown', 2],
    ])
  })

  test('is JSON with whole counts, rates of four decimals, and null for nothing', () => {
    const [line] = rateReport(groups, [{ group: groups[0] ?? null, counts: countsOf([39_219, 24_965]) }], '2022-12-31')
    const text = line ? rateJson(line) : ''
    expect(text).toContain('"received":39219,"online":24965,"online_rate":0.6366')
    expect(JSON.parse(text)).toMatchObject({ group: 'province', payment_rate: null, digitised_rate: 0 })
    expect(text).toContain('"digitised_rate":0.0000')
    expect(Object.keys(JSON.parse(line ? rateJson({ ...line, validFrom: '2021-01-01' }) : ''))).toEqual(['group', 'name', ...rateFields])
  })
})
