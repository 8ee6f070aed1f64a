import { expect, test } from 'vitest'
import { monthsBetween, monthsText } from './months.ts'

test('days touch the months they begin and end in, also over a turn of the year', () => {
  expect(monthsBetween('2026-01-01', '2026-03-31')).toEqual(['2026-01', '2026-02', '2026-03'])
  expect(monthsBetween('2025-11-30', '2026-01-01')).toEqual(['2025-11', '2025-12', '2026-01'])
  expect(monthsBetween('2026-02-10', '2026-02-10')).toEqual(['2026-02'])
  expect(monthsBetween('2026-03-01', '2026-02-28')).toEqual([])
})

test('months are said in order, three in a row as a stretch, each year once', () => {
  expect(monthsText(['2026-03'])).toBe('3/2026')
  expect(monthsText(['2026-02', '2026-01'], { years: false })).toBe('1, 2')
  expect(monthsText(['2026-01', '2026-02', '2026-04', '2026-05', '2026-06'])).toBe('1, 2, 4–6/2026')
  expect(monthsText(['2025-12', '2026-01'])).toBe('12/2025, 1/2026')
  expect(monthsText([])).toBe('')
})
