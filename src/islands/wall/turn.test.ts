import { expect, test } from 'vitest'
import { nextSlide, vietnamDay } from './turn.ts'

test('after the last slide comes the first, and before the first the last', () => {
  expect([0, 1, 5].map((at) => nextSlide(at, 6, 1))).toEqual([1, 2, 0])
  expect([0, 1].map((at) => nextSlide(at, 6, -1))).toEqual([5, 0])
})

test('a new day begins on the wall when it begins in Vietnam, wherever the machine stands', () => {
  expect(vietnamDay(new Date('2026-12-31T16:59:59Z'))).toBe('2026-12-31')
  expect(vietnamDay(new Date('2026-12-31T17:00:00Z'))).toBe('2027-01-01')
})
