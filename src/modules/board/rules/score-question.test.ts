import { expect, test } from 'vitest'
import { lineOf, monthBefore, readScoreAddress, scoreHref } from './score-question.ts'

test('a line of a ranking leads to the page of that line: a unit that did not stand for all of the period is named with its first day', () => {
  const address = readScoreAddress({ tu: '2025-01-01', den: '2025-12-31', 'don-vi-tu': '2025-07-01' }, '2026-11-22', '766')
  expect(address).toMatchObject({ unit: undefined, since: undefined })
  const group = (first: string, last: string) => {
    return { key: 'H12.15', name: 'Sở Xây dựng', tier: 'province', validFrom: first, members: [{ code: 'H12.15', first, last }] } as const
  }
  const part = scoreHref({ ...address, ...lineOf(address, group('2025-03-01', '2025-06-30')) })
  expect(part).toBe('/dieu-hanh/chi-so?tu=2025-01-01&den=2025-12-31&bo=766&don-vi=H12.15&don-vi-tu=2025-03-01')
  const read = readScoreAddress(Object.fromEntries(new URLSearchParams(part.split('?')[1])), '2026-11-22', '766')
  expect([read.unit, read.since]).toEqual(['H12.15', '2025-03-01'])
  expect(lineOf(address, group('2025-01-01', '2025-12-31'))).toEqual({ unit: 'H12.15', since: undefined })
  expect(lineOf({ ...address, asNow: true }, group('2025-07-01', '2025-12-31')).since).toBeUndefined()
})

test('what the last month changed is seen against the same period up to the month before, or against that month itself', () => {
  expect(monthBefore({ from: '2026-01-01', to: '2026-11-22' })).toEqual({ from: '2026-01-01', to: '2026-10-31' })
  expect(monthBefore({ from: '2026-11-01', to: '2026-11-22' })).toEqual({ from: '2026-10-01', to: '2026-10-31' })
  expect(monthBefore({ from: '2026-01-01', to: '2026-01-15' })).toEqual({ from: '2025-12-01', to: '2025-12-31' })
  expect(monthBefore({ from: '2024-01-01', to: '2024-03-31' })).toEqual({ from: '2024-01-01', to: '2024-02-29' })
})
