import { expect, test } from 'vitest'
import { decimal } from '../../../kernel/rational.ts'
import { toldTogether } from './score-parts.tsx'

test('what would win points back is told for as many as there are, never “for every 1,000” of three', () => {
  // 6 points over 7 petitions: each of the three is worth telling alone.
  expect(toldTogether(decimal(0.857), 3)).toBe(1)
  expect(toldTogether(decimal(0.0115), 203)).toBe(10)
  expect(toldTogether(decimal(0.0027), 716)).toBe(100)
  expect(toldTogether(decimal(0.0027), 62)).toBe(10)
  expect(toldTogether(decimal(0.00001), 82_015)).toBe(1000)
  expect(toldTogether(decimal(0), 0)).toBe(1)
})
