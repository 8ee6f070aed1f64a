import fc from 'fast-check'
import { expect, test } from 'vitest'
import { heatStep, ticks } from './scale.ts'

test('axis lines are round, start at nothing and hold the largest value', () => {
  expect(ticks(82_015)).toEqual([0, 50_000, 100_000])
  expect(ticks(7)).toEqual([0, 2, 4, 6, 8])
  expect(ticks(0)).toEqual([0])
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 1e9, noNaN: true }), (max) => {
      const lines = ticks(max)
      expect(lines[0]).toBe(0)
      expect(lines.at(-1)).toBeGreaterThanOrEqual(max * 0.999)
      expect(lines.length).toBeLessThanOrEqual(6)
    }),
  )
})

test('exactly none stands apart from very little, and from unknown', () => {
  expect([null, 0, 0.0001, 0.2, 0.21, 1].map(heatStep)).toEqual(['none', 0, 1, 1, 2, 5])
})
