import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { addDays } from '../kernel/clock.ts'
import { dueAt, isWorkingDay, readNationalCalendar } from '../modules/calendar/index.ts'
import { year2022 } from './ca-mau-2022.ts'
import { apportion } from './rules/apportion.ts'
import { calendarSpan, dossiers2022 } from './rules/ca-mau-2022.ts'
import { published2022, zeroOnline } from './rules/published-2022.ts'
import { random } from './rules/random.ts'
import { WorkDays } from './rules/working-days.ts'
import type { DemoDossier } from './rules/year.ts'

describe('a whole number split by weights', () => {
  test('comes back whole, and no part is more than it can hold', () => {
    const part = fc.record({ weight: fc.integer({ min: 0, max: 50 }), cap: fc.integer({ min: 0, max: 40 }) })
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 12 }), fc.double({ min: 0, max: 1, noNaN: true }), (given, share) => {
        const room = given.reduce((sum, { weight, cap }) => sum + (weight > 0 ? cap : 0), 0)
        const total = Math.floor(room * share)
        const weights = given.map(({ weight }) => weight)
        const caps = given.map(({ cap }) => cap)
        const parts = apportion(total, weights, caps)
        expect(parts.reduce((a, b) => a + b, 0)).toBe(total)
        parts.forEach((one, i) => {
          expect(one).toBeGreaterThanOrEqual(0)
          expect(one).toBeLessThanOrEqual(weights[i] === 0 ? 0 : (caps[i] ?? 0))
        })
      }),
    )
  })

  test('that does not fit is said so', () => {
    expect(() => apportion(5, [1, 1], [2, 2])).toThrow(/does not fit/)
  })
})

describe('the working days of the generator', async () => {
  const calendar = await readNationalCalendar()
  const days = new WorkDays(calendarSpan.first, calendarSpan.days, (day) => day >= '2022-01-01' && isWorkingDay(day, calendar))

  test('say the same due time as the calendar of the house', () => {
    const unit = fc.constantFrom('hour' as const, 'day' as const, 'working_day' as const, 'month' as const)
    const inOffice = fc.record({ day: fc.integer({ min: 0, max: 364 }), minute: fc.integer({ min: 450, max: 1049 }) })
    fc.assert(
      fc.property(inOffice, unit, fc.integer({ min: 1, max: 6 }), ({ day, minute }, of, limit) => {
        const received = { day: days.index(addDays('2022-01-01', day)), minute, second: 0 }
        const at = Temporal.Instant.from(days.instant(received))
        const { due } = dueAt(at, { limit, unit: of }, calendar)
        expect(Temporal.Instant.from(days.instant(days.due(received, { limit, unit: of }))).toString()).toBe(due.toString())
      }),
      { numRuns: 300 },
    )
  })

  test('know Tết, the weekend, and the day in lieu', () => {
    for (const off of ['2022-02-01', '2022-02-04', '2022-09-02', '2022-01-03', '2022-03-12'])
      expect(days.isWorked(days.index(off))).toBe(false)
    expect(days.name(days.after(days.index('2022-01-28'), 1))).toBe('2022-02-07')
  })
})

describe('the simulated year 2022', async () => {
  const input = await year2022()
  const all = [...dossiers2022(input)]
  const tierOf = new Map(input.units.map(({ code, tier }) => [code, tier]))
  const of = (tier: string): DemoDossier[] => all.filter((dossier) => tierOf.get(dossier.agency_code) === tier)
  const count = (list: readonly DemoDossier[], is: (dossier: DemoDossier) => boolean): number => list.filter(is).length

  test('holds 82,015 dossiers of which 42,839 were filed online, tier by tier as published', () => {
    expect([all.length, count(all, (dossier) => dossier.channel === 'online')]).toEqual([82_015, 42_839])
    for (const tier of ['province', 'district', 'commune'] as const) {
      const mine = of(tier)
      expect([mine.length, count(mine, (dossier) => dossier.channel === 'online')]).toEqual([
        published2022[tier].received,
        published2022[tier].online,
      ])
    }
  })

  test('is digitised 51, 40 and 26 per cent, and paid online 1, 0.97 and 0 per cent', () => {
    const shares = (['province', 'district', 'commune'] as const).map((tier) => {
      const mine = of(tier)
      const digitised = count(mine, (dossier) => dossier.papers_total > 0 && dossier.papers_digitised === dossier.papers_total)
      const due = count(mine, (dossier) => dossier.fee_vnd > 0)
      const paid = count(mine, (dossier) => dossier.fee_vnd > 0 && dossier.paid_online)
      return [((100 * digitised) / mine.length).toFixed(0), ((100 * paid) / due).toFixed(2)]
    })
    expect(shares).toEqual([
      ['51', '1.00'],
      ['40', '0.97'],
      ['26', '0.00'],
    ])
  })

  test('leaves some units at 0 % online, and no other', () => {
    const online = new Set(all.filter((dossier) => dossier.channel === 'online').map((dossier) => dossier.agency_code))
    const units = new Set(all.map((dossier) => dossier.agency_code))
    expect([...units].filter((code) => !online.has(code)).sort()).toEqual([...zeroOnline].sort())
    expect(units.size).toBeGreaterThan(125)
  })

  test('numbers each agency’s day from 1 without a gap, in the order of reception', () => {
    const serials = new Map<string, number>()
    const times = new Map<string, string>()
    const wrong = all.filter(({ code, received_at, agency_code }) => {
      const [, prefix = '', serial] = /^(.+)-(\d{4})$/.exec(code) ?? []
      const right =
        prefix === `${agency_code}-${received_at.slice(2, 10).replaceAll('-', '')}` &&
        Number(serial) === (serials.get(prefix) ?? 0) + 1 &&
        received_at >= (times.get(prefix) ?? '')
      serials.set(prefix, Number(serial))
      times.set(prefix, received_at)
      return !right
    })
    expect(wrong).toEqual([])
  })

  test('runs in order, in opening hours, and is all settled', () => {
    const wrong = all.filter(
      (one) =>
        one.submitted_at > one.received_at ||
        one.received_at > one.completed_at ||
        one.completed_at > one.returned_at ||
        !input.days.isWorked(input.days.index(one.received_at.slice(0, 10))) ||
        ![8, 10].includes(one.status) ||
        one.papers_digitised > one.papers_total,
    )
    expect(wrong).toEqual([])
  })

  test('names nobody: numbers and phones lie where none are given out', () => {
    const wrong = all.filter((one) => !/^(096[0-3]\d{8}|20\d{8})$/.test(one.applicant_id) || !/^0100\d{6}$/.test(one.applicant_phone))
    expect(wrong).toEqual([])
  })

  test('comes out the same from the same seed, otherwise from another', () => {
    const few = (seed: string): DemoDossier[] => {
      const made: DemoDossier[] = []
      for (const dossier of dossiers2022({ ...input, seed })) if (made.push(dossier) === 50) break
      return made
    }
    expect(few(input.seed)).toEqual(all.slice(0, 50))
    expect(few('khác')).not.toEqual(all.slice(0, 50))
  })
})

test('chance repeats from its seed and is spread evenly', () => {
  const draw = (seed: string) => Array.from({ length: 5 }, random(seed).next)
  expect(draw('a')).toEqual(draw('a'))
  expect(draw('a')).not.toEqual(draw('b'))
  const chance = random('đều')
  const bins = new Array<number>(10).fill(0)
  for (let i = 0; i < 20_000; i += 1) bins[chance.below(10)] = (bins[chance.below(10)] ?? 0) + 1
  for (const bin of bins) expect(Math.abs(bin - 2000)).toBeLessThan(400)
})
