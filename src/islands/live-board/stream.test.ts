import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backoff, readFragments } from './stream.ts'

test('a hundred screens that lost the server do not come back in the same second', () => {
  expect(backoff(0, 0)).toBe(500)
  expect(backoff(0, 1)).toBe(1000)
  fc.assert(
    fc.property(fc.nat(50), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
      const wait = backoff(attempt, random)
      expect(wait).toBeGreaterThanOrEqual(500)
      expect(wait).toBeLessThanOrEqual(30_000)
    }),
  )
})

test('a message names fragments by id; anything else in it is ignored', () => {
  expect(readFragments('{"rate-online":"<p>1</p>","n":1}')).toEqual([['rate-online', '<p>1</p>']])
  for (const nonsense of ['', 'null', '[', '7']) expect(readFragments(nonsense)).toEqual([])
})
