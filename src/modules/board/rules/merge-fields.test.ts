import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeChoice, mergeFields } from './merge-fields.ts'

const day = (date: string, month: string) => ({ 'ends-day': date, 'ends-month': month, 'ends-year': '2026' })

test('what I did not touch follows what the other wrote, what I changed stays mine', () => {
  const typed = { name: 'Tên của tôi', decision: 'KH 1', reason: 'x' }
  expect(mergeFields(typed, { name: 'Cũ', decision: 'KH 1' }, { name: 'Của người kia', decision: 'KH 2' })).toEqual({
    name: 'Tên của tôi',
    decision: 'KH 2',
    reason: 'x',
  })
})

test('a date is one answer: never the day of one and the month of the other', () => {
  expect(mergeFields(day('31', '01'), day('31', '12'), day('15', '12'))).toEqual(day('31', '01'))
  expect(mergeFields(day('31', '12'), day('31', '12'), day('15', '12'))).toEqual(day('15', '12'))
})

test('a field the other added comes, one they took away goes, unless I wrote in it', () => {
  expect(mergeFields({ a: '' }, { b: '' }, { b: '70' })).toEqual({ a: '', b: '70' })
  expect(mergeFields({ b: '70' }, { b: '70' }, {})).toEqual({})
  expect(mergeFields({ b: '75' }, { b: '70' }, {})).toEqual({ b: '75' })
})

test('of units chosen by two, what either added is in and what either took away is out', () => {
  const set = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd')).map((all) => new Set(all))
  fc.assert(
    fc.property(set, set, set, (mine, shown, other) => {
      const merged = mergeChoice(mine, shown, other)
      for (const one of ['a', 'b', 'c', 'd'] as const)
        expect(merged.has(one)).toBe(shown.has(one) ? mine.has(one) && other.has(one) : mine.has(one) || other.has(one))
    }),
  )
})
