import { expect, test } from 'vitest'
import { actionOf, rowAfter } from './keys.ts'

test('letters act on the list, but belong to the field while somebody types', () => {
  expect(actionOf({ key: 'j' }, false)).toEqual({ do: 'move', by: 1 })
  expect(actionOf({ key: 'x' }, false)).toEqual({ do: 'tick' })
  expect(actionOf({ key: '/' }, false)).toEqual({ do: 'press', key: '/' })
  expect(actionOf({ key: 'j' }, true)).toBeUndefined()
  expect(actionOf({ key: 'Escape' }, true)).toEqual({ do: 'leave' })
})

test('keys with Ctrl, Alt or Meta, and letters still being composed by Telex, are left alone', () => {
  for (const held of [{ ctrlKey: true }, { altKey: true }, { metaKey: true }, { isComposing: true }])
    expect(actionOf({ key: 'k', ...held }, false)).toBeUndefined()
  expect(actionOf({ key: 'F5' }, false)).toBeUndefined()
})

test('moving starts at an end and stops at the ends', () => {
  expect(rowAfter(-1, 3, 1)).toBe(0)
  expect(rowAfter(-1, 3, -1)).toBe(2)
  expect(rowAfter(2, 3, 1)).toBe(2)
  expect(rowAfter(0, 3, -1)).toBe(0)
  expect(rowAfter(-1, 0, 1)).toBe(-1)
})
