import { describe, expect, test } from 'vitest'
import * as exact from '../../../kernel/rational.ts'
import { partOfYear, standIn } from '../queries/amounts.ts'
import { nationalSchemes } from '../schemes.ts'
import { qualityOf } from './quality.ts'
import type { Amounts } from './quantities.ts'
import { ranked } from './rank.ts'
import { type Indicator, type Level, levels, versionOn } from './scheme.ts'
import { bandOf, scoreIndicator, scoreUnit, winBack } from './score.ts'

const [national] = nationalSchemes()
if (!national) throw new Error('no national scheme')
const { version: in2022 } = versionOn(national, '2022-12-31')
const { version: in2026 } = versionOn(national, '2026-12-31')

const indicator = (id: string, version = in2026): Indicator => {
  const found = version.indicators.find((one) => one.id === id)
  if (!found) throw new Error(`no indicator ${id}`)
  return found
}
const found = (id: string, amounts: Amounts, level: Level = 'province', version = in2026) =>
  scoreIndicator(indicator(id, version), level, amounts)
const points = (id: string, amounts: Amounts, version = in2026): string | null => {
  const { points: got } = found(id, amounts, 'province', version)
  return got && exact.written(got, 4)
}

/** Indicators that are one part of one whole: most points, the whole's share that gives them all, and the two quantities. */
const shares = [
  ['1.1', 6, 1, 'decisions_on_time', 'decisions'],
  ['1.2', 4, 1, 'publications_on_time', 'publications'],
  ['1.3', 2, 1, 'procedures_complete', 'procedures'],
  ['1.4', 6, 1, 'synced', 'received'],
  ['2.1', 20, 1, 'on_time', 'received'],
  ['3.1', 2, 0.8, 'procedures_online', 'procedures'],
  ['3.2', 4, 1, 'procedures_online_filed', 'procedures_online'],
  ['3.3', 6, 0.5, 'online_complete', 'received'],
  ['3.5', 2, 0.8, 'procedures_payable_online', 'procedures_with_fee'],
  ['3.5b', 2, 0.8, 'procedures_paid_online', 'procedures_with_fee'],
  ['3.6', 6, 1, 'paid_online', 'fee_due'],
  ['4.1', 6, 1, 'result_given', 'result_due'],
  ['4.2', 4, 1, 'digitised_complete', 'received'],
  ['4.x', 2, 1, 'certified_copies_electronic', 'certified_copies_due'],
  ['4.3', 2, 0.8, 'reused', 'received'],
  ['4.4', 4, 1, 'from_vault', 'received'],
  ['4.5a', 2, 1, 'procedures_population_data', 'procedures_for_persons'],
  ['4.5b', 2, 1, 'population_data', 'received'],
  ['5.2', 6, 1, 'petitions_on_time', 'petitions'],
] as const

describe('every formula at its edges', () => {
  test.each(shares)('%s: %d points from a share of %d on', (id, max, full, part, whole) => {
    const of = (n: number) => points(id, { open_in_time: 0, [whole]: 10_000, [part]: n })
    const line = full * 10_000
    expect(of(0)).toBe('0.0000')
    // 79.99 of 80 %, 49.99 of 50 %, 99.99 of 100 %: in proportion, not all.
    expect(of(line - 1)).toBe(exact.written(exact.times(exact.rational(max), exact.rational(line - 1, line)), 4))
    expect(of(line)).toBe(`${max}.0000`)
    expect(of(10_000)).toBe(`${max}.0000`)
    expect(of(line / 2)).toBe(exact.written(exact.rational(max, 2), 4))
    // More than all of it (a source that counts differently) is all of it.
    expect(of(12_000)).toBe(`${max}.0000`)
  })

  test('3.5b is two and a half times its share: 2.5 × 79.99 % is not yet 2', () => {
    expect(points('3.5b', { procedures_paid_online: 7999, procedures_with_fee: 10_000 })).toBe('1.9998')
    expect(points('3.5b', { procedures_paid_online: 1, procedures_with_fee: 10 })).toBe('0.2500')
  })

  test('5.3 takes each dissatisfied petition off once; 5.4 takes late and complained off both, with all points from 90 %', () => {
    expect(points('5.3', { petitions: 3, petitions_unsatisfied: 1 })).toBe('4.0000')
    expect(points('5.3', { petitions: 3, petitions_unsatisfied: 3 })).toBe('0.0000')
    const of = (late: number, complained: number) => points('5.4', { received: 10_000, late, complained })
    expect(of(1000, 0)).toBe('6.0000')
    expect(of(1001, 0)).toBe('5.9993')
    expect(of(500, 501)).toBe('5.9993')
    expect(of(10_000, 0)).toBe('0.0000')
    expect(of(10_000, 10_000)).toBe('0.0000')
  })

  test('the 2022 thresholds are those of 2026 but for online payment', () => {
    for (const { id, rule } of in2026.indicators) if (id !== '3.6') expect([id, indicator(id, in2022).rule]).toEqual([id, rule])
    expect([indicator('3.6', in2022).rule, indicator('3.6').rule]).toEqual([
      { kind: 'linear', full: 0.3 },
      { kind: 'linear', full: 1 },
    ])
    expect(points('3.6', { paid_online: 29_99, fee_due: 10_000 }, in2022)).toBe('5.9980')
    expect(points('3.6', { paid_online: 30_00, fee_due: 10_000 }, in2022)).toBe('6.0000')
  })
})

describe('nothing to be a share of', () => {
  const none = Object.fromEntries(
    shares.flatMap(([, , , part, whole]) => [
      [part, 0],
      [whole, 0],
    ]),
  ) as Amounts

  test('nothing to be announced or made public: no score and nothing lost, never all points', () => {
    for (const id of ['1.1', '1.2']) expect(found(id, none)).toMatchObject({ standing: 'zero', points: null, max: exact.zero })
  })

  test('nothing to be a share of: petitions give all points, everything else none', () => {
    for (const [id] of shares)
      if (!['1.1', '1.2'].includes(id))
        expect([id, points(id, { ...none, open_in_time: 0 })]).toEqual([id, id === '5.2' ? '6.0000' : '0.0000'])
    expect(points('5.3', { petitions: 0, petitions_unsatisfied: 0 })).toBe('6.0000')
    expect(points('5.4', { received: 0, late: 0, complained: 0 })).toBe('0.0000')
  })

  test('null is not 0: without one of its quantities no indicator has points, and the missing one is named', () => {
    for (const [id, max, , part, whole] of shares) {
      const known: Amounts = { open_in_time: 0, [part]: 1, [whole]: 1 }
      expect(found(id, { ...known, [part]: null })).toMatchObject({ standing: 'unknown', points: null, max: exact.rational(max) })
      const without = found(id, { ...known, [whole]: null })
      expect([id, without.standing]).toEqual([id, 'unknown'])
      expect(without.missing).toContain(whole)
    }
  })
})

test('whom each indicator is asked of: the province of all; what is not asked of a level gives all its points', () => {
  const notAsked = (level: Level): string[] => in2026.indicators.flatMap(({ id, levels: asked }) => (asked.includes(level) ? [] : [id]))
  expect(notAsked('province')).toEqual([])
  expect(notAsked('department')).toEqual(['1.1', '1.2'])
  expect(notAsked('commune')).toEqual(['1.1', '1.2', '3.1', '3.5', '3.5b', '4.5a', '4.5b'])
  for (const level of levels)
    for (const id of notAsked(level)) {
      const one = found(id, {}, level)
      expect([id, one.standing, one.points]).toEqual([id, 'not_applicable', exact.decimal(one.indicator.max)])
    }
  // With nothing known at all a commune has just these, and everything else but the petitions' is unknown.
  const commune = scoreUnit(in2026, 'commune', {})
  expect(exact.written(commune.total, 2)).toBe('20.00')
  expect(exact.written(exact.plus(commune.total, commune.unknown), 2)).toBe('100.00')
})

describe('index 1.4 where both sources are silent', () => {
  const month = { from: '2026-05-01', to: '2026-05-31' }
  const quarter = { from: '2026-04-01', to: '2026-06-30' }
  const year = { from: '2026-01-01', to: '2026-12-31' }

  test('last year stands in for a month, a quarter and a year', () => {
    expect([month, quarter, year].map(partOfYear)).toEqual([1, 3, 12])
    const of = (period: typeof month) => standIn({ synced: 3, received: 0 }, 1200, period)
    expect([month, quarter, year].map((period) => of(period).amounts.national_received)).toEqual([100, 300, 1200])
    expect(points('1.4', of(month).amounts)).toBe('0.1800')
    expect(qualityOf(indicator('1.4'), of(month))).toEqual(['TEMP_NATIONAL_REPORT_DENOMINATOR'])
    // Whole dossiers, a half up.
    expect(standIn({ synced: 3, received: 0 }, 6, month).amounts.national_received).toBe(1)
    expect(standIn({ synced: 3, received: 0 }, 5, month).amounts.national_received).toBe(0)
  })

  test('no last year either is 0, with its flag; one source that speaks is enough; nobody said what was synced: no score', () => {
    const empty = standIn({ synced: 3, received: 0 }, null, month)
    expect([points('1.4', empty.amounts), qualityOf(indicator('1.4'), empty)]).toEqual(['0.0000', ['NO_NATIONAL_REPORT_DATA']])
    expect(standIn({ synced: 3, received: 1 }, 1200, month).temporary).toBe(false)
    expect(standIn({ synced: 3, received: 0, national_received: 7 }, 1200, month).amounts.national_received).toBe(7)
    expect(found('1.4', standIn({ received: 0 }, 1200, month).amounts).standing).toBe('unknown')
    expect(qualityOf(indicator('1.4'), { amounts: { synced: 1, received: 5 }, temporary: false })).toEqual(['NO_NATIONAL_REPORT_DATA'])
    expect(qualityOf(indicator('1.4'), { amounts: { synced: 1, received: 5, national_received: 4 }, temporary: false })).toEqual([])
    // 3.3 asks for the same source.
    expect(qualityOf(indicator('3.3'), { amounts: { received: 5 }, temporary: false })).toEqual(['NO_NATIONAL_REPORT_DATA'])
    expect(qualityOf(indicator('2.1'), { amounts: {}, temporary: false })).toEqual([])
  })
})

describe('what is only shown', () => {
  test('gives no points, takes none, and is never missed in the total', () => {
    for (const id of ['2.2', '5.1', '5.1b']) {
      expect(found(id, {})).toMatchObject({ standing: 'shown', points: null, max: exact.zero })
      expect(indicator(id).max).toBe(0)
    }
    expect(found('2.2', { worked_days: 33, completed: 12 })).toMatchObject({ standing: 'shown', share: exact.rational(11, 4) })
    expect(found('5.1', { petitions_received: 0, petitions_procedure: 0 })).toMatchObject({ standing: 'shown', points: null })
  })
})

describe('what would win points back takes the sync rate in', () => {
  const only = (amounts: Amounts) => winBack(scoreUnit({ ...in2026, indicators: [indicator('3.3')], groupings: [] }, 'province', amounts))

  test('3.3: with half synced twice as many must be filed online, each is worth half', () => {
    const [whole] = only({ online_complete: 200, received: 1000 })
    const [half] = only({ online_complete: 200, received: 1000, synced: 500, national_received: 1000 })
    expect([whole?.more, exact.written(whole?.winnable ?? exact.zero, 4)]).toEqual([300, '3.6000'])
    expect([half?.more, half?.available, exact.written(half?.winnable ?? exact.zero, 4)]).toEqual([800, 800, '4.8000'])
    const after = found('3.3', { online_complete: 1000, received: 1000, synced: 500, national_received: 1000 })
    expect(exact.written(exact.minus(exact.decimal(6), half?.lost ?? exact.zero), 4)).toBe('1.2000')
    expect(exact.written(after.points ?? exact.zero, 4)).toBe('6.0000')
  })

  test('3.3: with nothing synced no filing wins anything; a rate above 1 counts as 1', () => {
    expect(only({ online_complete: 200, received: 1000, synced: 0, national_received: 1000 })).toEqual([])
    const [more] = only({ online_complete: 200, received: 1000, synced: 2000, national_received: 1000 })
    expect(more?.more).toBe(300)
  })
})

test('a half is rounded away from zero, once, and the band follows what is written', () => {
  const all: Indicator = { ...indicator('4.2'), numerator: indicator('4.3').numerator, max: 100 }
  const of = (reused: number, received: number) => {
    const { total, band } = scoreUnit({ ...in2026, indicators: [all], groupings: [] }, 'province', { reused, received })
    return [exact.written(total, 2), band.vi]
  }
  expect(of(17_999, 20_000)).toEqual(['90.00', 'Xuất sắc']) // 89.995
  expect(of(179_989, 200_000)).toEqual(['89.99', 'Tốt']) // 89.9945
  expect(of(1, 20_000)).toEqual(['0.01', 'Yếu']) // 0.005
  // Thirds are not rounded before they are added up.
  const thirds = [1, 2, 3].map((n) => ({ ...all, id: `t.${n}`, max: 10 }))
  const three = scoreUnit({ ...in2026, indicators: thirds, groupings: [] }, 'province', { reused: 1, received: 3 })
  expect(exact.written(three.total, 2)).toBe('10.00')
  const early = { ...in2026, rounding: { indicator: 2, total: 2 }, indicators: thirds, groupings: [] }
  expect(exact.written(scoreUnit(early, 'province', { reused: 1, received: 3 }).total, 2)).toBe('9.99')
  expect(bandOf(in2026, exact.decimal(79.99)).vi).toBe('Khá')
})

test('equal scores share a rank, and the next rank counts them all; among equals whoever did more comes first', () => {
  const line = (key: string, total: number, received: number | null) => ({
    unit: { group: { key } },
    amounts: { received },
    score: { total: exact.decimal(total) },
  })
  const order = ranked([
    line('D', 70, 5),
    line('B', 80.01, 1),
    line('A', 80.01, 1),
    line('C', 80.01, 9),
    line('E', 90, 1),
    line('F', 70, null),
  ])
  expect(order.map(({ line: { unit }, rank }) => `${rank}${unit.group.key}`)).toEqual(['1E', '2C', '2A', '2B', '5D', '5F'])
})
