import { expect, test } from 'vitest'
import { readSuggestions, step } from './suggest.ts'

test('only suggestions on this site are shown, whatever an address answers', () => {
  const good = { text: 'Khai sinh', href: '/thu-tuc/1.001193', detail: 'Hộ tịch' }
  const answer = {
    items: [good, { text: 'x', href: '//evil.example' }, { text: 'x', href: 'javascript:alert(1)' }, { href: '/x' }, null, 7],
  }
  expect(readSuggestions(answer)).toEqual([good])
  for (const nonsense of [null, 'x', {}, { items: 'x' }]) expect(readSuggestions(nonsense)).toEqual([])
})

test('arrows go round by way of the field itself', () => {
  expect(step(-1, 3, 1)).toBe(0)
  expect(step(2, 3, 1)).toBe(-1)
  expect(step(-1, 3, -1)).toBe(2)
  expect(step(0, 3, -1)).toBe(-1)
  expect(step(-1, 0, 1)).toBe(-1)
})
