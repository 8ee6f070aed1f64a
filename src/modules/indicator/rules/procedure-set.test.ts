import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PlaceSet } from './procedure-set.ts'

const places = fc.array(fc.nat({ max: 300 }), { maxLength: 40 })
const setOf = (all: readonly number[]): PlaceSet => {
  const set = new PlaceSet()
  for (const place of all) set.set(place, true)
  return set
}

describe('a set of procedures', () => {
  test('holds what was put in and not taken out, each once', () => {
    fc.assert(
      fc.property(places, places, (put, taken) => {
        const set = setOf(put)
        for (const place of taken) set.set(place, false)
        const plain = new Set(put.filter((place) => !taken.includes(place)))
        expect(set.size).toBe(plain.size)
        expect(
          Array.from({ length: 310 }, (_none, place) => place).filter((place) => (((set.bytes[place >> 3] ?? 0) >> (place & 7)) & 1) === 1),
        ).toEqual([...plain].sort((a, b) => a - b))
      }),
    )
  })

  test('joined with another holds what either holds, and its bytes are the same however it came about', () => {
    fc.assert(
      fc.property(places, places, (a, b) => {
        const joined = setOf(a)
        joined.addAll(setOf(b).bytes)
        expect(joined.bytes).toEqual(setOf([...a, ...b].reverse()).bytes)
        expect(new PlaceSet(joined.bytes).size).toBe(new Set([...a, ...b]).size)
      }),
    )
  })

  test('bit n of a stored set is bit n % 8, from the lowest, of byte n / 8', () => {
    expect([...setOf([0, 9, 15]).bytes]).toEqual([1, 130])
    expect([...setOf([9]).bytes.subarray(2)]).toEqual([])
  })
})
