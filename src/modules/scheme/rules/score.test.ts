import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as exact from '../../../kernel/rational.ts'
import { type Amounts, type QuantityName, quantityNames } from './quantities.ts'
import { type Indicator, indicatorSchema, levels, quantitiesOf, type Scheme, schemeSchema, versionOn } from './scheme.ts'
import { scoreIndicator, scoreUnit, winBack } from './score.ts'

const national: Scheme = schemeSchema.parse(JSON.parse(readFileSync(new URL('../../../../data/scheme/766.json', import.meta.url), 'utf8')))
const { version: in2022 } = versionOn(national, '2022-12-31')
const { version: in2026 } = versionOn(national, '2026-12-31')

const indicator = (id: string, version = in2026): Indicator => {
  const found = version.indicators.find((one) => one.id === id)
  if (!found) throw new Error(`no indicator ${id}`)
  return found
}
const points = (id: string, amounts: Amounts, version = in2026): string | null => {
  const { points: found } = scoreIndicator(indicator(id, version), 'province', amounts)
  return found && exact.written(found, 4)
}
/** Everything a province could be asked, all at its best. */
const best: Amounts = {
  ...Object.fromEntries(quantityNames.map((name) => [name, 100])),
  late: 0,
  complained: 0,
  petitions_unsatisfied: 0,
  open_in_time: 0,
} as Amounts

describe('the national index', () => {
  test('has one hundred points in the five groups of the decision and in the six of the portal', () => {
    for (const version of national.versions) {
      expect(version.indicators.reduce((total, { max }) => total + max, 0)).toBe(100)
      const score = scoreUnit(version, 'province', best)
      const maxima = score.groupings.map(({ groups }) => groups.map(({ max }) => Number(exact.written(max, 0))))
      expect(maxima).toEqual([
        [18, 20, 22, 22, 18],
        [18, 20, 12, 10, 22, 18],
      ])
    }
  })

  test('adds up to the same total, most, unknown and points of each group whether a ranking asks or somebody looks at every line', () => {
    const amount = fc.option(fc.oneof(fc.nat({ max: 20 }), fc.nat({ max: 1_000_000 })), { nil: null, freq: 8 })
    const steps: Indicator['rule'][] = [
      { kind: 'yes_no', from: 0.5 },
      { kind: 'stepped', steps: [0.25, 0.5, 1].map((from, n) => ({ from, points: n + 0.5 })) },
    ]
    const ruled = [in2022, in2026, ...steps.map((rule) => ({ ...in2026, indicators: in2026.indicators.map((one) => ({ ...one, rule })) }))]
    fc.assert(
      fc.property(
        fc.constantFrom(...ruled),
        fc.constantFrom(...levels),
        fc.tuple(...quantityNames.map((name) => amount.map((value) => [name, value] as const))),
        (version, level, given) => {
          const score = scoreUnit(version, level, Object.fromEntries(given) as Amounts)
          const sumOf = (values: (exact.Rational | null)[]) => exact.sum(values.map((value) => value ?? exact.zero))
          expect(score.total).toEqual(exact.rounded(sumOf(score.indicators.map((one) => one.points)), version.rounding.total))
          expect(score.max).toEqual(sumOf(score.indicators.map(({ max }) => max)))
          for (const { code, groups } of score.groupings)
            expect(score.groupPoints(code, 2)).toEqual(groups.map((group) => exact.rounded(group.points, 2)))
          expect(score.unknown).toEqual(sumOf(score.indicators.map(({ standing, max }) => (standing === 'unknown' ? max : null))))
        },
      ),
      { numRuns: 500 },
    )
  })

  test('gives a province that does everything right all hundred, which is excellent', () => {
    const score = scoreUnit(in2026, 'province', best)
    expect(exact.written(score.total, 2)).toBe('100.00')
    expect(score.band.vi).toBe('Xuất sắc')
    expect(winBack(score)).toEqual([])
  })

  test.each([
    // 3.3: all six points from half of the dossiers on.
    ['3.3', { online_complete: 4999, received: 10000 }, '5.9988'],
    ['3.3', { online_complete: 5000, received: 10000 }, '6.0000'],
    ['3.3', { online_complete: 10000, received: 10000 }, '6.0000'],
    ['3.3', { online_complete: 0, received: 10000 }, '0.0000'],
    // … multiplied by the share that was synced.
    ['3.3', { online_complete: 5000, received: 10000, synced: 8000, national_received: 9000 }, '4.8000'],
    ['3.3', { online_complete: 5000, received: 10000, synced: 12000, national_received: 9000 }, '6.0000'],
    // 3.1: eighty per cent is enough, 79.99 is not.
    ['3.1', { procedures_online: 7999, procedures: 10000 }, '1.9998'],
    ['3.1', { procedures_online: 8000, procedures: 10000 }, '2.0000'],
    ['3.1', { procedures_online: 10000, procedures: 10000 }, '2.0000'],
    // 4.3: likewise.
    ['4.3', { reused: 7999, received: 10000 }, '1.9998'],
    ['4.3', { reused: 8000, received: 10000 }, '2.0000'],
    // 5.4: ninety per cent is enough; late and complained are taken off, never below nothing.
    ['5.4', { received: 1000, late: 60, complained: 40 }, '6.0000'],
    ['5.4', { received: 1000, late: 60, complained: 41 }, '5.9933'],
    ['5.4', { received: 10, late: 9, complained: 9 }, '0.0000'],
    // 2.1: in proportion, an open dossier still in time counts.
    ['2.1', { on_time: 900, open_in_time: 50, received: 1000 }, '19.0000'],
    ['2.1', { on_time: 2, open_in_time: 0, received: 3 }, '13.3333'],
    // 1.4: the larger of the two sources is the denominator.
    ['1.4', { synced: 90, received: 80, national_received: 100 }, '5.4000'],
    ['1.4', { synced: 60, received: 80, national_received: 70 }, '4.5000'],
    ['1.4', { synced: 60, received: 80 }, '4.5000'],
    // 3.6 in 2026: up to a hundred per cent.
    ['3.6', { paid_online: 30, fee_due: 100 }, '1.8000'],
    ['3.6', { paid_online: 100, fee_due: 100 }, '6.0000'],
  ] as [string, Amounts, string][])('indicator %s of %j is %s', (id, amounts, expected) => {
    expect(points(id, amounts)).toBe(expected)
  })

  test('in 2022 a province had all points for online payment from thirty per cent on', () => {
    expect(points('3.6', { paid_online: 30, fee_due: 100 }, in2022)).toBe('6.0000')
    expect(points('3.6', { paid_online: 2999, fee_due: 10000 }, in2022)).toBe('5.9980')
  })

  test('nothing to be a share of: petitions give all points, everything else none', () => {
    expect(points('5.2', { petitions: 0, petitions_on_time: 0 })).toBe('6.0000')
    expect(points('5.3', { petitions: 0, petitions_unsatisfied: 0 })).toBe('6.0000')
    expect(points('5.4', { received: 0, late: 0, complained: 0 })).toBe('0.0000')
    expect(points('2.1', { received: 0, on_time: 0, open_in_time: 0 })).toBe('0.0000')
    expect(points('3.6', { fee_due: 0, paid_online: 0 })).toBe('0.0000')
  })

  test('what nobody has said is unknown and not 0', () => {
    const score = scoreIndicator(indicator('1.4'), 'province', { received: 10 })
    expect(score).toMatchObject({ standing: 'unknown', points: null, missing: ['synced', 'national_received'] })
    expect(scoreIndicator(indicator('1.4'), 'province', { received: 10, synced: 0 }).points).toEqual(exact.zero)
    const whole = scoreUnit(in2026, 'province', { ...best, synced: null })
    // 1.4 is worth six points; 3.3 is left as it is when the sync rate is unknown.
    expect(exact.written(whole.total, 2)).toBe('94.00')
    expect(exact.written(whole.unknown, 2)).toBe('6.00')
  })

  test('a commune is given the points of what it is not asked', () => {
    const score = scoreIndicator(indicator('4.5b'), 'commune', { population_data: 0, received: 10 })
    expect(score).toMatchObject({ standing: 'not_applicable' })
    expect(score.points).toEqual(exact.decimal(2))
    expect(scoreUnit(in2026, 'commune', best).max).toEqual(exact.decimal(100))
  })

  test('bands begin exactly at their line', () => {
    const line = (total: number) =>
      scoreUnit({ ...in2026, indicators: [indicatorSchema.parse({ ...plain, max: 100 })], groupings: [] }, 'province', {
        received: 10_000,
        online: total,
      }).band.vi
    expect([8999, 9000, 7999, 8000, 6999, 7000, 4999, 5000, 0].map(line)).toEqual([
      'Tốt',
      'Xuất sắc',
      'Khá',
      'Tốt',
      'Trung bình',
      'Khá',
      'Yếu',
      'Trung bình',
      'Yếu',
    ])
  })

  test('a total is rounded once, a half away from zero', () => {
    const of = (online: number, received: number) =>
      exact.written(
        scoreUnit({ ...in2026, indicators: [indicatorSchema.parse(plain)], groupings: [] }, 'province', { online, received }).total,
        2,
      )
    expect(of(1, 2000)).toBe('0.01') // 0.005
    expect(of(1, 2001)).toBe('0.00')
    expect(of(1, 3)).toBe('3.33')
    expect(of(2, 3)).toBe('6.67')
  })
})

const plain = {
  id: '9.9',
  code: 'PLAIN',
  name: 'Thử',
  max: 10,
  numerator: ['online'],
  denominator: ['received'],
  rule: { kind: 'linear' },
  basis: 'QĐ thử',
  certainty: 'provincial',
} as const

describe('a scheme of a province', () => {
  test('may give points in steps, or all or nothing', () => {
    const stepped = indicatorSchema.parse({
      ...plain,
      rule: {
        kind: 'stepped',
        steps: [
          { from: 0.5, points: 4 },
          { from: 0.8, points: 10 },
        ],
      },
    })
    const at = (online: number) => exact.written(scoreIndicator(stepped, 'commune', { online, received: 10_000 }).points ?? exact.zero, 0)
    expect([4999, 5000, 7999, 8000, 10_000].map(at)).toEqual(['0', '4', '4', '10', '10'])
    const strict = indicatorSchema.parse({ ...plain, rule: { kind: 'yes_no', from: 1 } })
    expect(scoreIndicator(strict, 'commune', { online: 9, received: 10 }).points).toEqual(exact.zero)
    expect(scoreIndicator(strict, 'commune', { online: 10, received: 10 }).points).toEqual(exact.decimal(10))
  })

  test.each([
    ['an unknown quantity', { indicators: [{ ...plain, numerator: ['nothing'] }] }, 'unknown quantity'],
    ['an indicator twice', { indicators: [plain, plain] }, 'there twice'],
    [
      'an indicator in no group',
      { groupings: [{ code: 'a', name: 'A', groups: [{ code: 'x', name: 'X', indicators: ['1.1'] }] }] },
      'there is no indicator',
    ],
    ['a threshold nobody can write down', { indicators: [{ ...plain, rule: { kind: 'linear', full: 1e-11 } }] }, 'decimal places'],
    ['more decimals than are counted with', { indicators: [{ ...plain, max: 3.3333333 }] }, 'decimal places'],
    ['no band at 0', { bands: [{ from: 50, name: 'Khá' }] }, 'begin at 0'],
    [
      'a step above the most',
      { indicators: [{ ...plain, rule: { kind: 'stepped', steps: [{ from: 0, points: 11 }] } }] },
      'more than the most',
    ],
  ])('with %s is refused', (_, wrong, message) => {
    const version = {
      validFrom: '2023-01-01',
      change: 'Thử',
      certainty: 'provincial',
      rounding: { indicator: null, total: 2 },
      indicators: [plain],
      groupings: [{ code: 'a', name: 'A', groups: [{ code: 'x', name: 'X', indicators: ['9.9'] }] }],
      bands: [{ from: 0, name: 'Yếu' }],
      ...wrong,
    }
    const read = schemeSchema.safeParse({ code: 'thu', name: 'Thử', basis: 'QĐ', versions: [version] })
    expect(read.success).toBe(false)
    expect(JSON.stringify(read.error?.issues)).toContain(message)
  })

  test('before its first version nothing was in force, and it says so', () => {
    const on = (day: string) => [versionOn(national, day).version.validFrom, versionOn(national, day).inForce]
    expect(on('2022-06-22')).toEqual(['2022-06-23', false])
    expect(on('2022-06-23')).toEqual(['2022-06-23', true])
    expect(on('2030-01-01')).toEqual(['2026-01-01', true])
  })
})

const asked = [...quantitiesOf(in2026)]
const amounts = fc
  .array(fc.option(fc.nat(1_000_000), { nil: null, freq: 12 }), { minLength: asked.length, maxLength: asked.length })
  .map((values) => Object.fromEntries(asked.map((name, i) => [name, values[i]])) as Partial<Record<QuantityName, number | null>>)

describe('whatever the counts', () => {
  test('points lie between nothing and the most, and the groups add up to the indicators in every view', () => {
    fc.assert(
      fc.property(amounts, fc.constantFrom('province', 'department', 'district', 'commune'), (given, level) => {
        const score = scoreUnit(in2026, level, given)
        for (const { points: got, max } of score.indicators) {
          if (got) expect(exact.compare(got, exact.zero) >= 0 && exact.compare(got, max) <= 0).toBe(true)
        }
        const totals = score.groupings.map(({ groups }) => exact.written(exact.sum(groups.map((group) => group.points)), 2))
        expect(new Set([...totals, exact.written(score.total, 2)]).size).toBe(1)
      }),
      { numRuns: 300 },
    )
  })

  test('the total of hundreds of indicators is rounded as the exact sum is', () => {
    // 200 × 5 × 115105/115543 = 996.2092035…: what 200 doubles lose lies on the other side of the half.
    const indicators = Array.from({ length: 200 }, (_none, n) => indicatorSchema.parse({ ...plain, id: String(n), max: 5 }))
    const version = { ...in2026, indicators, groupings: [], rounding: { indicator: null, total: 6 } }
    const score = scoreUnit(version, 'province', { online: 115_105, received: 115_543 })
    const each = score.indicators.map(({ points }) => points ?? exact.zero)
    expect(exact.written(score.total, 6)).toBe(exact.written(exact.sum(each), 6))
  })

  test('totals, maxima and what is unknown are the exact sums, whatever the scheme', () => {
    const places = (most: number) =>
      fc.integer({ min: 0, max: 6 }).chain((n) => fc.integer({ min: 0, max: most * 10 ** n }).map((whole) => whole / 10 ** n))
    const names = ['received', 'online', 'on_time', 'late', 'fee_due'] as const
    const terms = fc.array(
      fc.tuple(fc.constantFrom(...names), fc.boolean()).map(([name, minus]) => (minus ? `-${name}` : name)),
      { minLength: 1, maxLength: 3 },
    )
    const rule = (max: number) =>
      fc.oneof(
        places(1).map((full) => ({ kind: 'linear', full: full || 1 })),
        places(1).map((from) => ({ kind: 'yes_no', from })),
        fc
          .array(places(1), { minLength: 1, maxLength: 3 })
          .map((steps) => ({ kind: 'stepped', steps: steps.map((from) => ({ from, points: max })) })),
      )
    const one = places(100).chain((max) =>
      fc.record({
        ...{
          max: fc.constant(max),
          numerator: terms,
          denominator: terms,
          rule: rule(max),
          zero: fc.constantFrom('full', 'none', 'unscored'),
        },
        factor: fc.option(fc.record({ numerator: terms, denominator: terms }), { nil: undefined }),
        ...{ levels: fc.constantFrom(['province'], ['commune']), otherwise: fc.constantFrom('full', 'left_out') },
      }),
    )
    const counts = fc.oneof(fc.nat(30), fc.nat(2 ** 40), fc.constant(null))
    const given = fc.record({ received: counts, online: counts, on_time: counts, late: counts, fee_due: counts })
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 30 }), fc.nat(6), given, (all, total, amounts) => {
        const indicators = all.map((made, n) => indicatorSchema.parse({ ...plain, ...made, id: String(n) }))
        const score = scoreUnit({ ...in2026, indicators, groupings: [], rounding: { indicator: null, total } }, 'province', amounts)
        const lines = score.indicators
        expect(score.total).toEqual(exact.rounded(exact.sum(lines.map(({ points }) => points ?? exact.zero)), total))
        expect(score.max).toEqual(exact.sum(lines.map(({ max }) => max)))
        expect(score.unknown).toEqual(exact.sum(lines.filter(({ standing }) => standing === 'unknown').map(({ max }) => max)))
      }),
      { numRuns: 400 },
    )
  })

  test('one more dossier on the good side never loses a point', () => {
    fc.assert(
      fc.property(
        amounts,
        fc.constantFrom('on_time', 'online_complete', 'paid_online', 'result_given', 'reused', 'petitions_on_time'),
        (given, name) => {
          const before = scoreUnit(in2026, 'province', { ...given, [name]: given[name] ?? 0 })
          const after = scoreUnit(in2026, 'province', { ...given, [name]: (given[name] ?? 0) + 1 })
          expect(exact.compare(after.total, before.total)).toBeGreaterThanOrEqual(0)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('what is said to win points back does win them back', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.integer({ min: 1, max: 5000 }), fc.constantFrom('2.1', '3.3', '4.1', '4.3', '3.6'), (done, all, id) => {
        const one = indicator(id)
        const [top] = (one.numerator.greatest[0] ?? []).map(({ quantity }) => quantity)
        const [bottom] = (one.denominator.greatest[0] ?? []).map(({ quantity }) => quantity)
        if (!top || !bottom) throw new Error('no quantity')
        const given = { open_in_time: 0, [top]: Math.min(done, all), [bottom]: all }
        const version = { ...in2026, indicators: [one], groupings: [] }
        const [win] = winBack(scoreUnit(version, 'province', given))
        if (!win) return
        const turned = Math.min(win.more, win.available)
        const after = scoreIndicator(one, 'province', { ...given, [top]: Math.min(done, all) + turned })
        expect(exact.written(exact.plus(exact.minus(exact.decimal(one.max), win.lost), win.winnable), 6)).toBe(
          exact.written(after.points ?? exact.zero, 6),
        )
        if (win.available >= win.more) expect(after.points).toEqual(exact.decimal(one.max))
      }),
      { numRuns: 300 },
    )
  })
})
