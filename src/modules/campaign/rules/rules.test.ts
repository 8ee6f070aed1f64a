import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { forecast, lightOf, paceOf } from './forecast.ts'
import { attain, isAtZero, metAll, movers, taskStanding } from './standing.ts'
import { type Aimed, gapTo, isMet, type Target, targetFor } from './target.ts'
import { untilText } from './until.ts'

const ONLINE = { kind: 'rate', code: 'online_rate' } as const
const target = (change: Partial<Target> = {}): Target => ({
  id: 'a',
  aim: ONLINE,
  scope: { kind: 'all' },
  from: '2023-03-01',
  to: '2023-05-09',
  comparator: 'at_least',
  value: 0.8,
  source: 'Kế hoạch 48/KH-UBND ngày 28/02/2023',
  ...change,
})
const commune: Aimed = { code: 'H12.31.01', validFrom: '2021-01-01', tier: 'commune' }

describe('which target counts', () => {
  const everybody = target({ id: 'all', value: 0.5 })
  const tier = target({ id: 'tier', scope: { kind: 'tier', tier: 'commune' }, value: 0.6 })
  const own = target({ id: 'own', scope: { kind: 'unit', code: 'H12.31.01', validFrom: '2021-01-01' }, value: 0.7 })

  test("a unit's own before its tier's before everybody's, in whatever order they were entered", () => {
    for (const targets of [
      [everybody, tier, own],
      [own, tier, everybody],
      [tier, own, everybody],
    ]) {
      expect(targetFor(targets, ONLINE, commune, '2023-04-01')?.id).toBe('own')
      expect(targetFor(targets, ONLINE, { ...commune, code: 'H12.31.02' }, '2023-04-01')?.id).toBe('tier')
      expect(targetFor(targets, ONLINE, { ...commune, tier: 'district' }, '2023-04-01')?.id).toBe('own')
      expect(targetFor(targets, ONLINE, null, '2023-04-01')?.id).toBe('all')
    }
  })

  test('the first and the last day belong to it, the day before and after do not', () => {
    const on = (day: string) => targetFor([everybody], ONLINE, commune, day)?.id
    expect([on('2023-02-28'), on('2023-03-01'), on('2023-05-09'), on('2023-05-10')]).toEqual([undefined, 'all', 'all', undefined])
  })

  test('the same code after a merger is another unit: it has its tier’s target, not the old one', () => {
    expect(targetFor([tier, own], ONLINE, { ...commune, validFrom: '2023-04-01' }, '2023-04-15')?.id).toBe('tier')
  })

  test('of two equally near the one that began later counts', () => {
    const later = target({ id: 'later', scope: { kind: 'tier', tier: 'commune' }, from: '2023-04-01', value: 0.65 })
    expect(targetFor([later, tier], ONLINE, commune, '2023-03-31')?.id).toBe('tier')
    expect(targetFor([tier, later], ONLINE, commune, '2023-04-01')?.id).toBe('later')
  })
})

describe('whether it is met, and what is missing', () => {
  test('eighty of a hundred meet 80 %, 7,999 of 10,000 do not; nothing at all neither meets nor misses', () => {
    expect(isMet(target(), { numerator: 80, denominator: 100 })).toBe(true)
    expect(isMet(target(), { numerator: 7_999, denominator: 10_000 })).toBe(false)
    expect(isMet(target(), { numerator: 0, denominator: 0 })).toBeNull()
    expect(isMet(target({ comparator: 'at_most', value: 0.02 }), { numerator: 2, denominator: 100 })).toBe(true)
  })

  test('the gap is said in dossiers', () => {
    expect(gapTo(target(), { numerator: 60, denominator: 100 })).toEqual({ among: 20, ahead: 100 })
    expect(gapTo(target(), { numerator: 80, denominator: 100 })).toEqual({ among: 0, ahead: 0 })
    expect(gapTo(target({ value: 1 }), { numerator: 99, denominator: 100 })).toEqual({ among: 1, ahead: null })
  })

  test('so many more among those counted, or so many more to come, do meet it, and one fewer does not', () => {
    const shares = fc.record({ numerator: fc.nat(5000), denominator: fc.integer({ min: 1, max: 5000 }) })
    fc.assert(
      fc.property(shares, fc.integer({ min: 1, max: 100 }), ({ numerator, denominator }, percent) => {
        const aim = target({ value: percent / 100 })
        const share = { numerator: Math.min(numerator, denominator), denominator }
        const { among, ahead } = gapTo(aim, share)
        expect(isMet(aim, { ...share, numerator: share.numerator + among })).toBe(true)
        if (among > 0) expect(isMet(aim, { ...share, numerator: share.numerator + among - 1 })).toBe(false)
        if (ahead === null) return
        expect(isMet(aim, { numerator: share.numerator + ahead, denominator: denominator + ahead })).toBe(true)
        if (ahead > 0) expect(isMet(aim, { numerator: share.numerator + ahead - 1, denominator: denominator + ahead - 1 })).toBe(false)
      }),
    )
  })

  test('a unit met all its targets when every one it could be measured by is met', () => {
    const met = attain(target(), { numerator: 9, denominator: 10 })
    const missed = attain(target(), { numerator: 1, denominator: 10 })
    const nothing = attain(target(), { numerator: 0, denominator: 0 })
    expect([metAll([met, met]), metAll([met, missed]), metAll([met, nothing]), metAll([nothing]), metAll([])]).toEqual([
      true,
      false,
      true,
      false,
      false,
    ])
    expect([isAtZero(missed), isAtZero(nothing), isAtZero(attain(target(), { numerator: 0, denominator: 3 }))]).toEqual([
      false,
      false,
      true,
    ])
  })
})

describe('where it will end', () => {
  const course = { soFar: { numerator: 600, denominator: 1000 }, lately: { numerator: 450, denominator: 500, days: 10 }, daysLeft: 20 }
  const share = fc
    .record({ part: fc.double({ min: 0, max: 1, noNaN: true }), of: fc.nat(3000) })
    .map(({ part, of }) => ({ numerator: Math.floor(part * of), denominator: of }))

  test('the coming days are taken to be like the last ones', () => {
    const { coming, rate, low, high, needed, neededADay } = forecast(target(), course)
    expect(coming).toBe(1000)
    expect(rate).toBeCloseTo(0.75, 10)
    expect(low).toBeLessThan(0.75)
    expect(high).toBeGreaterThan(0.75)
    // 1,600 of 2,000 are wanted, 600 are there: all thousand to come.
    expect(needed).toBeCloseTo(1, 10)
    expect(neededADay).toBeCloseTo(50, 10)
  })

  test('the light says it in words', () => {
    const light = (change: Partial<typeof course>, aim = target()) => lightOf(aim, { ...course, ...change })
    expect(light({ soFar: { numerator: 950, denominator: 1000 } })).toBe('met')
    expect(light({ soFar: { numerator: 780, denominator: 1000 } })).toBe('on_track')
    expect(light({ soFar: { numerator: 700, denominator: 1000 } })).toBe('at_risk')
    expect(light({})).toBe('behind')
    expect(light({ soFar: { numerator: 500, denominator: 1000 } })).toBe('out_of_reach')
    expect(light({ daysLeft: 0 })).toBe('behind')
    expect(light({ daysLeft: 0, soFar: { numerator: 800, denominator: 1000 } })).toBe('met')
    expect(light({ soFar: { numerator: 0, denominator: 0 }, lately: { numerator: 0, denominator: 0, days: 10 } })).toBe('nothing')
  })

  test('before the third working day, or after weeks without a dossier, nothing is foretold', () => {
    const early = { soFar: { numerator: 3, denominator: 4 }, lately: { numerator: 3, denominator: 4, days: 2 }, daysLeft: 40 }
    expect([forecast(target(), early).rate, forecast(target(), early).neededADay, lightOf(target(), early)]).toEqual([
      null,
      null,
      'unclear',
    ])
    const asleep = { ...early, lately: { numerator: 0, denominator: 0, days: 10 } }
    expect([forecast(target(), asleep).rate, lightOf(target(), asleep)]).toEqual([null, 'unclear'])
  })

  test('a campaign that has not begun foretells nothing; one that is over has its figure and no range', () => {
    const nothing = { numerator: 0, denominator: 0 }
    const ahead = { soFar: nothing, lately: { ...nothing, days: 0 }, daysLeft: 0 }
    expect([forecast(target(), ahead).rate, lightOf(target(), ahead)]).toEqual([null, 'nothing'])
    fc.assert(
      fc.property(share, share, (soFar, lately) => {
        const { rate, low, high, needed } = forecast(target(), { soFar, lately: { ...lately, days: 10 }, daysLeft: 0 })
        const end = soFar.denominator === 0 ? null : soFar.numerator / soFar.denominator
        expect([rate, low, high, needed]).toEqual([end, end, end, null])
      }),
    )
  })

  test('none good, or all good, of a few promise nothing: the range stays open on the other side', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.boolean(), fc.integer({ min: 1, max: 40 }), (n, all, daysLeft) => {
        const counted = { numerator: all ? n : 0, denominator: n }
        const { rate, low, high } = forecast(target(), { soFar: counted, lately: { ...counted, days: 10 }, daysLeft })
        expect(rate).toBeCloseTo(all ? 1 : 0, 12)
        if (all) expect(low).toBeLessThan(0.999)
        else expect(high).toBeGreaterThan(0.001)
      }),
    )
  })

  test('whatever the course, the range holds the rate and lies between nothing and all', () => {
    fc.assert(
      fc.property(share, share, fc.integer({ min: 1, max: 60 }), fc.nat(60), (soFar, lately, days, daysLeft) => {
        const { low, rate, high } = forecast(target(), { soFar, lately: { ...lately, days }, daysLeft })
        if (rate === null || low === null || high === null) return
        expect(low).toBeGreaterThanOrEqual(0)
        expect(low).toBeLessThanOrEqual(rate + 1e-12)
        expect(high).toBeGreaterThanOrEqual(rate - 1e-12)
        expect(high).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('who reaches the daily number on the days expected meets the target, and nobody who can is called out of reach', () => {
    fc.assert(
      fc.property(share, share, fc.integer({ min: 3, max: 10 }), fc.integer({ min: 1, max: 60 }), (soFar, lately, days, daysLeft) => {
        const running = { soFar, lately: { ...lately, days }, daysLeft }
        const { coming, needed, neededADay } = forecast(target(), running)
        if (coming === null || needed === null || neededADay === null) return
        const end = (soFar.numerator + neededADay * daysLeft) / (soFar.denominator + coming)
        if (neededADay > 0) expect(end).toBeCloseTo(0.8, 9)
        if (needed <= 1) expect(lightOf(target(), running)).not.toBe('out_of_reach')
        const pace = paceOf(forecast(target(), running))
        if (pace !== null && pace.per !== 'too_few') expect(pace.count).toBeGreaterThanOrEqual(1)
      }),
    )
  })

  test('a pace in whole dossiers a day never asks for more than are expected: it goes by the week then', () => {
    // 2.5 of the 2.9 expected a day: three a day would be all of them and more.
    expect(paceOf({ coming: 55, rate: 0.8, low: 0.7, high: 0.9, needed: 47 / 55, neededADay: 47 / 19 })).toEqual({ per: 'week', count: 13 })
    expect(paceOf({ coming: 550, rate: 0.8, low: 0.7, high: 0.9, needed: 470 / 550, neededADay: 470 / 19 })).toEqual({
      per: 'day',
      count: 25,
    })
  })

  test('of dossiers that come by chance, the end lies within the range at least 19 times of 20', () => {
    const random = seeded(20230301)
    let held = 0
    const times = 3000
    for (let time = 0; time < times; time += 1) {
      const [perDay, chance, days, daysLeft] = [0.5 + random() * 20, random(), 3 + Math.floor(random() * 8), 1 + Math.floor(random() * 40)]
      const lately = draw(random, perDay * days, chance)
      const coming = draw(random, perDay * daysLeft, chance)
      const { low, high } = forecast(target(), { soFar: lately, lately: { ...lately, days }, daysLeft })
      const end = (lately.numerator + coming.numerator) / (lately.denominator + coming.denominator)
      if (low === null || high === null || (low <= end + 1e-12 && end <= high + 1e-12)) held += 1
    }
    expect(held / times).toBeGreaterThanOrEqual(0.95)
  })
})

/** Numbers between 0 and 1, the same ones each time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const wait = (random: () => number): number => -Math.log(1 - random())

/** So many dossiers as come by chance (Poisson), each good by chance. */
function draw(random: () => number, mean: number, chance: number): { numerator: number; denominator: number } {
  let denominator = 0
  for (let time = wait(random); time < mean; time += wait(random)) denominator += 1
  let numerator = 0
  for (let at = 0; at < denominator; at += 1) if (random() < chance) numerator += 1
  return { numerator, denominator }
}

test('movers are sorted by percentage points, and a unit without a rate at either end is none', () => {
  const of = (numerator: number, denominator: number) => ({ numerator, denominator })
  const found = movers([
    { unit: 'a', before: of(1, 10), now: of(5, 10) },
    { unit: 'b', before: of(0, 0), now: of(5, 10) },
    { unit: 'c', before: of(9, 10), now: of(1, 10) },
    { unit: 'd', before: of(1, 2), now: of(2, 4) },
  ])
  expect(found.map(({ unit, change }) => [unit, Math.round(change)])).toEqual([
    ['a', 40],
    ['c', -80],
  ])
})

test('a task is due until the end of its day', () => {
  const task = (doneOn: string | null, today: string) => taskStanding({ due: '2023-04-15', doneOn }, today)
  expect([task(null, '2023-04-15'), task(null, '2023-04-16'), task('2023-04-15', '2023-04-20'), task('2023-04-16', '2023-04-20')]).toEqual([
    'open',
    'overdue',
    'done',
    'done_late',
  ])
})

test.each([
  ['2026-11-22', '2026-11-22T14:05:59+07:00', 'tính đến 14 giờ 05 phút ngày 22/11/2026'],
  ['2026-11-22', '2026-11-22T00:00:00+07:00', 'tính đến 00 giờ 00 phút ngày 22/11/2026'],
  ['2026-11-22', '2026-11-23T00:00:00+07:00', 'tính đến hết ngày 22/11/2026'],
  ['2023-05-09', '2026-11-22T14:05:00+07:00', 'tính đến hết ngày 09/05/2023'],
])('figures of %s read at %s are of a day that is over, or of the moment: %s', (asOf, at, words) => {
  expect(untilText({ asOf, at: Temporal.Instant.from(at) })).toBe(words)
})
