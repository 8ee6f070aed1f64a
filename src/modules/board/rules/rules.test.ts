import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { seedCampaignRows, seedTargets, targetOn } from '../../campaign/index.ts'
import { noCounts, ratesOn } from '../../indicator/index.ts'
import { addressOf, boardRates, heatPeriod, offeredPeriods, periodOf, readQuestion, weekBefore } from './question.ts'
import { atZero, endsOf, rank, shareOf, sumCounts } from './standing.ts'

const TODAY = '2026-11-21'
const online = ratesOn(TODAY).find((rate) => rate.code === 'online_rate')
if (!online) throw new Error('online_rate has no definition')

const unit = (key: string, numerator: number, denominator: number) => ({
  key,
  name: key,
  counts: { ...noCounts, online: numerator, received: denominator },
})

describe('the address of a board', () => {
  test('without anything it shows this year so far, every unit, by online filing', () => {
    expect(readQuestion({}, TODAY)).toEqual({ from: '2026-01-01', to: TODAY, tier: null, rate: 'online_rate' })
  })

  test('a leader can name a year, a quarter or a month', () => {
    expect(periodOf('2022')).toEqual({ from: '2022-01-01', to: '2022-12-31' })
    expect(periodOf('2024-q1')).toEqual({ from: '2024-01-01', to: '2024-03-31' })
    expect(periodOf('2024-02')).toEqual({ from: '2024-02-01', to: '2024-02-29' })
    expect(periodOf('2022-13')).toBeUndefined()
  })

  test.each([
    { tu: '2022-13-01', den: '2022-12-31' },
    { tu: '2022-12-31', den: '2022-01-01' },
    { tu: "'; drop", den: '2022-12-31' },
    { ky: 'never' },
    { tu: '2022-02-30', den: '2022-12-31' },
  ])('an address that makes no sense shows this year: %o', (query) => {
    expect(readQuestion(query, TODAY)).toMatchObject({ from: '2026-01-01', to: TODAY })
  })

  test('read again, an address gives the same question', () => {
    const day = fc
      .date({ min: new Date('2021-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
    fc.assert(
      fc.property(
        day,
        day,
        fc.constantFrom('province', 'district', 'commune', null),
        fc.constantFrom(...boardRates),
        (a, b, tier, rate) => {
          const question = { from: a < b ? a : b, to: a < b ? b : a, tier: tier as 'province' | null, rate }
          const query = Object.fromEntries(new URL(addressOf(question), 'http://x').searchParams)
          expect(readQuestion(query, TODAY)).toEqual(question)
        },
      ),
    )
  })

  test('since last week compares the same stretch seven days shorter, and nothing when there was no such time', () => {
    expect(weekBefore({ from: '2026-01-01', to: '2026-12-31' }, TODAY)).toEqual({ from: '2026-01-01', to: '2026-11-14' })
    expect(weekBefore({ from: '2022-01-01', to: '2022-12-31' }, TODAY)).toEqual({ from: '2022-01-01', to: '2022-12-24' })
    expect(weekBefore({ from: '2026-11-20', to: '2026-11-21' }, TODAY)).toBeUndefined()
  })

  test('the heat map holds the last twelve weeks, never days to come', () => {
    expect(heatPeriod({ from: '2022-01-01', to: '2022-12-31' }, TODAY)).toEqual({ from: '2022-10-09', to: '2022-12-31' })
    expect(heatPeriod({ from: '2026-01-01', to: '2026-12-31' }, TODAY).to).toBe(TODAY)
  })

  test('years with figures are offered, empty ones are not', () => {
    const names = (years: readonly number[]) => offeredPeriods(TODAY, years).map(({ name }) => name)
    expect(names([2026, 2023, 2022])).toEqual(['2026-11', '2026-q4', '2026', '2023', '2022'])
    expect(names([2027, 2025, 2024, 2023, 2022, 2021]).slice(3)).toEqual(['2025', '2024', '2023', '2022'])
    expect(names([])).toEqual(['2026-11', '2026-q4', '2026'])
  })
})

describe('ranking', () => {
  test('one of three is above 333 of a thousand, however they are rounded', () => {
    expect(rank([unit('b', 333, 1000), unit('a', 1, 3)], online).map(({ key }) => key)).toEqual(['a', 'b'])
  })

  test('equal rates stand by how much was done, then by code', () => {
    expect(rank([unit('c', 1, 2), unit('b', 50, 100), unit('a', 1, 2)], online).map(({ key }) => key)).toEqual(['b', 'a', 'c'])
  })

  test('no unit is both ahead and behind, and none that met its target is behind', () => {
    const units = [unit('a', 10, 10), unit('b', 9, 10), unit('c', 8, 10), unit('d', 5, 10), unit('e', 2, 10)]
    const ends = (some: typeof units, met = (_: (typeof units)[number]) => false) => {
      const { ahead, behind } = endsOf(some, online, 3, met)
      return [ahead, behind].map((list) => list.map(({ key }) => key).join(''))
    }
    expect(ends(units)).toEqual(['abc', 'ed'])
    expect(ends(units, ({ key }) => key !== 'e')).toEqual(['abc', 'e'])
    expect(ends(units.slice(0, 1))).toEqual(['a', ''])
    expect(ends([...units, unit('f', 1, 10), unit('g', 0, 10)])).toEqual(['abc', 'gfe'])
    expect(ends([])).toEqual(['', ''])
  })

  test('a unit with nothing to divide by comes last and is not at 0 %', () => {
    const units = [unit('empty', 0, 0), unit('zero', 0, 7), unit('some', 1, 9)]
    expect(rank(units, online).map(({ key }) => key)).toEqual(['some', 'zero', 'empty'])
    expect(atZero(units, online).map(({ key }) => key)).toEqual(['zero'])
    expect(shareOf(unit('empty', 0, 0).counts, online)).toBeNull()
  })

  test('a ranking keeps every unit and never puts a lower rate before a higher one', () => {
    const units = fc.array(
      fc.tuple(fc.nat(50), fc.nat(50)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const),
      { maxLength: 30 },
    )
    fc.assert(
      fc.property(units, (pairs) => {
        const ranked = rank(
          pairs.map(([n, d], at) => unit(`u${at}`, n, d)),
          online,
        )
        expect(ranked).toHaveLength(pairs.length)
        const shares = ranked.map(({ counts }) => shareOf(counts, online) ?? -1)
        expect(shares).toEqual([...shares].sort((a, b) => b - a))
      }),
    )
  })

  test('counts of tiers add up to the counts of the province', () => {
    expect(sumCounts([unit('a', 24_965, 39_219).counts, unit('b', 7_113, 23_487).counts, unit('c', 10_761, 19_309).counts])).toMatchObject({
      online: 42_839,
      received: 82_015,
    })
  })
})

describe('targets', () => {
  const CA_MAU = { slug: 'ca-mau' }
  const targets = [...seedTargets(CA_MAU), ...seedCampaignRows(CA_MAU).flatMap((one) => one.targets)].map((target) => ({
    ...target,
    setAt: Temporal.Instant.from('2023-01-01T00:00:00Z'),
    endedBy: null,
  }))

  test('in 2022 each tier had its own digitisation target, and the province as a whole had none', () => {
    expect(targetOn(targets, 'digitised_rate', 'province', '2022-12-31')?.value).toBe(0.5)
    expect(targetOn(targets, 'digitised_rate', 'commune', '2022-12-31')?.value).toBe(0.35)
    expect(targetOn(targets, 'digitised_rate', null, '2022-12-31')).toBeUndefined()
  })

  test('the 69 days set their own online target, before the threshold of the index', () => {
    expect(targetOn(targets, 'online_rate', 'district', '2023-04-01')?.value).toBe(0.7)
    expect(targetOn(targets, 'online_rate', 'district', '2023-06-01')?.value).toBe(0.5)
  })

  test('a neighbour’s province is shown the national thresholds, not the targets of Cà Mau', () => {
    const elsewhere = seedTargets({ slug: 'can-tho' })
    expect(elsewhere.length).toBeGreaterThan(0)
    expect(elsewhere.filter(({ certainty }) => certainty !== 'threshold')).toEqual([])
    expect(seedCampaignRows({ slug: 'can-tho' })).toEqual([])
  })
})
