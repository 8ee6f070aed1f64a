import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import {
  formatBytes,
  formatDate,
  formatDay,
  formatDue,
  formatInstant,
  formatLevel,
  formatMoney,
  formatNumber,
  formatPercent,
  formatPoints,
  formatTime,
  formatWeekday,
  formatWorkingDays,
  formatWritten,
  NBSP,
} from './format.ts'

const plain = (text: string): string => text.replaceAll(NBSP, ' ')

describe('numbers as people in Vietnam write them', () => {
  test('the year 2022 of Cà Mau is 82.015 dossiers', () => {
    expect(formatNumber(82_015)).toBe('82.015')
    expect(formatNumber(82_015, 'en')).toBe('82,015')
    expect(formatNumber(999)).toBe('999')
    expect(formatNumber(-1_234_567.5, 'vi', 1)).toBe('−1.234.567,5')
  })

  test('halves round away from zero, also those a computer cannot hold exactly', () => {
    expect(formatNumber(1.005, 'vi', 2)).toBe('1,01')
    expect(formatNumber(2.5)).toBe('3')
    expect(formatNumber(-2.5)).toBe('−3')
    expect(formatNumber(-0.2)).toBe('0')
  })

  test("what is rounded already is only written in the language's own way", () => {
    expect(formatWritten('-1234.50')).toBe('−1.234,50')
    expect(formatWritten('1234.50', 'en')).toBe('1,234.50')
    expect(formatWritten('0')).toBe('0')
  })

  test('what is not a number is a dash, never NaN', () => {
    expect(formatNumber(Number.NaN)).toBe('–')
    expect(formatPercent(null)).toBe('–')
    expect(formatPercent(Number.POSITIVE_INFINITY)).toBe('–')
  })

  test('taking the dots away gives the number back', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        const digits = formatNumber(value).replaceAll('.', '').replace('−', '-')
        expect(Number(digits)).toBe(value === 0 ? 0 : value)
      }),
    )
  })

  test('a long number is the same whether it comes as number or as bigint', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        expect(formatNumber(BigInt(value))).toBe(formatNumber(value))
      }),
    )
  })

  test('groups have three digits in both languages, and English swaps the signs', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e12, max: 1e12, noNaN: true }), fc.integer({ min: 0, max: 3 }), (value, decimals) => {
        const vi = formatNumber(value, 'vi', decimals)
        expect(vi).toMatch(/^−?\d{1,3}(\.\d{3})*(,\d+)?$/)
        const swap: Record<string, string> = { '.': ',', ',': '.' }
        expect(formatNumber(value, 'en', decimals)).toBe(vi.replace(/[.,]/g, (sign) => swap[sign] ?? sign))
      }),
    )
  })
})

describe('rates', () => {
  test('a published rate is shown with one decimal; none and all have none', () => {
    expect(plain(formatPercent(24_965 / 39_219))).toBe('63,7 %')
    expect(plain(formatPercent(0))).toBe('0 %')
    expect(plain(formatPercent(1))).toBe('100 %')
    expect(formatPercent(0.9731, 'en')).toBe('97.3%')
    expect(plain(formatPercent(0.9999))).toBe('100,0 %')
  })

  test('a change carries its sign', () => {
    expect(plain(formatPoints(0.012))).toBe('+1,2 điểm')
    expect(plain(formatPoints(-0.004))).toBe('−0,4 điểm')
    expect(plain(formatPoints(0.00001))).toBe('0,0 điểm')
  })
})

describe('money, time and size', () => {
  test('a fee of fifty thousand', () => {
    expect(plain(formatMoney(50_000))).toBe('50.000 đ')
    expect(plain(formatMoney(50_000, 'en'))).toBe('50,000 VND')
  })

  const evening = Temporal.Instant.from('2026-11-27T07:30:00Z')

  test('an instant is told in the time of Vietnam', () => {
    expect(formatTime(evening)).toBe('14:30')
    expect(formatDate(Temporal.Instant.from('2026-11-26T17:00:00Z'))).toBe('27/11/2026')
    expect(formatInstant(evening)).toBe('14:30, 27/11/2026')
  })

  test('a promise names the weekday', () => {
    expect(formatDue(Temporal.Instant.from('2026-11-27T10:00:00Z'))).toBe('trước 17:00 thứ Sáu, 27/11/2026')
    expect(formatDue(Temporal.Instant.from('2026-11-27T10:00:00Z'), 'en')).toBe('before 17:00 on Friday, 27/11/2026')
    expect(formatWeekday('2026-11-22')).toBe('Chủ nhật, 22/11/2026')
  })

  test('every civil day is written day first', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }), (at) => {
        const day = at.toISOString().slice(0, 10)
        expect(formatDay(day).split('/').reverse().join('-')).toBe(day)
      }),
    )
  })

  test('sizes and durations', () => {
    expect(plain(formatBytes(1_536_000))).toBe('1,5 MB')
    expect(plain(formatBytes(10_000_000))).toBe('10 MB')
    expect(plain(formatBytes(999_999))).toBe('1,0 MB')
    expect(plain(formatBytes(12))).toBe('12 B')
    expect(plain(formatWorkingDays(3))).toBe('3 ngày làm việc')
    expect(plain(formatWorkingDays(0.5))).toBe('0,5 ngày làm việc')
    expect(plain(formatWorkingDays(1, 'en'))).toBe('1 working day')
  })
})

test('a target is named with the decimals it has', () => {
  expect([0.9, 0.55, 0.925, 0.9125, 1].map((value) => formatLevel(value, 'vi').replace(/\s/, ' '))).toEqual([
    '90 %',
    '55 %',
    '92,5 %',
    '91,25 %',
    '100 %',
  ])
})
