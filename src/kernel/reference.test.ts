import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeReference, parseReference } from './reference.ts'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const reference = fc.uint8Array({ minLength: 7, maxLength: 7 }).map(makeReference)
const plain = (text: string): string => text.replaceAll('-', '')

test('a reference carries 55 random bits: all of them change it', () => {
  const seen = new Set(Array.from({ length: 5000 }, () => makeReference(randomBytes(7))))
  expect(seen.size).toBe(5000)
  const none = makeReference(new Uint8Array(7))
  for (let bit = 0; bit < 55; bit += 1) {
    const bytes = new Uint8Array(7)
    bytes[6 - Math.floor(bit / 8)] = 1 << (bit % 8)
    expect(makeReference(bytes)).not.toBe(none)
  }
})

test('a reference read back is itself, however a person types it', () => {
  fc.assert(
    fc.property(reference, (made) => {
      expect(made).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
      expect(parseReference(made)).toBe(made)
      expect(parseReference(` ${plain(made).toLowerCase()} `)).toBe(made)
      expect(parseReference(made.replaceAll('0', 'o').replaceAll('1', 'l').replaceAll('-', ' '))).toBe(made)
      expect(parseReference(made.replaceAll('1', 'I'))).toBe(made)
    }),
  )
})

test('one wrong character is always caught', () => {
  fc.assert(
    fc.property(reference, fc.nat(11), fc.nat(31), (made, place, letter) => {
      const text = plain(made)
      const wrong = ALPHABET[letter] ?? ''
      fc.pre(text[place] !== wrong)
      expect(parseReference(text.slice(0, place) + wrong + text.slice(place + 1))).toBeUndefined()
    }),
    { numRuns: 2000 },
  )
})

test('two characters swapped, side by side or apart, are always caught', () => {
  fc.assert(
    fc.property(reference, fc.nat(11), fc.nat(11), (made, one, other) => {
      const text = [...plain(made)]
      const [a, b] = [text[one] ?? '', text[other] ?? '']
      fc.pre(a !== b)
      text[one] = b
      text[other] = a
      expect(parseReference(text.join(''))).toBeUndefined()
    }),
    { numRuns: 2000 },
  )
})

test('part of a reference, or something else, is not a reference', () => {
  const made = makeReference(new Uint8Array([1, 2, 3, 4, 5, 6, 7]))
  expect(parseReference(made.slice(0, -1))).toBeUndefined()
  expect(parseReference('')).toBeUndefined()
  expect(parseReference('H12.101-261121-0001')).toBeUndefined()
})
