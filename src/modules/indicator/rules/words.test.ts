import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { notAfter } from '../memory.ts'
import { Vocabulary, Waiting } from './waiting.ts'
import { Words } from './words.ts'

const word = fc.string({ unit: fc.constantFrom('1', '.', 'H', 'đ', '0', '7'), maxLength: 6 })

describe('words read where they stand', () => {
  test('have the number of their first meeting, however many there are and wherever they stand', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), fc.array(word, { maxLength: 60 }), (some, others) => {
        const words = new Words()
        const met = [...new Set(some)]
        const text = Buffer.from(some.map((one) => `${one}|`).join(''))
        let at = 0
        for (const one of some) {
          expect(words.read(text, at, 124)).toBe(met.indexOf(one))
          at = words.end + 1
        }
        expect(at).toBe(text.length)
        for (const one of others) if (met.includes(one)) expect(words.text(words.number(one))).toBe(one)
        expect(words.size).toBe(new Set([...met, ...others.filter((one) => met.includes(one))]).size)
      }),
    )
  })

  test('are told apart also when there are many more than there was room for', () => {
    const words = new Words()
    const many = Array.from({ length: 20_000 }, (_none, n) => `1.${String(n).padStart(6, '0')}`)
    const numbers = many.map((one) => words.number(one))
    expect(numbers).toEqual(many.map((_one, n) => n))
    expect(many.map((one) => words.number(one))).toEqual(numbers)
  })
})

describe('pending deltas in columns', () => {
  const lines = (rows: readonly (readonly [number, number])[]) => rows.map(([id, day]) => `${id}|${day}|H12.01|1 2|1.000001`).join(',')

  test('are each there once, whoever brought them, and never those that stand elsewhere already', () => {
    const waiting = new Waiting(new Vocabulary())
    waiting.add(
      lines([
        [1, 8000],
        [2, -3],
      ]),
    )
    waiting.add(
      lines([
        [2, -3],
        [3, 8001],
      ]),
    )
    waiting.add(null)
    expect([...waiting.days.subarray(0, waiting.length)]).toEqual([8000, -3, 8001])
    const others = new Waiting(waiting.vocabulary)
    others.add(
      lines([
        [2, -3],
        [3, 8001],
        [4, 8002],
      ]),
      waiting,
      2,
    )
    expect([...others.days.subarray(0, others.length)]).toEqual([8001, 8002])
  })

  test('are refused when they are no deltas: a wrong figure is worse than none', () => {
    const waiting = () => new Waiting(new Vocabulary())
    for (const text of ['x|1|a|1|b', '|', '1', '1|', '1|2x|a|1|b']) expect(() => waiting().add(text), text).toThrow(RangeError)
  })
})

test('of two moments the one is not after the other that sees nothing more', () => {
  expect(notAfter('10:12:10', '10:12:10')).toBe(true)
  expect(notAfter('10:12:10', '12:12:')).toBe(true)
  expect(notAfter('12:12:', '10:12:10')).toBe(false)
  expect(notAfter('10:12:10,11', '10:12:10')).toBe(true)
  expect(notAfter('10:12:10', '10:12:10,11')).toBe(false)
  expect(notAfter('10:12:10', '10:14:10,13')).toBe(true)
  expect(notAfter('10:14:10,13', '10:12:10')).toBe(false)
})
